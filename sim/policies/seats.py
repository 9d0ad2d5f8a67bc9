"""policies: a seat's moves and weights laid out for choosing, once per game."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sim.rules.chance import site
from sim.rules.facts import Facts
from sim.rules.tables import Game, Move, Persona

HIGHEST = 1_023


class Candidate(NamedTuple):
    """An order that a persona may draw."""

    number: int
    move: Move
    weight: int
    factors: tuple[tuple[int, int], ...]


class Asked(NamedTuple):
    """A question that the seat may be asked."""

    number: int
    answers: tuple[tuple[int, int], ...]
    """Move number and condition of each answer."""


class Seat(NamedTuple):
    """What one policy needs to know of one seat."""

    number: int
    persona: Persona
    orders: tuple[Candidate, ...]
    questions: tuple[Asked, ...]
    """The seat's questions in file order."""


@lru_cache(maxsize=256)
def pick_site(seat: str, *index: int) -> int:
    """The die of a pick."""
    return site("pick", seat, *index)


def weight_of(weight: int, factors: tuple[tuple[int, int], ...], facts: Facts) -> int:
    """A weight after its factors, in file order: `w = min(1023, w·f >> 4)`."""
    for condition, sixteenths in factors:
        if facts[condition]:
            weight = min(HIGHEST, weight * sixteenths >> 4)
    return weight


_SEATS: WeakKeyDictionary[Game, dict[tuple[str, str], Seat]] = WeakKeyDictionary()


def seat_of(game: Game, policy: str, seat: str) -> Seat:
    """The seat under a policy's weights; made when first needed, dropped with the game."""
    kept = _SEATS.setdefault(game, {})
    found = kept.get((policy, seat))
    if found is None:
        found = kept[policy, seat] = _make(game, policy, seat)
    return found


def _make(game: Game, policy: str, seat: str) -> Seat:
    number = game.number(seat)
    persona = game.personas[policy][number]
    orders = tuple(Candidate(n, move, *persona.moves[n]) for n, move in enumerate(game.moves)
                   if move.seat == number and move.question < 0 and persona.moves[n].weight > 0)
    questions = tuple(Asked(n, tuple((m, game.moves[m].cond) for m in q.answers))
                      for n, q in enumerate(game.questions) if q.seat == number)
    return Seat(number, persona, orders, questions)
