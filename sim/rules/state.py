"""rules: what a match is at one instant, and what happened between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class State:
    """One instant of a match."""

    seed: int
    round: int
    """0 before the first round opens, then from 1."""
    open: bool
    """Whether orders can be filed."""
    values: tuple[int, ...]
    ending: str = ""
    """The ending reached, or empty."""


class Event(NamedTuple):
    """A fact that the rules produced; replay folds events and asks no rule."""

    kind: Literal["opened", "rule", "move", "overtaken", "control", "closed", "ended", "unseen"]
    """`unseen` stands in a redacted log alone: what somebody did out of sight, by what it changed in sight."""
    round: int
    id: str
    """A move key, a rule id, an ending id; a headline for a control event."""
    branch: int = -1
    """Position in the move's table of branches; -1 where there are none."""
    roll: int = -1
    """The sixteen bits that decided, 0..65,535; -1 where no die was needed."""
    changes: tuple[tuple[int, int, int], ...] = ()
    """Variable, value before, value after."""
    seen: tuple[str, ...] = ()
    """The seats that read a control event; empty where everybody does."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What one seat files in a round: move keys, answers among them, in the order of filing."""

    moves: tuple[str, ...] = ()
