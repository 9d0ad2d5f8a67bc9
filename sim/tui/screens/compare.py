"""tui: two lines of a match side by side, round by round from where they part."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from sim.errors import DetenteError
from sim.tui.lines.compare import BETWEEN, compare_lines, half_of
from sim.tui.lines.line import plain
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.words.models import Comparison, LineCard


class Sides(Widget):
    """The names of both lines over their halves."""

    DEFAULT_CSS = """
    Sides { height: 1; padding: 0 1; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[LineCard, LineCard] | None = None

    def show(self, left: LineCard, right: LineCard) -> None:
        """Name two lines."""
        self._lines = (left, right)
        self.refresh()

    def render(self) -> Content:
        """One row."""
        if self._lines is None:
            return plain("")
        # the list below keeps a column for its scrollbar
        half = half_of(self.content_size.width - 1)
        cells = [(plain(card.name.capitalize(), "bold $primary") + plain(f"  {card.says}", "$quiet")).truncate(
            half, ellipsis=True) for card in self._lines]
        return cells[0].extend_right(half - cells[0].cell_length) + plain(BETWEEN, "$rule") + cells[1]

    def describe(self) -> str:
        """The names."""
        return "" if self._lines is None else "Left: {}, {}. Right: {}, {}.".format(
            *(part for card in self._lines for part in (card.name, card.says)))


class Compared(LineList):
    """The rounds of both."""

    HELP = ("Both lines round by round, from the first difference on: what was filed, the dispatches that the other "
            "does not have, and the tracks that stand differently after the round. ? tells who says so.")


class ComparePage(Sheet):
    """Two lines; made with their heads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "swap", "Swap sides", id="compare.swap"),
        Binding("question_mark", "sources", "Who says so", id="compare.sources"),
        Binding("escape,k", "back", "Back", id="compare.back"),
    ]

    def __init__(self, left: int, right: int) -> None:
        """`left`, `right`: heads of two lines."""
        super().__init__()
        self._heads = (left, right)

    def body(self) -> ComposeResult:
        """Masthead, names, rounds."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, "Two lines side by side")
            yield Sides(id="sides")
            yield Compared(title="Two lines side by side", id="compared")

    def ready(self) -> None:
        """Read both off the loop."""
        self.head()
        self.query_one(Compared).focus()
        self._read()

    def _read(self) -> None:
        desk, heads = self.desk, self._heads

        async def read() -> None:
            try:
                found = await asyncio.to_thread(desk.compare, *heads)
            except DetenteError as problem:
                app_of(self).tell("They cannot be compared", problem.sentence, then=self.action_back)
                return
            self._show(found)

        self.run_worker(read(), exclusive=True, group="compare")

    def _show(self, found: Comparison) -> None:
        self.query_one(Sides).show(found.left, found.right)
        self.query_one(Compared).show(compare_lines(found, own=bool(self.desk.situation().seat)))

    def action_swap(self) -> None:
        """The left one to the right."""
        self._heads = (self._heads[1], self._heads[0])
        self._read()

    def action_sources(self) -> None:
        """Who says what the line under the cursor says, on either side."""
        app_of(self).show_sources(self.line_at_hand())

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
