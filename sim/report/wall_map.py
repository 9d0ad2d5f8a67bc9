"""report: the map of a scenario as a picture for the wall: lines, fills by pattern, places with their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Final

from sim.scenario.geometry import Path, Point
from sim.words.catalog import sentence
from sim.words.map import line_text
from sim.words.models import MapFrame, MapModel

WIDTH: Final = 1_000
"""Of the picture, in its own units; it is scaled to the page."""
MARGIN: Final = 6.0

_FILLS: Final = {"water": "url(#water)", "dots": "url(#dots)", "hatch": "url(#hatch)", "empty": "none"}
_PATTERNS: Final = """<defs>
<clipPath id="sheet"><rect width="100%" height="100%"/></clipPath>
<pattern id="dots" width="14" height="14" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.3" fill="#777"/></pattern>
<pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V12" stroke="#aaa" stroke-width="1.4"/></pattern>
<pattern id="water" width="18" height="9" patternUnits="userSpaceOnUse"><path d="M0 5q4.5-5 9 0t9 0" fill="none" stroke="#8aa3b5" stroke-width="1"/></pattern>
</defs>"""
_STROKES: Final = {
    "border": 'stroke="#111" stroke-width="2.4"', "minor": 'stroke="#777" stroke-width="1"',
    "water": 'stroke="#567" stroke-width="1.2"', "claim": 'stroke="#111" stroke-width="2" stroke-dasharray="3 5"',
    "route": 'stroke="#111" stroke-width="3.2" stroke-dasharray="12 6"',
}
_SIZES: Final = {1: 26, 2: 20, 3: 16}
"""Units of a name by the rank of its place, on a page that is broad."""
_TALL: Final = 1.25
"""Times that on a page that is tall: the same width of the map is less paper. On A3 the smallest name has 14 points."""
_DOTS: Final = {"capital": 6.0, "town": 4.5, "village": 3.5, "height": 4.0, "water": 0.0, "region": 0.0, "country": 0.0}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Degrees to the units of the picture: equirectangular, true to scale at the middle latitude."""

    west: float
    north: float
    across: float
    """Units a degree of longitude."""
    down: float
    """Units a degree of latitude."""
    height: float

    def at(self, point: Point) -> Point:
        return (point[0] - self.west) * self.across, (self.north - point[1]) * self.down


def tall(frame: MapFrame) -> bool:
    """Whether a view is higher than wide, so that it goes on a page that is."""
    west, south, east, north = frame.box
    return (north - south) / cos(radians((south + north) / 2)) > east - west


def picture(model: MapModel, frame: MapFrame) -> str:
    """One view as an SVG element that carries no script and no address."""
    west, south, east, north = frame.box
    across = WIDTH / (east - west)
    down = across / cos(radians((south + north) / 2))
    sheet = _Sheet(west, north, across, down, (north - south) * down)
    body = "\n".join((*_areas(model, sheet), *_lines(model, frame, sheet), *_named(model, sheet, _TALL if tall(frame) else 1.0)))
    title = escape(f"{model.title}: {frame.title}")
    return (f'<svg viewBox="0 0 {WIDTH} {sheet.height:.0f}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}">'
            f'{_PATTERNS}<rect width="100%" height="100%" fill="#fff"/>\n<g clip-path="url(#sheet)">\n{body}\n</g>\n'
            f'<rect width="100%" height="100%" fill="none" stroke="#111" stroke-width="3"/></svg>')


def legend(model: MapModel, frame: MapFrame) -> Iterator[tuple[str, str]]:
    """A swatch as SVG and a sentence for every kind of line and area that the view draws."""
    for line in model.lines:
        if not line.frames or frame.id in line.frames:
            yield f'<svg viewBox="0 0 60 24"><path d="M2 12H58" fill="none" {_STROKES[line.kind]}/></svg>', line_text(line)
    for it in model.fills:
        yield (f'<svg viewBox="0 0 60 24"><rect x="1" y="1" width="58" height="22" fill="{_FILLS[it.pattern]}" '
               f'stroke="#111"/></svg>'), sentence(it.title)


def _areas(model: MapModel, sheet: _Sheet) -> Iterator[str]:
    for it in model.fills:
        rings = model.geometry.areas.get(it.area, ())
        drawn = " ".join(f"{_path(ring, sheet)}Z" for ring in rings if _near(ring, sheet))
        if drawn:
            yield f'<path d="{drawn}" fill="{_FILLS[it.pattern]}" fill-rule="evenodd"/>'


def _lines(model: MapModel, frame: MapFrame, sheet: _Sheet) -> Iterator[str]:
    for it in model.lines:
        if it.frames and frame.id not in it.frames:
            continue
        drawn = " ".join(_path(path, sheet) for path in it.paths if _near(path, sheet))
        if drawn:
            yield f'<path d="{drawn}" fill="none" stroke-linejoin="round" {_STROKES[it.kind]}/>'


def _named(model: MapModel, sheet: _Sheet, scale: float) -> Iterator[str]:
    """Places with their names, greatest first; one whose name has no room is left out, as a dot alone tells nothing."""
    taken: list[tuple[float, float, float, float]] = []
    for place in sorted(model.places, key=lambda it: it.rank):
        x, y = sheet.at(place.at)
        if not (0 <= x <= WIDTH and 0 <= y <= sheet.height):
            continue
        radius, size = _DOTS[place.kind] * scale, _SIZES[place.rank] * scale
        found = _room(place.name, size, x, y, radius, sheet, taken)
        if found is None:
            continue
        left, base, box = found
        taken.append(box)
        if radius:
            yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="#111"/>'
        style = ' font-style="italic"' if place.kind in ("water", "region", "height") else ""
        yield (f'<text x="{left:.0f}" y="{base:.0f}" font-size="{size:.0f}"{style} paint-order="stroke" '
               f'stroke="#fff" stroke-width="5">{escape(place.name)}</text>')


def _room(name: str, size: float, x: float, y: float, radius: float, sheet: _Sheet,
          taken: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, tuple[float, float, float, float]] | None:
    """Where the name stands: right, left, above or below its dot; None where all are taken."""
    wide = 0.56 * size * len(name)
    gap = radius + MARGIN
    for left, base in ((x + gap, y + size / 3), (x - gap - wide, y + size / 3), (x - wide / 2, y - gap),
                       (x - wide / 2, y + gap + size)):
        box = (left, base - size, left + wide, base + size / 4)
        inside = box[0] >= MARGIN and box[1] >= MARGIN and box[2] <= WIDTH - MARGIN and box[3] <= sheet.height - MARGIN
        if inside and not any(_meet(box, other) for other in taken):
            return left, base, box
    return None


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _near(path: Path, sheet: _Sheet) -> bool:
    """Whether any of it can be seen."""
    drawn = [sheet.at(point) for point in path]
    return not (all(x < 0 for x, _ in drawn) or all(x > WIDTH for x, _ in drawn)
                or all(y < 0 for _, y in drawn) or all(y > sheet.height for _, y in drawn))


def _path(points: Iterable[Point], sheet: _Sheet) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in map(sheet.at, points))
