"""words: view-models of the last page: goals, scores, turning points."""

from __future__ import annotations

from dataclasses import dataclass

from sim.words.models.series import Point


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal at the ending (or now)."""

    id: str
    title: str
    weight: int
    figure: int
    says: str


@dataclass(frozen=True, slots=True)
class SeatScore:
    """A seat's result: goal by goal, raw and against par. Seats are never ranked."""

    seat: str
    name: str
    raw: int
    """0..100, rounded."""
    par: int | None
    low: int | None
    high: int | None
    verdict: str
    """`Yerevan 62, which is 7 above what personas usually reach here (55; middle half 45 to 67).`"""
    goals: tuple[GoalLine, ...]
    taken: str = ""
    """`The human cost took 12 from every goal; each figure is what was left.`, to be read before the goals."""


@dataclass(frozen=True, slots=True)
class TurnCard:
    """A round that turned the viewer's score."""

    round: int
    date: str
    change: int
    """Of the score, in hundredths of a point."""
    head: str
    """`Yerevan lost 34 points.`"""
    causes: tuple[tuple[str, str], ...]
    """Points (`−34.8`) and what cost or brought them, in the order in which it happened."""


@dataclass(frozen=True, slots=True)
class EndingModel:
    """The last page."""

    id: str
    title: str
    text: str
    note: str
    date: str
    round: int
    scores: tuple[SeatScore, ...]
    """The viewer's own seat first."""
    turning: tuple[str, ...]
    """The two rounds with the largest change of the viewer's score, and what caused it, points first: `+3.8: …`."""
    questions: tuple[str, ...]
    """Debrief questions of the scenario."""
    source: tuple[str, ...] = ()
    """Claim ids behind the ending, or `invented`."""
    turns: tuple[TurnCard, ...] = ()
    """The same rounds part by part."""
    points: tuple[Point, ...] = ()
    """The start, then each round after its close; empty for who has no seat."""
    course: tuple[int, ...] = ()
    """The viewer's score at each of these points, 0..100, rounded, as it stood for all that the seat saw."""
    key_tracks: tuple[str, ...] = ()
    """Names of the tracks that the viewer's goals rest on, the weightiest first; what takes from every goal is none."""
