"""The bound of what can happen: it never excludes what does, and agrees with walking through everything."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch.bounds import image, values
from sim.batch.dice import branch_faces
from sim.batch.exhaust import exhaust
from sim.batch.explore import possible
from sim.batch.goals import Goal, Goals
from sim.batch.reach import Reach, reach
from sim.rules import Game, fold
from sim.rules.tables import ADD, RAISE, SCALE, SET, SURE, TOWARD, UNIFORM, Branch
from tests.batch.quarrels import drawn_game, tiny
from tests.rules.walks import walk
from tests.rules.workshop import game

WALKS = 12


def contradictions(game: Game, bound: Reach, dice: Random, walks: int = WALKS) -> list[str]:
    """What random play sees although the bound excludes it."""
    goals = Goals(game)
    found: list[str] = []
    for _ in range(walks):
        for state, _, events in walk(game, dice):
            after = fold(state, events)
            for seen in (state.values, after.values):
                found += [f"{game.names[n]} = {x}" for n, x in enumerate(seen) if not bound.ever[n] >> (x - game.lo[n]) & 1]
            found += [str(goal) for goal in goals.seen(events) if not possible(goals, game, bound, goal)]
            found += [e.id for e in events if (e.kind == "move" and e.id not in bound.moves)
                      or (e.kind == "rule" and e.id not in bound.rules)]
            # where orders are filed, the state lies in the sets of that round
            opening = bound.opens[state.round - 1]
            found += [f"{game.names[n]} = {x} in round {state.round}" for n, x in enumerate(state.values)
                      if not opening[n] >> (x - game.lo[n]) & 1]
    return found


@settings(max_examples=70)
@given(st.integers(0, 10**6))
def test_nothing_seen_in_play_is_called_impossible(seed: int) -> None:
    """Over scenarios drawn at random, with drift, chance, offers, phases, shares and amounts drawn from a range."""
    drawn = drawn_game(seed)
    if drawn is not None:
        assert contradictions(drawn, reach(drawn), Random(seed)) == []


def test_the_shipped_scenarios_keep_within_their_bounds(first_round: Game, flagship: Game) -> None:
    """Whole matches at random, every variable in every round."""
    assert contradictions(first_round, reach(first_round), Random(1), 30) == []
    assert contradictions(flagship, reach(flagship), Random(1), 2) == []


def test_growth_is_bounded_by_the_rounds_and_the_orders() -> None:
    """Two seats with one order of 10 each add at most 20 a round: 90 after two rounds, and not one more."""
    drawn = game(**tiny())
    bound = reach(drawn)
    heat = drawn.index["heat"]
    assert [max(values(masks[heat], 0)) for masks in bound.closes] == [70, 90]
    assert "blaze" not in bound.endings
    assert bound.endings["warm"] == 2


def test_a_sure_step_leaves_nobody_behind() -> None:
    """What a rule always does is not also left undone: after it the flag is set for certain."""
    drawn = game(flags={"lit": {"text": "Lit."}}, rules={"light": {"set": {"lit": True}, "dispatch": "Light."}},
                 endings={"dark": {"title": "Dark", "when": "not lit", "text": "Dark."},
                          "open": {"title": "Open", "otherwise": True, "text": "Open."}})
    assert "dark" not in reach(drawn).endings


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_exhaustive_search_agrees(seed: int) -> None:
    """Whatever a complete walk through a small game finds, the bound allows, and random play finds nothing else."""
    drawn = drawn_game(seed)
    if drawn is None or drawn.rounds > 3:
        return
    goals = Goals(drawn)
    whole = exhaust(drawn, goals, most=4_000)
    bound = reach(drawn)
    assert [goal for goal in whole.lines if not possible(goals, drawn, bound, goal)] == []
    assert whole.moves <= set(bound.moves)
    if whole.complete:
        dice = Random(seed)
        seen = {goal for _ in range(WALKS) for _, _, events in walk(drawn, dice) for goal in goals.seen(events)}
        # rounds of a walk begin after their opening, so what it sees is a part of all that happens
        assert seen <= set(whole.lines)


def test_a_tiny_game_is_known_to_the_last_detail() -> None:
    """Exactly what can happen in the counted scenario, each with as few rounds as possible."""
    drawn = game(**tiny())
    goals = Goals(drawn)
    whole = exhaust(drawn, goals, most=100_000)
    assert whole.complete
    assert {goal: line.rounds for goal, line in whole.lines.items()} == {
        Goal("ending", "warm"): 2, Goal("ending", "open"): 2, Goal("phase", "hot"): 1,
        Goal("move", "press"): 1, Goal("move", "reach_out"): 2}
    assert whole.moves == {"press:north", "press:south", "reach_out:north"}


@settings(max_examples=150)
@given(st.sampled_from([ADD, SET, UNIFORM, TOWARD, SCALE, RAISE]), st.integers(-30, 30), st.integers(1, 12),
       st.integers(0, (1 << 21) - 1))
def test_an_image_holds_exactly_what_an_effect_makes(kind: int, a: int, b: int, mask: int) -> None:
    """Against the arithmetic of the core, value by value, over -5..15."""
    lo, hi = -5, 15
    expected = 0
    for x in values(mask, lo):
        made = {ADD: [x + a], SET: [a], UNIFORM: [x + d for d in range(a, a + b)], RAISE: [max(x, a)],
                TOWARD: [min(a, x + b) if x < a else max(a, x - b)], SCALE: [x + (x * a) // b]}[kind]
        for after in made:
            expected |= 1 << min(max(after, lo), hi) - lo
    second = a + b - 1 if kind == UNIFORM else b
    found = image(mask, kind, a, second, lo, hi)
    # assignment does not look at what it replaces
    assert found == expected if mask or kind != SET else found.bit_count() == 1


@pytest.mark.parametrize("chances", [(20_000, 65_536), (30_000, 30_000, 65_536), (65_536, 65_536), (1, 2, 3, 65_536)])
def test_faces_show_every_branch(chances: tuple[int, ...]) -> None:
    """Over every state of the branches' conditions, the few faces take the branches that some throw takes."""
    branches = tuple(Branch(0, p, (), n) for n, p in enumerate(chances))
    faces = branch_faces(branches)
    for held in range(1 << len(chances) - 1):
        def taken(u: int, held: int = held) -> int:
            for n, branch in enumerate(branches[:-1]):
                if held >> n & 1:
                    if u < branch.p:
                        return n
                    u -= branch.p
            return len(branches) - 1

        assert {taken(u) for u in faces} == {taken(u) for u in range(0, SURE, 1)}
