"""words: view-models of papers on the table: the draft, provisions, briefs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RelatedClause:
    """Another article that a clause rests on or shuts out."""

    id: str
    title: str
    how: Literal["needs", "excludes", "excluded_by"]
    """`needs`: one of these comes first. `excludes`: struck when this clause is agreed. `excluded_by`: the reverse."""
    status: str
    """Its status now, by its id: `agreed`."""


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
    number: int = 0
    """Of the article, from 1 through the whole text."""
    parties: tuple[str, ...] = ()
    """Capitals whose yes it needs."""
    said_yes: tuple[str, ...] = ()
    """Those of them who have said yes to what is tabled, as far as the viewer may know."""
    no_yes: tuple[str, ...] = ()
    """Those who have not. Both are empty where the viewer may not know."""
    holders: tuple[str, ...] = ()
    """Who put it in brackets, as far as the viewer heard; empty where nobody did, or out of sight."""
    moved: str = ""
    """`not yet tabled → tabled` if its status changed in the last round, else empty."""
    history: tuple[str, ...] = ()
    """What became of it, oldest first, each with its round: `round 3 (18 May 2021): Baku put it in brackets`."""
    related: tuple[RelatedClause, ...] = ()
    acts: tuple[str, ...] = ()
    """Keys of the viewer's menu that are about this clause: table, say yes, bracket."""
    source: tuple[str, ...] = ()
    """Claim ids, or `invented`."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signatory's signature of a part."""

    who: str
    """Its capital."""
    rounds: int
    """For how many more rounds it stands; 0 where it is not given."""
    own: bool
    """The viewer's own seat."""
    waits_for: tuple[str, ...]
    """What it still waits for, in words, as far as the viewer may know."""


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the draft, signed as a whole."""

    id: str
    title: str
    clauses: tuple[ClauseLine, ...]
    signed_by: tuple[str, ...]
    waits_for: tuple[str, ...]
    """What a signature still needs, in words."""
    number: int = 0
    """From 1."""
    on_signature: str = ""
    """What the signature of the part does beside its clauses, as a phrase."""
    signatures: tuple[SignatureLine, ...] = ()
    acts: tuple[str, ...] = ()
    """Keys of the viewer's menu that sign this part."""
    signed: str = ""
    """`2 of 7 articles signed in round 4 (25 May 2021).`; empty before the first signature."""
    fell: str = ""
    """What became of signatures in the last round, if they fell, and why if that was told; else empty."""


@dataclass(frozen=True, slots=True)
class ProvisionStep:
    """A change of a provision's status."""

    round: int
    when: str
    """`round 3 (18 May 2021)`."""
    before: str
    after: str
    why: str
    """The dispatch that tells of it, or empty."""


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
    steps: tuple[ProvisionStep, ...] = ()
    """The same history step by step, oldest first."""
    signed: str = ""
    """When the agreement was signed: `9 November 2020`, or empty."""


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
