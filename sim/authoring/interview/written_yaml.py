"""authoring: YAML as a careful person would write it: comments, short things on one line, long texts folded.

What it writes is read back by `sim.scenario.reading.document` as the same value, whatever the texts hold.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 100
APART: Final = 4
"""Lines of an entry from which on it stands apart from its neighbours."""
LONG_ITEM: Final = 24
"""Texts of a list that are longer stand on lines of their own."""
_SIGNS: Final = r"[\w .,;()/%+*<>='’“”–—−?…-]*"
_PLAIN: Final = re.compile(rf"[^\W\d_]{_SIGNS}|[0-9]+ [^\W\d_%*+-]?{_SIGNS}")
_KEPT: Final = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_FLOW: Final = re.compile(r"[,\[\]{}]")
_NUMBER: Final = re.compile(r"[-+]?[0-9.]")


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a comment above its key, and perhaps the heading of a section."""

    value: Any
    note: str = ""
    heading: str = ""


def written(document: Mapping[str, Any], head: str = "") -> str:
    """A whole file; `head` is the comment at its beginning, each of its lines wrapped for itself."""
    lines = [line for paragraph in head.splitlines() for line in _comment(paragraph, "")]
    lines += _block(document, 0)
    return "\n".join(lines) + "\n"


def scalar(value: object, *, inside: bool = False) -> str:
    """One value on one line; `inside` brackets more signs need quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if _bare(text) and not (inside and _FLOW.search(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def _bare(text: str) -> bool:
    """Whether YAML reads the text without quotation marks as the same text, and a person too."""
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _KEPT and text == text.strip() and text[-1] != ":"


def _flow(value: Any) -> str:
    if isinstance(value, Noted):
        return _flow(value.value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k, inside=True)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return scalar(value, inside=True)


def _key(key: object, *, inside: bool = False) -> str:
    text = str(key)
    return text if re.fullmatch(r"[a-z_][a-z0-9_.]*", text) and text not in _KEPT else scalar(text, inside=inside) \
        if not _NUMBER.match(text) else text


def _block(value: Mapping[str, Any], depth: int) -> list[str]:
    out: list[str] = []
    before = 0
    for key, item in value.items():
        lines = list(_entry(key, item, depth))
        # longer entries of a section stand apart
        if depth == 1 and out and max(before, len(lines)) > APART:
            out.append("")
        out += lines
        before = len(lines)
    return out


def _entry(key: str, item: Any, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(item, Noted):
        if depth == 0:
            yield ""
        if item.heading:
            yield f"{pad}# {item.heading} {'-' * max(3, WIDTH - len(pad) - len(item.heading) - 3)}"
        for paragraph in item.note.splitlines():
            yield from _comment(paragraph, pad)
        item = item.value
    lead = f"{pad}{_key(key)}:"
    if isinstance(item, Mapping):
        yield from _mapping(lead, item, depth)
    elif isinstance(item, Sequence) and not isinstance(item, str):
        yield from _sequence(lead, item, depth)
    else:
        yield from _text(lead, item, depth)


def _mapping(lead: str, item: Mapping[str, Any], depth: int) -> Iterator[str]:
    flat = f"{lead} {_flow(item)}"
    if not item or (depth > 0 and len(flat) <= WIDTH and not _noted(item)):
        yield flat
        return
    yield lead
    yield from _block(item, depth + 1)


def _sequence(lead: str, item: Sequence[Any], depth: int) -> Iterator[str]:
    flat = f"{lead} {_flow(item)}"
    if not item or (len(flat) <= WIDTH and not any(isinstance(i, str) and len(i) > LONG_ITEM for i in item)):
        yield flat
        return
    yield lead
    pad = "  " * (depth + 1)
    for one in item:
        flat = f"{pad}- {_flow(one)}"
        if not isinstance(one, Mapping):
            yield f"{pad}- {scalar(one)}" if not isinstance(one, Sequence) or isinstance(one, str) else flat
        elif len(flat) <= WIDTH:
            yield flat
        else:
            inner = _block(one, depth + 2)
            yield f"{pad}- {inner[0].lstrip()}"
            yield from inner[1:]


def _text(lead: str, item: Any, depth: int) -> Iterator[str]:
    flat = f"{lead} {scalar(item)}"
    foldable = isinstance(item, str) and "  " not in item and item == item.strip() and "\n" not in item
    if len(flat) <= WIDTH or not foldable:
        yield flat
        return
    yield f"{lead} >-"
    pad = "  " * (depth + 1)
    yield from textwrap.wrap(item, WIDTH, initial_indent=pad, subsequent_indent=pad, break_long_words=False,
                             break_on_hyphens=False)


def _comment(paragraph: str, pad: str) -> list[str]:
    return textwrap.wrap(paragraph, WIDTH, initial_indent=f"{pad}# ", subsequent_indent=f"{pad}# ", break_long_words=False,
                         break_on_hyphens=False)


def _noted(value: Any) -> bool:
    if isinstance(value, Noted):
        return True
    return isinstance(value, Mapping) and any(_noted(item) for item in value.values())
