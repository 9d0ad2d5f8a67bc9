"""tui: names and signs over a map. Signs of markers stand first; a name stands where it covers nothing, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from sim.tui.map.glyphs import ARROWS, INKS, SIGNS, SPOTS, Ink, MapStyle, spelt
from sim.tui.map.raster import LAND, Raster
from sim.words.models import MapModel, MapPlace

NEAREST: Final = {1: 12.0, 2: 24.0, 3: 44.0}
"""Cells to a degree from which towns of a rank are named; capitals, countries and seas always are."""
_PLACE_INK: Final = {"capital": Ink.CAPITAL, "town": Ink.PLACE, "village": Ink.PLACE, "height": Ink.PLACE,
                     "water": Ink.LAKE, "region": Ink.FAINT, "country": Ink.AREA}


_NO_LINES: Final = bytes(ink for ink in range(256) if not Ink.MINOR < ink <= Ink.ROUTE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A text in the picture and what it belongs to."""

    x: int
    y: int
    text: str
    ink: Ink
    of: Literal["marker", "place", "area"]
    id: str


def tags(model: MapModel, raster: Raster, style: MapStyle, *, numbered: bool, lit: str = "") -> tuple[Tag, ...]:
    """Everything written over a drawing; `lit` is the id of a marker to stand out."""
    return tuple(_Sheet(model, raster, style, numbered, lit).written())


class _Sheet:
    """What is taken already while names are put down."""

    def __init__(self, model: MapModel, raster: Raster, style: MapStyle, numbered: bool, lit: str) -> None:
        self.model, self.raster, self.style = model, raster, style
        self.numbered, self.lit = numbered, lit
        self.cols, self.rows = raster.projection.cols, raster.projection.rows
        self.plain = style == "ascii"
        self.taken = [bytearray(self.cols) for _ in range(self.rows)]

    def written(self) -> Iterator[Tag]:
        """Signs of markers, capitals, what markers say, then names in the order of their weight."""
        marked = list(self._markers())
        yield from (tag for tag, _ in marked)
        for place in self.model.places:
            if place.kind == "capital":
                yield from self._placed(place) if self._at(*place.at) else self._pointer(place)
        if self.raster.projection.scale >= NEAREST[1]:
            for tag, title in marked:
                yield from self._beside(tag, title)
        ranked = [[place for place in self.model.places if place.rank == rank and place.kind != "capital"
                   and self._is_big_enough(place)] for rank in (1, 2, 3)]
        for place in ranked[0]:
            yield from self._placed(place)
        yield from self._areas()
        for place in (*ranked[1], *ranked[2]):
            yield from self._placed(place)

    # -- signs

    def _at(self, lon: float, lat: float) -> tuple[int, int] | None:
        x, y = self.raster.projection.cell(lon, lat)
        col, row = int(x // 1), int(y // 1)
        return (col, row) if 0 <= col < self.cols and 0 <= row < self.rows else None

    def _markers(self) -> Iterator[tuple[Tag, str]]:
        """Each marker's sign, moved aside by a cell if another stands there, and what is to be written beside it."""
        for marker in self.model.markers:
            at = self._at(*marker.at)
            text = SIGNS[marker.sign][self.plain] + (str(marker.number) if self.numbered else "")
            if at is None:
                continue
            for dx, dy in ((0, 0), (0, -1), (0, 1), (-len(text), 0), (len(text), 0), (-1, -1), (1, 1), (-1, 1), (1, -1)):
                x, y = at[0] + dx, at[1] + dy
                if self._free(x, y, len(text), 0):
                    ink = Ink.LIT if marker.id == self.lit else INKS[marker.sign]
                    yield self._put(x, y, text, ink, "marker", marker.id), marker.title
                    break

    def _is_big_enough(self, place: MapPlace) -> bool:
        wide = place.kind == "country" or (place.rank == 1 and place.kind == "water")
        return wide or self.raster.projection.scale >= NEAREST[place.rank]

    # -- names

    def _placed(self, place: MapPlace) -> Iterator[Tag]:
        """A place's sign with its name, or neither."""
        at = self._at(*place.at)
        if at is None:
            return
        sign, ink = SPOTS[place.kind][self.plain], _PLACE_INK[place.kind]
        if not sign:
            yield from self._over(at, spelt(place.name, self.style), ink, place)
        elif self._free(*at, 1, 1):
            spot = Tag(*at, sign, ink, "place", place.id)
            if beside := list(self._beside(spot, place.name)):
                yield self._put(*at, sign, ink, "place", place.id)
                yield from beside

    def _over(self, at: tuple[int, int], text: str, ink: Ink, place: MapPlace) -> Iterator[Tag]:
        """A name without a sign, written over what it names."""
        for dy in (0, -1, 1, -2, 2):
            x, y = at[0] - len(text) // 2, at[1] + dy
            if self._free(x, y, len(text), 1) and not self._crossed(x, y, len(text)):
                yield self._put(x, y, text, ink, "place", place.id)
                return

    def _beside(self, sign: Tag, name: str) -> Iterator[Tag]:
        """A name at its sign: right, left, below or above, where it covers the fewest lines."""
        text = spelt(name, self.style)
        wide, size = len(sign.text), len(text)
        best: tuple[int, int, int] | None = None
        for cost, (x, y) in enumerate((
                (sign.x + wide + 1, sign.y), (sign.x - size - 1, sign.y), (sign.x - size // 2, sign.y + 1),
                (sign.x - size // 2, sign.y - 1))):
            if not self._free(x, y, size, 1, sign):
                continue
            found = (cost + 2 * self._crossed(x, y, size), x, y)
            if best is None or found < best:
                best = found
        # a name that hides much of a line tells less than the line
        if best is not None and best[0] <= 4 + size:
            yield self._put(best[1], best[2], text, sign.ink, sign.of, sign.id)

    def _pointer(self, place: MapPlace) -> Iterator[Tag]:
        """The way to a capital outside the picture, written at the edge it lies behind."""
        x, y = self.raster.projection.cell(*place.at)
        dx, dy = x - self.cols / 2, y - self.rows / 2
        name = spelt(place.name, self.style)
        # in shares of half the picture, so that the edge that the way crosses first decides
        if abs(dx) / self.cols >= abs(dy) / self.rows:
            side = "right" if dx > 0 else "left"
            arrow = ARROWS[side][self.plain]
            text = f"{name} {arrow}" if dx > 0 else f"{arrow} {name}"
            row = round(self.rows / 2 + dy * self.cols / (2 * abs(dx)))
            places = [(self.cols - len(text) if dx > 0 else 0, r) for r in _outwards(row, self.rows)]
        else:
            arrow = ARROWS["down" if dy > 0 else "up"][self.plain]
            text = f"{arrow} {name}"
            col = round(self.cols / 2 + dx * self.rows / (2 * abs(dy))) - len(text) // 2
            places = [(min(max(0, c), self.cols - len(text)), self.rows - 1 if dy > 0 else 0)
                      for c in _outwards(col, self.cols)]
        for at in places:
            if self._free(*at, len(text), 1):
                yield self._put(*at, text, Ink.CAPITAL, "place", place.id)
                return

    def _areas(self) -> Iterator[Tag]:
        """Each area's own name, in the widest stretch of it that is in view."""
        for number, fill in enumerate(self.model.fills, LAND + 1):
            text = spelt(fill.label, self.style)
            if not text:
                continue
            best: tuple[float, int, int] | None = None
            for y in range(self.rows):
                for start, end in _stretches(self.raster.owners[y], number):
                    x = start + (end - start - len(text)) // 2
                    if x - 2 < start or not self._free(x, y, len(text), 1) or self._crossed(x - 2, y, len(text) + 4):
                        continue
                    found = (min(end - start, 3 * len(text)) - abs(y - self.rows / 2) - 14 * self._crowd(x, y, len(text)), x, y)
                    if best is None or found > best:
                        best = found
            if best is not None:
                yield self._put(best[1], best[2], text, Ink.AREA, "area", fill.area)

    # -- what is taken

    def _free(self, x: int, y: int, size: int, margin: int, but: Tag | None = None) -> bool:
        """Whether nothing is written there, nor right beside; the name's own sign does not count."""
        if not (0 <= y < self.rows and x >= 0 and x + size <= self.cols):
            return False
        first, last = max(0, x - margin), min(self.cols, x + size + margin)
        row = self.taken[y]
        if not any(row[first:last]):
            return True
        own = range(but.x, but.x + len(but.text)) if but is not None and but.y == y else range(0)
        return not any(row[col] and col not in own for col in range(first, last))

    def _crossed(self, x: int, y: int, size: int) -> int:
        """How many cells of lines a text would cover."""
        return len(self.raster.inks[y][x:x + size].translate(None, _NO_LINES))

    def _crowd(self, x: int, y: int, size: int) -> int:
        """How many other things stand close to a text."""
        rows = range(max(0, y - 2), min(self.rows, y + 3))
        return sum(any(self.taken[row][max(0, x - 4):x + size + 4]) for row in rows)

    def _put(self, x: int, y: int, text: str, ink: Ink, of: Literal["marker", "place", "area"], id: str) -> Tag:
        for col in range(x, x + len(text)):
            self.taken[y][col] = 1
        return Tag(x, y, text, ink, of, id)


def _stretches(owners: bytes, number: int) -> Iterator[tuple[int, int]]:
    wanted, col = bytes([number]), 0
    while (start := owners.find(wanted, col)) >= 0:
        rest = owners[start:]
        col = start + len(rest) - len(rest.lstrip(wanted))
        yield start, col


def _outwards(at: int, size: int) -> Iterator[int]:
    """Every place of a side, the nearest to `at` first."""
    yield from sorted(range(size), key=lambda n: (abs(n - at), n))
