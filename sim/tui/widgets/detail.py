"""tui: the pane that tells all about the line under the cursor."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from sim.tui.lines.line import freed, plain
from sim.tui.widgets.titles import entitle


class Detail(Widget):
    """Text about one thing, as much as fits.

    It neither scrolls nor takes its height from the text, so that a new text costs no new layout of the screen.
    """

    DEFAULT_CSS = """
    Detail { height: 12; }
    """
    HELP = "Tells all about the line under the cursor: likely effects, cost, who sees it, why not."

    def __init__(self, *, id: str | None = None, classes: str | None = None, more: str = "") -> None:
        """`more`: what stands in the last row where the text is cut."""
        super().__init__(id=id, classes=classes)
        self.title = ""
        self.text = Content("")
        self._more = more

    def tell(self, title: str, text: Content) -> None:
        """Show a text under a title."""
        if title != self.title:
            self.title = title
            entitle(self, title)
        self.text = freed(text)
        self.refresh()

    def render(self) -> Content:
        """The rows that fit; the last one says where there are more."""
        width, height = self.content_size
        rows = self.text.wrap(max(10, width - 2))
        if len(rows) > height > 0:
            rows = [*rows[: height - 1], plain(self._more or "…", "$mark")]
        return Content("\n").join([row.pad_left(1) for row in rows])

    def describe(self) -> str:
        """The whole text."""
        return f"{self.title}.\n{self.text.plain}"
