"""docs/teaching.md says what the program does: its commands, options, buttons, minutes, and the pictures it shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path

import pytest

from sim.cli.command import VERBS
from sim.report.plan import Plan, Step, plan
from sim.scenario.load import load
from sim.words.catalog import Catalog
from tests.docs.pages import Desk, Page

ROOT = Path(__file__).parents[2]
TEACHING = ROOT / "docs/teaching.md"
PICTURES = 1_500_000
"""Bytes of all pictures of the page together, at most."""


@pytest.fixture(scope="module")
def text() -> str:
    """The page."""
    return TEACHING.read_text(encoding="utf-8")


def test_the_commands_of_the_page_print_what_it_says(text: str, tmp_path: Path) -> None:
    """Every block with `$ ` is carried out."""
    page = Page(text)
    assert [block.kind for block in page.blocks].count("console") >= 2
    assert [str(it) for it in Desk(tmp_path).carry_out(page.blocks)] == []


def commands(text: str) -> Iterator[str]:
    """Every command that begins with `detente` and a verb, in blocks and in lines."""
    for found in re.finditer(r"`detente ([^`]+)`|^(?: {4}|\$ )detente (.+?)(?: {2,}.*)?$", text, re.MULTILINE):
        yield found[1] or found[2]


def test_every_verb_and_option_of_the_page_exists(text: str) -> None:
    """Also in commands that a test cannot run, such as hosting."""
    seen = set()
    for command in commands(text):
        verb, *rest = shlex.split(command)
        assert verb in VERBS, command
        seen.add(verb)
        known = {name for it in import_module(VERBS[verb].module).command.params
                 for name in (*it.opts, *it.secondary_opts)} | {"--help"}
        given = {word.partition("=")[0] for word in rest if word.startswith("-") and word != "-"}
        assert given <= known, command
        for word in rest:
            if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", word) and "." not in word:
                assert (ROOT / "scenarios" / word).is_dir(), command
    assert {"host", "print", "play", "run", "export", "join"} <= seen


def test_every_button_of_the_page_exists(text: str) -> None:
    """What stands in bold is a button or a heading of the facilitator's page, the join page or the text page."""
    from sim.serve.facilitator.page import TRIGGERS

    pages = " ".join(file.read_text(encoding="utf-8") for file in (ROOT / "sim/serve/pages").glob("*.html"))
    pages += " ".join(TRIGGERS.values())
    bold = set(re.findall(r"\*\*([^*]+)\*\*", text))
    assert len(bold) > 15
    assert sorted(button for button in bold if button.rstrip(" …") not in pages) == []


def grouped(found: Plan) -> list[tuple[str, str, str]]:
    """The steps of each sitting with its rounds in one: from, minutes, what."""
    out = []
    for number, sitting in enumerate(found.sittings, 1):
        at = f"{number}: " if len(found.sittings) > 1 else ""
        for rounds, steps_ in groupby(sitting, key=lambda step: step.title.startswith("Round")):
            steps = list(steps_)
            out += [(f"{at}{told[0].clock}", str(sum(step.minutes for step in told)), _named(told))
                    for told in ([steps] if rounds else [[step] for step in steps])]
    return out


def _named(steps: list[Step]) -> str:
    if len(steps) == 1:
        return steps[0].title
    return f"{steps[0].title.replace('Round', 'Rounds')} to {steps[-1].title.removeprefix('Round ')}"


@pytest.mark.parametrize("preset", ["hour", "double", "day"])
def test_the_minutes_are_those_of_the_presets(text: str, preset: str) -> None:
    """Every step of the flagship's lessons stands in its table, in order, and nothing else."""
    catalog = Catalog(load(ROOT / "scenarios/border-standoff-2021").usable()[1])
    section = text.partition(f"\n`detente host border-standoff-2021 --preset {preset}`")[2].partition("\n### ")[0].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\d: ]+) \| (\d+) \| ([^|]+) \|", section, re.MULTILINE)
    assert [(a.strip(), b, c.strip()) for a, b, c in rows] == grouped(plan(catalog, preset))


def test_the_pictures_are_there_and_small(text: str) -> None:
    """Each one is made by docs/pictures/classroom.py, has words for who cannot see it, and together they are light."""
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text)
    assert len(shown) >= 4
    assert all(len(words) > 10 for words, _ in shown)
    files = [TEACHING.parent / name for _, name in shown]
    assert sum(file.stat().st_size for file in files) < PICTURES
    script = (ROOT / "docs/pictures/classroom.py").read_text(encoding="utf-8")
    assert all(f'"{file.stem}"' in script for file in files)


def test_links_of_the_page_lead_somewhere(text: str) -> None:
    """Files of the repository, and headings of the page itself."""
    headings = {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\((?!http)([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        assert not file or (TEACHING.parent / file).exists(), target
        assert file or anchor in headings, target
