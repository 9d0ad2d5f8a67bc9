"""tui: who speaks on the wire, as a row to choose from: left and right, or a click."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sim.tui.lines.line import plain

ALL = "all"


class SpeakerStrip(Widget):
    """Speakers with the number of their dispatches; the lit one alone is read. What does not fit scrolls by itself."""

    DEFAULT_CSS = """
    SpeakerStrip { height: 1; padding: 0 1; }
    """

    class Picked(Message):
        """A speaker was clicked; empty for all."""

        def __init__(self, speaker: str) -> None:
            super().__init__()
            self.speaker = speaker

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._speakers: list[tuple[str, int]] = []
        self.lit = ""

    def show(self, speakers: Sequence[tuple[str, int]], lit: str) -> None:
        """Show who speaks, one of them lit; empty lights all."""
        self._speakers, self.lit = list(speakers), lit
        self.refresh()

    def _cells(self) -> list[tuple[str, Content]]:
        total = sum(number for _, number in self._speakers)
        out = []
        for speaker, number in [("", total), *self._speakers]:
            style = "bold underline $primary" if speaker == self.lit else "$quiet"
            out.append((speaker, plain(speaker or ALL, style) + plain(f" {number}", "$quiet")))
        width = self.content_size.width or 80
        # the lit one stays in sight
        while len(out) > 1 and sum(cell.cell_length + 2 for _, cell in out) - 2 > width:
            if out[0][0] != self.lit and [name for name, _ in out].index(self.lit) > len(out) // 2:
                out.pop(0)
            elif out[-1][0] != self.lit:
                out.pop()
            else:
                out.pop(0)
        return out

    def render(self) -> Content:
        """The speakers."""
        return Content("  ").join(cell for _, cell in self._cells())

    def on_click(self, event: events.Click) -> None:
        """Pick the speaker under the mouse."""
        where = event.get_content_offset(self)
        at = 0
        for speaker, cell in self._cells():
            at += cell.cell_length + 2
            if where is not None and where.x < at:
                self.post_message(self.Picked(speaker))
                return

    def describe(self) -> str:
        """Who is read, and who could be."""
        named = ", ".join(f"{speaker} {number}" for speaker, number in self._speakers)
        return f"Speakers: {named or 'none'}. Read: {self.lit or ALL}."
