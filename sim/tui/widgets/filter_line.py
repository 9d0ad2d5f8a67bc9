"""tui: the row in which one types to filter a list; hidden until it is asked for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterLine(Input):
    """Every key changes the filter; enter or down goes to the list, esc clears and hides."""

    DEFAULT_CSS = """
    FilterLine { display: none; height: 1; border: none; padding: 0 1; background: $panel; }
    FilterLine:focus { border: none; }
    FilterLine.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Clear filter", id="filterline.close"),
        Binding("down", "leave", "To the list", id="filterline.leave"),
    ]
    HELP = "Type words that a line must have. Enter goes to the list, esc clears the filter."

    class Typed(Message):
        """What is typed has changed."""

    class Left(Message):
        """The filter was left for the list."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(placeholder="type to filter", id=id, select_on_focus=False)
        self._typing = False

    def open(self) -> None:
        """Show it and type."""
        self.add_class("-open")
        self.focus()

    def action_close(self) -> None:
        """Clear and hide."""
        self.value = ""
        self.remove_class("-open")
        self.post_message(self.Left())

    def action_leave(self) -> None:
        """To the list; what was typed stays."""
        self.set_class(bool(self.value), "-open")
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed is painted first; keys that come meanwhile are told together."""
        event.stop()
        if not self._typing:
            self._typing = True
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        self._typing = False
        self.post_message(self.Typed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the list."""
        event.stop()
        self.action_leave()

    def describe(self) -> str:
        """What is typed."""
        return f"Filter: {self.value or 'nothing typed'}."


def has_words(text: str, typed: str) -> bool:
    """Whether every word typed occurs in a text, large and small letters alike."""
    said = text.casefold()
    return all(word in said for word in typed.casefold().split())
