"""tui: the panes of the watch screen: head, problems, story map, what a save changed, seats."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sim.authoring.watching.bench import Promised, Report
from sim.authoring.watching.problems import Problem
from sim.authoring.watching.scene import Playing, Scene
from sim.tui.lines.line import Line, plain
from sim.tui.lines.watch import broken, last_good, playing_line, problem_lines, promise_lines, seat_strip, verdict
from sim.tui.widgets.line_list import LineList


class WatchHead(Widget):
    """Two rows: the scenario and the verdict on its files; the game and where it stands."""

    DEFAULT_CSS = """
    WatchHead { height: 2; padding: 0 2; background: $panel; color: $foreground; }
    """

    def __init__(self, label: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self._scene: Scene | None = None
        self._busy = "reading …"

    def show(self, scene: Scene) -> None:
        """Show how things stand; nothing is under way any more."""
        self._scene, self._busy = scene, ""
        self.refresh()

    def busy(self, what: str) -> None:
        """Say what is under way."""
        self._busy = what
        self.refresh()

    def render(self) -> Content:
        """The rows, the right-hand texts never cut."""
        width = self.content_size.width
        found = self._scene
        busy = plain(f"  {self._busy}", "italic $quiet") if self._busy else plain("")
        if found is None:
            return Content("\n").join([_row(plain(self._label, "bold $primary"), busy, width), plain("")])
        playing, report = found.playing, found.report
        name = playing.situation.title if playing else self._label
        first = plain(name, "bold $primary") + (plain(f"  {self._label}", "$quiet") if playing else plain(""))
        good = last_good(report, playing=playing is not None)
        left = verdict(report, found.promised) + plain(f" · {good}" if good else "", "$mark") + busy
        if playing is None:
            return Content("\n").join([_row(first, plain(""), width), _row(left, plain(""), width)])
        now = playing.situation
        when = plain(now.date, "bold") + plain(f"  round {now.round} of {now.rounds}")
        return Content("\n").join([_row(first, when, width), _row(left, playing_line(playing), width)])

    def describe(self) -> str:
        """The same in sentences."""
        found = self._scene
        if found is None:
            return f"{self._label}. {self._busy}"
        playing = found.playing
        said = [f"{found.label}.", f"{verdict(found.report, found.promised).plain}.", last_good(found.report, playing=playing is not None)]
        if playing is not None:
            now = playing.situation
            said.append(f"The game stands at {now.date}, round {now.round} of {now.rounds}, {playing_line(playing).plain}.")
        return " ".join(part for part in said if part)


def _row(left: Content, right: Content, width: int) -> Content:
    room = max(0, width - right.cell_length - 2)
    return left.truncate(room, ellipsis=True, pad=True) + plain("  ") + right


class ProblemPane(LineList):
    """What `detente check` finds, and what the scenario promises."""

    HELP = ("The problems of the scenario's files, the most important first: ✗ keeps it from being played, ! is a warning. "
            "The line of the file stands below. Below them the promises of `expect:`, retested after every save: ✓ kept, "
            "✗ broken, ? not decided in the time there is. Enter opens all that is known of one; b plays the match that shows "
            "it, kept or broken, to the round that shows it.")
    EMPTY = "✓ No problems."
    UNSOURCED = "A problem has no source: it is about the file."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="watch.problem"),
        Binding("b", "screen.show_promise", "Play what shows a promise", show=False, id="watch.promise"),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(title="Problems", id=id)
        self._report: Report | None = None
        self._promised: tuple[Promised, ...] = ()
        self._put = ""
        """The line on which the cursor was put by itself."""

    def show_report(self, report: Report, promised: tuple[Promised, ...] = ()) -> None:
        """Show the problems of a report; after a save the first one is the one to mend, or else the first broken promise."""
        anew = self._report is None or report.saves != self._report.saves
        # where somebody has moved the cursor, it stays
        put = anew or self.current is None or self.current.id == self._put
        self._report, self._promised = report, promised
        told = problem_lines(report)
        if promised and not told:
            told = [Line("none", plain("No problems."), plain("✓ ", "bold $good"), heading=True)]
        self.show([*told, *promise_lines(promised)])
        failed = broken(promised)
        if put and failed and not report.problems and not report.trouble:
            self.select_line(f"promise:{failed[0]}")
        elif anew:
            self.action_first()
        if put:
            self._put = self.current.id if self.current is not None else ""

    def promise(self, id: str) -> Promised | None:
        """A promise by its line."""
        number = id.removeprefix("promise:")
        return self._promised[int(number)] if number != id else None

    def problem(self, id: str) -> Problem | None:
        """A problem by its line."""
        return self._report.problems[int(id)] if self._report is not None and id.isdigit() else None


class MapPane(LineList):
    """The story map."""

    HELP = ("What leads to what in the scenario, the game's way lit: ▣ is where it stands, ■ where it has been, □ where it "
            "has not. Enter shows or hides the ways out of a place, v shows another map (provisions, clauses, moves, "
            "tracks), h plays quick games and tells how often they come there.")
    EMPTY = "No map before the scenario has loaded once."
    UNSOURCED = "No source is cited for the map: it is made of the scenario's own rules."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Ways", id="watch.ways"),
        Binding("left", "screen.kind(-1)", "Map before", show=False, id="watch.map_before"),
        Binding("right", "screen.kind(1)", "Next map", show=False, id="watch.map_next"),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(title="Story map", id=id)


class ChangePane(LineList):
    """What the last save changed in the game."""

    HELP = ("After every save the same game is played again: the same seed, the same orders. Here is the first dispatch that "
            "differs, before (−) and now (+), the line of the file that it comes from (↳), and orders that are no longer "
            "legal (×). Enter opens all of it.")
    EMPTY = "Nothing was saved yet."
    UNSOURCED = "No source is cited for a difference: it comes from the file."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "All of it", id="watch.change")]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(title="What the last save changed", id=id)


class SeatStrip(Widget):
    """All seats of the game in one row; a click shows one's orders."""

    DEFAULT_CSS = """
    SeatStrip { height: 1; padding: 0 1; }
    """

    class Picked(Message):
        """A seat was clicked."""

        def __init__(self, seat: str) -> None:
            super().__init__()
            self.seat = seat

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._playing: Playing | None = None

    def show(self, playing: Playing) -> None:
        """Show the seats."""
        self._playing = playing
        self.refresh()

    def render(self) -> Content:
        """The row."""
        if self._playing is None:
            return plain("")
        return seat_strip(self._playing).truncate(self.content_size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        """Pick the seat under the mouse."""
        seat = event.style.meta.get("seat")
        if seat:
            self.post_message(self.Picked(seat))

    def describe(self) -> str:
        """The seats in words."""
        if self._playing is None:
            return "No seats yet."
        told = [f"{it.capital}: " + (f"{it.player} plays it" if it.filed is None else "passes" if not it.filed else
                                      f"{it.filed} filed by hand") for it in self._playing.seats]
        return f"Seats: {'; '.join(told)}."


__all__ = ["ChangePane", "MapPane", "ProblemPane", "SeatStrip", "WatchHead"]
