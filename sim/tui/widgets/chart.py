"""tui: a chart over the rounds: value axis, lines told apart by sign, label and colour, rounds with dates, marks.

plotext draws the lines, in a thread; axes, labels and marks are set around them here, because they must fit the cells
that are left, say what they are without colour, and answer to a click.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker

from sim.tui.lines.line import plain
from sim.tui.start import MapStyle
from sim.words.models import Point

if TYPE_CHECKING:
    from sim.tui.plotting import Cells, Drawing

COLOURS: Final = ("$primary", "$mark", "$map-route", "$foreground")
"""Of the slots of a chart."""
STEPPING: Final = (Binding("left", "screen.round(-1)", "Round", key_display="← →", id="rounds.before"),
                   Binding("right", "screen.round(1)", "Next round", show=False, id="rounds.after"))
"""From round to round, on a page and on its lists, which would else take these keys to scroll sideways."""
_GUTTER: Final = 6
_PLAIN: Final = ("ascii", "off")
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)
_TALL: Final = 14
"""From so many rows on the names of phases may take two of them."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart."""

    slot: int
    """0..3; decides its sign and its colour."""
    title: str
    values: tuple[int, ...]
    low: int
    high: int
    """The bounds within which its values lie."""


@dataclass(frozen=True, slots=True)
class Plotted:
    """What a chart shows."""

    points: tuple[Point, ...]
    curves: tuple[Curve, ...]
    measure: str = "value"
    """What the upright axis counts, in at most five letters."""
    whole: bool = False
    """Show the whole scale, not only the part in which the values lie."""
    turns: tuple[tuple[int, str], ...] = ()
    """Points to be marked, each with a few words."""
    least: int = 5
    """So many rounds have room on the axis at least: a young match is not to look like an old one."""
    empty: str = "Nothing is drawn."
    """What is told where there is no line."""


class Chart(Widget):
    """Lines over the rounds. A click puts the cursor on the nearest round."""

    DEFAULT_CSS = """
    Chart { height: 1fr; padding: 0 1; }
    """
    HELP = ("Lines over the rounds; the sign and the name at a line's end say which it is. Upright dots mark rounds in "
            "which another phase began. Left and right move the round that is told, a click goes to it.")

    class Pointed(Message):
        """A point was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, title: str = "Chart", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.title = title
        self.figure: object = None
        """The figure of the last drawing, which belongs to this widget alone."""
        self.drawn: Drawing | None = None
        """What is drawn now."""
        self._plotted = Plotted((), ())
        self._at = -1
        self._style: MapStyle = "braille"
        self._cells: Cells = ()
        self._worker: Worker[bool] | None = None

    # -- what is shown

    def show(self, plotted: Plotted, style: MapStyle, at: int = -1) -> None:
        """Show lines, with the cursor on a point (none: -1). The lines appear as soon as they are drawn."""
        self._plotted, self._style, self._at = plotted, style, at
        self._redraw()
        self.refresh()

    def point(self, at: int) -> None:
        """Put the cursor on a point."""
        self._at = at
        self.refresh()

    def on_resize(self) -> None:
        """Draw anew where the room changed."""
        self._redraw()

    @property
    def ready(self) -> bool:
        """Whether everything that is to be shown is drawn."""
        return self.drawn == self._drawing()

    def _redraw(self) -> None:
        drawing = self._drawing()
        if drawing is None or drawing == self.drawn:
            return

        # a coroutine that is cancelled before it began would be warned of, a function is not
        self._worker = self.run_worker(partial(self._draw, drawing), exclusive=True, group="chart")

    async def _draw(self, drawing: Drawing) -> bool:
        """Draw off the loop, where the library is imported too; whether it is still what is to be shown."""
        figure, cells = await asyncio.to_thread(_draw, drawing)
        if drawing != self._drawing():
            return False
        self.figure, self.drawn, self._cells = figure, drawing, cells
        self.refresh()
        return True

    # -- where it is shown

    def _drawing(self) -> Drawing | None:
        from sim.tui.plotting import Drawing, Stroke

        width, height = self._canvas()
        if not self._plotted.curves or width < 8 or height < 3:
            return None
        strokes = []
        for curve in self._plotted.curves:
            low, high = self._bounds(curve)
            strokes.append(Stroke(curve.slot, curve.values, low, high))
        return Drawing(tuple(strokes), self._span, width, height, self._style)

    @property
    def _span(self) -> int:
        return max(self._plotted.least, len(self._plotted.points) - 1)

    def _canvas(self) -> tuple[int, int]:
        """Columns and rows that are left for the lines."""
        width, height = self.content_size
        return width - _GUTTER - self._label_width() - 1, height - 3 - self._mark_rows()

    def _label_width(self) -> int:
        longest = max((len(self._label(curve)) for curve in self._plotted.curves), default=0)
        return min(longest, max(10, self.content_size.width * 2 // 5))

    def _label(self, curve: Curve) -> str:
        return f"{_marks(self._style)[curve.slot]} {curve.title}"

    def _mark_rows(self) -> int:
        return self._phase_rows() + bool(self._plotted.turns)

    def _phase_rows(self) -> int:
        return 2 if self.content_size.height >= _TALL and len(self._phase_turns()) > 1 else 1

    @property
    def _shared(self) -> bool:
        """Whether all lines are on one scale."""
        return len({(curve.low, curve.high) for curve in self._plotted.curves}) == 1

    def _bounds(self, curve: Curve) -> tuple[int, int]:
        """Bottom and top of the drawing for one line."""
        if not self._shared or self._plotted.whole:
            return curve.low, curve.high
        return _close_up([value for each in self._plotted.curves for value in each.values], curve.low, curve.high)

    # -- rendering

    def render(self) -> Content:
        """Marks above, lines between their axes, rounds and dates below."""
        curves, points = self._plotted.curves, self._plotted.points
        width, height = self._canvas()
        if not curves or not points or width < 8 or height < 3:
            return plain(self._plotted.empty if not curves else "", "$quiet")
        rows = [plain(" " * _GUTTER) + row for row in self._mark_lines(width)]
        rows[-1] = plain(f"{self._measure:>{_GUTTER - 1}}", "$quiet") + rows[-1][_GUTTER - 1:]
        ticks, labels = self._ticks(height), self._ends(height)
        uprights = self._uprights(width)
        drawn = self.drawn is not None and (self.drawn.width, self.drawn.height) == (width, height)
        for line in range(height):
            axis = ("+" if line in ticks else "|") if self._plain else "┤" if line in ticks else "│"
            row = plain(f"{ticks.get(line, ''):>{_GUTTER - 1}}", "$quiet") + plain(axis, "$rule")
            row += self._canvas_row(self._cells[line] if drawn else ((" ", -1),) * width, uprights)
            rows.append(row + plain(" ") + labels.get(line, plain("")))
        return Content("\n").join([*rows, *self._axis(width)])

    @property
    def _plain(self) -> bool:
        return self._style in _PLAIN

    @property
    def _measure(self) -> str:
        return self._plotted.measure if self._shared else "scale"

    def _canvas_row(self, cells: Sequence[tuple[str, int]], uprights: dict[int, tuple[str, str]]) -> Content:
        runs: list[tuple[str, str]] = []
        for at, (sign, slot) in enumerate(cells):
            text, style = (sign, COLOURS[slot]) if slot >= 0 else uprights.get(at, (" ", ""))
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + text, style)
            else:
                runs.append((text, style))
        return Content("").join(plain(text, style) for text, style in runs)

    def _uprights(self, width: int) -> dict[int, tuple[str, str]]:
        """Columns with an upright line: other phases, turns, the cursor."""
        out = {self._column(at, width): (":" if self._plain else "┊", "$rule") for at in self._phase_turns()}
        out |= {self._column(at, width): ("!" if self._plain else "┆", "$mark") for at, _ in self._plotted.turns}
        if self._at >= 0:
            out[self._column(self._at, width)] = ("|" if self._plain else "│", "$quiet")
        return out

    def _column(self, at: int, width: int) -> int:
        from sim.tui.plotting import column
        return column(at, self._span, width)

    def _phase_turns(self) -> list[int]:
        phases = [point.phase for point in self._plotted.points]
        return [n for n in range(1, len(phases)) if phases[n] != phases[n - 1]]

    def _mark_lines(self, width: int) -> list[Content]:
        """Rows above the lines: phases where they begin, then the turns."""
        points = self._plotted.points
        phases = [(at, points[at].phase) for at in self._phase_turns()]
        if points and points[0].phase:
            phases.insert(0, (0, points[0].phase))
        # where there is not room for all names, those of the phases that lasted stand
        ends = [at for at, _ in phases[1:]] + [len(points)]
        phases = [mark for _, mark in sorted(zip(ends, phases, strict=True), key=lambda each: each[1][0] - each[0])]
        rows = [plain(row, "$quiet") for row in self._set_above(phases, width, self._phase_rows())]
        if self._plotted.turns:
            rows += [plain(row, "bold $mark") for row in self._set_above(self._plotted.turns, width, 1)]
        return rows

    def _set_above(self, marks: Sequence[tuple[int, str]], width: int, number: int) -> list[str]:
        """Words above the points that they belong to, in so many rows; words that would run into others are left out."""
        rows = [[" "] * (width + self._label_width() + 1) for _ in range(number)]
        for at, text in marks:
            start = max(0, min(self._column(at, width), len(rows[0]) - len(text)))
            for row in rows:
                if not "".join(row[max(0, start - 1):start + len(text) + 1]).strip():
                    row[start:start + len(text)] = text
                    break
        return ["".join(row).rstrip() for row in rows]

    def _ticks(self, height: int) -> dict[int, str]:
        """Rows of the value axis with what stands beside them."""
        from sim.tui.plotting import row

        if not self._shared:
            return {row(share, 0, 100, height): f"{share} %" for share in (0, 50, 100)}
        low, high = self._bounds(self._plotted.curves[0])
        step = next((s for s in _STEPS if (high - low) / s <= max(1, (height - 1) // 2)), _STEPS[-1])
        values = {low, high, *(v for v in range(-(-low // step) * step, high + 1, step))}
        out: dict[int, str] = {}
        for value in sorted(values, key=lambda v: (v % step != 0, v)):
            at = row(value, low, high, height)
            # the ends of the axis are named where they do not crowd a round number
            if value % step == 0 or all(abs(at - other) > 1 for other in out):
                out.setdefault(at, str(value) if self._plain else str(value).replace("-", "−"))
        return out

    def _ends(self, height: int) -> dict[int, Content]:
        """The names of the lines, each beside its end, moved apart where they would collide."""
        from sim.tui.plotting import row

        wanted = []
        for curve in self._plotted.curves:
            low, high = self._bounds(curve)
            wanted.append((row(curve.values[-1], low, high, height), curve))
        out: dict[int, Content] = {}
        width = self._label_width()
        for number, (line, curve) in enumerate(sorted(wanted, key=lambda w: w[0])):
            # those below need a row each as well
            at = min(max(line, max(out, default=-1) + 1), height - (len(wanted) - number))
            text = self._label(curve)
            shown = text if len(text) <= width else text[:width - 1].rstrip() + ("." if self._plain else "…")
            out[at] = plain(shown, COLOURS[curve.slot])
        return out

    def _axis(self, width: int) -> list[Content]:
        """The axis of rounds, their numbers, and as many dates as fit."""
        points = self._plotted.points
        columns = [self._column(at, width) for at in range(len(points))]
        corner, dash, tick = ("+", "-", "+") if self._plain else ("└", "─", "┬")
        numbers = _placed(columns, [point.label for point in points], width, keep=self._at)
        ticked = columns if width >= 3 * self._span else [columns[at] for at, _, _ in numbers]
        line = plain(" " * (_GUTTER - 1) + corner + "".join(tick if at in ticked else dash for at in range(width)), "$rule")
        dates = _placed(columns, [_short(point.date) for point in points], width, keep=self._at)
        rows = []
        for name, placed in (("round", numbers), ("date", dates)):
            row, end = plain(f"{name:>{_GUTTER - 1}} ", "$quiet"), 0
            for at, start, text in placed:
                row += plain(" " * (start - end)) + plain(text, "bold $mark" if at == self._at else "$quiet")
                end = start + len(text)
            rows.append(row)
        return [line, *rows]

    def on_click(self, event: events.Click) -> None:
        """The nearest round is told."""
        offset = event.get_content_offset(self)
        width = self._canvas()[0]
        if offset is None or not self._plotted.points or width < 8:
            return
        if 0 <= offset.x - _GUTTER < width + self._label_width():
            columns = [self._column(at, width) for at in range(len(self._plotted.points))]
            at = min(range(len(columns)), key=lambda n: abs(columns[n] - (offset.x - _GUTTER)))
            self.post_message(self.Pointed(at))

    def describe(self) -> str:
        """The lines, the phases and the turns in sentences."""
        points = self._plotted.points
        if not self._plotted.curves or not points:
            return f"{self.title}. {self._plotted.empty}"
        said = [f"{self.title}, from {_where(points[0])} to {_where(points[-1])}."]
        for curve in self._plotted.curves:
            values = ", ".join(map(str, curve.values))
            said.append(f"{curve.title} ({_marks(self._style)[curve.slot]}, {curve.low} to {curve.high}): {values}.")
        said += [f"{_where(points[at])[0].upper()}{_where(points[at])[1:]}: the phase becomes {points[at].phase}."
                 for at in self._phase_turns()]
        said += [f"Marked: {_where(points[at])}, {text}." for at, text in self._plotted.turns]
        return "\n".join(said)


def _draw(drawing: Drawing) -> tuple[object, Cells]:
    from sim.tui.plotting import draw
    return draw(drawing)


def _marks(style: MapStyle) -> str:
    from sim.tui.plotting import MARKS
    return MARKS[style]


def _where(point: Point) -> str:
    return {"end": "the end", "start": "the start"}.get(point.label, f"round {point.label}")


def _short(date: str) -> str:
    """`12 May` of `12 May 2021`; the months of the app are short enough when cut to three letters."""
    day, month, *_ = (*date.split(), "", "")
    return f"{day} {month[:3]}".strip()


def _close_up(values: Sequence[int], low: int, high: int) -> tuple[int, int]:
    """The part of a scale in which values lie, with round ends and never so narrow that a trifle looks large."""
    size = high - low
    if size <= 10:
        return low, high
    least = max(4, size // 5)
    step = max(1, size // 20)
    bottom, top = min(values), max(values)
    if top - bottom < least:
        middle = (top + bottom) // 2
        bottom, top = middle - least // 2, middle + least // 2
    bottom, top = bottom // step * step, -(-top // step) * step
    if bottom < low:
        bottom, top = low, max(top, low + least)
    if top > high:
        bottom, top = min(bottom, high - least), high
    return max(low, bottom), min(high, top)


def _placed(columns: Sequence[int], texts: Sequence[str], width: int, keep: int) -> list[tuple[int, int, str]]:
    """Which of the texts stand below their columns without touching: `keep`, the ends, then as many as fit."""
    last = len(texts) - 1
    order = [n for n in dict.fromkeys((keep, 0, last, *range(last + 1))) if 0 <= n <= last]
    every = 1
    while every <= last and (columns[-1] - columns[0]) * every < (max(map(len, texts)) + 2) * last:
        every += 1
    taken: list[tuple[int, int, str]] = []
    for at in order:
        if at not in (keep, 0, last) and at % every:
            continue
        text = texts[at]
        start = max(0, min(columns[at] - (len(text) - 1) // 2, width - len(text) + 1))
        if all(start + len(text) + 1 < other or start > other + len(word) + 1 for _, other, word in taken):
            taken.append((at, start, text))
    return sorted(taken, key=lambda each: each[1])
