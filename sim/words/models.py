"""words: view-models, what every face shows, without layout. Frozen, made from a view or a redacted log alone.

Faces (line mode, the TUI, later the text page) print these and nothing else; no rule and no secret is in them that
the viewer may not know.
"""

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


@dataclass(frozen=True, slots=True)
class LikelyChange:
    """What one branch does to one track, or what happened to it by itself."""

    name: str
    title: str
    low: int
    high: int
    """Change lies between these (equal but for ranges), clamped to what is possible now."""
    judged: Direction


@dataclass(frozen=True, slots=True)
class LikelyBranch:
    """One way a move can turn out, as the seat can reckon it."""

    percent: int
    """0..100, of the cases in which the move resolves at all."""
    words: str
    """ICD 203: `likely`, `certain`…"""
    changes: tuple[LikelyChange, ...]
    text: str
    """Changes as a phrase: `tension −3, trust +2`; `opens talks with Baku`; `nothing happens`."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A condition that does not hold."""

    text: str
    """`positions at 5 or more`."""
    now: str
    """`now 4`."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A move of the seat, open or closed."""

    key: str
    id: str
    title: str
    group: str
    tier: str
    cost: int
    seen: Literal["public", "parties", "secret"]
    cameo: str
    goldstein: float | None
    hint: str
    source: tuple[str, ...]
    legal: bool
    why_not: tuple[Obstacle, ...]
    branches: tuple[LikelyBranch, ...]
    expected: tuple[LikelyChange, ...]
    """Expected change per track over all branches, rounded; empty where there is none."""
    tendency: str
    """What the addressee tends to do with it (offers), in words; empty if unknown."""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Moves of one kind."""

    id: str
    title: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """Something the seat may answer this round, at no cost."""

    id: str
    title: str
    text: str
    """`Moscow offers to mediate.`"""
    rounds_left: int
    """Including this one; 0 where it does not lapse."""
    answers: tuple[MenuItem, ...]
    if_ignored: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Everything a seat can do this round."""

    questions: tuple[QuestionItem, ...]
    groups: tuple[MenuGroup, ...]
    attention: int
    orders: int

    def item(self, key: str) -> MenuItem | None:
        """A move or an answer by its key."""
        for question in self.questions:
            for answer in question.answers:
                if answer.key == key:
                    return answer
        for group in self.groups:
            for item in group.items:
                if item.key == key:
                    return item
        return None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A line of the news wire."""

    round: int
    date: str
    tier: str
    """Tier of the order, `events` for injects and rules, `close` for what the round's close brought."""
    text: str
    kind: Literal["order", "answer", "inject", "rule", "step", "readout", "overtaken", "control", "ending"]
    speaker: str
    """The capital that speaks or acts, or empty."""
    contested: bool
    """Whether a claim behind it is disputed."""
    source: tuple[str, ...]
    """Claim ids, or `invented`."""
    changes: tuple[str, ...]
    """`tension 45 → 49`, for those who want to know why."""
    roll: str
    """`likely (68 %): it happened` where a die decided and the viewer may know; else empty."""
    key: str
    """Id of the event's rule or move."""
    private: bool
    """Not public: only those concerned read it."""


@dataclass(frozen=True, slots=True)
class SilentLine:
    """Something that happened by itself and is not on the wire. With the wire it adds up to every change of a track."""

    round: int
    """The closed round after whose orders it happened."""
    kind: Literal["rule", "drift", "countdown", "unseen"]
    """`unseen`: its cause is out of the viewer's sight; all of these are one line, and so are drifts and countdowns."""
    title: str
    """The author's title of the rule, or `Drift`, `Countdown`, `Out of your sight`."""
    why: str
    """The author's reason, a sentence; may be empty for a rule."""
    changes: tuple[LikelyChange, ...]
    """What it did to listed tracks; least and greatest are equal."""
    text: str
    """All that it did, as a phrase: `isolation +2, tension −1`."""
    source: tuple[str, ...]
    """Claim ids, or `invented`; empty for what the format itself does."""
    key: str
    """Id of the rule, or the kind."""


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """An article of the draft."""

    id: str
    title: str
    text: str
    part: str
    status: str
    status_text: str
    """`tabled; Yerevan has said yes; Baku has not`."""
    red_line: bool
    """One of the viewer's own red lines."""
    worth: int | None
    """0..10 to the viewer's seat; None for others."""
    needs: tuple[str, ...]
    excludes: tuple[str, ...]
    on_signature: str
    """What its signature would do, as a phrase."""
    changed: bool
    """Its status changed in the last round."""


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the draft, signed as a whole."""

    id: str
    title: str
    clauses: tuple[ClauseLine, ...]
    signed_by: tuple[str, ...]
    waits_for: tuple[str, ...]
    """What a signature still needs, in words."""


@dataclass(frozen=True, slots=True)
class ProvisionLine:
    """An article of a signed agreement."""

    id: str
    agreement: str
    point: str
    title: str
    text: str
    binds: str
    status: str
    since: str
    """`since round 3 (18 May 2021)` or `from the start`."""
    history: tuple[str, ...]
    moved_by: str
    source: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class BriefModel:
    """What a seat reads before it plays."""

    seat: str
    name: str
    title: str
    public: str
    """Markdown."""
    confidential: str
    """Markdown; empty for others than the seat."""
    goals: tuple[str, ...]
    red_lines: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why an automatic player chose what it chose."""

    seat: str
    about: str
    """`Baku declined Yerevan's mirror pull-back`."""
    because: tuple[str, ...]
    """Reasons in words and numbers."""
    otherwise: str
    """What it would have taken to choose otherwise; empty if nothing would."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Who says something."""

    claim: str
    says: str
    speaker: str
    date: str
    status: str
    disputed: str
    """`Azerbaijan denies it (C05)`, or empty."""
    dossier: str
    outlet: str
