"""scenario: a brief's two parts, the one that everybody reads and the one for the seat alone.

What stands under `# Public` is public, and nothing else is. A line that only looks like the heading of the confidential
part ends the public one all the same: a secret that is printed for the class cannot be taken back, a public sentence
that is missing there can be added.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

_HEADING: Final = re.compile(r"#+[ \t]*(Public|Confidential)[ \t]*#*", re.IGNORECASE)
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|<[^<>\n]{0,20}>")
"""Characters that nobody sees, and the tags of web pages."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_SECRET: Final = frozenset(("secret", "secrets", "private", "privately", "classified", "restricted"))
_WRITTEN: Final = frozenset(("confidential", "secret", "private"))
_FOR_ONE: Final = r"\beyes only\b|\b(?:not|non)[ -]?public\b|\bfor (?:you|your|this)\b|\bonly (?:for )?you\b"
_MARK: Final = r"\*\*|__|[:：]"
_FIRST: Final = 80
"""Characters of a line in which a heading would stand."""
_LEAD: Final = 4
"""Words before a colon that may be a heading."""
_ALONE: Final = 3
"""Words of a line that may be a heading without a sign."""
_ENDS: Final = (".", "!", "?", ",", ";", "…")


class Doubt(NamedTuple):
    """A line that resembles a heading and is none."""

    start: int
    """Offset of its first visible character in the brief."""
    end: int
    meant: Literal["Confidential", "Public"]
    alone: bool
    """Whether it says nothing but that one word, so that the heading can take its place."""


class Parts(NamedTuple):
    """A brief as it is read."""

    public: tuple[str, ...]
    confidential: tuple[str, ...]
    """Pieces of markdown, without the headings."""
    doubts: tuple[Doubt, ...]
    headed: frozenset[str]
    """Which of `public` and `confidential` have their heading."""
    other: int | None
    """Offset of the heading of something else that ends the public part, where no confidential one has a heading."""
    first: int
    """Offset of the heading of the public part, or 0."""


@lru_cache(maxsize=64)
def parts(text: str) -> Parts:
    """The parts of a brief; what stands under no heading, or in doubt, is confidential."""
    lines = list(_lines(text))
    kinds = [_heading(line) for _, line in lines]
    closed = "confidential" in kinds
    pieces: list[tuple[bool, list[str]]] = [(False, [])]
    doubts: list[Doubt] = []
    other, first, depth = None, 0, 1
    for n, (at, line) in enumerate(lines):
        shown = line.strip()
        start = at + len(line) - len(line.lstrip())
        public = pieces[-1][0]
        if kinds[n]:
            pieces.append((kinds[n] == "public", []))
            if kinds[n] == "public" and "public" not in kinds[:n]:
                first, depth = start, len(shown) - len(shown.lstrip("#"))
            continue
        if public and _confidential(shown, n == 0 or not lines[n - 1][1].strip() or bool(kinds[n - 1])):
            doubts.append(Doubt(start, start + len(shown), "Confidential", _bare(shown) in _WRITTEN or _near(_bare(shown))))
            pieces.append((False, []))
            closed = True
        elif not public and _bare(shown) == "public" and "public" not in kinds:
            doubts.append(Doubt(start, start + len(shown), "Public", True))
        elif public and not closed and shown.startswith("#") and 0 < len(shown) - len(shown.lstrip("#")) <= depth:
            other = start
            closed = True
            pieces.append((False, []))
        pieces[-1][1].append(line)
    found = [(public, "\n".join(body)) for public, body in pieces]
    return Parts(tuple(body for public, body in found if public), tuple(body for public, body in found if not public),
                 tuple(doubts), frozenset(kind for kind in kinds if kind), other, first)


def _lines(text: str) -> list[tuple[int, str]]:
    out, at = [], 0
    for line in text.split("\n"):
        out.append((at, line))
        at += len(line) + 1
    return out


def _heading(line: str) -> str:
    """`public` or `confidential` where a line is that heading, in small letters or large; empty if it is neither."""
    if "#" not in line:
        return ""
    found = _HEADING.fullmatch(_UNSEEN.sub("", line).replace("\u00a0", " ").strip())
    return found[1].lower() if found else ""


def _bare(line: str) -> str:
    """The letters of a line of one word, in small ones; empty if it has more."""
    words = _WORD.findall(_UNSEEN.sub("", line))
    return words[0].lower() if len(words) == 1 else ""


def _near(word: str) -> bool:
    return word.startswith("confid") and len(word) < len("confidentially")


def _secret(word: str) -> bool:
    low = word.lower()
    if low in _SECRET or low.startswith(("confid", "vertraulich")):
        return low not in ("confidence", "confident", "confidently")
    if low[:1] not in "csp" or len(low) < 5:
        return False
    from sim.errors.suggestion import one_slip

    return any(one_slip(low, meant) for meant in _WRITTEN)


def _confidential(line: str, begins: bool) -> bool:
    """Whether a line looks like the heading of the confidential part; `begins`: nothing stands right above it."""
    line = _UNSEEN.sub("", line) if "<" in line or not line.isascii() else line
    words = _WORD.findall(line[:_FIRST])
    if not words:
        return False
    if line.startswith("#"):
        return any(map(_secret, words)) or re.search(_FOR_ONE, line.lower()) is not None
    marked = not line[0].isalnum()
    inner = line.lstrip("*_-–—=>+[(•· \t")
    if (mark := re.search(_MARK, inner[:_FIRST])) and (marked or mark[0] in ":："):
        head = _WORD.findall(inner[:mark.start()])
        last = not inner[mark.end():].strip("*_ \t")
        if 0 < len(head) <= _LEAD and any(map(_secret, head if last else (head[0], head[-1]))):
            return True
    return (begins or marked) and len(line) <= _FIRST and len(words) <= _ALONE and not line.rstrip("*_)] ").endswith(_ENDS) \
        and (_secret(words[0]) or _secret(words[-1]))
