"""scenario: items of a list that stand too far in, so that YAML takes them for more of the text above.

`- Second` one space deeper than `- First` is no item but the end of the first one's sentence: nothing is refused, and a
question, a condition or a promise is gone. Prose is warned of; where the joined text makes no sense, that is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from sim.errors import Diagnostic, Edit, Fix, Span
from sim.scenario.reading.document import Document, Loc

_ITEM: Final = re.compile(r"( *)- +(?=\S)")
_GLUED: Final = re.compile(r" *-(?=[^\W\d_])")
_DASH: Final = re.compile(r"( *)- +")
_JOINED: Final = ("G01", "G104", "X002")
"""Codes of what two conditions or promises give that are read as one."""
_FEW: Final = 2
"""Items of a list of which all but the first are swallowed, from which on it is the first that is out of line."""


def told(document: Document, loc: Loc, code: Literal["T011", "Y019"]) -> Diagnostic | None:
    """The lines beginning with `- ` that the text at a place without quotation marks goes on over, if there are any."""
    shown = document.text_at(loc)
    if shown[:1] in ("", '"', "'", "|", ">") or "\n" not in shown:
        return None
    span, path = document.span(loc), document.path
    lines = shown.split("\n")
    found = [(n, item) for n, line in enumerate(lines) if n and (item := _ITEM.match(line))]
    if not found:
        return None
    places = [Span(path, span.line + n, len(item[1]) + 1, len(lines[n].rstrip()) + 1) for n, item in found]
    severity: Literal["warning", "error"] = "warning" if code == "T011" else "error"
    above = _first(document, span.line)
    dash = _DASH.fullmatch(above[:span.column - 1]) if isinstance(loc[-1], int) else None
    if dash is None:
        return Diagnostic(code, severity, "this line begins with `- ` but continues the text above", places[0],
                          "a list begins on the line below its key; a text of several lines needs a `|` behind the key",
                          None, tuple(places[1:]))
    columns = {len(item[1]) for _, item in found}
    if len(found) >= _FEW and len(columns) == 1 and loc[-1] == 0 and not document.has((*loc[:-1], 1)):
        column = columns.pop()
        return Diagnostic(code, severity, "this line stands further out than the items below, which therefore continue its text",
                          Span(path, span.line, len(dash[1]) + 1, len(above.rstrip()) + 1), f"begin it {_with(column)}, in the column of the `-` below",
                          Fix(f"begin it {_with(column)}", (Edit(Span(path, span.line, 1, len(dash[1]) + 1), " " * column),)))
    # a dash of prose may have come to the beginning of a line, and goes on in small letters
    sure = code != "T011" or all(not lines[n][item.end()].islower() for n, item in found)
    own = len(dash[1])
    edits = [Edit(Span(path, span.line + n, 1, len(item[1]) + 1), " " * own) for n, item in found]
    return Diagnostic(code, severity, "this line begins with `- ` but continues the text above", places[0],
                      f"begin it {_with(own)}, in the column of the `-` above",
                      Fix(f"begin it {_with(own)}, as an item of the list", tuple(edits)) if sure else None, tuple(places[1:]))


def glued(document: Document, loc: Loc) -> Diagnostic | None:
    """Items typed as `-word`, which make one text together."""
    span = document.span(loc)
    lines = document.text_at(loc).split("\n")
    marks = [(n, found) for n, line in enumerate(lines) if (found := _GLUED.match(line))]
    if not marks or len(marks) < len(lines) or _first(document, span.line)[:span.column - 1].strip():
        return None
    # of the first line the text has no indentation
    ends = [found.end() + (0 if n else span.column - 1) for n, found in marks]
    places = [Span(document.path, span.line + n, end, end + 1) for n, end in enumerate(ends)]
    edits = [Edit(Span(document.path, it.line, it.end_column, it.end_column), " ") for it in places]
    return Diagnostic("Y001", "error", "a space is missing behind this `-`", places[0], "an item of a list begins with `- `, a dash and a space",
                      Fix("put a space behind the dash", tuple(edits)), tuple(places[1:]))


def causes(found: list[Diagnostic], documents: Iterable[Document]) -> list[Diagnostic]:
    """The problems with each error that comes from swallowed items told as that, at the line that continues the text."""
    wrong: Mapping[str, set[int]] = {d.path: {e.span.line for e in found if e.severity == "error" and e.span and e.span.path == d.path}
                                     for d in documents}
    for document in documents:
        for loc in document.running_on() if wrong[document.path] else ():
            first = document.span(loc).line
            last = first + document.text_at(loc).count("\n")
            if wrong[document.path].isdisjoint(range(first, last + 1)):
                continue
            gone = [d for d in found if d.span and d.span.path == document.path and first <= d.span.line <= last]
            # outside lists, what is taken from something may begin its line with a minus
            sure = isinstance(loc[-1], int) or any(d.code.startswith(_JOINED) for d in gone)
            cause = glued(document, loc) or (told(document, loc, "Y019") if sure else None)
            if cause is not None:
                found = [*(d for d in found if d not in gone), cause]
    return found


def _first(document: Document, line: int) -> str:
    return document.text.split("\n")[line - 1]


def _with(column: int) -> str:
    return f"with {column} space{'s' * (column != 1)}" if column else "at the left edge"
