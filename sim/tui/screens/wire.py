"""tui: the wire: all dispatches round by round, narrowed by speaker and by typing, with details of the one at hand."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from sim.tui.lines.dispatches import about_dispatch
from sim.tui.lines.line import plain
from sim.tui.lines.wire import round_lines, speakers
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.filter_line import FilterLine
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.speaker_strip import SpeakerStrip
from sim.tui.widgets.titles import entitle
from sim.words.models import Dispatch


class Wire(LineList):
    """Dispatches under their rounds; page up and down go round by round."""

    HELP = ("Everything that was said and done, round by round. ◇ marks what somebody disputes, ▪ what is not public. "
            "n and p go to the next and the previous round; left and right choose a speaker; / filters by typing; ? "
            "tells who says so.")
    EMPTY = "No dispatch fits. Esc in the filter shows all again, left and right choose another speaker."
    UNSOURCED = "No source is cited for this dispatch: it tells what happened in this match."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.speaker(-1)", "Speaker", key_display="← →", id="wire.speaker_before"),
        Binding("right", "screen.speaker(1)", "Next speaker", show=False, id="wire.speaker"),
    ]

    def action_page_down(self) -> None:
        """To the first dispatch of the next round."""
        self.turn(1)

    def action_page_up(self) -> None:
        """To the first dispatch of this round, or of the one before."""
        self.turn(-1)

    def turn(self, step: int) -> None:
        """To the first dispatch of the next (1) or the previous (−1) round."""
        starts = [at + 1 for at, line in enumerate(self.shown) if line.id.startswith("heading:round:")]
        here = self.highlighted or 0
        found = [at for at in starts if at > here] if step > 0 else [at for at in reversed(starts) if at < here]
        if found:
            self.highlighted = found[0]
            # the heading of the round stays in sight
            self.scroll_to_highlight(top=True)
            self.scroll_relative(y=-1, animate=False)


class WirePage(Sheet):
    """List at the left, details at the right; narrow, details below."""

    DEFAULT_CSS = """
    WirePage #wire { height: 1fr; margin-top: 1; }
    WirePage #pane-wire { width: 8fr; }
    WirePage #about { width: 4fr; height: 1fr; }
    WirePage.-tabs #wire { layout: vertical; margin-top: 0; }
    WirePage.-tabs #pane-wire { width: 1fr; height: 1fr; }
    WirePage.-tabs #about { width: 1fr; height: 7; }
    """
    AUTO_FOCUS = "#dispatches"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,w", "back", "Back", id="wire.back"),
        Binding("slash", "filter", "Filter", id="wire.filter"),
        Binding("n", "round(1)", "Next round", id="wire.next"),
        Binding("p", "round(-1)", "Round before", id="wire.previous"),
        Binding("question_mark", "sources", "Who says so", id="wire.sources"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._dispatches: tuple[Dispatch, ...] = ()
        self._rounds_closed: tuple[tuple[int, str], ...] = ()
        self._speaker = ""

    def body(self) -> ComposeResult:
        """Speakers, filter, list; details beside them."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="wire"):
            with Vertical(classes="pane", id="pane-wire") as pane:
                entitle(pane, "The wire")
                yield SpeakerStrip(id="speakers")
                yield FilterLine(id="filter")
                yield Wire(title="The wire", id="dispatches")
            yield Detail(id="about", classes="pane", more="… ? shows the sources, the rest is on the wire")

    def ready(self) -> None:
        """Everything so far; the page opens at its end."""
        self.head()
        self._dispatches = self.desk.wire()
        now = self.desk.situation()
        past = [self.desk.situation_at(number) for number in range(1, now.round + bool(now.ending))]
        self._rounds_closed = tuple((then.round, then.date) for then in past if then is not None)
        self._refill()
        lines = self.query_one(Wire)
        lines.focus()
        lines.action_last()

    def _refill(self) -> None:
        lines, strip = self.query_one(Wire), self.query_one(SpeakerStrip)
        typed = self.query_one(FilterLine).value
        strip.show(speakers(self._dispatches), self._speaker)
        lines.show(round_lines(self._dispatches, self._speaker, typed, self._rounds_closed))
        shown = sum(line.id.isdigit() for line in lines.shown)
        whole = len(self._dispatches)
        entitle(self.query_one("#pane-wire"),
                f"The wire · {shown} of {whole}" if shown < whole else f"The wire · {whole}" if whole else "The wire")
        if not shown:
            self.query_one("#about", Detail).tell("This dispatch", plain(""))

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        if event.line.id.isdigit():
            dispatch = self._dispatches[int(event.line.id)]
            self.query_one("#about", Detail).tell("This dispatch", about_dispatch(dispatch))
        else:
            self.query_one("#about", Detail).tell("This dispatch", plain(""))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        app_of(self).show_sources(event.line)

    @on(FilterLine.Typed)
    def _typed(self) -> None:
        if self.is_ready:
            self._refill()

    @on(FilterLine.Left)
    def _left(self) -> None:
        self.query_one(Wire).focus()

    @on(SpeakerStrip.Picked)
    def _picked(self, event: SpeakerStrip.Picked) -> None:
        self._speaker = event.speaker
        self._refill()

    def action_filter(self) -> None:
        """Type to filter."""
        self.query_one(FilterLine).open()

    def action_speaker(self, step: int) -> None:
        """Read the next speaker alone, or the one before; all come first and last."""
        names = ["", *(name for name, _ in speakers(self._dispatches))]
        self._speaker = names[(names.index(self._speaker) + step) % len(names)]
        self._refill()

    def action_round(self, step: int) -> None:
        """To the next or the previous round."""
        self.query_one(Wire).turn(step)

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
