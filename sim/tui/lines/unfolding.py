"""tui: a round as it resolves: tier by tier, dice, what changed before → after, the phase, what moved by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from sim.tui.lines.dispatches import QUIET, TIER_MEANS, TIERS, cast_bar, die, sign, told
from sim.tui.lines.line import Line, gap, held, plain, stacked
from sim.tui.lines.tracks import STYLE, arrow, signed, spark
from sim.words.estimative import listed
from sim.words.models import Direction, Dispatch, SilentLine, TrackLine, TrackShift

_ROLLS: Final = 4
"""So many times a die is seen before it has fallen."""
_MOST_SILENT: Final = 8
"""So many tracks are named of what moved by itself."""
_TREND: Final = 8
_MOVERS: Final = {"drift": "drift", "countdown": "countdowns", "unseen": "what is out of your sight"}


@dataclass(frozen=True, slots=True)
class Beat:
    """One step of the unfolding."""

    line: Line
    weight: int
    """How long it stands, beside the others."""
    again: bool = False
    """It takes the place of the line before: a die that goes on rolling, or has fallen."""
    shifts: tuple[TrackShift, ...] = ()
    """What lands with it."""
    phase: str = ""
    """Title of the phase that it brings."""


def beats(dispatches: Sequence[Dispatch], silent: Sequence[SilentLine], tracks: Sequence[TrackLine], phase: str,
          following: str, resolved: int) -> list[Beat]:
    """The whole round. `tracks` and `phase` are those before it; `following` titles what opened after it.

    `resolved`: how many of the dispatches belong to the round; the others came with the opening of the next one.
    """
    by_name = {track.name: track for track in tracks}
    values = {track.name: track.value for track in tracks}
    out: list[Beat] = []
    last: list[Beat] = []
    tier = ""
    for number, dispatch in enumerate(dispatches[:resolved]):
        if dispatch.tier != tier and dispatch.kind != "ending":
            tier = dispatch.tier
            out += _titled(f"tier:{tier}:{number}", TIERS.get(tier, tier.capitalize()), TIER_MEANS.get(tier, ""), first=not out)
        beat = _dispatched(str(number), dispatch, by_name, values)
        if dispatch.kind == "ending":
            last += [Beat(gap(f"ending:{number}"), 0), *beat]
            continue
        out += beat
        if dispatch.phase:
            out += _banner(str(number), phase, dispatch.phase)
            phase = dispatch.phase
    if not resolved:
        out.append(Beat(Line("quiet", plain(QUIET, "$quiet")), 2))
    summed = _by_themselves(silent, by_name, values)
    if summed is not None:
        out += [*_titled("silent", "By itself", "what no dispatch tells; o says why",
                         first=not out), summed]
    out += last
    if len(dispatches) > resolved:
        out += _titled("opening", following, "what came with it", first=not out)
        for number, dispatch in enumerate(dispatches[resolved:], resolved):
            out += _dispatched(str(number), dispatch, by_name, values)
    return out


def _titled(id: str, title: str, means: str, *, first: bool) -> list[Beat]:
    line = Line(f"heading:{id}", plain(title, "bold $primary") + plain(f"  {means}", "$quiet"), heading=True, wraps=False)
    return [*([] if first else [Beat(gap(id), 0)]), Beat(line, 2)]


def _dispatched(id: str, dispatch: Dispatch, tracks: Mapping[str, TrackLine], values: dict[str, int]) -> list[Beat]:
    rows = [told(dispatch)]
    out: list[Beat] = []
    cast = dispatch.cast
    if cast is not None:
        waiting = plain(cast.about or "Something may happen", "$quiet") + plain(" …", "$quiet")
        for turn in range(_ROLLS):
            at = (cast.fell + 37 * (_ROLLS - turn)) % 100
            line = Line(id, stacked([waiting, cast_bar(cast, at=at)]), plain("◆ ", "$mark"), dispatch.source)
            out.append(Beat(line, 1, again=turn > 0))
        rows.append(cast_bar(cast) + plain(held(f"  {dispatch.roll}"), "$quiet"))
    elif dispatch.roll:
        rows.append(die(dispatch.roll))
    landed = _landed(dispatch, tracks, values)
    if landed:
        rows.append(Content("   ").join(landed))
    for shift in dispatch.shifts:
        values[shift.name] = shift.after
    line = Line(id, stacked(rows), sign(dispatch), dispatch.source)
    out.append(Beat(line, 4, again=cast is not None, shifts=dispatch.shifts, phase=dispatch.phase))
    return out


def _landed(dispatch: Dispatch, tracks: Mapping[str, TrackLine], values: Mapping[str, int]) -> list[Content]:
    """Before → after, each with its arrow and its trend; what is no track as it is told. The phase has its own line."""
    out, shifts = [], {tracks[shift.name].title: shift for shift in dispatch.shifts if shift.name in tracks}
    for change in dispatch.changes:
        shift = next((found for title, found in shifts.items() if change.startswith(f"{title} ")), None)
        if shift is not None:
            out.append(shifted(tracks[shift.name], change, shift, values))
        elif not (dispatch.phase and change.endswith(f" → {dispatch.phase}")):
            out.append(plain(held(change), "$quiet"))
    return out


def shifted(track: TrackLine, change: str, shift: TrackShift, values: Mapping[str, int]) -> Content:
    """`Tension 45 → 49 ▲ +4 ▃▄▆`."""
    moved = shift.after - shift.before
    style = STYLE[judge(track, moved)]
    trend = spark((*track.trend[-_TREND:], values.get(track.name, track.value), shift.after), track.low, track.high)
    return plain(held(f"{change} {arrow(moved, judge(track, moved))} {signed(moved)} "), style) + plain(trend, "$quiet")


def judge(track: TrackLine, moved: int) -> Direction:
    """Whether a change of a track eases the crisis."""
    if not moved or track.better == "none":
        return "neutral"
    return "good" if (moved > 0) == (track.better == "high") else "bad"


def _banner(id: str, before: str, after: str) -> list[Beat]:
    body = plain("The situation changes:  ", "bold $mark") + plain(before, "$quiet") + plain("  ─▸  ", "$quiet") + plain(
        f" {after} ", "bold reverse $mark")
    return [Beat(gap(f"phase:{id}"), 0), Beat(Line(f"phase:{id}", body, plain("▌ ", "$mark"), wraps=False), 6)]


def _by_themselves(silent: Sequence[SilentLine], tracks: Mapping[str, TrackLine], values: dict[str, int]) -> Beat | None:
    """One line for all that moved without a dispatch: by track, the largest first."""
    sums: dict[str, int] = {}
    for line in silent:
        for change in line.changes:
            if change.name in tracks:
                sums[change.name] = sums.get(change.name, 0) + change.low
    moved = {name: by for name, by in sums.items() if by}
    if not silent:
        return None

    def share(name: str) -> float:
        track = tracks[name]
        return -abs(moved[name]) / max(1, track.high - track.low)

    named = sorted(moved, key=share)
    cells = [plain(held(f"{tracks[name].title} {signed(moved[name])}"), STYLE[judge(tracks[name], moved[name])])
             for name in named[:_MOST_SILENT]]
    if len(named) > _MOST_SILENT:
        cells.append(plain(held(f"and {len(named) - _MOST_SILENT} more"), "$quiet"))
    rules = sum(line.kind == "rule" for line in silent)
    told_by = [f"{rules} rule{'s' * (rules != 1)}"] if rules else []
    told_by += [_MOVERS[line.kind] for line in silent if line.kind in _MOVERS]
    body = stacked([Content("   ").join(cells) if cells else plain("No track that is listed."),
                    plain(f"Moved by {listed(told_by)}.", "$quiet")])
    shifts = []
    for name, by in moved.items():
        before = values[name]
        values[name] = max(tracks[name].low, min(tracks[name].high, before + by))
        shifts.append(TrackShift(name, before, values[name]))
    return Beat(Line("silent", body, plain("◦ ", "$quiet")), 4, shifts=tuple(shifts))


__all__ = ["Beat", "beats", "judge", "shifted"]
