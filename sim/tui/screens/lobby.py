"""tui: the lobby of a class: what to do now, what will be played, who is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from sim.tui.lines.line import Line, plain
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    from sim.lesson import SeatRoom


class LobbyPage(Prose):
    """Who is there."""

    HELP = "Who sits where. The facilitator opens the briefing; until then you can write to your delegation: n."


class Lobby(Sheet):
    """Shown until the briefing opens."""

    DEFAULT_CSS = """
    Lobby .page LineList { max-width: 96; margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Head, str, SeatRoom] | None = None

    def body(self) -> ComposeResult:
        """Masthead and page."""
        yield Masthead(self._told[0] if self._told else Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, "The class")
            yield LobbyPage(title="The class", id="lobby")

    def ready(self) -> None:
        """Show what is known."""
        self.query_one(LobbyPage).focus()
        if self._told is not None:
            self.show(*self._told)
        else:
            self.query_one(LobbyPage).show([Line("wait", plain("Your seat is being made ready …", "$quiet"))])

    def show(self, head: Head, blurb: str, room: SeatRoom) -> None:
        """Tell who is there; the screen need not stand yet."""
        self._told = (head, blurb, room)
        if self.is_ready:
            from sim.tui.lines.people import lobby_lines

            self.query_one(Masthead).retitle(head)
            self.query_one(LobbyPage).show(lobby_lines(blurb, room))
