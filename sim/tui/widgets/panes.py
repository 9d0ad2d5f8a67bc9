"""tui: the other lists of the situation room: tracks, dispatches, questions, orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from sim.tui.lines.dispatches import dispatch_lines
from sim.tui.lines.line import Line, gap
from sim.tui.lines.moves import Spending, next_line, order_lines, question_lines, same_answers
from sim.tui.lines.tracks import LEGEND, fitting, glance_lines
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle
from sim.words.models import Dispatch, MenuItem, QuestionItem, Situation, TrackLine


class TrackPane(LineList):
    """Tracks with value, scale word, last change and trend."""

    HELP = (f"The tracks that tell most now: those the author lists first, and those that moved. {LEGEND} ▎ marks your "
            "own. Enter or t opens all of them.")
    EMPTY = "No tracks."
    UNSOURCED = "No source is cited for this track: it is a measure of the scenario's own."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Tracks", id=id, classes=classes)
        self.more = "t"
        self._situation: Situation | None = None
        self._rows = 0

    def show_situation(self, situation: Situation) -> None:
        """Show the tracks of a situation."""
        if situation is self._situation and self._rows == self._limit() and self._room() == self._width:
            return
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
        """So many rows the pane may have: what the style of its frame allows beside others, or all that there is."""
        most = self.parent.styles.max_height if isinstance(self.parent, Widget) else None
        return int(most.value) - 1 if most is not None and most.is_cells else self.size.height

    def _fill(self) -> None:
        if self._situation is None or not self.is_attached or not self._limit():
            return
        self._rows = self._limit()
        tracks = fitting(self._situation.tracks, self._rows)
        self.show(glance_lines(tracks, self._room()))
        whole = len(self._situation.tracks)
        pane = self.parent
        if isinstance(pane, Widget):
            entitle(pane, f"Tracks · {len(tracks)} of {whole}, {self.more} opens all" if len(tracks) < whole else "Tracks")


class WirePane(LineList):
    """The dispatches of the last round."""

    HELP = ("What was said and done in the last round. ◇ marks what somebody disputes, ▪ what is not public. "
            "Enter or w opens the whole wire, ? tells who says so.")
    EMPTY = "No news yet."
    UNSOURCED = "No source is cited for this dispatch: it tells what happened in this match."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Dispatches", id=id, classes=classes)
        self.dispatches: tuple[Dispatch, ...] = ()

    def show_dispatches(self, dispatches: Sequence[Dispatch]) -> None:
        """Show the news of a round."""
        if self.dispatches and self.dispatches == tuple(dispatches) and self._room() == self._width:
            return
        self.dispatches = tuple(dispatches)
        self.show(dispatch_lines(self.dispatches))


class QuestionPane(LineList):
    """Questions the seat may answer, at no cost."""

    HELP = "Questions that wait for your answer; answers cost nothing. Their number answers, and takes it back."
    EMPTY = "Nobody asks you anything this round."
    UNSOURCED = "No source is cited for this answer."

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Questions", id=id, classes=classes)
        self.keys: tuple[str, ...] = ()

    def show_questions(self, questions: Sequence[QuestionItem], filed: frozenset[str]) -> None:
        """Show questions, the given answers marked."""
        self.keys = tuple(answer.key for question in questions for answer in question.shown)
        self.show(question_lines(questions, filed))


class OrderPane(LineList):
    """What is chosen so far, and what to do next; enter or a click on the cross withdraws."""

    HELP = ("Your orders and answers of this round. Enter, delete or a click on “withdraw” takes back the one under the "
            "cursor, r resolves the round.")
    EMPTY = "No orders yet."
    UNSOURCED = "No source is cited for this order."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Withdraw", id="orders.choose"),
        Binding("delete,backspace", "select", "Withdraw", show=False, id="orders.withdraw"),
    ]

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(title="Orders", id=id, classes=classes)

    does = "resolves the round"
    """What the key under the orders does."""
    by: Mapping[str, str] = MappingProxyType({})
    """Who put an order there, where several people draft together."""
    next: Line | None = None
    """What is to be done next, where it is not the usual."""

    def show_orders(self, filed: Sequence[MenuItem], orders: int, most: int, spending: Spending, key: str,
                    questions: Sequence[QuestionItem]) -> None:
        """Show what is chosen, `orders` of it orders, of which there may be `most`; `key` resolves the round.

        `questions`: those that are asked this round, for what an answer answers.
        """
        last = self.next or next_line(orders, spending, key, self.does)
        self.show([*order_lines(filed, same_answers(questions), self.by), last, *(gap(str(n)) for n in range(most - orders))])

    async def _on_click(self, event: events.Click) -> None:
        """A click on a cross withdraws at once; else as in every list."""
        key = event.style.meta.get("withdraw")
        line = next((line for line in self.shown if line.id == key), None)
        if line is not None:
            # or the list's own handler would ask for a second click
            event.prevent_default()
            self.post_message(self.Chosen(self, line))
