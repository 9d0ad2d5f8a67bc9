"""batch: what can happen in a game, within a budget: proved impossible, found with a line of play, or not known.

First a bound of everything (sound), then, where the game is small, every match; else seeded matches by policies, and
for what they have not met a directed search; at the end the lines that were found are made shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic
from typing import NamedTuple

from sim.batch.chase import Chase
from sim.batch.exhaust import Exhausted, exhaust
from sim.batch.findings import FEWEST_GAMES
from sim.batch.goals import KINDS, Goal, Goals
from sim.batch.line import Line
from sim.batch.reach import Reach, reach
from sim.batch.shorter import shortened
from sim.batch.walks import Known, Table, Walked, goals_of, keep, tables, walk
from sim.batch.workers import Going, Task, Workers
from sim.rules.chance import draw, site
from sim.rules.tables import Game

GAMES_EACH = (100, FEWEST_GAMES)
"""Matches of each table of players, the most that the time allows: what is found of balance rests on them."""
FEW_EACH = 12
"""The same where it does not allow even the fewest from which seats are compared: then no time is spent on that."""
QUIET = 2
"""Matches of each table without anything new, after which what is missing is searched for."""
MOST_ROUNDS = 200_000
"""Rounds decided before a game counts as too large to be walked through whole."""
CHASE_ROUNDS = 3_000
"""Rounds decided in one directed search."""
TRIES = 5
"""Directed searches for one thing where the budget is a number of matches."""
SHORTER = {"ending": 120, "phase": 60, "clause": 40, "inject": 40, "rule": 12, "move": 12}
"""Attempts to leave something out of a line, by what it leads to."""
PATIENCE = {"ending": 6.0, "phase": 2.0, "clause": 1.0, "inject": 1.0, "rule": 0.5, "move": 0.5}
"""Seconds for that, where the budget is time."""
URGENT = ("ending", "phase", "inject")
"""What is searched for to the end of its stage; of the rest, searches begin no later than `SIDE_CHASES`."""
SIDE_CHASES = 0.4
LONG = 12
"""Orders above which the line to an ending is searched for once more."""
WALKS, CHASES, MORE_WALKS, TIDY, SHORT = 0.25, 0.5, 0.6, 0.85, 0.96
"""The share of the time at which each stage ends at the latest."""
POLISH_TIDY, POLISH = 0.22, 0.3
"""The share that searches for shorter lines, and all that makes lines shorter, may take once everything is found."""
_CHASE = site("explore chase")


class Verdict(Enum):
    """What is known of something that might happen."""

    REACHED = "reached"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


class Progress(NamedTuple):
    """How far an exploration is."""

    stage: str
    share: float
    """Of the budget, 0 to 1."""
    settled: int
    """Things with a verdict."""
    goals: int
    word: str = "settled"
    """What has been done with those that are counted."""


@dataclass(slots=True)
class Explored:
    """Everything an exploration found."""

    goals: tuple[Goal, ...]
    bound: Reach
    lines: dict[Goal, Line] = field(default_factory=dict)
    moves: set[str] = field(default_factory=set)
    """Keys of all moves that were resolved in some match."""
    walked: Walked = field(default_factory=Walked)
    """Seeded matches."""
    searches: int = 0
    """Directed searches."""
    searched_rounds: int = 0
    whole: Exhausted | None = None
    """What walking through the whole game gave, if that was tried."""
    seconds: float = 0.0
    seed: int = 0
    interrupted: bool = False

    @property
    def complete(self) -> bool:
        """Whether every match of the game was walked through."""
        return self.whole is not None and self.whole.complete

    def verdict(self, game: Game, goals: Goals, goal: Goal) -> Verdict:
        """What is known of a goal."""
        if goal in self.lines:
            return Verdict.REACHED
        return Verdict.IMPOSSIBLE if self.complete or not possible(goals, game, self.bound, goal) else Verdict.UNKNOWN


def possible(goals: Goals, game: Game, bound: Reach, goal: Goal) -> bool:
    """Whether the bound allows a goal."""
    if goal.kind == "ending":
        return goal.id in bound.endings
    if goal.kind in ("phase", "clause"):
        var, value = goals.place(goal)
        return bool(bound.ever[var] >> (value - game.lo[var]) & 1)
    if goal.kind == "move":
        return any(key in bound.moves for key in goals.move_keys(goal))
    return any(rule in bound.rules for rule in goals.rule_ids(goal))


def explore(game: Game, *, seconds: float, games: int | None = None, seed: int = 1, jobs: int = 1,
            progress: Callable[[Progress], None] | None = None) -> Explored:
    """Explore a game for about so many seconds, or through so many seeded matches whatever the time.

    With `games` and one job the result is the same on every machine. An interrupt (KeyboardInterrupt) ends the
    exploration early; what was found is returned.
    """
    return _Exploration(game, seconds, games, seed, jobs, progress).run()


class _Exploration:
    def __init__(self, game: Game, seconds: float, games: int | None, seed: int, jobs: int,
                 progress: Callable[[Progress], None] | None) -> None:
        self.game = game
        self.began = monotonic()
        self.seconds = seconds
        self.limit = games
        self.jobs = jobs
        self.progress = progress
        self.goals = Goals(game)
        self.found = Explored(tuple(self.goals.all), Reach(), seed=seed)
        for goal in self.goals.start:
            self.found.lines[goal] = Line(seed)
        self.stage = "bounds"
        self.open: list[Goal] | None = None
        """What the bound allows, the most important first."""
        self.quiet = 0
        """Matches since the last one that brought something new."""
        self.walking = 0.0
        """Seconds of seeded matches."""
        self.last_told, self.told_stage = 0.0, ""

    def run(self) -> Explored:
        """All stages, until the budget is spent or nothing is left to find."""
        found = self.found
        try:
            self.told()
            found.bound = reach(self.game)
            self._whole()
            if not found.complete:
                with Workers(self.game, self._worth_processes()) as workers:
                    self._stages(workers)
        except KeyboardInterrupt:
            found.interrupted = True
            if not found.bound.opens:
                found.bound = reach(self.game)
        found.seconds = monotonic() - self.began
        return found

    def _stages(self, workers: Workers) -> None:
        every = len(tables(self.game))
        most = self.limit if self.limit is not None else GAMES_EACH[0] * every
        self._walks(workers, WALKS, most, lambda: not self._missing() or self.quiet >= QUIET * every)
        self._chases(workers)
        if self.limit is None:
            self._walks(workers, MORE_WALKS, self._affordable() * every, lambda: False)
        self._shorten(workers)

    # -- the budget

    @property
    def spent(self) -> float:
        """The share of the time that is gone."""
        return (monotonic() - self.began) / self.seconds if self.seconds > 0 else 1.0

    def _within(self, share: float) -> bool:
        return self.limit is not None or self.spent < share

    def _left(self, share: float) -> float:
        return 1e9 if self.limit is not None else max(0.05, share * self.seconds - (monotonic() - self.began))

    def told(self) -> None:
        """Say how far it is."""
        if self.progress is not None and (self.stage != self.told_stage or monotonic() - self.last_told > 0.2):
            self.told_stage, self.last_told = self.stage, monotonic()
            total = len(self.goals.all)
            settled = total - len(self._missing()) if self.found.bound.opens else len(self.found.lines)
            share = self.spent if self.limit is None else min(1.0, self.found.walked.games / max(1, self.limit))
            self.progress(Progress(self.stage, min(1.0, share), settled, total))

    def _worth_processes(self) -> int:
        """Processes take half a second to start; a small game is done by then."""
        return self.jobs if self.game.rounds * len(self.game.moves) > 1_000 else 1

    # -- stages

    def _whole(self) -> None:
        """Every match, if the game is small enough."""
        self.stage = "every match"
        self.told()
        most = MOST_ROUNDS if self.limit is None else min(MOST_ROUNDS, 50 * self.limit)
        whole = exhaust(self.game, self.goals, most, lambda: self._within(0.25))
        self.found.whole = whole
        self.found.moves |= whole.moves
        for goal, line in whole.lines.items():
            keep(self.found.lines, goal, line)
        self.told()

    def _known(self) -> dict[Goal, Known]:
        return {goal: Known(line.rounds) for goal, line in self.found.lines.items()}

    def _missing(self) -> list[Goal]:
        """What is neither reached nor impossible, the most important first."""
        found = self.found
        if found.complete:
            return []
        if self.open is None and found.bound.opens:
            self.open = sorted((g for g in self.goals.all if possible(self.goals, self.game, found.bound, g)),
                               key=lambda g: (KINDS.index(g.kind), g.status not in ("", "signed")))
        return [goal for goal in self.open or () if goal not in found.lines]

    def _add(self, walked: Walked) -> None:
        for goal, line in walked.lines.items():
            keep(self.found.lines, goal, line)
        self.found.moves |= walked.moves
        self.told()

    def _affordable(self) -> int:
        """Matches of each table, as the pace so far allows."""
        walked, every = self.found.walked.games, len(tables(self.game))
        left = MORE_WALKS * self.seconds - (monotonic() - self.began)
        could = walked + (left * walked / self.walking if self.walking > 0 else 0)
        return next((each for each in GAMES_EACH if each * every <= could), FEW_EACH)

    def _walks(self, workers: Workers, share: float, most: int, enough: Callable[[], bool]) -> None:
        """Seeded matches, all tables in turn, from where the last walks ended."""
        self.stage = "seeded matches"
        every = tables(self.game)
        began = monotonic()
        done = self.found.walked.games
        # about half a second in one task: a stop is soon felt, and telling what was found costs little beside it
        size = max(1, min(len(every), 100_000 // (self.game.rounds * len(self.game.moves) + 1)))

        def numbers(first: int, count: int) -> tuple[tuple[Table, int], ...]:
            return tuple((every[n % len(every)], n // len(every)) for n in range(first, first + count))

        def tasks() -> Iterator[Task]:
            at = done
            while at < most and self._within(share) and (self.limit is not None or not enough()):
                count = min(size, most - at)
                yield Task(walking, (self.found.seed, numbers(at, count), self._known()), self._left(SHORT))
                at += count

        for walked in workers.each(tasks(), self.told):
            news = len(self.found.lines)
            self.found.walked.add(walked)
            self.found.walked.lines.clear()
            self._add(walked)
            self.quiet = self.quiet + walked.games if len(self.found.lines) == news else 0
        self.walking += monotonic() - began

    def _chases(self, workers: Workers) -> None:
        """Directed searches for what is missing; each thing in turn, with ever new seeds."""
        self.stage = "directed search"

        def tasks() -> Iterator[Task]:
            attempt = 0
            while (self.limit is None or attempt < TRIES) and self._within(CHASES):
                begun = False
                for goal in self._missing():
                    if goal in self.found.lines or not self._within(CHASES if goal.kind in URGENT else SIDE_CHASES):
                        continue
                    begun = True
                    seed = draw(self.found.seed, attempt, _CHASE)
                    yield Task(chasing, (goal, seed, self._known(), self.found.bound.moves, self.found.bound.rules),
                               self._left(CHASES))
                if not begun:
                    return
                attempt += 1

        for walked in workers.each(tasks(), self.told):
            self.found.searches += walked.games
            self.found.searched_rounds += walked.rounds
            self._add(walked)

    def _shorten(self, workers: Workers) -> None:
        """Lines without what does not matter for what they lead to."""
        self.stage = "shorter lines"
        tidy, short = min(TIDY, self.spent + POLISH_TIDY), min(SHORT, self.spent + POLISH)

        def tasks() -> Iterator[Task]:
            # a clause is judged by its signature: of its other statuses the round alone is told
            ordered = sorted((g for g in self.found.lines if g.status in ("", "signed")), key=lambda g: KINDS.index(g.kind))
            endings = [goal for goal in ordered if goal.kind == "ending"]
            for n, goal in enumerate([*endings, *endings, *ordered[len(endings):]]):
                line = self.found.lines[goal]
                if len(endings) <= n < 2 * len(endings):
                    # a directed search files less that does not matter than policies do
                    if self._within(tidy) and line.orders > LONG:
                        seed = draw(self.found.seed, n, _CHASE)
                        yield Task(tidying, (goal, seed, self.found.bound.moves, self.found.bound.rules,
                                             SHORTER["ending"]), self._left(tidy))
                    continue
                if self._within(short) and line.orders:
                    yield Task(shortening, (goal, line, SHORTER[goal.kind]),
                               min(self._left(short), PATIENCE[goal.kind]) if self.limit is None else 1e9)

        for goal, line in workers.each(tasks(), self.told):
            if line is not None:
                keep(self.found.lines, goal, line)
            self.told()


# -- tasks, as a worker process finds them


def walking(game: Game, seed: int, numbers: tuple[tuple[Table, int], ...], known: dict[Goal, Known],
            going: Going) -> Walked:
    """Seeded matches."""
    out = Walked()
    for one in numbers:
        if going():
            out.add(walk(game, seed, (one,), known))
    return out


def chasing(game: Game, goal: Goal, seed: int, known: dict[Goal, Known], moves: dict[str, int],
            rules: dict[str, int], going: Going) -> Walked:
    """A directed search."""
    return Chase(game, Reach(moves=moves, rules=rules), goals_of(game)).run(goal, seed, known, CHASE_ROUNDS, going)


def shortening(game: Game, goal: Goal, line: Line, tries: int, going: Going) -> tuple[Goal, Line]:
    """A shorter line to the same."""
    return goal, shortened(game, goals_of(game), line, goal, tries, going)


def tidying(game: Game, goal: Goal, seed: int, moves: dict[str, int], rules: dict[str, int], tries: int,
            going: Going) -> tuple[Goal, Line | None]:
    """Another line to a goal, searched for and made shorter."""
    # lines to anything else are as short as they need be
    known = {other: Known(-1) for other in goals_of(game).all if other != goal}
    walked = chasing(game, goal, seed, known, moves, rules, going)
    line = walked.lines.get(goal)
    return (goal, None) if line is None else shortening(game, goal, line, tries, going)
