"""Killing a host at random instants, and what its lesson must hold afterwards."""

from __future__ import annotations

import json
import random
import subprocess
import sys
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


def killed(path: Path, seed: int, lines: int, steps: int) -> list[dict]:
    """Run until `lines` acts were acknowledged or `steps` of SQLite were made, then SIGKILL; what was acknowledged."""
    process = started(path, seed, steps)
    assert process.stdout is not None
    with process:
        told = []
        for line in process.stdout:
            if line.endswith("\n"):
                told.append(json.loads(line))
            if len(told) > lines and not steps:
                process.kill()
                told += [json.loads(rest) for rest in process.stdout if rest.endswith("\n")]
                break
    assert process.returncode == -9, "it ended in another way than by being killed"
    return told


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
    for n in range(kills):
        lines, steps = (rng.randint(1, 60), 0) if n % 2 else (0, rng.randint(1, 4000))
        told = killed(path, rng.randrange(1 << 30), lines, steps)
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
