"""tui: the messages of a class: what was written to one's seat, and a line to write to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from sim.tui.lines.messages import choices, message_lines, thread_of
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    from sim.tui.class_app import ClassApp

OWN: Final = "own"


class MessagePage(LineList):
    """What was written, the newest below."""

    HELP = ("Messages to you and from you, the newest below; ● marks what you had not read. Enter on a message answers it: "
            "its people are marked at the right. F7 keeps to what was said among the marked, and shows all again. Tab goes "
            "to the addressees and to the line in which you write.")
    UNSOURCED = "This is what somebody of this class wrote; nothing is cited for it."


class Addressees(LineList):
    """To whom the next message goes."""

    HELP = ("To whom your message goes; several delegations make one thread between them. Enter or a second click marks and "
            "unmarks; with nobody marked it goes to your own delegation.")


class MessagesPage(Sheet):
    """Read and write; what is half written is kept while one is elsewhere."""

    DEFAULT_CSS = """
    MessagesPage #messages { height: 1fr; margin-top: 1; }
    MessagesPage #said { width: 1fr; }
    MessagesPage #whom { width: 34; }
    MessagesPage Input { margin: 0 1 1 1; border: round $rule; background: $background; }
    MessagesPage Input:focus { border: round $primary; }
    MessagesPage.-low #messages, MessagesPage.-tabs #messages { margin-top: 0; }
    MessagesPage.-low Input { margin: 0 1; }
    MessagesPage.-tabs #whom { width: 24; }
    """
    AUTO_FOCUS = "#line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "thread", "Only these people", id="messages.thread"),
        Binding("f8", "verbale", "Note verbale", id="messages.verbale"),
        Binding("escape", "back", "Back", id="messages.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._new: frozenset[str] = frozenset()
        """What was new since the page was opened: its marks stay while one is here."""
        self._only: frozenset[str] | None = None
        """Whose thread alone is shown; empty is the own delegation's, None is everything."""

    def body(self) -> ComposeResult:
        """The messages, the addressees, the line."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="messages"):
            with Vertical(classes="pane", id="said") as pane:
                entitle(pane, "Messages")
                yield MessagePage(title="Messages", id="list")
            with Vertical(classes="pane", id="whom") as pane:
                entitle(pane, "To")
                yield Addressees(title="To", id="to")
        yield Input(id="line", select_on_focus=False)

    def ready(self) -> None:
        """Show them."""
        self.head()
        line = self.query_one(Input)
        line.max_length = self._app.lesson.plan.limits.message
        line.value = self._app.half_written
        self.reload()
        if self._app.why_silent:
            self.query_one(MessagePage).focus()

    @property
    def _app(self) -> ClassApp:
        from sim.tui.class_app import ClassApp

        assert isinstance(self.app, ClassApp)
        return self.app

    def reload(self) -> None:
        """Show what there is now."""
        app = self._app
        found = app.messages()
        page = self.query_one(MessagePage)
        at_end = page.highlighted is None or page.highlighted >= page.option_count - 1 or not page.has_focus
        told = [m for m in found if self._only is None or thread_of(m, app.own_seat) == self._only]
        self._new |= {message.id for message in told if message.new}
        lines = list(message_lines(told, app.names, app.own_seat, self._new))
        page.show(lines, at=lines[-1].id if at_end else None)
        if at_end:
            page.scroll_end(animate=False)
        title = "Messages" if self._only is None else f"With {self._named(self._only)}"
        entitle(self.query_one("#said"), f"{title} · {len(self._new)} new" if self._new else title)
        if any(message.new and message not in told for message in found):
            # what is not shown has not been read
            app.look_around()
        else:
            app.read_all()
        self._show_addressees()

    def _show_addressees(self) -> None:
        app, line = self._app, self.query_one(Input)
        self.query_one(Addressees).show(choices(self._addressees, many=True))
        line.disabled = bool(app.why_silent)
        line.placeholder = app.why_silent or f"Write to {self._whom()}, then enter sends"
        self.refresh_bindings()

    def _whom(self) -> str:
        return self._named(self._app.addressees)

    def _named(self, thread: frozenset[str]) -> str:
        names = [name for id, name in self._app.possible_addressees() if id in thread]
        return " and ".join(names) or "your delegation"

    def _addressees(self) -> Iterator[tuple[str, str, bool]]:
        marked = self._app.addressees
        yield from ((id, name, id in marked or (id == OWN and not marked)) for id, name in self._app.possible_addressees())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        app = self._app
        if event.lines.id == "to":
            app.mark(event.line.id)
            self._show_addressees()
            return
        message = next((m for m in app.messages() if f"message:{m.id}" == event.line.id), None)
        if message is None or app.why_silent:
            return
        if message.kind == "verbale" and not message.mine and app.heads:
            app.note.answer(message)
            self.action_verbale()
            return
        app.addressees = thread_of(message, app.own_seat)
        self._show_addressees()
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._app.half_written = event.value

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() and self._app.write(event.value.strip()):
            event.input.value = ""
            self.query_one(MessagePage).highlighted = None
            self.reload()

    def action_thread(self) -> None:
        """Show only what was said among those who are marked, or everything again."""
        self._only = self._app.addressees if self._only is None else None
        self.query_one(MessagePage).highlighted = None
        self.reload()

    def action_verbale(self) -> None:
        """Write a note verbale in its form."""
        from sim.tui.screens.verbale import VerbalePage

        self.app.push_screen(VerbalePage(), lambda _: self.reload())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Notes are the head's to send; who writes nothing marks nobody."""
        if action == "thread":
            return bool(self._app.own_seat)
        return action != "verbale" or (self._app.heads and not self._app.why_silent)

    def action_sources(self) -> None:
        """A message cites nothing."""
        self._app.show_sources(self.line_at_hand())

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
