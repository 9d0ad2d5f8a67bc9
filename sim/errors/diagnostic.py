"""errors: one problem of a file, where it stands, and how it is shown."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

_WIDEST = 160
_BEFORE_CARET = 60


@dataclass(frozen=True, slots=True)
class Span:
    """A place on one line of a file.

    Lines and columns count from 1, in characters; `end_column` is exclusive.
    """

    path: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem of an author's file in plain words, with a code and, if possible, a next step (`help`)."""

    code: str
    severity: Severity
    message: str
    span: Span | None
    help: str = ""

    def render(self, source_line: str | None) -> str:
        """The problem as a few lines of text with a caret under the place.

        `source_line` is the line the span points at, or None to leave it out. Control characters are
        replaced and long lines cut, so that a hostile file cannot disturb the terminal.
        """
        head = f"{self.severity}[{self.code}]: {_plain(self.message)}"
        tail = f"= help: {_plain(self.help)}" if self.help else ""
        if self.span is None:
            return f"{head}\n  {tail}" if tail else head
        number = str(self.span.line)
        gutter = " " * len(number)
        out = [head, f"{gutter}--> {_plain(self.span.path)}:{number}:{self.span.column}"]
        if source_line is not None:
            shown, caret = _excerpt(source_line, self.span)
            out += [f"{gutter} |", f"{number} | {shown}", f"{gutter} | {caret}"]
        if tail:
            out.append(f"{gutter} {tail}")
        return "\n".join(out)

    def as_json(self) -> dict[str, str | int | None]:
        """The problem for other programs; the keys are stable, a missing place is null."""
        span = self.span
        return {
            "code": self.code,
            "severity": self.severity,
            "path": span.path if span else None,
            "line": span.line if span else None,
            "column": span.column if span else None,
            "message": self.message,
            "help": self.help,
        }


def _excerpt(line: str, span: Span) -> tuple[str, str]:
    """The part of the line around the span, and the caret line under it."""
    start = span.column - 1
    first = max(0, start - _BEFORE_CARET) if len(line) > _WIDEST else 0
    last = first + _WIDEST
    lead = "…" if first else ""
    end = "…" if last < len(line) else ""
    part = _plain(line[first:last])
    pad = _width(lead) + _width(_plain(line[first:start])) + max(0, start - len(line))
    caret = max(1, _width(_plain(line[start : min(span.end_column - 1, last)])))
    return (lead + part + end).rstrip(), " " * pad + "^" * caret


def _plain(text: str) -> str:
    """The text on one line and without control or direction characters, one character for one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in "\t\n\r" else char if _harmless(char) else "�" for char in text)


def _harmless(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _width(text: str) -> int:
    """How many terminal cells the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
