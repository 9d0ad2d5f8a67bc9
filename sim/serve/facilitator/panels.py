"""serve: the panels of the facilitator's page, one at a time: a seat, a table, an inject, the messages, the people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sim.plain import round_pages, text_pages
from sim.policies import NAMES
from sim.serve.facilitator.inject_form import InjectForm, opened
from sim.serve.text.statements import blocks

if TYPE_CHECKING:
    from sim.lesson import Lesson, Person
    from sim.serve.facilitator.acts import Said
    from sim.serve.facilitator.board import Board, SeatRow, TableRow
    from sim.serve.host import Host

Values = dict[str, Any]
_SECRET: Final = ("item", "new", "eyes")
"""Panels that hold nothing but secrets, and are closed while those are hidden."""
GROUPS: Final = {"track": "Tracks", "provision": "Provisions in force", "clause": "Clauses of the draft", "flag": "Flags"}
"""What an inject may change, by kind of variable; what the machinery keeps is left out."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that an inject can change."""

    name: str
    title: str
    statuses: tuple[str, ...]
    """The words it can be set to; empty for numbers and yes or no."""


class Panels:
    """Reads what a panel shows."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._targets: tuple[tuple[str, tuple[Choice, ...]], ...] = ()

    @property
    def _lesson(self) -> Lesson:
        return self._host.lesson

    def of(self, person: Person, at: str, now: Board, said: Said | None, *, shows: bool) -> Values | None:
        """A panel by the name that an address has; None for none. Raises `LookupError`, `ValueError` for wrong names."""
        kind, _, rest = at.partition(".")
        made: dict[str, Callable[[], Values]] = {
            "seat": lambda: self._seat(person, rest, now, shows=shows), "table": lambda: self._table(rest, now),
            "item": lambda: self._item(rest, now, said), "new": lambda: self._new(said),
            "eyes": lambda: self._eyes(person, rest), "messages": lambda: self._messages(person, now, shows=shows),
            "people": lambda: {"gone": self._lesson.gone(person.id)}, "clock": dict, "join": dict, "notes": dict,
            "tray": dict, "device": dict, "leave": dict}
        if kind not in made:
            return None
        if kind in _SECRET and not shows:
            return {"kind": "closed"}
        return {"kind": kind, **made[kind]()}

    def _row(self, rest: str, now: Board) -> tuple[TableRow, SeatRow]:
        number, _, seat = rest.partition(".")
        table = next(table for table in now.tables if str(table.number) == number)
        return table, next(row for row in table.seats if row.id == seat)

    def _table_row(self, rest: str, now: Board) -> TableRow:
        return next(table for table in now.tables if str(table.number) == rest)

    def _seat(self, person: Person, rest: str, now: Board, *, shows: bool) -> Values:
        table, row = _found(lambda: self._row(rest, now))
        items = []
        if row.seat.hand == "facilitator" and shows and not table.table.over:
            menu = self._lesson.desk(person.id, row.id, table.number).menu()
            on = {line.key for line in row.seat.sheet.lines}
            asked = [answer for question in menu.questions for answer in question.answers]
            items = [item for item in (*asked, *(item for group in menu.groups for item in group.items))
                     if item.legal and item.key not in on]
        said = [row_ for row_ in now.messages if row_.message.table == table.number and row_.message.sender == row.id]
        return {"table": table, "row": row, "policies": NAMES, "moves": items, "messages": said[:6]}

    def _table(self, rest: str, now: Board) -> Values:
        return {"table": _found(lambda: self._table_row(rest, now))}

    def _item(self, rest: str, now: Board, said: Said | None) -> Values:
        number, _, item = rest.partition(".")
        table = _found(lambda: self._table_row(number, now))
        row = _found(lambda: next(row for row in table.tray if str(row.number) == item))
        inject = self._lesson.loaded.usable()[0].injects.get(row.item.id)
        form = said.inject if said is not None and said.inject is not None else opened(row.item.block)
        return {"table": table, "row": row, "form": form, "targets": self.targets(),
                "branches": bool(inject and inject.branches and not row.item.edited)}

    def _new(self, said: Said | None) -> Values:
        form = said.inject if said is not None and said.inject is not None else InjectForm()
        return {"form": form, "targets": self.targets()}

    def _eyes(self, person: Person, rest: str) -> Values:
        """A table through the eyes of one seat, or all that is hidden."""
        number, _, seat = rest.partition(".")
        desk = self._lesson.desk(person.id, seat, int(number))
        now = desk.situation()
        return {"who": now.viewer if seat else "everything", "number": int(number),
                "heading": blocks(round_pages.heading(now)), "tracks": blocks(round_pages.tracks(now.tracks)),
                "news": blocks(round_pages.dispatches(desk.dispatches())),
                "draft": blocks(text_pages.draft(desk.draft(), "")),
                "reasons": [] if seat else blocks(text_pages.reasons(desk.reasons(), "No round has been closed yet."))}

    def _messages(self, person: Person, now: Board, *, shows: bool) -> Values:
        if shows:
            # what is on the screen counts as read
            for table in now.tables:
                messages = self._lesson.messages(person.id, table=table.number)
                if messages:
                    self._lesson.read_up_to(person.id, messages[-1].number, table.number)
        papers = [paper for table in now.tables for paper in self._lesson.papers(person.id, table.number)] if shows else []
        return {"papers": papers}

    def targets(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """What an inject can change, in groups."""
        if not self._targets:
            catalog = self._lesson.catalog
            groups: dict[str, list[Choice]] = {kind: [] for kind in GROUPS}
            for name in self._lesson.matches[0].game.names:
                variable = catalog.variable(name)
                if variable.kind in groups:
                    label = catalog.label(name).removeprefix("the clause ").strip("“”")
                    groups[variable.kind].append(Choice(name, f"{label[:1].upper()}{label[1:]}", tuple(variable.statuses)))
            self._targets = tuple((GROUPS[kind], tuple(choices)) for kind, choices in groups.items() if choices)
        return self._targets


def _found(look: Callable[[], T]) -> T:
    """What is looked for; raises `LookupError` where it is not there any more."""
    try:
        return look()
    except StopIteration:
        raise LookupError from None
