"""words: view-models of the head of the situation room: where the match stands and its tracks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["good", "bad", "neutral"]


@dataclass(frozen=True, slots=True)
class TrackLine:
    """One track as its viewer sees it."""

    name: str
    title: str
    text: str
    """What it means, a sentence."""
    value: int
    word: str
    """The name of the value on its scale (`proposed`), or empty."""
    low: int
    high: int
    better: Literal["low", "high", "none"]
    change: int
    """Since the opening of the previous round."""
    judged: Direction
    """Whether the last change eased the crisis."""
    trend: tuple[int, ...]
    """Values at the opening of each round so far, the current one last."""
    own: bool
    """Belongs to the viewer's seat."""
    source: tuple[str, ...] = ()
    """Claim ids, or `invented`."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The head of the situation room."""

    title: str
    viewer: str
    """`Yerevan`, or `the public`."""
    seat: str
    date: str
    """`12 May 2021`."""
    day: int
    round: int
    rounds: int
    leg: str
    step_days: int
    phase: str
    phase_text: str
    open_phases: tuple[str, ...]
    """Titles of phases reachable in one step from here."""
    attention: int
    """What the seat has this round; 0 for the public."""
    orders: int
    """How many orders it may file."""
    tracks: tuple[TrackLine, ...]
    """The seat's own first, then the shared ones, in the author's order."""
    ending: str
    """Title of the ending reached, or empty."""
