"""words: the treaty reader: every provision of every agreement, its status and how it came to it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.rules import Event, View
from sim.words.catalog import Catalog, dated
from sim.words.chronicle import Chronicle
from sim.words.dispatches import Wire
from sim.words.estimative import listed
from sim.words.models import ProvisionLine, ProvisionStep
from sim.words.readouts import Contacts
from sim.words.sources import cited_in


def provisions(catalog: Catalog, seen: View, chronicle: Chronicle, wire: Wire, contacts: Contacts,
               ) -> tuple[ProvisionLine, ...]:
    """All provisions in the author's order; `wire` tells why a status changed, as far as the viewer heard of it."""
    changes = _steps(catalog, chronicle, wire, contacts)
    out = []
    for pid, (aid, it) in catalog.provisions.items():
        var = catalog.index[pid]
        statuses = catalog.variables[var].statuses
        agreement = catalog.scenario.agreements[aid]
        steps = tuple(changes.get(var, ()))
        out.append(ProvisionLine(
            id=pid, agreement=agreement.title, point=it.point, title=it.title or _shown(pid), text=it.text.strip(),
            binds=listed([catalog.capital(actor) for actor in it.binds]), status=_shown(statuses[seen.values[var]]),
            since=f"since {steps[-1].when}" if steps else "from the start",
            history=tuple(f"{step.before} → {step.after} in {step.when}" for step in steps),
            moved_by=it.moved_by.strip(), source=cited_in(it.source or agreement.source), steps=steps,
            signed=dated(agreement.signed)))
    return tuple(out)


def _steps(catalog: Catalog, chronicle: Chronicle, wire: Wire, contacts: Contacts) -> dict[int, list[ProvisionStep]]:
    """Per provision, its changes in the order in which they happened."""
    wanted = {catalog.index[pid] for pid in catalog.provisions}
    found: dict[int, list[ProvisionStep]] = {}
    for chapter in chronicle.chapters:
        for events, values in ((chapter.opened, chapter.before), (chapter.resolved, chapter.opening)):
            for event in events:
                touched = [change for change in event.changes if change[0] in wanted]
                why = _why(wire, event, values, contacts) if touched else ""
                for var, before, after in touched:
                    statuses = catalog.variables[var].statuses
                    found.setdefault(var, []).append(ProvisionStep(
                        event.round, catalog.round_and_date(event.round), _shown(statuses[before]), _shown(statuses[after]), why))
    return found


def _why(wire: Wire, event: Event, values: Sequence[int], contacts: Contacts) -> str:
    told = wire.dispatch(event, values, contacts, "close")
    return told.text if told else ""


def _shown(status: str) -> str:
    return status.replace("_", " ")
