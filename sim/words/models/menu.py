"""words: view-models of what a seat can do: moves, likely effects, questions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sim.words.models.situation import Direction


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
    target: str = ""
    """The capital it is addressed to, or empty. Moves of one id and group differ by it alone."""
    red_line: bool = False
    """It tables, agrees to or signs a clause that is one of the seat's own red lines."""


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
    said: bool = False
    """The seat has said yes to it before, by an answer or by tabling it: nothing waits for it, but it may take that back."""

    @property
    def shown(self) -> tuple[MenuItem, ...]:
        """The answers to list: all of them, or what is still open to a seat that has said yes."""
        return tuple(answer for answer in self.answers if answer.legal) if self.said else self.answers

    def waits(self, filed: Collection[str]) -> bool:
        """Whether it still wants an answer beside the orders and answers that are filed."""
        return not self.said and not any(answer.key in filed for answer in self.answers)


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
