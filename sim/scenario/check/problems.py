"""scenario: problems of one document as they are found, each once, at their place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.errors import Diagnostic, Span
from sim.scenario.reading.document import Document

WARNINGS = ("W", "B", "T", "G2", "V005", "S103", "S104", "S105", "S106")
"""What begins so does not keep a scenario from being played as its author wrote it."""


class Problems:
    """Collects problems of one document, each once, at their place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[tuple[str, str, Span | None], Diagnostic] = {}

    @property
    def found(self) -> list[Diagnostic]:
        """In the order of the file."""
        return sorted(self._found.values(), key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0))

    @property
    def wrong(self) -> bool:
        """Whether there is an error, so that what is unused or never happens may only follow from it."""
        return any(item.severity == "error" for item in self._found.values())

    def report(self, code: str, message: str, place: Iterable[object], advice: str = "") -> None:
        """A problem at a place of the file; the last part may be ("#", start, end) within a text."""
        loc = tuple(place)
        if loc and isinstance(loc[-1], tuple):
            _, start, end = loc[-1]
            span = self.document.within(loc[:-1], start, end)  # type: ignore[arg-type]
        else:
            span = self.document.span(loc)  # type: ignore[arg-type]
        severity = "warning" if code.startswith(WARNINGS) else "error"
        self._found.setdefault((code, message, span), Diagnostic(code, severity, message, span, advice))  # type: ignore[arg-type]

    def note(self, told: Diagnostic) -> None:
        """A problem whose place is known already: one of a file beside the document, or of a part of a text."""
        self._found.setdefault((told.code, told.message, told.span), told)

    def words(self, place: Iterable[object], words: str) -> tuple[object, ...]:
        """The place of some words of a text, or of one text of a list; the whole text if they are not found in it."""
        loc = tuple(place)
        value: Any = self.document.value
        for part in loc:
            value = value.get(part) if isinstance(value, dict) else value[part] if isinstance(value, list) and isinstance(
                part, int) and part < len(value) else None
        for here, text in [(loc, value)] if not isinstance(value, list) else [((*loc, n), v) for n, v in enumerate(value)]:
            if isinstance(text, str) and (at := text.find(words)) >= 0:
                return (*here, ("#", at, at + len(words)))
        return loc
