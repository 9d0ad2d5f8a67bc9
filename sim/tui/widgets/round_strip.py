"""tui: the closed rounds as a row of numbers, one of them lit; a click goes to another."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sim.tui.lines.line import plain

_HEAD = len("Rounds  ")
_CELL = 4


class RoundStrip(Widget):
    """Numbers of rounds, as many around the lit one as fit."""

    DEFAULT_CSS = """
    RoundStrip { height: 1; padding: 0 1; }
    """

    class Picked(Message):
        """A round was clicked."""

        def __init__(self, round: int) -> None:
            super().__init__()
            self.round = round

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._last = self._lit = 0

    def show(self, last: int, lit: int) -> None:
        """Rounds 1 to `last`, one lit; none where `last` is 0."""
        self._last, self._lit = last, lit
        self.refresh()

    def _numbers(self) -> list[int]:
        room = max(1, (self.content_size.width - _HEAD) // _CELL)
        first = max(1, min(self._lit - room // 2, self._last - room + 1))
        return list(range(first, min(self._last, first + room - 1) + 1))

    def render(self) -> Content:
        """`Round   1   2   3`."""
        cells = [plain(" " * (number < 10)) + plain(str(number), "bold underline $primary" if number == self._lit else "$quiet")
                 + plain("  ") for number in self._numbers()]
        return plain("Rounds  ", "$quiet") + Content("").join(cells) if cells else plain("")

    def on_click(self, event: events.Click) -> None:
        """Pick the round under the mouse."""
        where = event.get_content_offset(self)
        numbers = self._numbers()
        if where is not None and where.x >= _HEAD and (where.x - _HEAD) // _CELL < len(numbers):
            self.post_message(self.Picked(numbers[(where.x - _HEAD) // _CELL]))

    def describe(self) -> str:
        """Which round is shown."""
        return f"Round {self._lit} of {self._last} closed rounds." if self._last else "No round is closed yet."
