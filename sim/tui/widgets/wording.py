"""tui: a text of several rows to write, which enter ends: for wordings and notes."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class Wording(TextArea):
    """Wraps what is written; enter is done with it, unless rows of their own are wanted."""

    DEFAULT_CSS = """
    Wording { height: 1fr; border: round $rule; padding: 0 1; background: $background; scrollbar-size: 0 1; }
    Wording:focus { border: round $primary; }
    """
    HELP = "Write here. Tab goes on to what is next, esc goes back; what is written is kept."

    class Done(Message):
        """Enter was pressed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str = "", *, title: str = "", rows: bool = False, id: str | None = None) -> None:
        """`rows`: enter begins a new row, and something else says that it is done."""
        super().__init__(text, id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", highlight_cursor_line=False)
        self.title = title
        self._rows = rows
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self._rows:
            event.stop()
            event.prevent_default()
            self.post_message(self.Done(self.text.strip()))
            return
        await super()._on_key(event)

    def describe(self) -> str:
        """What is written."""
        return f"{self.title}: {self.text or 'nothing written yet'}."
