"""words: the treaty reader: every provision of every agreement, its status and how it came to it."""

from __future__ import annotations

from sim.rules import View
from sim.words.catalog import Catalog
from sim.words.chronicle import Chronicle
from sim.words.estimative import listed
from sim.words.models import ProvisionLine


def provisions(catalog: Catalog, seen: View, chronicle: Chronicle) -> tuple[ProvisionLine, ...]:
    """All provisions in the author's order."""
    changes = _changes(catalog, chronicle)
    out = []
    for pid, (aid, it) in catalog.provisions.items():
        var = catalog.index[pid]
        statuses = catalog.variables[var].statuses
        agreement = catalog.scenario.agreements[aid]
        steps = changes.get(var, [])
        history = tuple(f"{_shown(statuses[before])} → {_shown(statuses[after])} in {catalog.round_and_date(number)}"
                        for number, before, after in steps)
        source = it.source or agreement.source
        out.append(ProvisionLine(
            id=pid, agreement=agreement.title, point=it.point, title=it.title or _shown(pid), text=it.text.strip(),
            binds=listed([catalog.capital(actor) for actor in it.binds]), status=_shown(statuses[seen.values[var]]),
            since=f"since {catalog.round_and_date(steps[-1][0])}" if steps else "from the start", history=history,
            moved_by=it.moved_by.strip(), source=tuple(filter(None, (source,) if isinstance(source, str) else source))))
    return tuple(out)


def _changes(catalog: Catalog, chronicle: Chronicle) -> dict[int, list[tuple[int, int, int]]]:
    """Per provision: round, status before, status after."""
    wanted = {catalog.index[pid] for pid in catalog.provisions}
    found: dict[int, list[tuple[int, int, int]]] = {}
    for chapter in chronicle.chapters:
        for event in (*chapter.opened, *chapter.resolved):
            for var, before, after in event.changes:
                if var in wanted:
                    found.setdefault(var, []).append((event.round, before, after))
    return found


def _shown(status: str) -> str:
    return status.replace("_", " ")
