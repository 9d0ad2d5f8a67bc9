"""What happens by itself: rules, groups, chances, weekly rates, drift, countdowns, injects, endings, the clock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sim.rules import Event, Game
from sim.rules.compile import compile_game
from sim.rules.tables import SURE
from sim.scenario.load import Loaded
from tests.rules.workshop import Dice, Table, game, loaded, move

ONE = {"change": {"heat": 1}}


def happened(events: tuple[Event, ...]) -> list[str]:
    """The ids of the rules that happened."""
    return [e.id for e in events if e.kind == "rule"]


# -- groups


def test_the_first_of_a_group_to_happen_closes_it() -> None:
    """Later members wait for the next round; rules outside the group do not."""
    compiled = game(rules={"a": {**ONE, "group": "g", "when": "heat > 90"}, "b": {**ONE, "group": "g"},
                           "c": {**ONE, "group": "g"}, "d": ONE, "e": {**ONE, "group": "h"}})
    assert happened(Table(compiled).close()) == ["b", "d", "e"]


def test_a_failed_die_leaves_its_group_open() -> None:
    """Where the die fails, the next member that holds happens."""
    compiled = game(rules={"a": {**ONE, "group": "g", "chance": "even"}, "b": {**ONE, "group": "g"}})
    assert happened(Table(compiled).close({}, Dice(0))) == ["a"]
    assert happened(Table(compiled).close({}, Dice(SURE - 1))) == ["b"]


def test_a_member_that_changes_nothing_still_closes_its_group() -> None:
    """Whether bounds swallow an effect is no part of whether the rule happened."""
    compiled = game(rules={"a": {"change": {"heat": 1}, "group": "g"}, "b": {"change": {"heat": -5}, "group": "g"}})
    table = Table(compiled)
    table.put(heat=100)
    assert happened(table.close()) == []
    assert table["heat"] == 100


def test_each_rule_sees_what_the_one_before_it_left() -> None:
    """Rules run in file order on the same values."""
    compiled = game(rules={"a": {"when": "heat == 50", "set": {"heat": 60}}, "b": {"when": "heat == 50", **ONE},
                           "c": {"when": "heat == 60", **ONE}})
    assert happened(Table(compiled).close()) == ["a", "c"]


# -- chances


CHANCES = {"r": {"when": "heat >= 10", "change": {"heat": 1}, "chances": [
    {"when": "heat >= 80", "chance": "10 %"}, {"when": "heat >= 50", "chance": "remote"},
    {"when": "heat >= 20", "chance": "100 %"}]}}


@pytest.mark.parametrize(("heat", "low", "expected"), [
    (85, 0, ["r#0"]), (85, 6_552, ["r#0"]), (85, 6_553, []), (60, 1_965, ["r#1"]), (60, 1_966, []),
    (30, SURE - 1, ["r#2"]), (15, 0, []), (5, 0, []),
])
def test_of_several_chances_the_first_that_holds_counts_alone(heat: int, low: int, expected: list[str]) -> None:
    """A die that fails on its row does not fall through to the next row."""
    table = Table(game(rules=CHANCES))
    table.put(heat=heat)
    assert happened(table.close({}, Dice(low))) == expected


def test_a_weekly_rate_is_converted_to_each_legs_rounds() -> None:
    """1 − (1 − p)^(days/7), in decimal, rounded down to 65,536ths; a week's round keeps the rate itself."""
    compiled = game(rules={"r": {**ONE, "weekly": "10 %"}})
    rates = {(rule.id, rule.leg): rule.p for rule in compiled.close_rules}
    day = 1 - Decimal("0.9") ** (Decimal(1) / 7)
    assert rates == {("r@days", 0): int(day * SURE), ("r@weeks", 1): 6_553}


def test_chances_and_amounts_may_differ_by_leg() -> None:
    """A map of legs gives each leg its own; the rule of the other leg does not happen."""
    compiled = game(rules={"r": {"change": {"heat": {"days": 1, "weeks": 10}}},
                           "s": {"chance": {"days": "100 %", "weeks": "remote"}, "change": {"heat": 0}}})
    table = Table(compiled)
    reached = []
    for _ in range(7):
        table.close({}, Dice(SURE - 1))
        reached.append(table["heat"])
    assert reached == [51, 52, 53, 54, 64, 74, 84]


# -- drift, countdowns


def test_drift_comes_first_and_countdowns_after_the_rules() -> None:
    """A rule reads the drifted track and the countdown before it counts; rules at `end` read it after."""
    compiled = game(
        tracks={"heat": {"start": 50, "drift": {"to": 40, "by": 3}}, "timer": {"start": 2, "each_round": -1}},
        rules={"late": {"at": "end", "when": "timer == 1 and heat == 48", "change": {"heat": 5}},
               "early": {"when": "timer == 2 and heat == 47", "change": {"heat": 1}}})
    table = Table(compiled)
    assert happened(table.close()) == ["drift.heat", "early", "count.timer", "late"]
    table.close()
    table.close()
    assert table["timer"] == 0


def test_a_countdown_stops_at_its_bound() -> None:
    """Nothing is told once it has run out."""
    table = Table(game(tracks={"timer": {"start": 1, "each_round": -1}}))
    assert happened(table.close()) == ["count.timer"]
    assert happened(table.close()) == []


# -- injects


def test_an_inject_is_released_once_in_the_first_round_it_may() -> None:
    """It opens its round, before orders, and never comes again although its condition goes on holding."""
    compiled = game(injects={"storm": {"title": "S", "when": "round >= 2", "dispatch": "A storm.", "change": {"heat": 5}}})
    table = Table(compiled)
    seen = []
    for _ in range(6):
        table.close()
        seen.append(table["heat"])
    assert seen == [55, 55, 55, 55, 55, 55]


def test_of_an_injects_branches_one_happens() -> None:
    """Each rolls its own die; the first that passes happens, and `rest` otherwise; then it is spent."""
    compiled = game(injects={"vote": {"title": "V", "when": "round == 2", "dispatch": "A vote.", "branches": [
        {"chance": "even", "when": "heat > 90", "change": {"heat": -9}}, {"chance": "even", "change": {"heat": 1}},
        {"chance": "rest", "change": {"heat": 2}}]}})
    for low, heat in ((0, 51), (SURE - 1, 52)):
        table = Table(compiled)
        table.close(opening=Dice(low))
        assert table["heat"] == heat
        assert table["fired.vote"] == 1


def test_an_inject_without_effect_is_still_told() -> None:
    """A line of the wire that changes nothing is read by everybody, and by nobody whom the author left out."""
    from sim.rules import PUBLIC, redact
    compiled = game(injects={"note": {"title": "N", "when": "round == 1", "dispatch": "A note."},
                             "whisper": {"title": "W", "when": "round == 1", "dispatch": "A whisper.", "seen": ["east"]}})
    from sim.rules import initial, open_round
    events = open_round(compiled, initial(compiled, 0))
    heard = {who: [e.id for e in events if e.kind == "rule" and redact(compiled, e, who)]
             for who in (*compiled.seats, PUBLIC)}
    assert heard == {"north": ["note"], "south": ["note"], "east": ["note", "whisper"], PUBLIC: ["note"]}


# -- endings and the clock


def ending(when: object, **more: Any) -> dict[str, Any]:
    """An ending."""
    return {"title": "E", "text": "E", "when": when, **more}


ENDINGS = {"war": ending("heat >= 95"), "hot": ending(["heat >= 80", "round >= 2"]), "peace": ending("heat == 0"),
           "late": ending("last_round and heat < 20"), "open": {"title": "O", "text": "O", "otherwise": True}}


@pytest.mark.parametrize(("heat", "rounds", "expected"), [
    (95, 1, "war"), (80, 1, ""), (80, 2, "hot"), (0, 1, "peace"), (10, 6, ""), (10, 7, "late"), (50, 6, ""),
    (50, 7, "open"),
])
def test_endings_are_tried_in_order_and_the_last_only_at_the_end(heat: int, rounds: int, expected: str) -> None:
    """The first whose condition holds after a close; `otherwise` when the clock has run out."""
    table = Table(game(endings=ENDINGS))
    for _ in range(rounds):
        table.put(heat=heat)
        table.close()
    assert table.state.ending == expected
    assert table.state.open is (expected == "")


def test_nothing_happens_after_an_ending() -> None:
    """No round opens, no move is legal, and orders are refused as `over`."""
    table = Table(game(endings=ENDINGS))
    table.put(heat=99)
    table.close()
    assert table.open() == ()
    assert (table.legal("north"), table.refused("north", "wait:north")) == (set(), "over")


def test_the_clock_counts_days_by_the_legs() -> None:
    """Round 1 opens on day 0; four rounds of a day, then weeks; legs are numbered from 1 and the last is marked."""
    table = Table(game())
    told = []
    while not table.state.ending:
        told.append((table["round"], table["day"], table["leg"], table["last_round"]))
        table.close()
    assert told == [(1, 0, 1, 0), (2, 1, 1, 0), (3, 2, 1, 0), (4, 3, 1, 0), (5, 4, 2, 0), (6, 11, 2, 0), (7, 18, 2, 1)]


@pytest.mark.parametrize(("until", "rounds"), [("days", 4), ("weeks", 7), (None, 7), (5, 5), (1, 1)])
def test_until_makes_a_round_the_last(until: str | int | None, rounds: int) -> None:
    """A leg's last round, or a round by its number, is final and says so; what falls due later is not reached."""
    table = Table(game(until, injects={"later": {"title": "L", "when": "day >= 4", "dispatch": "L", **ONE}}))
    while not table.state.ending:
        assert table["last_round"] == int(table["round"] == rounds)
        table.close()
    assert (table.state.round, table.state.ending) == (rounds, "open")
    assert table["heat"] == (51 if rounds >= 5 else 50)


def test_an_unknown_leg_is_refused() -> None:
    """There is no silent fall back to the whole clock."""
    with pytest.raises(ValueError, match="no leg 'months'"):
        compile_game(loaded().usable()[1], "months")


def test_the_flagships_calendar(flagship: Game, loaded_flagship: Loaded) -> None:
    """Day 39 (20 June) opens round 14; the vote's clock closes on it; round 39 opens on day 214 and closes on 221."""
    days = [tick.day for tick in flagship.clock]
    assert (len(days), days[0], days[12], days[13], days[14], days[38]) == (39, 0, 36, 39, 46, 214)
    election = compile_game(loaded_flagship.usable()[1], "election")
    assert [tick.last for tick in election.clock] == [False] * 12 + [True]
    assert [t.leg for t in flagship.clock] == [0] * 13 + [1] * 26


# -- the machines among the rules


def test_phase_and_provisions_take_one_step_a_round_after_all_rules() -> None:
    """Provisions in file order, then the phase; each reads what the step before it left, and moves once."""
    compiled = game(
        agreements={"paper": {"title": "P", "provisions": {
            "truce_line": {"text": "T", "steps": [{"to": "breached", "when": "heat >= 51"},
                                                  {"to": "restored", "from": "breached"}]},
            "access": {"text": "A", "steps": [{"to": "suspended", "when": "truce_line is breached"}]}}}},
        phases={"start": "calm", "states": {p: {"title": p} for p in ("calm", "alarm", "panic")}, "steps": [
            {"to": "panic", "from": "alarm"}, {"to": "alarm", "from": "calm", "when": "access is suspended"}]},
        rules={"up": {**ONE, "at": "end"}})
    table = Table(compiled)
    assert happened(table.close()) == ["up", "truce_line.breached#0", "access.suspended#0", "phase.alarm#1"]
    assert (table["truce_line"], table["access"], table["phase"]) == ("breached", "suspended", "alarm")
    assert happened(table.close()) == ["up", "truce_line.restored#1", "phase.panic#0"]
    assert happened(table.close()) == ["up", "truce_line.breached#0"]


def test_a_move_can_put_a_provision_where_it_says() -> None:
    """A step that a move causes is part of that move; the machine's own steps follow from there at the close."""
    compiled = game(
        agreements={"paper": {"title": "P", "provisions": {
            "line": {"text": "T", "steps": [{"to": "restored", "from": "breached"}]}}}},
        moves={"break_line": move(set={"line": "breached"}), "ask": move(set={"line": "questioned"})})
    table = Table(compiled)
    events = table.close({"north": "break_line:north"})
    assert events[0].changes == ((compiled.index["line"], 0, 3),)
    assert table["line"] == "restored"
    table.close({"south": "ask:south"})
    assert table["line"] == "questioned"
