"""batch: games by policies, one by one with what happened in each, and what can be said of all games at any moment.

Whoever stops as soon as a question is decided looks many times, and an interval made for one look would be wrong too
often. The intervals here hold at all looks together: with 95 % of all seeds none of them ever excludes the truth.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import lgamma, log

from sim.batch.goals import Goal
from sim.batch.line import Line, Step
from sim.batch.shares import Share
from sim.batch.walks import goals_of
from sim.batch.workers import Going
from sim.policies import policy
from sim.policies.playout import numbered
from sim.rules.chance import playout_seed
from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game

WRONG = 0.05
"""How often an interval may exclude the truth at some look."""
ENOUGH = log(1 / WRONG)
FEWEST = 50
"""Games before which nothing is decided: sound it would be, but nobody would believe it."""
STAKE = 0.5
"""The largest part of its capital that a test of a mean stakes on one game."""


@dataclass(slots=True)
class Tallied:
    """Consecutive games of one series."""

    first: int
    endings: bytearray = field(default_factory=bytearray)
    """Per game, the ending's number."""
    scores: array[int] = field(default_factory=lambda: array("H"))
    """Game by game, 0..10,000 per seat."""
    seen: dict[Goal, list[int]] = field(default_factory=dict)
    """Which games had what was looked for, by their numbers."""

    @property
    def games(self) -> int:
        """How many."""
        return len(self.endings)


def tallying(game: Game, name: str, seed: int, first: int, games: int, wanted: frozenset[Goal], going: Going) -> Tallied:
    """Games first .. first + games - 1 with one policy in every seat, fewer if `going` says no."""
    goals = goals_of(game)
    number = {ending.id: n for n, ending in enumerate(game.endings)}
    players = dict.fromkeys(game.seats, policy(name, explaining=False))
    out = Tallied(first)
    for n in range(first, first + games):
        if not going():
            break
        met = {goal for goal in goals.start if goal in wanted}

        def watch(state: State, orders: Mapping[str, Orders], events: tuple[Event, ...], met: set[Goal] = met) -> None:
            met.update(goal for goal in goals.seen(events) if goal in wanted)

        result = numbered(game, seed, n, players, watch)
        out.endings.append(number[result.ending])
        out.scores.extend(result.scores)
        for goal in met:
            out.seen.setdefault(goal, []).append(n)
    return out


def recorded(game: Game, name: str, seed: int, n: int) -> Line:
    """Game n of a series as a line of play."""
    steps: list[Step] = []

    def watch(state: State, orders: Mapping[str, Orders], events: tuple[Event, ...]) -> None:
        steps.append(Step({seat: filed.moves for seat, filed in orders.items() if filed.moves}))

    numbered(game, seed, n, dict.fromkeys(game.seats, policy(name, explaining=False)), watch)
    return Line(playout_seed(seed, n), tuple(steps))


class Series:
    """All games of one policy that are known without a gap from the first."""

    def __init__(self) -> None:
        self.games = 0
        self.endings: list[int] = []
        self.scores: list[tuple[int, ...]] = []
        self.seen: dict[Goal, list[int]] = {}
        self._waiting: dict[int, Tallied] = {}

    def take(self, tallied: Tallied, seats: int) -> None:
        """Add games; those behind a gap wait, since games that end late are not like the others."""
        self._waiting[tallied.first] = tallied
        while (found := self._waiting.pop(self.games, None)) is not None and found.games:
            self.endings.extend(found.endings)
            self.scores.extend(tuple(found.scores[n * seats:(n + 1) * seats]) for n in range(found.games))
            for goal, numbers in found.seen.items():
                self.seen.setdefault(goal, []).extend(numbers)
            self.games += found.games


# -- shares


def against(count: int, games: int, share: float) -> float:
    """The evidence against a share, as a logarithm: from `ENOUGH` on it is excluded, whenever that is looked at.

    The mixture of all shares by Jeffreys' prior over the share in question: a test martingale, which by Ville's
    inequality passes 1/α in at most α of all series. Robbins, "Statistical methods related to the law of the iterated
    logarithm" (1970).
    """
    mixed = lgamma(count + 0.5) + lgamma(games - count + 0.5) - lgamma(games + 1) - 2 * lgamma(0.5)
    for number, p in ((count, share), (games - count, 1 - share)):
        if number and p <= 0:
            return float("inf")
        if number:
            mixed -= number * log(p)
    return mixed


def anytime(count: int, games: int) -> Share:
    """A share with a 95 % interval that holds at all looks together; wider than Wilson's, which is for one look."""
    if games == 0:
        return Share(0, 0.0, 0.0, 1.0)
    share = count / games

    def end(outer: float) -> float:
        inner = share
        if against(count, games, outer) < ENOUGH:
            return outer
        for _ in range(40):
            middle = (inner + outer) / 2
            if against(count, games, middle) < ENOUGH:
                inner = middle
            else:
                outer = middle
        return outer

    return Share(count, share, end(0.0), end(1.0))


def decided(hits: Iterable[bool], least: float, most: float) -> tuple[bool | None, int, int]:
    """Whether a share lies within bounds: that, and after how many games with how many hits it was known.

    Not decided: None, all games and all hits.
    """
    games = count = 0
    for hit in hits:
        games += 1
        count += hit
        if games < FEWEST:
            continue
        share = count / games
        over = share > most and against(count, games, most) >= ENOUGH
        under = share < least and against(count, games, least) >= ENOUGH
        if over or under:
            return False, games, count
        below = most >= 1 or (share < most and against(count, games, most) >= ENOUGH)
        above = least <= 0 or (share > least and against(count, games, least) >= ENOUGH)
        if below and above:
            return True, games, count
    return None, games, count


# -- means


class Bet:
    """Evidence that the mean of values in 0..1 is above, and that it is below, a supposed mean.

    Capital that grows if the supposition is wrong (Waudby-Smith and Ramdas, "Estimating means of bounded random
    variables by betting", 2023): each stake is chosen from the values before it.
    """

    def __init__(self, mean: float) -> None:
        self.mean = mean
        self.above = self.below = 0.0
        self._games, self._sum, self._squares = 0, 0.0, 0.0

    def take(self, value: float) -> None:
        """Count a value."""
        # the first guess is a half with a quarter for its variance, as if one game had said so
        mean = (0.5 + self._sum) / (1 + self._games)
        variance = (0.25 + self._squares) / (1 + self._games)
        stake = (mean - self.mean) / (variance + (mean - self.mean) ** 2)
        if self.mean > 0:
            self.above += log(1 + max(0.0, min(stake, STAKE / self.mean)) * (value - self.mean))
        if self.mean < 1:
            self.below += log(1 - max(0.0, min(-stake, STAKE / (1 - self.mean))) * (value - self.mean))
        self._squares += (value - mean) ** 2
        self._games += 1
        self._sum += value

    @property
    def side(self) -> int:
        """1: the mean is above the supposed one, -1: below; 0: not known. Each side errs in half of `WRONG`."""
        enough = ENOUGH + log(2)
        return 1 if self.above >= enough else -1 if self.below >= enough else 0


def decided_mean(values: Iterable[float], least: float, most: float) -> tuple[bool | None, int, float]:
    """Whether a mean of values in 0..1 lies within bounds; that, after how many games, and their mean."""
    low, high = Bet(least), Bet(most)
    games, total = 0, 0.0
    above = least <= 0
    below = most >= 1
    for value in values:
        games += 1
        total += value
        for bet in (low, high):
            bet.take(value)
        if games < FEWEST:
            continue
        if (low.side < 0 and least > 0) or (high.side > 0 and most < 1):
            return False, games, total / games
        above = above or low.side > 0
        below = below or high.side < 0
        if above and below:
            return True, games, total / games
    return None, games, total / games if games else 0.0
