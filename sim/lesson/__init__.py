"""lesson: a class without sockets: seats, people, clock, facilitator, messages, and the one file they are kept in.

lesson, token = Lesson.new(loaded, plan_of(scenario), path=path)     the facilitator's token, told once
answer, token = lesson.join("KXM-4QA", "Ani")                        a member's
lesson.trigger(FACILITATOR, "brief"), … "begin"                      the machine of the lesson
lesson.propose(who, key, round=1), lesson.file(who, round=1)         the sheet of a delegation, and filing it
lesson.tick(), lesson.work()                                         the host's duty, once a second
Lesson.resume(path)                                                  after a crash, everything that was acknowledged
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.lesson.answers import CODES, Answer
    from sim.lesson.changes import Change
    from sim.lesson.clock import Clock, SystemClock
    from sim.lesson.desk import SeatDesk
    from sim.lesson.injects import DryRun
    from sim.lesson.lesson import Lesson
    from sim.lesson.limits import Limits
    from sim.lesson.messages import ASKS, Message
    from sim.lesson.papers import Paper
    from sim.lesson.people import FACILITATOR, OBSERVER, Person
    from sim.lesson.plan import Plan, plan_of, presets
    from sim.lesson.record import Record, read_record
    from sim.lesson.rehearsal import Rehearsal, rehearse
    from sim.lesson.rooms import ControlRoom, SeatRoom, SeatStatus
    from sim.lesson.sheets import Sheet
    from sim.lesson.tray import TrayItem

_HOME = {
    "Answer": "answers", "CODES": "answers", "Change": "changes", "Clock": "clock", "SystemClock": "clock",
    "SeatDesk": "desk", "DryRun": "injects", "Lesson": "lesson", "Limits": "limits", "ASKS": "messages",
    "Message": "messages", "Paper": "papers", "FACILITATOR": "people", "OBSERVER": "people", "Person": "people",
    "Plan": "plan", "plan_of": "plan", "presets": "plan", "Record": "record", "read_record": "record",
    "Rehearsal": "rehearsal", "rehearse": "rehearsal", "ControlRoom": "rooms", "SeatRoom": "rooms", "SeatStatus": "rooms",
    "Sheet": "sheets", "TrayItem": "tray",
}

__all__ = [
    "ASKS", "CODES", "FACILITATOR", "OBSERVER", "Answer", "Change", "Clock", "ControlRoom", "DryRun", "Lesson", "Limits",
    "Message", "Paper", "Person", "Plan", "Record", "Rehearsal", "SeatDesk", "SeatRoom", "SeatStatus", "Sheet",
    "SystemClock", "TrayItem", "plan_of", "presets", "read_record", "rehearse",
]


def __getattr__(name: str) -> object:
    """What is asked for, imported then."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"sim.lesson.{_HOME[name]}"), name)
