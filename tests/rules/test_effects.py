"""Effects and branches: what an order does, to the last unit."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import Keyed
from sim.rules.chance import draw, site
from sim.rules.luck import Given
from tests.rules.workshop import Dice, Table, game, move

SHARE = 1 << 16


def done(effects: dict[str, Any], start: int = 50, *, low: int = 0, high: int = 100, high_die: int = 0) -> int:
    """Where a track from `low` to `high` stands after one move with these effects."""
    table = Table(game(tracks={"x": {"start": start, "min": low, "max": high}}, moves={"act": move(**effects)}))
    table.close({"north": "act:north"}, Dice(high=high_die))
    value = table["x"]
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize(("effects", "start", "expected"), [
    ({"change": {"x": 7}}, 50, 57),
    ({"change": {"x": -7}}, 50, 43),
    ({"change": {"x": 70}}, 50, 100),
    ({"change": {"x": -70}}, 50, 0),
    ({"set": {"x": 12}}, 50, 12),
    ({"raise": {"x": 60}}, 50, 60),
    ({"raise": {"x": 40}}, 50, 50),
    ({"toward": {"x": {"to": 60, "by": 4}}}, 50, 54),
    ({"toward": {"x": {"to": 60, "by": 40}}}, 50, 60),
    ({"toward": {"x": {"to": 40, "by": 4}}}, 50, 46),
    ({"toward": {"x": {"to": 40, "by": 40}}}, 50, 40),
    ({"toward": {"x": {"to": 50, "by": 4}}}, 50, 50),
    ({"change": {"x": "-5 %"}}, 50, 47),
    ({"change": {"x": "-5 %"}}, 1, 0),
    ({"change": {"x": "10 %"}}, 59, 64),
    ({"change": {"x": "200 %"}}, 50, 100),
    ({"change": {"x": "0..9"}}, 50, 50),
])
def test_each_kind_of_effect(effects: dict[str, Any], start: int, expected: int) -> None:
    """ADD, SET, RAISE, TOWARD, a share (rounded down) and a range at its lower end, clamped at once."""
    assert done(effects, start) == expected


@pytest.mark.parametrize(("high_die", "expected"), [
    (0, 45), (0xFFFFFFFF, 55), (0x80000000, 50), (0x1745D174, 45), (0x1745D175, 46),
])
def test_a_range_is_cut_by_multiply_and_shift(high_die: int, expected: int) -> None:
    """`-5..5` has eleven equal parts of the high half of the die; their borders are exact."""
    assert done({"change": {"x": "-5..5"}}, high_die=high_die) == expected


def test_a_range_is_clamped_after_the_draw() -> None:
    """A range that leads out of bounds piles up at the bound; it is not drawn again."""
    assert done({"change": {"x": "5..15"}}, 95, high_die=0xFFFFFFFF) == 100
    assert done({"change": {"x": "-15..-5"}}, 3, high_die=0) == 0


def test_a_range_has_a_die_of_its_own() -> None:
    """Its die is named by move, branch and track, so that no other effect moves it."""
    compiled = game(tracks={"x": {"max": 1_000}}, moves={"act": move(change={"heat": 1, "x": "0..999"})})
    table = Table(compiled, seed=5)
    table.close({"north": "act:north"})
    bits = draw(5, 0, site("uniform", "act:north", 0, "x"))
    assert table["x"] == ((bits >> 32) * 1_000) >> 32


@given(x=st.integers(-40, 40), to=st.integers(-60, 60), by=st.integers(0, 90))
def test_a_pull_never_overshoots_and_never_pushes_away(x: int, to: int, by: int) -> None:
    """TOWARD ends between where it was and its target, and at most `by` from where it was, as policies reckon too."""
    from types import SimpleNamespace

    from sim.policies.gain import after
    from sim.rules.tables import TOWARD, Effect

    bounds: Any = SimpleNamespace(lo=(-50,), hi=(50,))
    reached = after(bounds, [x], Effect(TOWARD, 0, to, by, 0))
    goal = max(-50, min(50, to))
    assert min(x, goal) <= reached <= max(x, goal)
    assert abs(reached - x) == min(abs(to - x), by, abs(goal - x))


def test_an_event_names_only_what_changed() -> None:
    """Effects that the bounds swallow leave no change behind; the order itself is still told."""
    table = Table(game(moves={"act": move(change={"heat": 1})}))
    table.put(heat=100)
    events = table.close({"north": "act:north"})
    assert next((e.kind, e.id, e.changes) for e in events) == ("move", "act:north", ())


# -- branches

THREE = {"branches": [
    {"chance": "30 %", "change": {"heat": 1}}, {"chance": "likely", "when": "lit", "change": {"heat": 2}},
    {"chance": "20 %", "change": {"heat": 3}}, {"chance": "rest", "change": {"heat": 4}}]}


def branch(low: int, **flags: int) -> tuple[int, int]:
    """The branch taken and the roll told when the die shows `low`."""
    table = Table(game(flags={"lit": {}}, moves={"act": move(**THREE)}))
    table.put(**flags)
    event = table.close({"north": "act:north"}, Dice(low))[0]
    return event.branch, event.roll


@pytest.mark.parametrize(("low", "lit", "expected"), [
    (0, 0, 0), (19_659, 0, 0), (19_660, 0, 2), (19_660 + 13_106, 0, 2), (19_660 + 13_107, 0, 3), (65_535, 0, 3),
    (19_660, 1, 1), (19_660 + 44_563, 1, 1), (19_660 + 44_564, 1, 2), (65_535, 1, 2),
])
def test_branches_take_their_share_in_file_order(low: int, lit: int, expected: int) -> None:
    """Each takes `u < p` of what is left; one whose condition fails takes nothing; the last takes the rest."""
    assert branch(low, lit=lit) == (expected, low)


def test_shares_are_exact_over_all_65536_faces() -> None:
    """Counted over the whole die at its borders: 30 %, 20 %, and the rest, rounded down in 65,536ths."""
    firsts = [0, 19_660, 19_660 + 13_107, SHARE]
    assert [b - a for a, b in itertools.pairwise(firsts)] == [19_660, 13_107, 32_769]
    for n, (first, end) in zip((0, 2, 3), itertools.pairwise(firsts), strict=True):
        assert branch(first)[0] == branch(end - 1)[0] == n


def test_without_rest_nothing_may_happen() -> None:
    """What no branch takes is a branch in which nothing happens, numbered -1."""
    compiled = game(moves={"act": move(branches=[{"chance": "even", "change": {"heat": 1}}])})
    table = Table(compiled)
    event = table.close({"north": "act:north"}, Dice(40_000))[0]
    assert compiled.moves[0].branches[event.branch].number == -1
    assert event.changes == ()


def test_no_die_is_told_where_none_was_needed() -> None:
    """Branches decided by conditions alone throw nothing; one die in doubt is told."""
    compiled = game(flags={"lit": {}}, moves={"act": move(branches=[
        {"when": "lit", "change": {"heat": 1}}, {"chance": "even", "when": "heat > 80", "change": {"heat": 2}},
        {"change": {"heat": 3}}])})
    for put, branch_taken, told in (({"lit": 1}, 0, False), ({}, 2, False), ({"heat": 90}, 1, True)):
        table = Table(compiled)
        table.put(**put)
        event = table.close({"north": "act:north"}, Dice(0))[0]
        assert (event.branch, event.roll >= 0) == (branch_taken, told)


def test_branch_conditions_are_read_when_the_order_is_met() -> None:
    """An earlier order of the round can decide which branch a later one takes."""
    compiled = game(flags={"lit": {}}, moves={
        "light": move(tier="contacts", set={"lit": True}),
        "act": move(branches=[{"when": "lit", "change": {"heat": 9}}, {"change": {"heat": 1}}])})
    table = Table(compiled)
    table.close({"north": "act:north", "east": "light:east"})
    assert table["heat"] == 59


def test_a_branch_for_one_actor_is_settled_when_the_scenario_is_read() -> None:
    """`when: actor is north` leaves that branch to north alone and keeps the author's numbers."""
    compiled = game(moves={"act": move(branches=[{"when": "actor is north", "change": {"heat": 9}},
                                                 {"change": {"heat": 1}}])})
    branches = {m.key: [b.number for b in m.branches] for m in compiled.moves}
    assert branches == {"act:north": [0], "act:south": [1], "act:east": [1]}


def test_history_can_force_a_branch_and_a_rule() -> None:
    """Given luck takes the author's branch whatever the die says, and throws what is not given."""
    compiled = game(moves={"act": move(branches=[{"chance": "remote", "change": {"heat": 1}},
                                                       {"chance": "rest", "change": {"heat": 2}}])},
                    rules={"storm": {"chance": "remote", "change": {"heat": 5}}})
    table = Table(compiled)
    table.close({"north": "act:north"}, Given(Keyed(0, 1), branches={"act:north": 0}, rules={"storm": True}))
    assert table["heat"] == 56
    table.close({}, Given(Keyed(0, 2), otherwise=False))
    assert table["heat"] == 56
