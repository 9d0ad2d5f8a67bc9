"""authoring: whether a scenario keeps its promises: verdicts one after the other, the cheap ones first.

What can happen is proved by bounds, walked through whole where the game is small, or found with a line of play that
anybody can play again. How often it happens is counted in games until it is decided or the time is over. Everything
asked of one clock shares one search and the same games.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic

from sim.authoring.expect.clock import Clock, Found, KnownBy
from sim.authoring.expect.effort import WHOLE_BUDGET, foreseen
from sim.batch.line import Line
from sim.batch.shares import Share
from sim.errors import DetenteError
from sim.play import game_of
from sim.rules.tables import Game
from sim.scenario.load import Loaded
from sim.scenario.promises import Promise, promises

SECONDS = 60.0
"""How long retesting may take unless said otherwise."""


class Verdict(Enum):
    """What is known of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Judged:
    """A promise with its verdict."""

    promise: Promise
    verdict: Verdict
    known_by: KnownBy
    why: str
    """One sentence: how it is known, or what is missing."""
    line: Line | None = None
    """A match that shows it: of what is kept how it happens, of what is broken how it is broken."""
    round: int = 0
    """Of that match, the round that shows it."""
    share: Share | None = None
    """Of games, where games were counted; its interval holds whenever one stops."""
    mean: float | None = None
    games: int = 0


@dataclass(slots=True)
class Memory:
    """What earlier runs found, for whoever retests after every change: games of games that play alike, and lines."""

    games: dict[tuple[str, str, int], object] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    """By promise, the line that showed it last; it is only believed if it still does."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    seconds: float
    share: float
    """Of the budget."""
    judged: int
    promises: int
    doing: str
    foreseen: float = 0.0
    """Seconds that what is not proved will take, about; 0 while that is not known."""


def expect(loaded: Loaded, *, seconds: float = SECONDS, seed: int = 1, jobs: int = 1, memory: Memory | None = None,
           going: Callable[[], bool] = lambda: True, progress: Callable[[Progress], None] | None = None,
           only: Iterable[Promise] | None = None) -> Iterator[Judged]:
    """Every promise of a scenario once, as its verdict is known; in the end those that stay undecided.

    It takes at most about `seconds`. `going` is asked often: once it says no, or Ctrl-C is pressed, the rest comes at
    once, as undecided. Whoever stops listening stops the work. With one job nothing is started beside this thread. Raises
    `ScenarioError` for a scenario that cannot be played.
    """
    run = _Run(loaded, seconds, seed, jobs, memory or Memory(), going, progress,
               tuple(promises(loaded.usable()[1])) if only is None else tuple(only))
    yield from run.judged()


class _Run:
    def __init__(self, loaded: Loaded, seconds: float, seed: int, jobs: int, memory: Memory, going: Callable[[], bool],
                 progress: Callable[[Progress], None] | None, wanted: tuple[Promise, ...]) -> None:
        self.loaded, self.seconds, self.seed, self.jobs, self.memory = loaded, seconds, seed, jobs, memory
        self.going, self.progress = going, progress
        self.open = dict.fromkeys(wanted)
        self.total = len(wanted)
        self.began = monotonic()
        self.interrupted = False
        self.foreseen = 0.0

    def judged(self) -> Iterator[Judged]:
        """All verdicts."""
        by_leg: dict[str | None, list[Promise]] = {}
        for promise in self.open:
            by_leg.setdefault(promise.leg, []).append(promise)
        clocks: list[Clock] = []
        try:
            for leg, several in by_leg.items():
                clock = Clock(self.loaded, game_of(self.loaded, leg), several, self.seed)
                clocks.append(clock)
                yield from self._told(clock.prove(self._told_of))
            self._foresee(clocks)
            for n, clock in enumerate(clocks):
                # what one clock leaves of its time is the next one's
                left = self.seconds - (monotonic() - self.began)
                until = monotonic() + max(0.0, left) / (len(clocks) - n)
                yield from self._told(clock.search(until, self.jobs, self._on, self._told_of, self.memory.games,
                                                   self.memory.lines))
        except KeyboardInterrupt:
            self.interrupted = True
        left_open = {promise: clock for clock in clocks for promise in clock.open}
        for promise in list(self.open):
            found = left_open[promise].undecided(promise, hint=not self.interrupted and self.going()) if promise in left_open else Found(promise, None, "budget", "")
            yield from self._told([found])

    def _foresee(self, clocks: Sequence[Clock]) -> None:
        """Say how long the search will take, where anybody listens and something is left to search for."""
        left = self.seconds - (monotonic() - self.began)
        if self.progress is None or not self.open or left <= 0:
            return
        share = left / len(clocks) / WHOLE_BUDGET
        found = sum(foreseen(clock, self.jobs, share, self.memory.games) for clock in clocks)
        self.foreseen = min(self.seconds, monotonic() - self.began + found)
        self._told_of("bounds")

    def _told(self, found: Iterable[Found]) -> Iterator[Judged]:
        for it in found:
            self.open.pop(it.promise, None)
            yield self._judged(it)

    def _judged(self, it: Found) -> Judged:
        if it.kept is None:
            stopped = self.interrupted or not self.going()
            why = it.why or "it was not looked at yet"
            return Judged(it.promise, Verdict.UNDECIDED, "interruption" if stopped else "budget", why, it.line, it.round,
                          it.share, it.mean, it.games)
        if it.line is not None:
            self.memory.lines[it.promise.text] = it.line
        return Judged(it.promise, Verdict.KEPT if it.kept else Verdict.BROKEN, it.known_by, it.why, it.line, it.round,
                      it.share, it.mean, it.games)

    def _on(self) -> bool:
        return self.going()

    def _told_of(self, doing: str) -> None:
        if self.progress is not None:
            spent = monotonic() - self.began
            self.progress(Progress(spent, min(1.0, spent / self.seconds), self.total - len(self.open), self.total, doing,
                                   self.foreseen))


def judge(loaded: Loaded, **how: object) -> list[Judged]:
    """All verdicts, in the order of the file."""
    return sorted(expect(loaded, **how), key=lambda it: it.promise.number)  # type: ignore[arg-type]


class Refuted(DetenteError):
    """A line does not show what it was found for when it is played through a match: a fault of Detente."""

    default_code = "D351"


def game_for(loaded: Loaded, promise: Promise) -> Game:
    """The game of a promise's clock."""
    return game_of(loaded, promise.leg)
