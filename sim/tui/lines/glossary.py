"""tui: the glossary as lines: the word at the left, what it means beside it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.tui.lines.line import Line, gap, heading, plain
from sim.tui.widgets.filter_line import has_words
from sim.words.models import TermGroup

_WIDEST = 26


def glossary_lines(groups: Sequence[TermGroup], typed: str = "") -> list[Line]:
    """The terms that fit what was typed, under the titles of their groups."""
    out: list[Line] = []
    for number, group in enumerate(groups):
        found = [term for term in group.terms if not typed or has_words(f"{term.word} {term.means} {group.title}", typed)]
        if not found:
            continue
        wide = min(_WIDEST, max(len(term.word) for term in group.terms))
        out += ([gap(str(number))] if out else []) + [heading(str(number), group.title)]
        for term in found:
            word = plain(term.word, "bold $primary").truncate(wide, ellipsis=True).extend_right(wide - min(wide, len(term.word)))
            out.append(Line(f"term:{number}:{term.word}", plain(term.means), word + plain("  ")))
    return out
