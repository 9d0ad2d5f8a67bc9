"""lesson: what of a lesson goes into an export or a transcript: who took part, what was said, drafted and noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sim.lesson.acts import Act
from sim.lesson.messages import Chat
from sim.lesson.notes import Note, Notes
from sim.lesson.papers import Paper, Papers
from sim.lesson.people import FACILITATOR
from sim.lesson.plan import Plan
from sim.play.match import Match

LATER: Final = 1_000
"""Stands for a round in what belongs to the debrief: more than any clock has."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part; no token, and a name that an export may replace."""

    id: str
    name: str
    """The last that this person had."""
    role: str
    table: int
    seat: str
    names: tuple[str, ...] = ()
    """All that this person had."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it stands in a record."""

    id: str
    table: int
    round: int
    at: float
    kind: str
    sender: str
    """A seat, or `facilitator`."""
    person: str
    """A participant's id."""
    name: str
    to: tuple[str, ...]
    text: str
    form: Mapping[str, str]
    hidden: bool
    why: str = ""
    """Why it was hidden."""


@dataclass(frozen=True, slots=True)
class Done:
    """Any other act that a debrief may want: a filing, a stage, a seat that changed hands, an inject, an undone round."""

    table: int
    round: int
    at: float
    kind: str
    person: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Record:
    """One table of a lesson, complete: for control, never for a seat.

    What was said, noted or done has the round that was open at the table then: 0 before the first, `LATER` in the
    debrief.
    """

    table: int
    plan: Plan
    match: Match
    people: tuple[Participant, ...]
    messages: tuple[Said, ...]
    papers: tuple[Paper, ...]
    notes: tuple[Note, ...]
    """Those about this table and those about the lesson."""
    acts: tuple[Done, ...]
    """In order."""


_TOLD = ("filed", "unfiled", "stage", "extended", "hand", "merged", "improvised", "edited", "settled", "released", "closed",
         "undone", "proposed", "struck", "head", "moved", "paper", "bracketed", "agreed", "unbracketed", "hidden", "discarded",
         "left")


def record_of(table: int, plan: Plan, match: Match, acts: Iterable[Act], salt: str) -> Record:
    """The record of a table from the acts of its lesson."""
    every = tuple(acts)
    kept = list(_in_rounds(table, every, match.round if match.ended else LATER))
    chat, papers, notes = Chat(salt), Papers(salt), Notes()
    for act in kept:
        for part in (chat, papers, notes):
            part.fold(act)
    everybody = _people(table, every)
    said = tuple(Said(m.id, m.act.table, m.act.round, m.act.at, m.act.data["kind"], m.act.data["sender"], m.act.by,
                      m.act.data["name"], tuple(m.act.data["to"]), m.act.data["text"], m.form, m.hidden, m.why)
                 for m in chat.everything())
    done = tuple(Done(act.table, act.round, act.at, act.kind, act.by, act.data) for act in kept if act.kind in _TOLD)
    everybody.setdefault(FACILITATOR, Participant(FACILITATOR, "The facilitator", "facilitator", 0, ""))
    return Record(table, plan, match, tuple(everybody.values()), said, papers.of(table), tuple(notes.all), done)


def _in_rounds(table: int, acts: Iterable[Act], last: int) -> Iterator[Act]:
    """The acts of a table and of the whole lesson, each in the round that was open at the table then; `last` ended it."""
    number, begun, debrief = 1, False, False
    for act in acts:
        if act.table not in (0, table):
            continue
        if act.kind == "stage":
            begun = begun or act.data["stage"] == "orders"
            debrief = act.data["stage"] in ("debrief", "closed")
        in_round = act.kind in ("closed", "undone")
        later = begun and (debrief or number > last)
        yield act if in_round else act._replace(round=LATER if later else number if begun else 0)
        if in_round:
            number = act.data["round"] + (act.kind == "closed")


def _people(table: int, acts: Iterable[Act]) -> dict[str, Participant]:
    """Everybody who ever sat at a table, as they were last; who only sat at another is left out."""
    found: dict[str, Participant] = {}
    here: set[str] = set()
    for act in acts:
        id = act.data.get("person", "")
        if act.kind == "joined":
            found[id] = Participant(id, act.data["name"], act.data["role"], act.table, act.data["seat"], (act.data["name"],))
        elif act.kind == "renamed" and id in found:
            name, names = act.data["name"], found[id].names
            found[id] = replace(found[id], name=name, names=names if name in names else (*names, name))
        elif act.kind == "moved" and id in found:
            found[id] = replace(found[id], table=act.table, seat=act.data["seat"],
                                role="member" if act.data["seat"] else "observer")
        if act.kind in ("joined", "moved") and act.table == table:
            here.add(id)
    return {id: it for id, it in found.items() if id in here}


def read_record(path: Path) -> tuple[Record, ...]:
    """The records of all tables of a lesson's file, which is only read. Raises `SaveError`."""
    from sim.lesson.ledger import read_acts

    meta, acts, tables = read_acts(path)
    plan = Plan.from_json(next((act.data for act in reversed(acts) if act.kind == "plan"), meta["plan"]))
    return tuple(record_of(table, plan, Match.read(path, table), acts, meta["salt"]) for table in range(1, tables + 1))
