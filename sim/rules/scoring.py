"""rules: scores per seat and goal. Deaths only ever take away (the author's `human_cost`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.rules.tables import Game, Goal


class GoalScore(NamedTuple):
    """One goal's figure."""

    goal: str
    weight: int
    figure: int
    """0..100."""


def figure(goal: Goal, values: Sequence[int]) -> int:
    """A goal's figure, 0..100."""
    total = goal.const
    for k, var in goal.terms:
        total += k * values[var]
    return 0 if total < 0 else 100 if total > 100 else total


def score(game: Game, values: Sequence[int], seat: int) -> int:
    """A seat's score, 0..10,000."""
    return sum(goal.weight * figure(goal, values) for goal in game.goals if goal.seat == seat)


def goal_scores(game: Game, values: Sequence[int], seat: str) -> tuple[GoalScore, ...]:
    """Each goal of a seat."""
    number = game.number(seat)
    return tuple(GoalScore(g.id, g.weight, figure(g, values)) for g in game.goals if g.seat == number)
