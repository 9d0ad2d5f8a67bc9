"""`detente new` as a real process: on a terminal, through a pipe, from a file of answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pexpect

from sim.authoring.interview.asking import Interview
from sim.scenario.reading.document import read
from tests.cli.process import COMMAND, PATIENCE, detente, surroundings


def test_enter_alone_makes_a_scenario_that_passes_and_plays(tmp_path: Path) -> None:
    """Empty lines through a pipe, one answer changed in the summary; the commands that are named: check passes, the match runs."""
    suggested = Interview()
    suggested.take_defaults()
    made = detente("new", "mine", home=tmp_path, lines="\n" * len(suggested.summary) + "99\n1\nThe Dry Year\n\n")
    assert made.returncode == 0, made.stderr
    assert "  1. Title: The Dry Summer\n" in made.stdout
    assert "Give a number from 1 to" in made.stdout
    assert "[your answer: The Dry Summer]" in made.stdout
    assert "“The Dry Year” is in mine and passes the check." in made.stdout
    assert "What is the scenario called?" in made.stdout
    assert all(f"detente {verb} mine" in made.stdout for verb in ("play", "watch", "explore"))
    assert detente("check", "mine", "--strict", home=tmp_path).stdout == "1 scenario, no problems.\n"
    assert "Highmark" in detente("run", "mine", "--seed", "1", home=tmp_path).stdout


def test_an_interview_that_ends_early_loses_nothing(tmp_path: Path) -> None:
    """The end of the input keeps the answers and says how to go on; going on asks only the rest."""
    half = detente("new", "bus strike", home=tmp_path, lines="The Bus Strike\n?\nback\nThe Bus Strike\nthe pay of bus drivers\nx\n")
    assert half.returncode == 1
    assert "detente new 'bus strike' --answers 'bus strike.answers.yaml'" in half.stdout
    assert "The name in the list of scenarios." not in half.stdout
    assert "A few words that all sides could accept" in half.stdout
    kept = read("answers", (tmp_path / "bus strike.answers.yaml").read_bytes()).value
    assert kept == {"title": "The Bus Strike", "quarrel": "the pay of bus drivers"}
    assert not (tmp_path / "bus strike").exists()
    whole = detente("new", "bus strike", "--answers", "bus strike.answers.yaml", home=tmp_path, lines="\n" * 40)
    assert whole.returncode == 0, whole.stderr
    assert "What is the scenario called?" not in whole.stdout
    assert "title: The Bus Strike" in (tmp_path / "bus strike" / "scenario.yaml").read_text(encoding="utf-8")


def test_ctrl_c_keeps_the_answers_and_is_an_interruption(tmp_path: Path) -> None:
    """On a terminal: one answer, Ctrl-C, exit code 130, no traceback."""
    child = pexpect.spawn(COMMAND[0], [*COMMAND[1:], "new", "mine"], cwd=str(tmp_path), env=surroundings(tmp_path),
                          encoding="utf-8", timeout=PATIENCE, dimensions=(40, 100))
    child.expect("called.*> ")
    child.sendline("One Thing")
    child.expect("quarrel about.*> ")
    child.sendintr()
    child.expect("The answers so far are in mine.answers.yaml")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in (child.before or "")
    assert (tmp_path / "mine.answers.yaml").is_file()


def test_without_questions_and_as_json(tmp_path: Path) -> None:
    """`--yes` takes what is suggested, `--answers` what a file says; the answer names every file."""
    (tmp_path / "a.yaml").write_text("sides: [Երևան, Bakı]\nmediator: River Commission\nrounds: 4\n", encoding="utf-8")
    made = detente("new", "deep/mine", "--answers", "a.yaml", "--yes", "--json", home=tmp_path)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert set(told["files"]) == {"scenario.yaml", "scenario.schema.json", "briefs/yerevan.md", "briefs/baki.md",
                                  "briefs/river_commission.md", "answers.yaml"}
    assert all((tmp_path / "deep/mine" / name).is_file() for name in told["files"])
    again = detente("new", "deep/mine", "--yes", home=tmp_path)
    assert (again.returncode, "With `--again` it is made anew" in again.stderr) == (2, True)
    anew = detente("new", "deep/mine", "--again", home=tmp_path, lines="1\nSomething Else\n\n")
    assert anew.returncode == 0, anew.stderr
    assert "title: Something Else" in (tmp_path / "deep/mine/scenario.yaml").read_text(encoding="utf-8")
    wrong = detente("new", "other", "--answers", "none.yaml", "--yes", home=tmp_path)
    assert (wrong.returncode, "D371" in wrong.stderr) == (2, True)
    assert sys.platform == "win32" or not (tmp_path / "other").exists()


def test_the_schema_is_named_to_who_lacks_the_line(tmp_path: Path) -> None:
    """`detente schema -o` says which line the scenario lacks; a scenario of `detente new` has it already."""
    detente("new", "mine", "--yes", home=tmp_path)
    had = detente("schema", "mine", "-o", "mine/scenario.schema.json", home=tmp_path)
    assert had.stdout == "The schema is in mine/scenario.schema.json.\n"
    text = (tmp_path / "mine/scenario.yaml").read_text(encoding="utf-8")
    (tmp_path / "alone.yaml").write_text(text.split("\n", 1)[1], encoding="utf-8")
    lacks = detente("schema", "alone.yaml", "-o", "mine/alone.json", home=tmp_path)
    assert lacks.stdout.endswith("# yaml-language-server: $schema=mine/alone.json\n")
