"""`detente explore` as people and programs call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.cli import edge
from tests.batch.quarrels import tiny
from tests.cli.process import COMMAND, PATIENCE, surroundings
from tests.rules.workshop import text

Detente = Callable[..., "Said"]


class Said(NamedTuple):
    """What a verb wrote, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def detente(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Detente:
    """The command in this process."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))

    def run(*args: str | Path) -> Said:
        with pytest.raises(SystemExit) as left:
            edge.run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Said(out, err, int(left.value.code or 0))

    return run


def test_everything_reached_is_fine(detente: Detente, tmp_path: Path) -> None:
    """Exit 0, a report, and saves that `replay` reads."""
    folder = tmp_path / "witnesses"
    done = detente("explore", "first-round", "--games", "30", "--save-witness", folder)
    assert done.returncode == 0, done.stderr
    assert "Endings: 3 reached of 3." in done.stdout
    assert f"witnesses are in {folder}" in done.stdout
    read = detente("replay", folder / "ending-war.detente")
    assert read.returncode == 0
    assert "Shots at the bridge" in read.stdout
    again = detente("explore", "first-round", "--games", "30", "--save-witness", folder)
    assert again.returncode == 2
    assert "already holds saves" in again.stderr


def test_something_impossible_is_a_problem(detente: Detente, tmp_path: Path) -> None:
    """Exit 1, in text with the line and in JSON with the same."""
    file = tmp_path / "tiny.yaml"
    file.write_text(text(**tiny()), encoding="utf-8")
    told = detente("explore", file, "--games", "500")
    assert told.returncode == 1
    assert "`heat >= 91` needs 91; the most that can be reached by the end is 90." in told.stdout
    done = detente("explore", file, "--games", "500", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["endings"]["blaze"]["verdict"] == "impossible"
    line = file.read_text(encoding="utf-8").split("\n")[found["endings"]["blaze"]["line"] - 1]
    assert "heat >= 91" in line
    assert f"{file}:{found['endings']['blaze']['line']}" in told.stdout


@pytest.mark.parametrize(("args", "said"), [
    (("--budget", "soon"), "is no budget"), (("--budget", "0s"), "is no budget"), (("--budget", "25h"), "is no budget"),
    (("--games", "0"), "--games"), (("--until", "month"), "no leg `month`")])
def test_wrong_use_is_told(detente: Detente, args: tuple[str, ...], said: str) -> None:
    """Exit 2 and a sentence."""
    done = detente("explore", "first-round", *args)
    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("budget", ["0.2s", "0.01min", "1"])
def test_a_budget_can_be_said_in_several_ways(detente: Detente, budget: str) -> None:
    """Seconds with or without their letter, and minutes; JSON says what it came to."""
    done = detente("explore", "first-round", "--budget", budget, "--jobs", "1", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["budget"]["seconds"] == {"0.2s": 0.2, "0.01min": 0.6, "1": 1.0}[budget]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX")
def test_ctrl_c_shows_what_was_found(tmp_path: Path) -> None:
    """The whole group is interrupted, twice, as a terminal and an impatient person do; exit 130, and a whole answer."""
    begun = subprocess.Popen([*COMMAND, "explore", "border-standoff-2021", "--until", "election", "--budget", "1h", "--json",
                              "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
                             env=surroundings(tmp_path), start_new_session=True)
    assert begun.stderr is not None
    assert any("seeded matches" in line for line in begun.stderr)
    os.killpg(begun.pid, signal.SIGINT)
    os.killpg(begun.pid, signal.SIGINT)
    out, err = begun.communicate(timeout=PATIENCE)
    assert begun.returncode == 130
    assert "Traceback" not in err
    found = json.loads(out)
    assert found["searched"]["interrupted"] is True
    assert set(found["endings"]["war"]) >= {"verdict"}
    assert len(found["phases"]) == 11
