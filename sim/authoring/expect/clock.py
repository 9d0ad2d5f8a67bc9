"""authoring: the promises of one clock against one game: proofs first, then a search and games that all of them share.

Past 400 lines: proofs, search and games settle the same promises, and each spares the others what it has settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal

from sim.authoring.expect.effort import LOOKING, MOST_GAMES, TRIES, WHOLE_BUDGET
from sim.authoring.explore.rare import rare_of
from sim.batch.asked import Asking, named
from sim.batch.exhaust import exhaust
from sim.batch.explore import chasing, possible, walking
from sim.batch.goals import Goal, Goals
from sim.batch.line import Line, mended, replayed
from sim.batch.reach import Reach, reach
from sim.batch.shares import Share
from sim.batch.tally import FEWEST, Series, Tallied, anytime, decided, decided_mean, recorded, tallying
from sim.batch.walks import Known, tables
from sim.batch.workers import Task, Workers
from sim.rules.chance import draw, site
from sim.rules.fingerprint import fingerprint
from sim.rules.tables import Game
from sim.scenario.load import Loaded
from sim.scenario.promises import Before, Often, Plays, Possible, Promise, Scores, Thing

KnownBy = Literal["proof", "every match", "match", "games", "budget", "interruption"]
FEW_ROUNDS, MOST_ROUNDS = 2_000, 40_000
"""Rounds decided before a game counts as too large to be walked through whole: at first, and when searches failed."""
COUNTING, SEEKING, SEARCHING = 0.45, 0.6, 0.85
"""The shares of the time at which games give way to a search, that to the whole game, and a second search to games."""
SLICE = 0.4
"""Seconds that a task takes, about: how soon a stop is felt."""
CHASE_SECONDS = 4.0
_CHASE = site("expect chase")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a promise."""

    promise: Promise
    kept: bool | None
    known_by: KnownBy
    why: str
    line: Line | None = None
    round: int = 0
    share: Share | None = None
    mean: float | None = None
    games: int = 0


@dataclass(slots=True)
class _Asked:
    """A promise and what is looked for because of it."""

    promise: Promise
    goal: Goal | None
    breaks: bool
    """Whether meeting the goal breaks the promise; otherwise that keeps it."""
    search: bool
    """Whether any match will do; otherwise only games of the seats' own players count."""
    number: int
    tried: int = 0
    """Directed searches for it."""


class Clock:
    """One game and the promises made of it."""

    def __init__(self, loaded: Loaded, game: Game, promises: list[Promise], seed: int) -> None:
        self.loaded = loaded
        self.plain = game
        self.bound = loaded.usable()[1]
        self.seed = seed
        asking = Asking(game, self.bound.words.variables)
        self.asked = {promise: self._ask(asking, promise, n) for n, promise in enumerate(promises)}
        self.game = asking.game() if any(it.goal for it in self.asked.values()) else game
        self.goals = Goals(self.game)
        self.open = dict(self.asked)
        self.reach = Reach()
        self.series: dict[str, Series] = {}
        self.matches = self.searches = 0
        self.looking = 0.0
        """Seconds of search for what games have not met."""
        self.patience = 1.0
        """How much of the usual effort its time allows."""

    @staticmethod
    def _ask(asking: Asking, promise: Promise, number: int) -> _Asked:
        match promise.says:
            case Possible(thing=thing, possible=wanted):
                return _Asked(promise, _goal(asking, thing), not wanted, search=True, number=number)
            case Before(first=first, second=second, possible=wanted):
                return _Asked(promise, asking.before(first, second), not wanted, search=True, number=number)
            case Plays(seat=seat, move=move, first=first_):
                return _Asked(promise, asking.played(seat, move, first=first_), breaks=True, search=False, number=number)
            case Often(thing=thing):
                return _Asked(promise, _goal(asking, thing), breaks=False, search=False, number=number)
        return _Asked(promise, None, breaks=False, search=False, number=number)

    # -- proofs

    def prove(self, told: Callable[[str], None]) -> Iterator[Found]:
        """What bounds alone decide."""
        told("bounds")
        if all(it.goal is None for it in self.open.values()):
            return
        self.reach = reach(self.game)
        for promise, it in list(self.open.items()):
            if it.goal is None:
                continue
            if it.goal in self.goals.start:
                yield self._never(promise, it, met=True)
            elif not self._possible(it.goal) or self._excluded(promise):
                yield self._never(promise, it, met=False)

    def _possible(self, goal: Goal) -> bool:
        return possible(self.goals, self.game, self.reach, goal)

    def _excluded(self, promise: Promise) -> bool:
        """Whether it cannot happen in a game from which something is taken that it would have to do without."""
        match promise.says:
            case Before(first=first, second=second) if second.kind != "ending":
                asking = Asking(self.plain, self.bound.words.variables)
                asking.ended_by(second)
                goal = _goal(asking, first)
            case Plays(seat=seat, move=move, first=first_):
                asking = Asking(self.plain, self.bound.words.variables)
                number = self.plain.number(seat)
                goal = asking.played(seat, move, first=False)
                asking.as_persona(seat)
                if first_:
                    asking.without_moves(lambda it: it.seat != number and named(it, move))
            case _:
                return False
        game = asking.game()
        return not possible(Goals(game), game, reach(game), goal)

    def _never(self, promise: Promise, it: _Asked, *, met: bool) -> Found:
        """A promise of something that is certain from the start, or proved impossible."""
        if isinstance(promise.says, Often):
            share = 1.0 if met else 0.0
            kept = promise.says.least <= share <= promise.says.most
        else:
            kept = met is not it.breaks
        why = "it holds before the first round" if met else self._reason(promise)
        return self._settled(Found(promise, kept, "proof", why, Line(self.seed) if met and it.breaks is not kept else None))

    def _reason(self, promise: Promise) -> str:
        says = promise.says
        if isinstance(says, Possible | Often) and says.thing.kind not in ("condition", "move"):
            from sim.authoring.explore.blame import Blame
            from sim.batch.explore import Explored

            goals = Goals(self.plain)
            goal = _named_goal(says.thing)
            if goal is not None and goal in goals.all:
                explored = Explored(tuple(goals.all), reach(self.plain))
                if not possible(goals, self.plain, explored.bound, goal):
                    return "it is impossible: " + Blame(self.loaded, self.plain, goals, explored).blocked(goal).sentence
        return "it is impossible: no state that the rules can reach allows it"

    # -- search and games

    def search(self, until: float, jobs: int, going: Callable[[], bool], told: Callable[[str], None],
               games: dict[tuple[str, str, int], Any], lines: dict[str, Line]) -> Iterator[Found]:
        """What matches decide, until a moment of the monotonic clock; the rest stays open."""
        began = monotonic()
        self.patience = max(0.0, until - began) / WHOLE_BUDGET
        yield from self._remembered(games, lines)
        if not self.open:
            return
        yield from self._whole(FEW_ROUNDS, until, going, told)

        def on(share: float = 1.0) -> bool:
            return bool(self.open) and going() and monotonic() < began + share * (until - began)

        work = self.game.rounds * len(self.game.moves)
        with Workers(self.game, jobs if work > 1_000 else 1, going) as workers:
            yield from self._count(workers, lambda: on(COUNTING), told, until)
            yield from self._look(workers, lambda: on(SEEKING) and bool(self._sought()), told, until)
            yield from self._whole(MOST_ROUNDS, until, going, told)
            yield from self._look(workers, lambda: on(SEARCHING) and bool(self._sought()), told, until)
            yield from self._count(workers, on, told, until)
            yield from self._look(workers, lambda: on() and bool(self._sought()), told, until)

    def _remembered(self, games: dict[tuple[str, str, int], Any], lines: dict[str, Line]) -> Iterator[Found]:
        """What an earlier run found, as far as it still holds."""
        mark = fingerprint(self.game)
        for player in ("persona", "random"):
            self.series[player] = games.setdefault((mark, player, self.seed), Series())
        for promise, it in list(self.open.items()):
            line = lines.get(promise.text)
            if line is not None and it.goal is not None and it.search:
                again = mended(self.game, line, self.goals, it.goal)
                if again is not None:
                    yield self._met(promise, it, again)
        yield from self._counted()

    def _whole(self, rounds: int, until: float, going: Callable[[], bool], told: Callable[[str], None]) -> Iterator[Found]:
        """Every match, if the game is small enough."""
        if not self.missing() or not going():
            return
        told("every match")
        most = monotonic() + (until - monotonic()) / 4
        whole = exhaust(self.game, self.goals, rounds, lambda: going() and monotonic() < most)
        for promise, it in list(self.open.items()):
            if not it.search or it.goal is None:
                continue
            line = whole.lines.get(it.goal)
            if line is not None:
                yield self._met(promise, it, line)
            elif whole.complete:
                why = f"every match was walked through, {whole.states:,} states in all, and none has it"
                yield self._settled(Found(promise, it.breaks, "every match", why))

    def missing(self) -> list[tuple[Promise, _Asked]]:
        """What a match would decide and none has."""
        return [(promise, it) for promise, it in self.open.items() if it.search]

    def _sought(self) -> list[tuple[Promise, _Asked]]:
        """What is missing and worth another search."""
        return [(promise, it) for promise, it in self.missing()
                if it.tried < max(1, TRIES[it.breaks] * self.patience) or self.looking < LOOKING[it.breaks] * self.patience]

    def _players(self) -> list[str]:
        """Whose games are still to be counted."""
        found = [p.says.players if isinstance(p.says, Often) else "persona" for p, it in self.open.items() if not it.search]
        most = max(2 * FEWEST, MOST_GAMES * self.patience)
        return [player for player in dict.fromkeys(found) if self.series[player].games < most]

    def _count(self, workers: Workers, on: Callable[[], bool], told: Callable[[str], None], until: float) -> Iterator[Found]:
        """Games until all that is counted is decided; what happens in them is met by the way."""
        wanted = frozenset(it.goal for it in self.asked.values() if it.goal is not None)
        next_: dict[str, int] = {}

        def tasks() -> Iterator[Task]:
            size = 1
            while on() and (players := self._players()):
                for player in players:
                    first = next_.get(player, self.series[player].games)
                    next_[player] = first + size
                    yield Task(_tally, (player, self.seed, first, size, wanted), max(0.05, until - monotonic()))
                size = min(32, max(size, int(SLICE / max(1e-4, self._pace))))

        self._pace, self._since = 1.0, monotonic()
        with closing(workers.each(tasks(), lambda: told("games"))) as results:
            for player, tallied, seconds in results:
                self._pace = seconds / max(1, tallied.games)
                self.series[player].take(tallied, len(self.game.seats))
                yield from self._counted()
                told("games")

    def _counted(self) -> Iterator[Found]:
        """What the games so far decide."""
        for promise, it in list(self.open.items()):
            met = next(((player, self.series[player].seen[it.goal][0]) for player in ("persona", "random")
                        if it.goal in self.series[player].seen), None) if it.goal is not None else None
            if it.search and it.goal is not None and met is not None:
                line = mended(self.game, recorded(self.game, met[0], self.seed, met[1]), self.goals, it.goal)
                if line is not None:
                    yield self._met(promise, it, line)
            elif isinstance(promise.says, Plays) and it.goal in self.series["persona"].seen:
                numbers = self.series["persona"].seen[it.goal]
                line = recorded(self.game, "persona", self.seed, numbers[0])
                yield self._met(promise, it, line, f"its persona does in game {numbers[0] + 1} of {self.series['persona'].games:,}")
            elif isinstance(promise.says, Often | Scores):
                kept, found = self._figure(promise, it)
                if kept is not None:
                    yield self._settled(found)

    def _figure(self, promise: Promise, it: _Asked) -> tuple[bool | None, Found]:
        """How a promise about games stands."""
        says = promise.says
        if isinstance(says, Scores):
            series, seat = self.series["persona"], self.game.number(says.seat)
            within, games, mean = decided_mean((row[seat] / 10_000 for row in series.scores), says.least / 100, says.most / 100)
            line = None
            if within is False:
                worst = (min if mean * 100 < says.least else max)(range(games), key=lambda n: series.scores[n][seat])
                line = recorded(self.game, "persona", self.seed, worst)
            return within, Found(promise, within, "games", f"on average {mean * 100:.1f} in {games:,} games", line,
                                 line.rounds if line else 0, mean=mean * 100, games=games)
        assert isinstance(says, Often)
        assert it.goal is not None
        series = self.series[says.players]
        hits = set(series.seen.get(it.goal, ()))
        within, games, count = decided((n in hits for n in range(series.games)), says.least, says.most)
        share = anytime(count, games)
        line = None
        if within is False:
            shown = next((n for n in range(games) if (n in hits) is (share.share > says.most)), None)
            line = None if shown is None else recorded(self.game, says.players, self.seed, shown)
        why = f"in {count:,} of {games:,} games, {share.share:.1%} (95 % interval {share.low:.1%} to {share.high:.1%})"
        return within, Found(promise, within, "games", why, line, line.rounds if line else 0, share, games=games)

    def _look(self, workers: Workers, on: Callable[[], bool], told: Callable[[str], None], until: float) -> Iterator[Found]:
        """Matches of all sorts of players, and directed searches, for what was not met."""

        def known(chased: Goal | None = None) -> dict[Goal, Known]:
            # a line is wanted to what is missing alone
            missing = {chased, *(it.goal for _, it in self.missing())}
            return {goal: Known(-1) for goal in self.goals.all if goal not in missing}

        def tasks() -> Iterator[Task]:
            every = tables(self.game)
            while on():
                at = self.searches
                for promise, it in self._sought():
                    if not on() or it.goal is None:
                        break
                    it.tried += 1
                    seed = draw(self.seed, self.searches, _CHASE)
                    goal = self._next_goal(promise, it.goal)
                    self.searches += 1
                    yield Task(chasing, (goal, seed, known(goal), self.reach.moves, self.reach.rules),
                               max(0.05, min(CHASE_SECONDS * (1 + at // 20), until - monotonic())))
                for _ in range(2):
                    if not on():
                        break
                    n = self.matches
                    self.matches += 1
                    yield Task(walking, (self.seed, ((every[n % len(every)], n // len(every)),), known()),
                               max(0.05, until - monotonic()))

        since = monotonic()
        with closing(workers.each(tasks(), lambda: told("search"))) as results:
            for walked in results:
                self.looking, since = self.looking + monotonic() - since, monotonic()
                for promise, it in self.missing():
                    line = walked.lines.get(it.goal)
                    if line is not None:
                        yield self._met(promise, it, line)
                told("search")

    def _next_goal(self, promise: Promise, goal: Goal) -> Goal:
        """What to search for: of two things in order now both, now the later alone, which often comes after the other."""
        later = promise.says.second if isinstance(promise.says, Before) else None
        if later is not None and self.searches % 2 and (found := _named_goal(later)) is not None and self._possible(found):
            return found
        return goal

    # -- verdicts

    def _met(self, promise: Promise, it: _Asked, line: Line, how: str = "") -> Found:
        assert it.goal is not None
        number = self.round(it.goal, line)
        why = how or f"it happens in round {number} of a match that was found"
        return self._settled(Found(promise, not it.breaks, "match", why, line, number))

    def round(self, goal: Goal, line: Line) -> int:
        """The round in which a line reaches a goal."""
        for _, events in replayed(self.game, line):
            for event in events:
                if goal in self.goals.seen((event,)):
                    return event.round
        return line.rounds

    def _settled(self, found: Found) -> Found:
        self.open.pop(found.promise, None)
        return found

    def undecided(self, promise: Promise, *, hint: bool = False) -> Found:
        """What is known of a promise that was not decided; with `hint` also which condition was rarely met."""
        it = self.asked[promise]
        series = self.series.get("persona")
        if series is None:
            return Found(promise, None, "budget", "it was not looked at yet")
        if isinstance(promise.says, Often | Scores):
            return self._figure(promise, it)[1]
        if isinstance(promise.says, Plays):
            share = anytime(0, series.games)
            return Found(promise, None, "budget", f"not in {series.games:,} games, so in at most {share.high:.1%} of them "
                         "(95 %), but not excluded either", share=share, games=series.games)
        rarest = rare_of(self.loaded, self.plain, self.seed, promise.says) if hint else None
        return Found(promise, None, "budget", f"not met in {self.matches + series.games:,} matches and {self.searches:,} "
                     "directed searches, and not excluded either"
                     f"{f'; {rarest.sentence}' if rarest else ''}", games=series.games)


def _goal(asking: Asking, thing: Thing) -> Goal:
    found = _named_goal(thing)
    if found is not None:
        return found
    assert thing.condition is not None
    return asking.holds(thing.condition)


def _named_goal(thing: Thing) -> Goal | None:
    """What explorations look for anyway; None for a condition."""
    match thing.kind:
        case "condition":
            return None
        case "clause":
            return Goal("clause", thing.id, "signed")
        case kind:
            return Goal(kind, thing.id)


def _tally(game: Game, player: str, seed: int, first: int, games: int, wanted: frozenset[Goal],
           going: Callable[[], bool]) -> tuple[str, Tallied, float]:
    """Games of a player, with the time they took."""
    began = monotonic()
    tallied = tallying(game, player, seed, first, games, wanted, going)
    return player, tallied, monotonic() - began

