"""report: what a delegation can order, as rows of a printed form; the numbers are those of its own form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.authoring.english_moves import mechanical, merged
from sim.authoring.phrases import Phrases, flat
from sim.scenario.bind.shapes import BoundMove
from sim.words.catalog import TIERS, Catalog, sentence

HEARD = {"public": "everybody", "parties": "those concerned", "secret": "nobody else"}
_TIERS = ("contacts", "negotiation", "statements", "measures", "force")


@dataclass(frozen=True, slots=True)
class Row:
    """One move of one seat, for the addressees for which the same is asked."""

    number: int
    move: str
    """The author's id of the move."""
    title: str
    to: tuple[str, ...]
    """Capitals; empty for a move that addresses nobody."""
    cost: int
    needs: str
    """What must hold, a sentence; empty for nothing."""
    heard: str
    hint: str


@dataclass(frozen=True, slots=True)
class Tier:
    """The moves that resolve together."""

    title: str
    rows: tuple[Row, ...]


def tiers(catalog: Catalog, seat: str) -> tuple[Tier, ...]:
    """All moves that the seat has, in the order in which a round resolves them; answers and the draft left out."""
    phrases = Phrases(catalog)
    mine = [m for m in catalog.bound.moves if m.seat == seat and not m.question and m.id in catalog.scenario.moves]
    number = 0
    out = []
    for tier in _TIERS:
        # the moves of a group stand together, groups in the order of their first move
        grouped: dict[str, dict[str, None]] = {}
        for move in mine:
            if move.tier == tier:
                grouped.setdefault(move.group, {})[move.id] = None
        rows: list[Row] = []
        for mid in (mid for ids in grouped.values() for mid in ids):
            rows += _rows(catalog, phrases, [m for m in mine if m.id == mid], number + len(rows))
        number += len(rows)
        if rows:
            out.append(Tier(TIERS[tier], tuple(rows)))
    return tuple(out)


def _rows(catalog: Catalog, phrases: Phrases, moves: list[BoundMove], number: int) -> Iterator[Row]:
    def asks(move: BoundMove) -> list[str]:
        needs = [part for condition in move.conditions for part in flat(condition) if not mechanical(part)]
        return [phrases.all_of(needs)]

    for told in merged(catalog, moves, asks):
        number += 1
        first = next(m for m in moves if (m.seat, m.target) == told.pairs[0])
        to = tuple(catalog.capital(target) for _, target in told.pairs if target)
        title = first.title if len(to) < 2 else catalog.move_title(first.id)
        yield Row(number, first.id, title, to, first.cost, sentence(told.text), HEARD[first.seen], sentence(first.hint))

