"""tui: lines over rounds as cells of a terminal, drawn by plotext: braille, quarter blocks, or plain characters.

The library costs a tenth of a second to load and some 20 ms to draw with, so both happen in a thread when a chart is
shown. Each drawing has a figure of its own: plotext's module-level figure is never touched, and no two apps share one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.color import ColorType
from rich.text import Text

from sim.tui.start import MapStyle

Cells = tuple[tuple[tuple[str, int], ...], ...]
"""Rows from the top; each cell is a character and the slot of the line that it belongs to, -1 for none."""

MARKS: Final = {"braille": "●▲■◆", "blocks": "●▲■◆", "ascii": "ox+#", "off": "ox+#"}
"""The sign of each slot, so that lines are told apart without colour."""
_MARKERS: Final = {"braille": "braille", "blocks": "hd"}
_APART: Final = 4
"""Signs of one line stand at least so many columns apart, or they would hide it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line; its values lie between `low` and `high`, the bottom and the top of the drawing."""

    slot: int
    """0..3, decides sign and colour."""
    values: tuple[int, ...]
    """One per point, from the first on."""
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, and how large."""

    strokes: tuple[Stroke, ...]
    span: int
    """The number of the last point that has room on the axis; at least 1."""
    width: int
    height: int
    style: MapStyle


def column(at: int, span: int, width: int) -> int:
    """The column of a point."""
    return int(0.5 + (width - 1) * at / max(1, span))


def row(value: int, low: int, high: int, height: int) -> int:
    """The row of a value, from the top."""
    return height - 1 - int(0.5 + (height - 1) * (value - low) / max(1, high - low))


def draw(drawing: Drawing) -> tuple[object, Cells]:
    """The figure and its cells. Slow: to be called in a thread."""
    from textual_plotext import Plot

    figure = Plot()
    width, height, marks = drawing.width, drawing.height, MARKS[drawing.style]
    figure.plotsize(width, height)
    # plotsize stops at the size of the terminal that this process runs in, which need not be the reader's
    figure._set_size(width, height)  # noqa: SLF001
    figure.frame(False)
    figure.canvas_color("default")
    figure.axes_color("default")
    figure.xticks([])
    figure.yticks([])
    figure.xlim(0, max(1, drawing.span))
    figure.ylim(0, 1)
    for stroke in drawing.strokes:
        heights = [(value - stroke.low) / max(1, stroke.high - stroke.low) for value in stroke.values]
        figure.plot(list(range(len(heights))), heights, marker=_MARKERS.get(drawing.style, marks[stroke.slot]),
                    color=stroke.slot + 1)
    cells = [[(sign, slot) for sign, slot in _read(line, width)] for line in Text.from_ansi(figure.build()).split("\n")]
    cells = [*cells[:height], *([(" ", -1)] * width for _ in range(height - len(cells)))]
    for stroke in drawing.strokes:
        for at in signed_points(len(stroke.values), drawing.span, width):
            line = row(stroke.values[at], stroke.low, stroke.high, height)
            cells[line][column(at, drawing.span, width)] = (marks[stroke.slot], stroke.slot)
    return figure, tuple(map(tuple, cells))


def signed_points(number: int, span: int, width: int) -> tuple[int, ...]:
    """The points of a line that bear its sign, the last one always."""
    step = 1
    while step < span and step * (width - 1) < _APART * span:
        step += 1
    return tuple(reversed(range(number - 1, -1, -step)))


def _read(line: Text, width: int) -> list[tuple[str, int]]:
    """The characters of a row, each with the slot that its colour stands for."""
    slots = [-1] * width
    for start, end, style in line.spans:
        colour = style.color if not isinstance(style, str) else None
        if colour is not None and colour.type is not ColorType.DEFAULT and colour.number is not None:
            slots[start:end] = [colour.number - 1] * len(slots[start:end])
    signs = line.plain.ljust(width)[:width]
    return [(sign, slot if sign != " " else -1) for sign, slot in zip(signs, slots[:width], strict=True)]
