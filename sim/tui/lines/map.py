"""tui: what stands beside a map: its markers with whose claim they are, places, legend, credit."""

from __future__ import annotations

from typing import Final

from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.tui.map.glyphs import SIGNS
from sim.tui.start import MapStyle
from sim.words.catalog import sentence
from sim.words.map import in_view, place_text
from sim.words.models import MapFill, MapFrame, MapLine, MapModel, MapPlace

_COLOURS: Final = {"post": "$mark", "incident": "$bad", "route": "$map-route", "guard": "$primary", "talks": "$primary"}
_STROKES: Final = {"border": ("━━", "--", "$map-line"), "minor": ("┄┄", "..", "$map-minor"),
                   "water": ("~~", "~~", "$primary"), "claim": ("╍╍", "::", "$map-claim"),
                   "route": ("━━", "++", "$map-route")}
_FILLS: Final = {"dots": ("⠐⠄", ""), "hatch": ("⢀⠔", ""), "water": ("⠤ ", "~ "), "empty": ("  ", "  ")}


def map_page(model: MapModel, frame: MapFrame, style: MapStyle) -> list[Line]:
    """What is marked now, the places of the view, whose lines these are, and who drew the map."""
    plain_signs = style == "ascii"
    out = [heading("now", "Now on the map")]
    for marker in model.markers:
        sign = SIGNS[marker.sign][plain_signs]
        rows = [plain(marker.title, "bold"), plain(marker.text), plain(sentence(marker.whose), "$quiet")]
        out.append(Line(f"marker:{marker.id}", stacked(rows), plain(f"{sign}{marker.number:<3}", _COLOURS[marker.sign]),
                        marker.source))
    if not model.markers:
        out.append(Line("nothing", plain("Nothing is marked.", "$quiet")))
    out += [gap("lines"), heading("lines", "Lines, and whose they are")]
    out += [_line(line, plain_signs) for line in model.lines if not line.frames or frame.id in line.frames]
    out += [gap("areas"), heading("areas", "Areas")]
    out += [_fill(fill, style) for fill in model.fills]
    named = [place for place in model.places if in_view(place.at, frame) and (place.note or place.names)]
    if model.signs:
        out += [gap("signs"), heading("signs", "Signs")]
        out += [Line(f"sign:{sign}", plain(meaning, "$quiet"), plain(f"{SIGNS[sign][plain_signs]}   ", _COLOURS[sign]))
                for sign, meaning in model.signs]
    if named:
        out += [gap("places"), heading("places", "Names in this view")]
        out += [_place(place) for place in named]
    out += [gap("drawn"), heading("drawn", "How it was drawn")]
    out += [Line(f"drawn:{n}", plain(text, "$quiet")) for n, text in enumerate((model.note, model.credit)) if text]
    return out


def _place(place: MapPlace) -> Line:
    text = place_text(place)
    return Line(f"place:{place.id}", plain(place.name, "bold") + plain(text.removeprefix(place.name), "$quiet"))


def _line(line: MapLine, plain_signs: bool) -> Line:
    shown = _STROKES[line.kind]
    rows = [plain(line.title)]
    if line.whose:
        rows.append(plain(sentence(line.whose), "$quiet"))
    return Line(f"line:{line.id}", stacked(rows), plain(f"{shown[plain_signs]}  ", shown[2]), line.source)


def _fill(fill: MapFill, style: MapStyle) -> Line:
    shown = _FILLS[fill.pattern][0] if style == "braille" else (fill.letters.lower() or "~ ") if style == "ascii" else \
        {"dots": "· ", "hatch": "╱ ", "water": "~ ", "empty": "  "}[fill.pattern]
    tone = "map-water" if fill.tone == "water" else f"map-{fill.tone}"
    return Line(f"fill:{fill.area}", plain(fill.title), plain(f"{shown:<2}", f"on ${tone}") + plain("  "))
