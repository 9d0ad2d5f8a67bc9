"""tui: a brief's Markdown as lines: headings, paragraphs, bullets, emphasis. More is not used in briefs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual.content import Content

from sim.tui.lines.line import Line, gap, heading, plain

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.words.models import BriefModel

_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1")
_BULLET: Final = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_STYLE: Final = {"**": "bold", "__": "bold", "*": "italic", "_": "italic", "`": "bold"}


def prose_lines(id: str, markdown: str) -> list[Line]:
    """The blocks of a text, a gap between paragraphs."""
    out: list[Line] = []
    for number, block in enumerate(_blocks(markdown)):
        name = f"{id}:{number}"
        if block.startswith("#"):
            out += ([gap(name)] if out else []) + [heading(name, block.lstrip("# "))]
            continue
        found = _BULLET.match(block)
        if found is not None:
            mark = found[0].strip() if found[0].strip()[0].isdigit() else "•"
            out.append(Line(name, emphasised(block[found.end():]), plain(f"{mark} ", "$primary")))
            continue
        if out and not out[-1].heading:
            out.append(gap(name))
        out.append(Line(name, emphasised(block)))
    return out


def emphasised(text: str) -> Content:
    """Inline emphasis; everything else is left as it stands."""
    out, at = Content(""), 0
    for found in _EMPHASIS.finditer(text):
        inside_word = found[1] in ("_", "__") and found.start() and text[found.start() - 1].isalnum()
        if inside_word:
            continue
        out += plain(text[at:found.start()]) + plain(found[2], _STYLE[found[1]])
        at = found.end()
    return out + plain(text[at:])


def _blocks(markdown: str) -> list[str]:
    out: list[str] = []
    open_block = False
    for row in markdown.splitlines():
        text = row.strip()
        if not text:
            open_block = False
        elif text.startswith("#"):
            out.append(text)
            open_block = False
        elif not open_block or _BULLET.match(row):
            out.append(text)
            open_block = True
        else:
            out[-1] += f" {text}"
    return out


def brief_lines(brief: BriefModel) -> list[Line]:
    """The whole brief: public, confidential, goals, red lines."""
    out = [heading("public", "Public"), *prose_lines("public", brief.public)]
    if brief.confidential:
        out += [gap("a"), heading("confidential", "Confidential, for your eyes"),
                *prose_lines("confidential", brief.confidential)]
    if brief.goals:
        out += [gap("b"), heading("goals", "Your goals"), *_items("goal", brief.goals, "◎ ", "$primary")]
    if brief.red_lines:
        out += [gap("c"), heading("red", "Your red lines"), *_items("red", brief.red_lines, "▬ ", "$bad")]
    return out


def _items(id: str, items: tuple[str, ...], mark: str, style: str) -> list[Line]:
    return [Line(f"{id}:{number}", emphasised(item), plain(mark, style)) for number, item in enumerate(items)]
