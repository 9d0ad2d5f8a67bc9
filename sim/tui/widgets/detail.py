"""tui: the pane that tells all about the line under the cursor."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from sim.tui.lines.line import freed, plain
from sim.tui.widgets.titles import entitle

_KEPT = 64
"""So many texts keep the rows in which they were set."""


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
        self._content = Content("")
        self._more = more
        self._rows: dict[tuple[Content, int], tuple[Content, list[Content]]] = {}

    @property
    def text(self) -> Content:
        """The whole text."""
        return freed(self._content)

    def tell(self, title: str, text: Content) -> None:
        """Show a text under a title."""
        if title != self.title:
            self.title = title
            entitle(self, title)
        if text is not self._content:
            self._content = text
            self.refresh()

    def _set(self, width: int) -> list[Content]:
        # contents are equal if their texts are, whatever their styles
        kept = self._rows.get((self._content, width))
        if kept is not None and kept[0].is_same(self._content):
            return kept[1]
        rows = [freed(row).pad_left(1) for row in self._content.wrap(max(10, width - 2))]
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        self._rows[self._content, width] = (self._content, rows)
        return rows

    def render(self) -> Content:
        """The rows that fit; the last one says where there are more."""
        width, height = self.content_size
        rows = self._set(width)
        if len(rows) > height > 0:
            rows = [*rows[: height - 1], plain(f" {self._more or '…'}", "$mark")]
        return Content("\n").join(rows)

    def describe(self) -> str:
        """The whole text."""
        return f"{self.title}.\n{self.text.plain}"
