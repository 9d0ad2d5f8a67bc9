"""tui: the home screen: matches to continue, and the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.tui.screens.dialogs import Tell
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import SaveLine
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import entitle
from sim.words.models import Card

TITLE = "D E T E N T E"


class Library(LineList):
    """Saves and scenarios."""

    HELP = "Enter opens the scenario or the match under the cursor; a click shows it, a second click opens it."
    EMPTY = "No scenario was found. `detente paths` tells where they are looked for."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open", id="home.open")]


class Home(Sheet):
    """What can be played."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "whole", "All about it", id="home.whole"),
        Binding("q", "app.leave", "Quit", id="home.quit"),
    ]

    def body(self) -> ComposeResult:
        """Title, list, card."""
        yield Static(plain(TITLE, "bold $primary") + plain("    diplomatic crises, played in words", "$quiet"),
                     id="title")
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

    def fill(self, cards: Sequence[Card], saves: Sequence[SaveLine]) -> None:
        """Show what was found."""
        self._cards = {f"card:{card.id}": card for card in cards}
        self._saves = {f"save:{number}": save for number, save in enumerate(saves)}
        lines: list[Line] = [heading("library", "Scenarios")]
        for id, card in self._cards.items():
            facts = " · ".join(part for part in (card.minutes, card.kind, card.level) if part)
            lines += [Line(id, stacked([plain(card.title, "bold"), plain(facts, "$quiet")]), plain("  ")), gap(id)]
        if saves:
            lines.append(heading("saves", "Go on with a match"))
            for id, save in self._saves.items():
                lines.append(Line(id, stacked([plain(save.title) + plain(f", {save.seat}", "$quiet"),
                                               plain(save.says, "$quiet")]), plain("  ")))
        self.query_one(Library).show(lines if self._cards or saves else [])

    @on(LineList.Reached)
    def _about(self, event: LineList.Reached) -> None:
        detail = self.query_one("#about", Detail)
        card = self._cards.get(event.line.id)
        if card is not None:
            detail.tell("About", about_card(card))
        save = self._saves.get(event.line.id)
        if save is not None:
            detail.tell("About", stacked([plain(save.title, "bold"), plain(f"Your seat: {save.seat}"),
                                          plain(save.says), plain(""), plain(save.path.name, "$quiet")]))

    def action_whole(self) -> None:
        """The card at full length."""
        detail = self.query_one(Detail)
        self.app.push_screen(Tell("About", detail.text))

    @on(LineList.Chosen)
    def _open(self, event: LineList.Chosen) -> None:
        card, save = self._cards.get(event.line.id), self._saves.get(event.line.id)
        if card is not None:
            app_of(self).choose_seat(card)
        elif save is not None:
            app_of(self).continue_match(save.path)


def about_card(card: Card) -> Content:
    """A card at length."""
    rows = [plain(card.title, "bold"), plain(""), plain(card.blurb), plain("")]
    for name, value in (("Time", card.minutes), ("Level", card.level), ("Kind", card.kind),
                        ("Seats", ", ".join(name for _, name in card.seats))):
        if value:
            rows.append(plain(f"{name:<7}", "$quiet") + plain(value))
    if card.content_note:
        rows += [plain(""), plain("Before you play", "bold $mark"), plain(card.content_note, "$quiet")]
    return stacked(rows)
