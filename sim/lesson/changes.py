"""lesson: what listeners are told: that something changed, for whom, never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["stage", "clock", "people", "presence", "seat", "sheet", "filed", "round", "undone", "message", "paper",
                     "tray", "note", "trouble"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that screens may have to be drawn again for. The facilitator's is concerned by every one."""

    kind: ChangeKind
    table: int = 0
    """0 for all."""
    seats: frozenset[str] | None = None
    """The seats concerned; None for everybody at the table, observers too; empty for the facilitator alone."""
    who: frozenset[str] | None = None
    """The people concerned, where it is fewer than the seats say."""
    id: str = ""
    """Of a message, a paper, an inject."""
