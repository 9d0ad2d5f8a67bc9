"""tui: the other lists of the situation room: tracks, dispatches, questions, orders."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from sim.tui.lines.dispatches import dispatch_lines
from sim.tui.lines.moves import order_lines, question_lines
from sim.tui.lines.tracks import LEGEND, fitting, track_lines
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle
from sim.words.models import Dispatch, MenuItem, QuestionItem, Situation, TrackLine


class TrackPane(LineList):
    """Tracks with value, scale word, last change and trend."""

    HELP = f"The tracks your seat can see. {LEGEND} Enter or t lists all of them."
    EMPTY = "No tracks."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Tracks", id=id, classes=classes)
        self._situation: Situation | None = None
        self._rows = 0

    def show_situation(self, situation: Situation) -> None:
        """Show the tracks of a situation."""
        self._situation = situation
        self._fill()

    def track(self, name: str) -> TrackLine | None:
        """A track by name."""
        tracks = self._situation.tracks if self._situation else ()
        return next((track for track in tracks if track.name == name), None)

    def on_resize(self) -> None:
        """Choose anew what fits."""
        if self._room() != self._width or self._limit() != self._rows:
            self._fill()

    def _limit(self) -> int:
        # in tabs the pane has the height to itself; beside others it takes what it needs, up to half of the scene
        if self.screen.has_class("-tabs") or self.screen.has_class("-tiny"):
            return max(4, self.size.height)
        return max(4, self.screen.query_one("#scene").size.height * 11 // 20 - 1)

    def _fill(self) -> None:
        if self._situation is None or not self.is_attached:
            return
        self._rows = self._limit()
        tracks = fitting(self._situation.tracks, self._rows)
        self.show(track_lines(tracks, self._room(), self._situation.viewer))
        whole = len(self._situation.tracks)
        pane = self.parent
        if isinstance(pane, Widget):
            entitle(pane, f"Tracks · {len(tracks)} of {whole}, t lists all" if len(tracks) < whole else "Tracks")


class WirePane(LineList):
    """The dispatches of the last round."""

    HELP = ("What was said and done in the last round. ◇ marks what somebody disputes, ▪ what is not public. "
            "Enter or w opens the whole wire, ? tells who says so.")
    EMPTY = "No news yet."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Dispatches", id=id, classes=classes)
        self.dispatches: tuple[Dispatch, ...] = ()

    def show_dispatches(self, dispatches: Sequence[Dispatch]) -> None:
        """Show the news of a round."""
        self.dispatches = tuple(dispatches)
        self.show(dispatch_lines(self.dispatches))


class QuestionPane(LineList):
    """Questions the seat may answer, at no cost."""

    HELP = "Questions that wait for your answer; answers cost nothing. Their number answers, and takes it back."
    EMPTY = "Nobody asks you anything this round."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Questions", id=id, classes=classes)
        self.keys: tuple[str, ...] = ()

    def show_questions(self, questions: Sequence[QuestionItem], filed: frozenset[str]) -> None:
        """Show questions, the given answers marked."""
        self.keys = tuple(answer.key for question in questions for answer in question.answers)
        self.show(question_lines(questions, filed))


class OrderPane(LineList):
    """What is chosen so far; enter withdraws."""

    HELP = "Your orders and answers of this round. Enter withdraws the one under the cursor, r resolves the round."
    EMPTY = "No orders yet."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Orders", id=id, classes=classes)

    def show_orders(self, filed: Sequence[MenuItem]) -> None:
        """Show what is chosen."""
        self.show(order_lines(filed))
