"""batch: the choices that seats met in sampled states, weighed by what each move gains its seat at once.

A gain is the one-ply value of the core, on the state as the seat sees it: alone on the table, without what follows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sim.batch.goals import kind_of
from sim.policies.gain import Scorer
from sim.rules.engine import menu
from sim.rules.facts import Facts
from sim.rules.state import State
from sim.rules.tables import Game
from sim.rules.views import masked

POINT = 100 << 16
"""One point of a seat's hundred, in the units of a gain."""
DOMINANT_MARGIN = 1.0
"""Points by which a dominant move beats every other choice, passing among them."""
WORTH_MARGIN = 1.0
"""Points below the best choice within which a move is worth playing."""
CHOICE_MARGIN = 0.1
"""Points below which the best and the second-best choice are no real choice."""


@dataclass(slots=True)
class Sampled:
    """Counts over sampled states; a kind of move counts once per state and seat, by its best target."""

    states: int = 0
    legal: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By seat and kind of move."""
    best: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Where it beat every other choice by the margin."""
    near: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Where it came within the margin of the best."""
    met: Counter[int] = field(default_factory=Counter)
    """Seats that met a round, by its number."""
    idle: Counter[int] = field(default_factory=Counter)
    """Of those, the ones without a real choice."""

    def add(self, other: Sampled) -> None:
        """Count other samples too."""
        self.states += other.states
        for mine, theirs in ((self.legal, other.legal), (self.best, other.best), (self.near, other.near),
                             (self.met, other.met), (self.idle, other.idle)):
            mine.update(theirs)  # type: ignore[arg-type]


def sample(game: Game, state: State, into: Sampled) -> None:
    """Weigh what each seat may do in an open state."""
    into.states += 1
    for number, seat in enumerate(game.seats):
        facts = Facts(game, masked(game, state.values, seat))
        scorer = Scorer(game, number, facts.values_at)
        gains: dict[str, int] = {}
        for move in menu(game, facts, number):
            if move.cost <= game.attention[number]:
                kind, gain = kind_of(move), scorer.gain(facts, move)
                gains[kind] = max(gains.get(kind, gain), gain)
        ranked = sorted([0, *gains.values()], reverse=True)
        into.met[state.round] += 1
        if len(ranked) < 2 or ranked[0] - ranked[1] < CHOICE_MARGIN * POINT:
            into.idle[state.round] += 1
        for kind, gain in gains.items():
            into.legal[seat, kind] += 1
            others = ranked[1] if gain == ranked[0] else ranked[0]
            if gain - others >= DOMINANT_MARGIN * POINT:
                into.best[seat, kind] += 1
            if ranked[0] - gain <= WORTH_MARGIN * POINT:
                into.near[seat, kind] += 1
