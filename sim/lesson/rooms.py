"""lesson: what screens show of a lesson beside the match: one form for a delegation, one for the facilitator."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lesson.notes import Note
from sim.lesson.people import Person
from sim.lesson.sheets import Sheet
from sim.lesson.tray import TrayItem


@dataclass(frozen=True, slots=True)
class SeatStatus:
    """A seat as everybody may see it."""

    table: int
    seat: str
    name: str
    """The capital, as on every screen."""
    hand: str
    """`delegation`, `facilitator`, or `policy`: which one is the facilitator's to know."""
    people: int
    present: int
    filed: bool
    waited_for: bool
    into: str = ""
    """The seat whose delegation acts for this one too."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody as their own delegation, and the facilitator, see them."""

    id: str
    name: str
    head: bool
    present: bool
    me: bool = False
    away: float = 0.0
    """Seconds since the last screen went; 0 for who is there."""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class SeatRoom:
    """The lesson as a member or an observer sees it."""

    me: Person
    stage: str
    says: str
    """Where the lesson stands, as a sentence."""
    table: int
    round: int
    rounds: int
    date: str
    over: bool
    """Whether the match at this table has ended."""
    left: float | None
    """Seconds left; None without a limit."""
    running: bool
    seats: tuple[SeatStatus, ...]
    members: tuple[MemberLine, ...]
    """The own delegation."""
    waits: str
    """What is waited for; empty where it is the reader's turn."""
    unread: int
    broadcast: str
    """What the facilitator last told everybody; empty if nothing."""
    now: str = ""
    """What the reader can do now, or waits for, in a sentence."""
    papers: int = 0
    """How many papers others have changed since the reader looked."""
    revealed: bool = False
    """Whether the reader may see now what was hidden during play."""


@dataclass(frozen=True, slots=True)
class ControlSeat:
    """A seat as the facilitator sees it."""

    status: SeatStatus
    code: str
    hand: str
    """`delegation`, `facilitator`, or the policy's name."""
    people: tuple[MemberLine, ...]
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class ControlTable:
    """A table as the facilitator sees it."""

    table: int
    round: int
    rounds: int
    date: str
    over: bool
    ending: str
    seats: tuple[ControlSeat, ...]
    observers: tuple[MemberLine, ...]
    observer_code: str
    tray: tuple[TrayItem, ...]
    unread: int


@dataclass(frozen=True, slots=True)
class ControlRoom:
    """The lesson as the facilitator sees it."""

    stage: str
    says: str
    may: tuple[str, ...]
    """The triggers that are possible now."""
    left: float | None
    running: bool
    minutes: float | None
    on_all_filed: bool
    on_time: bool
    time_is_up: bool
    """Whether the time has run out and the facilitator is waited for."""
    tables: tuple[ControlTable, ...]
    notes: tuple[Note, ...]
    trouble: str
