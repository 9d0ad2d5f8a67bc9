"""tui: a round resolved, shown as it unfolds: tier by tier, dice with odds and result, what changed, the phase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets.option_list import Option

from sim.tui.lines.line import Line, plain
from sim.tui.lines.unfolding import Beat, beats
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.board import Board
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle
from sim.words.models import Dispatch, PhaseDiagram, Situation

PACE: Final = 0.08
"""Seconds of one unit of a beat's weight, where the round is short."""
LONGEST: Final = 4.6
"""Seconds that a whole round takes at most."""


class Unfolding(LineList):
    """The dispatches of the round."""

    HELP = ("The round as it resolved, tier by tier. On the line of a die the heavy part is the share that was taken, "
            "◆ is where it fell. Any key shows all of it at once; then enter goes on, ? tells who says so.")
    UNSOURCED = "No source is cited for this dispatch: it tells what happened in this match."

    def put(self, beat: Beat) -> None:
        """Add a line below, or put it in the place of the last one."""
        if beat.again:
            self.show((*self.shown[:-1], beat.line), at=beat.line.id)
        else:
            self._lines_shown = (*self._lines_shown, beat.line)
            self._by_id[beat.line.id] = beat.line
            self.add_option(Option(beat.line.set(self._width), id=beat.line.id, disabled=beat.line.heading))
        if not beat.line.heading:
            self.highlighted = self.option_count - 1
        self.scroll_end(animate=False)


class Resolution(Sheet):
    """Any key skips; then enter goes on."""

    DEFAULT_CSS = """
    Resolution #round { height: 1fr; margin: 1 1 0 1; }
    Resolution #pane-unfolding { width: 1fr; }
    Resolution #pane-board { width: 42; }
    Resolution.-broad #pane-board { width: 54; }
    Resolution.-tabs #pane-board, Resolution.-tiny #pane-board { display: none; }
    """
    leads_on = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on", id="resolution.go_on", priority=True),
        Binding("question_mark", "sources", "Who says so", id="resolution.sources"),
        Binding("o", "why", "Why it went so", id="resolution.why"),
        Binding("escape", "go_on", "Go on", show=False, id="resolution.close"),
    ]

    def __init__(self, situation: Situation, phases: PhaseDiagram | None = None) -> None:
        """`situation`: before the round is resolved; `phases` too, where it is resolved already."""
        super().__init__()
        self._before = situation
        self._phases = phases
        self._beats: list[Beat] | None = None
        self._shown = 0
        self._timer: Timer | None = None
        self._unit = PACE
        self.done = False

    def begin(self, situation: Situation, phases: PhaseDiagram | None) -> None:
        """For a screen that was built before the round was closed: what it is about."""
        self._before, self._phases = situation, phases
        for pane in self.query("#pane-unfolding"):
            entitle(pane, f"Round {situation.round} · {situation.date}")

    def body(self) -> ComposeResult:
        """Masthead, list, and the running board."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="round"):
            with Vertical(classes="pane", id="pane-unfolding") as pane:
                entitle(pane, f"Round {self._before.round} · {self._before.date}")
                yield Unfolding(title=f"Round {self._before.round}", id="unfolding")
            with Vertical(classes="pane", id="pane-board") as pane:
                entitle(pane, "Tracks in this round")
                yield Board(id="board")

    def on_mount(self) -> None:
        """Remember where the phases stood: when the screen is ready, the round may be closed."""
        if self._phases is None:
            self._phases = self.desk.phases()

    def ready(self) -> None:
        """The others choose meanwhile."""
        self.query_one(Unfolding).focus()
        if self._beats is not None:
            self._begin()
            return
        self.query_one(Masthead).show(self._before, phases=self._phases)
        self.query_one(Board).begin(self._before.tracks, frozenset())
        self.query_one(Unfolding).show([Line("wait", plain("The others make up their minds …", "$quiet"))])

    def unfold(self, dispatches: Sequence[Dispatch]) -> None:
        """Show what happened, one dispatch after the other."""
        desk = self.desk
        # what the opening of the next round brought stands behind what was resolved
        news, now = desk.dispatches(), desk.situation()
        opened = news[len(dispatches):] if tuple(news[:len(dispatches)]) == tuple(dispatches) else ()
        following = f"Round {now.round} opens, {now.date}" if not now.ending else ""
        self._beats = beats((*dispatches, *opened), desk.silent(self._before.round), self._before.tracks,
                            self._before.phase, following, len(dispatches))
        if self.is_ready and self.is_attached:
            self._begin()

    def _begin(self) -> None:
        assert self._beats is not None
        self.query_one(Masthead).show(self._before, phases=self._phases)
        moving = frozenset(shift.name for beat in self._beats for shift in beat.shifts)
        self.query_one(Board).begin(self._before.tracks, moving)
        if self.app.animation_level == "none":
            self._finish()
            return
        self._unit = min(PACE, LONGEST / max(1, sum(beat.weight for beat in self._beats)))
        self.query_one(Unfolding).show([])
        self._step()

    def _step(self) -> None:
        if self.done or self._beats is None:
            return
        page, board = self.query_one(Unfolding), self.query_one(Board)
        while self._shown < len(self._beats):
            beat = self._beats[self._shown]
            self._shown += 1
            page.put(beat)
            if beat.shifts:
                board.move({shift.name: shift.after for shift in beat.shifts})
            if beat.phase:
                self.query_one(Masthead).show(self._before, phases=self.desk.phases())
            if beat.weight:
                self._timer = self.set_timer(beat.weight * self._unit, self._step)
                return
        self._finish()

    def _finish(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.done = True
        last = {beat.line.id: beat.line for beat in self._beats or ()}
        page = self.query_one(Unfolding)
        page.show(last.values())
        # to be read from its beginning, however much of it ran by
        page.action_first()
        page.scroll_home(animate=False)
        now = self.desk.situation()
        self.query_one(Masthead).show(now, phases=self.desk.phases())
        self.query_one(Board).move({track.name: track.value for track in now.tracks}, still=True)
        self.refresh_bindings()

    @property
    def _unfolding(self) -> bool:
        return not self.done and self._beats is not None and self.is_ready

    def on_key(self, event: events.Key) -> None:
        """Any key shows the rest at once."""
        if self._unfolding:
            event.stop()
            event.prevent_default()
            self._finish()

    def on_click(self) -> None:
        """So does a click."""
        if self._unfolding:
            self._finish()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Why it went so can be told once it has gone."""
        return self.done or None if action == "why" else True

    def action_go_on(self) -> None:
        """The first press shows all, the next goes on."""
        if self.done:
            app_of(self).after_round()
        elif self._unfolding:
            self._finish()

    def action_why(self) -> None:
        """Why the round went as it did."""
        from sim.tui.screens.pages import page_screen

        self.app.push_screen(page_screen("reasons"))

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())
