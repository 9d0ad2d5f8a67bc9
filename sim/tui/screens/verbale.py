"""tui: a note verbale in its form: to whom, what about, what it asks, which note it answers, and its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from sim.tui.lines.messages import ASKED, choices
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.tui.widgets.wording import Wording

if TYPE_CHECKING:
    from sim.lesson import Message
    from sim.tui.class_app import ClassApp


@dataclass(slots=True)
class Note:
    """A note that is half written; the app keeps it while one is elsewhere."""

    to: set[str] = field(default_factory=set)
    asks: str = "nothing"
    reply_to: str = ""
    subject: str = ""
    text: str = ""

    def answer(self, message: Message) -> None:
        """Make it the answer to a note."""
        self.to = {message.sender}
        self.reply_to = message.id
        self.subject = self.subject or message.form.get("subject", "")


class Chooser(LineList):
    """One of three lists of the form."""

    HELP = "Enter or a second click chooses. Tab goes on to what is next; F9 sends the note."


class VerbalePage(Sheet):
    """The form at the left, subject and text at the right."""

    DEFAULT_CSS = """
    VerbalePage #form { height: 1fr; margin-top: 1; }
    VerbalePage #chosen { width: 36; }
    VerbalePage #box-asks { height: 8; }
    VerbalePage #box-reply { height: 1fr; }
    VerbalePage #written { width: 1fr; }
    VerbalePage #written Static { height: auto; margin: 0 2; color: $quiet; }
    VerbalePage Input { margin: 0 1; border: round $rule; background: $background; }
    VerbalePage Input:focus { border: round $primary; }
    VerbalePage Wording { margin: 0 1; }
    VerbalePage.-low #form { margin-top: 0; }
    VerbalePage.-low #box-asks { height: 7; }
    VerbalePage.-tabs #chosen { width: 30; }
    """
    AUTO_FOCUS = "#subject"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "send", "Send the note", id="verbale.send"),
        Binding("escape", "back", "Back", id="verbale.back"),
    ]

    def body(self) -> ComposeResult:
        """Three lists, a line, a text."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="form"):
            with Vertical(id="chosen"):
                for name, title in (("to", "To"), ("asks", "Your note"), ("reply", "It answers")):
                    with Vertical(id=f"box-{name}"), Vertical(classes="pane") as pane:
                        entitle(pane, title)
                        yield Chooser(title=title, id=f"note-{name}")
            with Vertical(id="written", classes="pane") as pane:
                entitle(pane, "Note verbale")
                yield Static("Subject", markup=False)
                yield Input(id="subject")
                yield Static("What your Ministry states; its greetings, number and request are "
                             "added.", markup=False)
                yield Wording(title="Text of the note", rows=True, id="text")

    @property
    def _app(self) -> ClassApp:
        from sim.tui.class_app import ClassApp

        assert isinstance(self.app, ClassApp)
        return self.app

    def ready(self) -> None:
        """Show what is half written."""
        self.head()
        note, limits = self._app.note, self._app.lesson.plan.limits
        subject, text = self.query_one(Input), self.query_one(Wording)
        subject.max_length = limits.subject
        subject.value = note.subject
        text.text = note.text
        self.reload()
        (text if note.reply_to else subject).focus()

    def reload(self) -> None:
        """Show what is chosen; the list of seats is as high as it is long, as far as there is room."""
        self.query_one("#box-to").styles.height = min(len(self._app.other_seats()) + 2, 6 if self.has_class("-low") else 13)
        for name, items, many in (("to", self._seats, True), ("asks", self._asks, False), ("reply", self._notes, False)):
            self.query_one(f"#note-{name}", Chooser).show(choices(items, many))

    def _seats(self) -> Iterator[tuple[str, str, bool]]:
        app = self._app
        yield from ((id, name, id in app.note.to) for id, name in app.other_seats())

    def _asks(self) -> Iterator[tuple[str, str, bool]]:
        yield from ((id, title, id == self._app.note.asks) for id, title in ASKED.items())

    def _notes(self) -> Iterator[tuple[str, str, bool]]:
        app = self._app
        yield "none", "no other note", not app.note.reply_to
        for message in app.messages():
            if message.kind == "verbale" and not message.mine and not message.hidden and message.sender != app.own_seat:
                name = app.names.get(message.sender, message.sender)
                yield (message.id, f"{name} No. {message.form.get('number', '')}: {message.form.get('subject', '')}",
                       message.id == app.note.reply_to)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        note, id = self._app.note, event.line.id
        if event.lines.id == "note-to":
            note.to ^= {id}
        elif event.lines.id == "note-asks":
            note.asks = id
        else:
            found = next((m for m in self._app.messages() if m.id == id), None)
            note.reply_to = ""
            if found is not None:
                note.answer(found)
                self.query_one(Input).value = note.subject
        self.reload()

    @on(Input.Changed)
    def _subject(self, event: Input.Changed) -> None:
        self._app.note.subject = event.value

    @on(Input.Submitted)
    def _to_text(self) -> None:
        self.query_one(Wording).focus()

    @on(TextArea.Changed)
    def _text(self, event: TextArea.Changed) -> None:
        self._app.note.text = event.text_area.text

    def action_send(self) -> None:
        """Send it."""
        if self._app.send_note():
            self.dismiss(None)

    def action_back(self) -> None:
        """To the messages; the note is kept."""
        self.dismiss(None)
