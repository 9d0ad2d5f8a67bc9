"""tui: the whole wire: dispatches under their rounds, told by speaker, narrowed by words."""

from __future__ import annotations

from collections.abc import Sequence

from sim.tui.lines.dispatches import TIERS, sign, told
from sim.tui.lines.line import Line, gap, heading
from sim.tui.widgets.filter_line import has_words
from sim.words.models import Dispatch

NOBODY = "no speaker"
"""What the dispatches are called that no capital speaks."""


def speakers(dispatches: Sequence[Dispatch]) -> list[tuple[str, int]]:
    """Who speaks on the wire and how often, the busiest first, what nobody speaks last."""
    counts: dict[str, int] = {}
    for dispatch in dispatches:
        counts[dispatch.speaker or NOBODY] = counts.get(dispatch.speaker or NOBODY, 0) + 1
    return sorted(counts.items(), key=lambda item: (item[0] == NOBODY, -item[1], item[0]))


def round_lines(dispatches: Sequence[Dispatch], speaker: str = "", typed: str = "") -> list[Line]:
    """The dispatches that fit, with a heading per round; the id of a line is its number on the whole wire."""
    out: list[Line] = []
    last = None
    for number, dispatch in enumerate(dispatches):
        if speaker and (dispatch.speaker or NOBODY) != speaker:
            continue
        if typed and not has_words(_said(dispatch), typed):
            continue
        if dispatch.round != last:
            if last is not None:
                out.append(gap(f"round:{dispatch.round}"))
            out.append(heading(f"round:{dispatch.round}", f"Round {dispatch.round} · {dispatch.date}"))
            last = dispatch.round
        out.append(Line(str(number), told(dispatch), sign(dispatch), dispatch.source))
    return out


def _said(it: Dispatch) -> str:
    marks = ("contested " if it.contested else "") + ("private " if it.private else "")
    return f"{it.speaker} {it.text} {it.date} {TIERS.get(it.tier, it.tier)} {marks}{' '.join(it.changes)} {' '.join(it.source)}"
