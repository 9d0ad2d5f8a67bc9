"""words: view-models of the glossary: terms of the game, of the field and of the scenario at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means."""

    word: str
    means: str
    """One or two sentences, or a phrase."""


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that belong together."""

    title: str
    terms: tuple[Term, ...]
