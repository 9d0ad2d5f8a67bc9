"""scenario: the map beside a scenario bound to its words: conditions typed, shapes found, secrets refused.

Everybody looks at one map, the public too, so that its markers may ask only for what everybody sees (F6). Nothing here
adds to the words of the scenario: the rules, and their fingerprint, are the same with and without a map.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sim.errors import suggest
from sim.scenario.bind.binder import TRUE, Binder
from sim.scenario.bind.shapes import Loc
from sim.scenario.bind.vocabulary import Report
from sim.scenario.conditions import (
    Always,
    Compare,
    Condition,
    ConditionProblem,
    Vocabulary,
    bind,
    constant,
    moves_played,
    names,
    parse,
    walk,
)
from sim.scenario.geometry import SHAPES, Geometry, GeometryProblem, read_geometry
from sim.scenario.models.map import Map, MapLine

if TYPE_CHECKING:
    from sim.scenario.bind.binding import Bound

SPEAKING = ("border", "claim", "route")
"""Kinds of line that are somebody's claim or drawing."""
SLOT = re.compile(r"\{([^{}]*)\}")
"""Where a marker's text shows the value of a track."""
_EMPTY = Geometry({}, {})


class BoundMap(NamedTuple):
    """A map that can be drawn."""

    map: Map
    whens: Mapping[str, Condition]
    """The condition of each marker."""
    geometry: Geometry
    identity: str
    """The same for the same files."""


def bind_map(found: Map, bound: Bound, files: Mapping[str, str], report: Report) -> BoundMap:
    """Bind a map; `report(code, message, place, help)` is called for every problem of `map.yaml`."""
    geometry = _geometry(files, report)
    if not found.views:
        report("P005", "the map has no views", ("views",), "add `views: {whole: {title: …, box: [44, 38, 51, 42]}}`")
    for vid, view in found.views.items():
        west, south, east, north = view.box
        if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
            report("P004", f"the box of `{vid}` is not west, south, east, north", ("views", vid, "box"),
                   "write degrees in this order, with west below east and south below north")
    for area in found.fills:
        _known("area", area, geometry.areas, ("fills", area), report)
    for lid, line in found.lines.items():
        _line(lid, line, found, geometry, report)
    for pid, place in found.places.items():
        _at(place.at, ("places", pid, "at"), report)
        if bool(place.name) == bool(place.named):
            report("P006", f"`{pid}` needs a `name`, or `named` for a name under `names:` of the scenario",
                   ("places", pid), "give one of the two")
        elif place.named and place.named not in bound.scenario.names:
            report("P006", f"the scenario has no name `{place.named}`", ("places", pid, "named"),
                   suggest(place.named, bound.scenario.names) + "look at `names:` in scenario.yaml")
    whens = _markers(found, bound, report)
    named = blake2b(digest_size=8)
    for name in ("map.yaml", SHAPES):
        named.update(files.get(name, "").encode())
    return BoundMap(found, whens, geometry, named.hexdigest())


def cited_by_map(found: Map) -> list[tuple[Loc, tuple[str, ...]]]:
    """Every place of a map that states a fact, and what it cites."""
    out: list[tuple[Loc, str | list[str]]] = [(("lines", k, "source"), it.source) for k, it in found.lines.items()
                                              if it.kind in ("claim", "route") or it.source]
    out.extend((("markers", k, "source"), it.source) for k, it in found.markers.items())
    return [(place, (ids,) if isinstance(ids, str) else tuple(ids)) for place, ids in out]


def _geometry(files: Mapping[str, str], report: Report) -> Geometry:
    if SHAPES not in files:
        report("P001", f"there is no file `{SHAPES}` beside the map", (), "put the shapes there, as GeoJSON")
        return _EMPTY
    try:
        return read_geometry(files[SHAPES])
    except GeometryProblem as problem:
        report("P002", f"`{SHAPES}` cannot be used: {problem}", (), problem.help)
        return _EMPTY


def _line(lid: str, line: MapLine, found: Map, geometry: Geometry, report: Report) -> None:
    if bool(line.layer) == bool(line.points):
        report("P007", f"`{lid}` needs a `layer` of {SHAPES}, or `points` of its own", ("lines", lid),
               "give one of the two")
    elif line.layer:
        _known("layer", line.layer, geometry.lines, ("lines", lid, "layer"), report)
    for n, point in enumerate(line.points):
        _at(point, ("lines", lid, "points", n), report)
    for n, view in enumerate(line.views):
        if view not in found.views:
            report("P003", f"the map has no view `{view}`", ("lines", lid, "views", n), suggest(view, found.views))
    if line.kind in SPEAKING and not line.whose.strip():
        report("P008", f"`{lid}` does not say whose line it is", ("lines", lid),
               "add `whose:`, such as `as Natural Earth draws it`, or who claims it")


def _known(what: str, name: str, known: Collection[str], place: Loc, report: Report) -> None:
    # without shapes P001 or P002 has been told
    if known and name not in known:
        report("P003", f"`{SHAPES}` has no {what} `{name}`", place, suggest(name, known) + "it has " + ", ".join(known))


def _at(at: list[float], place: Loc, report: Report) -> None:
    if not (-180 <= at[0] <= 180 and -85 <= at[1] <= 85):
        report("P004", f"[{at[0]:g}, {at[1]:g}] is not a place in degrees", place, "write [east, north]")


# -- markers


def _markers(found: Map, bound: Bound, report: Report) -> dict[str, Condition]:
    vocabulary = bound.words.conditions()
    out: dict[str, Condition] = {}
    for mid, marker in found.markers.items():
        loc: Loc = ("markers", mid)
        _at(marker.at, (*loc, "at"), report)
        if not any(v.box[0] <= marker.at[0] <= v.box[2] and v.box[1] <= marker.at[1] <= v.box[3]
                   for v in found.views.values()):
            report("W080", f"`{mid}` stands in none of the map's views", (*loc, "at"),
                   "write [east, north], and see that a view holds it")
        when = out[mid] = _condition(marker.when, (*loc, "when"), vocabulary, bound, report)
        _secrets(mid, names(when), (*loc, "when"), bound, report)
        for key in ("title", "text"):
            for slot in SLOT.finditer(getattr(marker, key)):
                place: Loc = (*loc, key, ("#", *slot.span()))  # type: ignore[arg-type]
                if slot.group(1) not in bound.words.variables:
                    report("P009", f"there is no track `{slot.group(1)}`", place,
                           suggest(slot.group(1), bound.words.variables) + "`{track}` stands for a value")
                else:
                    _secrets(mid, {slot.group(1)}, place, bound, report)
    return out


def _secrets(mid: str, read: Iterable[str], place: Loc, bound: Bound, report: Report) -> None:
    for name in sorted(read):
        if bound.words.variables[name].seen is not None:
            report("V003", f"everybody sees the marker `{mid}`, but not `{name}`", place,
                   "a map may read only what everybody sees, the public too: use another track")


def _condition(when: str | bool | list[str], loc: Loc, vocabulary: Vocabulary, bound: Bound, report: Report) -> Condition:
    """A typed condition; one that cannot be read is reported and counts as never true."""
    if isinstance(when, list):
        return Binder.all_of([_condition(line, (*loc, n), vocabulary, bound, report) for n, line in enumerate(when)])
    if isinstance(when, bool):
        return TRUE if when else Always(value=False, text="never")
    try:
        found = bind(parse(when), vocabulary)
    except ConditionProblem as problem:
        report(problem.code, problem.message, (*loc, ("#", problem.start, problem.end)),  # type: ignore[arg-type]
               problem.help)
        return Always(value=False, text="never")
    for move in sorted(moves_played(found)):
        counters = [v for v in bound.words.variables.values() if v.name.startswith(f"played.{move}.")]
        if not counters:
            report("P010", f"no rule counts how often `{move}` was played, so a map cannot ask for it", loc,
                   "ask for a track, a flag or a status instead")
        elif any(v.seen is not None for v in counters):
            report("V003", f"not everybody sees `{move}` played, but everybody sees the map", loc,
                   "a map may read only what everybody sees, the public too: use another track")
    for part in walk(found):
        told = constant(part, vocabulary) if isinstance(part, Compare) else None
        if told is not None:
            report("G201" if told else "G202", f"`{part.text}` is {'always' if told else 'never'} true", loc, "")
    return found
