"""Killing a process that plays, and what must be in its save afterwards."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from sim.play import Match
from tests.play.players import new_match

ROOT = Path(__file__).parents[2]


def started(path: Path, seed: int, steps: int) -> subprocess.Popen[str]:
    """A process that plays on a save and holds it once it has printed a line."""
    return subprocess.Popen([sys.executable, "-m", "tests.play.rounds", str(path), str(seed), str(steps)],
                            cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(path: Path, seed: int, lines: int, steps: int) -> list[list[str]]:
    """Play until `lines` changes were reported or `steps` of SQLite were made, then SIGKILL; what was reported."""
    process = started(path, seed, steps)
    assert process.stdout is not None
    with process:
        told = []
        for line in process.stdout:
            told.append(line.split())
            if len(told) > lines and not steps:
                process.kill()
                told += [rest.split() for rest in process.stdout if rest.endswith("\n")]
                break
    assert process.returncode == -9, "it ended in another way than by being killed"
    return told


def survive(path: Path, seed: int, kills: int) -> int:
    """Kill a process `kills` times at instants drawn from the seed; returns how many closed rounds were checked.

    After each kill the save loads, and it holds every change that was reported and at most one that was not.
    """
    rng = random.Random(seed)
    with new_match(seed) as match:
        match.save(path)
    checked = 0
    for n in range(kills):
        before = known(path)
        lines, steps = (rng.randint(1, 60), 0) if n % 2 else (0, rng.randint(1, 3000))
        told = killed(path, rng.randrange(1 << 30), lines, steps)
        closed = [line for line in told if line[0] == "closed"]
        with Match.load(path) as match:
            assert all(match.entries[number] == entry for number, entry in before.items())
            assert set(range(len(before) + len(closed))) <= set(match.entries)
            assert len(match.entries) <= len(before) + len(closed) + 1
            for _, head, _ in closed:
                assert int(head) in match.entries
            last = told[-1]
            if last[0] == "filed" and match.head == int(last[1]):
                assert match.filed(last[2]).moves == (last[3],)
            elif last[0] == "filed":
                assert match.entries[match.head].parent == int(last[1])
                assert match.entries[match.head].orders[last[2]].moves == (last[3],)
        checked += len(closed)
    return checked


def known(path: Path) -> dict:
    """The entries of a save."""
    return dict(Match.read(path).entries)
