"""words: view-models of what is told: dispatches, what happened silently, reasons, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.words.models.menu import LikelyChange


@dataclass(frozen=True, slots=True)
class TrackShift:
    """What one event did to one track."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Cast:
    """A die that was cast, on a line from 0 to 100 on which each way it could turn out has its share."""

    shares: tuple[int, ...]
    """Percent of each way, in order; they sum to 100."""
    taken: int
    """Which of them it was."""
    fell: int
    """Where the die fell, 0..99, inside the share that was taken."""
    about: str
    """What was tried, before anybody knew how it would turn out; empty for what happens by itself."""


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
    shifts: tuple[TrackShift, ...] = ()
    """The same changes of listed tracks in figures, for who draws them."""
    phase: str = ""
    """Title of the phase that it brought, or empty."""
    cast: Cast | None = None
    """The die, where one decided and the viewer may know the odds."""


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
class Denial:
    """Who disputes a claim."""

    who: str
    """`Azerbaijan`."""
    claim: str
    """The claim in which it does so, or empty."""


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
    standing: str = ""
    """What kind of statement it is, in a word or two: `claim`, `reported as fact`; empty where it is not known."""
    denials: tuple[Denial, ...] = ()
    note: str = ""
    """A limit of this one claim."""
    published: str = ""
    """When the source was published, as exact as it is known."""
    where: str = ""
    """Where the source is found: addresses."""
    limits: str = ""
    """What is known against the source as a whole."""
