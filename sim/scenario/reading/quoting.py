"""scenario: a text that needs quotation marks, found where it begins and ends, also between curly brackets.

Inside `{ }` a comma, a bracket or a second colon ends a text that has no quotation marks. Where such a text was meant to
end is told by the keys beside it and the brackets around it.
"""

from __future__ import annotations

import re
from typing import Final

from sim.errors import Edit, Fix
from sim.scenario.reading.rows import row_at

_NEXT: Final = re.compile(r",\s*[A-Za-z_][\w.]*:(?=\s)")
"""`, title: `, which begins the next entry."""
_FIRST: Final = re.compile(r"(?:[{,]|^)\s*[A-Za-z_][\w.]*:\s+(?=\S)")
"""Where an entry begins; the curly bracket may stand on a line above."""
_KEY: Final = re.compile(r"[ ]*(?:- +)*(?:[A-Za-z_][\w.-]*: +)?")
_PAIRS: Final = {"}": "{", "]": "["}


def in_marks(text: str) -> str:
    """The text in quotation marks, so that YAML reads it as it stands."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def remade(said: str) -> str:
    """What an author has written, in quotation marks that hold it; marks that stood around the whole of it are none of its own."""
    return in_marks(_inside(said))


def _inside(said: str) -> str:
    """What stands between the first and the last mark, if these are a pair; `"Never," says the "South"` has no such pair."""
    mark = said[:1]
    if len(said) < 2 or mark not in "\"'" or said[-1] != mark:
        return said
    inner = said[1:-1]
    if mark * 2 in inner:
        return inner.replace(mark * 2, mark)  # as it is done in tables
    opened = False
    for found in re.finditer(mark, inner):
        before, behind = inner[:found.start()][-1:], inner[found.end():][:1]
        if before.isalnum() and (behind.isalnum() or (mark == "'" and not opened)):
            continue  # an apostrophe
        begins = not before.strip() or before in "([{-–—"
        if begins == opened:
            return said
        opened = begins
    return said if opened else inner


def in_braces(line: str, at: int) -> tuple[int, int] | None:
    """From where to where the text without quotation marks goes that is cut at `at`, a place between curly brackets.

    None where `at` stands in no such text, or where it ends is not sure.
    """
    begins = [found.end() for found in _FIRST.finditer(line) if found.end() <= at + 1 and not in_text(line, found.start())]
    if not begins:
        return None
    start = begins[-1]
    if (line[start] in "\"'" and not 0 < line.find(line[start], start + 1) < at) or (line[start] in "{[" and not re.match(r"\{[a-z_]+\}", line[start:])):
        return None
    following = next((found.start() for found in _NEXT.finditer(line, start) if found.start() >= at), None)
    said = line[start:following].rstrip()
    ends = following is not None or said.endswith(",")
    said = said.rstrip(",").rstrip()
    closing = sum(said.count(sign) for sign in "}]") - sum(said.count(sign) for sign in "{[")
    for _ in range(closing):
        if said[-1:] not in _PAIRS:
            return None
        said = said[:-1].rstrip()
    # brackets of the lines above may be closed here too; a text that nothing ends may go on below
    sure = following is not None or (closing >= len(opened(line, start)) and (ends or closing > 0))
    if closing < 0 or not sure or not start <= at <= start + len(said):
        return None
    return start, start + len(said)


def is_said(line: str, at: int) -> bool:
    """Whether `at` stands in the first words behind a key, in a text without quotation marks."""
    return any(found.end() <= at and not re.search(r"[{}\[\],\"']", line[found.end():at]) for found in _FIRST.finditer(line))


def goes_on(line: str, at: int) -> bool:
    """Whether another entry begins behind an offset: what stands between is then no text that reaches over the end of the line."""
    return _NEXT.search(line, at) is not None


def braced(path: str, text: str, at: int) -> tuple[Fix, str] | None:
    """Quotation marks around the text between curly brackets that is cut at an offset, and the text with them."""
    row = row_at(text, at)
    place = in_braces(row.said, at - row.start)
    if place is None:
        return None
    meant = remade(row.said[slice(*place)])
    return Fix("put the text in quotation marks", (Edit(row.span(path, *place), meant),)), meant


def remarked(path: str, text: str, at: int) -> tuple[Fix, str] | None:
    """Other quotation marks around the whole text of a line whose own close too early, and the text with them."""
    row = row_at(text, at)
    line = row.said
    begin = _KEY.match(line)
    start = begin.end() if begin else 0
    said = line[start:].rstrip()
    below = text[row.end + 1:row.end + 200].split("\n", 1)[0]
    if begin is None or not said or said[0] not in "\"'" or " #" in said or (below.strip() and below.startswith(
            " " * (len(line) - len(line.lstrip()) + 1))):
        return None
    meant = remade(said)
    return Fix("put the whole text in other quotation marks", (Edit(row.span(path, start, start + len(said)), meant),)), meant


def opened(line: str, stop: int) -> list[str]:
    """The brackets that are open before an offset; those within a text count for nothing."""
    out: list[str] = []
    at = 0
    while at < stop:
        char = line[at]
        before = line[:at].rstrip()[-1:]
        if char in "\"'" and before in (":", ",", "{", "["):
            end = line.find(char, at + 1)
            at = len(line) if end < 0 else end
        elif char in "{[" and before in (":", ",", "{", "[", "-", ""):
            out.append(char)
        elif char in _PAIRS and out and out[-1] == _PAIRS[char]:
            out.pop()
        at += 1
    return out


def in_text(line: str, at: int) -> bool:
    """Whether an offset stands in a text in quotation marks."""
    mark = ""
    for n, char in enumerate(line[:at]):
        if mark:
            mark = "" if char == mark else mark
        elif char in "\"'" and line[:n].rstrip()[-1:] in (":", ",", "{", "["):
            mark = char
    return bool(mark)
