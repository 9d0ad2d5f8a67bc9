"""lesson: one act of a lesson, the only thing that is kept: everything else is folded from acts (F5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol


class Act(NamedTuple):
    """Something that was done in a lesson."""

    kind: str
    """`joined`, `proposed`, `sent` …; each part of a lesson folds the kinds it knows."""
    table: int
    """From 1; 0 for the whole lesson."""
    by: str
    """A person's id, `facilitator`, or empty where nobody did it."""
    data: Mapping[str, Any]
    """JSON."""
    round: int = 0
    """The round that was open at the table; 0 for the whole lesson."""
    at: float = 0.0
    """When, in seconds since 1970; for people, no rule reads it."""
    once: str = ""
    """The request number that its person gave."""
    ask: str = ""
    """A hash of what was asked under that number."""
    id: int = 0
    """Its place in the lesson, from 1."""


class Part(Protocol):
    """A part of a lesson that is folded from acts."""

    def fold(self, act: Act) -> None:
        """Take an act up; kinds that are not this part's change nothing."""
        ...
