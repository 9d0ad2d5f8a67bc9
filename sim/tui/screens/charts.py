"""tui: the charts: every track that the viewer sees, and up to four of them drawn over the rounds."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from sim.tui.lines.charts import about_series, series_lines
from sim.tui.lines.line import plain
from sim.tui.lines.tracks import LEGEND
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.chart import COLOURS, STEPPING, Chart, Curve, Plotted
from sim.tui.widgets.line_list import LineList, Prose
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.panes import TrackPane
from sim.tui.widgets.titles import entitle
from sim.words.models import Series, SeriesModel

MOST: Final = 4
"""Lines in one chart."""
_AT_FIRST: Final = 3


class SeriesList(LineList):
    """The tracks, those that are drawn with their sign."""

    HELP = (f"The tracks your seat can see, as of the round under the chart's cursor. {LEGEND} Space or enter draws a "
            "track or takes its line away; left and right go through the rounds.")
    EMPTY = "No tracks."
    BINDINGS: ClassVar[list[BindingType]] = [*STEPPING]


class AboutTrack(Prose):
    """What the track under the cursor means and what moved it."""

    HELP = "What the track means, and what raised and lowered it up to the round under the chart's cursor."
    BINDINGS: ClassVar[list[BindingType]] = [*STEPPING]


class ChartsPage(Sheet):
    """Tracks over the rounds."""

    DEFAULT_CSS = """
    ChartsPage #charts { height: 1fr; margin-top: 1; }
    ChartsPage #pane-series { width: 55; }
    ChartsPage #pane-chart { height: 1fr; }
    ChartsPage #box-about { height: 12; }
    ChartsPage.-low #charts { margin-top: 0; }
    ChartsPage.-low #box-about { height: 10; }
    ChartsPage.-wide.-low #pane-series { width: 41; }
    ChartsPage.-tabs #pane-series { width: 33; margin-right: 0; }
    ChartsPage.-tabs #box-about { height: 7; }
    ChartsPage.-broad #pane-series { width: 62; }
    """
    AUTO_FOCUS = "#series"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,t", "back", "Back", id="charts.back"),
        Binding("space", "draw", "Draw", id="charts.draw"),
        *STEPPING,
        Binding("z", "scale", "Scale", id="charts.scale"),
        Binding("v", "preset", "Selection", id="charts.preset"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._model = SeriesModel((), ())
        self._chosen: dict[str, int] = {}
        self._at = 0
        self._whole = False
        self._preset = 0

    def body(self) -> ComposeResult:
        """List at the left; chart and what is told at the right."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="charts"):
            with Vertical(classes="pane", id="pane-series") as pane:
                entitle(pane, "Tracks")
                yield SeriesList(title="Tracks", id="series")
            with Vertical(id="charts-right"):
                with Vertical(classes="pane", id="pane-chart") as pane:
                    entitle(pane, "Over the rounds")
                    yield Chart(title="Tracks over the rounds", id="chart")
                # a pane takes all the height that its container has
                with Vertical(id="box-about"), Vertical(classes="pane", id="pane-about") as pane:
                    entitle(pane, "This track")
                    yield AboutTrack(title="This track", id="about")

    def ready(self) -> None:
        """Draw the track under the room's cursor, or those that moved most."""
        self.head()
        self._model = self.desk.series()
        self._at = len(self._model.points) - 1
        begun = self._under_cursor()
        self._choose([begun] if begun else self.presets()[0][1])
        lines = self.query_one(SeriesList)
        lines.focus()
        # the first of them in the list, so that the list opens at its top and not where the last one stands
        self._fill(at=begun or next((line.name for line in self._model.series if line.name in self._chosen), None))

    # -- what is drawn

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the tracks that are drawn, in the order of their signs."""
        return tuple(sorted(self._chosen, key=self._chosen.__getitem__))

    def presets(self) -> list[tuple[str, list[str]]]:
        """Selections to go through: what each is called, and the names of its tracks. None is empty."""
        series = self._model.series
        last = len(self._model.points) - 1

        def most(moved: dict[str, int]) -> list[str]:
            found = {name: by for name, by in moved.items() if by}
            # lines on one scale can be read off one axis: the scale that most of them have
            scales = Counter((line.low, line.high) for line in series if line.name in found)
            usual = scales.most_common(1)[0][0] if scales else None
            alike = [line.name for line in series if line.name in found and (line.low, line.high) == usual]
            return sorted(alike, key=lambda name: -found[name])[:_AT_FIRST]

        latest = {line.name: abs(line.change(last)) for line in series} if last >= 0 else {}
        ever = {line.name: max(line.values) - min(line.values) for line in series}
        found = [("what moved most in the last round", most(latest)), ("what moved most so far", most(ever)),
                 ("your own", [line.name for line in series if line.own][:MOST]),
                 ("the first ones", [line.name for line in series if not line.own][:_AT_FIRST])]
        return [(title, names) for title, names in found if names]

    def _under_cursor(self) -> str | None:
        """The track under the cursor of the room below, if its tracks are in focus."""
        below = self.app.screen_stack[:-1]
        focused = below[-1].focused if below else None
        here = focused.current.id if isinstance(focused, TrackPane) and focused.current else ""
        return here if self._model.one(here) else None

    def _choose(self, names: list[str]) -> None:
        self._chosen = {name: slot for slot, name in enumerate(names[:MOST])}

    def toggle(self, name: str) -> None:
        """Draw a track, or take its line away."""
        if self._model.one(name) is None:
            return
        if name in self._chosen:
            del self._chosen[name]
        elif len(self._chosen) == MOST:
            self.notify(f"A chart holds {MOST} lines; take one away first.", severity="warning")
            return
        else:
            self._chosen[name] = next(slot for slot in range(MOST) if slot not in self._chosen.values())
        self._fill()

    def _fill(self, at: str | None = None) -> None:
        from sim.tui.plotting import MARKS

        style = app_of(self).start.map or "braille"
        lines = self.query_one(SeriesList)
        signs = {name: plain(MARKS[style][slot], COLOURS[slot]) for name, slot in self._chosen.items()}
        if self._model.points:
            width = max(20, lines.size.width - 3)
            lines.show(series_lines(self._model.series, self._at, signs, width, self.desk.situation().viewer), at)
        curves = tuple(Curve(self._chosen[line.name], line.title, line.values, line.low, line.high)
                       for line in sorted(self._drawn(), key=lambda line: self._chosen[line.name]))
        self.query_one(Chart).show(Plotted(self._model.points, curves, whole=self._whole,
                                           empty="No track is drawn. Space or enter draws the one under the cursor."),
                                   style, self._at)
        mixed = len({(curve.low, curve.high) for curve in curves}) > 1
        scale = "each on its own scale" if mixed else "whole scale" if self._whole else "close up"
        entitle(self.query_one("#pane-chart"), f"Over the rounds · {scale}" if curves else "Over the rounds")
        if self._model.points:
            now = self._model.points[self._at]
            entitle(self.query_one("#pane-series"), "Tracks at the end" if now.label == "end" else f"Tracks in round {now.label}")
        self._tell()

    def _drawn(self) -> list[Series]:
        return [line for line in self._model.series if line.name in self._chosen]

    def _tell(self) -> None:
        current = self.query_one(SeriesList).current
        line = self._model.one(current.id) if current else None
        if line is None:
            return
        about = self.query_one(AboutTrack)
        about.show(about_series(line, self._model.points[self._at], self._at, moves_first=self.has_class("-low")))
        about.scroll_home(animate=False)
        about.title = line.title
        entitle(self.query_one("#pane-about"), line.title)

    # -- what is done

    @on(LineList.Reached, "#series")
    def _reached(self) -> None:
        self._tell()

    @on(LineList.Chosen, "#series")
    def _toggled(self, event: LineList.Chosen) -> None:
        self.toggle(event.line.id)

    @on(Chart.Pointed)
    def _pointed(self, event: Chart.Pointed) -> None:
        self._go_to(event.at)

    def on_resize(self, event: events.Resize) -> None:
        """The table is made for its width."""
        if self.is_ready:
            self.call_after_refresh(self._fill)

    def action_draw(self) -> None:
        """Draw the track under the cursor, or take its line away."""
        current = self.query_one(SeriesList).current
        if current is not None:
            self.toggle(current.id)

    def action_round(self, step: int) -> None:
        """Tell of the round before or after."""
        self._go_to(self._at + step)

    def _go_to(self, at: int) -> None:
        if 0 <= at < len(self._model.points):
            self._at = at
            self._fill()

    def action_scale(self) -> None:
        """The whole scale, or the part in which the values lie."""
        self._whole = not self._whole
        self._fill()

    def action_preset(self) -> None:
        """Draw the next selection."""
        presets = self.presets()
        if not presets:
            return
        self._preset = (self._preset + 1) % len(presets)
        title, names = presets[self._preset]
        self._choose(names)
        self.app.clear_notifications()
        self.notify(f"Drawn: {title}.", timeout=3)
        self._fill(at=names[0])

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
