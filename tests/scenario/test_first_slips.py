"""Slips of somebody's first afternoon that once left them guessing: each is one report that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.verbs.check import command
from sim.errors import Diagnostic
from sim.scenario.load import load_bytes
from tests.scenario.broken.reports import FOLDER

FERRY = (FOLDER / "brief_file_missing.yaml").read_text(encoding="utf-8")
WHOLE = FERRY.replace("brief: briefs/north.md", 'brief: "# Public\\nNorth runs it.\\n\\n# Confidential\\nIt is old."')
BRIEF = "# Public\nNorth runs the ferry.\n\n# Confidential\nIt is old.\n"


def told(text: str, label: str = "ferry.yaml") -> list[Diagnostic]:
    """The errors of a file, or of a folder by its label."""
    return [d for d in load_bytes({"scenario.yaml": text.encode()}, label).diagnostics if d.severity == "error"]


def checked(path: Path) -> str:
    """What `detente check` prints."""
    return CliRunner().invoke(command, [str(path)]).output


def test_a_single_file_is_told_that_nothing_beside_it_is_read(tmp_path: Path) -> None:
    """The brief lies there and is not found: the report says why, and how it would be."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/north.md").write_text(BRIEF, encoding="utf-8")
    file = tmp_path / "ferry.yaml"
    file.write_text(FERRY, encoding="utf-8")
    assert "error[R070]: a scenario of one file has no files beside it, so `briefs/north.md` is not read" in checked(file)
    assert "make a folder with this file as `scenario.yaml`" in checked(file)
    file.write_text(FERRY.replace("    brief: briefs/north.md\n", ""), encoding="utf-8")
    assert "add `brief:` and its text; beside a file alone no other file is read" in checked(file)


def test_the_main_file_of_a_folder_stands_for_the_folder(tmp_path: Path) -> None:
    """Whoever completes the path to its end gets the same answer, briefs and map included."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/north.md").write_text(BRIEF, encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text(FERRY, encoding="utf-8")
    assert checked(tmp_path / "scenario.yaml") == checked(tmp_path) == "1 scenario, no problems.\n"


@pytest.mark.parametrize(("groups", "advice"), [
    ("groups: {parties: [north, south]}", "for one of each write `per: [parties]`"),
    ("groups: {parties: [north, south], all_of_us: [south]}", "for one of each write `per: [parties]`"),
    ("groups: {parties: [south]}", "for one of each name a group: `groups: {each: [north, south]}` and `per: [each]`"),
])
@pytest.mark.parametrize("kind", ["flag", "counter"])
def test_two_actors_in_per_are_told_once_where_one_of_each_is_meant(groups: str, advice: str, kind: str) -> None:
    """One error at the list, none at the places that use it."""
    change = "set: {asks.actor: true}" if kind == "flag" else "change: {asks.actor: 1}"
    text = WHOLE.replace("groups: {parties: [north, south]}", groups).replace("by: parties, to: parties", "by: [north, south], to: [north, south]")
    text = text.replace("flags: {met:", "counters: {asks: {text: Asked., per: [north, south]}}\nflags: {met:") if kind == "counter" else \
        text.replace("flags: {", "flags: {asks: {text: Asked., per: [north, south]}, ")
    text = text.replace("tier: negotiation, opens", f"when: not asks.actor, {change}, tier: negotiation, opens")
    if kind == "counter":
        text = text.replace("when: not asks.actor", "when: asks.actor < 2")
    [found] = told(text)
    assert (found.code, found.help) == ("R024", advice)
    assert found.message == f"`asks` is one {kind} for the pair, and is asked of each of them"
    assert found.span is not None
    line = text.split("\n")[found.span.line - 1]
    assert "per: [north, south]" in line[found.span.column - 1:] or line[found.span.column - 1:].startswith(("[north", "asks"))


def test_a_flag_of_a_pair_stays_one() -> None:
    """Whoever asks for it by both names meant it."""
    text = WHOLE.replace("flags: {", "flags: {asks: {text: Asked., per: [north, south]}, ").replace(
        "tier: negotiation, opens", "when: not asks.north.south, set: {asks.north.south: true}, tier: negotiation, opens")
    assert told(text) == []


def test_a_limit_is_said_once_and_without_decimals() -> None:
    """60 and not 60.0."""
    [found] = told(WHOLE.replace("goals: {calm:", "policy: {weights: {invite: 70}}\n    goals: {calm:"))
    assert found.message == "`70` is too large for `invite`"
    assert found.help == "write at most 60"


def test_a_file_of_three_lines_is_told_all_that_it_lacks_and_where_to_learn_it() -> None:
    """One report with every section, the command that writes a first scenario and the page that grows one."""
    [found] = told("format: 1\nid: ferry\ntitle: The Ferry\n")
    assert found.message == "`clock`, `actors`, `moves` and `endings` are missing from the file"
    assert "`detente new`" in found.help
    assert "docs/authoring.md" in found.help


def test_effects_beside_branches_are_told_where_they_stand() -> None:
    """In the answer to an offer too: the caret is under `change`, not under the answer's title."""
    text = WHOLE.replace("accept: {set: {met: true}, change: {anger: -8}}",
                         "accept: {title: Meet, change: {anger: -8}, branches: [{chance: even, set: {met: true}}, {chance: rest}]}")
    [found] = told(text)
    assert found.code == "E030"
    assert found.span is not None
    line = text.split("\n")[found.span.line - 1]
    assert line[found.span.column - 1:found.span.end_column - 1] == "change"


def test_an_inject_whose_branches_all_speak_needs_no_dispatch_of_its_own() -> None:
    """Without it nothing is reported; what is left to say is left out."""
    inject = ("injects: {fog: {title: Fog, when: round == 2, branches: [{chance: even, change: {delay: 1}, dispatch: Fog.}, "
              "{dispatch: The fog lifts.}]}}\n")
    found = load_bytes({"scenario.yaml": WHOLE.replace("endings:", inject + "endings:").encode()}, "ferry.yaml").diagnostics
    assert [d for d in found if d.code in ("M002", "W121", "W128")] == []
