"""serve: what the facilitator's page shows of every table, every seat, the tray and the messages, with secrets or without.

The page may be on a wall. Without secrets it holds nothing that one delegation does not know of another: no line of a
sheet, no message that was not public, no title of an inject that has not happened, no code, no note.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.lesson import FACILITATOR
from sim.lesson.messages import PUBLIC_TO, TO_FACILITATOR
from sim.lesson.seating import BY_FACILITATOR, DELEGATION
from sim.words.estimative import counted, listed

if TYPE_CHECKING:
    from sim.lesson import ControlRoom, Lesson, Message, TrayItem
    from sim.lesson.rooms import ControlSeat, ControlTable, MemberLine

SOON: Final = 60.0
"""Seconds before the end of a round in which who has not filed is marked."""
_ORDER: Final = ("due", "queued", "held", "armed", "released")
_STATES: Final = {
    "filed": "filed", "changed": "filed, sheet changed since", "drafting": "drafting", "waiting": "nothing yet",
    "late": "late", "policy": "a policy plays", "passes": "passes", "mine": "you play", "reading": "reading",
    "over": "match over", "done": "", "empty": "nobody here", "here": "here",
}
"""Where a seat stands with its orders, in words."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat as a row."""

    seat: ControlSeat
    state: str
    """A key of the states: also what the row is painted by."""
    says: str
    lines: tuple[str, ...]
    """The sealed orders; empty without secrets."""
    sent: int
    """Messages of this delegation."""
    last: str
    """How long ago it wrote, or empty."""
    asks: int
    """Messages to the facilitator that were not read."""

    @property
    def id(self) -> str:
        """The seat's."""
        return self.seat.status.seat

    @property
    def name(self) -> str:
        """The capital."""
        return self.seat.status.name

    @property
    def people(self) -> tuple[MemberLine, ...]:
        """The delegation."""
        return self.seat.people


@dataclass(frozen=True, slots=True)
class TrayRow:
    """An inject as a row."""

    number: int
    """From 1; stands for it in an address, where its id would tell what is to come."""
    item: TrayItem
    title: str
    """`Sealed inject 3` without secrets."""
    state: str
    """`due`, `queued`, `held`, `armed`, `released`."""
    says: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table."""

    table: ControlTable
    seats: tuple[SeatRow, ...]
    tray: tuple[TrayRow, ...]
    """What is due first, what has happened last."""

    @property
    def number(self) -> int:
        """From 1."""
        return self.table.table


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as it is read."""

    message: Message
    sender: str
    to: str
    at: str
    new: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Everything at a glance."""

    control: ControlRoom
    tables: tuple[TableRow, ...]
    messages: tuple[MessageRow, ...]
    """Newest first; public ones alone without secrets."""
    unread: int
    asks: int
    """Messages to the facilitator that were not read."""
    summary: str
    """Where the round stands, in a sentence or two: read aloud when it changes."""


def board(lesson: Lesson, *, secrets: bool) -> Board:
    """The lesson as it stands now."""
    control = lesson.control_room(FACILITATOR)
    now = lesson.clock.wall()
    names = {seat.status.seat: seat.status.name for seat in control.tables[0].seats}
    tables, rows, unread = [], [], 0
    for table in control.tables:
        messages = lesson.messages(FACILITATOR, table=table.table)
        unread += table.unread
        tables.append(TableRow(table, tuple(_seat(lesson, control, table, seat, messages, now, secrets=secrets)
                                            for seat in table.seats), _tray(table, secrets=secrets)))
        # what goes to all tables is read at each of them, and shown once
        rows += [message for message in messages if message.table or table.table == 1]
    shown = [message for message in rows if secrets or (PUBLIC_TO in message.to and not message.hidden)]
    shown.sort(key=lambda message: message.at)
    shown.reverse()
    asks = sum(row.asks for table in tables for row in table.seats)
    return Board(control, tuple(tables), tuple(_message(message, names, now) for message in shown), unread, asks,
                 _summary(lesson, control, tables, asks))


def _seat(lesson: Lesson, control: ControlRoom, table: ControlTable, seat: ControlSeat, messages: tuple[Message, ...],
          now: float, *, secrets: bool) -> SeatRow:
    state = _state(lesson, control, table, seat)
    drafted = len(seat.sheet.lines)
    says = f"{_STATES[state]}, {counted(drafted, 'line')}" if state == "drafting" else _STATES[state]
    if state == "done":
        says = _filed_in_all(lesson, table.table, seat.status.seat)
    if state == "policy" and secrets and seat.hand not in (DELEGATION, BY_FACILITATOR):
        says = f"{says}: {seat.hand}"
    mine = [message for message in messages if message.sender == seat.status.seat]
    asks = sum(message.new and TO_FACILITATOR in message.to for message in mine)
    lines = tuple(line.title for line in seat.sheet.lines) if secrets else ()
    return SeatRow(seat, state, says, lines, len(mine), ago(now - mine[-1].at) if mine else "", asks)


def _filed_in_all(lesson: Lesson, table: int, seat: str) -> str:
    """What a seat filed in the whole match: `5 orders in 2 rounds`."""
    rounds = lesson.match(table).rounds
    orders = sum(len(it.orders[seat].moves) for it in rounds if seat in it.orders)
    return f"{counted(orders, 'order')} in {counted(len(rounds), 'round')}"


def _state(lesson: Lesson, control: ControlRoom, table: ControlTable, seat: ControlSeat) -> str:
    if control.stage in ("debrief", "closed"):
        return "done"
    if table.over:
        return "over"
    if control.stage in ("lobby", "briefing") and seat.hand == DELEGATION:
        away = "empty" if not seat.status.present else ""
        return away or ("here" if control.stage == "lobby" else "reading")
    if seat.status.filed:
        return "changed" if seat.sheet.differs else "filed"
    if seat.hand == BY_FACILITATOR:
        return "mine"
    if seat.hand != DELEGATION:
        return "policy"
    if seat.status.waited_for and (control.time_is_up or (
            control.stage == "orders" and control.left is not None and control.left <= SOON)):
        return "late"
    if seat.sheet.lines:
        return "drafting"
    if not seat.status.waited_for and not seat.status.present:
        return "policy" if lesson.plan.absent == "policy" else "passes"
    return "waiting"


def _tray(table: ControlTable, *, secrets: bool) -> tuple[TrayRow, ...]:
    rows = []
    for number, item in enumerate(table.tray, 1):
        state = "due" if item.status == "armed" and item.due else item.status
        title = item.title or item.id if secrets or item.status == "released" else f"Sealed inject {number}"
        says = {"due": "due: comes with the next round", "queued": f"comes with round {item.at}", "held": "held",
                "armed": "comes by itself", "released": "released"}[state]
        marks = [*(["yours"] if item.own else []), *(["edited"] if item.edited and not item.own and secrets else [])]
        rows.append(TrayRow(number, item, title, state, ", ".join((says, *marks))))
    return tuple(sorted(rows, key=lambda row: (_ORDER.index(row.state), row.item.at)))


def _message(message: Message, names: Mapping[str, str], now: float) -> MessageRow:
    def named(id: str) -> str:
        return {PUBLIC_TO: "everybody", TO_FACILITATOR: "you"}.get(id) or names.get(id, id)

    sender = "You" if message.sender == FACILITATOR else names.get(message.sender, message.sender)
    if message.name and message.sender != FACILITATOR and message.name.casefold() != sender.casefold():
        sender = f"{message.name}, {sender}"
    to = listed([named(id) for id in message.to]) if message.to else "their own delegation"
    return MessageRow(message, sender, to, ago(now - message.at), message.new)


def _summary(lesson: Lesson, control: ControlRoom, tables: list[TableRow], asks: int) -> str:
    return " ".join(_summed(lesson, control, tables, asks))


def _summed(lesson: Lesson, control: ControlRoom, tables: list[TableRow], asks: int) -> Iterator[str]:
    here = sum(line.present for table in tables for row in table.seats for line in row.people)
    if control.stage in ("lobby", "briefing"):
        empty = [row for table in tables for row in table.seats if row.state == "empty"]
        yield f"{here} {'person' if here == 1 else 'people'} here."
        if len(tables) == 1 and 0 < len(empty) < len(tables[0].seats):
            yield f"Nobody yet for {listed([row.name for row in empty])}."
        elif empty:
            yield f"{counted(len(empty), 'seat')} empty."
    if control.stage == "orders":
        late = [f"{row.name}{f' at table {table.number}' if len(tables) > 1 else ''}"
                for table in tables for row in table.seats if row.seat.status.waited_for]
        if control.time_is_up:
            yield "Time is up."
        if late:
            yield f"Waiting for {listed(late)}." if len(late) < 5 else f"Waiting for {len(late)} delegations."
        elif any(row.seat.status.filed for table in tables for row in table.seats):
            yield "Everybody who is here has filed."
        else:
            yield "Nobody is here who could file."
    due = sum(row.state == "due" for table in tables for row in table.tray)
    if due and control.stage in ("orders", "paused"):
        yield f"{counted(due, 'inject')} {'comes' if due == 1 else 'come'} with the next round."
    if asks:
        yield f"{counted(asks, 'message')} for you."


def ago(seconds: float) -> str:
    """How long ago, roughly: `now`, `4 min`, `2 h`."""
    minutes = int(max(0.0, seconds) // 60)
    return "now" if not minutes else f"{minutes} min" if minutes < 90 else f"{minutes // 60} h"


def time_of_day(at: float, zone: Callable[[float], time.struct_time] = time.localtime) -> str:
    """The instant as a clock on the host's machine showed it: `10:41`."""
    return time.strftime("%H:%M", zone(at))
