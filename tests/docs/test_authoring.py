"""The tutorial, typed from its first line to its last: every file it makes, every command, every answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from sim.scenario.reading.document import read
from tests.docs.pages import Block, Desk, Page, added, same

PAGES = Path(__file__).parents[2] / "docs"
PAGE = Page.of(PAGES / "authoring.md")
SCENARIO = "route-nine"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An empty folder, as the reader begins."""
    return Desk(tmp_path_factory.mktemp("afternoon"))


@pytest.fixture(scope="module")
def differences(desk: Desk) -> list[str]:
    """Where the page says something else than the program, after all of it was carried out."""
    return [str(it) for it in desk.carry_out(PAGE.blocks)]


def test_every_answer_on_the_page_is_the_programs(differences: list[str]) -> None:
    """The page typed from top to bottom gives what stands on it."""
    assert differences == []


def test_the_page_begins_with_nothing_and_shows_what_goes_wrong() -> None:
    """A file with one comment, a failing check, a proof of what cannot happen: the three a beginner meets first."""
    yaml = [block for block in PAGE.blocks if block.kind == "yaml" and block.name]
    assert yaml[0].text.startswith("#")
    assert yaml[0].text.count("\n") == 1
    shown = "".join(block.text for block in PAGE.blocks if block.kind == "console")
    assert "3 errors in 1 scenario." in shown
    assert "impossible: `rise >= 5`" in shown
    assert "A deal to be proud of" in shown


def test_texts_with_signs_are_read_as_the_page_says() -> None:
    """The example under that heading is read without a problem, and each of its texts is what is printed."""
    block = next(it for it in PAGE.blocks if it.kind == "yaml" and not it.name)
    found = read("page", block.text.encode())
    assert found.diagnostics == ()
    assert found.value == {
        "title": "Route Nine: the first day", "text": "The depot is at stop #9, behind the school.",
        "says": '"Not today", say the drivers.', "dispatch": "{actor} asks {target} for a meeting.",
        "blurb": "A long text goes on over several lines. On the screen they are one paragraph.",
        "brief": '# Public\nHere every line stays a line: no sign needs anything, not even "this" one.\n'}
    for key in ("title", "text", "says", "dispatch"):
        bare = read("page", f"{key}: {found.value[key]}".encode())
        assert bare.value != {key: found.value[key]}, "it would need no marks"


@pytest.mark.usefixtures("differences")
def test_what_stands_at_the_end_is_a_tested_scenario(desk: Desk) -> None:
    """The assembled file has no problem under `--strict`, and every ending, move and offer can happen."""
    assert desk.run(f"detente check {SCENARIO} --strict") == "1 scenario, no problems.\n"
    told = json.loads(desk.run(f"detente explore {SCENARIO} --games 60 --seed 1 --jobs 1 --json"))
    for kind in ("endings", "moves"):
        assert {it["verdict"] for it in told[kind].values()} == {"reached"}, kind


@pytest.mark.parametrize("name", ["authoring.md", "cookbook.md"])
def test_commands_in_the_prose_exist(name: str) -> None:
    """Each `detente VERB --option` that a sentence names is a verb with that option."""
    from sim.cli.command import detente

    text = (PAGES / name).read_text(encoding="utf-8")
    for command in re.findall(r"`detente ([a-z].*?)`", text, re.DOTALL):
        verb, *words = command.split()
        found = detente.get_command(click.Context(detente), verb)
        assert found is not None, command
        known = {option for it in found.params for option in it.opts}
        assert {word for word in words if word.startswith("--")} <= known, command


def test_a_page_that_is_wrong_is_told(tmp_path: Path) -> None:
    """A figure that the program does not print is a difference, with its line, command and both texts."""
    wrong = "\n```text it.yaml\n# nothing\n```\n\n```console\n$ detente check it.yaml\n…\n7 errors in 1 scenario.\n```\n"
    off = Desk(tmp_path).carry_out(Page(wrong).blocks)
    assert [it.line for it in off] == [7]
    assert "-7 errors in 1 scenario." in str(off[0])
    assert "+1 error in 1 scenario." in str(off[0])


@pytest.mark.parametrize(("said", "printed", "equal"), [
    ("a\nb\n", "a\nb\n", True),
    ("a\n…\nd\n", "a\nb\nc\nd\n", True),
    ("…\nd\n", "d\n", True),
    ("a\n…\n", "b\na\n", False),
    ("a\nd\n", "a\nb\nd\n", False),
    ("seed 1, 3 seconds.\n", "seed 1, 1 second.\n", True),
    ("seed 1, 3 seconds.\n", "seed 2, 3 seconds.\n", False),
])
def test_lines_may_be_left_out_and_clocks_do_not_count(said: str, printed: str, equal: bool) -> None:
    """A line `…` stands for any whole lines; a time is masked; nothing else is forgiven."""
    assert same(said, printed) is equal


def test_a_piece_goes_where_the_page_says() -> None:
    """What is there stays, equal names are replaced, new ones end their section, `whole` replaces sections."""
    whole = "a: 1\nb:\n  c: {x: 1}\n\n  d:\n    e: 2\nf:\n  - g\n"
    assert added(whole, "b:\n  d:\n    h: 3\n  c: 4\ni: 5\n") == (
        "a: 1\nb:\n  c: 4\n  d:\n    e: 2\n    h: 3\nf:\n  - g\ni: 5\n")
    assert added(whole, "b:\n  z: 1\n", sections=True) == "a: 1\nb:\n  z: 1\nf:\n  - g\n"


def test_a_block_is_told_by_its_fence() -> None:
    """Kind, name and line of each fenced block; a bare `yaml` block only shows and writes nothing."""
    page = Page("# T\n\n```yaml a.yaml\nx: 1\n```\n\n## U\n\n```yaml\ny: 2\n```\n")
    assert page.blocks == [Block("yaml", "a.yaml", "x: 1\n", 3), Block("yaml", "", "y: 2\n", 9)]
    assert {head: len(blocks) for head, blocks in page.stories(2).items()} == {"": 1, "U": 1}
