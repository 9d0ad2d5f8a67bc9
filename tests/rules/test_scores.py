"""Scores: weights and clamps per goal, the human cost taken from all, deaths never a gain."""

from __future__ import annotations

from random import Random

from sim.rules import Game, GoalScore, goal_scores, score
from tests.rules.workshop import Table, actor, game, loaded

GOALS = {"ease": {"weight": 60, "score": "110 - 2 * heat"}, "stock": {"weight": 40, "score": "stock - 20"}}
ACTORS = {"north": actor("NOR", goals=GOALS, penalty="10 * lit"), "south": actor("SOU")}
SECTIONS = {"actors": ACTORS, "tracks": {"stock": {"start": 50, "max": 300}, "harm": {}}, "flags": {"lit": {}},
            "human_cost": "3 * harm"}


def figures(**values: int) -> tuple[GoalScore, ...]:
    """North's goals with these values."""
    table = Table(game(**SECTIONS))
    table.put(**values)
    return goal_scores(table.game, table.state.values, "north")


def test_each_goal_is_a_clamped_sum() -> None:
    """0 and 100 are its ends whatever the tracks say."""
    assert figures() == (GoalScore("ease", 60, 10), GoalScore("stock", 40, 30))
    assert figures(heat=0, stock=300) == (GoalScore("ease", 60, 100), GoalScore("stock", 40, 100))
    assert figures(heat=100, stock=0) == (GoalScore("ease", 60, 0), GoalScore("stock", 40, 0))


def test_the_score_is_weighted_and_undivided() -> None:
    """0..10,000: Σ weight · figure."""
    table = Table(game(**SECTIONS))
    assert score(table.game, table.state.values, 0) == 60 * 10 + 40 * 30
    assert score(table.game, table.state.values, 1) == 100 * 50


def test_human_cost_and_penalty_come_off_every_goal_before_the_clamp() -> None:
    """The common cost is taken from all seats, the penalty from one; nothing falls below 0."""
    assert figures(harm=2, lit=1) == (GoalScore("ease", 60, 0), GoalScore("stock", 40, 14))
    table = Table(game(**SECTIONS))
    table.put(harm=4)
    assert [goal.figure for goal in goal_scores(table.game, table.state.values, "south")] == [38]


def test_a_goal_that_could_outgrow_the_core_is_told() -> None:
    """Also where only the human cost makes it so; the author hears of it when the file is checked."""
    found = loaded(human_cost="300 * heat", actors={"north": actor("NOR", penalty="300 * heat"), "south": actor("SOU")})
    assert [d.code for d in found.errors] == ["E042"]


def test_deaths_never_raise_a_score(flagship: Game) -> None:
    """On any state of the flagship, more dead or a graver clash leave no seat with a higher score."""
    dice = Random(4)
    for name in ("deaths", "severity"):
        at = flagship.index[name]
        for _ in range(60):
            values = [dice.randint(lo, hi) for lo, hi in zip(flagship.lo, flagship.hi, strict=True)]
            values[at] = flagship.lo[at]
            before = [score(flagship, values, n) for n in range(len(flagship.seats))]
            values[at] = dice.randint(flagship.lo[at], flagship.hi[at])
            assert all(a <= b for a, b in zip(
                [score(flagship, values, n) for n in range(len(flagship.seats))], before, strict=True))
