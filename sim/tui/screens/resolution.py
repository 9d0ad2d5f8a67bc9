"""tui: a round resolved, shown as it unfolds: tier by tier, dice with odds and result, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer

from sim.tui.lines.dispatches import TIERS, die, sign, told
from sim.tui.lines.line import Line, gap, heading, held, plain, stacked
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.words.models import Dispatch, Situation

PACE: Final = 0.32
"""Seconds between two dispatches."""


class Unfolding(LineList):
    """The dispatches of the round."""

    HELP = "The round as it resolved. Any key shows all of it at once; then enter goes on, ? tells who says so."


class Resolution(Sheet):
    """Any key skips; then enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on", id="resolution.go_on", priority=True),
        Binding("question_mark", "sources", "Who says so", id="resolution.sources"),
        Binding("escape", "go_on", "Go on", show=False, id="resolution.close"),
    ]

    def __init__(self, situation: Situation) -> None:
        """`situation`: before the round is resolved."""
        super().__init__()
        self._before = situation
        self._lines: list[Line] = []
        self._shown = 0
        self._timer: Timer | None = None
        self.done = False

    def body(self) -> ComposeResult:
        """Masthead and list."""
        yield Masthead(Head("", "", ""))
        with Vertical(classes="pane page") as pane:
            entitle(pane, f"Round {self._before.round}")
            yield Unfolding(title=f"Round {self._before.round}", id="unfolding")

    def ready(self) -> None:
        """The others choose meanwhile."""
        self.query_one(Masthead).show(self._before)
        page = self.query_one(Unfolding)
        page.focus()
        if self._lines or self.done:
            return
        page.show([Line("wait", plain("The other capitals make up their minds …", "$quiet"))])

    def unfold(self, dispatches: Sequence[Dispatch]) -> None:
        """Show what happened, one dispatch after the other."""
        self._lines = resolution_lines(dispatches)
        if self.app.animation_level == "none" or not self._lines:
            self._finish()
            return
        self._timer = self.set_interval(PACE, self._step)
        self._step()

    def _step(self) -> None:
        while self._shown < len(self._lines):
            self._shown += 1
            if not self._lines[self._shown - 1].heading:
                break
        if self._shown >= len(self._lines):
            self._finish()
            return
        page = self.query_one(Unfolding)
        page.show(self._lines[: self._shown])
        page.action_last()

    def _finish(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.done = True
        page = self.query_one(Unfolding)
        page.show(self._lines or [Line("quiet", plain("A quiet round: nothing was heard.", "$quiet"))])
        page.action_last()
        self.query_one(Masthead).show(self.desk.situation())
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """Any key shows the rest at once."""
        if not self.done and self._lines:
            event.stop()
            event.prevent_default()
            self._finish()

    def on_click(self) -> None:
        """So does a click."""
        if not self.done and self._lines:
            self._finish()

    def action_go_on(self) -> None:
        """The first press shows all, the next goes on."""
        if self.done:
            app_of(self).after_round()
        elif self._lines:
            self._finish()

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())


def resolution_lines(dispatches: Sequence[Dispatch]) -> list[Line]:
    """Dispatches under their tiers, with the die, and what changed below each."""
    out: list[Line] = []
    tier = None
    for number, dispatch in enumerate(dispatches):
        name = TIERS.get(dispatch.tier, dispatch.tier.capitalize())
        if name != tier:
            tier = name
            out += ([gap(str(number))] if out else []) + [heading(str(number), name)]
        rows = [told(dispatch)]
        if dispatch.roll:
            rows.append(die(dispatch.roll))
        if dispatch.changes:
            rows.append(plain("   ".join(map(held, dispatch.changes)), "$quiet"))
        out.append(Line(str(number), stacked(rows), sign(dispatch), dispatch.source))
    return out
