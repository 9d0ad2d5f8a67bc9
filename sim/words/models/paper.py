"""words: view-models of papers on the table: the draft, provisions, briefs."""

from __future__ import annotations

from dataclasses import dataclass


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
