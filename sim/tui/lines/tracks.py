"""tui: tracks as table lines: title, value, scale word, change, trend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, heading, plain, stacked
from sim.words import estimative
from sim.words.models import Direction, TrackLine

STYLE: Final = {"good": "$good", "bad": "$bad", "neutral": "$quiet"}
BARS: Final = "▁▂▃▄▅▆▇█"
_LEADING: Final = 3
"""Of the shared tracks, so many are always shown: the author names the telling ones first."""
_ROUNDS: Final = 10
"""The trend of so many rounds is shown."""
_SCALE: Final = 8
"""A scale shorter than this tells nothing."""
LEGEND: Final = "Hollow arrows △▽ mark what eased the crisis, filled ones ▲▼ what worsened it, thin ones ↑↓ neither."


def arrow(change: int, judged: Direction) -> str:
    """The direction of a change by its shape, its judgement by its filling."""
    if change == 0:
        return " "
    return {"good": "▽△", "bad": "▼▲", "neutral": "↓↑"}[judged][change > 0]


def signed(number: int) -> str:
    """`+4`, `−3`, with a real minus; `0` for nothing."""
    return estimative.signed(number, "0")


def changed(change: int, judged: Direction) -> Content:
    """`△ +4` in the colour of its judgement; nothing where nothing changed."""
    return plain(f"{arrow(change, judged)} {signed(change):>3}", STYLE[judged]) if change else plain("     ")


def sparkline(track: TrackLine, width: int) -> Content:
    """The trend, the newest value last, on the part of the scale in which the track has moved."""
    if len(track.trend) < 2:
        return plain("")
    bars = spark(track.trend[-width:], track.low, track.high)
    return plain(bars[:-1], "$quiet") + plain(bars[-1:], STYLE[track.judged] if track.change else "$foreground")


def spark(values: Sequence[int], low: int, high: int) -> str:
    """Bars for values of a track with these bounds.

    The bars cover at least a fifth of the scale, so that a small change does not look like a large one.
    """
    least, most = min(values), max(values)
    span = max(most - least, (high - low) // 5, 1)
    foot = max(low, min(least - (span - (most - least)) // 2, high - span))
    return "".join(BARS[min(7, (value - foot) * 8 // (span + 1))] for value in values)


def gauge(value: int, low: int, high: int, width: int, style: str = "$quiet") -> Content:
    """Where a value lies between its bounds."""
    filled = max(0, min(width, round((value - low) * width / max(1, high - low))))
    return plain("━" * filled, style) + plain("─" * (width - filled), "$rule")


def track_lines(tracks: Sequence[TrackLine], width: int, viewer: str) -> list[Line]:
    """A table; columns keep their width over the rounds."""
    longest = max((len(track.title) + (len(track.word) + 2 if track.word else 0) for track in tracks), default=0)
    title = max(12, min(longest, width - 19))
    trend = max(5, width - 14 - title)
    out = []
    own = any(track.own for track in tracks) and not all(track.own for track in tracks)
    group = ""
    for track in tracks:
        if own and group != ("own" if track.own else "shared"):
            group = "own" if track.own else "shared"
            out.append(heading(group, viewer if track.own else "Shared"))
        name = plain(track.title) + plain(f"  {track.word}" if track.word else "", "$quiet")
        cells = [name.truncate(title, ellipsis=True, pad=True), plain(f"{track.value:>5}", "bold")]
        cells += [plain("  "), changed(track.change, track.judged), plain("  "), sparkline(track, trend)]
        out.append(Line(track.name, Content("").join(cells), source=track.source, wraps=False))
    return out


def glance_lines(tracks: Sequence[TrackLine], width: int) -> list[Line]:
    """The short table of the situation room: no headings, the seat's own marked at the edge."""
    longest = max((len(track.title) + (len(track.word) + 2 if track.word else 0) for track in tracks), default=0)
    title = max(12, min(longest, width - 24, 26))
    trend = max(6, min(_ROUNDS, width - title - 16))
    scale = width - title - 16 - trend - 3
    own = any(track.own for track in tracks)
    out = []
    for track in tracks:
        name = plain(track.title) + plain(f"  {track.word}" if track.word else "", "$quiet")
        cells = [name.truncate(title, ellipsis=True, pad=True), plain(f"{track.value:>5}", "bold"), plain("  ")]
        if scale >= _SCALE:
            cells += [gauge(track.value, track.low, track.high, min(scale, 2 * _SCALE)), plain("  ")]
        cells += [changed(track.change, track.judged), plain("  "), sparkline(track, trend)]
        out.append(Line(track.name, Content("").join(cells), plain("▎" if track.own else " ", "$primary") if own
                        else plain(""), track.source, wraps=False))
    return out


def fitting(tracks: Sequence[TrackLine], rows: int) -> tuple[TrackLine, ...]:
    """The tracks that tell most in so many rows: those the author lists first, then the own that moved, then what moved most.

    The order is kept, so that a track stands where the eye expects it.
    """
    if len(tracks) <= rows:
        return tuple(tracks)
    leading = [number for number, track in enumerate(tracks) if not track.own][:_LEADING]

    def rank(numbered: tuple[int, TrackLine]) -> tuple[int, float, int]:
        number, track = numbered
        share = abs(track.change) / max(1, track.high - track.low)
        moved = 1 if track.own else 2
        return (0 if number in leading else moved if track.change else moved + 2, -share, number)

    kept = {number for number, _ in sorted(enumerate(tracks), key=rank)[:max(3, rows)]}
    return tuple(track for number, track in enumerate(tracks) if number in kept)


def about_track(track: TrackLine) -> Content:
    """What a track means, for the pane of details."""
    rows = [plain(track.text or "No description is given.")]
    word = f", {track.word}" if track.word else ""
    rows.append(plain(f"Now {track.value}{word}, on a scale from {track.low} to {track.high}.", "$quiet"))
    better = {"low": "Low values ease the crisis.", "high": "High values ease the crisis.", "none": ""}[track.better]
    if track.change:
        rows.append(changed(track.change, track.judged) + plain(" in the last round", "$quiet"))
    if len(track.trend) > 1:
        rows.append(plain("By round: " + "  ".join(map(str, track.trend[-12:])), "$quiet"))
    if better:
        rows.append(plain(better, "$quiet"))
    return stacked(rows)
