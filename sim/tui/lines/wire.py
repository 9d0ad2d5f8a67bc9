"""tui: the whole wire: dispatches under their rounds, told by speaker, narrowed by words."""

from __future__ import annotations

from collections.abc import Sequence

from sim.tui.lines.dispatches import QUIET, TIERS, sign, told
from sim.tui.lines.line import Line, gap, heading, plain
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


def round_lines(dispatches: Sequence[Dispatch], speaker: str = "", typed: str = "",
                closed: Sequence[tuple[int, str]] = ()) -> list[Line]:
    """The dispatches that fit, with a heading per round; the id of a line is its number on the whole wire.

    `closed`: the rounds that are over, with their dates: where nothing was heard in one, the whole wire says so.
    """
    out: list[Line] = []
    last = None
    heard = {dispatch.round for dispatch in dispatches}
    quiet = [] if speaker or typed else [it for it in closed if it[0] not in heard]
    for number, dispatch in enumerate(dispatches):
        if speaker and (dispatch.speaker or NOBODY) != speaker:
            continue
        if typed and not has_words(_said(dispatch), typed):
            continue
        while quiet and quiet[0][0] < dispatch.round:
            out += _quiet(*quiet.pop(0), first=not out)
        if dispatch.round != last:
            if out:
                out.append(gap(f"round:{dispatch.round}"))
            out.append(heading(f"round:{dispatch.round}", f"Round {dispatch.round} · {dispatch.date}"))
            last = dispatch.round
        out.append(Line(str(number), told(dispatch), sign(dispatch), dispatch.source))
    for number, date in quiet:
        out += _quiet(number, date, first=not out)
    return out


def _quiet(round: int, date: str, *, first: bool) -> list[Line]:
    return [*([] if first else [gap(f"round:{round}")]), heading(f"round:{round}", f"Round {round} · {date}"),
            Line(f"quiet:{round}", plain(QUIET, "$quiet"), plain("  "))]


def _said(it: Dispatch) -> str:
    marks = ("contested " if it.contested else "") + ("private " if it.private else "")
    return f"{it.speaker} {it.text} {it.date} {TIERS.get(it.tier, it.tier)} {marks}{' '.join(it.changes)} {' '.join(it.source)}"
