"""tui: tabs of the situation room on a narrow terminal."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sim.tui.lines.line import plain

_GAP = "   "


class TabStrip(Widget):
    """One row of tabs, each with its key; the lit one is shown below."""

    DEFAULT_CSS = """
    TabStrip { height: 1; padding: 0 2; background: $panel; display: none; }
    """

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: tuple[tuple[str, str, str], ...], lit: str, id: str | None = None) -> None:
        """`tabs`: id, key, title."""
        super().__init__(id=id)
        self._tabs = tabs
        self._lit = lit
        self._notes: dict[str, str] = {}
        self._hidden: tuple[str, ...] = ()

    def show(self, lit: str, notes: dict[str, str], hidden: tuple[str, ...] = ()) -> None:
        """Light a tab; notes stand behind titles (`2`); hidden tabs have nothing to show."""
        if (lit, notes, hidden) != (self._lit, self._notes, self._hidden):
            self._lit, self._notes, self._hidden = lit, notes, hidden
            self.refresh()

    @property
    def _shown(self) -> list[tuple[str, str, str]]:
        return [entry for entry in self._tabs if entry[0] not in self._hidden]

    def _cells(self) -> list[tuple[str, Content]]:
        out = []
        for tab, key, title in self._shown:
            note = f" {self._notes[tab]}" if self._notes.get(tab) else ""
            style = "bold underline $primary" if tab == self._lit else "$quiet"
            out.append((tab, plain(f"{key} ", "$quiet") + plain(title, style) + plain(note, "$mark")))
        return out

    def render(self) -> Content:
        """The tabs."""
        return Content(_GAP).join(cell for _, cell in self._cells())

    def on_click(self, event: events.Click) -> None:
        """Pick the tab under the mouse."""
        x = event.get_content_offset(self)
        at = 0
        for tab, cell in self._cells():
            at += cell.cell_length + len(_GAP)
            if x is not None and x.x < at:
                self.post_message(self.Picked(tab))
                return

    def describe(self) -> str:
        """The tabs in words."""
        lit = next(title for tab, _, title in self._tabs if tab == self._lit)
        return f"Tabs: {', '.join(f'{key} {title}' for _, key, title in self._shown)}. Shown: {lit}."
