"""tui: the tracks of a chart as lines, and what is told of one of them at a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, gap, heading, plain
from sim.tui.lines.tracks import BARS, STYLE, changed, signed
from sim.words.models import Moved, Point, Series

_FIXED: Final = 2 + 5 + 7
"""Columns of sign, value and change."""
_TITLE: Final = 18
_TREND: Final = 8
_MOST_TREND: Final = 26


def series_lines(lines: Sequence[Series], at: int, chosen: Mapping[str, Content], width: int, viewer: str) -> list[Line]:
    """Sign, title, value, word, change and trend up to a point; `chosen` gives the signs of those that are drawn.

    What does not fit is left out from the right: the trend first, then the word.
    """
    title = max((len(line.title) for line in lines), default=0)
    word = max((len(each) for line in lines for each in line.words), default=0)
    room = width - _FIXED - min(title, _TITLE)
    if room >= word + 2 + _TREND:
        title, trend = min(title, _TITLE), min(room - word - 2 if word else room, _MOST_TREND)
    elif room >= _TREND:
        title, word, trend = min(title, _TITLE), 0, min(room, _MOST_TREND)
    else:
        title, word, trend = min(title, max(8, width - _FIXED)), 0, 0
    out: list[Line] = []
    group = None
    both = len({line.own for line in lines}) > 1
    for line in lines:
        if both and line.own != group:
            group = line.own
            out.append(heading("own" if line.own else "shared", viewer if line.own else "Shared"))
        change = line.change(at)
        name = plain(line.title).truncate(title, ellipsis=True).extend_right(title - min(title, len(line.title)))
        cells = [name, plain(f"{line.values[at]:>5}", "bold")]
        if word:
            cells.append(plain(f"  {line.words[at]:<{word}}", "$quiet"))
        cells += [plain("  "), changed(change, line.judged(change))]
        if trend:
            cells += [plain("  "), trend_of(line, at, trend - 2)]
        sign = chosen.get(line.name, plain(" "))
        out.append(Line(line.name, Content("").join(cells), sign + plain(" "), wraps=False))
    return out


def trend_of(line: Series, at: int, width: int) -> Content:
    """The values up to a point as bars within the bounds, the last one in the colour of its change."""
    if at < 1:
        return plain("")
    values = line.values[max(0, at + 1 - width):at + 1]
    span = max(1, line.high - line.low)
    bars = "".join(BARS[min(7, (value - line.low) * 8 // (span + 1))] for value in values)
    change = line.change(at)
    return plain(bars[:-1], "$quiet") + plain(bars[-1:], STYLE[line.judged(change)] if change else "$foreground")


def about_series(line: Series, point: Point, at: int, *, moves_first: bool = False) -> list[Line]:
    """What a value means, how it stood at a point, and what raised and lowered it up to there."""
    better = {"low": "; low values ease the crisis", "high": "; high values ease the crisis", "none": ""}[line.better]
    meaning = [Line("text", plain(line.text or "No description is given.")),
               Line("scale", plain(f"On a scale from {line.low} to {line.high}{better}.", "$quiet"))]
    word = f", {line.words[at]}" if line.words[at] else ""
    change = line.change(at)
    head = plain(f"{line.values[at]}{word}", "bold")
    if change:
        head += plain("  ") + changed(change, line.judged(change))
    told = [Line("at", head + plain(f"   {where(point)}", "$quiet")),
            *(moved_lines(line, line.moved[at]) or [Line("still", plain("Nothing moved it.", "$quiet"))])]
    if point.phase:
        told.append(Line("phase", plain(f"The phase was {point.phase}.", "$quiet")))
    return [*told, gap("0"), *meaning] if moves_first else [*meaning, gap("0"), *told]


def moved_lines(line: Series, moved: Sequence[Moved]) -> list[Line]:
    """One line for each thing that moved a value, by how much first."""
    return [Line(f"moved:{n}", plain(one.text), plain(f"{signed(one.change):>5}  ", STYLE[line.judged(one.change)]))
            for n, one in enumerate(moved)]


def where(point: Point) -> str:
    """`Round 4, 21 May 2021`, `At the end, 20 June 2021`."""
    if point.label == "start":
        return f"At the start, {point.date}"
    return f"{'At the end' if point.label == 'end' else f'Round {point.label}'}, {point.date}"
