"""words: what became of each clause of the draft, and who holds its brackets, as one viewer heard of it.

Made from the redacted log alone: what a viewer did not hear of leaves at most that a status changed, and no name.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.rules import Event
from sim.words.catalog import Catalog
from sim.words.chronicle import Chronicle

_MOVES = {"table": "{who} tabled it", "agree": "{who} said yes", "bracket": "{who} put it in brackets"}
_RULES = {"agreed": "agreed by all whose yes it needs", "unanswered": "it fell into brackets for want of an answer",
          "reopened": "it fell back into brackets", "signed": "signed"}


@dataclass(frozen=True, slots=True)
class Past:
    """What a viewer heard of one clause."""

    told: tuple[str, ...] = ()
    """`round 3 (18 May 2021): Baku put it in brackets`, oldest first."""
    holders: tuple[str, ...] = ()
    """Who put it in brackets last; empty once it has left them, and where nobody did or nobody was heard of."""
    signed_in: int = 0
    """The round in which it was signed; 0 where it was not, or nothing of it was heard."""


def pasts(catalog: Catalog, chronicle: Chronicle) -> dict[str, Past]:
    """Per clause that anything was heard of."""
    clauses = {catalog.index[cid]: cid for cid in catalog.scenario.clauses}
    told: dict[str, list[str]] = {}
    holders: dict[str, tuple[str, ...]] = {}
    signed: dict[str, int] = {}
    for chapter in chronicle.chapters:
        for event in (*chapter.opened, *chapter.resolved):
            about = _about(catalog, event)
            changes = {clauses[var]: (before, after) for var, before, after in event.changes if var in clauses}
            for cid in dict.fromkeys(([about[0]] if about else []) + list(changes)):
                said = about[1] if about and about[0] == cid else _changed(catalog, event, cid, *changes[cid])
                told.setdefault(cid, []).append(f"{catalog.round_and_date(event.round)}: {said}")
                if cid in changes and catalog.variable(cid).statuses[changes[cid][1]] == "signed":
                    signed[cid] = event.round
                if cid in changes:
                    holders[cid] = _holder(catalog, event) if about and about[0] == cid else ()
    return {cid: Past(tuple(lines), holders.get(cid, ()), signed.get(cid, 0)) for cid, lines in told.items()}


def _about(catalog: Catalog, event: Event) -> tuple[str, str] | None:
    """The clause that an event is about, and what it says of it."""
    if event.kind == "move":
        move = catalog.moves[event.id]
        if move.of in catalog.scenario.clauses and move.id in _MOVES:
            return move.of, _MOVES[move.id].format(who=catalog.capital(move.seat))
    if event.kind == "rule":
        step, _, of = catalog.rules[event.id.partition("@")[0]].key.partition(".")
        if of in catalog.scenario.clauses and step in _RULES:
            return of, _RULES[step]
    return None


def _changed(catalog: Catalog, event: Event, cid: str, before: int, after: int) -> str:
    """A status that changed by something that is about another clause, or about none."""
    statuses = catalog.variable(cid).statuses
    other = _about(catalog, event)
    if other and statuses[after] == "struck":
        return f"struck, for “{catalog.clause(other[0])}” was agreed in its place"
    how = ", out of your sight" if event.kind == "unseen" else ""
    return f"{catalog.status(cid, statuses[before])} → {catalog.status(cid, statuses[after])}{how}"


def _holder(catalog: Catalog, event: Event) -> tuple[str, ...]:
    if event.kind != "move" or catalog.moves[event.id].id != "bracket":
        return ()
    return (catalog.capital(catalog.moves[event.id].seat),)


__all__ = ["Past", "pasts"]
