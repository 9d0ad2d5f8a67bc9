"""scenario: the shapes that binding produces, with every name resolved.

Amounts and probabilities hold one value per leg, in the order of the clock's legs. Named tuples, because eleven frozen
dataclasses would cost every `detente check` a fortieth of its time.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sim.scenario.conditions import Always, Condition, Linear

Loc = tuple[str | int, ...]
SURE = 1 << 16
"""The probability of what always happens; probabilities are 1..65,536 in 65,536ths."""

ALWAYS = Always(value=True, text="always")
"""The condition of what has none."""

Pull = tuple[int, tuple[int, ...]]
"""A target, and the largest step per leg."""


class Variable(NamedTuple):
    """A bounded integer of the game."""

    name: str
    lo: int
    hi: int
    start: int
    kind: Literal[
        "clock", "track", "flag", "counter", "phase", "provision", "clause", "yes", "ready", "signing", "offer",
        "played", "fired",
    ]
    seen: frozenset[str] | None = None
    """The actors who see it; None is everybody, the public too."""
    estimate: int = 0
    """What those who do not see it reckon with."""
    statuses: tuple[str, ...] = ()
    each_round: int = 0
    drift: Pull | None = None


class BoundEffect(NamedTuple):
    """One effect on one variable, with `a` and `b` per leg.

    ADD a · SET a · UNIFORM a..b · TOWARD a by b · SCALE by a/b (a share of the value) · RAISE a.
    """

    kind: Literal["add", "set", "uniform", "toward", "scale", "raise"]
    name: str
    a: tuple[int, ...]
    b: tuple[int, ...]


class BoundBranch(NamedTuple):
    """One way a thing can turn out."""

    number: int
    """The author's position of the branch, from 0; -1 for the added branch in which nothing happens."""
    when: Condition
    p: tuple[int, ...]
    effects: tuple[BoundEffect, ...]
    dispatch: str | None
    loc: Loc


class BoundMove(NamedTuple):
    """A move of one seat, to one addressee or to nobody."""

    id: str
    """The author's move id; `table`, `sign`, `agree`, `bracket`, `accept`, `decline` for what the format adds."""
    of: str
    """The offer kind, clause or part of those; empty otherwise."""
    seat: str
    target: str
    tier: str
    cost: int
    guard: Condition
    """What the author wrote."""
    conditions: tuple[Condition, ...]
    """All that must hold, the author's first, then what the format adds."""
    branches: tuple[BoundBranch, ...]
    group: str
    seen: Literal["public", "parties", "secret"]
    concerned: frozenset[str]
    """Who hears of it, whatever `seen` says: the seat itself and, unless it is secret, those it concerns."""
    title: str
    hint: str
    dispatch: str | None
    cameo: str
    goldstein: float | None
    source: tuple[str, ...]
    question: str
    """The question it answers (`offer.call.russia`, `clause.exchange`), or empty."""
    loc: Loc

    @property
    def key(self) -> str:
        """Unique among a scenario's moves: `call:russia>armenia`, `table.exchange:armenia`."""
        head = f"{self.id}.{self.of}" if self.of else self.id
        return f"{head}:{self.seat}>{self.target}" if self.target else f"{head}:{self.seat}"


class BoundRule(NamedTuple):
    """Something that happens by itself."""

    id: str
    key: str
    """The author's id; several rules lowered from one share it."""
    kind: Literal["lapse", "inject", "drift", "rule", "draft", "count", "step"]
    when: Condition
    p: tuple[int, ...]
    effects: tuple[BoundEffect, ...]
    group: str
    dispatch: str | None
    machine: str
    """The phase, provision or clause whose step this is, or empty."""
    loc: Loc
    heard: frozenset[str] | None = frozenset()
    """Who hears of it whatever it changed: the readers of an inject; None is everybody."""
    follows: str = ""
    """The track that the chance follows, or empty."""
    tables: tuple[tuple[int, ...], ...] = ()
    """Per leg, the probability at seventeen places of that track's range."""
    within: Condition = ALWAYS
    """Of an inject's branch: its own condition, without when the inject is due."""


class BoundGoal(NamedTuple):
    """A goal of a seat: `clamp(sum, 0, 100)`."""

    id: str
    seat: str
    weight: int
    sum: Linear


class BoundEnding(NamedTuple):
    """An ending; the last one of a game has no condition and holds in the last round."""

    id: str
    when: Condition


class BoundFactor(NamedTuple):
    """What multiplies a weight, in sixteenths."""

    when: Condition
    sixteenths: int
    text: str


class Weighed(NamedTuple):
    """A weight of a persona (0..1,023) and its factors in order."""

    weight: int
    factors: tuple[BoundFactor, ...]


class BoundPersona(NamedTuple):
    """One seat's weights: per move key, and per question for leaving it."""

    moves: dict[str, Weighed]
    leaving: dict[str, Weighed]
    holding: int


class MachineTable(NamedTuple):
    """The machine of a phase, provision or clause, as the rules move it."""

    name: str
    kind: Literal["phase", "provision", "clause"]
    statuses: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...], str], ...]
    """Its own steps: rule id, source statuses, status it leads to."""
    caused: tuple[str, ...]
    """Statuses that moves, injects or other rules can put it in."""
