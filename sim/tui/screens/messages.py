"""tui: the messages of a class: what was written to one's seat, and a line to write to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from sim.tui.lines.line import Line, gap, plain
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList, Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle

if TYPE_CHECKING:
    from sim.tui.class_app import ClassApp

OWN: Final = "own"
LONGEST: Final = 1000


class MessagePage(Prose):
    """What was written, the newest below."""

    HELP = "Messages to you and from you, the newest below. Tab goes to the addressees and to the line in which you write."


class Addressees(LineList):
    """To whom the next message goes."""

    HELP = "To whom your message goes. Enter or a second click marks and unmarks; nobody marked: your own delegation."


class MessagesPage(Sheet):
    """Read and write; what is half written is kept while one is elsewhere."""

    DEFAULT_CSS = """
    MessagesPage #messages { height: 1fr; margin-top: 1; }
    MessagesPage #said { width: 1fr; }
    MessagesPage #whom { width: 34; }
    MessagesPage Input { margin: 0 1 1 1; }
    """
    AUTO_FOCUS = "#line"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="messages.back")]

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
        yield Input(placeholder="Write, then enter sends", max_length=LONGEST, id="line")

    def ready(self) -> None:
        """Show them."""
        self.head()
        self.query_one(Input).value = self._app.half_written
        self.reload()
        self.query_one(MessagePage).scroll_end(animate=False)

    @property
    def _app(self) -> ClassApp:
        from sim.tui.class_app import ClassApp

        assert isinstance(self.app, ClassApp)
        return self.app

    def reload(self) -> None:
        """Show what there is now."""
        page = self.query_one(MessagePage)
        page.show(list(self._lines()))
        page.scroll_end(animate=False)
        self.query_one(Addressees).show(list(self._addressees()))

    def _lines(self) -> Iterator[Line]:
        app = self._app
        found = app.messages()
        if not found:
            yield Line("none", plain("Nothing has been written yet.", "$quiet"))
        for message in found:
            kind = "note verbale, " if message.kind == "verbale" else ""
            lead = plain(app.sender(message), "bold $primary") + plain(
                f" to {app.receivers(message)}  {kind}round {message.round}", "$quiet")
            text = plain("hidden by the facilitator", "$quiet") if message.hidden else plain(message.text)
            yield Line(f"message:{message.id}", lead + plain("\n") + text)
            yield gap(f"message:{message.id}")
        app.read_all()

    def _addressees(self) -> Iterator[Line]:
        marked = self._app.addressees
        for id, name in self._app.possible_addressees():
            mine = id in marked or (id == OWN and not marked)
            yield Line(id, plain(name, "bold" if mine else ""), plain("● " if mine else "○ ", "$mark" if mine else "$quiet"),
                       wraps=False)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.lines.id == "to":
            self._app.mark(event.line.id)
            self.query_one(Addressees).show(list(self._addressees()))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._app.half_written = event.value

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() and self._app.write(event.value.strip()):
            event.input.value = ""

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
