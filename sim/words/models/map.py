"""words: view-models of the map: what is drawn, where things stand, and whose claim each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.scenario.geometry import Geometry, Path, Point

Pattern = Literal["empty", "dots", "hatch", "water"]
Stroke = Literal["border", "minor", "water", "claim", "route"]
Sign = Literal["post", "incident", "route", "guard", "talks"]
PlaceKind = Literal["capital", "town", "village", "height", "water", "region", "country"]


@dataclass(frozen=True, slots=True)
class MapFrame:
    """One view of the map."""

    id: str
    title: str
    text: str
    """What it shows, a sentence; may be empty."""
    box: tuple[float, float, float, float]
    """West, south, east, north."""


@dataclass(frozen=True, slots=True)
class MapFill:
    """How an area is filled. Pattern and letters carry the meaning; the tone repeats it."""

    area: str
    title: str
    pattern: Pattern
    tone: Literal["a", "b", "c", "water"]
    letters: str
    """Two or three, for maps made of letters."""
    label: str
    """What is written over it, wherever it is in view; may be empty."""


@dataclass(frozen=True, slots=True)
class MapLine:
    """A kind of line with its place in the legend."""

    id: str
    kind: Stroke
    title: str
    """What it is, for the legend."""
    whose: str
    """Whose claim or whose drawing it is; empty only for coasts and minor lines."""
    source: tuple[str, ...]
    paths: tuple[Path, ...]
    frames: tuple[str, ...]
    """The views in which it is drawn; empty means all."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A named place."""

    id: str
    name: str
    """The neutral form."""
    names: tuple[tuple[str, str], ...]
    """Usage and name, where they differ."""
    kind: PlaceKind
    at: Point
    rank: int
    """1 is named on every view, 3 only where there is room."""
    note: str


@dataclass(frozen=True, slots=True)
class MapMarker:
    """Something that is so now at a place."""

    id: str
    number: int
    """From 1, in the author's order, among those that are active."""
    sign: Sign
    at: Point
    title: str
    text: str
    """A sentence."""
    whose: str
    """Who claims it, or who disputes it with whom."""
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapModel:
    """The map of a scenario as one viewer sees it now."""

    identity: str
    """The same for the same drawing, whatever its markers; drawings are kept under it."""
    title: str
    credit: str
    note: str
    """What the map leaves out, and why."""
    views: tuple[MapFrame, ...]
    """The first is shown first."""
    fills: tuple[MapFill, ...]
    lines: tuple[MapLine, ...]
    places: tuple[MapPlace, ...]
    signs: tuple[tuple[Sign, str], ...]
    """What each sign stands for that some marker of this map has."""
    markers: tuple[MapMarker, ...]
    geometry: Geometry
