"""words: view-models of values over the rounds: what the charts draw and what moved each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.words.models.situation import Direction


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that moved a value."""

    change: int
    text: str
    """The dispatch, the author's title of a rule, `Drift`, `Countdown` or `Out of your sight`."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the axis of rounds."""

    label: str
    """`4`; `end` after the last close; `start` before the first round."""
    round: int
    """The round that opens here, or that has just closed at the end; 0 at the start."""
    date: str
    """`21 May 2021`."""
    phase: str
    """Title of the phase at this point; empty in a scenario without phases."""


@dataclass(frozen=True, slots=True)
class Series:
    """A value at every point."""

    name: str
    title: str
    text: str
    """What it means, a sentence."""
    low: int
    high: int
    better: Literal["low", "high", "none"]
    values: tuple[int, ...]
    """One per point."""
    words: tuple[str, ...]
    """The name of each value on its scale, or empty."""
    moved: tuple[tuple[Moved, ...], ...]
    """What brought the value of each point from the one before; the changes add up."""
    own: bool
    """Belongs to the viewer's seat."""

    def change(self, at: int) -> int:
        """What the value changed by up to a point, since the one before."""
        return sum(moved.change for moved in self.moved[at])

    def judged(self, change: int) -> Direction:
        """Whether a change of this value eases the crisis."""
        if change == 0 or self.better == "none":
            return "neutral"
        return "good" if (change > 0) == (self.better == "high") else "bad"


@dataclass(frozen=True, slots=True)
class SeriesModel:
    """Values over the rounds, all with the same points."""

    points: tuple[Point, ...]
    series: tuple[Series, ...]
    """The viewer's own first, then the others, in the author's order."""

    def one(self, name: str) -> Series | None:
        """A series by name."""
        return next((series for series in self.series if series.name == name), None)

    @property
    def turned(self) -> tuple[int, ...]:
        """The points at which another phase than before holds."""
        phases = [point.phase for point in self.points]
        return tuple(n for n in range(1, len(phases)) if phases[n] != phases[n - 1])


@dataclass(frozen=True, slots=True)
class Relation:
    """What one seat is to another: the tracks that name both, and what stands between them."""

    holder: str
    toward: str
    series: tuple[Series, ...]
    """Those that the viewer sees."""
    kinds: tuple[str, ...]
    """A word for each of them: `trust`."""
    hidden: int
    """How many tracks there are besides, out of the viewer's sight."""
    standing: tuple[tuple[str, ...], ...]
    """Per point what is open or agreed between them and is the viewer's to see: offers that wait, consents."""


@dataclass(frozen=True, slots=True)
class RelationsModel:
    """Seat by seat over the rounds."""

    actors: tuple[tuple[str, str, str], ...]
    """Id, name and code (`ARM`), the viewer's own seat first."""
    points: tuple[Point, ...]
    relations: tuple[Relation, ...]
    """Of pairs between which there is something; empty in a scenario without such tracks."""

    def between(self, holder: str, toward: str) -> Relation | None:
        """What one is to the other."""
        return next((r for r in self.relations if r.holder == holder and r.toward == toward), None)
