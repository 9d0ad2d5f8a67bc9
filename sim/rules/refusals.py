"""rules: a player's mistake as data. The text is made at the edge, in `words`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Code = Literal[
    "unknown_move", "not_yours", "closed", "attention", "too_many", "twice", "answered_twice", "not_open", "over",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order cannot be filed."""

    code: Code
    move: str = ""
    """The key of the move it is about."""
    failed: tuple[int, ...] = ()
    """The conditions that do not hold, for `closed`."""
    numbers: dict[str, int] = field(default_factory=dict)
    """`need` and `left` for `attention`, `most` for `too_many`."""
