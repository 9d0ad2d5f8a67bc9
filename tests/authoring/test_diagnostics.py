"""The catalogue of diagnostics: an entry for every code, and examples that do what they say."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.authoring.diagnostics import FAMILIES, Entry, as_text, catalogue, entry, files_of, listing, page
from sim.cli.command import detente
from sim.cli.verbs.check import checked_files
from sim.errors import UsageError
from sim.scenario.dossier import load_dossiers

ROOT = Path(__file__).parents[2]
PAIRS = [it for it in catalogue().values() if it.wrong and not it.command]


def codes(it: Entry, which: str, folder: Path) -> list[str]:
    """What is reported of a piece, completed to a whole scenario."""
    files = files_of(it, which)
    if it.file == "dossier.yaml":
        (folder / "dossier.yaml").write_bytes(files["dossier.yaml"])
        return [d.code for d in load_dossiers(folder, ["dossier"])[1]]
    return [d.code for d in checked_files(files, "the-bridge").diagnostics]


@pytest.mark.parametrize("it", PAIRS, ids=[it.code for it in PAIRS])
def test_a_wrong_piece_is_reported_with_its_code_and_a_right_one_with_nothing(it, tmp_path):
    """What the page prints under each code is what `check` says."""
    assert codes(it, "wrong", tmp_path)[:1] == [it.code]
    assert codes(it, "right", tmp_path) == []


def test_every_code_of_the_program_has_an_entry_and_every_entry_a_use():
    """Codes are found in the source: texts of a capital letter and three digits."""
    used = set()
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("[A-Z][0-9]{3}", node.value):
                used.add(node.value)
    assert used - set(catalogue()) == set()
    assert set(catalogue()) - used == set()


def test_what_an_author_gets_wrong_has_a_pair_of_examples():
    """Only what no short piece can show is without one, and says why; sixty can be reached by `check`."""
    without = [it for it in catalogue().values() if not it.command and not (it.wrong and it.right)]
    assert all(it.no_example for it in without)
    assert len(without) <= 5
    assert len(PAIRS) >= 60


def test_entries_are_written_for_people():
    """A title without a full stop, sentences with one, short pieces, and nothing of this machine."""
    for it in catalogue().values():
        assert it.title[-1] not in ".!:", it.code
        assert it.meaning[-1] in ".`)", it.code
        assert it.do[-1] in ".`)E%5", it.code
        assert len(it.wrong.split("\n")) <= 24, it.code
        assert it.family in FAMILIES


def test_the_page_is_the_one_made_from_the_catalogue():
    """docs/diagnostics.md equals what `python -m docs.make` writes, and holds every code."""
    written = (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8")
    assert written == page()
    assert re.findall(r"^### ([A-Z]\d{3}) ·", written, re.MULTILINE) == list(catalogue())


def test_an_entry_on_the_terminal_has_both_pieces():
    """Title, meaning, what to do, wrong, right; prose wrapped at 80 columns."""
    text = as_text(entry("g202"))
    assert text.startswith("G202  A condition that never holds  (warning)\n")
    assert text.index("What to do:") < text.index("Wrong:") < text.index("Right:")
    assert all(len(line) <= 80 for line in text.split("\n") if not line.startswith("    "))


def test_an_unknown_code_is_told_with_the_nearest():
    """The exit code is 2 for what does not exist."""
    with pytest.raises(UsageError, match="did you mean `G202`"):
        entry("G222")
    done = CliRunner().invoke(detente, ["explain", "G222"])
    assert isinstance(done.exception, UsageError)


def test_explain_answers_with_json_and_lists_the_families():
    """One entry, or all of them by family."""
    told = json.loads(CliRunner().invoke(detente, ["explain", "W121", "--json"]).output)
    assert (told["code"], told["severity"], told["file"]) == ("W121", "warning", "scenario.yaml")
    assert "branches" in told["wrong"]
    every = json.loads(CliRunner().invoke(detente, ["explain", "--json"]).output)["codes"]
    assert [it["code"] for it in every] == list(catalogue())
    shown = CliRunner().invoke(detente, ["explain"]).output
    assert shown == listing()
    assert "W  Left over" in shown


def test_check_names_explain_once_at_its_end(tmp_path):
    """A reader who meets a code for the first time is told where to look it up."""
    files = files_of(entry("W126"), "wrong")
    (tmp_path / "scenario.yaml").write_bytes(files["scenario.yaml"])
    done = CliRunner().invoke(detente, ["check", str(tmp_path)])
    assert done.output.splitlines()[-1] == "`detente explain W126` tells more."
    assert done.exit_code == 0
