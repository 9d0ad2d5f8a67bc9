"""tui: the app: one person's screens over one desk at a time. Nothing in it is global; many run on one loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.worker import WorkerFailed

from sim.errors import DetenteError
from sim.tui.lines.line import Line
from sim.tui.screens.sheet import Sheet
from sim.tui.start import Level, Start
from sim.tui.table import Desk, SaveLine, Venue
from sim.tui.theme import CALM, OWN, meanings
from sim.tui.widgets.key_line import NAMES
from sim.words.models import Card


class DetenteApp(App[str]):
    """Returns the path of the save, or an empty text. `fault` holds what went wrong inside, if anything did."""

    CSS_PATH = "frame.tcss"
    TITLE = "Detente"
    ENABLE_COMMAND_PALETTE = True
    # Textual declares both as variables of the instance
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-tabs"), (100, "-wide"), (150, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (24, "-low"), (36, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", "Leave", show=False, priority=True, id="app.interrupt"),
        Binding("ctrl+q", "leave", "Leave", show=False, priority=True, id="app.leave"),
        Binding("f1", "explain", "Help", id="app.help"),
    ]

    def __init__(self, start: Start, venue: Venue | None = None) -> None:
        """`venue`: where matches are found; this machine unless given."""
        self.start = start
        if venue is None:
            from sim.tui.venue import LocalVenue
            venue = LocalVenue(start.paths)
        self.venue = venue
        self.desk: Desk | None = None
        self.fault: Exception | None = None
        self._card: Card | None = None
        super().__init__()

    # -- frame

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours by meaning, for themes that do not know them."""
        return meanings(self.current_theme.dark)

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, painted before anything is loaded."""
        for own in OWN:
            self.register_theme(own)
        self.theme = CALM.name
        if self.start.theme is not None and self.start.theme in self.available_themes:
            self.theme = self.start.theme
        if self.start.scenario is None and self.start.load is None:
            from sim.tui.screens.home import Home
            return Home()
        from sim.tui.screens.briefing import Briefing
        return Briefing(self.venue.head(self.start), fresh=self.start.load is None)

    def on_mount(self) -> None:
        """Begin to load what was asked for."""
        if self.start.theme is not None and self.start.theme not in self.available_themes:
            self.notify(f"There is no theme {self.start.theme}; this is {self.theme}.", severity="warning")
        if self.start.load is not None or (self.start.scenario and self.start.seat):
            self.run_worker(self._open(self.start), exclusive=True, group="open")
        elif self.start.scenario is not None:
            self.choose_seat()

    def _fatal_error(self) -> None:
        """Leave without a traceback; whoever ran the app finds the exception in `fault`."""
        fault = self._exception
        self.fault = fault.error if isinstance(fault, WorkerFailed) and isinstance(fault.error, Exception) else fault
        self._close_messages_no_wait()

    def go(self, screen: Screen[Any]) -> AwaitMount | AwaitComplete:
        """Show a screen in place of what is shown; the first screen stays beneath, out of sight."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        return self.push_screen(screen) if len(self.screen_stack) == 1 else self.switch_screen(screen)

    # -- opening

    async def _open(self, start: Start) -> None:
        try:
            desk = await asyncio.to_thread(self.venue.open, start)
            notice = await asyncio.to_thread(self.venue.notice, start)
        except DetenteError as problem:
            self.tell("It cannot be opened", problem.sentence, then=self.action_go_home)
            return
        self.start, self.desk = start, desk
        if notice:
            self.notify(notice, timeout=8)
        from sim.tui.screens.briefing import Briefing

        if start.load is not None:
            self.enter_room()
            return
        # help or the question whether to leave may lie over the frame
        waiting = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Briefing)), None)
        if waiting is not None:
            waiting.show(desk.situation(), desk.brief())

    def load_library(self, fill: Callable[[Sequence[Card], Sequence[SaveLine]], None]) -> None:
        """Read the library off the loop, then `fill`."""
        async def load() -> None:
            cards = await asyncio.to_thread(self.venue.cards)
            fill(cards, await asyncio.to_thread(self.venue.saves))

        self.run_worker(load(), exclusive=True, group="library")

    def choose_seat(self, card: Card | None = None) -> None:
        """To the choice of seat, clock and level; of the scenario at hand unless a card is given."""
        async def choose() -> None:
            from sim.tui.screens.setup import Setup

            try:
                whole = await asyncio.to_thread(self.venue.card, card.id if card else self.start.scenario or "")
            except DetenteError as problem:
                self.tell("It cannot be opened", problem.sentence, then=self.action_go_home)
                return
            self._card = whole
            self._let_go()
            self.go(Setup(whole, self.start))

        self.run_worker(choose(), exclusive=True, group="open")

    def begin(self, scenario: str, seat: str | None, until: str | None, level: Level) -> None:
        """Open a new match and show its brief."""
        from sim.tui.screens.briefing import Briefing

        named = scenario if self._card is None or self.start.scenario is None else self.start.scenario
        known = self._card is not None and self._card.id == scenario and self.start.scenario is not None
        start = replace(self.start, scenario=named if known else scenario, seat=seat, until=until, level=level, load=None)
        self._let_go()
        self.go(Briefing(self.venue.head(start), fresh=True))
        self.run_worker(self._open(start), exclusive=True, group="open")

    def continue_match(self, path: Path) -> None:
        """Open a save and go to its situation room."""
        from sim.tui.screens.briefing import Briefing

        start = replace(self.start, scenario=None, seat=None, load=path)
        self.go(Briefing(self.venue.head(start), fresh=False))
        self.run_worker(self._open(start), exclusive=True, group="open")

    # -- the match

    def enter_room(self) -> None:
        """To the situation room, or to the ending of a match that is over."""
        from sim.tui.screens.ending import Ending
        from sim.tui.screens.room import SituationRoom

        assert self.desk is not None
        self.save_match(loud=False)
        if self.desk.over:
            self.go(Ending())
            return
        standing = next((screen for screen in self.screen_stack if isinstance(screen, SituationRoom)), None)
        if standing is None:
            self.go(SituationRoom())
            return
        # the room stays beneath the resolution: to fill it anew costs a third of building it
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
        """To the next round, or to the ending."""
        self.enter_room()

    def undo_round(self, then: Callable[[], None]) -> None:
        """Take the last round back."""
        assert self.desk is not None
        try:
            self.desk.undo()
        except DetenteError as problem:
            self.notify(problem.sentence, severity="warning")
            return
        self.notify(f"Round {self.desk.situation().round} is open again.")
        then()

    def play_other_side(self) -> None:
        """The same scenario, with the choice of seats on another one."""
        played = self.desk.situation().seat if self.desk else None
        scenario = self.start.scenario or self._scenario_of_desk()

        async def choose() -> None:
            from sim.tui.screens.setup import Setup

            try:
                card = await asyncio.to_thread(self.venue.card, scenario)
            except DetenteError as problem:
                self.tell("It cannot be opened", problem.sentence, then=self.action_go_home)
                return
            other = next((seat for seat, _ in card.seats if seat != played), played)
            self._card = card
            self._let_go()
            self.start = replace(self.start, scenario=scenario, seat=other, load=None, seed=None)
            self.go(Setup(card, self.start))

        self.run_worker(choose(), exclusive=True, group="open")

    def _scenario_of_desk(self) -> str:
        title = self.desk.situation().title if self.desk else ""
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
        """Who says what a line says."""
        from sim.tui.lines.pages import sources_page
        from sim.tui.screens.dialogs import Listing

        if line is None or not line.source:
            self.notify("No source is named for this line." if line else "Choose a line first.")
            return
        assert self.desk is not None
        self.push_screen(Listing("Who says so", sources_page(self.desk.sources(line.source))))

    # -- saving and leaving

    def save_match(self, loud: bool) -> str | None:
        """Write the match; a sentence if that failed. `loud` tells success too."""
        if self.desk is None:
            return None
        try:
            path = self.desk.save()
        except (DetenteError, OSError) as problem:
            sentence = problem.sentence if isinstance(problem, DetenteError) else str(problem)
            self.notify(f"{sentence} The match goes on unsaved.", title="Not saved", severity="error", timeout=10)
            return sentence
        self.saved = str(path or "")
        if loud:
            self.notify(f"Saved in {self.saved}." if self.saved else "Saved.")
        return None

    saved = ""

    def action_leave(self) -> None:
        """Ask once, then save and exit."""
        from sim.tui.screens.dialogs import Ask

        if isinstance(self.screen, Ask) and self.screen.name == "leave":
            self.screen.dismiss(True)
            return
        if self.desk is None:
            self.exit("")
            return
        ask = Ask("Leave?", "The match is saved and can be continued from the home screen.", "save and leave", "stay",
                  name="leave")
        self.push_screen(ask, lambda yes: self._leave() if yes else None)

    def _leave(self) -> None:
        from sim.tui.screens.dialogs import Ask

        problem = self.save_match(loud=False)
        if problem is None:
            self._let_go()
            self.exit(self.saved)
            return
        ask = Ask("Not saved", f"{problem} Leave all the same?", "leave without saving", "stay")
        self.push_screen(ask, lambda yes: self.exit("") if yes else None)

    def _let_go(self) -> None:
        """Close the match's file, so that it can be opened again."""
        match = getattr(self.desk, "match", None)
        if match is not None:
            match.close()
        self.desk = None

    def action_go_home(self) -> None:
        """To the home screen; the match is saved already."""
        from sim.tui.screens.home import Home

        self._let_go()
        self.go(Home())

    # -- comfort

    def tell(self, title: str, sentence: str, then: Callable[[], None] | None = None) -> None:
        """A sentence in a dialog."""
        from sim.tui.lines.line import plain
        from sim.tui.screens.dialogs import Tell

        self.push_screen(Tell(title, plain(sentence)), lambda _: then() if then else None)

    def action_explain(self) -> None:
        """Help of the widget in focus, with all keys that work there."""
        from sim.tui.screens.dialogs import Tell, help_text

        here = self.screen.focused
        keys: dict[str, str] = {}
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            named = binding.id and active.enabled and binding.description and not binding.id.startswith("list.")
            if named and not (binding.id or "").startswith("room.answer."):
                keys.setdefault(binding.description, binding.key_display or key)
        if any((active.binding.id or "").startswith("room.answer.") for active in self.screen.active_bindings.values()):
            keys["Give the answer of that number"] = "1 to 9"
        said = here.describe() if here is not None and hasattr(here, "describe") else ""
        listed = [(key, text) for text, key in keys.items()]
        title = getattr(here, "title", "") or getattr(here, "border_title", "") or "Help"
        self.push_screen(Tell(f"Help: {title}" if title != "Help" else title,
                              help_text(getattr(here, "HELP", "") or "", said, listed)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The actions of the screen, and few of the app."""
        seen = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            numbered = binding.action.startswith("answer(")
            mine = binding.id and active.enabled and isinstance(active.node, Screen) and not numbered
            if mine and binding.action not in seen:
                seen.add(binding.action)
                yield SystemCommand(binding.description, f"key {NAMES.get(binding.key, binding.key)}",
                                    partial(self.simulate_key, binding.key))
        yield SystemCommand("Help", "What the widget in focus shows, and its keys", self.action_explain)
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        if not isinstance(screen, Sheet) or self.desk is not None:
            yield SystemCommand("Home", "Save and go to the home screen", self.action_go_home)
        yield SystemCommand("Leave", "Save and leave", self.action_leave)
