"""tui: the home screen: the tour, the match to go on with, the library, all matches kept, settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from sim.tui.lines.library import (
    Narrowing,
    about_card,
    about_save,
    entry_line,
    save_line,
    scenario_line,
    spaced,
)
from sim.tui.lines.line import Line, plain, stacked
from sim.tui.screens.dialogs import Ask, Tell
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import SaveLine
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.sieve import SearchInput, SieveRow
from sim.tui.widgets.titles import Banner, entitle

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.words.models import Card

TITLE: Final = "D E T E N T E"
ABOUT: Final = "Hold one capital through a crisis. Everyone else has reasons, too."
ENTRIES: Final = {
    "tour": ("The two-minute tour", "A bridge, two capitals, somebody at your shoulder"),
    "settings": ("Settings", "Colours, map, animations, level, reasons"),
}
_MORE: Final = {
    "tour": "You play a small, invented crisis. A panel at the foot of the screen says what to look at and what to "
            "press; it never holds you up, and esc sends it away. The match is yours to play on.",
    "settings": "What the screens look like, how the map is drawn, how well the others play. Every change is kept at "
                "once, in a file that you may also edit.",
}


class Library(LineList):
    """Saves and scenarios."""

    HELP = ("Enter opens the scenario or the match under the cursor; a click shows it, a second click opens it. "
            "▸ is a match that waits for you, ■ one that has ended.")
    EMPTY = "Nothing fits. Esc in the search, or the keys above, show all again."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open", id="home.open")]


class Home(Sheet):
    """What can be played."""

    DEFAULT_CSS = """
    Home Detail { link-style: none; link-style-hover: bold; link-color: $foreground; link-color-hover: $primary;
                  link-background-hover: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "go_on", "Go on", id="home.go_on"),
        Binding("t", "tour", "Tour", id="home.tour"),
        Binding("slash", "search", "Search", id="home.search"),
        Binding("f6", "app.settings", "Settings", id="home.settings"),
        Binding("r", "replay", "Replay", show=False, id="home.replay"),
        Binding("x", "delete", "Delete", show=False, id="home.delete"),
        Binding("l", "turn('length')", "Filter by length", show=False, id="home.length"),
        Binding("n", "turn('seats')", "Filter by seats", show=False, id="home.seats"),
        Binding("v", "turn('level')", "Filter by level", show=False, id="home.level"),
        Binding("k", "turn('kind')", "Filter by kind", show=False, id="home.kind"),
        Binding("i", "whole", "All about it", show=False, id="home.whole"),
        Binding("q", "app.leave", "Quit", id="home.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, Card] = {}
        self._saves: dict[str, SaveLine] = {}
        self._narrowing = Narrowing()
        self._filled = False

    def body(self) -> ComposeResult:
        """Title, what narrows the list, list, card."""
        yield Banner(stacked([plain(TITLE, "bold $primary"), plain(ABOUT, "$quiet")]), id="home-title")
        yield SieveRow(id="sieve")
        yield SearchInput(placeholder="type to search", id="search", select_on_focus=False)
        with Horizontal(id="home"):
            with Vertical(classes="pane", id="shelf") as pane:
                entitle(pane, "What to play")
                yield Library(title="What to play", id="library")
            with Vertical(classes="pane", id="card") as pane:
                entitle(pane, "About")
                yield Detail(id="about", more="… i shows all of it")

    def ready(self) -> None:
        """The list is read off the loop."""
        self.query_one(Library).focus()
        app_of(self).load_library(self.fill)

    # what is shown

    def fill(self, cards: Sequence[Card], saves: Sequence[SaveLine]) -> None:
        """Show what was found, unless the screen was left meanwhile."""
        if not self.query(SieveRow):
            return
        self._cards = {f"card:{card.id}": card for card in cards}
        self._saves = {f"save:{number}": save for number, save in enumerate(saves)}
        first, self._filled = not self._filled, True
        self._show(at=self._latest() or self._first() if first else None)

    def _first(self) -> str | None:
        """Where the cursor goes on a first visit: the tour for who has neither saves nor settings."""
        return "tour" if self._new_here else next(iter(self._cards), None)

    @property
    def _new_here(self) -> bool:
        return not self._saves and app_of(self).new_here

    def _latest(self) -> str | None:
        """The match to go on with: the one last played that has not ended."""
        return next((id for id, save in self._saves.items() if save.whole and not save.ended), None)

    def _show(self, at: str | None = None) -> None:
        latest, narrow = self._latest(), self._narrowing
        saves = {id: save_line(id, save) for id, save in self._saves.items() if narrow.keeps(save)}
        waiting = saves.pop(latest, None) if latest else None
        entries = {id: entry_line(id, *ENTRIES[id]) for id in ENTRIES if not narrow.words}
        tour = entries.pop("tour", None) if self._new_here else None
        lines = [
            *spaced("New here?", [tour] if tour else []),
            *spaced("Go on with a match", [waiting] if waiting else []),
            *spaced("Scenarios", [scenario_line(id, card) for id, card in self._cards.items() if narrow.takes(card)]),
            *spaced("Earlier matches" if waiting else "Your matches", list(saves.values())),
            *spaced("More", list(entries.values())),
        ]
        self.query_one(Library).show(lines[:-1], at)
        self.query_one(SieveRow).show(narrow.values, narrow.words)
        self.refresh_bindings()

    @on(LineList.Reached)
    def _about(self, event: LineList.Reached) -> None:
        self.query_one("#about", Detail).tell("About", self._told(event.line))
        self.refresh_bindings()

    def _told(self, line: Line) -> Content:
        card, save = self._cards.get(line.id), self._saves.get(line.id)
        if card is not None:
            return about_card(card)
        if save is not None:
            can = [("enter", "go on" if not save.ended else "see how it ended", "open")] if save.whole else []
            keys = [(app_of(self).key_for(f"home.{action}", usual), text, action)
                    for usual, text, action in (("r", "replay it", "replay"), ("x", "delete it", "delete"))
                    if self.check_action(action, ())]
            return about_save(save, [*can, *keys])
        title, _ = ENTRIES[line.id]
        return stacked([plain(title, "bold"), plain(""), plain(_MORE[line.id])])

    # what narrows it

    def action_turn(self, sieve: str) -> None:
        """The next value of a sieve."""
        self._narrowing = self._narrowing.turned(sieve, list(self._cards.values()))
        self._show()

    @on(SieveRow.Picked)
    def _picked(self, event: SieveRow.Picked) -> None:
        self.action_search() if event.name == "search" else self.action_turn(event.name)

    def action_search(self) -> None:
        """Type to search."""
        self.query_one(SearchInput).open()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrowing = Narrowing(self._narrowing.values, event.value)
        self._show()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(SearchInput).action_leave()

    @on(SearchInput.Left)
    def _left(self) -> None:
        self.query_one(Library).focus()

    # what is opened

    @on(LineList.Chosen)
    def _open(self, event: LineList.Chosen) -> None:
        card, save = self._cards.get(event.line.id), self._saves.get(event.line.id)
        if card is not None:
            app_of(self).choose_seat(card)
        elif save is not None and save.whole:
            app_of(self).continue_match(save.path)
        elif save is not None:
            self.action_whole()
        elif event.line.id == "tour":
            self.action_tour()
        elif event.line.id == "settings":
            app_of(self).action_settings()

    def action_open(self) -> None:
        """What is under the cursor."""
        self.query_one(Library).action_select()

    def action_go_on(self) -> None:
        """Go on with the match last played."""
        latest = self._latest()
        if latest is not None:
            app_of(self).continue_match(self._saves[latest].path)

    def action_tour(self) -> None:
        """The first match, with somebody at one's shoulder."""
        app_of(self).begin_tour()

    def action_replay(self) -> None:
        """Walk through the match under the cursor."""
        save = self._save_at_hand()
        replay = getattr(self.app, "replay", None)
        if save is not None and replay is not None:
            replay(save.path)

    def action_delete(self) -> None:
        """Delete the match under the cursor, after a question."""
        save = self._save_at_hand()
        if save is None:
            return
        seat = f", {save.seat}" if save.seat else ""
        ask = Ask("Delete this match?", f"{save.title}{seat}: {save.says}. It cannot be brought back.",
                  "delete it", "keep it")
        self.app.push_screen(ask, lambda yes: app_of(self).delete_save(save.path, self.fill) if yes else None)

    def action_whole(self) -> None:
        """The card at full length."""
        self.app.push_screen(Tell("About", self.query_one(Detail).text))

    def _save_at_hand(self) -> SaveLine | None:
        current = self.query_one(Library).current
        return self._saves.get(current.id) if current else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done is offered."""
        if action == "go_on":
            return self._latest() is not None
        if action in {"delete", "replay"}:
            save = self._save_at_hand() if self.is_ready else None
            can = action == "delete" or (hasattr(self.app, "replay") and save is not None and save.whole)
            return save is not None and can
        return True
