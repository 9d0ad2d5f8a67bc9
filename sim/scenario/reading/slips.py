"""scenario: slips of the hand that can be mended without asking, as fixes: tabs, quotation marks, foreign signs, repeats.

A fix is given only where nothing else can have been meant. What merely might be meant stays advice.
"""

from __future__ import annotations

import re
from typing import Final

from sim.errors import Diagnostic, Edit, Fix, Span, Structure
from sim.scenario.reading.events import Loc
from sim.scenario.reading.rows import column_of, row_at

_SIGNS: Final = {"===": "==", "=>": ">=", "=<": "<=", "<>": "!=", "&&": "and", "||": "or", "&": "and", "|": "or",
                 "≥": ">=", "≤": "<=", "≠": "!=", "−": "-", "–": "-", "×": "*", "!": "not", "~": "not"}
_KEYWORDS: Final = ("True", "False", "AND", "OR", "NOT", "IS")
_QUOTES: Final = ("'", '"')
_QUOTABLE: Final = "@`%*&?"
_STEP: Final = 2
_OPENS: Final = re.compile(r":\s*(?:#.*)?$")
_VALUE: Final = re.compile(r"[ ]*(?:- +)*(?:[A-Za-z_][\w.-]*: +)?")


# -- of the reader


def tabs(path: str, text: str) -> Fix:
    """Two spaces for each tab that indents, or as many as put its lines beside their brothers; one for any other tab."""
    edits: list[Edit] = []
    lines = text.split("\n")
    said = "two for each step inwards"
    wide, until = _STEP, 0
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" \t"))
        if "\t" in line[:indent] and number >= until:
            until = next((n for n in range(number, len(lines)) if lines[n].strip() and "\t" not in lines[n][:column_of(lines[n])]), len(lines))
            wide = _width(lines, number, until)
            said = said if wide == _STEP else "as many as the lines beside have"
        edits += [Edit(Span(path, number + 1, at + 1, at + 2), " " * wide if at < indent else " ")
                  for at, char in enumerate(line) if char == "\t"]
    return Fix(f"write spaces instead of tabs, {said}", tuple(edits))


def _width(lines: list[str], first: int, until: int) -> int:
    """How many spaces a tab stands for, two or four or eight, as the lines above and below tell that have none."""
    above = next((line for line in reversed(lines[:first]) if _says(line)), "")
    below = next((line for line in lines[until:] if _says(line)), "")
    tabbed = [line for line in lines[first:until] if _says(line)]
    if not above or not tabbed:
        return _STEP

    def fits(wide: int) -> float:
        columns = [len(line[:column_of(line)].replace("\t", " " * wide)) for line in tabbed]
        opens = _OPENS.search(above) is not None
        begins = columns[0] == column_of(above) + (_STEP if opens else 0)
        # the line below is a brother of the last, stands further out, or stands below it
        ends = column_of(below) in columns or column_of(below) <= min(columns) - _STEP or \
            (_OPENS.search(tabbed[-1]) is not None and column_of(below) == columns[-1] + _STEP)
        return 2 * begins + ends + (not opens and columns[0] < column_of(above)) / 2

    return max((_STEP, 2 * _STEP, 4 * _STEP), key=fits)


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def prose(path: str, text: str, at: int) -> Fix | None:
    """Quotation marks around the one-line text behind a key or a dash in which `at` stands; None if it may be no prose."""
    row = row_at(text, at)
    line = row.said
    begin = _VALUE.match(line)
    start = begin.end() if begin else 0
    said = line[start:].rstrip()
    below = _line_below(text, row.end)
    indent = len(line) - len(line.lstrip())
    if not said or said[0] in "\"'|>" or at < row.start + start or '"' in said or "\\" in said or " #" in said:
        return None
    if below is not None and len(below) - len(below.lstrip()) > indent:
        return None  # the text, or a map, goes on below
    before = said[:at - row.start - start]
    if said[0] not in _QUOTABLE + "[{" and len(before.split()) < 2:
        return None  # `a: b: c` may be two keys on one line
    return Fix("put the text in quotation marks", (Edit(row.span(path, start, start + len(said)), f'"{said}"'),))


def straight(path: str, text: str, at: int) -> Fix | None:
    """Straight quotation marks for the only pair of typographic ones on a line."""
    row = row_at(text, at)
    marks = [n for n, char in enumerate(row.said) if char in "“”„"]
    if len(marks) != 2 or '"' in row.said or "\\" in row.said:
        return None
    return Fix("write straight quotation marks", tuple(Edit(row.span(path, n, n + 1), '"') for n in marks))


def repeated(path: str, text: str, key: tuple[int, int], value: tuple[int, int]) -> Fix | None:
    """The second of two equal entries goes: its line, or its part of the line."""
    row = row_at(text, key[0])
    if value[1] > row.end:
        return None
    what = f"take out the second `{text[slice(*key)]}`, which says the same"
    before, behind = row.said[:key[0] - row.start], row.said[value[1] - row.start:]
    if not before.strip() and not behind.strip():
        return Fix(what, (Edit(row.span(path, 0, len(row.said)), None),))
    if not before.rstrip().endswith(","):
        return None
    return Fix(what, (Edit(row.span(path, len(before.rstrip()) - 1, value[1] - row.start), ""),))


def merged(path: str, text: str, first: int, second: int) -> Fix | None:
    """The lines below one key moved behind those below another, whose own line goes; both by the offset of their keys."""
    lines = text.split("\n")
    there, here = (_below(lines, text.count("\n", 0, at)) for at in (first, second))
    if not there or not here or column_of(lines[there[0]]) != column_of(lines[here[0]]):
        return None
    number, last = here[0] - 1, lines[there[-1]]
    if not re.fullmatch(r" *[\w.-]+: *(#.*)?", lines[number]):
        return None
    body = "".join("\n" + lines[n] for n in here)
    gone = [Edit(Span(path, n + 1, 1, len(lines[n]) + 1), None) for n in (number, *here)]
    place = Span(path, there[-1] + 1, len(last) + 1, len(last) + 1)
    return Fix(f"put the entries of line {number + 1} below those of line {text.count(chr(10), 0, first) + 1}",
               (Edit(place, body), *gone))


def wrapped(path: str, text: str, at: int) -> Fix | None:
    """Curly brackets around `key: {…}` that stands behind another key on one line."""
    row = row_at(text, at)
    found = re.fullmatch(r" *(?:- +)*[A-Za-z_][\w.-]*: +([A-Za-z_]\w*: +\{[^{}#\"']*\}) *", row.said)
    if found is None:
        return None
    return Fix("put curly brackets around both", (Edit(row.span(path, *found.span(1)), f"{{{found[1]}}}"),))


def _below(lines: list[str], number: int) -> list[int]:
    """The lines that stand further in than the key of one line, down to the last that says something."""
    column, found = column_of(lines[number]), []
    for n in range(number + 1, len(lines)):
        if lines[n].strip():
            if column_of(lines[n]) <= column:
                break
            found = list(range(number + 1, n + 1))
    return found


def _line_below(text: str, end: int) -> str | None:
    """The next line that says something, below the one that ends here."""
    return next((line for line in text[end + 1:].split("\n", 20)[:20] if line.strip() and not line.lstrip().startswith("#")),
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
        case "G013" if "no comparison" in told.message:
            meant = re.fullmatch(r"write `([^`]+)`", told.help)
            return _instead(span, line, meant[1], word) if meant else None
        case "G011" | "G015":
            meant = re.match(r"write `([^`]+)`$", told.help)
            return _instead(span, line, meant[1], word) if meant and "…" not in meant[1] else None
        case "G007":
            quoted = re.match(r"(['\"])([\w.]+)\1", line[start:])
            if quoted and "''" not in line and not re.search(r"\\", line):
                whole = Span(span.path, span.line, span.column, span.column + quoted.end())
                return Fix(f"write `{quoted[2]}` without quotation marks", (Edit(whole, quoted[2]),))
        case "E001" if re.fullmatch(r"[–—−]\s*\d+", word):
            return _instead(span, line, f"-{word[1:].strip()}", word)
        case "E001":
            meant = re.search(r"write `(true|false|-?\d+\.\.-?\d+)`$", told.help)
            marked = line[start - 1:start] in _QUOTES and line[start - 1:start] == line[end:end + 1] != ""
            whole = Span(span.path, span.line, span.column - marked, span.end_column + marked)
            return Fix(f"write `{meant[1]}` instead of `{line[start - marked:end + marked]}`", (Edit(whole, meant[1]),)) if meant else None
        case "G105" if "is a flag" in told.message and re.match(r"[\w.]+\s*\W", word):
            meant = re.fullmatch(r"write `([^`]+)`", told.help)
            return _instead(span, line, meant[1], word) if meant else None
        case "R050" if told.help.endswith("write `otherwise: true`"):
            return _instead(span, line, "true", word) if word.lower() in ("no", "false", "off") else None
        case "X002" if "not how" in told.message:
            meant = re.match(r"write `([^`]+)`$", told.help)
            return _instead(span, line, meant[1], word) if meant else None
        case "R001":
            meant = re.match(r"several are written as a list: `([^`]+)`$", told.help)
            if not meant or f"`{word}`" not in told.message:
                return None
            marked = line[start - 1:start] in _QUOTES and line[start - 1:start] == line[end:end + 1] != ""
            return Fix(f"write `{meant[1]}` instead of `{word}`",
                       (Edit(Span(span.path, span.line, span.column - marked, span.end_column + marked), meant[1]),))
        case "E022":
            turned = re.fullmatch(r"\s*([-+]?\d+)(\s*\.\.\s*)([-+]?\d+)\s*", word)
            if turned:
                return _instead(span, line, f"{turned[3]}{turned[2]}{turned[1]}", word)
        case "C002" if (one := re.search(r"write `(\d{4}-\d\d-\d\d)`$", told.help)) and not re.match(r"[\"']?\d{4}", word):
            marks = word[0] if word[:1] in _QUOTES and word[:1] == word[-1:] else ""
            return _instead(span, line, f"{marks}{one[1]}{marks}", word)
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
