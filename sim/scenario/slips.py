"""scenario: slips of the hand that can be mended without asking, as fixes: tabs, quotation marks, foreign signs, repeats.

A fix is given only where nothing else can have been meant. What merely might be meant stays advice.
"""

from __future__ import annotations

import re
from typing import Final

from sim.errors import Diagnostic, Edit, Fix, Span, Structure
from sim.scenario.events import Loc

_SIGNS: Final = {"===": "==", "=>": ">=", "=<": "<=", "<>": "!=", "&&": "and", "||": "or", "&": "and", "|": "or",
                 "≥": ">=", "≤": "<=", "≠": "!=", "−": "-", "–": "-", "×": "*", "!": "not", "~": "not"}
_KEYWORDS: Final = ("True", "False", "AND", "OR", "NOT", "IS")
_CONDITION: Final = re.compile(r"(?:when|room|sign_when|reopened_when): +(?=!)")
_QUOTABLE: Final = "@`%*&?"
_VALUE: Final = re.compile(r"[ ]*(?:- +)*(?:[A-Za-z_][\w.-]*: +)?")


# -- of the reader


def tabs(path: str, text: str) -> Fix:
    """Two spaces for each tab that indents, one for any other."""
    edits: list[Edit] = []
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" \t"))
        edits += [Edit(Span(path, number, at + 1, at + 2), "  " if at < indent else " ")
                  for at, char in enumerate(line) if char == "\t"]
    return Fix("write spaces instead of tabs, two for each step inwards", tuple(edits))


def prose(path: str, text: str, at: int) -> Fix | None:
    """Quotation marks around the one-line text behind a key or a dash in which `at` stands; None if it may be no prose."""
    first = text.rfind("\n", 0, at) + 1
    last = text.find("\n", at)
    line = text[first:last if last >= 0 else len(text)]
    begin = _VALUE.match(line)
    start = begin.end() if begin else 0
    said = line[start:].rstrip()
    below = _line_below(text, last)
    indent = len(line) - len(line.lstrip())
    if not said or said[0] in "\"'|>" or at < first + start or '"' in said or "\\" in said or " #" in said:
        return None
    if below is not None and len(below) - len(below.lstrip()) > indent:
        return None  # the text, or a map, goes on below
    before = said[:at - first - start]
    if said[0] not in _QUOTABLE + "[{" and len(before.split()) < 2:
        return None  # `a: b: c` may be two keys on one line
    number = text.count("\n", 0, first) + 1
    span = Span(path, number, start + 1, start + 1 + len(said))
    return Fix("put the text in quotation marks", (Edit(span, f'"{said}"'),))


def straight(path: str, text: str, at: int) -> Fix | None:
    """Straight quotation marks for the only pair of typographic ones on a line."""
    first = text.rfind("\n", 0, at) + 1
    last = text.find("\n", at)
    line = text[first:last if last >= 0 else len(text)]
    marks = [n for n, char in enumerate(line) if char in "“”„"]
    if len(marks) != 2 or '"' in line or "\\" in line:
        return None
    number = text.count("\n", 0, first) + 1
    return Fix("write straight quotation marks", tuple(Edit(Span(path, number, n + 1, n + 2), '"') for n in marks))


def negation(path: str, text: str, at: int) -> Fix | None:
    """`not` for the `!` at the beginning of a condition."""
    first = text.rfind("\n", 0, at) + 1
    behind = text[at + 1:at + 2]
    if not any(m.end() == at - first for m in _CONDITION.finditer(text[first:at + 1])) or not behind.isalpha():
        return None
    number = text.count("\n", 0, first) + 1
    return Fix("write `not` instead of `!`", (Edit(Span(path, number, at - first + 1, at - first + 2), "not "),))


def repeated(path: str, text: str, key: tuple[int, int], value: tuple[int, int]) -> Fix | None:
    """The second of two equal entries goes: its line, or its part of the line."""
    first = text.rfind("\n", 0, key[0]) + 1
    last = text.find("\n", value[1])
    line = text[first:last if last >= 0 else len(text)]
    number = text.count("\n", 0, first) + 1
    shown = text[key[0]:key[1]]
    if "\n" in text[key[0]:value[1]]:
        return None
    whole = Span(path, number, 1, len(line) + 1)
    if not line[:key[0] - first].strip() and not line[value[1] - first:].strip():
        return Fix(f"take out the second `{shown}`, which says the same", (Edit(whole, None),))
    before = line[:key[0] - first].rstrip()
    if not before.endswith(","):
        return None
    span = Span(path, number, len(before), value[1] - first + 1)
    return Fix(f"take out the second `{shown}`, which says the same", (Edit(span, ""),))


def _line_below(text: str, at: int) -> str | None:
    """The next line that says something."""
    if at < 0:
        return None
    return next((line for line in text[at + 1:].split("\n", 20)[:20] if line.strip() and not line.lstrip().startswith("#")),
                None)


# -- of conditions, amounts and structure


def slip(told: Diagnostic, line: str) -> Fix | None:
    """The fix of a problem of which the words at its place say enough; `line` is the line it stands on."""
    span = told.span
    if span is None:
        return None
    start, end = span.column - 1, span.end_column - 1
    word = line[start:end]
    match told.code:
        case "G005" if word == "=" and re.match(r"\s*[-+]?\d", line[end:]):
            return _instead(span, line, "==", "=")
        case "G006" if word in _SIGNS:
            return _instead(span, line, _SIGNS[word], word)
        case "G014" if word in _KEYWORDS:
            return _instead(span, line, word.lower(), word)
        case "G011" | "G015":
            meant = re.match(r"write `([^`]+)`$", told.help)
            return _instead(span, line, meant[1], word) if meant and "…" not in meant[1] else None
        case "G007":
            quoted = re.match(r"(['\"])([\w.]+)\1", line[start:])
            if quoted and "''" not in line and not re.search(r"\\", line):
                whole = Span(span.path, span.line, span.column, span.column + quoted.end())
                return Fix(f"write `{quoted[2]}` without quotation marks", (Edit(whole, quoted[2]),))
        case "E022":
            turned = re.fullmatch(r"\s*([-+]?\d+)(\s*\.\.\s*)([-+]?\d+)\s*", word)
            if turned:
                return _instead(span, line, f"{turned[3]}{turned[2]}{turned[1]}", word)
        case "C002":
            date = re.fullmatch(r"([\"']?)(\d{4})[/.](\d\d?)[/.](\d\d?)\1", word)
            if date:
                return _instead(span, line, f"{date[1]}{date[2]}-{date[3]:0>2}-{date[4]:0>2}{date[1]}", word)
    return None


def last_ending(path: str, endings: object, place: Loc) -> Fix | None:
    """`otherwise: true` for a last ending that has no condition, if no ending has it."""
    if not isinstance(endings, dict) or len(place) != 2 or not endings or place[1] != next(reversed(endings)):
        return None
    entries = [it for it in endings.values() if isinstance(it, dict)]
    if any("otherwise" in it for it in entries) or "when" in endings[place[1]]:
        return None
    return Fix(f"add `otherwise: true` to `{place[1]}`", structure=Structure("add", path, place, "otherwise", value=True))


def unused(path: str, place: Loc, name: str) -> Fix:
    """An entry of a list that nothing needs goes."""
    return Fix(f"take `{name}` out", structure=Structure("remove", path, place))


def _instead(span: Span, line: str, new: str, old: str) -> Fix:
    """A sign or word in the place of another, with spaces around it where words would touch."""
    start, end = span.column - 1, span.end_column - 1
    lead = " " if new[0].isalpha() and start and (line[start - 1].isalnum() or line[start - 1] == "_") else ""
    tail = " " if new[-1].isalpha() and end < len(line) and (line[end].isalnum() or line[end] == "_") else ""
    return Fix(f"write `{new}` instead of `{old}`", (Edit(span, lead + new + tail),))
