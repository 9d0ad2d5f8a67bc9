"""words: view-models of what was played: a line's rounds one by one, the lines of a match, two lines side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.words.models.ending import SeatScore
from sim.words.models.news import Dispatch
from sim.words.models.situation import Direction


@dataclass(frozen=True, slots=True)
class Filed:
    """What one seat filed in a round, as its reader may know it: a seat its own, the facilitator everybody's."""

    name: str
    """`Yerevan`."""
    titles: tuple[str, ...]
    """Orders and answers in the order of filing; empty where it filed nothing."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the timeline: a round as its orders were filed, or the end of the match."""

    round: int
    date: str
    phase: str
    """Title of the phase in which orders were filed, or with which it ended; empty where a scenario has none."""
    turned: bool
    """Whether the phase is another than at the stop before."""
    score: int | None
    """The seat's score as it stood then for all that the seat saw, 0..100; None for who only watches."""
    measure: int
    """The figure of the profile: the score, or for who only watches the first track."""
    changes: tuple[str, ...]
    """Tracks that had changed since the stop before: `Tension +4`."""
    filed: tuple[Filed, ...]
    spent: int
    """Attention that the reader's own orders took."""
    orders: int
    """How many of what the reader filed were orders; the rest were answers."""
    state: Literal["closed", "open", "end"]
    """Played; open for orders; or what stood when the match had ended."""
    entry: int
    """Where the match stands when this round is open for orders; for `Desk.go`."""
    forks: tuple[str, ...]
    """Names of the lines that went another way in this round."""
    waiting: int = 0
    """Orders and answers of the reader that are sealed there and not resolved: of an earlier visit, or just now."""


@dataclass(frozen=True, slots=True)
class LineCard:
    """One line of a match: all that was played from the start to one last round."""

    head: int
    """The entry it has come to; for `Desk.go` and `Desk.compare`."""
    number: int
    """From 1, in the order in which the lines were begun; it stays."""
    name: str
    """`line 2`."""
    says: str
    """`The vote is held, round 13`, or `open in round 4`."""
    parent: int
    """Number of the line it leaves; 0 for the first."""
    leaves: int
    """The round in which it leaves that line; 0 for the first."""
    round: int
    """The round that is open there, or in which it ended."""
    date: str
    ending: str
    """Title of the ending, or empty."""
    score: int | None
    """The reader's score there: at an ending the true one; None for who only watches."""
    waiting: int
    """Orders and answers of the reader that are sealed there."""
    here: bool
    """Whether the match stands on it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line on which a match stands, stop by stop."""

    line: LineCard
    lines: int
    """How many lines the match has."""
    stops: tuple[Stop, ...]
    rounds: int
    """Of the whole clock."""
    measure: str
    """What the profile shows: `your score`, or the title of a track."""
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ComparedTrack:
    """A track that stands differently after the same round of two lines."""

    name: str
    title: str
    left: str
    """`54`, or `54 proposed`."""
    right: str
    change: int
    """From left to right."""
    judged: Direction
    """Whether the right-hand line has it easier."""


@dataclass(frozen=True, slots=True)
class Side:
    """A round of one of two lines that are compared."""

    phase: str
    """After the round's close, or while it is open."""
    filed: tuple[Filed, ...]
    dispatches: tuple[Dispatch, ...]
    """Those that the other line does not have in this round; all of them where the other has no such round."""
    ending: str
    """Title of the ending that came in this round, or empty."""
    open: bool
    """Whether it has not been resolved."""


@dataclass(frozen=True, slots=True)
class ComparedRound:
    """The same round of two lines; a side is None where that line does not reach it."""

    round: int
    date: str
    left: Side | None
    right: Side | None
    tracks: tuple[ComparedTrack, ...]
    """Those that differ after the round; empty where one side is missing."""

    @property
    def same(self) -> bool:
        """Whether nothing differs in it that the reader can see."""
        return (self.left is not None and self.right is not None and not self.tracks
                and self.left == self.right and not self.left.dispatches)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lines of a match side by side, as one reader heard of both."""

    left: LineCard
    right: LineCard
    fork: int
    """The first round in which they differ for the reader; 0 where they do not."""
    sentence: str
    """The first difference, named."""
    rounds: tuple[ComparedRound, ...]
    """From the fork to the last round of the longer line."""
    scores: tuple[tuple[SeatScore, SeatScore], ...]
    """Seat by seat, the reader's first, if both lines have ended; else empty."""
