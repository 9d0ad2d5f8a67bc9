"""tui: the lines of a match as a tree: where each leaves, how far it went; go to one, or choose two to compare."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.errors import DetenteError
from sim.tui.lines.timeline import about_branch, branch_lines
from sim.tui.screens.compare import ComparePage
from sim.tui.screens.sheet import Sheet
from sim.tui.table import Head
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.words.models import LineCard


class Lines(LineList):
    """The lines of the match."""

    HELP = ("Every line that was played, each below the one it leaves. Enter goes to the line under the cursor; k "
            "compares it with the marked one (◆), and m marks another.")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Go there", id="branches.go")]


class BranchesPage(Sheet):
    """Every line; made with what is to be done with the head of the one that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "compare", "Compare with ◆", id="branches.compare"),
        Binding("m", "mark", "Mark ◆", id="branches.mark"),
        Binding("escape,a", "back", "Back", id="branches.back"),
    ]
    DEFAULT_CSS = """
    BranchesPage #lines-pane { height: 1fr; }
    BranchesPage #line-detail { height: 8; margin: 0 2; border-top: solid $rule; border-title-color: $quiet;
                                border-title-style: bold; }
    """

    def __init__(self, chosen: Callable[[int], None], *, comparing: bool = False) -> None:
        """`chosen` is called once this page is closed; `comparing`: say what to do to compare."""
        super().__init__()
        self._chosen_line, self._comparing = chosen, comparing
        self._cards: tuple[LineCard, ...] = ()
        self._marked = 0

    def body(self) -> ComposeResult:
        """Masthead, the tree, the line under the cursor at length."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page", id="lines-pane") as pane:
            entitle(pane, "The lines of this match")
            yield Lines(title="The lines of this match", id="lines")
        yield Detail(id="line-detail")

    def ready(self) -> None:
        """The line of the match is marked."""
        self.head()
        self._cards = self.desk.branches()
        here = next(card for card in self._cards if card.here)
        self._marked = here.number
        lines = self.query_one(Lines)
        lines.focus()
        other = next((card for card in self._cards if not card.here), here)
        lines.show(branch_lines(self._cards, self._marked), at=str((other if self._comparing else here).head))
        if self._comparing:
            self.notify(f"k compares the line under the cursor with {here.name}; m marks another than that.", timeout=6)

    @property
    def _mark(self) -> LineCard | None:
        return next((card for card in self._cards if card.number == self._marked), None)

    @property
    def card(self) -> LineCard | None:
        """The line under the cursor."""
        current = self.query_one(Lines).current
        return next((card for card in self._cards if current and str(card.head) == current.id), None)

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        card = self.card
        if card is None:
            return
        parent = next((it.name for it in self._cards if it.number == card.parent), "")
        detail = self.query_one(Detail)
        detail.tell("This line", about_branch(card, parent, ""))
        marked = self._mark
        if marked is None or marked.number == card.number:
            return
        first, second = sorted((card, marked), key=lambda it: it.number)
        desk = self.desk

        async def tell() -> None:
            try:
                found = await asyncio.to_thread(desk.compare, first.head, second.head)
            except DetenteError:
                # the match went to another line meanwhile, and this screen is closing
                return
            if self.card == card:
                detail.tell("This line", about_branch(card, parent, found.sentence))

        self.run_worker(tell(), exclusive=True, group="apart")

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """Go to the line under the cursor."""
        card = self.card
        if card is not None:
            self.dismiss(None)
            self._chosen_line(card.head)

    def action_mark(self) -> None:
        """Compare with this one from now on."""
        if self.card is not None:
            self._marked = self.card.number
            self.query_one(Lines).show(branch_lines(self._cards, self._marked))

    def action_compare(self) -> None:
        """The marked line and the one under the cursor, side by side."""
        other = self._mark
        if self.card is None or other is None:
            return
        if self.card.number == other.number:
            self.notify("Move to another line first; this one is marked." if len(self._cards) > 1
                        else "There is one line so far.")
            return
        first, second = sorted((self.card, other), key=lambda card: card.number)
        self.app.push_screen(ComparePage(first.head, second.head))

    def action_back(self) -> None:
        """To the timeline."""
        self.dismiss(None)
