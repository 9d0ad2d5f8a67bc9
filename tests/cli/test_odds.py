"""`detente odds` as people and programs call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sim.cli import edge
from tests.cli.process import COMMAND, PATIENCE, surroundings

Detente = Callable[..., "Said"]

KEYS = {"games", "asked", "exact", "seed", "endings", "scores", "settlements", "base_rates", "sensitivity"}


class Said(NamedTuple):
    """What a verb wrote, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def detente(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Detente:
    """The command in this process: starting one for every question would take longer than the questions."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))

    def run(*args: str) -> Said:
        with pytest.raises(SystemExit) as left:
            edge.run(args)
        out, err = capsys.readouterr()
        return Said(out, err, int(left.value.code or 0))

    return run


def odds(detente: Detente, *args: str) -> dict[str, Any]:
    """The answer to a program."""
    done = detente("odds", *args, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    assert set(found) == KEYS
    return found


def test_the_answer_has_its_documented_keys_and_repeats(detente: Detente) -> None:
    """Same seed and games, same odds; `run --matches` gives the same table."""
    found = odds(detente, "first-round", "--games", "60", "--seed", "3", "--policy", "osk=one-ply")
    assert found == odds(detente, "first-round", "--games", "60", "--seed", "3", "--policy", "osk=one-ply")
    assert (found["games"], found["asked"], found["exact"], found["seed"]) == (60, 60, False, 3)
    assert found["sensitivity"] is None
    assert found["base_rates"] == []
    endings, scores = found["endings"], found["scores"]
    assert all(set(it) == {"count", "share", "low", "high"} for it in endings.values())
    assert all(set(it) == {"mean", "low", "median", "high", "par"} for it in scores.values())
    assert set(scores["osk"]["par"]) == {"median", "low", "high"}
    done = detente("run", "first-round", "--matches", "60", "--seed", "3", "--policy", "osk=one-ply", "--json")
    assert json.loads(done.stdout)["endings"] == endings


def test_shifts_come_largest_first_after_the_time_they_take(detente: Detente) -> None:
    """The expected time is said on stderr before anything is played; one comparison an outcome and start."""
    done = detente("odds", "first-round", "--seed", "3", "--games", "40", "--vary", "lanes", "--vary", "tension=±5",
                   "--json")
    assert done.returncode == 0
    assert done.stderr.startswith("40 games as written and 40 for each of 4 other starts: about ")
    found = json.loads(done.stdout)["sensitivity"]
    assert found["games"] == 40
    assert len(found["shifts"]) == 4 * (3 + 2)
    assert all(set(it) == {"track", "start", "to", "games", "kind", "id", "before", "after", "difference", "low", "high"}
               for it in found["shifts"])
    ends = [abs(it["difference"]) for it in found["shifts"] if it["kind"] == "ending"]
    assert ends == sorted(ends, reverse=True)
    told = detente("odds", "first-round", "--seed", "3", "--games", "40", "--vary").stdout
    assert "Lanes closed 1 → 2" in told
    assert "Of 35 comparisons" in told


def test_a_small_game_is_reckoned_exactly(detente: Detente) -> None:
    """Unless games are asked for; the answer says which."""
    found = odds(detente, "first-round", "--until-day", "1")
    assert (found["exact"], found["games"]) == (True, 0)
    assert found["endings"]["quarrel"] == {"count": 0, "share": 1.0, "low": 1.0, "high": 1.0}
    assert odds(detente, "first-round", "--until-day", "1", "--games", "5")["exact"] is False
    assert "exact odds over" in detente("odds", "first-round", "--until-day", "1").stdout


def test_base_rates_stand_beside_classes_of_outcome(detente: Detente) -> None:
    """Those that the endings cite, with the claim that says so."""
    found = odds(detente, "border-standoff-2021", "--until-day", "3", "--games", "2", "--seed", "1")
    assert {"claim", "settlement", "says", "dossier"} == set(found["base_rates"][0])
    told = detente("odds", "border-standoff-2021", "--until-day", "3", "--games", "2").stdout
    assert "no settlement" in told
    assert "(B-mid-war)" in told
    assert "to the end of round 1 (15 May 2021)" in told


@pytest.mark.parametrize(("args", "said"), [
    (("--until", "week", "--until-day", "3"), "give one of them"), (("--until-day", "0"), "--until-day"),
    (("--vary", "tenson"), "did you mean `tension`"), (("--policy", "osk=fool"), "There is no policy `fool`"),
    (("--policy", "atlantis=persona"), "There is no seat `atlantis`"), (("--games", "0"), "--games")])
def test_wrong_use_is_told(detente: Detente, args: tuple[str, ...], said: str) -> None:
    """Exit 2 and a sentence."""
    done = detente("odds", "first-round", *args)
    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX")
def test_ctrl_c_prints_what_is_done(tmp_path: Path) -> None:
    """The whole group is interrupted, twice, as a terminal and an impatient person do; exit 130, partial figures."""
    begun = subprocess.Popen([*COMMAND, "odds", "border-standoff-2021", "--games", "100000", "--seed", "1", "--json"],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
                             env=surroundings(tmp_path), start_new_session=True)
    assert begun.stderr is not None
    first = begun.stderr.readline()
    assert "of 100,000 games" in first
    os.killpg(begun.pid, signal.SIGINT)
    os.killpg(begun.pid, signal.SIGINT)
    out, err = begun.communicate(timeout=PATIENCE)
    assert begun.returncode == 130
    assert "Traceback" not in err
    assert "Interrupted after" in err
    found = json.loads(out)
    assert 0 < found["games"] < found["asked"] == 100_000
    assert sum(it["count"] for it in found["endings"].values()) == found["games"]
