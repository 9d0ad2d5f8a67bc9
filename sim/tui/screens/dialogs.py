"""tui: small dialogs: a question with two answers, help, the review of orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from sim.tui.lines.line import plain, stacked
from sim.tui.screens.sheet import Sheetlet
from sim.tui.widgets.key_line import NAMES
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
    """Something to read; enter or esc closes it. What is longer than the dialog scrolls, the keys stay in sight."""

    DEFAULT_CSS = """
    Tell .scroll { height: auto; max-height: 100%; scrollbar-size: 0 1; }
    Tell .scroll .text { padding: 0 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,q,f1", "close", "Close", id="tell.close")]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self.heading, self.text = title, text

    def compose(self) -> ComposeResult:
        """The text."""
        with Vertical(classes="box") as box:
            entitle(box, self.heading)
            with Page(classes="scroll"):
                yield Static(self.text, classes="text")
            yield Static(key("esc", "close", "screen.close") + plain("      ↑ ↓ scroll", "$quiet"), classes="keys")

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)

    def describe(self) -> str:
        """The text."""
        return f"{self.heading}.\n{self.text.plain}"


class Page(VerticalScroll):
    """The part of a dialog that scrolls."""

    HELP = "Up and down scroll."

    def describe(self) -> str:
        """Nothing of its own: the dialog says what stands here."""
        return "Text that scrolls."


class Help(Tell):
    """What the widget in focus is for, and every key that works there, in groups."""

    DEFAULT_CSS = """
    Help > .box { width: 78; }
    """

    def __init__(self, screen: Screen[Any]) -> None:
        """`screen`: the one that help is asked on."""
        here = screen.focused
        title = str(getattr(here, "title", "") or getattr(here, "border_title", "") or "").strip()
        said = here.describe() if here is not None and hasattr(here, "describe") else ""
        super().__init__(f"Help: {title}" if title else "Help",
                         help_text(getattr(here, "HELP", "") or "", said, key_groups(screen)))


def key_groups(screen: Screen[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys that work on a screen by where they belong: key and what it does."""
    groups: dict[str, dict[str, str]] = {"Here": {}, "On this screen": {}, "Pages": {}, "Everywhere": {}}
    for name, active in screen.active_bindings.items():
        binding = active.binding
        if not binding.id or not active.enabled or not binding.description or binding.id.startswith("list."):
            continue
        if active.node is screen:
            group = "Pages" if binding.action.startswith("open_page(") else "On this screen"
        else:
            group = "Everywhere" if active.node is screen.app else "Here"
        if ".answer." in binding.id:
            groups["On this screen"]["Give that answer"] = "1 to 9"
            continue
        groups[group].setdefault(binding.description, binding.key_display or NAMES.get(name, name))
    return [(title, [(shown, text) for text, shown in keys.items()]) for title, keys in groups.items() if keys]


_CELL: Final = 34


def help_text(widget_help: str, said: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Content:
    """Help of a widget: what it is for, the keys that work, two beside each other, and what it shows now."""
    rows = [plain(widget_help)] if widget_help else []
    for title, keys in groups:
        rows += [plain(""), plain(title, "bold $quiet")]
        cells = [plain(f"{name:>6}", "bold $primary") + plain(f"  {text}") for name, text in keys]
        short = [cell.pad_right(_CELL - cell.cell_length) for cell in cells if cell.cell_length < _CELL]
        half = (len(short) + 1) // 2
        rows += [left + (short[half + number] if half + number < len(short) else plain(""))
                 for number, left in enumerate(short[:half])]
        rows += [cell for cell in cells if cell.cell_length >= _CELL]
    if said:
        rows += [plain(""), plain("In words", "bold $quiet"), plain(said, "$quiet")]
    return stacked(rows)
