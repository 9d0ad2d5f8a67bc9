"""words: view-models of the last page: goals, scores, turning points."""

from __future__ import annotations

from dataclasses import dataclass


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
