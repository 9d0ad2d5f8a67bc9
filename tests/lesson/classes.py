"""Lessons for the tests of room `lesson`: a clock that is moved by hand, random bytes from a seed, people who came in."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

from sim.lesson import FACILITATOR, Lesson, Plan
from sim.lesson.rehearsal import FastClock
from sim.scenario.load import Loaded, load
from tests.play.players import FIRST_ROUND, first_round

FLAGSHIP = FIRST_ROUND.parent / "border-standoff-2021"
PLAN = Plan(minutes=5, briefing=2, level="easy")
DAY = 1_700_000_000.0


@cache
def flagship() -> Loaded:
    """The large scenario, loaded once."""
    return load(FLAGSHIP)


def bytes_of(seed: int):
    """Random bytes that are the same every time."""
    rng = random.Random(seed)
    return rng.randbytes


class Class:
    """A lesson with its clock; people by name."""

    def __init__(self, plan: Plan = PLAN, path: Path | None = None, seed: int = 1, loaded: Loaded | None = None, **change):
        self.clock = FastClock(DAY)
        self.lesson, self.token = Lesson.new(loaded or first_round(), replace(plan, **change), path=path, seed=seed,
                                             clock=self.clock, entropy=bytes_of(seed))
        self.people: dict[str, str] = {}
        self.tokens: dict[str, str] = {}

    def code(self, seat: str, table: int = 1) -> str:
        """The code of a seat."""
        return self.lesson.seating.place(table, seat).code

    def come(self, name: str, seat: str, table: int = 1) -> str:
        """Somebody comes in and opens a screen; their id."""
        answer, token = self.lesson.join(self.code(seat, table), name)
        assert answer.ok, answer.sentence
        self.people[name], self.tokens[name] = answer.id, token
        self.lesson.connected(answer.id)
        return answer.id

    def run(self, *triggers: str) -> None:
        """The facilitator's triggers, each of which must be possible."""
        for name in triggers:
            answer = self.lesson.trigger(FACILITATOR, name)
            assert answer.ok, answer.sentence

    def wait(self, seconds: float) -> None:
        """Let time pass, with a look at the clock every ten seconds, and the work that is due done."""
        while seconds > 0:
            self.clock.step(min(10.0, seconds))
            seconds -= 10.0
            self.look()

    def look(self) -> None:
        """What a host does every second."""
        if self.lesson.tick():
            self.lesson.work()

    def order(self, name: str, *keys: str, seat: str = "") -> None:
        """Put moves on a sheet and file it."""
        who = self.people[name]
        table = self.lesson.person(who).table
        number = self.lesson.match(table).round
        for key in keys:
            answer = self.lesson.propose(who, key, round=number, seat=seat)
            assert answer.ok, answer.sentence
        answer = self.lesson.file(who, round=number, seat=seat)
        assert answer.ok, answer.sentence


def two_delegations(**change) -> Class:
    """Ani heads Velmora, Bek belongs to it, Cem heads Osk; the first round is open."""
    room = Class(**change)
    room.come("Ani", "velmora")
    room.come("Bek", "velmora")
    room.come("Cem", "osk")
    room.run("brief", "begin")
    return room


def resumed(room: Class) -> Lesson:
    """The lesson as another process finds it."""
    room.lesson.close_file()
    return Lesson.resume(room.lesson.path, clock=room.clock, entropy=bytes_of(9))


def restarted(room: Class) -> Class:
    """The same class after a restart of its host."""
    room.lesson = resumed(room)
    return room
