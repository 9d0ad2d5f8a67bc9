"""Exact odds: every way the dice can fall, against hand reckoning and against many games."""

from __future__ import annotations

import pytest

from sim.batch.exact import exact
from sim.batch.odds import odds
from sim.batch.throws import TooMany, every
from sim.rules import Game, Luck
from sim.rules.chance import below, site
from tests.rules.workshop import actor, game, move

HOT = {"hot": {"title": "Hot", "when": "heat >= 60", "text": "It was hot."},
       "open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}}


def tiny(policy: dict[str, object] | None = None, **sections: object) -> Game:
    """One seat, two rounds, one move with a die, and an ending that it can reach."""
    weighed = policy or {"weights": {"stoke": 1, "hold": 1}}
    return game(**{
        "clock": {"start": "2030-01-01", "orders": 1, "legs": {"days": {"rounds": 2, "step": "1 days"}}},
        "actors": {"north": actor("NOR", 1, policy=weighed)}, "groups": {},
        "moves": {"stoke": move(by="north", branches=[{"chance": "25 %", "change": {"heat": 10}}, {"chance": "rest"}])},
        "endings": HOT, **sections})


def test_hand_reckoned_odds() -> None:
    """Half of the rounds are held and a quarter of the others heat up: 1/8 a round, 1 − (7/8)² in two."""
    found = exact(tiny(), {"north": "persona"})
    assert found is not None
    assert found.exact
    assert found.games == 0
    assert found.endings["hot"].share == pytest.approx(1 - (7 / 8) ** 2, abs=1e-9)
    assert found.endings["hot"].low == found.endings["hot"].high == found.endings["hot"].share
    assert sum(it.share for it in found.endings.values()) == pytest.approx(1, abs=1e-12)
    assert found.scores["north"].mean == pytest.approx(50 - 10 * 15 / 64, abs=1e-6)
    assert (found.scores["north"].low, found.scores["north"].high) == (50, 50)


def test_rules_ranges_and_hazards_are_reckoned_too() -> None:
    """A rule's die, then a range of which each number is as likely as the next."""
    compiled = tiny(moves={"wait": move(by="north")}, rules={"flare": {"chance": "50 %", "change": {"heat": "1..10"}}},
                    clock={"start": "2030-01-01", "orders": 1, "legs": {"days": {"rounds": 1, "step": "1 days"}}})
    found = exact(compiled, {"north": "random"})
    assert found is not None
    assert found.endings["hot"].share == pytest.approx(0.5 / 10, abs=1e-9)
    assert found.scores["north"].mean == pytest.approx(50 - 0.5 * 5.5, abs=1e-6)


@pytest.mark.parametrize("name", ["persona", "one-ply", "random"])
def test_games_agree_with_exact_odds(first_round: Game, loaded_first_round: object, name: str) -> None:
    """Two seats, one round with offers, dice and a second order: sampled means lie where the exact ones say."""
    from sim.rules.compile import compile_game

    compiled = compile_game(loaded_first_round.usable()[1], 1)  # type: ignore[attr-defined]
    players = dict.fromkeys(compiled.seats, name)
    reckoned = exact(compiled, players)
    sampled = odds(compiled, 4, 1_500, players)
    assert reckoned is not None
    for seat, it in reckoned.scores.items():
        assert sampled.scores[seat].mean == pytest.approx(it.mean, abs=1.2)
        assert it.low <= it.median <= it.high
    two = tiny()
    sampled = odds(two, 9, 1_500, {"north": name})
    reckoned = exact(two, {"north": name})
    assert reckoned is not None
    for ending, share in reckoned.endings.items():
        assert sampled.endings[ending].low <= share.share <= sampled.endings[ending].high


def test_a_large_scenario_is_given_up_at_once(flagship: Game, first_round: Game) -> None:
    """More than the bound is not reckoned, and that is known before much time is spent."""
    assert exact(flagship, dict.fromkeys(flagship.seats, "persona")) is None
    assert exact(first_round, dict.fromkeys(first_round.seats, "persona")) is None


# -- dice


def test_ways_have_the_chances_of_their_bits() -> None:
    """A pick among three is told apart as far as it is asked, with the very shares that `below` gives it."""
    def pick(luck: Luck) -> str:
        at = below(luck.bits(site("pick", "x")), 3)
        return "first" if at < 1 else "other"

    found = {name: p for p, name in every(pick, 10)}
    assert found == {"first": pytest.approx(1 / 3, abs=1e-9), "other": pytest.approx(2 / 3, abs=1e-9)}
    assert sum(found.values()) == 1


def test_a_die_remembers_how_it_fell() -> None:
    """Asked twice it answers alike; another site is another die."""
    def twice(luck: Luck) -> tuple[bool, bool, bool]:
        return tuple((luck.bits(where) & 0xFFFF) < 16_384 for where in (1, 1, 2))  # type: ignore[return-value]

    assert {result: p for p, result in every(twice, 10)} == {
        (True, True, True): 1 / 16, (True, True, False): 3 / 16, (False, False, True): 3 / 16,
        (False, False, False): 9 / 16}


def test_counting_down_a_die_parts_it_once() -> None:
    """`u < p`, else `u -= p`: three branches are three ways."""
    def branch(luck: Luck) -> int:
        u = luck.bits(7) & 0xFFFF
        for n, p in enumerate((13_107, 26_214)):
            if u < p:
                return n
            u -= p
        return 2

    assert {n: round(p * 65_536) for p, n in every(branch, 3)} == {0: 13_107, 1: 26_214, 2: 26_215}
    with pytest.raises(TooMany):
        list(every(branch, 2))


def test_a_die_used_as_a_number_takes_each_value() -> None:
    """As an index, and added to something."""
    assert {x: p for p, x in every(lambda luck: "abcd"[below(luck.bits(1), 4)], 9)} == dict.fromkeys("abcd", 0.25)
    assert {x: p for p, x in every(lambda luck: 10 + below(luck.bits(1), 2), 9)} == {10: 0.5, 11: 0.5}
