"""Orders in a round: attention, number, duplicates, answers, offers, order of resolution, overtaken by events."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sim.rules import IllegalOrders, Orders, Refusal, decide, fold, initial, open_round, refuse
from tests.rules.workshop import Dice, Table, actor, game, move

MOVES = {
    "cheap": move(cost=0, change={"heat": 1}), "plain": move(change={"heat": 1}), "dear": move(cost=2, change={"heat": 1}),
    "other": move(change={"heat": 1}), "closed": move(when=["heat > 90", "round >= 1", "heat != 50"]),
}


@pytest.mark.parametrize(("seat", "keys", "code"), [
    ("north", ["plain:north"], ""),
    ("north", ["plain:north", "dear:north"], ""),
    ("north", ["dear:north", "plain:north", "cheap:north"], "too_many"),
    ("south", ["dear:south", "plain:south"], "attention"),
    ("south", ["dear:south", "cheap:south"], ""),
    ("east", ["dear:east"], "attention"),
    ("east", ["plain:east", "cheap:east"], ""),
    ("north", ["plain:north", "plain:north"], "twice"),
    ("north", ["plain:south"], "not_yours"),
    ("north", ["dance:north"], "unknown_move"),
    ("north", ["closed:north"], "closed"),
    ("north", [], ""),
])
def test_what_may_be_filed_together(seat: str, keys: list[str], code: str) -> None:
    """Attention, the number of orders, doubles, other seats' moves and closed moves, each with its own code."""
    table = Table(game(moves=MOVES))
    assert table.refused(seat, *keys) == code
    if code:
        with pytest.raises(IllegalOrders) as caught:
            decide(table.game, table.state, {seat: Orders(tuple(keys))})
        assert (caught.value.seat, caught.value.refusal.code) == (seat, code)


def test_a_refusal_names_the_conditions_that_fail_and_the_numbers() -> None:
    """`closed` lists the failing parts alone; `attention` says what is needed and what is left."""
    compiled = game(moves=MOVES)
    table = Table(compiled)
    refusal = refuse(compiled, table.state, "north", Orders(("closed:north",)))
    assert refusal is not None
    assert [compiled.cond_text[c] for c in refusal.failed] == ["heat > 90", "heat != 50"]
    assert refuse(compiled, table.state, "south", Orders(("plain:south", "dear:south"))) \
        == Refusal("attention", "dear:south", numbers={"need": 2, "left": 1})
    assert refuse(compiled, table.state, "north", Orders(("plain:north", "other:north", "cheap:north"))) \
        == Refusal("too_many", "cheap:north", numbers={"most": 2})


def test_orders_wait_for_the_round_to_open() -> None:
    """Before a round opens nothing is legal, and orders are refused as `not_open`."""
    compiled = game(moves=MOVES)
    state = initial(compiled, 0)
    assert refuse(compiled, state, "north", Orders(("plain:north",))) == Refusal("not_open")
    assert open_round(compiled, fold(state, open_round(compiled, state))) == ()


def test_attention_returns_each_round() -> None:
    """It is spent by orders of the round alone and not saved."""
    table = Table(game(moves=MOVES))
    for _ in range(3):
        assert table.refused("south", "dear:south") == ""
        table.close({"south": "dear:south"})


# -- how often


def test_a_move_may_be_limited_in_number() -> None:
    """`times: 2` closes it for that seat after two; the other seats have their own count."""
    table = Table(game(moves={"act": move(times=2, change={"heat": 1})}))
    for _ in range(2):
        table.close({"north": "act:north"})
    assert "act:north" not in table.legal("north")
    assert "act:south" in table.legal("south")
    assert table.refused("north", "act:north") == "closed"


# -- the order of resolution


def order_of(table: Table, orders: dict[str, list[str]]) -> list[str]:
    """The keys in the order in which they were resolved."""
    return [e.id for e in table.close(orders) if e.kind in ("move", "overtaken")]


def test_tiers_resolve_in_order_and_filing_order_counts_inside_a_seat() -> None:
    """Contacts, negotiation, statements, measures, force, however they were filed."""
    moves = {tier: move(tier=tier) for tier in ("force", "measures", "statements", "negotiation", "contacts")}
    table = Table(game(moves={**moves, "more": move(tier="contacts", cost=0)}))
    table.put()
    assert order_of(table, {"north": ["force:north", "contacts:north"], "south": ["measures:south", "statements:south"],
                            "east": ["negotiation:east"]}) \
        == ["contacts:north", "negotiation:east", "statements:south", "measures:south", "force:north"]
    assert order_of(table, {"north": ["more:north", "contacts:north"]}) == ["more:north", "contacts:north"]


def test_initiative_passes_from_seat_to_seat() -> None:
    """Inside a tier the first seat begins in round 1, the second in round 2, and so on around."""
    table = Table(game(moves={"act": move()}))
    every = {seat: [f"act:{seat}"] for seat in ("north", "south", "east")}
    seats = [[key.partition(":")[2] for key in order_of(table, every)] for _ in range(4)]
    assert seats == [["north", "south", "east"], ["south", "east", "north"], ["east", "north", "south"],
                     ["north", "south", "east"]]


def test_an_order_can_be_overtaken_by_events() -> None:
    """What an earlier order closes is told as overtaken, has no effect, and its attention is not given back."""
    table = Table(game(moves={"calm": move(tier="contacts", set={"heat": 0}),
                              "act": move(when="heat > 10", change={"heat": 9}), "idle": move()}))
    assert table.refused("south", "act:south", "idle:south") == ""
    events = table.close({"north": "calm:north", "south": ["act:south", "idle:south"]})
    assert [(e.kind, e.id, e.changes) for e in events[1:3]] == [("overtaken", "act:south", ()), ("move", "idle:south", ())]
    assert table["heat"] == 0


def test_a_limited_move_is_not_counted_when_overtaken() -> None:
    """Only what was carried out counts against `times`."""
    table = Table(game(moves={"calm": move(tier="contacts", set={"heat": 0}),
                              "act": move(when="heat > 10", times=1, change={"heat": 9})}))
    table.close({"north": "calm:north", "south": "act:south"})
    table.put(heat=50)
    assert "act:south" in table.legal("south")


# -- offers


def offering(**offer: object) -> Table:
    """North can offer talks to south and east; an offer stays open two rounds."""
    return Table(game(
        actors={"north": actor("NOR"), "south": actor("SOU", 0), "east": actor("EAS", 0)},
        tracks={"trust": {"start": 10}}, flags={"met": {}},
        moves={"invite": move(by="north", to=["south", "east"], opens="talks"), "shout": move(change={"heat": 1})},
        offers={"talks": {
            "title": "Talks", "open": "2 rounds",
            "accept": {"change": {"trust": 5}, "set": {"met": True}, "when": "heat < 90"},
            "decline": {"change": {"trust": -1}}, "lapse": {"change": {"trust": -3}}, **offer}}))


ACCEPT, DECLINE, INVITE = "accept.talks:south>north", "decline.talks:south>north", "invite:north>south"


def test_an_offer_waits_for_its_addressee_and_nobody_else() -> None:
    """It can be answered from the round after, by its addressee, at no cost, with no attention left."""
    table = offering()
    assert table.legal("south") == {"shout:south"}
    table.close({"north": INVITE})
    assert table.legal("south") == {"shout:south", ACCEPT, DECLINE}
    assert table.legal("east") == {"shout:east"}
    assert table.refused("south", ACCEPT) == ""
    assert table.refused("south", ACCEPT, DECLINE) == "answered_twice"
    assert table.refused("south", ACCEPT, "shout:south") == "attention"


def test_an_accepted_offer_has_its_effects_and_is_gone() -> None:
    """Acceptance resolves first in the round; afterwards there is nothing left to answer and nothing lapses."""
    table = offering()
    table.close({"north": INVITE})
    events = table.close({"south": ACCEPT})
    assert events[0].id == ACCEPT
    assert (table["trust"], table["met"]) == (15, 1)
    assert ACCEPT not in table.legal("south")
    for _ in range(3):
        table.close()
    assert table["trust"] == 15


def test_a_declined_offer_has_its_effects_and_is_gone() -> None:
    """Declining is an answer like another."""
    table = offering()
    table.close({"north": INVITE})
    table.close({"south": DECLINE})
    for _ in range(3):
        table.close()
    assert (table["trust"], table["met"]) == (9, 0)


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_an_offer_lives_as_many_rounds_as_its_kind_says(rounds: int) -> None:
    """It can be answered in so many rounds and lapses, with its effects, when the next one opens."""
    table = offering(open=f"{rounds} rounds")
    table.close({"north": INVITE})
    for _ in range(rounds):
        assert table.legal("south") >= {ACCEPT, DECLINE}
        assert table["trust"] == 10
        table.close()
    assert ACCEPT not in table.legal("south")
    assert table["trust"] == 7
    table.close()
    assert table["trust"] == 7


def test_the_same_offer_is_not_open_twice() -> None:
    """While it waits it cannot be made again to the same actor, but to another it can; afterwards it can again."""
    table = offering(open="1 round")
    table.close({"north": INVITE})
    assert table.refused("north", INVITE) == "closed"
    assert table.refused("north", "invite:north>east") == ""
    table.close({"south": DECLINE})
    assert table.refused("north", INVITE) == ""


def test_an_answer_may_have_a_condition() -> None:
    """An answer that is not possible now is closed; the other one stays."""
    table = offering()
    table.close({"north": INVITE})
    table.put(heat=95)
    assert (table.refused("south", ACCEPT), table.refused("south", DECLINE)) == ("closed", "")


def test_a_lapse_may_have_branches() -> None:
    """One of them happens, and the offer is gone whichever."""
    lapse = {"branches": [{"when": "heat > 90", "change": {"trust": -9}}, {"chance": "even", "change": {"trust": 2}},
                          {"chance": "rest", "change": {"trust": 4}}]}
    for low, trust in ((0, 12), (65_535, 14)):
        table = offering(open="1 round", lapse=lapse)
        table.close({"north": INVITE})
        table.close(opening=Dice(low))
        assert table["trust"] == trust
        assert table["offer.talks.north.south"] == 0


def test_a_branch_may_open_offers_to_several() -> None:
    """`opens: {talks: seats}` in one branch opens one to each other actor, and only if that branch happens."""
    compiled = game(moves={"call": move(by="north", branches=[
        {"chance": "even", "opens": {"talks": "seats"}}, {"chance": "rest", "change": {"heat": 1}}])},
        offers={"talks": {"title": "Talks"}})
    table = Table(compiled)
    table.close({"north": "call:north"}, Dice(0))
    assert table["offer.talks.north.south"] == table["offer.talks.north.east"] == 1
    assert table.refused("north", "call:north") == "closed"
    other = Table(compiled)
    other.close({"north": "call:north"}, Dice(65_535))
    assert other["offer.talks.north.south"] == 0


# -- states


def test_a_state_cannot_be_changed() -> None:
    """States, orders and events are values; deciding and folding leave what they were given as it was."""
    table = Table(game(moves=MOVES))
    before, copy = table.state, table.state.values
    events = decide(table.game, before, {"north": Orders(("plain:north",))})
    after = fold(before, events)
    assert before.values is copy
    assert after != before
    with pytest.raises(FrozenInstanceError):
        before.round = 9  # type: ignore[misc]
    with pytest.raises(AttributeError):
        events[0].kind = "rule"  # type: ignore[misc]
    with pytest.raises(TypeError):
        before.values[0] = 1  # type: ignore[index]
    assert hash(before) == hash(table.state)
