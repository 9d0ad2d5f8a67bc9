"""tui: a page to read: draft, provisions, wire, reasons, tracks; `?` asks who says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.line import Line
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle


class Page(LineList):
    """The lines of a page."""

    HELP = "Up and down move from line to line, ? tells who says so, esc goes back."


class Reading(Sheet):
    """Lines under a title. The page is made from the width, so that tables fit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="reading.back"),
        Binding("question_mark", "sources", "Who says so", id="reading.sources"),
    ]

    def __init__(self, title: str, page: Callable[[int], Sequence[Line]], *, at_end: bool = False) -> None:
        super().__init__()
        self.heading, self._page, self._at_end = title, page, at_end

    def body(self) -> ComposeResult:
        """Masthead and page."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane") as pane:
            entitle(pane, self.heading)
            yield Page(title=self.heading, id="page")

    def ready(self) -> None:
        """Fill the page."""
        self.query_one(Masthead).show(self.desk.situation())
        page = self.query_one("#page", LineList)
        page.show(self._page(max(20, page.size.width - 2)))
        page.focus()
        if self._at_end:
            page.action_last()

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())
