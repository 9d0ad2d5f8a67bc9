"""tui: seat, leg and level of a new match."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from sim.tui.lines.line import Line, plain, stacked
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.start import Level, Start
from sim.tui.widgets.line_list import LineList
from sim.words.models import Card

LEVELS: tuple[tuple[Level, str, str], ...] = (
    ("easy", "Easy", "The others follow their habits; their reasons are shown after each round."),
    ("standard", "Standard", "The others weigh each order by what it brings them; reasons are shown at the ending."),
    ("hard", "Hard", "The others look further ahead; reasons are shown at the ending."),
)


class ChoiceList(LineList):
    """One of several; what the cursor stands on is chosen."""

    HELP = "Up and down choose, enter goes on to the next question, b begins."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Next", id="setup.next")]


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
        yield Static(plain(self.card.title, "bold $primary") + plain(f"    {self.card.minutes}", "$quiet"), id="title")
        yield Static(self.card.blurb, id="blurb", markup=False)
        with Horizontal(id="setup"):
            for id, title in (("seats", "Your seat"), ("legs", "The clock"), ("levels", "The others")):
                with Vertical(classes="pane") as pane:
                    pane.border_title = title
                    yield ChoiceList(title=title, id=id)

    def on_mount(self) -> None:
        """Fill the lists, the cursor on what was asked for."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        seats = self.query_one("#seats", LineList)
        seats.show([Line(seat, plain(name, "bold")) for seat, name in self.card.seats], at=self._start.seat)
        legs = []
        for id, title, rounds, minutes in self.card.legs:
            about = f"{rounds} rounds" + (f", about {minutes} minutes" if minutes else "")
            legs.append(Line(id, stacked([plain(title, "bold"), plain(about, "$quiet")])))
        self.query_one("#legs", LineList).show(legs, at=self._start.until)
        levels = [Line(id, stacked([plain(title, "bold"), plain(text, "$quiet")])) for id, title, text in LEVELS]
        self.query_one("#levels", LineList).show(levels, at=self._start.level)
        seats.focus()

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
        picked = [self.query_one(f"#{id}", LineList).current for id in ("seats", "legs", "levels")]
        seat, leg, level = (line.id if line else None for line in picked)
        wanted: Level = next((id for id, _, _ in LEVELS if id == level), "standard")
        app_of(self).begin(self.card.id, seat, leg, wanted)
