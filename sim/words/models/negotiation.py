"""words: view-models of the negotiating table: the text as a document, and one seat's private check of its parts."""

from __future__ import annotations

from dataclasses import dataclass

from sim.words.models.paper import PartLine


@dataclass(frozen=True, slots=True)
class CheckedClause:
    """A clause that a signature of its part takes with it."""

    id: str
    number: int
    title: str
    worth: int | None
    """0..10 to the viewer's seat; None where the author gave none."""
    red_line: bool


@dataclass(frozen=True, slots=True)
class PartCheck:
    """What a signature of one part would mean to the viewer's seat today. Nobody else is given it."""

    part: str
    title: str
    signatory: bool
    """Whether the viewer's seat is one of those who sign."""
    verdict: str
    """In a sentence: `2 articles would be signed, worth 15 of 20 to you.`"""
    signs: tuple[CheckedClause, ...]
    """The agreed clauses: these are signed with the part."""
    joins: tuple[CheckedClause, ...]
    """The tabled clauses: agreed before the last signature, they are signed with the part."""
    red_lines: tuple[str, ...]
    """Titles of agreed clauses that are red lines of the seat."""
    missing: tuple[str, ...]
    """Sentences: an agreed clause rests on one that is not agreed."""
    excluded: tuple[str, ...]
    """Sentences: what an agreed clause shuts out, or stands against."""
    others: str
    """In a sentence: whose signature stands already and what yours would then do; may be empty."""
    risks: tuple[str, ...] = ()
    """Sentences: what can undo a signature that all have given, with today's values and the chance."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The negotiating table as a document."""

    title: str
    """`Text under negotiation between Yerevan and Baku`."""
    state: str
    """`3 articles tabled, 1 agreed.`"""
    parts: tuple[PartLine, ...]
    checks: tuple[PartCheck, ...]
    """Per part, in order; empty for who has no seat."""
