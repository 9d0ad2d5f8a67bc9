"""scenario: the row of a text file in which an offset lies, and the lines above it that say something."""

from __future__ import annotations

from typing import NamedTuple

from sim.errors import Span


class Row(NamedTuple):
    """One row: its number from 1, the offsets between which it stands, and what it says, without its end."""

    number: int
    start: int
    end: int
    said: str

    def span(self, path: str, start: int, end: int) -> Span:
        """The place of some characters of the row, by their offsets in the row."""
        return Span(path, self.number, start + 1, end + 1)


def row_at(text: str, at: int) -> Row:
    """The row in which an offset lies; a line end belongs to the row that it ends."""
    start, end = bounds(text, at)
    return Row(text.count("\n", 0, start) + 1, start, end, text[start:end])


class Line(NamedTuple):
    """A line that says something: where it begins, the column of its first word from 0, and the line."""

    start: int
    column: int
    said: str


def lines_above(text: str, at: int, least: int = 0) -> list[Line]:
    """The lines before the one at an offset that say something, the nearest first, down to the offset `least`."""
    out: list[Line] = []
    stop = bounds(text, at)[0]
    while stop > max(0, least):
        start = text.rfind("\n", 0, stop - 1) + 1
        said = text[start:stop - 1]
        if said.strip() and not said.lstrip().startswith("#"):
            out.append(Line(start, column_of(said), said))
        stop = start
    return out


def column_of(line: str) -> int:
    """How far in a line begins."""
    return len(line) - len(line.lstrip())


def bounds(text: str, at: int) -> tuple[int, int]:
    """The offsets between which that row stands, for those who need no more of it."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
