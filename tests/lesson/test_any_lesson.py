"""Whatever people and the facilitator do in whatever order, a lesson stays whole."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sim.lesson import FACILITATOR, Limits
from sim.lesson.course import BY_HAND, STAGES
from tests.lesson.classes import Class, restarted

NAMES = st.sampled_from(["Ani", "Bek", "Cem", "Dag"])
SEATS = st.sampled_from(["velmora", "osk"])
TABLES = st.sampled_from([1, 2])
MANY = Limits(messages_a_minute=1000, orders_a_minute=1000, drafts_a_minute=1000)


class AnyLesson(RuleBasedStateMachine):
    """Two tables, four people, a facilitator, and a host that is restarted now and then."""

    @initialize(to_file=st.booleans())
    def begin(self, to_file: bool) -> None:
        self.folder = tempfile.TemporaryDirectory() if to_file else None
        path = Path(self.folder.name) / "l.detente" if self.folder else None
        self.room = Class(path=path, tables=2, limits=MANY, level="easy")
        for name, seat, table in (("Ani", "velmora", 1), ("Bek", "velmora", 1), ("Cem", "osk", 1), ("Dag", "osk", 2)):
            self.room.come(name, seat, table)
        self.filed = 0

    def teardown(self) -> None:
        if getattr(self, "folder", None):
            self.room.lesson.close_file()
            self.folder.cleanup()

    @rule(name=st.sampled_from(BY_HAND[:-1]))
    def trigger(self, name: str) -> None:
        lesson = self.room.lesson
        could, before = name in lesson.may(FACILITATOR), lesson.stage
        answer = lesson.trigger(FACILITATOR, name)
        assert answer.ok == could
        assert could or (lesson.stage == before and answer.sentence.endswith("."))

    @rule(name=NAMES, pick=st.integers(0, 30), seat=st.sampled_from(["", "velmora", "osk"]), late=st.integers(-1, 1))
    def propose(self, name: str, pick: int, seat: str, late: int) -> None:
        who = self.room.people[name]
        match = self.room.lesson.match(self.room.lesson.person(who).table)
        move = match.game.moves[pick % len(match.game.moves)]
        answer = self.room.lesson.propose(who, move.key, round=match.round + late, seat=seat)
        assert answer.ok or answer.sentence.endswith(".")
        assert not (answer.ok and late)

    @rule(name=NAMES, seat=st.sampled_from(["", "velmora", "osk"]))
    def file(self, name: str, seat: str) -> None:
        lesson, who = self.room.lesson, self.room.people[name]
        person = lesson.person(who)
        match = lesson.match(person.table)
        answer = lesson.file(who, round=match.round, seat=seat)
        if answer.ok:
            assert lesson.stage == "orders"
            assert person.head
            assert match.filed(seat or person.seat).moves == lesson.sheets.keys(person.table, seat or person.seat)

    @rule(name=NAMES)
    def unfile(self, name: str) -> None:
        who = self.room.people[name]
        self.room.lesson.unfile(who, round=self.room.lesson.match(self.room.lesson.person(who).table).round)

    @rule(seconds=st.sampled_from([1.0, 9.0, 200.0, 1e6, -50.0]))
    def time(self, seconds: float) -> None:
        self.room.clock.now += seconds
        self.room.look()

    @rule(name=NAMES, here=st.booleans())
    def presence(self, name: str, here: bool) -> None:
        (self.room.lesson.connected if here else self.room.lesson.disconnected)(self.room.people[name])

    @rule(table=TABLES, seat=SEATS, to=st.sampled_from(["delegation", "facilitator", "persona", "merge"]))
    def hand(self, table: int, seat: str, to: str) -> None:
        lesson = self.room.lesson
        if to == "merge":
            lesson.merge(FACILITATOR, table, seat, "osk" if seat == "velmora" else "velmora")
        else:
            assert lesson.give(FACILITATOR, table, seat, to).ok

    @rule(table=TABLES, act=st.sampled_from(["hold", "arm", "queue", "release", "improvise", "undo", "edit"]))
    def facilitate(self, table: int, act: str) -> None:
        lesson = self.room.lesson
        block = {"text": "News.", "set": {"lanes": 2}, "change": {"tension": "-3..3"}}
        {
            "hold": lambda: lesson.hold(FACILITATOR, table, "storm"),
            "arm": lambda: lesson.arm(FACILITATOR, table, "storm"),
            "queue": lambda: lesson.queue(FACILITATOR, table, "storm", lesson.match(table).round + 1),
            "release": lambda: lesson.release(FACILITATOR, table, "storm"),
            "improvise": lambda: lesson.release(FACILITATOR, table, lesson.improvise(FACILITATOR, table, block).id),
            "undo": lambda: lesson.undo(FACILITATOR, table),
            "edit": lambda: lesson.edit(FACILITATOR, table, "storm", block),
        }[act]()

    @rule(name=NAMES, to=st.sampled_from([(), ("osk",), ("velmora",), ("public",), ("facilitator",)]))
    def talk(self, name: str, to: tuple[str, ...]) -> None:
        self.room.lesson.send(self.room.people[name], to, "Words.")

    @rule()
    def restart(self) -> None:
        if self.folder:
            before = [match.tree for match in self.room.lesson.matches], self.room.lesson.acts, self.room.lesson.stage
            lesson = restarted(self.room).lesson
            assert ([match.tree for match in lesson.matches], lesson.acts, lesson.stage) == before

    @invariant()
    def whole(self) -> None:
        lesson = self.room.lesson
        assert lesson.stage in STAGES
        assert lesson.timer.running == (lesson.stage in ("briefing", "orders"))
        assert lesson.timer.left is None or lesson.timer.left >= 0
        assert lesson.trouble == ""
        over = all(match.ended for match in lesson.matches)
        assert not (over and lesson.stage in ("orders", "resolving"))
        for match in lesson.matches:
            for seat in match.game.seats:
                filed = match.filed(seat)
                assert filed is None or match.ended or match.refuse(seat, filed) is None

    @invariant()
    def can_be_shown(self) -> None:
        lesson = self.room.lesson
        lesson.control_room(FACILITATOR)
        for who in self.room.people.values():
            lesson.room(who)


TestAnyLesson = AnyLesson.TestCase
TestAnyLesson.settings = settings(max_examples=12, stateful_step_count=30, deadline=None,
                                  suppress_health_check=[HealthCheck.too_slow])
