"""The pages of the repository say what the code does."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.scenario.schema.manual import documented, page, schema
from sim.words.glossary import page as glossary_page

ROOT = Path(__file__).parents[2]


def test_the_readme_example_runs_as_printed():
    """Every line of the API example in the README gives what stands under it."""
    failures, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried > 5
    assert failures == 0


def test_the_format_page_is_the_one_made_from_the_models():
    """docs/scenario-format.md equals what `python -m docs.make` writes."""
    assert (ROOT / "docs/scenario-format.md").read_text(encoding="utf-8") == page()


def test_the_glossary_is_the_one_of_the_game():
    """docs/glossary.md equals what `python -m docs.make` writes."""
    assert (ROOT / "docs/glossary.md").read_text(encoding="utf-8") == glossary_page()


def test_every_key_of_the_format_has_a_meaning():
    """No row of the format page ends with an empty cell."""
    empty = [line for line in page().splitlines() if re.match(r"^\| `.*\|\s*\|$", line)]
    assert empty == []


def test_editors_get_the_same_words():
    """The JSON Schema describes a field with the docstring under it."""
    assert schema()["$defs"]["Move"]["properties"]["tier"]["description"] == documented()["Move"]["tier"]


def test_the_readme_has_exactly_two_set_up_commands():
    """Both begin with a fresh virtual environment; CI takes the second from here."""
    commands = re.findall(r"^ {4}(python3 -m venv .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/detente play border-standoff-2021",
        "python3 -m venv .venv && .venv/bin/pip install '.[dev]' && .venv/bin/python -m pytest",
    ]


@pytest.mark.parametrize("page_name", ["README.md", "docs/architecture.md", "docs/glossary.md", "docs/authoring.md",
                                       "docs/cookbook.md"])
def test_links_of_the_pages_lead_somewhere(page_name):
    """Every relative link names a file of the repository."""
    source = ROOT / page_name
    for target in re.findall(r"\]\((?!http)([^)#]+)", source.read_text(encoding="utf-8")):
        assert (source.parent / target).exists(), target


def test_the_rooms_keep_their_layers():
    """import-linter finds every contract of pyproject.toml kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
