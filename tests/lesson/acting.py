"""A process that runs a lesson until it is killed: `python -m tests.lesson.acting SAVE SEED STEPS`.

It prints a line of JSON for every act once the lesson has acknowledged it. With STEPS above 0 it kills itself after so
many steps of SQLite's own machine, in the midst of whatever is being written.

Without arguments it reads such lines (JSON) and lets a child of its own run each: what takes a new process most of its
time, to import everything and to read the scenario, is then done once. It tells with what each child ended.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from itertools import count
from pathlib import Path

from sim.lesson import FACILITATOR, Lesson
from sim.lesson.rehearsal import FastClock
from tests.play.players import first_round


def main(path: Path, seed: int, steps: int) -> None:
    """Draft, file, talk, release, close and take back rounds for ever."""
    rng = random.Random(seed)
    clock = FastClock()
    lesson = Lesson.resume(path, clock=clock)
    people = {person.seat: person.id for person in lesson.register if person.role == "member" and person.table == 1}
    for who in people.values():
        lesson.connected(who)
    tell("resumed", acts=len(lesson.acts), pid=os.getpid())
    if steps:
        left = count(steps, -1)
        lesson._volume.db.set_progress_handler(lambda: 0 if next(left) else os.kill(os.getpid(), signal.SIGKILL) or 0, 1)
    for n in count():
        clock.step(9)
        step(lesson, people, rng, f"{seed}-{n}")


def step(lesson: Lesson, people: dict[str, str], rng: random.Random, once: str) -> None:
    """One act, and a line if it was acknowledged."""
    seat = rng.choice(sorted(people))
    who, match = people[seat], lesson.matches[0]
    what = rng.randrange(10)
    if lesson.stage == "debrief":
        answer = lesson.undo(FACILITATOR)
        tell("undone", head=match.head) if answer.ok else None
    elif what < 3 and not match.ended:
        key = rng.choice([move.key for move in match.legal_moves(seat)])
        answer = lesson.propose(who, key, round=match.round, once=once)
        tell("proposed", who=who, once=once, seat=seat, key=key) if answer.ok and not answer.again else None
    elif what < 6:
        answer = lesson.file(who, round=match.round, once=once)
        if answer.ok:
            tell("filed", who=who, once=once, seat=seat, head=match.head, keys=match.filed(seat).moves)
    elif what < 8:
        answer = lesson.send(who, ("public",), f"Message {once}.", once=once)
        tell("sent", who=who, once=once, id=answer.id) if answer.ok else None
    elif what == 8:
        _, token = lesson.join(lesson.seating.place(2, seat).code, f"P {once}")
        tell("joined", token=token) if token else None
    elif lesson.trigger(FACILITATOR, "resolve").ok:
        tell("resolving")
        lesson.work()
        tell("closed", heads=[match.head for match in lesson.matches], stage=lesson.stage)


def nurse() -> None:
    """Run a child for each line that is read, one after the other."""
    first_round()
    for line in sys.stdin:
        path, seed, steps = json.loads(line)
        child = os.fork()
        if not child:
            main(Path(path), seed, steps)
        _, status = os.waitpid(child, 0)
        # a line that the child could not end is ended here
        print(flush=True)
        tell("over", code=os.waitstatus_to_exitcode(status))


def tell(kind: str, **data: object) -> None:
    """Print what was acknowledged."""
    print(json.dumps({"kind": kind, **data}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    else:
        nurse()
