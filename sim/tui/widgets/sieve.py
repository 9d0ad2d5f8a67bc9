"""tui: the row above the library: what narrows it, each with its key, and where one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input

from sim.tui.lines.library import ANY, SIEVES
from sim.tui.lines.line import plain
from sim.tui.widgets.key_line import NAMES


class SieveRow(Widget):
    """One row; a click turns a sieve as its key does."""

    DEFAULT_CSS = """
    SieveRow { height: 1; padding: 0 3; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._values: Mapping[str, str] = {}
        self._words = ""

    def on_mount(self) -> None:
        """Follow the screen's keys: a person may have changed them."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def show(self, values: Mapping[str, str], words: str) -> None:
        """Show what narrows the library now."""
        self._values, self._words = values, words
        self.refresh()

    def _key(self, name: str) -> str:
        keys = (key for key, active in self.screen.active_bindings.items() if active.binding.id == f"home.{name}")
        found = next(keys, "")
        return NAMES.get(found, found)

    def render(self) -> Content:
        """The sieves that fit, the search last."""
        cells = [self._cell(name, title, self._values.get(name, ANY)) for name, (title, _) in SIEVES.items()]
        cells.append(self._cell("search", "search", self._words))
        width = self.content_size.width
        between = "     " if sum(cell.cell_length + 5 for cell in cells) - 5 <= width else "   "
        return Content(between).join(cells)

    def _cell(self, name: str, title: str, value: str) -> Content:
        lit = value not in {ANY, ""}
        cell = (plain(self._key(name), "bold $primary") + plain(f" {title}", "$quiet")
                + plain(f" {value}" if value else "", "bold $mark" if lit else "$foreground"))
        return cell.stylize(Style.from_meta({"sieve": name}))

    def on_click(self, event: events.Click) -> None:
        """Turn what is clicked, or search."""
        name = event.style.meta.get("sieve")
        if name:
            self.post_message(self.Picked(name))

    class Picked(Message):
        """A sieve was clicked, or `search`."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def describe(self) -> str:
        """What narrows the library, in words."""
        told = [f"{SIEVES[name][0]} {value}" for name, value in self._values.items()]
        if self._words:
            told.append(f"words {self._words}")
        return f"Shown: {', '.join(told)}." if told else "Shown: all scenarios."


class SearchInput(Input):
    """What is typed to search the library."""

    DEFAULT_CSS = """
    SearchInput { height: 1; border: none; padding: 0 3; background: $panel; display: none; }
    SearchInput:focus { border: none; }
    SearchInput.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Clear the search", id="search.close"),
        Binding("down", "leave", "To the list", show=False, id="search.leave"),
    ]
    HELP = "Type words that the title, the text or a seat must have. Enter goes to the list, esc shows all again."

    class Left(Message):
        """The search was left; `cleared` if nothing is searched any more."""

        def __init__(self, *, cleared: bool) -> None:
            super().__init__()
            self.cleared = cleared

    def open(self) -> None:
        """Show it and type."""
        self.add_class("-open")
        self.focus()

    def action_close(self) -> None:
        """Search nothing any more."""
        self.value = ""
        self.remove_class("-open")
        self.post_message(self.Left(cleared=True))

    def action_leave(self) -> None:
        """To the list; what was typed stays."""
        self.set_class(bool(self.value), "-open")
        self.post_message(self.Left(cleared=False))

    def describe(self) -> str:
        """What is typed."""
        return f"Search: {self.value or 'nothing typed'}."
