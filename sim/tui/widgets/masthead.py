"""tui: the head of every screen of a match: seat, title, date, round, phase, attention, orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from sim.tui.lines.line import joined, plain
from sim.tui.table import Head

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.words.models import PhaseDiagram, Situation


class Masthead(Widget):
    """Two rows, three where there is room; in the situation room the state diagram as well.

    Before the match is loaded it shows what the scenario's head tells.
    """

    DEFAULT_CSS = """
    Masthead { height: 2; padding: 0 2; background: $panel; color: $foreground; }
    """
    HELP = ("Where the match stands: date, round, what your seat can still spend, and the state diagram: the phases it "
            "came through, the one it is in, and those that can follow. f shows what each of them asks.")

    def __init__(self, head: Head, id: str | None = None) -> None:
        super().__init__(id=id)
        self._head = head
        self._situation: Situation | None = None
        self._phases: PhaseDiagram | None = None
        self._drawn: tuple[tuple[PhaseDiagram, int], list[Content]] | None = None
        self._spent = 0
        self._orders = 0

    def retitle(self, head: Head) -> None:
        """Show another head, while there is no situation to show."""
        if head != self._head:
            self._head = head
            self.refresh()

    def show(self, situation: Situation, spent: int = 0, orders: int = 0, phases: PhaseDiagram | None = None) -> None:
        """Show a situation, with the attention spent and the orders chosen so far, and the phases drawn if given."""
        now = (situation, spent, orders, phases)
        if now == (self._situation, self._spent, self._orders, self._phases):
            return
        self._situation, self._spent, self._orders, self._phases = now
        self.set_class(bool(situation.phase_text), "-told")
        self.set_class(phases is not None and bool(phases.nodes), "-drawn")
        self.refresh()

    def render(self) -> Content:
        """The rows, the right-hand texts never cut."""
        width, height = self.content_size
        if self._situation is None:
            left = plain(self._head.seat, "bold $primary") + plain(f"  {self._head.title}")
            return Content("\n").join([_row(left, plain(self._head.date, "bold"), width), plain("")])
        now = self._situation
        first = plain(now.viewer, "bold $primary") + plain(f"  {now.title}", "$quiet")
        days = plain(now.date, "bold") + plain(f"  day {now.day}  ", "$quiet") + plain(f"round {now.round} of {now.rounds}")
        rows = [_row(first, days, width)]
        purse = self._purse(now)
        told = plain(now.phase_text, "$quiet").truncate(width, ellipsis=True)
        if self._phases is None or not self._phases.nodes:
            phase = plain(now.phase, "bold $mark")
            if now.open_phases:
                phase += plain("  → " + " · ".join(now.open_phases), "$quiet")
            rows += [_row(phase, joined(purse), width), told]
        elif height < 4:
            from sim.tui.lines.phases import strip

            right = joined(purse)
            if height < 3:
                rows.append(_row(strip(self._phases, width - right.cell_length - 2), right, width))
            else:
                rows += [strip(self._phases, width), _row(plain(now.phase_text, "$quiet"), right, width)]
        else:
            from sim.tui.lines.phases import drawn

            wide = max((cell.cell_length for cell in purse), default=0)
            cells = [*purse, plain(""), plain(""), plain("")][:3]
            known = (self._phases, width - wide)
            if self._drawn is None or self._drawn[0] != known:
                self._drawn = (known, drawn(self._phases, width - wide - 4))
            rows += [_row(row, cell, width) for row, cell in zip(self._drawn[1], cells, strict=True)]
            rows.append(told)
        return Content("\n").join(rows[:max(2, height)])

    def _purse(self, now: Situation) -> list[Content]:
        """What is left of attention and orders, one below the other; or how it ended."""
        if now.ending:
            return [plain(now.ending, "bold")]
        if not now.attention and not now.orders:
            return []
        left = max(0, now.attention - self._spent)
        return [plain("attention  ", "$quiet") + plain("●" * left, "$mark") + plain("○" * self._spent, "$quiet")
                + plain(f" {left}"), plain("orders  ", "$quiet") + plain(f"{self._orders} of {now.orders}")]

    def describe(self) -> str:
        """The same in sentences."""
        now = self._situation
        if now is None:
            return f"{self._head.title}. Seat: {self._head.seat}. {self._head.date}."
        return (f"{now.title}. Seat: {now.viewer}. {now.date}, day {now.day}, round {now.round} of {now.rounds}. "
                f"Phase: {now.phase}. {now.phase_text} {self._said_phases()}Attention left: "
                f"{max(0, now.attention - self._spent)} of {now.attention}. Orders: {self._orders} of {now.orders}.")

    def _said_phases(self) -> str:
        if self._phases is None or not self._phases.nodes:
            return ""
        way = ", ".join(f"{visit.title} from round {visit.first}" for visit in self._phases.path)
        follow = ", ".join(step.title + (" (due)" if step.due else "") for step in self._phases.open)
        return f"The way so far: {way}. " + (f"What can follow: {follow}. " if follow else "")


def _row(left: Content, right: Content, width: int) -> Content:
    room = max(0, width - right.cell_length - 2)
    return left.truncate(room, ellipsis=True, pad=True) + plain("  ") + right
