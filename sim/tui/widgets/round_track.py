"""tui: the rounds of a line side by side: profile, numbers, phases, and where other lines leave; a click goes to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from sim.tui.lines.line import plain, stacked
from sim.tui.lines.tracks import BARS
from sim.words.models import Stop, Timeline

LABEL: Final = 11
"""Cells at the left for what a row shows."""
NARROWEST, WIDEST = 3, 9
"""Cells of one round, the gap at its right included."""
_STEPS: Final = len(BARS)
_LEAST_SPAN: Final = 10
"""Of the profile: a smaller difference does not fill its height."""


class RoundTrack(Widget):
    """Four rows, and one more where other lines leave. What is not reached is a dot; the chosen round is reversed."""

    DEFAULT_CSS = """
    RoundTrack { height: 4; padding: 0 1; }
    RoundTrack.-forked { height: 5; }
    """
    HELP = ("The rounds of this line. Left and right go from round to round, home and end to the first and the last, "
            "digits to a round by its number, and so does a click. Space plays them one after the other. ◆ marks a new "
            "phase, └ where another line leaves.")

    class Picked(Message):
        """A round was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = "Rounds"
        self._timeline: Timeline | None = None
        self._at = 0

    def show(self, timeline: Timeline, at: int) -> None:
        """Show a line, one of its stops chosen."""
        self._timeline, self._at = timeline, at
        self.set_class(any(stop.forks for stop in timeline.stops), "-forked")
        self.refresh()

    def render(self) -> Content:
        """The rows."""
        line = self._timeline
        if line is None or not line.stops:
            return plain("")
        cell, first, count = self._window(line)
        stops = line.stops[first:first + count]
        ahead = count - len(stops)
        chosen = line.stops[self._at]
        figure = str(chosen.measure)
        name = line.measure.removeprefix("your ").capitalize()[:LABEL - 1]
        rows = [
            self._label(name) + self._profile(line, stops, cell, first, upper=True),
            self._label(figure, "bold") + self._profile(line, stops, cell, first, upper=False),
            self._label("Round") + self._numbers(stops, cell, first) + plain("".join(f"{'·':^{cell - 1}} " for _ in range(ahead)),
                                                                          "$quiet"),
            self._label("Phase") + self._phases(line, cell, first, count),
        ]
        if self.has_class("-forked"):
            rows.append(self._label("Lines") + self._forks(stops, cell))
        return stacked(rows)

    def _window(self, line: Timeline) -> tuple[int, int, int]:
        """Cells of a round, the first stop shown, and how many fit."""
        slots = len(line.stops) if line.stops[-1].state == "end" else max(len(line.stops), line.rounds)
        room = max(NARROWEST, self.content_size.width - LABEL)
        cell = max(NARROWEST, min(WIDEST, room // slots))
        count = min(slots, room // cell)
        first = max(0, min(self._at - count // 2, slots - count))
        return cell, first, count

    def _label(self, text: str, style: str = "$quiet") -> Content:
        return plain(f"{text:<{LABEL}}", style)

    def _profile(self, line: Timeline, stops: Sequence[Stop], cell: int, first: int, *, upper: bool) -> Content:
        # on the part of the scale in which it moved, or a quiet score would look like a flat one
        figures = [stop.measure for stop in line.stops]
        low, span = min(figures), max(_LEAST_SPAN, max(figures) - min(figures))
        out = []
        for index, stop in enumerate(stops, first):
            level = max(1, 1 + (stop.measure - low) * (2 * _STEPS - 1) // span)
            part = level - _STEPS if upper else min(level, _STEPS)
            bar = BARS[part - 1] if part > 0 else " "
            out.append(plain(bar * (cell - 1), "$primary" if index == self._at else "$quiet") + plain(" "))
        return Content("").join(out)

    def _numbers(self, stops: Sequence[Stop], cell: int, first: int) -> Content:
        out = []
        for index, stop in enumerate(stops, first):
            text = ("end" if cell > 3 else "■") if stop.state == "end" else str(stop.round)
            style = "reverse bold" if index == self._at else "bold" if stop.turned else ""
            out.append(plain(f"{text:^{cell - 1}}", style) + plain(" "))
        return Content("").join(out)

    def _phases(self, line: Timeline, cell: int, first: int, count: int) -> Content:
        """Each phase over the rounds that it lasted; cut at the edge of the window."""
        shown = line.stops[first:first + count]
        begins = [n for n, stop in enumerate(shown) if n == 0 or stop.turned]
        out = Content("")
        for place, n in enumerate(begins):
            last = place + 1 == len(begins)
            # the last phase may write into the rounds that have not come yet
            cells = ((count if last else begins[place + 1]) - n) * cell
            lit = n <= self._at - first and (last or self._at - first < begins[place + 1])
            mark = "◆" if shown[n].turned else "◇"
            text = plain(f"{mark} {shown[n].phase}" if cells > 3 and shown[n].phase else mark if shown[n].phase else "")
            text = text.truncate(max(1, cells - 1), ellipsis=cells > 4)
            out += text.stylize("bold $mark" if lit else "$quiet").extend_right(max(0, cells - text.cell_length))
        return out

    def _forks(self, stops: Sequence[Stop], cell: int) -> Content:
        """The numbers of the lines that leave, each list as long as the rounds up to the next one let it be."""
        out = Content("")
        leaving = [n for n, stop in enumerate(stops) if stop.forks]
        for place, n in enumerate(leaving):
            cells = (leaving[place + 1] - n) * cell if place + 1 < len(leaving) else (len(stops) - n + 1) * cell
            numbers = ",".join(name.removeprefix("line ") for name in stops[n].forks)
            text = plain(f"└{numbers}", "$primary").truncate(cells - 1, ellipsis=True)
            out = out.extend_right(n * cell - out.cell_length) + text
        return out

    def on_click(self, event: events.Click) -> None:
        """Go to the round under the mouse."""
        at = event.get_content_offset(self)
        if at is None or self._timeline is None or at.x < LABEL:
            return
        cell, first, _ = self._window(self._timeline)
        index = first + (at.x - LABEL) // cell
        if index < len(self._timeline.stops):
            self.post_message(self.Picked(index))

    def describe(self) -> str:
        """The rounds in words."""
        line = self._timeline
        if line is None or not line.stops:
            return ""
        said = [f"{line.line.name.capitalize()} of {line.lines}, {line.line.says}."]
        for stop in line.stops:
            parts = ["The end" if stop.state == "end" else f"Round {stop.round}", stop.date]
            if stop.phase and (stop.turned or stop is line.stops[0]):
                parts.append(f"phase {stop.phase}")
            if line.measure:
                parts.append(f"{line.measure} {stop.measure}")
            parts += [f"{name} leaves here" for name in stop.forks]
            said.append(", ".join(parts) + ".")
        chosen = line.stops[self._at]
        said.append(f"Shown: {'the end' if chosen.state == 'end' else f'round {chosen.round}'}.")
        return "\n".join(said)
