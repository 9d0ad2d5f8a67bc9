"""rules: a compiled game as explicit tables, the whole of what an engine knows.

Conditions are postfix over atoms; every record refers to variables and conditions by dense number, and to the
author by id. The column engine reads the same tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

SURE = 1 << 16
"""The probability of what always happens; probabilities are 1..65,536."""

GE, EQ, NE = range(3)
"""An atom is `a·x + b·y + c  GE|EQ|NE  0`; y is -1 where there is no second variable."""
AND, OR, NOT = -1, -2, -3
"""In a postfix condition, beside atom numbers from 0. An empty condition is true."""
ADD, SET, UNIFORM, TOWARD, SCALE, RAISE = range(6)
"""Effects: x + a · a · x + uniform(a..b) · toward a by b · x + x·a div b · max(x, a)."""

TIERS = ("answers", "contacts", "negotiation", "statements", "measures", "force")


class Atom(NamedTuple):
    """One comparison."""

    op: int
    x: int
    a: int
    y: int
    b: int
    c: int


class Effect(NamedTuple):
    """One change of one variable; `site` is where a uniform is drawn."""

    kind: int
    var: int
    a: int
    b: int
    site: int


class Branch(NamedTuple):
    """One way a move can turn out; the last of a move has condition 0 and takes the rest."""

    cond: int
    p: int
    effects: tuple[Effect, ...]
    number: int
    """The author's branch, from 0; -1: nothing happens."""


class Move(NamedTuple):
    """A move of one seat to one addressee (or nobody), or an answer."""

    key: str
    id: str
    of: str
    """Offer kind, clause or part of what the format adds; empty for the author's moves."""
    seat: int
    target: str
    tier: int
    cost: int
    cond: int
    conditions: tuple[int, ...]
    """The parts of `cond` in the order a refusal names them."""
    branches: tuple[Branch, ...]
    site: int
    public: bool
    concerned: frozenset[str]
    question: int
    """The question it answers, or -1."""


class Question(NamedTuple):
    """What a seat may answer: an offer, a tabled clause."""

    id: str
    seat: int
    answers: tuple[int, ...]
    """Move numbers."""
    site: int


class Rule(NamedTuple):
    """Something that happens by itself."""

    id: str
    key: str
    kind: Literal["lapse", "inject", "drift", "rule", "draft", "count", "step"]
    leg: int
    """The leg it belongs to, or -1 for all."""
    cond: int
    p: int
    effects: tuple[Effect, ...]
    group: int
    """The first of a group to happen closes it; -1: none. Groups are contiguous."""
    site: int
    machine: int
    """The machine whose step it is, or -1."""
    heard: frozenset[str] | None
    """Who hears of it even if nothing that they see has changed; None is everybody."""
    follows: int = -1
    """The variable y that its probability follows, or -1; then `table[(y - lo) * 16 // (hi - lo)]` counts, not `p`."""
    table: tuple[int, ...] = ()
    """Seventeen probabilities, computed when the scenario was compiled."""
    within: int = 0
    """Of an inject's branch: its own condition, which also holds where a facilitator releases the inject early."""


class Ending(NamedTuple):
    """How a game ends; the last holds only in the last round."""

    id: str
    cond: int


class Goal(NamedTuple):
    """`weight · clamp(Σ k·x + c, 0, 100)`."""

    seat: int
    id: str
    weight: int
    terms: tuple[tuple[int, int], ...]
    const: int


class Weights(NamedTuple):
    """A weight (0..1,023) and its factors (condition, sixteenths)."""

    weight: int
    factors: tuple[tuple[int, int], ...]


class Persona(NamedTuple):
    """One seat's weights, by move number and question number."""

    moves: dict[int, Weights]
    leaving: dict[int, Weights]
    holding: int


class Machine(NamedTuple):
    """A phase, provision or clause: its statuses, its own steps, and where other things may put it."""

    name: str
    kind: str
    var: int
    statuses: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...], str], ...]
    """Rule id, source statuses, status it leads to."""
    caused: tuple[str, ...]


class Tick(NamedTuple):
    """What the clock says in a round: leg from 0, day on which it opens, whether it is the last."""

    leg: int
    day: int
    last: bool


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Game:
    """A compiled scenario."""

    id: str
    names: tuple[str, ...]
    index: dict[str, int]
    lo: tuple[int, ...]
    hi: tuple[int, ...]
    start: tuple[int, ...]
    statuses: tuple[tuple[str, ...], ...]
    seen: tuple[frozenset[str] | None, ...]
    estimate: tuple[int, ...]
    actors: tuple[str, ...]
    seats: tuple[str, ...]
    attention: tuple[int, ...]
    picks: int
    clock: tuple[Tick, ...]
    legs: tuple[str, ...]
    atoms: tuple[Atom, ...]
    conds: tuple[tuple[int, ...], ...]
    cond_text: tuple[str, ...]
    """The author's words for each condition."""
    moves: tuple[Move, ...]
    by_key: dict[str, int]
    questions: tuple[Question, ...]
    open_rules: tuple[Rule, ...]
    close_rules: tuple[Rule, ...]
    machines: tuple[Machine, ...]
    endings: tuple[Ending, ...]
    goals: tuple[Goal, ...]
    personas: dict[str, tuple[Persona, ...]]
    """Per policy, one for each seat."""

    @property
    def rounds(self) -> int:
        """How many rounds the clock has."""
        return len(self.clock)

    def chance(self, rule: Rule, values: Sequence[int]) -> int:
        """The probability of a rule in a state, which for a hazard hangs on the value of a track."""
        if rule.follows < 0:
            return rule.p
        lo, hi = self.lo[rule.follows], self.hi[rule.follows]
        return rule.table[(values[rule.follows] - lo) * 16 // (hi - lo)]

    def number(self, seat: str) -> int:
        """A seat's number."""
        return self.seats.index(seat)
