"""batch: shares with their 95 % intervals, differences of shares on shared luck, and spreads of scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from statistics import quantiles

Z = 1.959964
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often something happened."""

    count: int
    """Games; 0 where the share was reckoned instead of counted."""
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
class Difference:
    """How far something lies from the same thing on the same luck: later minus earlier."""

    difference: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def wilson(count: int, games: int) -> Share:
    """A share and its 95 % interval.

    Wilson, "Probable inference, the law of succession, and statistical inference" (1927), without correction for
    continuity. No games are no knowledge: 0 to 1.
    """
    if games == 0:
        return Share(0, 0.0, 0.0, 1.0)
    p = count / games
    middle = (p + Z * Z / (2 * games)) / (1 + Z * Z / games)
    half = Z / (1 + Z * Z / games) * sqrt(p * (1 - p) / games + Z * Z / (4 * games * games))
    # at the ends the bounds are 0 and 1, which rounding would miss by a hair
    return Share(count, p, 0.0 if count == 0 else max(0.0, middle - half),
                 1.0 if count == games else min(1.0, middle + half))


def paired(both: int, before: int, after: int, neither: int) -> Difference:
    """The difference of two shares of the same games, after minus before.

    `before` and `after` are the games in which it happened only then. Newcombe, "Improved confidence intervals for the
    difference between binomial proportions based on paired data" (1998), method 10: Wilson's bounds of the two shares,
    brought together by how far the games agree. It keeps a width where no game differs.
    """
    games = both + before + after + neither
    if games == 0:
        return Difference(0.0, -1.0, 1.0)
    one, two = wilson(both + after, games), wilson(both + before, games)
    product = (both + after) * (before + neither) * (both + before) * (after + neither)
    agree: float = both * neither - before * after
    if agree > 0:
        agree = max(0.0, agree - games / 2)
    phi = agree / sqrt(product) if product else 0.0
    difference = one.share - two.share
    down = _joined(one.share - one.low, two.high - two.share, phi)
    up = _joined(one.high - one.share, two.share - two.low, phi)
    return Difference(difference, max(-1.0, difference - down), min(1.0, difference + up))


def _joined(a: float, b: float, phi: float) -> float:
    return sqrt(max(0.0, a * a - 2 * phi * a * b + b * b))


def mean_difference(before: Sequence[int], after: Sequence[int]) -> Difference:
    """The mean difference of scores (raw, 0..10,000) of the same games as 0..100, with its normal 95 % interval."""
    games = len(before)
    if games < 2:
        return Difference((after[0] - before[0]) / 100 if games else 0.0, -100.0, 100.0)
    gaps = [b - a for a, b in zip(before, after, strict=True)]
    total = sum(gaps)
    spread_out = (games * sum(gap * gap for gap in gaps) - total * total) / (games * (games - 1))
    mean, half = total / games / 100, Z * sqrt(spread_out / games) / 100
    return Difference(mean, mean - half, mean + half)


def spread(scores: Sequence[int]) -> Spread:
    """Mean and quartiles of raw scores (0..10,000), as 0..100."""
    figures = [s / 100 for s in scores]
    if len(figures) < 2:
        one = figures[0] if figures else 0.0
        return Spread(one, one, one, one)
    low, median, high = quantiles(figures, n=4, method="inclusive")
    return Spread(sum(scores) / 100 / len(figures), low, median, high)


def weighed(scores: Mapping[int, float]) -> Spread:
    """Mean and quartiles of raw scores with their chances, which sum to 1."""
    ordered = sorted(scores)
    reached = list(accumulate(scores[score] for score in ordered))

    def quantile(share: float) -> float:
        # a hair is given for rounding: half of 0.1 + 0.2 + 0.2 + … must not be missed
        return next((score for score, sum_ in zip(ordered, reached, strict=True) if sum_ >= share - 1e-9),
                    ordered[-1]) / 100

    return Spread(sum(score * p for score, p in scores.items()) / 100, quantile(0.25), quantile(0.5), quantile(0.75))
