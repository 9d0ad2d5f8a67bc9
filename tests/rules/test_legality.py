"""Legality has one source (F2): `decide` accepts what `legal_moves` yields, nothing else, and folding is all."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.rules import Game, IllegalOrders, Orders, decide, evolve, fold, initial, legal_moves, open_round, refuse
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded
from tests.rules.walks import walk
from tests.rules.workshop import truth

SEEDS = st.integers(0, 1 << 40)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def _legal_play(game: Game, dice: Random) -> None:
    rounds = 0
    for state, orders, events in walk(game, dice):
        rounds += 1
        for seat, filed in orders.items():
            assert refuse(game, state, seat, filed) is None
        after = state
        for event in events:
            after = evolve(after, event)
        assert after == fold(state, events)
        assert all(lo <= x <= hi for lo, x, hi in zip(game.lo, after.values, game.hi, strict=True))
        assert events[-1].kind in ("closed", "ended")
        for event in events:
            assert all(before != now for _, before, now in event.changes)
    assert rounds <= game.rounds


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_whatever_is_legal_is_accepted_in_first_round(first_round: Game, seed: int) -> None:
    """Random legal play: nothing refused, every value in bounds, folding one by one equals folding all, an end."""
    _legal_play(first_round, Random(seed))


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_whatever_is_legal_is_accepted_in_the_flagship(flagship: Game, seed: int) -> None:
    """The same on 39 rounds with five seats."""
    _legal_play(flagship, Random(seed))


def _illegal_play(game: Game, dice: Random, tried: int) -> None:
    for state, _, _ in walk(game, dice):
        for seat in game.seats:
            legal = {m.key for m in legal_moves(game, state, seat)}
            others = [m for m in game.moves if m.key not in legal]
            for move in dice.sample(others, min(tried, len(others))):
                refusal = refuse(game, state, seat, Orders((move.key,)))
                assert refusal is not None
                assert refusal.move == move.key
                if move.seat != game.number(seat):
                    assert refusal.code == "not_yours"
                    continue
                assert refusal.code == "closed"
                assert refusal.failed
                assert set(refusal.failed) <= {*move.conditions, move.cond}
                for cond in refusal.failed:
                    holds = eval_postfix(game, cond, state.values)
                    assert not holds, game.cond_text[cond]
                with pytest.raises(IllegalOrders):
                    decide(game, state, {seat: Orders((move.key,))})


def eval_postfix(game: Game, cond: int, values: tuple[int, ...]) -> bool:
    """A condition by the core's definition."""
    from tests.rules.test_conditions import postfix
    return postfix(game, cond, values)


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_whatever_is_not_legal_is_refused_in_first_round(first_round: Game, seed: int) -> None:
    """Every other key, of every seat, has a refusal with a code and conditions that really fail."""
    _illegal_play(first_round, Random(seed), tried=100)


@settings(max_examples=2, deadline=None, suppress_health_check=QUIET)
@given(seed=SEEDS)
def test_whatever_is_not_legal_is_refused_in_the_flagship(flagship: Game, seed: int) -> None:
    """The same for a sample of 60 keys a seat and round."""
    _illegal_play(flagship, Random(seed), tried=60)


def test_legal_is_what_the_author_wrote(flagship: Game, loaded_flagship: Loaded) -> None:
    """A move is legal exactly where each of its typed conditions holds, read from the trees alone."""
    bound = loaded_flagship.usable()[1]
    dice = Random(11)
    written = {m.key: m for m in bound.moves}
    for state, _, _ in list(walk(flagship, dice))[::6]:
        for seat in flagship.seats:
            meant = {key for key, m in written.items()
                     if m.seat == seat and all(truth(flagship, c, state.values) for c in m.conditions)}
            assert {m.key for m in legal_moves(flagship, state, seat)} == meant


def test_who_has_no_seat_has_no_moves(flagship: Game) -> None:
    """Voices, the public and control order nothing."""
    state = initial(flagship, 0)
    state = fold(state, open_round(flagship, state))
    for nobody in ("turkey", "public", "control", ""):
        assert legal_moves(flagship, state, nobody) == ()


def test_the_same_orders_and_seed_give_the_same_events(flagship: Game, loaded_flagship: Loaded) -> None:
    """Two compilations of one text agree on everything that happens."""
    again = compile_game(loaded_flagship.usable()[1])
    assert list(walk(flagship, Random(5))) == list(walk(again, Random(5)))
