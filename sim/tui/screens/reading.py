"""tui: a page to read: draft, provisions, wire, reasons, tracks; `?` asks who says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.dispatches import wire_lines
from sim.tui.lines.line import Line
from sim.tui.lines.pages import draft_page, provisions_page, why_page
from sim.tui.lines.tracks import track_lines
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

    heading = ""
    at_end = False

    def lines(self, width: int) -> Sequence[Line]:
        """The lines of the page, for a width in cells."""
        raise NotImplementedError

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
        page.show(self.lines(max(20, page.size.width - 2)))
        page.focus()
        if self.at_end:
            page.action_last()

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())


class DraftPage(Reading):
    """The text under negotiation."""

    heading = "The draft"

    def lines(self, width: int) -> Sequence[Line]:
        """Part by part."""
        return draft_page(self.desk.draft())


class ProvisionsPage(Reading):
    """What was signed before the match, and in it."""

    heading = "What was signed"

    def lines(self, width: int) -> Sequence[Line]:
        """Agreement by agreement."""
        return provisions_page(self.desk.provisions())


class TracksPage(Reading):
    """Every track that the seat sees."""

    heading = "All tracks"

    def lines(self, width: int) -> Sequence[Line]:
        """The seat's own first."""
        now = self.desk.situation()
        return track_lines(now.tracks, width, now.viewer)


class WirePage(Reading):
    """All dispatches so far."""

    heading = "The wire"
    at_end = True

    def lines(self, width: int) -> Sequence[Line]:
        """Oldest first; the page opens at its end."""
        return wire_lines(self.desk.wire())


class ReasonsPage(Reading):
    """Why the last closed round went as it did."""

    heading = "Why the last round went so"

    def lines(self, width: int) -> Sequence[Line]:
        """What happened by itself, then the others' reasons."""
        now = self.desk.situation()
        last = now.round if now.ending else now.round - 1
        return why_page(self.desk.silent(last), self.desk.reasons(last), self.desk.no_reasons(last))
