"""scenario: the words that one scenario's conditions may use."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Vocabulary:
    """What exists in one scenario, by id; no id may stand in two of these, nor be `actor` or `target`."""

    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Tracks and other whole numbers (`round`, `day`), with their least and greatest value."""
    statuses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """`phase`, provisions, clauses: whatever stands at exactly one of several words."""
    flags: set[str] = field(default_factory=set)
    """Whatever is yes or no."""
    defines: dict[str, str] = field(default_factory=dict)
    """Conditions with a name of their own; they may use each other, not in a circle."""
    moves: set[str] = field(default_factory=set)
    """What `played( )` may ask for."""
    actors: set[str] = field(default_factory=set)
    """What `actor is` and `target is` may be followed by."""
