"""A chance that follows a track: seventeen entries, a straight line between what the author gave."""

from __future__ import annotations

from pathlib import Path

from sim.rules.compile import compile_game
from sim.rules.tables import SURE
from sim.scenario.load import load, load_files

FIRST = Path(__file__).parents[2] / "scenarios" / "first-round"
RUMOUR = "rules: {rumour: {when: tension >= 60, chance: unlikely,"


def with_hazard(text: str) -> dict[str, str]:
    """First Round with its rumour's chance replaced."""
    files = load(FIRST).files
    main = files["scenario.yaml"]
    assert RUMOUR in main
    return {**files, "scenario.yaml": main.replace(RUMOUR, f"rules: {{rumour: {{when: tension >= 0, {text},")}


def test_a_hazard_is_a_table_of_seventeen_on_a_straight_line():
    """Level before the first point, rising between, level after the last, in 65,536ths."""
    loaded = load_files(with_hazard("hazard: {of: tension, at: {25: 25 %, 75: 75 %}}"), "x")
    rule = next(r for r in compile_game(loaded.usable()[1]).close_rules if r.key == "rumour")
    assert len(rule.table) == 17
    assert rule.table[0] == rule.table[4] == SURE // 4
    assert rule.table[8] == SURE // 2
    assert rule.table[12] == rule.table[16] == 3 * SURE // 4
    assert list(rule.table) == sorted(rule.table)


def test_play_reads_the_entry_of_todays_value():
    """Certain at the top and all but impossible at the bottom: the rumour follows tension and nothing else."""
    from sim.policies import playout, policy
    heard: dict[str, int] = {}
    for name, points in (("low", "{49: remote, 50: 100 %}"), ("never", "{0: 0.001 %, 100: 0.001 %}"), ("ever", "{0: 100 %}")):
        loaded = load_files(with_hazard(f"hazard: {{of: tension, at: {points}}}"), "x")
        game = compile_game(loaded.usable()[1])
        happened: list[str] = []
        for seed in range(20):
            playout(game, seed, {seat: policy("persona") for seat in game.seats},
                    lambda _, __, events: happened.extend(e.id for e in events if e.id == "rumour"))  # noqa: B023
        heard[name] = len(happened)
    assert heard["never"] == 0 < heard["low"] < heard["ever"]


def test_a_hazard_of_something_without_a_range_is_told():
    """A phase, a misspelled track: one problem with a suggestion."""
    found = load_files(with_hazard("hazard: {of: tensoin, at: {0: 1 %}}"), "x").errors
    assert [(d.code, "tension" in d.help) for d in found] == [("R010", True)]
