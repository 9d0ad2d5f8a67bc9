"""tui: why it went so: a closed round, what happened by itself in it, and the others' reasons as far as they are told."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sim.tui.lines.line import Line, plain
from sim.tui.lines.reasons import why_lines
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.round_strip import RoundStrip
from sim.tui.widgets.titles import entitle


class WhyList(LineList):
    """What moved by itself, and reasons."""

    HELP = ("Why a round went as it did. First what happened without a dispatch, then why the others chose as they did, "
            "with what it would have taken to choose otherwise. Left and right go to other rounds.")
    UNSOURCED = ("No source is cited for this line: the reasons are those of the automatic players, and what moves by "
                 "itself follows the scenario's rules.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.turn(-1)", "Round", key_display="← →", id="why.earlier"),
        Binding("right", "screen.turn(1)", "Next round", show=False, id="why.later"),
    ]


class WhyPage(Sheet):
    """One closed round; left and right go to the others."""

    DEFAULT_CSS = """
    WhyPage LineList { max-width: 104; margin-top: 1; }
    """
    AUTO_FOCUS = "#why"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o", "back", "Back", id="why.back"),
        Binding("enter", "back", "Back", show=False, priority=True, id="why.go_on"),
        Binding("question_mark", "sources", "Who says so", id="why.sources"),
    ]

    def __init__(self, round: int | None = None) -> None:
        """`round`: the closed round to open at; the last one unless said."""
        super().__init__()
        self._last = self._round = 0
        self._wanted = round

    def body(self) -> ComposeResult:
        """The rounds, and the page of one."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, "Why it went so")
            yield RoundStrip(id="rounds")
            yield WhyList(title="Why it went so", id="why")

    def ready(self) -> None:
        """The last closed round."""
        now = self.desk.situation()
        self.head()
        self._last = self._round = now.round if now.ending else now.round - 1
        if self._wanted is not None:
            self._round = min(self._wanted, self._last)
        self._show()
        self.query_one(WhyList).focus()

    def _show(self) -> None:
        lines = self.query_one(WhyList)
        self.query_one(RoundStrip).show(self._last, self._round)
        if not self._round:
            lines.show([Line("none", plain("No round has been played yet.", "$quiet"))])
            return
        entitle(self.query_one(".pane"), f"Why round {self._round} went so")
        desk, number = self.desk, self._round
        lines.show(why_lines(desk.silent(number), desk.reasons(number), desk.no_reasons(number)))
        lines.action_first()
        lines.scroll_home(animate=False)

    def on_round_strip_picked(self, event: RoundStrip.Picked) -> None:
        """To a round that was clicked."""
        self._round = event.round
        self._show()

    def action_turn(self, step: int) -> None:
        """To an earlier or a later round."""
        wanted = self._round + step
        if 1 <= wanted <= self._last:
            self._round = wanted
            self._show()

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
