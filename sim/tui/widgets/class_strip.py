"""tui: one row over every screen of a class: what is going on, how long still, who has filed, what waits to be read."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from sim.tui.lines.line import joined, plain

if TYPE_CHECKING:
    from sim.lesson import SeatRoom


class ClassStrip(Widget):
    """Told anew by the app whenever the lesson changes, and once a second while a clock runs."""

    DEFAULT_CSS = """
    ClassStrip { dock: top; height: 1; padding: 0 2; background: $primary 18%; color: $foreground; }
    """

    def __init__(self, room: SeatRoom | None = None) -> None:
        super().__init__()
        self._room = room
        self._news = ""

    def show(self, room: SeatRoom | None, news: str = "") -> None:
        """Show where the lesson stands, and what was just told to everybody; what looks the same is not painted again."""
        before, self._room, self._news = (self._room, self._news), room, news
        if (_to_the_second(before[0]), before[1]) != (_to_the_second(room), news):
            self.refresh()

    @property
    def _left(self) -> int | None:
        """Whole seconds, None where no clock runs or waits to run on."""
        room = self._room
        left = room.left if room is not None and room.stage in ("briefing", "orders", "paused") else None
        return None if left is None else math.ceil(left)

    def render(self) -> Content:
        """The clock and what to do now at the left, what waits to be read at the right; the pages' names go first."""
        room, width = self._room, self.content_size.width
        if room is None:
            return plain("")
        left = []
        if self._left is not None:
            stopped = "" if room.running else ", stopped"
            left.append(plain(f"{clock(self._left)} left{stopped}", "bold $mark" if self._left <= 60 else "bold"))
        if self._news:
            left.append(plain(f"The facilitator: {' '.join(self._news.split())}", "bold $mark"))
        said = room.says if room.stage == "lobby" else room.now or room.says
        left.append(plain(said, "bold" if room.stage == "orders" and not room.waits else ""))
        row = joined(left, "   ")
        tails = [[part for part in chosen if part.plain] for chosen in _waiting(room)]
        tail = next((made for parts in tails if (made := joined(parts, "   ")).cell_length + row.cell_length + 3 <= width),
                    joined(tails[-1], "  "))
        space = max(0, width - tail.cell_length - 2)
        return row.truncate(space, ellipsis=True, pad=True) + plain("  ") + tail

    def describe(self) -> str:
        """The same in a sentence or two."""
        room = self._room
        if room is None:
            return ""
        news = f" The facilitator: {self._news}" if self._news else ""
        time = "" if self._left is None else f" {clock(self._left)} left."
        papers = f" {_counted(room.papers, 'paper')} changed." if room.papers else ""
        return f"Lesson: {room.now or room.says}{time}{news} {_counted(room.unread, 'unread message')}.{papers}"


def _to_the_second(room: SeatRoom | None) -> SeatRoom | None:
    """A room as the row shows it: its clock in whole seconds."""
    return room if room is None or room.left is None else replace(room, left=math.ceil(room.left))


def _waiting(room: SeatRoom) -> tuple[tuple[Content, ...], ...]:
    """What waits to be read, with the keys that lead there: at length, without the rest, in short."""
    new = plain(f"n {_counted(room.unread, 'new message')}", "bold $mark") if room.unread else plain("")
    changed = plain(f"a {_counted(room.papers, 'paper')} changed", "bold $mark") if room.papers else plain("")
    quiet = plain("n messages", "$quiet")
    if room.stage == "lobby":
        return ((new or quiet,),)
    return ((new or quiet, changed or plain("a papers", "$quiet"), plain("k class", "$quiet")),
            (new or quiet, changed or plain("a papers", "$quiet")),
            (new or quiet, changed),
            (plain(f"n {room.unread} new", "bold $mark") if room.unread else plain(""),
             plain(f"a {room.papers} new", "bold $mark") if room.papers else plain("")))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def clock(seconds: int) -> str:
    """`4:05`, `1:02:00`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
