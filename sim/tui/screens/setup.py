"""tui: seat, leg and level of a new match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from sim.tui.lines.line import Line, gap, held, plain, stacked
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.start import Level, Start
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import Banner, entitle

if TYPE_CHECKING:
    from sim.words.models import Card

LEVELS: tuple[tuple[Level, str, str], ...] = (
    ("easy", "Easy", "They follow their habits; their reasons are told after each round."),
    ("standard", "Standard", "They weigh each order by what it brings them; reasons are told at the ending."),
    ("hard", "Hard", "Not there yet: for now they play standard."),
)


class ChoiceList(LineList):
    """One of several; what the cursor stands on is chosen."""

    HELP = "Up and down choose, enter goes on to the next question, b begins."
    DEFAULT_CSS = """
    ChoiceList > .option-list--option-highlighted { background: $block-cursor-blurred-background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Next", id="setup.next")]

    def __init__(self, choices: Sequence[tuple[str, str, str]], chosen: str | None, *, title: str, id: str) -> None:
        """`choices`: id, title and what is said of each; the cursor goes to the `chosen` one, or else to the first."""
        super().__init__(title=title, id=id)
        self._choices = tuple(choices)
        ids = [choice for choice, _, _ in choices]
        self._picked = chosen if chosen in ids else ids[0] if ids else None

    @property
    def picked(self) -> str | None:
        """The id of the choice under the cursor; until the list is laid out and has one, of the choice it will stand on."""
        return self.current.id if self.current else self._picked

    def fill(self) -> None:
        """Show the choices, with the mark on the one that is picked."""
        self._picked = self.picked
        self.show(self._marked_lines(), at=self._picked)

    def _marked_lines(self) -> list[Line]:
        out = []
        for id, title, text in self._choices:
            rows = [plain(title, "bold"), *([plain(text, "$quiet")] if text else [])]
            out += [Line(id, stacked(rows), plain("◉ " if id == self._picked else "○ ", "$primary")), gap(id)]
        return out[:-1]


class Setup(Sheet):
    """Three short lists; the last enter begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "begin", "Begin", id="setup.begin"),
        Binding("escape", "app.go_home", "Home", id="setup.home"),
    ]

    def __init__(self, card: Card, start: Start) -> None:
        super().__init__()
        self.card, self._start = card, start

    def body(self) -> ComposeResult:
        """The title and the three lists."""
        yield Banner(plain(self.card.title, "bold $primary") + plain(f"    {self.card.minutes}", "$quiet"), id="title")
        yield Banner(plain(self.card.blurb), id="blurb")
        seats = [(seat, name, "") for seat, name in self.card.seats]
        legs = [(id, title, f"{rounds} rounds" + (f", {held(f'{minutes} minutes')}" if minutes else ""))
                for id, title, rounds, minutes in self.card.legs]
        with Horizontal(id="setup"):
            for id, title, choices, chosen in (("seats", "Your seat", seats, self._start.seat),
                                               ("legs", "The clock", legs, self._start.until),
                                               ("levels", "The others", LEVELS, self._start.level)):
                with Vertical(classes="pane") as pane:
                    entitle(pane, title)
                    yield ChoiceList(choices, chosen, title=title, id=id)

    def ready(self) -> None:
        """Fill the lists, the cursor on what was asked for."""
        for choices in self.query(ChoiceList):
            choices.fill()
        self.query_one("#seats").focus()

    @on(LineList.Reached)
    def _marked(self, event: LineList.Reached) -> None:
        if isinstance(event.lines, ChoiceList):
            event.lines.fill()

    @on(LineList.Chosen)
    def _next(self, event: LineList.Chosen) -> None:
        order = ["seats", "legs", "levels"]
        here = order.index(event.lines.id or "seats")
        if here == len(order) - 1:
            self.action_begin()
        else:
            self.query_one(f"#{order[here + 1]}", LineList).focus()

    def action_begin(self) -> None:
        """Open the match."""
        seat, leg, level = (self.query_one(f"#{id}", ChoiceList).picked for id in ("seats", "legs", "levels"))
        wanted: Level = next((id for id, _, _ in LEVELS if id == level), "standard")
        app_of(self).begin(self.card.id, seat, leg, wanted)
