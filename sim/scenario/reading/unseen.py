"""scenario: spaces that only look like spaces, as word processors set them, where YAML takes them for letters.

In prose they may stay: a figure and its unit stay together by them. In the indentation, around a key, in a name or a
condition they make a file unreadable in a way that nobody can see.
"""

from __future__ import annotations

import re
from typing import Final

from sim.errors import Edit, Fix
from sim.scenario.reading.rows import row_at
from sim.scenario.reading.trouble import Trouble

_WIDE: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NARROW: Final = "\u00ad\u200b-\u200d\u2060"
_ANY: Final = re.compile(f"[{_WIDE}{_NARROW}]")
_SPACE: Final = re.compile(f"[{_WIDE}]")
_NAMES: Final = {"\u00a0": "a non-breaking space", "\u202f": "a narrow non-breaking space", "\u2007": "a figure space",
                 "\u00ad": "a soft hyphen"}
_LEAD: Final = re.compile(rf"[ {_WIDE}{_NARROW}]*(?:-[ {_WIDE}]+)*")
_KEY: Final = re.compile(rf"[\w.{_WIDE}{_NARROW} ]+:(?=[ {_WIDE}{_NARROW}]|$)[ {_WIDE}{_NARROW}]*")
_INSIDE: Final = re.compile(rf"[{{\[,][ {_WIDE}{_NARROW}]*[\w.]+[ {_WIDE}{_NARROW}]*:[ {_WIDE}{_NARROW}]+")
_VALUE: Final = re.compile(rf"([A-Za-z_][\w.]*)[ {_WIDE}{_NARROW}]*:[ {_WIDE}{_NARROW}]")
_BARE: Final = frozenset((
    "when", "room", "sign_when", "reopened_when", "score", "weekly", "by", "to", "opens", "tier", "group", "step", "start", "min",
    "max", "rounds", "seen", "change", "set", "raise", "toward", "of", "cost", "weight", "better", "from", "except", "binds",
    "status", "otherwise", "code", "id", "format", "attention", "brief", "per", "times", "drift", "penalty", "human_cost", "stage"))
"""Keys behind which no prose stands."""
_SIGN: Final = re.compile(r"[<>=!]=?|\b(?:and|or|not|is)\b")
_OPENS_TEXT: Final = re.compile(r"[|>][-+0-9]*\s*$")


def places(text: str) -> list[int]:
    """The offsets of such characters outside prose, in the order of the file."""
    if text.isascii() or _ANY.search(text) is None:
        return []
    out: list[int] = []
    start = 0
    inside = -1
    for line in text.split("\n"):
        lead = _LEAD.match(line)
        column = lead.end() if lead else 0
        # the lines of a text below `|` begin with spaces and are prose behind them
        inside = -1 if line.strip() and column <= inside else inside
        if _ANY.search(line):
            block = inside >= 0
            out += [start + found.start() for found in _ANY.finditer(line)
                    if found.start() < column or (not block and not _prose(line, column, found.start()))]
        if inside < 0 and _OPENS_TEXT.search(line):
            inside = column
        start += len(line) + 1
    return out


def _prose(line: str, column: int, at: int) -> bool:
    """Whether a place of a line is within a text that people read, or in a comment."""
    comment = line.find(" #")
    if line[column:column + 1] == "#" or 0 <= comment < at:
        return True
    key = _KEY.match(line, column)
    if key is not None and at < key.end():
        return False
    if any(found.start() < at < found.end() for found in _INSIDE.finditer(line)):
        return False
    named = [found[1] for found in _VALUE.finditer(line, column) if found.end() <= at]
    if line[at + 1:at + 2] == "%":
        return True
    if named:
        return named[-1] not in _BARE
    return _SIGN.search(line) is None and line[at:].strip() != ""


def trouble(text: str, found: list[int]) -> Trouble:
    """What is said of them: at the first, with their number."""
    sign = text[found[0]]
    kind = _NAMES.get(sign, "a space of no width" if not _SPACE.match(sign) else "a space of another kind")
    message = f"{kind} from a word processor stands here, which looks like {'a' if _SPACE.match(sign) else 'no'} space and is no space"
    if not _SPACE.match(sign):
        message = f"{kind} from a word processor stands here, which nobody can see"
    if len(found) > 1:
        message += f"; the file has {len(found)} such signs outside its texts"
    return Trouble("Y021", message, found[0], found[0] + 1, "type the space anew, in the editor in which the file is written"
                   if _SPACE.match(sign) else "delete it")


def plain(text: str, found: list[int]) -> str:
    """The text with a space for each of them that looks like one."""
    out = list(text)
    for at in found:
        if _SPACE.match(out[at]):
            out[at] = " "
    return "".join(out)


def replaced(path: str, text: str, found: list[int]) -> Fix:
    """A space for each that looks like one, nothing for what nobody can see."""
    edits: list[Edit] = []
    for at in found:
        row = row_at(text, at)
        edits.append(Edit(row.span(path, at - row.start, at - row.start + 1), " " if _SPACE.match(text[at]) else ""))
    return Fix("write plain spaces outside the texts" if any(e.text for e in edits) else "take out what nobody can see", tuple(edits))
