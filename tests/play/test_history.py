"""What really happened is a legal match of the flagship and arrives where history did."""

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.play.history import chapters
from sim.rules import fold
from sim.rules.compile import compile_game
from sim.scenario.load import load

SCENARIO = Path(__file__).parents[2] / "scenarios" / "border-standoff-2021"


@pytest.fixture(scope="module")
def loaded():
    """The flagship with its history."""
    return load(SCENARIO)


@pytest.mark.parametrize(("until", "ending", "rounds"), [("election", "managed", 13), (None, "clash_and_truce", 39)])
def test_history_is_legal_and_arrives_at_its_ending(loaded, until, ending, rounds):
    """Every order of 2021 is legal in its round and takes its branch; day 40 ends managed, December in clash and truce."""
    _, bound = loaded.usable()
    folded = chapters(compile_game(bound, until), loaded.history)
    last = fold(folded[-1].opening, folded[-1].events)
    assert (last.ending, last.round) == (ending, rounds)
    assert loaded.history.ending == "clash_and_truce"


def test_every_seat_acted_in_history(loaded):
    """No seat of the scenario is a bystander of its own record."""
    seats = {order.seat for written in loaded.history.rounds.values() for order in written.orders}
    assert seats == set(loaded.bound.seats)


def test_an_order_moved_for_want_of_attention_says_so(loaded):
    """An order of another round names the round in which it really fell, a neighbour of its own."""
    moved = [(int(n), o.moved_from) for n, r in loaded.history.rounds.items() for o in r.orders if o.moved_from]
    assert moved
    assert all(0 < abs(number - real) <= 2 for number, real in moved)


def test_history_that_the_rules_refuse_is_told_with_its_round(loaded):
    """An illegal order of history is refused with the round and the condition, not skipped."""
    first = loaded.history.rounds["1"]
    wrong = first.orders[0].model_copy(update={"move": "deploy_guards", "seat": "russia", "target": None})
    history = loaded.history.model_copy(update={
        "rounds": {"1": first.model_copy(update={"orders": [wrong]})}})
    with pytest.raises(UsageError, match=r"Round 1 of history: `deploy_guards:russia` is refused"):
        chapters(compile_game(loaded.bound, "election"), history)
