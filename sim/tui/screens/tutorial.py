"""tui: the tour over the real screens: watches what the player does, and lets the coach say the next thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from sim.tui.screens.briefing import Briefing
from sim.tui.screens.home import Home
from sim.tui.screens.jump import Jump
from sim.tui.screens.pages import PAGES
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.settings import SettingsPage
from sim.tui.screens.setup import Setup
from sim.tui.screens.sheet import Sheet, Sheetlet
from sim.tui.start import Level
from sim.tui.widgets.coach import Coach
from sim.tui.widgets.key_line import KeyLine
from sim.tui.widgets.picker import MoveList
from sim.words.tour import TourStep, tour

if TYPE_CHECKING:
    from sim.tui.app import DetenteApp

_EVERY: Final = 0.1
"""Seconds between two looks at what the player does."""


class Tutorial:
    """One tour in one app. It holds nobody up: whatever the player does, it only says something."""

    def __init__(self, app: DetenteApp) -> None:
        """Opens the match of the tour."""
        self.app = app
        self._tour = tour()
        self.at = 0
        """Number of the step that is shown."""
        self._under_way = False
        self._cursor: str | None = None
        self._read: set[str] = set()
        self._first = 1
        self._before = (app.start.seed, app.start.level)
        level: Level = self._tour.level  # type: ignore[assignment]
        app.begin(self._tour.scenario, self._tour.seat, None, level, self._tour.seed)
        self._timer = app.set_interval(_EVERY, self._look)

    @property
    def step(self) -> TourStep:
        """The step that is shown."""
        return self._tour.steps[self.at]

    def end(self) -> None:
        """Take the coach off every screen."""
        self._timer.stop()
        for screen in self.app.screen_stack:
            screen.query(Coach).remove()
        seed, level = self._before
        self.app.start = replace(self.app.start, seed=seed, level=level)

    def _look(self) -> None:
        """See where the player is, and say the next thing."""
        if self.app.leaving:
            return
        screen = self.app.screen
        self._under_way = self._under_way or isinstance(screen, Briefing)
        if self._under_way and isinstance(screen, Home | Setup):
            self.app.end_tour()
            return
        if self.app.desk is not None:
            self._read |= self._here()
            self._advance()
        self._say(screen)

    def _advance(self) -> None:
        desk, last = self.app.desk, len(self._tour.steps) - 1
        assert desk is not None
        if desk.over:
            self.at = last
            return
        for number in range(last - 1, self.at - 1, -1):
            step = self._tour.steps[number]
            if (number == self.at or step.leaps) and self._done(step):
                self.at = number + 1
                self._cursor = self._cursor_now()
                return
        room = self._room()
        if self.step.needs == "question" and room is not None and not desk.menu().questions:
            self.at += 1

    def _say(self, screen: Screen[Any]) -> None:
        if isinstance(screen, SettingsPage | Jump) or not isinstance(screen, Sheet | Sheetlet) or not screen.is_mounted:
            return
        coach = next(iter(screen.query(Coach)), None)
        if coach is None:
            line = next(iter(screen.query(KeyLine)), None)
            coach = Coach(over=line is None)
            screen.mount(coach, before=line) if line is not None else screen.mount(coach)
        if coach.step != self.step.id:
            title = f"Tour, {self.at + 1} of {len(self._tour.steps)} · {self.step.title}"
            coach.show(self.step.id, title, self.step.text, self.app.key_for)

    # what the player does

    def _done(self, step: TourStep) -> bool:
        what, _, name = step.done.partition(" ")
        tests: Mapping[str, Callable[[], bool]] = {
            "room": lambda: self._room() is not None, "cursor": self._moved, "ordered": self._ordered,
            "resolved": self._resolved, "next": self._next, "answered": self._answered,
            "page": lambda: self._on_page(name), "any": lambda: self._on_page(""),
        }
        return what in tests and tests[what]()

    def _room(self) -> SituationRoom | None:
        screen = self.app.screen
        return screen if isinstance(screen, SituationRoom) and screen.is_ready else None

    def _cursor_now(self) -> str | None:
        """The move under the cursor, in the room."""
        room = self._room()
        moves = next(iter(room.query(MoveList)), None) if room is not None else None
        return moves.current.id if moves is not None and moves.current is not None else None

    def _moved(self) -> bool:
        now = self._cursor_now()
        self._cursor = self._cursor or now
        return now != self._cursor and now is not None

    def _answer_keys(self) -> set[str]:
        assert self.app.desk is not None
        return {answer.key for question in self.app.desk.menu().questions for answer in question.answers}

    def _ordered(self) -> bool:
        assert self.app.desk is not None
        answers = self._answer_keys()
        return any(item.key not in answers for item in self.app.desk.filed())

    def _answered(self) -> bool:
        assert self.app.desk is not None
        answers = self._answer_keys()
        return any(item.key in answers for item in self.app.desk.filed())

    def _resolved(self) -> bool:
        return isinstance(self.app.screen, Resolution) and self.app.screen.done

    def _next(self) -> bool:
        assert self.app.desk is not None
        return self._room() is not None and self.app.desk.situation().round > self._first

    def _on_page(self, name: str) -> bool:
        """Whether a page is open: the one of that name, now or on the way here, or any but the page of reasons."""
        return name in self._read if name else bool(self._here() - {"reasons"})

    def _here(self) -> set[str]:
        shown = type(self.app.screen).__name__
        return {page.name for page in PAGES if page.screen == shown}
