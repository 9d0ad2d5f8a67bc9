"""tui: the ending: what happened, scores against par, where it turned, questions, and the other side."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.dispatches import wire_lines
from sim.tui.lines.pages import why_page
from sim.tui.lines.scores import ending_lines
from sim.tui.screens.reading import Reading
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle


class EndingPage(Prose):
    """The last page."""

    HELP = ("What happened, each seat's goals, and the rounds that turned your score. On a bar, ┃ is what personas "
            "usually reach here (par), ╷ the ends of the middle half.")


class Ending(Sheet):
    """The last page of a match."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", "Play the other side", id="ending.again"),
        Binding("w", "wire", "Wire", id="ending.wire"),
        Binding("o", "reasons", "Why it went so", id="ending.reasons"),
        Binding("u", "undo", "Undo the last round", id="ending.undo"),
        Binding("h,escape", "app.go_home", "Home", id="ending.home"),
    ]

    def body(self) -> ComposeResult:
        """Masthead and page."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, "How it ended")
            yield EndingPage(title="How it ended", id="ending")

    def ready(self) -> None:
        """Fill the page."""
        self.query_one(Masthead).show(self.desk.situation())
        ending = self.desk.ending()
        page = self.query_one(EndingPage)
        page.show(ending_lines(ending) if ending is not None else [])
        page.focus()

    def action_again(self) -> None:
        """The same scenario from another seat."""
        app_of(self).play_other_side()

    def action_wire(self) -> None:
        """All that was said."""
        desk = self.desk
        self.app.push_screen(Reading("The wire", lambda _: wire_lines(desk.wire())))

    def action_reasons(self) -> None:
        """Why the others chose as they did, in the last round."""
        desk = self.desk
        last = desk.situation().round
        self.app.push_screen(Reading("Why the last round went so", lambda _: why_page(
            desk.silent(last), desk.reasons(last), desk.no_reasons(last))))

    def action_undo(self) -> None:
        """Back to the orders of the last round."""
        app_of(self).undo_round(app_of(self).enter_room)
