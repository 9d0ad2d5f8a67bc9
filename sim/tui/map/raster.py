"""tui: the drawing under the labels: areas filled cell by cell, lines drawn dot by dot. Kept, because it never changes.

A drawing is looked up by the map's identity, the part shown, the size and the style; seats of one match share it. It
may be made in a thread.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from threading import Lock
from typing import Final

from sim.scenario.geometry import Geometry, Path
from sim.tui.map.glyphs import DASHES, DOTS, LINES, Ink, MapStyle, bits, directed, drawn, pattern
from sim.tui.map.projection import Box, Projection
from sim.words.models import MapModel

KEPT: Final = 64
"""Drawings that are kept at once, about 20 kB each."""
BEYOND, LAND = 0, 1
"""Owners of a cell that no fill covers: outside all shapes, and inside them. Fills count from 2."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Rows of characters, with the ink of each cell and which fill it belongs to."""

    projection: Projection
    chars: tuple[str, ...]
    inks: tuple[bytes, ...]
    owners: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which drawing; two that are equal look alike."""

    identity: str
    frame: str
    """The view, for lines that belong to some views only."""
    box: Box
    cols: int
    rows: int
    style: MapStyle


_KEPT: OrderedDict[Wanted, Raster] = OrderedDict()
_LOCK = Lock()


def kept(wanted: Wanted) -> Raster | None:
    """A drawing that was made before."""
    with _LOCK:
        found = _KEPT.get(wanted)
        if found is not None:
            _KEPT.move_to_end(wanted)
        return found


def raster(model: MapModel, wanted: Wanted) -> Raster:
    """The drawing of a map, kept or new."""
    found = kept(wanted)
    if found is None:
        found = _made(model, wanted)
        with _LOCK:
            _KEPT[wanted] = found
            while len(_KEPT) > KEPT:
                _KEPT.popitem(last=False)
    return found


def _made(model: MapModel, wanted: Wanted) -> Raster:
    projection = Projection.fitted(wanted.box, wanted.cols, wanted.rows)
    owners = _owners(model, projection)
    plate = _Plate(projection, wanted.style)
    for line in model.lines:
        if not line.frames or wanted.frame in line.frames:
            for path in line.paths:
                plate.line(path, LINES[line.kind], DASHES.get(line.kind), thick=line.kind == "route")
    chars, inks = [], []
    for row in range(wanted.rows):
        text, ink = _row(model, plate, owners[row], row, wanted.style)
        chars.append(text)
        inks.append(ink)
    return Raster(projection, tuple(chars), tuple(inks), tuple(map(bytes, owners)))


def _row(model: MapModel, plate: _Plate, owners: bytearray, row: int, style: MapStyle) -> tuple[str, bytes]:
    cols = plate.cols
    fills = [pattern(style, fill.pattern, fill.letters, row % 12) for fill in model.fills]
    masks, kinds = plate.masks, plate.kinds
    out = [" "] * cols
    inks = bytearray(cols)
    at = row * cols
    for col in range(cols):
        mask = masks[at + col]
        if owners[col] == BEYOND:
            continue
        if mask:
            inks[col] = kinds[at + col]
            out[col] = plate.letters[at + col] if style == "ascii" else drawn(style, mask)
        elif owners[col] > LAND:
            # blanks of a pattern too, so that a stretch of it is one run
            inks[col] = Ink.PATTERN
            char = fills[owners[col] - 2][col % 24]
            if char != " " and (style != "ascii" or _whole(model, plate, owners, at, col)):
                out[col] = char
    return "".join(out), bytes(inks)


def _whole(model: MapModel, plate: _Plate, owners: bytearray, at: int, col: int) -> bool:
    """Whether all letters of a fill have room here; a single one of them would mean nothing."""
    size = len(model.fills[owners[col] - 2].letters)
    first = col - (col % 6 if size else 0)
    return first + size <= plate.cols and not any(plate.masks[at + first:at + first + size]) and \
        all(owner == owners[col] for owner in owners[first:first + size])


# -- areas


def extent(geometry: Geometry) -> Box:
    """The box around all shapes; nothing is known beyond it."""
    points = [p for shapes in (geometry.lines, geometry.areas) for paths in shapes.values() for path in paths for p in path]
    if not points:
        return -180.0, -85.0, 180.0, 85.0
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _owners(model: MapModel, projection: Projection) -> list[bytearray]:
    """Which fill the middle of each cell lies in; later fills lie over earlier ones."""
    cols, rows = projection.cols, projection.rows
    west, south, east, north = extent(model.geometry)
    left, top = projection.cell(west, north)
    right, bottom = projection.cell(east, south)
    first, last = max(0, ceil(left - 0.5)), min(cols, ceil(right - 0.5))
    land = bytes(first) + bytes([LAND]) * max(0, last - first) + bytes(max(0, cols - max(first, last)))
    out = [bytearray(land) if top <= row + 0.5 < bottom else bytearray(cols) for row in range(rows)]
    for number, fill in enumerate(model.fills, 2):
        crossings: list[list[float]] = [[] for _ in range(rows)]
        for ring in model.geometry.areas.get(fill.area, ()):
            _cross(_projected(ring, projection), crossings, rows)
        for row, found in enumerate(crossings):
            found.sort()
            for a, b in zip(found[::2], found[1::2], strict=False):
                start, end = max(0, ceil(a - 0.5)), min(cols, ceil(b - 0.5))
                if start < end:
                    out[row][start:end] = bytes([number]) * (end - start)
    return out


def _cross(ring: Sequence[tuple[float, float]], crossings: list[list[float]], rows: int) -> None:
    """Where a ring crosses the middle of each row."""
    for (ax, ay), (bx, by) in pairwise((*ring, ring[0]) if ring else ()):
        if ay == by:
            continue
        low, high = (ay, by) if ay < by else (by, ay)
        first, last = max(0, ceil(low - 0.5)), min(rows, ceil(high - 0.5))
        for row in range(first, last):
            crossings[row].append(ax + (bx - ax) * (row + 0.5 - ay) / (by - ay))


def _projected(path: Path, projection: Projection) -> list[tuple[float, float]]:
    across, down = projection.narrow * projection.scale, projection.scale / 2
    x0, y0 = projection.cols / 2 - projection.lon * across, projection.rows / 2 + projection.lat * down
    return [(lon * across + x0, y0 - lat * down) for lon, lat in path]


# -- lines


class _Plate:
    """Dots by cell, the ink that lies on top, and for maps in letters the letter of each line."""

    def __init__(self, projection: Projection, style: MapStyle) -> None:
        self.cols, self.rows = projection.cols, projection.rows
        self.masks = bytearray(self.cols * self.rows)
        self.kinds = bytearray(self.cols * self.rows)
        self.letters: dict[int, str] = {}
        self._projection = projection
        self._style = style
        self._wide, self._high = DOTS[style]
        self._bits = bits(style)

    def line(self, path: Path, ink: Ink, dash: tuple[int, int] | None, *, thick: bool) -> None:
        """Draw a path. A thick line is two dots wide where dots are small; letters are never broken into dashes."""
        thick = thick and self._style == "braille"
        dash = dash if self._style != "ascii" else None
        for stretch in self._stretches(path):
            dots = _thinned(stretch)
            for n, (x, y) in enumerate(dots):
                if dash and n % sum(dash) >= dash[0]:
                    continue
                at = self._dot(x, y, ink)
                if thick:
                    self._dot(x + 1, y, ink)
                if at is not None and self._style == "ascii":
                    (ax, ay), (bx, by) = dots[max(0, n - 1)], dots[min(n + 1, len(dots) - 1)]
                    self.letters[at] = directed(ink, bx - ax, by - ay)

    def _stretches(self, path: Path) -> Iterator[list[tuple[int, int]]]:
        """The dots of a path in order, in stretches that lie in the picture."""
        width, height = self.cols * self._wide, self.rows * self._high
        points = [(x * self._wide, y * self._high) for x, y in _projected(path, self._projection)]
        found: list[tuple[int, int]] = []
        for (ax, ay), (bx, by) in pairwise(points):
            if (ax < 0 and bx < 0) or (ay < 0 and by < 0) or (ax >= width and bx >= width) or \
                    (ay >= height and by >= height):
                inside = None
            elif 0 <= ax < width and 0 <= bx < width and 0 <= ay < height and 0 <= by < height:
                inside = (ax, ay, bx, by)
            else:
                inside = _clipped(ax, ay, bx, by, width, height)
            if inside is None or inside[:2] != (ax, ay):
                if found:
                    yield found
                found = []
            if inside is None:
                continue
            x0, y0, x1, y1 = inside
            steps = int(max(abs(x1 - x0), abs(y1 - y0))) + 1
            dx, dy = (x1 - x0) / steps, (y1 - y0) / steps
            for step in range(steps + 1):
                dot = int(x0 + dx * step), int(y0 + dy * step)
                if not found or dot != found[-1]:
                    found.append(dot)
        if found:
            yield found

    def _dot(self, x: int, y: int, ink: Ink) -> int | None:
        """Put a dot; the cell it stands in if this line lies on top there."""
        col, row = x // self._wide, y // self._high
        if not (0 <= col < self.cols and 0 <= row < self.rows):
            return None
        at = row * self.cols + col
        self.masks[at] |= self._bits[y % self._high][x % self._wide]
        if ink < self.kinds[at]:
            return None
        self.kinds[at] = ink
        return at


def _thinned(dots: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A line without the corners that make it look thick: a dot goes where those around it touch."""
    out: list[tuple[int, int]] = []
    for n, dot in enumerate(dots):
        if out and n + 1 < len(dots):
            (ax, ay), (bx, by) = out[-1], dots[n + 1]
            if abs(ax - bx) == 1 and abs(ay - by) == 1:
                continue
        out.append(dot)
    return out


def _clipped(ax: float, ay: float, bx: float, by: float, width: int, height: int) -> tuple[float, float, float, float] | None:
    """The part of a line that is in the picture (Liang and Barsky), or None."""
    dx, dy = bx - ax, by - ay
    low, high = 0.0, 1.0
    for p, q in ((-dx, ax), (dx, width - ax), (-dy, ay), (dy, height - ay)):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            low = max(low, q / p)
        else:
            high = min(high, q / p)
    if low > high:
        return None
    return ax + low * dx, ay + low * dy, ax + high * dx, ay + high * dy
