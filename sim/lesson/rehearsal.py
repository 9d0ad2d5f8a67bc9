"""lesson: a rehearsal: policies play the whole class in fast forward, with a clock of its own and no file.

Everything goes the way it will go in class, through the same acts: people come in, delegations read, time runs out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sim.errors import UsageError
from sim.lesson.lesson import Lesson
from sim.lesson.people import FACILITATOR
from sim.lesson.plan import Plan
from sim.rules import PUBLIC
from sim.words.catalog import Catalog, sentence
from sim.words.desk import Desk

if TYPE_CHECKING:
    from sim.scenario.load import Loaded
    from sim.words.models import Dispatch

MINUTE: Final = 60.0
_STEP: Final = 10.0


class FastClock:
    """A clock that somebody moves."""

    def __init__(self, wall: float = 0.0) -> None:
        self.now = 0.0
        self._wall = wall

    def monotonic(self) -> float:
        """Seconds that were passed."""
        return self.now

    def wall(self) -> float:
        """The same, from some day on."""
        return self._wall + self.now

    def step(self, seconds: float = _STEP) -> None:
        """Let time pass."""
        self.now += seconds


@dataclass(frozen=True, slots=True)
class RehearsedRound:
    """One round at one table."""

    round: int
    date: str
    at: int
    """Minutes from the beginning of the lesson at which it opened."""
    orders: int
    injects: tuple[str, ...]
    """Titles of those that its opening brought."""
    news: tuple[str, ...] = ()
    """What everybody reads of it: its opening, then what its orders came to."""


@dataclass(frozen=True, slots=True)
class RehearsedTable:
    """How a table went."""

    table: int
    rounds: tuple[RehearsedRound, ...]
    ending: str
    """Its title."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a facilitator learns from a rehearsal."""

    plan: Plan
    minutes: int
    """From the briefing to the last round, the debrief not counted."""
    debrief: int
    tables: tuple[RehearsedTable, ...]


def rehearse(loaded: Loaded, plan: Plan, *, seed: int = 1) -> Rehearsal:
    """Play a lesson by its plan, every seat by the policy of its level, every round to the end of its time.

    Raises what `Lesson.new` does, and `UsageError` for a plan whose rounds have no limit of time.
    """
    if plan.minutes is None:
        raise UsageError("A rehearsal needs minutes for a round; give them in the plan.", "L053")
    clock = FastClock()
    lesson, _ = Lesson.new(loaded, replace(plan, on_time=True), seed=seed, clock=clock)
    opened: dict[int, float] = {}
    lesson.trigger(FACILITATOR, "brief")
    while lesson.timer.left:
        clock.step()
        lesson.tick()
    lesson.trigger(FACILITATOR, "begin")
    while lesson.stage in ("orders", "resolving"):
        opened.setdefault(max(match.round for match in lesson.matches), clock.now)
        clock.step()
        if lesson.tick():
            lesson.work()
    minutes = round(clock.now / MINUTE)
    catalog = Catalog(loaded.usable()[1])
    return Rehearsal(plan, minutes, round(plan.debrief),
                     tuple(_table(lesson, table, catalog, opened) for table in lesson.tables))


def _table(lesson: Lesson, table: int, catalog: Catalog, opened: dict[int, float]) -> RehearsedTable:
    match = lesson.match(table)
    injects = catalog.scenario.injects
    brought: dict[int, list[str]] = {}
    for entry in match.line():
        for event in entry.events:
            if event.kind == "rule" and (id := event.id.partition("#")[0].partition("@")[0]) in injects:
                brought.setdefault(event.round, []).append(injects[id].title)
    desk = Desk(match, PUBLIC, {})
    rounds = tuple(RehearsedRound(played.round, catalog.date_of(played.round), round(opened[played.round] / MINUTE),
                                  sum(len(orders.moves) for orders in played.orders.values()),
                                  tuple(brought.get(played.round, ())), tuple(map(_told, desk.dispatches(played.round))))
                   for played in match.rounds)
    ending = catalog.scenario.endings[match.state.ending].title if match.ended else ""
    return RehearsedTable(table, rounds, ending)


def _told(line: Dispatch) -> str:
    """A dispatch with its speaker."""
    text = sentence(line.text)
    return text if not line.speaker or line.speaker in text else f"{line.speaker}: {text}"
