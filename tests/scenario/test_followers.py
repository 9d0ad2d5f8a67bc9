"""One slip is told once, at the slip: misspelt declarations, missing ones, refused parts, unreadable sections."""

from __future__ import annotations

import pytest

from sim.errors import Diagnostic
from sim.scenario.load import load_files
from tests.conftest import SCENARIOS

TEXT = (SCENARIOS / "first-round" / "scenario.yaml").read_text("utf-8")


def check(*pairs: tuple[str, str], every: bool = False) -> tuple[Diagnostic, ...]:
    """The scenario with some words exchanged."""
    text = TEXT
    for right, wrong in pairs:
        assert right in text, right
        text = text.replace(right, wrong) if every else text.replace(right, wrong, 1)
    return load_files({"scenario.yaml": text}, "x.yaml").diagnostics


def line_of(words: str, text: str = TEXT) -> int:
    """The line on which some words first stand."""
    return text[:text.index(words)].count("\n") + 1


@pytest.mark.parametrize(("right", "wrong", "name"), [
    ("  tension: {start", "  tensoin: {start", "tension"),
    ("  velmora:\n", "  velmroa:\n", "velmora"),
    ("groups: {parties:", "groups: {partys:", "parties"),
    ("  talks: {title: Talks, asks", "  talk: {title: Talks, asks", "talks"),
])
def test_a_misspelt_declaration_is_told_where_it_stands(right: str, wrong: str, name: str) -> None:
    """Not at the many places that speak of it; their lines are named."""
    found = check((right, wrong))
    assert len(found) <= 2, [d.render(None) for d in found]
    first = found[0]
    assert first.span is not None
    assert first.span.line == line_of(right.strip())
    assert f"`{name}`" in first.message + first.help


def test_a_name_that_is_declared_nowhere_is_told_once() -> None:
    """With all the lines that speak of it, and without offering a name that only looks like it."""
    text_line = next(line for line in TEXT.split("\n") if line.startswith("  lanes: "))
    found = check((text_line + "\n", ""))
    errors = [d for d in found if d.severity == "error"]
    assert [d.code for d in errors] == ["G101"]
    assert len(errors[0].also) >= 4
    assert "lines speak of it" in errors[0].help


def test_an_actor_that_is_declared_nowhere_hides_what_comes_from_it() -> None:
    """The report counts what it leaves out."""
    start, end = TEXT.index("  osk:\n"), TEXT.index("groups: {parties")
    found = check((TEXT[start:end], ""))
    assert len(found) <= 3, [d.render(None) for d in found]
    assert any(d.code == "R001" and "`osk`" in d.message and d.hidden for d in found)


def test_a_misspelt_key_is_not_also_missing() -> None:
    """And what stands under it is known by its right name."""
    (found,) = check(("tracks:\n", "trakcs:\n"))
    assert (found.code, found.help) == ("M001", "did you mean `tracks`?")


def test_a_section_moved_in_is_told_as_that() -> None:
    """Its entries are read as if it stood at the left edge."""
    (found,) = check(("\nmoves:\n", "\n  moves:\n"))
    assert found.code == "M005"
    assert found.span is not None
    assert found.span.line == line_of("moves:\n")


def test_warnings_wait_for_the_errors_that_may_cause_them() -> None:
    """Nobody can say what is never used while names are unknown."""
    codes = [d.code for d in check(("  protest: {title", "  protes: {titel"), ("tier: measures, group: force", "tier: measure, group: force"))]
    assert all(code[0] in "MRG" for code in codes), codes


def test_sections_that_can_be_read_are_checked_although_another_cannot() -> None:
    """A bracket that is never closed in one, a misspelt key and a wrong form in others: one pass."""
    found = check(("alarm: {title: Alarm}}", "alarm: {title: Alarm}"), ("code: OSK", "code: osk"), ("chance: unlikely", "chanse: unlikely"))
    assert [(d.code, d.span and d.span.line) for d in found] == [
        ("Y018", line_of("alarm: {title: Alarm}")), ("M003", line_of("code: OSK")), ("M001", line_of("chance: unlikely"))]


def test_two_sections_that_cannot_be_read_are_both_told() -> None:
    """As far as they do not stand beside each other, where one may be the other's fault."""
    found = check(("alarm: {title: Alarm}}", "alarm: {title: Alarm}"), ("score: 100 - 50 * lanes", "score: @100"))
    assert [d.code for d in found] == ["Y016", "Y018"]


def test_what_stands_beside_an_unreadable_section_is_not_blamed() -> None:
    """A line at the left edge cuts a section in two; its halves are not told to be incomplete."""
    found = check(("    code: VEL\n", "code VEL\n"))
    assert len(found) == 1
    assert found[0].code[0] == "Y"


def test_the_record_of_history_is_held_against_the_scenario() -> None:
    """Names of seats, moves, endings and tracks, and rounds beyond the clock."""
    history = """\
scenario: first-round
ending: peace
rounds:
  "1":
    orders: [{seat: osk, move: close_lan}, {seat: velmora, move: close_lane}]
    events: [{title: Rain, change: {tensoin: 3}}]
    rules: {rumor: true}
  "9": {}
"""
    found = load_files({"scenario.yaml": TEXT, "history.yaml": history}, "x").errors
    assert sorted((d.code, d.span.line if d.span else 0) for d in found) == [
        ("R010", 6), ("R072", 5), ("R081", 2), ("R081", 7), ("R082", 8), ("R083", 5)]
