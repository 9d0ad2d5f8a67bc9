"""authoring: a question of `detente new`: what is asked, what fits as an answer, and how it is explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Answers = Mapping[str, Any]
Kind = Literal["text", "phrase", "sentence", "article", "pair", "names", "some", "one", "whole", "date", "yes", "choice"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be asked."""

    id: str
    ask: str
    help: str
    default: Any
    kind: Kind
    label: str
    """What the summary calls the answer."""
    most: int = 0
    """Characters of a text, items of a list, or the largest number."""
    least: int = 0
    """Words of a text, items of a list, or the smallest number."""
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: each word with what it means. Of `some` and `one`: the names to choose from."""
    example: str = ""
    """Another answer than the default."""
    lead: str = ""
    """How the sentence begins that a phrase goes on with; an answer may repeat it."""
    spelled: bool = False
    """Whether an id is made of the answer."""
    optional: bool = False
    """Whether `none` is an answer."""
    unlike: tuple[str, ...] = ()
    """What it must not be called: the others have it already."""
    own: bool = False
    """Whether `default` is what was answered before, and not a suggestion."""


def joined(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
