"""tui: a whole picture of a map: the drawing with its names, in runs of equal looks, and what stands where."""

from __future__ import annotations

from dataclasses import dataclass

from sim.tui.map.glyphs import Ink, MapStyle
from sim.tui.map.labels import Tag, tags
from sim.tui.map.raster import LAND, Raster
from sim.words.models import MapModel

Tone = str
"""`a`, `b`, `c` or `water` of a fill, or empty beyond all shapes."""
Run = tuple[str, Ink, Tone]

_INKS = tuple(Ink)
LEAST_COLS, LEAST_ROWS = 12, 3
"""Smaller pictures have no names."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a widget shows."""

    rows: tuple[tuple[Run, ...], ...]
    tags: tuple[Tag, ...]

    @property
    def text(self) -> str:
        """The characters alone."""
        return "\n".join("".join(run[0] for run in row) for row in self.rows)

    def under(self, x: int, y: int) -> Tag | None:
        """What is written at a cell, or right beside it."""
        near = [tag for tag in self.tags if tag.y == y and tag.x - 1 <= x <= tag.x + len(tag.text)]
        return min(near, key=lambda tag: (not tag.x <= x < tag.x + len(tag.text), tag.of != "marker"), default=None)


def picture(model: MapModel, raster: Raster, style: MapStyle, *, numbered: bool = False, lit: str = "") -> Picture:
    """Names and signs put over a drawing."""
    cols, rows = raster.projection.cols, raster.projection.rows
    found = tags(model, raster, style, numbered=numbered, lit=lit) if cols >= LEAST_COLS and rows >= LEAST_ROWS else ()
    chars = [list(row) for row in raster.chars]
    inks = [bytearray(row) for row in raster.inks]
    for tag in found:
        _clear(chars[tag.y], inks[tag.y], tag, 3 if style == "ascii" else 1)
        for n, char in enumerate(tag.text):
            chars[tag.y][tag.x + n] = char
            inks[tag.y][tag.x + n] = tag.ink
    tones = ["", "c", *(fill.tone for fill in model.fills)]
    assert len(tones) == LAND + 1 + len(model.fills)
    return Picture(tuple(_runs(chars[y], inks[y], raster.owners[y], tones) for y in range(rows)), found)


def _clear(chars: list[str], inks: bytearray, tag: Tag, cells: int) -> None:
    """Take away the pattern right beside a name, where it makes the name hard to read; letters go as a whole."""
    for start, step in ((tag.x - 1, -1), (tag.x + len(tag.text), 1)):
        for x in range(start, start + step * cells, step):
            if not 0 <= x < len(chars) or inks[x] != Ink.PATTERN:
                break
            chars[x] = " "


def _runs(chars: list[str], inks: bytearray, owners: bytes, tones: list[str]) -> tuple[Run, ...]:
    text = "".join(chars)
    out: list[Run] = []
    start = 0
    # where the look changes; most neighbours are alike
    for at in [n for n in range(1, len(inks)) if inks[n] != inks[n - 1] or owners[n] != owners[n - 1]] + [len(inks)]:
        out.append((text[start:at], _INKS[inks[start]], tones[owners[start]]))
        start = at
    return tuple(out)
