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
    _choices: tuple[tuple[str, str, str], ...] = ()

    def offer(self, choices: Sequence[tuple[str, str, str]], chosen: str | None) -> None:
        """Id, title and what is said of each choice; the cursor goes to the chosen one."""
        self._choices = tuple(choices)
        picked = chosen if chosen in [id for id, _, _ in choices] else choices[0][0] if choices else ""
        self.show(self._marked_lines(picked), at=picked)

    def mark(self) -> None:
        """Set the mark on the line under the cursor."""
        self.show(self._marked_lines(self.current.id if self.current else ""))

    def _marked_lines(self, picked: str) -> list[Line]:
        out = []
        for id, title, text in self._choices:
            rows = [plain(title, "bold"), *([plain(text, "$quiet")] if text else [])]
            out += [Line(id, stacked(rows), plain("◉ " if id == picked else "○ ", "$primary")), gap(id)]
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
        with Horizontal(id="setup"):
            for id, title in (("seats", "Your seat"), ("legs", "The clock"), ("levels", "The others")):
                with Vertical(classes="pane") as pane:
                    entitle(pane, title)
                    yield ChoiceList(title=title, id=id)

    def ready(self) -> None:
        """Fill the lists, the cursor on what was asked for."""
        seats = self.query_one("#seats", ChoiceList)
        seats.offer([(seat, name, "") for seat, name in self.card.seats], self._start.seat)
        legs = [(id, title, f"{rounds} rounds" + (f", {held(f'{minutes} minutes')}" if minutes else ""))
                for id, title, rounds, minutes in self.card.legs]
        self.query_one("#legs", ChoiceList).offer(legs, self._start.until)
        self.query_one("#levels", ChoiceList).offer(LEVELS, self._start.level)
        seats.focus()

    @on(LineList.Reached)
    def _marked(self, event: LineList.Reached) -> None:
        if isinstance(event.lines, ChoiceList):
            event.lines.mark()

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
