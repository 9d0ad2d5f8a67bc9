"""words: view-models of what can be played."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario in the library."""

    id: str
    title: str
    blurb: str
    kind: str
    level: str
    minutes: str
    """`45 min to the vote, 120 min whole`."""
    seats: tuple[tuple[str, str], ...]
    """Id and name."""
    content_note: str
    legs: tuple[tuple[str, str, int, int], ...]
    """Id, title, rounds up to its end, minutes up to its end (0: unknown)."""
