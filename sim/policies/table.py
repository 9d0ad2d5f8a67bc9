"""policies: many matches by policies, as counts, shares with 95 % intervals, and scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import quantiles

from sim.play.protocols import Policy
from sim.policies.playout import Result, Watch, numbered
from sim.rules.tables import Game

Z = 1.959964
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often something happened."""

    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores of one seat, 0..100."""

    mean: float
    low: float
    """First quartile."""
    median: float
    high: float
    """Third quartile."""


@dataclass(frozen=True, slots=True)
class Table:
    """Many matches at a glance."""

    games: int
    endings: dict[str, Share]
    """In the scenario's order, zero counts included."""
    scores: dict[str, Spread]
    decisions: int


def wilson(count: int, games: int) -> Share:
    """A share and its 95 % interval (Wilson 1927)."""
    if games == 0:
        return Share(0, 0.0, 0.0, 1.0)
    p = count / games
    middle = (p + Z * Z / (2 * games)) / (1 + Z * Z / games)
    half = Z / (1 + Z * Z / games) * sqrt(p * (1 - p) / games + Z * Z / (4 * games * games))
    return Share(count, p, max(0.0, middle - half), min(1.0, middle + half))


def spread(scores: list[int]) -> Spread:
    """Mean and quartiles of raw scores (0..10,000), as 0..100."""
    figures = [s / 100 for s in scores]
    if len(figures) < 2:
        one = figures[0] if figures else 0.0
        return Spread(one, one, one, one)
    low, median, high = quantiles(figures, n=4, method="inclusive")
    return Spread(sum(figures) / len(figures), low, median, high)


def table(game: Game, seed: int, games: int, policies: Mapping[str, Policy],
          progress: Callable[[int], None] | None = None, watch: Watch | None = None,
          each: Callable[[Result], None] | None = None) -> Table:
    """Play `games` matches of a series; `progress` hears how many are done."""
    endings: Counter[str] = Counter()
    scores: dict[str, list[int]] = {seat: [] for seat in game.seats}
    decisions = 0
    for n in range(games):
        result = numbered(game, seed, n, policies, watch)
        endings[result.ending] += 1
        decisions += result.decisions
        for seat, raw in zip(game.seats, result.scores, strict=True):
            scores[seat].append(raw)
        if each is not None:
            each(result)
        if progress is not None:
            progress(n + 1)
    return Table(games, {e.id: wilson(endings[e.id], games) for e in game.endings},
                 {seat: spread(raw) for seat, raw in scores.items()}, decisions)
