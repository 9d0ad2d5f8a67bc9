"""Automatic players: weighted draws, one-ply gains, their reasons, whole matches and tables of many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.errors import UsageError
from sim.policies import LEVELS, NAMES, notice, opponents, playout, policy
from sim.policies.gain import Scorer
from sim.policies.playout import numbered
from sim.rules import Game, Keyed, Orders, State, refuse, view
from sim.rules.facts import Facts
from tests.rules.workshop import Dice, Table, actor, game, move

PERSONA = {"weights": {"calm": 2, "act": 1, "dear": 3, "hold": 1}, "factors": [
    {"of": "act", "when": "heat >= 60", "times": 3}, {"of": "talk", "when": "heat >= 60", "times": 0.5}]}


def drafted(**persona: Any) -> Game:
    """North weighs three moves; its attention is 2."""
    return game(actors={"north": actor("NOR", 2, policy={**PERSONA, **persona}), "south": actor("SOU")},
                moves={"calm": move(group="talk", change={"heat": -1}), "act": move(change={"heat": 1}),
                       "dear": move(cost=2, change={"heat": -5})})


def chosen(compiled: Game, share: float, name: str = "persona", **put: int) -> Any:
    """North's choice when every die stands at this share of its way."""
    place = Table(compiled)
    place.put(**put)
    return policy(name).choose(compiled, view(compiled, place.state, "north"), "north", Dice(high=int(share * (1 << 32))))


# -- persona


def test_a_persona_draws_by_weight_in_file_order() -> None:
    """Weights 2 : 1 : 3 and 1 for holding: the die falls into calm, act, dear, hold, in that order."""
    compiled = drafted()
    firsts = {share: chosen(compiled, share).orders.moves[:1] for share in (0, 0.28, 0.29, 0.42, 0.43, 0.85, 0.86)}
    assert firsts == {0: ("calm:north",), 0.28: ("calm:north",), 0.29: ("act:north",), 0.42: ("act:north",),
                      0.43: ("dear:north",), 0.85: ("dear:north",), 0.86: ()}


def test_a_second_order_comes_from_what_is_left() -> None:
    """Not the same move again, and nothing beyond the attention left."""
    compiled = drafted()
    assert chosen(compiled, 0).orders.moves == ("calm:north", "act:north")
    assert chosen(compiled, 0.5).orders.moves == ("dear:north",)


def test_factors_multiply_in_sixteenths() -> None:
    """× 3 and × 0.5 while they hold, named in the reasons by their conditions."""
    cold, hot = chosen(drafted(), 0.3), chosen(drafted(), 0.3, heat=60)
    assert (cold.reasons[0].move, cold.reasons[0].weight, cold.reasons[0].total) == ("act:north", 16, 16 * 7)
    assert (hot.reasons[0].move, hot.reasons[0].weight, hot.reasons[0].total) == ("act:north", 48, 16 * 8)
    compiled = drafted()
    assert [(compiled.cond_text[c], f) for c, f in hot.reasons[0].factors] == [("heat >= 60", 48)]


def test_reasons_name_rivals_and_what_it_would_have_taken() -> None:
    """The two heaviest others, best first; conditions that would have raised the first of them."""
    reason = chosen(drafted(weights={"calm": 9, "act": 3, "dear": 1, "hold": 1}), 0).reasons[0]
    assert (reason.move, reason.rivals) == ("calm:north", (("act:north", 48), ("dear:north", 16)))
    compiled = drafted()
    assert [compiled.cond_text[c] for c in reason.otherwise] == ["heat >= 60"]


def test_holding_is_always_possible() -> None:
    """Even with no weight of its own it keeps a sixteenth of one."""
    compiled = drafted(weights={"calm": 1, "hold": 0})
    assert chosen(compiled, 0.9999).orders.moves == ()
    assert chosen(compiled, 0.93).orders.moves == ("calm:north",)


def test_answers_are_drawn_with_leaving() -> None:
    """Accept, decline, leave by their weights and factors; a question left is a reason too."""
    persona = {"answers": {"talks": {"accept": 2, "decline": 1, "leave": 1}},
               "answer_factors": [{"of": "talks", "when": "heat >= 60", "times": 4}], "weights": {"hold": 1}}
    compiled = game(actors={"north": actor("NOR", 0, policy=persona), "south": actor("SOU")},
                    moves={"ask": move(by="south", to="north", opens="talks"), "idle": move()},
                    offers={"talks": {"title": "Talks", "open": "3 rounds"}})
    place = Table(compiled)
    place.close({"south": "ask:south>north"})
    for share, heat, key in ((0.49, 50, "accept.talks:north>south"), (0.51, 50, "decline.talks:north>south"),
                             (0.76, 50, ""), (0.76, 60, "accept.talks:north>south"), (0.95, 60, "")):
        place.put(heat=heat)
        choice = policy("persona").choose(compiled, view(compiled, place.state, "north"), "north",
                                          Dice(high=int(share * (1 << 32))))
        assert [r.move for r in choice.reasons if r.kind == "answer"] == [key]
        assert choice.orders.moves == ((key,) if key else ())


# -- one-ply


def test_one_ply_files_the_best_of_its_candidates() -> None:
    """Of the moves it draws it takes the one that raises its own score most; holding gains nothing."""
    compiled = drafted(weights={"calm": 1, "act": 1, "hold": 1})

    class Two(Keyed):
        """The first candidate is `act`, the second `calm`."""

        def bits(self, site: int) -> int:
            from sim.policies.seats import pick_site
            return {pick_site("north", 0): 0x60000000, pick_site("north", 0, 1): 0}.get(site, 0xFFFFFFFF) << 32

    place = Table(compiled)
    choice = policy("one-ply").choose(compiled, view(compiled, place.state, "north"), "north", Two(0, 1))
    assert choice.orders.moves[0] == "calm:north"
    assert choice.reasons[0].gain == 100


def test_the_gain_is_the_expected_change_of_the_score() -> None:
    """Shares of branches, clipped to what is left; a range counts as its midpoint; clamps of goals and tracks count."""
    compiled = game(
        actors={"north": actor("NOR", goals={"ease": {"weight": 70, "score": "100 - heat"},
                                             "stock": {"weight": 30, "score": "stock"}}), "south": actor("SOU")},
        tracks={"stock": {"start": 98, "max": 300}},
        moves={"both": move(branches=[{"chance": "25 %", "change": {"heat": -4, "stock": 10}},
                                      {"chance": "25 %", "when": "heat > 90", "change": {"heat": -50}},
                                      {"chance": "rest", "change": {"heat": "1..4"}}])})
    facts = Facts(compiled, Table(compiled).state.values)
    scorer = Scorer(compiled, 0, facts.values_at)
    expected = 16_384 * (70 * 4 + 30 * 2) + 49_152 * 70 * -2
    assert scorer.gain(facts, compiled.moves[0]) == expected


# -- all of them


@pytest.mark.parametrize("name", NAMES)
def test_nothing_can_be_said_against_what_a_policy_orders(first_round: Game, flagship: Game, name: str) -> None:
    """Through whole matches `refuse` finds nothing, and explaining changes no choice."""
    plain, telling = policy(name, explaining=False), policy(name)
    for compiled, seeds in ((first_round, range(25)), (flagship, range(2))):
        def watch(state: State, orders: Any, _events: Any, compiled: Game = compiled) -> None:
            for seat, filed in orders.items():
                assert refuse(compiled, state, seat, filed) is None
                told = telling.choose(compiled, view(compiled, state, seat), seat, Keyed(state.seed, state.round))
                assert told.orders == filed
                named = [r.move for r in told.reasons if r.move]
                assert name == "random" or named == list(filed.moves)
        for seed in seeds:
            playout(compiled, seed, dict.fromkeys(compiled.seats, plain), watch)


@pytest.mark.parametrize("name", NAMES)
def test_a_match_repeats_exactly(first_round: Game, name: str) -> None:
    """The same seed gives the same match; playout n of a series is the same in whatever order it is played."""
    players = dict.fromkeys(first_round.seats, policy(name, explaining=False))
    assert playout(first_round, 8, players) == playout(first_round, 8, players)
    backwards = [numbered(first_round, 3, n, players) for n in reversed(range(8))]
    assert backwards[::-1] == [numbered(first_round, 3, n, players) for n in range(8)]
    assert len({r.state.values for r in backwards}) > 3


def test_policies_are_named() -> None:
    """By name and by level; another name is refused with the nearest; hard says that it plays standard."""
    assert [policy(name).name for name in NAMES] == list(NAMES)
    assert {level: opponents(["north"], level)["north"].name for level in LEVELS} \
        == {"easy": "persona", "standard": "one-ply", "hard": "one-ply"}
    assert notice("hard")
    assert not notice("easy")
    with pytest.raises(UsageError, match="persona"):
        policy("person")
    with pytest.raises(UsageError, match="standard"):
        opponents(["north"], "standart")


def test_a_policy_is_given_no_more_than_a_view(first_round: Game) -> None:
    """A policy that is handed the masked state of another seat's secrets files what it files anyway."""
    place = Table(first_round)
    hidden = replace(view(first_round, place.state, "velmora"))
    assert hidden.values[first_round.index["standing"]] == 50
    place.put(standing=3)
    assert view(first_round, place.state, "velmora") == hidden
    assert isinstance(policy("persona").choose(first_round, hidden, "velmora", Keyed(1, 1)).orders, Orders)
