"""tui: the one sentence of a terminal that is too small."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

WIDTH, HEIGHT = 80, 24


class TooSmall(Widget):
    """Covers the screen below 80×24; nothing beneath is lost."""

    DEFAULT_CSS = """
    TooSmall { display: none; layer: over; dock: top; width: 100%; height: 100%; background: $background;
               content-align: center middle; text-align: center; padding: 0 1; }
    """

    def render(self) -> Content:
        """The sentence, with today's size."""
        # or the last two words would stand alone in a second row
        return Content(self.describe().replace("; ", ";\n"))

    def describe(self) -> str:
        """The sentence."""
        size = self.app.size
        return f"Detente needs {WIDTH} columns and {HEIGHT} rows; this terminal has {size.width} and {size.height}."
