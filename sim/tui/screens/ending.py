"""tui: the ending: what happened, scores against par, where it turned, questions, and the other side."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.scores import ending_lines
from sim.tui.screens.pages import page_bindings, page_screen
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
        *page_bindings("ending"),
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

    def action_open_page(self, page: str) -> None:
        """Open a page over the ending."""
        self.app.push_screen(page_screen(page))

    def action_undo(self) -> None:
        """Back to the orders of the last round."""
        app_of(self).undo_round(app_of(self).enter_room)
