"""words: the map as a viewer sees it: the drawing, which never changes in a match, and the markers that hold now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sim.rules import View
from sim.scenario.bind.map import SLOT, BoundMap
from sim.words.catalog import Catalog, sentence
from sim.words.closed import holds
from sim.words.models import MapFill, MapFrame, MapLine, MapMarker, MapModel, MapPlace
from sim.words.models.map import Sign

SIGNS: Final[Mapping[Sign, str]] = {"post": "held place", "incident": "incident", "route": "route", "guard": "third parties",
                                    "talks": "talks"}
"""What the signs of markers stand for, unless the map says otherwise."""


class Cartographer:
    """Makes the map of one scenario for one viewer. The drawing is made once; a map of a round costs its conditions."""

    def __init__(self, catalog: Catalog, drawn: BoundMap) -> None:
        self._catalog = catalog
        self._drawn = drawn
        self._views = tuple(MapFrame(vid, it.title, it.text, (it.box[0], it.box[1], it.box[2], it.box[3]))
                            for vid, it in drawn.map.views.items())
        self._fills = tuple(MapFill(area, it.title, it.pattern, it.tone, it.letters, it.label)
                            for area, it in drawn.map.fills.items())
        self._lines = tuple(self._line_models())
        self._places = tuple(self._place_models())
        used = {it.sign for it in drawn.map.markers.values()}
        self._signs = tuple((sign, drawn.map.signs.get(sign, meaning)) for sign, meaning in SIGNS.items() if sign in used)

    def map(self, seen: View) -> MapModel:
        """The map on what a viewer sees of a state; what it does not see stands at its public estimate."""
        return self._model(self._markers(seen))

    def blank(self) -> MapModel:
        """The map before anything is marked on it."""
        return self._model(())

    def _model(self, markers: tuple[MapMarker, ...]) -> MapModel:
        found = self._drawn.map
        return MapModel(
            identity=self._drawn.identity, title=found.title, credit=found.credit, note=found.note, views=self._views,
            fills=self._fills, lines=self._lines, places=self._places, signs=self._signs, markers=markers, geometry=self._drawn.geometry)

    def _markers(self, seen: View) -> tuple[MapMarker, ...]:
        names = self._catalog.names(seen.viewer)
        active = [(mid, it) for mid, it in self._drawn.map.markers.items()
                  if holds(names, self._drawn.whens[mid], seen.values)]
        return tuple(MapMarker(mid, number, it.sign, (it.at[0], it.at[1]), self._filled(it.title, seen.values),
                               sentence(self._filled(it.text, seen.values)), it.whose, _ids(it.source))
                     for number, (mid, it) in enumerate(active, 1))

    def _filled(self, text: str, values: Sequence[int]) -> str:
        catalog = self._catalog
        return SLOT.sub(lambda slot: catalog.value(slot[1], values[catalog.index[slot[1]]]), text)

    def _line_models(self) -> Iterator[MapLine]:
        for lid, it in self._drawn.map.lines.items():
            paths = self._drawn.geometry.lines.get(it.layer, ()) if it.layer else \
                (tuple((point[0], point[1]) for point in it.points),)
            yield MapLine(lid, it.kind, it.title, it.whose, _ids(it.source), paths, tuple(it.views))

    def _place_models(self) -> Iterator[MapPlace]:
        known = self._catalog.scenario.names
        for pid, it in self._drawn.map.places.items():
            of = known.get(it.named) if it.named else None
            names = dict(it.also or (of.names if of else {}))
            yield MapPlace(pid, of.house if of else it.name, tuple(names.items()), it.kind, (it.at[0], it.at[1]), it.rank,
                           it.note or (of.note if of else ""))


def told(model: MapModel, view: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """The map in sentences, in parts with a heading each; `view` is the one shown, the first unless said."""
    frame = next((it for it in model.views if it.id == view), model.views[0])
    inside = [it for it in model.places if in_view(it.at, frame)]
    others = [it.title for it in model.views if it is not frame]
    shows = sentence(f"{frame.title}. {frame.text}" if frame.text else frame.title)
    yield model.title, (shows, *((f"Other views: {', '.join(others)}.",) if others else ()))
    yield "Now on the map", tuple(marker_text(it) for it in model.markers) or ("Nothing is marked.",)
    plain = [it.name for it in inside if not it.note and not it.names]
    yield "Places in this view", (*(place_text(it) for it in inside if it.note or it.names),
                                  *((f"{', '.join(plain)}.",) if plain else ()))
    yield "Lines", tuple(line_text(it) for it in model.lines if not it.frames or frame.id in it.frames)
    yield "Areas", tuple(sentence(it.title) for it in model.fills)
    yield "Drawing", tuple(sentence(it) for it in (model.note, model.credit) if it)


def marker_text(marker: MapMarker) -> str:
    """Number, title, sentence, and whose claim it is; without number and title where the number is 0."""
    head = f"{marker.number}. {sentence(marker.title)} " if marker.number else ""
    return f"{head}{marker.text} {sentence(marker.whose)}".rstrip()


def place_text(place: MapPlace) -> str:
    """The neutral name with the usages behind it (`Armenian: Sev Lich; Azerbaijani: Qaragöl`), then the note."""
    usages = "; ".join(f"{usage.capitalize()}: {name}" for usage, name in place.names)
    return f"{place.name}{f' ({usages})' if usages else ''}.{f' {sentence(place.note)}' if place.note else ''}"


def line_text(line: MapLine) -> str:
    """What a line is and whose, as one sentence."""
    return sentence(f"{line.title}, {line.whose}" if line.whose else line.title)


def in_view(at: tuple[float, float], frame: MapFrame) -> bool:
    """Whether a place lies in a view."""
    box = frame.box
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _ids(source: str | list[str]) -> tuple[str, ...]:
    return tuple(filter(None, [source] if isinstance(source, str) else source))
