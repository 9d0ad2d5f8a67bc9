"""scenario: small fixes of one value in a file: another word, quotation marks, a list of one."""

from __future__ import annotations

from sim.errors import Edit, Fix, Span, Structure
from sim.scenario.form.shape import Path


def rename(span: Span, word: str, other: str) -> Fix:
    """Another word in the place of one that stands alone at a span."""
    return Fix(f"write `{other}` instead of `{word}`", (Edit(span, other),))


def quoted(span: Span, shown: str) -> Fix:
    """The same characters in quotation marks, so that they are text."""
    return Fix(f"put `{shown}` in quotation marks", (Edit(span, f'"{shown}"'),))


def listed(file: str, path: Path, given: str, shown: str) -> Fix | None:
    """A text made a list of one."""
    return Fix(f"make a list of `{given}`", structure=Structure("list", file, path)) if shown and "\n" not in shown \
        else None
