"""Killing a host at random instants, and what its lesson must hold afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.lesson import FACILITATOR, Lesson, Limits
from sim.lesson.rehearsal import FastClock
from tests.lesson.classes import Class

ROOT = Path(__file__).parents[2]
MANY = Limits(people=100_000, messages_a_minute=10_000, orders_a_minute=10_000, joins_a_minute=10_000)


def started(path: Path, seed: int, steps: int) -> subprocess.Popen[str]:
    """A process that runs the lesson of a file and holds it once it has printed a line."""
    return subprocess.Popen([sys.executable, "-m", "tests.lesson.acting", str(path), str(seed), str(steps)], cwd=ROOT,
                            stdout=subprocess.PIPE, text=True)


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that lets children of its own run lessons, so that each kill costs no start of Python."""
    with subprocess.Popen([sys.executable, "-m", "tests.lesson.acting"], cwd=ROOT, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def killed(nurse: subprocess.Popen[str], path: Path, seed: int, lines: int, steps: int) -> list[dict]:
    """Run until `lines` acts were acknowledged or `steps` of SQLite were made, then SIGKILL; what was acknowledged."""
    print(json.dumps([str(path), seed, steps]), file=nurse.stdin, flush=True)
    told = []
    for line in nurse.stdout:
        act = _whole(line)
        if act is not None and act["kind"] == "over":
            assert act["code"] == -signal.SIGKILL, "it ended in another way than by being killed"
            return told
        if act is not None:
            told.append(act)
            if len(told) == lines + 1 and not steps:
                os.kill(told[0]["pid"], signal.SIGKILL)
    raise AssertionError("who lets the hosts run has died")


def _whole(line: str) -> dict | None:
    """What a line tells; None for one that was cut short, and for the empty one behind it."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def a_lesson(path: Path, seed: int) -> Class:
    """Two delegations at two tables, in the first round, let go of."""
    room = Class(path=path, seed=seed, tables=2, limits=MANY, on_all_filed=False)
    room.come("Ani", "velmora")
    room.come("Cem", "osk")
    room.run("brief", "begin")
    room.lesson.close_file()
    return room


def survive(path: Path, seed: int, kills: int) -> int:
    """Kill a host `kills` times at instants drawn from the seed; returns how many acknowledged acts were checked."""
    rng = random.Random(seed)
    room = a_lesson(path, seed)
    checked = 0
    with nursery() as nurse:
        for n in range(kills):
            lines, steps = (rng.randint(1, 60), 0) if n % 2 else (0, rng.randint(1, 4000))
            told = killed(nurse, path, rng.randrange(1 << 30), lines, steps)
            with Lesson.resume(path, clock=FastClock()) as lesson:
                check(lesson, room, told)
            checked += len(told)
    return checked


def check(lesson: Lesson, room: Class, told: list[dict]) -> None:
    """Every acknowledged act is there, at most one that was not told is, and every session goes on."""
    kept = {(act.by, act.once): act for act in lesson.acts if act.once}
    for act in told:
        if "once" in act:
            assert kept[act["who"], act["once"]].kind == act["kind"]
        if act["kind"] == "sent":
            assert lesson.chat.find(act["id"]) is not None
        if act["kind"] == "joined":
            assert lesson.who(act["token"]) is not None
        if act["kind"] == "closed":
            assert all(head in match.entries for head, match in zip(act["heads"], lesson.matches, strict=True))
    for name in ("Ani", "Cem"):
        assert lesson.who(room.tokens[name]).id == room.people[name]
    assert lesson.who(room.token).id == FACILITATOR
    one, two = lesson.matches
    for table, match in enumerate(lesson.matches, 1):
        done = [act.kind for act in lesson.acts if act.table == table]
        assert len(match.rounds) == done.count("closed") - done.count("undone"), "acts and match tell different rounds"
    at_end = told[-1]
    if at_end["kind"] == "filed" and one.head == at_end["head"]:
        assert one.filed(at_end["seat"]) is not None
    if at_end["kind"] == "closed":
        assert lesson.stage in (at_end["stage"], "resolving", "orders")
    assert lesson.stage in ("orders", "resolving", "debrief")
    assert (lesson.stage == "debrief") == (one.ended and two.ended)
