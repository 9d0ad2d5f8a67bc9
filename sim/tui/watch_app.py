"""tui: the app of `detente watch`: the same frame, settings, themes and pages over a scenario under its author's hands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.screen import Screen

from sim.authoring.watching.bench import RETESTING, Bench
from sim.tui.app import DetenteApp
from sim.tui.screens.watch import EVERY, WatchScreen
from sim.tui.start import Start


class WatchApp(DetenteApp):
    """One scenario and the game in it. Nothing is saved unless it is asked for; leaving asks nothing."""

    # the frame's own rules come first; those of the screen are for its own panes alone
    CSS_PATH: ClassVar[Any] = ["frame.tcss", "watch.tcss"]

    def __init__(self, start: Start, bench: Bench, *, first: int = 0, every: float = EVERY,
                 retesting: float = RETESTING) -> None:
        """See `WatchScreen`."""
        super().__init__(start)
        self.bench = bench
        self._first, self._every, self._retesting = first, every, retesting

    def get_default_screen(self) -> Screen[Any]:
        """The watch screen, painted before anything is read."""
        self.dress()
        return WatchScreen(self.bench, first=self._first, every=self._every, retesting=self._retesting)

    def enter_room(self) -> None:
        """Back to the watch screen: pages that lead on to a round lead there."""
        while not isinstance(self.screen, WatchScreen) and len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, WatchScreen):
            self.screen.follow()

    def action_interrupt(self) -> None:
        """Leave; the shell is told that it was an interruption."""
        self.exit("", return_code=130)

    def action_leave(self) -> None:
        """Leave."""
        self.exit("", return_code=0)

    def action_go_home(self) -> None:
        """There is no home here; to the watch screen."""
        self.enter_room()

    def begin_tour(self) -> None:
        """The tour is a match of its own, with a home to come back to."""
        self.notify("The tour begins on the home screen: leave here, and call `detente`.")

    def page_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """From anywhere back to the watch screen, and out."""
        yield SystemCommand("The watch screen", "Back to problems, map and game", self.enter_room)
        yield SystemCommand("Leave", "Leave; a game that was not kept is forgotten", self.action_leave)
