"""`detente check --expect` as people and programs call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.play.match import Match
from tests.batch.quarrels import tiny
from tests.cli.process import COMMAND, PATIENCE, surroundings
from tests.cli.test_odds import Detente, detente
from tests.rules.workshop import loaded

__all__ = ["detente"]

KEYS = {"scenario", "text", "verdict", "known_by", "why", "path", "line", "column", "games", "share", "mean", "witness"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small scenario with a promise of each verdict."""
    return written(tmp_path / "small.yaml", "warm can happen", "blaze can happen", "heat >= 90 never holds",
                   "warm in at most 99 % of games")


def written(path: Path, *lines: str) -> Path:
    """The small quarrel in a file."""
    content = yaml.safe_load(loaded(**tiny()).files["scenario.yaml"])
    path.write_text(yaml.safe_dump({**content, "expect": list(lines)}, sort_keys=False), encoding="utf-8")
    return path


def answer(detente: Detente, *args: str) -> tuple[list[dict[str, Any]], int]:
    """The promises of the answer to a program, and the exit code."""
    done = detente("check", *args, "--expect", "--jobs", "1", "--json")
    found = json.loads(done.stdout)
    assert set(found) == {"diagnostics", "promises"}
    assert all(set(it) == KEYS for it in found["promises"])
    return found["promises"], done.returncode


def test_each_promise_is_told_with_what_it_rests_on(detente: Detente, small: Path) -> None:
    """Documented keys; 1 because a promise is broken, whose match can be replayed as printed."""
    found, code = answer(detente, str(small))
    assert code == 1
    by = {it["text"]: it for it in found}
    assert [by[text]["verdict"] for text in ("warm can happen", "blaze can happen", "heat >= 90 never holds")] == \
        ["kept", "broken", "broken"]
    assert by["blaze can happen"]["known_by"] == "proof"
    broken = by["heat >= 90 never holds"]
    assert (broken["known_by"], broken["witness"]["round"]) == ("match", 2)
    assert small.read_text(encoding="utf-8").split("\n")[broken["line"] - 1][broken["column"] - 1:] == "heat >= 90 never holds"
    assert set(by["warm in at most 99 % of games"]["share"]) == {"count", "share", "low", "high"}
    with Match.read(Path(broken["witness"]["save"])) as match:
        assert match.state.values[match.game.index["heat"]] >= 90
    told = detente("check", str(small), "--expect", "--jobs", "1")
    assert told.returncode == 1
    assert "4 promises: 2 kept, 2 broken." in told.stdout
    (line,) = [it for it in told.stdout.splitlines() if "detente replay" in it]
    assert detente("replay", line.split("detente replay ")[1], "--json").returncode == 0


def test_undecided_is_no_failure_unless_strict(detente: Detente, tmp_path: Path) -> None:
    """0 where nothing is broken, 1 for --strict; and witnesses of kept promises go where they are asked for."""
    kept = written(tmp_path / "kept.yaml", "warm can happen")
    assert answer(detente, str(kept), "--save-witness", str(tmp_path / "shown"))[1] == 0
    assert [it.name for it in (tmp_path / "shown").iterdir()] == ["workshop-promise-1.detente"]
    undecided = written(tmp_path / "open.yaml", "warm in at least 1 % of games")
    found, code = answer(detente, str(undecided), "--budget", "0.001s")
    assert [it["verdict"] for it in found] == ["undecided"]
    assert code == 0
    assert answer(detente, str(undecided), "--budget", "0.001s", "--strict")[1] == 1


def test_options_of_retesting_need_expect(detente: Detente) -> None:
    """Exit 2 with a sentence."""
    done = detente("check", "first-round", "--budget", "5s")
    assert done.returncode == 2
    assert "add --expect" in done.stderr


def test_a_promise_that_cannot_be_read_is_told_without_expect(detente: Detente, tmp_path: Path) -> None:
    """A plain check names it, and with --expect nothing of that scenario is retested."""
    wrong = written(tmp_path / "wrong.yaml", "wram can happen")
    done = detente("check", str(wrong))
    assert done.returncode == 1
    assert "X003" in done.stdout
    assert "did you mean `warm`" in done.stdout
    again = detente("check", str(wrong), "--expect")
    assert again.returncode == 1
    assert "not retested" in again.stderr


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX")
def test_ctrl_c_tells_what_is_known(tmp_path: Path) -> None:
    """Twice, to the whole group: exit 130, every promise in the answer, no traceback."""
    begun = subprocess.Popen([*COMMAND, "check", "first-round", "--expect", "--budget", "1h", "--json", "--seed", "9"],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
                             env=surroundings(tmp_path), start_new_session=True)
    assert begun.stderr is not None
    assert any("every match" in line for line in begun.stderr)
    os.killpg(begun.pid, signal.SIGINT)
    os.killpg(begun.pid, signal.SIGINT)
    out, err = begun.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    assert begun.returncode == 130
    assert len(json.loads(out)["promises"]) == 2
