"""tui: small dialogs: a question with two answers, help, sources, the review of orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from sim.tui.lines.line import Line, plain, stacked
from sim.tui.screens.sheet import Sheetlet
from sim.tui.widgets.key_line import NAMES
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle


def key(name: str, text: str, action: str) -> Content:
    """A key and what it does, to be clicked as well."""
    cell = plain(name, "bold $primary") + plain(f" {text}")
    return cell.stylize(Style.from_meta({"@click": action}))


class Ask(Sheetlet[bool]):
    """A question: enter is yes, esc is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Yes", id="ask.yes"),
        Binding("escape", "answer(False)", "No", id="ask.no"),
    ]

    def __init__(self, title: str, text: str, yes: str, no: str, name: str | None = None) -> None:
        super().__init__(name=name)
        self.heading, self.text, self._yes, self._no = title, text, yes, no

    def compose(self) -> ComposeResult:
        """Text and both answers."""
        with Vertical(classes="box") as box:
            entitle(box, self.heading)
            yield Static(self.text, classes="text", markup=False)
            yield Static(key("enter", self._yes, "screen.answer(True)") + plain("      ")
                         + key("esc", self._no, "screen.answer(False)"), classes="keys")

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)

    def describe(self) -> str:
        """The question."""
        return f"{self.heading}. {self.text} Enter: {self._yes}. Esc: {self._no}."


class Tell(Sheetlet[None]):
    """Something to read; enter or esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,q,f1", "close", "Close", id="tell.close")]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self.heading, self.text = title, text

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="box") as box:
            entitle(box, self.heading)
            yield Static(self.text, classes="text")
            yield Static(key("esc", "close", "screen.close"), classes="keys")

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)

    def describe(self) -> str:
        """The text."""
        return f"{self.heading}.\n{self.text.plain}"


class Listing(Sheetlet[None]):
    """Lines to read over the screen: who says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "close", "Close", id="listing.close")]

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self.heading, self.lines = title, lines

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="box") as box:
            entitle(box, self.heading)
            yield LineList(title=self.heading)
            yield Static(key("esc", "close", "screen.close"), classes="keys")

    def on_mount(self) -> None:
        """Fill it once its width is known."""
        self.call_after_refresh(lambda: self.query_one(LineList).show(self.lines))

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


class Review(Sheetlet[bool]):
    """Orders and open questions before the round is resolved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Resolve", id="review.resolve"),
        Binding("escape", "answer(False)", "Back", id="review.back"),
    ]

    def __init__(self, title: str, orders: Sequence[str], unanswered: Sequence[tuple[str, str]], left: int) -> None:
        super().__init__()
        self.heading, self._orders, self._unanswered, self._left = title, orders, unanswered, left

    def compose(self) -> ComposeResult:
        """Orders, what stays unanswered, what stays unspent."""
        with Vertical(classes="box") as box:
            entitle(box, self.heading)
            yield Static(self._text(), classes="text")
            yield Static(key("enter", "resolve the round", "screen.answer(True)") + plain("      ")
                         + key("esc", "back", "screen.answer(False)"), classes="keys")

    def _text(self) -> Content:
        rows = [plain(f"✓ {order}") for order in self._orders] or [plain("You order nothing this round.", "$mark")]
        for question, ignored in self._unanswered:
            rows.append(plain(f"? Unanswered: {question}", "$mark"))
            if ignored:
                rows.append(plain(f"  If ignored: {ignored}", "$quiet"))
        if self._left:
            rows.append(plain(f"{self._left} attention stays unspent and does not carry over.", "$quiet"))
        return stacked(rows)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)

    def describe(self) -> str:
        """The review in words."""
        return f"{self.heading}.\n{self._text().plain}"


def help_text(widget_help: str, said: str, keys: Sequence[tuple[str, str]]) -> Content:
    """Help of a widget: what it is for, what it shows now, the keys that work."""
    rows = [plain(widget_help)] if widget_help else []
    rows += [plain(""), plain("Keys", "bold $quiet")]
    rows += [plain(f"{NAMES.get(name, name):>7}", "bold $primary") + plain(f"  {text}") for name, text in keys]
    if said:
        rows += [plain(""), plain("In words", "bold $quiet"), plain(said, "$quiet")]
    return stacked(rows)
