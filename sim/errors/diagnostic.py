"""errors: one problem of a file, where it stands, and how it is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]

_WIDEST = 160
_BEFORE_CARET = 60
_MOST_LINES = 30
_AFTER_QUESTION = re.compile(r"(`\? )([a-z])")


@dataclass(frozen=True, slots=True)
class Span:
    """A place on one line of a file.

    Lines and columns count from 1, in characters; `end_column` is exclusive.
    """

    path: str
    line: int
    column: int
    end_column: int


class Edit(NamedTuple):
    """Other words for a place: `text` takes the place of what stands at `span`, on one line.

    Where `text` is None the whole line goes, with its end.
    """

    span: Span
    text: str | None


class Structure(NamedTuple):
    """A change that is more than words: a key added to a map, an entry taken out, a text made a list of one."""

    kind: Literal["add", "remove", "list"]
    path: str
    """The file, as its diagnostics call it."""
    place: tuple[str | int, ...]
    """Where: the map that gets a key, the entry that goes, the text that becomes a list."""
    key: str = ""
    value: str | int | bool = ""


class Fix(NamedTuple):
    """What mends a problem without anybody having to choose: only what is meant beyond doubt has one."""

    title: str
    """What it does, as a sentence without a full stop: "write `tension` instead of `tenson`"."""
    edits: tuple[Edit, ...] = ()
    structure: Structure | None = None

    def as_json(self) -> dict[str, Any]:
        """The fix for other programs; lines and columns count from 1, the end column is exclusive."""
        out: dict[str, Any] = {"title": self.title, "edits": [
            {"path": e.span.path, "line": e.span.line, "column": e.span.column, "end_column": e.span.end_column,
             "text": e.text} for e in self.edits]}
        if self.structure is not None:
            it = self.structure
            out["structure"] = {"kind": it.kind, "path": it.path, "place": list(it.place), "key": it.key,
                                "value": it.value}
        return out


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; of two that touch the same place the first counts."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    places = sorted({(starts[e.span.line - 1] + e.span.column - 1, starts[e.span.line - 1] + e.span.end_column - 1, e.text)
                     if e.text is not None else (starts[e.span.line - 1], min(starts[e.span.line], len(text)), "")
                     for e in edits})
    out: list[str] = []
    at = 0
    for start, end, words in places:
        if start >= at:
            out += [text[at:start], words]
            at = end
    return "".join([*out, text[at:]])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem of an author's file in plain words, with a code and, if possible, a next step (`help`)."""

    code: str
    severity: Severity
    message: str
    span: Span | None
    help: str = ""
    fix: Fix | None = None
    also: tuple[Span, ...] = ()
    """Other places with the same problem, or that this one is about, in the order of the file."""
    hidden: int = 0
    """How many other problems come from this one and are not told."""

    @property
    def advice(self) -> str:
        """The help as it is shown: what follows a question begins with a capital letter."""
        return _AFTER_QUESTION.sub(lambda found: found[1] + found[2].upper(), self.help.strip())

    def render(self, source_line: str | None) -> str:
        """The problem as a few lines of text with a caret under the place.

        `source_line` is the line the span points at, or None to leave it out. Control characters are
        replaced and long lines cut, so that a hostile file cannot disturb the terminal.
        """
        head = f"{self.severity}[{self.code}]: {_plain(self.message)}"
        advice = _plain(self.advice)
        tail = f"= help: {advice}" if advice else ""
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
        others = tuple(s for s in self.also if (s.path, s.line) != (self.span.path, self.span.line))
        if others:
            out.append(f"{gutter} = also at {_listed(self.span.path, others)}")
        elif self.also:
            out.append(f"{gutter} = also further along this line")
        if self.hidden:
            what = "1 other problem comes" if self.hidden == 1 else f"{self.hidden} other problems come"
            out.append(f"{gutter} = {what} from this one and {'is' if self.hidden == 1 else 'are'} left out")
        return "\n".join(out)

    def as_json(self) -> dict[str, Any]:
        """The problem for other programs; the keys are stable, a missing place or fix is null."""
        span = self.span
        return {
            "code": self.code,
            "severity": self.severity,
            "path": span.path if span else None,
            "line": span.line if span else None,
            "column": span.column if span else None,
            "end_column": span.end_column if span else None,
            "message": self.message,
            "help": self.advice,
            "also": [{"path": s.path, "line": s.line, "column": s.column, "end_column": s.end_column}
                     for s in self.also],
            "hidden": self.hidden,
            "fix": self.fix.as_json() if self.fix else None,
        }


def _listed(path: str, also: tuple[Span, ...]) -> str:
    """`lines 12, 40 and 77`, each line once; lines of another file with its name."""
    files: dict[str, list[int]] = {}
    for span in also:
        lines = files.setdefault(span.path, [])
        if span.line not in lines:
            lines.append(span.line)
    said: list[str] = []
    for name, lines in files.items():
        shown = [str(n) for n in lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            shown.append(f"{len(lines) - _MOST_LINES} more")
        last = shown.pop()
        told = f"{', '.join(shown)} and {last}" if shown else last
        of = "" if name == path else f" of {_plain(name)}"
        said.append(f"{'line' if len(lines) == 1 else 'lines'} {told}{of}")
    return "; ".join(said)


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
