"""tui: the pane that tells all about the line under the cursor."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Detail(VerticalScroll):
    """Text about one thing; scrolls where it is long."""

    DEFAULT_CSS = """
    Detail { height: 12; scrollbar-size-vertical: 1; background: transparent; }
    Detail > Static { height: auto; padding: 0 1; background: transparent; }
    """
    HELP = "Tells all about the line under the cursor: likely effects, cost, who sees it, why not."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, can_focus=False)
        self._text = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._text

    def show(self, title: str, text: Content) -> None:
        """Show a text under a title."""
        self.border_title = title
        self._plain = text.plain
        self._text.update(text)
        self.scroll_home(animate=False)

    _plain = ""

    def describe(self) -> str:
        """The text."""
        return f"{self.border_title}.\n{self._plain}"
