"""How far what can happen only so often can push a variable: never less than play shows, and often exactly that."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch.bounds import greatest, least
from sim.batch.limits import limits
from sim.batch.reach import reach
from sim.errors import ScenarioError
from sim.rules import Game, fold
from tests.batch.quarrels import SEATS
from tests.rules.walks import walk
from tests.rules.workshop import game

CLOCK = {"start": "2030-01-01", "orders": 2, "legs": {"days": {"rounds": 6, "step": "1 days"}}}
WALKS = 14


def quarrel(**sections: Any) -> Game:
    """Two seats, six rounds, tracks that nothing moves but what a test adds."""
    tracks = {"heat": {"start": 50}, "rise": {"start": 1, "max": 9}, "fund": {"start": 8, "max": 10}}
    return game(**{"clock": CLOCK, "actors": SEATS, "tracks": tracks, **sections})


def extent(drawn: Game, name: str) -> tuple[int, int]:
    """The least and the greatest value that the limits leave."""
    var = drawn.index[name]
    mask = limits(drawn)[var]
    return least(mask, drawn.lo[var]), greatest(mask, drawn.lo[var])


def deed(**more: Any) -> dict[str, Any]:
    """A move of one seat."""
    return {"title": "Move", "by": "north", "tier": "measures", **more}


def test_times_bound_what_a_move_can_bring() -> None:
    """Three times one more from 1 is 4 and not 5, so that an ending at 5 is impossible."""
    drawn = quarrel(moves={"add_one": deed(times=3, change={"rise": 1})},
                    endings={"proud": {"title": "Proud", "when": "rise >= 5", "text": "Five."},
                             "modest": {"title": "Modest", "when": "rise >= 4 and round >= 5", "text": "Four."},
                             "open": {"title": "Open", "otherwise": True, "text": "Nothing."}})
    assert extent(drawn, "rise") == (1, 4)
    assert set(reach(drawn).endings) == {"modest", "open"}


def test_each_seat_has_its_own_times() -> None:
    """Two seats that may each add two, and a move at another amount: 1 + 2 · 2 + 1 · 3."""
    drawn = quarrel(moves={"add": deed(by="seats", times=2, change={"rise": 1}), "leap": deed(times=1, change={"rise": 3})})
    assert extent(drawn, "rise") == (1, 8)


def test_what_is_spent_and_never_given_back_bounds_too() -> None:
    """Eight in the fund pay for four days out; each makes ten of heat. Given back, nothing is known."""
    out = {"when": "fund >= 2", "change": {"fund": -2, "heat": 10}}
    assert extent(quarrel(moves={"stay_out": deed(**out)}), "heat") == (50, 90)
    refilled = quarrel(moves={"stay_out": deed(**out), "collect": deed(change={"fund": 1})})
    assert extent(refilled, "heat") == (50, 100)


def test_what_is_full_can_be_filled_again() -> None:
    """A fund that is at its end stays there: filling it up bounds nothing."""
    drawn = quarrel(moves={"collect": deed(when="fund >= 2", change={"fund": 1, "heat": 10})})
    assert extent(drawn, "heat") == (50, 100)


@pytest.mark.parametrize("again", [
    {"rules": {"warmth": {"when": "round >= 3", "change": {"rise": 1}, "dispatch": "Warm."}}},
    {"moves": {"add_one": deed(times=3, change={"rise": 1}), "more": deed(change={"rise": 1})}},
])
def test_something_else_that_raises_it_takes_the_bound_away(again: dict[str, Any]) -> None:
    """A rule without an end, or a move without `times`."""
    drawn = quarrel(**{"moves": {"add_one": deed(times=3, change={"rise": 1})}, **again})
    assert extent(drawn, "rise") == (1, 9)


def test_what_happens_once_and_where_things_are_set_count() -> None:
    """An inject is released once; a move that sets the track brings it there, whatever else adds to it."""
    drawn = quarrel(moves={"reset": deed(set={"rise": 3}), "add_one": deed(times=1, change={"rise": 1})},
                    injects={"news": {"title": "News", "when": "round == 2", "dispatch": "News.", "change": {"rise": 2}}})
    assert extent(drawn, "rise") == (1, 6)


@settings(max_examples=120)
@given(st.integers(0, 10**6))
def test_random_play_never_leaves_the_limits(seed: int) -> None:
    """Over moves with `times`, moves that spend, flags that shut, injects, drift, shares and ranges drawn at random."""
    drawn = _drawn(Random(seed))
    if drawn is None:
        return
    masks, bound, dice = limits(drawn), reach(drawn), Random(seed)
    outside = []
    for _ in range(WALKS):
        for state, _, events in walk(drawn, dice):
            for values in (state.values, fold(state, events).values):
                outside += [f"{drawn.names[n]} = {x} in round {state.round}" for n, x in enumerate(values)
                            if drawn.names[n] not in ("round", "day", "leg", "last_round")
                            and not (masks[n] & bound.ever[n]) >> (x - drawn.lo[n]) & 1]
            outside += [e.id for e in events if e.kind == "move" and e.id not in bound.moves]
    assert outside == []


def _drawn(dice: Random) -> Game | None:
    moves = {f"m{n}": _move(dice) for n in range(dice.randint(1, 4))}
    sections: dict[str, Any] = {"moves": moves, "flags": {"met": {"text": "They have met."}}}
    tracks: dict[str, Any] = {"heat": {"start": dice.randint(20, 80)}, "rise": {"start": dice.randint(0, 3), "max": 9},
                              "fund": {"start": dice.randint(4, 10), "max": 10}}
    if dice.random() < 0.3:
        tracks[dice.choice(("heat", "rise"))]["drift"] = {"to": dice.randint(0, 9), "by": 1}
    if dice.random() < 0.2:
        tracks["fund"]["each_round"] = dice.choice((-1, 1))
    sections["tracks"] = tracks
    if dice.random() < 0.4:
        sections["injects"] = {"news": {"title": "News", "when": "round >= 2", "dispatch": "News.", "change": _change(dice)}}
    if dice.random() < 0.3:
        sections["rules"] = {"rule": {"when": "heat >= 60", "change": _change(dice), "dispatch": "So."}}
    try:
        return quarrel(**sections)
    except (ScenarioError, ValueError):
        return None


def _move(dice: Random) -> dict[str, Any]:
    out = deed(by=dice.choice(("seats", "north")), tier=dice.choice(("contacts", "measures")), cost=dice.randint(0, 1))
    change = _change(dice)
    limit = dice.choice(("times", "fund", "flag", "rise", ""))
    if limit == "times":
        out["times"] = dice.randint(1, 3)
    elif limit == "fund":
        out["when"] = f"fund >= {dice.randint(1, 3)}"
        change["fund"] = dice.choice((-3, -2, -1))
    elif limit == "flag":
        out |= {"when": "not met", "set": {"met": True}}
    elif limit == "rise":
        out["when"] = f"rise < {dice.randint(1, 8)}"
        change["rise"] = dice.randint(1, 3)
    if dice.random() < 0.3:
        out["branches"] = [{"chance": "50%", "change": change, **({"set": out["set"]} if "set" in out else {})},
                           {"chance": "rest", "change": _change(dice)}]
        out.pop("set", None)
    else:
        out["change"] = change
    return out


def _change(dice: Random) -> dict[str, Any]:
    track = dice.choice(("heat", "rise", "fund"))
    if track == "heat":
        return {"heat": dice.choice((-9, 4, 11, "3..9", "-4..2", "10 %", "-20 %"))}
    return {track: dice.choice((-2, -1, 1, 2))}
