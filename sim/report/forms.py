"""report: what a delegation can order, as rows of a printed form; the numbers are those of its own form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.authoring.english.moves import mechanical, merged
from sim.authoring.english.phrases import Phrases, flat
from sim.rules import initial, view
from sim.rules.compile import compile_game
from sim.rules.facts import Facts
from sim.scenario.bind.shapes import BoundMove
from sim.words.catalog import TIERS, Catalog, sentence
from sim.words.estimative import span
from sim.words.likely import Reckoner

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
    brings: str
    """What it would change on average if it were filed on the first day, as the seat can reckon it; may be empty."""


@dataclass(frozen=True, slots=True)
class Tier:
    """The moves that resolve together."""

    title: str
    rows: tuple[Row, ...]


class _Eve:
    """The seat's view on the eve of the first round, for what moves are likely to bring."""

    def __init__(self, catalog: Catalog, seat: str) -> None:
        self.game = compile_game(catalog.bound)
        self._reckoner = Reckoner(self.game, catalog, seat)
        self._facts = Facts(self.game, view(self.game, initial(self.game, 0), seat).values)

    def brings(self, key: str) -> str:
        """`Tension −3; World +4`."""
        _, expected = self._reckoner.outlook(self.game.moves[self.game.by_key[key]], self._facts)
        return "; ".join(f"{it.title} {span(it.low, it.high)}" for it in expected)


def tiers(catalog: Catalog, seat: str) -> tuple[Tier, ...]:
    """All moves that the seat has, in the order in which a round resolves them; answers and the draft left out."""
    phrases = Phrases(catalog)
    eve = _Eve(catalog, seat)
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
            rows += _rows(catalog, phrases, eve, [m for m in mine if m.id == mid], number + len(rows))
        number += len(rows)
        if rows:
            out.append(Tier(TIERS[tier], tuple(rows)))
    return tuple(out)


def _rows(catalog: Catalog, phrases: Phrases, eve: _Eve, moves: list[BoundMove], number: int) -> Iterator[Row]:
    def asks(move: BoundMove) -> list[str]:
        needs = [part for condition in move.conditions for part in flat(condition) if not mechanical(part)]
        return [phrases.all_of(needs)]

    for told in merged(catalog, moves, asks):
        number += 1
        first = next(m for m in moves if (m.seat, m.target) == told.pairs[0])
        to = tuple(catalog.capital(target) for _, target in told.pairs if target)
        title = first.title if len(to) < 2 else catalog.move_title(first.id)
        yield Row(number, first.id, title, to, first.cost, sentence(told.text), HEARD[first.seen], sentence(first.hint),
                  eve.brings(first.key))

