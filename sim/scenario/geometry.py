"""scenario: the shapes of a map, read from the GeoJSON file beside a scenario; what is wrong with it, in plain words.

The file is parsed by the JSON reader of the standard library and looked through once by hand: a validator that makes
an object of every point took longer than the rest of the check together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Path = tuple[Point, ...]

SHAPES: Final = "map.json"
"""The file of the shapes, beside `map.yaml`."""
MOST_POINTS: Final = 40_000
"""More than a terminal can show; a map beyond this is not simplified yet."""
_LINES: Final = {"LineString": 0, "MultiLineString": 1}
_AREAS: Final = {"Polygon": 0, "MultiPolygon": 1}


class Geometry(NamedTuple):
    """Lines by layer and areas by name. The rings of an area that lie inside others are holes."""

    lines: Mapping[str, tuple[Path, ...]]
    areas: Mapping[str, tuple[Path, ...]]


class GeometryProblem(ValueError):
    """A file that is no map; the text says what, `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


def read_geometry(text: str) -> Geometry:
    """The shapes of a GeoJSON `FeatureCollection`; each feature has a property `layer` (lines) or `area` (polygons).

    Raises `GeometryProblem` for what is not one.
    """
    import json

    try:
        value = json.loads(text, parse_constant=_refused)
    except RecursionError:
        raise GeometryProblem("it holds lists too deep inside each other", "export it again as GeoJSON") from None
    except ValueError as problem:
        at = f", line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else ""
        raise GeometryProblem(f"it is not JSON{at}", "export it again as GeoJSON") from None
    features = value.get("features") if isinstance(value, dict) else None
    if not isinstance(features, list):
        raise GeometryProblem("it is not a GeoJSON FeatureCollection", 'it begins {"type": "FeatureCollection", '
                              '"features": […')
    lines: dict[str, list[Path]] = {}
    areas: dict[str, list[Path]] = {}
    points = 0
    for number, feature in enumerate(features, 1):
        name, kind, paths = _feature(number, feature)
        (lines if kind == "layer" else areas).setdefault(name, []).extend(paths)
        points += sum(map(len, paths))
    if points > MOST_POINTS:
        raise GeometryProblem(f"it has {points:,} points; at most {MOST_POINTS:,} are drawn", "simplify its lines")
    return Geometry({name: tuple(paths) for name, paths in lines.items()},
                    {name: tuple(paths) for name, paths in areas.items()})


def _feature(number: int, feature: Any) -> tuple[str, str, list[Path]]:
    """Name, `layer` or `area`, and paths of one feature."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        raise GeometryProblem(f"feature {number} has no geometry or no properties", "export it again as GeoJSON")
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    kind, depths = ("area", _AREAS) if "area" in properties else ("layer", _LINES)
    name = properties.get(kind)
    if not isinstance(name, str) or not name:
        raise GeometryProblem(f"feature {number} has neither a `layer` nor an `area` in its properties",
                              'lines need {"layer": "border"}, polygons {"area": "AM"}')
    if not isinstance(shape, str) or shape not in depths:
        raise GeometryProblem(f"feature {number} (`{name}`) is a {shape if isinstance(shape, str) else 'shape'} and not "
                              f"{' or '.join(depths)}", "give lines a `layer` and polygons an `area`")
    parts = _list(number, coordinates if depths[shape] else [coordinates])
    if kind == "area":
        parts = [ring for part in parts for ring in _list(number, part)]
    return name, kind, [_path(number, path) for path in parts]


def _path(number: int, path: Any) -> Path:
    out: list[Point] = []
    for point in _list(number, path):
        if not isinstance(point, list) or len(point) < 2:
            raise GeometryProblem(f"feature {number} holds something that is not a point", "points are [east, north]")
        x, y = point[0], point[1]
        if type(x) not in (int, float) or type(y) not in (int, float):
            raise GeometryProblem(f"feature {number} holds a point that is not two numbers", "points are [east, north]")
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise GeometryProblem(f"feature {number} has the point [{x!s:.12}, {y!s:.12}], which is not in degrees",
                                  "export it in longitude and latitude (WGS 84), longitude first")
        out.append((float(x), float(y)))
    return tuple(out)


def _list(number: int, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise GeometryProblem(f"the coordinates of feature {number} are not lists", "export it again as GeoJSON")
    return value


def _refused(constant: str) -> float:
    raise ValueError(constant)
