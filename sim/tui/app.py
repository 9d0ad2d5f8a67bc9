"""tui: the app: one person's screens over one desk at a time. Nothing in it is global; many run on one loop.

Some 400 lines: every way from one screen to another stands here, so that no screen need know the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual.app import SystemCommand
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from sim.errors import DetenteError
from sim.tui.leaving import Leaving, close
from sim.tui.lines.line import Line
from sim.tui.screens.sheet import Sheet
from sim.tui.start import Level, Start
from sim.tui.table import Desk, SaveLine, Venue

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.tui.screens.room import SituationRoom
    from sim.tui.screens.tutorial import Tutorial
    from sim.words.models import Card

_NOBODY_PLAYS: Final = "D334"
"""The code of the refusal to play on where no person plays."""


class DetenteApp(Leaving):
    """Returns the path of the save, or an empty text. `fault` holds what went wrong inside, if anything did."""

    CSS_PATH = "frame.tcss"
    TITLE = "Detente"
    # Textual declares both as variables of the instance
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-tabs"), (100, "-wide"), (150, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (24, "-low"), (36, "-high")]  # noqa: RUF012

    def __init__(self, start: Start, venue: Venue | None = None) -> None:
        """`venue`: where matches are found; this machine unless given."""
        super().__init__(start)
        if venue is None:
            from sim.tui.venue import LocalVenue
            venue = LocalVenue(start.paths)
        self.venue = venue
        self.fault: Exception | None = None
        self._card: Card | None = None
        self._named = ""
        self._door = asyncio.Lock()
        """Matches are opened one at a time: what was opened in vain is closed before the next one is looked for."""

    in_class = False
    """Whether rounds are closed by a facilitator, for several apps at once."""

    def first_seen(self, screen: Sheet) -> None:
        """In a class: a screen was painted for the first time."""

    may_reveal = False
    """Whether what was hidden from the seat may be shown to it now."""

    def show_everything(self) -> None:
        """Show what was hidden from the seat, or no longer; only in the debrief of a class."""

    def above(self) -> Iterable[Widget]:
        """What stands over every screen of this app."""
        return ()

    def situation_room(self) -> SituationRoom:
        """The screen on which rounds are played, new."""
        from sim.tui.screens.room import SituationRoom

        return SituationRoom()

    # -- frame

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, painted before anything is loaded."""
        self.dress()
        if self.start.scenario is None and self.start.load is None:
            from sim.tui.screens.home import Home
            return Home()
        from sim.tui.screens.briefing import Briefing
        return Briefing(self.venue.head(self.start), fresh=self.start.load is None)

    def on_mount(self) -> None:
        """Begin to load what was asked for."""
        # loading in a thread beside the first paint would slow it down
        if self.start.load is not None or (self.start.scenario and self.start.seat):
            self.call_after_refresh(
                lambda: self.run_worker(self._open(self.start), exclusive=True, group="open"))
        elif self.start.scenario is not None:
            self.call_after_refresh(self.choose_seat)

    def _fatal_error(self) -> None:
        """Leave without a traceback; whoever ran the app finds the exception in `fault`."""
        fault = self._exception
        self.fault = fault.error if isinstance(fault, WorkerFailed) and isinstance(fault.error, Exception) else fault
        self._close_messages_no_wait()

    # -- opening

    async def _open(self, start: Start) -> None:
        try:
            notice = await asyncio.to_thread(self.venue.notice, start)
            desk = await self._opened(start)
        except DetenteError as problem:
            if problem.code == _NOBODY_PLAYS and start.load is not None and start.seat is None:
                self.notify("Policies play every seat of this match; it can be read.", timeout=6)
                self.replay(start.load)
                return
            self.tell_problem(problem, start.scenario or str(start.load), then=self.action_go_home)
            return
        self.start, self.desk = start, desk
        desk.on_done = self._keep
        if notice:
            self.notify(notice, timeout=8)
        from sim.tui.screens.briefing import Briefing

        if start.replay:
            from sim.tui.screens.timeline import TimelinePage

            self.go(TimelinePage())
            return
        if start.load is not None:
            self.enter_room()
            return
        # help or the question whether to leave may lie over the frame
        waiting = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Briefing)), None)
        if waiting is not None:
            waiting.show(desk.situation(), desk.brief())

    async def _opened(self, start: Start) -> Desk:
        """A match, opened off the loop; one that nobody waits for any more lets go of its file."""
        wanted = True

        async def opened() -> Desk:
            async with self._door:
                desk = await asyncio.to_thread(self.venue.open, start)
                if not wanted:
                    close(desk)
                return desk

        task = asyncio.ensure_future(opened())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            wanted = False
            task.add_done_callback(_forget)
            raise

    def load_library(self, fill: Callable[[Sequence[Card], Sequence[SaveLine]], None]) -> None:
        """Read the library off the loop, then `fill`."""
        async def load() -> None:
            cards = await asyncio.to_thread(self.venue.cards)
            fill(cards, await asyncio.to_thread(self.venue.saves))

        self.run_worker(load(), exclusive=True, group="library")

    def delete_save(self, path: Path, fill: Callable[[Sequence[Card], Sequence[SaveLine]], None]) -> None:
        """Take a match away for good, then read the library again."""
        try:
            self.venue.delete(path)
        except DetenteError as problem:
            self.tell("It is still there", problem.sentence)
        self.load_library(fill)

    def choose_seat(self, card: Card | None = None) -> None:
        """To the choice of seat, clock and level; of the scenario at hand unless a card is given."""
        async def choose() -> None:
            from sim.tui.screens.setup import Setup

            named = card.id if card else self.start.scenario or ""
            try:
                whole = await asyncio.to_thread(self.venue.card, named)
            except DetenteError as problem:
                self.tell_problem(problem, named, then=self.action_go_home)
                return
            self._card, self._named = whole, named
            self._let_go()
            if card is not None:
                # seat and seed of the match before are nothing to this one
                self.start = replace(self.start, scenario=named, seat=None, seed=None, until=None, load=None)
            self.go(Setup(whole, self.start))

        self.run_worker(choose(), exclusive=True, group="open")

    def begin(self, scenario: str, seat: str | None, until: str | None, level: Level, seed: int | None = None) -> None:
        """Open a new match and show its brief; `seed` wins over the one the app was started with."""
        from sim.tui.screens.briefing import Briefing

        # a scenario that was given by its path is not in the library under its id
        named = self._named if self._card is not None and self._card.id == scenario else scenario
        start = replace(self.start, scenario=named, seat=seat, until=until, level=level, load=None,
                        replay=False, round=None, seed=self.start.seed if seed is None else seed)
        self._let_go()
        self.go(Briefing(self.venue.head(start), fresh=True))
        self.run_worker(self._open(start), exclusive=True, group="open")

    def continue_match(self, path: Path) -> None:
        """Open a save and go to its situation room."""
        from sim.tui.screens.briefing import Briefing

        start = replace(self.start, scenario=None, seat=None, load=path, replay=False, round=None)
        self.go(Briefing(self.venue.head(start), fresh=False))
        self.run_worker(self._open(start), exclusive=True, group="open")

    def replay(self, path: Path) -> None:
        """Open any save in the timeline, to read: the file is neither held nor changed until it is played on."""
        from sim.tui.screens.briefing import Briefing

        start = replace(self.start, scenario=None, seat=None, load=path, replay=True, round=None)
        self._let_go()
        self.go(Briefing(self.venue.head(start), fresh=False))
        self.run_worker(self._open(start), exclusive=True, group="open")

    def play_on(self, entry: int) -> None:
        """To the situation room where the match stands at an entry; from a replay it is the save's own from now on."""
        async def on() -> None:
            desk, start = self.desk, self.start
            assert desk is not None
            try:
                if start.replay:
                    start = replace(start, replay=False, round=None)
                    desk = await self._opened(start)
                desk.go(entry)
            except DetenteError as problem:
                if desk is not self.desk:
                    close(desk)
                self.tell("It cannot be played on", problem.sentence)
                return
            if desk is not self.desk:
                self.start, self.desk = start, desk
                desk.on_done = self._keep
            self.enter_room()

        self.run_worker(on(), exclusive=True, group="open")

    # -- the match

    def enter_room(self) -> None:
        """To the situation room, or to the ending of a match that is over."""
        from sim.tui.screens.ending import Ending
        from sim.tui.screens.room import SituationRoom

        assert self.desk is not None
        if self.desk.over:
            self.go(Ending())
            return
        standing = next((screen for screen in self.screen_stack if isinstance(screen, SituationRoom)), None)
        if standing is None:
            self.go(self.situation_room())
            return
        # the room stays beneath the resolution, to be filled anew rather than built anew
        while self.screen is not standing:
            self.pop_screen()
        standing.next_round()

    def resolve_round(self) -> None:
        """Let the others choose off the loop, close the round, show how it went."""
        from sim.tui.screens.resolution import Resolution

        desk = self.desk
        assert desk is not None
        screen = Resolution(desk.situation())

        async def resolve() -> None:
            choices = await asyncio.to_thread(desk.think)
            try:
                dispatches = desk.resolve(choices)
            except DetenteError as problem:
                self.tell("The round could not be closed", f"{problem.sentence} Your orders are kept.",
                          then=self.enter_room)
                return
            screen.unfold(dispatches)

        async def show() -> None:
            await self.push_screen(screen)
            await resolve()

        self.run_worker(show(), exclusive=True, group="round")

    def after_round(self) -> None:
        """To the next round, or to the ending; over it the reasons, for who has settled that."""
        self.enter_room()
        if self.settings.reasons and self.desk is not None and not self.desk.over:
            from sim.tui.screens.pages import page_screen

            self.push_screen(page_screen("reasons"))

    def at_the_desk(self, act: Callable[[], str | None], done: Callable[[str | None], None]) -> None:
        """Do what writes at the desk, then let `done` show what came of it: a sentence if it was refused."""
        done(act())

    def undo_round(self, then: Callable[[], None]) -> None:
        """Take the last round back."""
        assert self.desk is not None
        try:
            said = self.desk.undo()
        except DetenteError as problem:
            self.notify(problem.sentence, severity="warning")
            return
        self.notify(said, timeout=8)
        then()

    def play_other_side(self) -> None:
        """The same scenario, with the choice of seats on another one."""
        now = self.desk.situation() if self.desk else None
        played = now.seat if now else ""
        title = now.title if now else ""

        async def choose() -> None:
            from sim.tui.screens.setup import Setup

            try:
                scenario = self.start.scenario
                if scenario is None:
                    scenario = await asyncio.to_thread(self._scenario_titled, title)
                card = await asyncio.to_thread(self.venue.card, scenario)
            except DetenteError as problem:
                self.tell("It cannot be opened", problem.sentence, then=self.action_go_home)
                return
            other = next((seat for seat, _ in card.seats if seat != played), played)
            self._card, self._named = card, scenario
            self._let_go()
            self.start = replace(self.start, scenario=scenario, seat=other, load=None, seed=None)
            self.go(Setup(card, self.start))

        self.run_worker(choose(), exclusive=True, group="open")

    def _scenario_titled(self, title: str) -> str:
        return next((card.id for card in self.venue.cards() if card.title == title), title)

    def read_brief(self) -> None:
        """The brief again, over the situation room."""
        from sim.tui.screens.briefing import Briefing
        from sim.tui.table import Head

        desk = self.desk
        assert desk is not None
        screen = Briefing(Head("", "", ""), fresh=False)
        screen.show(desk.situation(), desk.brief())
        self.push_screen(screen)

    def show_sources(self, line: Line | None) -> None:
        """Who says what a line says; where nothing is cited, what the line rests on instead."""
        from sim.tui.screens.sources import SourceViewer

        if line is None:
            self.notify("Choose a line first.")
            return
        self.push_screen(SourceViewer(line.source, getattr(self.screen.focused, "UNSOURCED", "")))

    # -- finding one's way

    def page_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """From a page to every other; home and out from anywhere in a match."""
        from sim.tui.screens.pages import PAGES

        ground = next((it for it in reversed(self.screen_stack)
                       if hasattr(it, "action_open_page") or getattr(it, "leads_on", False)), screen)
        if hasattr(ground, "action_open_page") and ground is not screen and not screen.is_modal and self.desk is not None:
            for page in PAGES:
                yield SystemCommand(page.title, "another page", partial(self._turn_to, ground, page.name))
        own = any(it.enabled and it.binding.action == "app.go_home" for it in screen.active_bindings.values())
        if not own and (not isinstance(screen, Sheet) or self.desk is not None):
            yield SystemCommand("Home", "Save and go to the home screen", self.action_go_home)
        yield SystemCommand("Leave", "Save and leave", self.action_leave)

    def _turn_to(self, ground: Screen[Any], page: str) -> None:
        while self.screen is not ground:
            self.pop_screen()
        ground.action_open_page(page)  # type: ignore[attr-defined]

    def begin_tour(self) -> None:
        """The first match, with somebody at one's shoulder."""
        from sim.tui.screens.tutorial import Tutorial

        self.end_tour()
        self.tour = Tutorial(self)

    def end_tour(self) -> None:
        """Send the coach away; the match goes on."""
        if self.tour is not None:
            self.tour.end()
            self.tour = None
            self.refresh_bindings()

    tour: Tutorial | None = None

    def action_leave_tour(self) -> None:
        """Send the coach away."""
        self.end_tour()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The tour can be left while there is one."""
        if action == "leave_tour":
            return self.tour is not None
        return super().check_action(action, parameters)


def _forget(task: asyncio.Task[Desk]) -> None:
    """Close what was opened in vain, if it could be opened at all."""
    if not task.cancelled() and task.exception() is None:
        close(task.result())
