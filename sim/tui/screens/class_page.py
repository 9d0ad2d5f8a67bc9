"""tui: the class during a lesson: who is there, who has filed, who heads one's delegation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.line import Line, gap, heading, plain
from sim.tui.lines.people import me_line, member_lines, seat_lines
from sim.tui.screens.dialogs import Ask
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    from sim.lesson import Answer
    from sim.tui.class_app import ClassApp


class PeopleList(LineList):
    """Seats and the own delegation."""

    HELP = ("Who sits where: ● is there, ○ is away. Enter on somebody of your delegation makes them its head, if you are; "
            "t takes the lead when the head has been away for a while.")
    UNSOURCED = "This is the class itself; nothing is cited for it."


class ClassPage(Sheet):
    """Over any screen; follows by itself."""

    DEFAULT_CSS = """
    ClassPage .page LineList { max-width: 96; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "Take the lead", id="class.take"),
        Binding("escape,k", "back", "Back", id="class.back"),
    ]

    def body(self) -> ComposeResult:
        """Masthead and list."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, "The class")
            yield PeopleList(title="The class", id="people")

    @property
    def _app(self) -> ClassApp:
        from sim.tui.class_app import ClassApp

        assert isinstance(self.app, ClassApp)
        return self.app

    def ready(self) -> None:
        """Show it."""
        self.head()
        self.query_one(PeopleList).focus()
        self.reload()

    def reload(self) -> None:
        """Show who is there now."""
        self.query_one(PeopleList).show(list(self._lines()))
        self.refresh_bindings()

    def _lines(self) -> Iterator[Line]:
        room = self._app.room
        if room is None:
            return
        yield me_line(room)
        yield Line("now", plain(room.now, "bold"), plain("→ ", "$primary"))
        if room.members:
            yield gap("members")
            yield heading("members", "Your delegation")
            yield from member_lines(room)
        yield gap("seats")
        yield heading("seats", "At the table")
        yield from seat_lines(room)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        room = self._app.room
        kind, _, person = event.line.id.partition(":")
        mate = next((mate for mate in room.members if mate.id == person), None) if room is not None else None
        if kind != "member" or mate is None or mate.me or room is None:
            return
        if not room.me.head:
            self.notify("Only the head of the delegation passes the lead on.", severity="warning")
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self._told(self._app.lesson.pass_head(self._app.member, person))

        self.app.push_screen(Ask("Pass the lead on?", f"{mate.name} will head your delegation and file its orders.",
                                 "pass it on", "keep it"), answered)

    def action_take(self) -> None:
        """Head the delegation, if its head has been away long enough."""
        self._told(self._app.lesson.take_head(self._app.member))

    def _told(self, answer: Answer) -> None:
        if not answer.ok:
            self.notify(answer.sentence, title="Not possible", severity="warning", timeout=8)
        self._app.look_around()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who does not lead can take the lead."""
        room = self._app.room
        return action != "take" or (room is not None and bool(room.me.seat) and not room.me.head)

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
