"""tui: the head of every screen of a match: seat, title, date, round, phase, attention, orders."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from sim.tui.lines.line import plain
from sim.tui.table import Head
from sim.words.models import Situation


class Masthead(Widget):
    """Two rows. Before the match is loaded it shows what the scenario's head tells."""

    DEFAULT_CSS = """
    Masthead { height: 2; padding: 0 2; background: $panel; color: $foreground; }
    """
    HELP = "Where the match stands: date, round, phase, and what your seat can still spend."

    def __init__(self, head: Head, id: str | None = None) -> None:
        super().__init__(id=id)
        self._head = head
        self._situation: Situation | None = None
        self._spent = 0
        self._orders = 0

    def show(self, situation: Situation, spent: int = 0, orders: int = 0) -> None:
        """Show a situation, with the attention spent and the orders chosen so far."""
        self._situation, self._spent, self._orders = situation, spent, orders
        self.set_class(bool(situation.phase_text), "-told")
        self.refresh()

    def render(self) -> Content:
        """The two rows, the right-hand texts never cut."""
        width = self.content_size.width
        if self._situation is None:
            left = plain(self._head.seat, "bold $primary") + plain(f"  {self._head.title}")
            return Content("\n").join([_row(left, plain(self._head.date, "bold"), width), plain("")])
        now = self._situation
        first = plain(now.viewer, "bold $primary") + plain(f"  {now.title}", "$quiet")
        days = plain(now.date, "bold") + plain(f"  day {now.day}  ", "$quiet") + plain(f"round {now.round} of {now.rounds}")
        phase = plain(now.phase, "bold $mark")
        if now.open_phases:
            phase += plain("  → " + " · ".join(now.open_phases), "$quiet")
        rows = [_row(first, days, width), _row(phase, self._purse(now), width)]
        if self.content_size.height > 2:
            rows.append(plain(now.phase_text, "$quiet").truncate(width, ellipsis=True))
        return Content("\n").join(rows)

    def _purse(self, now: Situation) -> Content:
        if now.ending:
            return plain(now.ending, "bold")
        if not now.attention and not now.orders:
            return plain("")
        left = max(0, now.attention - self._spent)
        return (plain("attention ", "$quiet") + plain("●" * left, "$mark") + plain("○" * self._spent, "$quiet")
                + plain(f" {left}") + plain("   orders ", "$quiet") + plain(f"{self._orders} of {now.orders}"))

    def describe(self) -> str:
        """The same in sentences."""
        now = self._situation
        if now is None:
            return f"{self._head.title}. Seat: {self._head.seat}. {self._head.date}."
        return (f"{now.title}. Seat: {now.viewer}. {now.date}, day {now.day}, round {now.round} of {now.rounds}. "
                f"Phase: {now.phase}. {now.phase_text} Attention left: {max(0, now.attention - self._spent)} of "
                f"{now.attention}. Orders: {self._orders} of {now.orders}.")


def _row(left: Content, right: Content, width: int) -> Content:
    room = max(0, width - right.cell_length - 2)
    return left.truncate(room, ellipsis=True, pad=True) + plain("  ") + right
