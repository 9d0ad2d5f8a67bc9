"""scenario: the row of a text file in which an offset lies."""

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


def bounds(text: str, at: int) -> tuple[int, int]:
    """The offsets between which that row stands, for those who need no more of it."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
