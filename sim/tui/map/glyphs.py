"""tui: what a map is drawn with in each style: dots of a cell, patterns of a fill, signs, letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import Final, Literal

from sim.words.models.map import Pattern, PlaceKind, Sign

MapStyle = Literal["braille", "blocks", "ascii"]


class Ink(IntEnum):
    """What a cell is drawn with; a line with a higher number lies over those with lower ones."""

    NONE = 0
    PATTERN = 1
    MINOR = 2
    WATER = 3
    BORDER = 4
    CLAIM = 5
    ROUTE = 6
    AREA = 7
    FAINT = 8
    LAKE = 9
    PLACE = 10
    CAPITAL = 11
    POST = 12
    INCIDENT = 13
    WAY = 14
    GUARD = 15
    TALKS = 16
    LIT = 17


LINES: Final[Mapping[str, Ink]] = {"minor": Ink.MINOR, "water": Ink.WATER, "border": Ink.BORDER, "claim": Ink.CLAIM,
                                   "route": Ink.ROUTE}
DASHES: Final[Mapping[str, tuple[int, int]]] = {"minor": (1, 2), "claim": (5, 3)}
"""Dots drawn and left out, for lines that are not whole."""
INKS: Final[Mapping[Sign, Ink]] = {"post": Ink.POST, "incident": Ink.INCIDENT, "route": Ink.WAY, "guard": Ink.GUARD,
                                   "talks": Ink.TALKS}

DOTS: Final[Mapping[MapStyle, tuple[int, int]]] = {"braille": (2, 4), "blocks": (2, 2), "ascii": (1, 1)}
"""Dots of a cell, across and down."""
_BRAILLE: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_QUADRANTS: Final = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"

_LETTERS: Final = {Ink.MINOR: ".", Ink.WATER: "~", Ink.CLAIM: ":", Ink.ROUTE: "+"}

SIGNS: Final[Mapping[Sign, tuple[str, str]]] = {
    "post": ("▲", "X"), "incident": ("✶", "*"), "route": ("⇄", "="), "guard": ("◆", "#"), "talks": ("◎", "&"),
}
"""The sign of each kind of marker, and the one of seven bits."""
SPOTS: Final[Mapping[PlaceKind, tuple[str, str]]] = {
    "capital": ("★", "@"), "town": ("●", "o"), "village": ("○", "o"), "height": ("△", "^"), "water": ("", ""),
    "region": ("", ""), "country": ("", ""),
}
ARROWS: Final = {"left": ("←", "<"), "right": ("→", ">"), "up": ("↑", "^"), "down": ("↓", "v")}
_SPELT: Final = str.maketrans({
    "ə": "e", "Ə": "E", "ı": "i", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "–": "-", "—": "-", "·": "-", "’": "'",
    "‘": "'", "“": '"', "”": '"', "…": "...", "°": " deg", "\N{MINUS SIGN}": "-", "→": "->",
})


def bits(style: MapStyle) -> tuple[tuple[int, ...], ...]:
    """The bit of each dot of a cell, by row and column."""
    return _BRAILLE if style == "braille" else ((1, 2), (4, 8)) if style == "blocks" else ((1,),)


def drawn(style: MapStyle, mask: int) -> str:
    """The character with these dots; in letters the line's own direction decides."""
    return chr(0x2800 + mask) if style == "braille" else _QUADRANTS[mask]


def directed(kind: Ink, across: int, down: int) -> str:
    """A line in letters: `across` and `down` are how many cells it goes from the one before to the one behind."""
    if kind in _LETTERS:
        return _LETTERS[kind]
    if down == 0:
        return "-"
    if abs(down) > abs(across):
        return "|"
    return "\\" if (across > 0) == (down > 0) else "/"


@cache
def pattern(style: MapStyle, kind: Pattern, letters: str, row: int) -> str:
    """Twenty-four cells of a fill; rows repeat after twelve. Patterns differ without any colour."""
    return "".join(_patterned(style, kind, letters, col, row) for col in range(24))


def _patterned(style: MapStyle, kind: Pattern, letters: str, col: int, row: int) -> str:
    if kind == "empty":
        return " "
    if style == "ascii":
        if kind == "water":
            return "~" if (col + 3 * (row % 2)) % 6 == 0 else " "
        at = (col + 6 * (row // 2 % 2)) % 12
        return letters[at].lower() if row % 2 == 0 and at < len(letters) else " "
    if style == "blocks":
        if kind == "hatch":
            return "╱" if (col + row) % 4 == 0 else " "
        if kind == "water":
            return "~" if (col + 3 * (row % 2)) % 6 == 0 else " "
        return "·" if (col + 2 * (row % 2)) % 4 == 0 else " "
    mask = 0
    for y, line in enumerate(_BRAILLE):
        for x, bit in enumerate(line):
            if _dotted(kind, 2 * col + x, 4 * row + y):
                mask |= bit
    return chr(0x2800 + mask) if mask else " "


def _dotted(kind: Pattern, x: int, y: int) -> bool:
    if kind == "hatch":
        return (x + y) % 8 == 0
    if kind == "water":
        return y % 4 == 2 and (x + 4 * (y // 4 % 2)) % 8 < 2
    return (x % 8, y % 8) in ((1, 1), (5, 5))


def spelt(text: str, style: MapStyle) -> str:
    """The text as the style can write it: seven bits in letters, as it is otherwise."""
    if style != "ascii" or text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_SPELT))
    return "".join(c if c.isascii() else "" if unicodedata.combining(c) else "?" for c in plain)
