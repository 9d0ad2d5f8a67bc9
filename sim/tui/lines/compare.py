"""tui: two lines of a match side by side: pairs of cells that wrap, each in its own half of the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from textual.content import Content

from sim.tui.lines.dispatches import sign, told
from sim.tui.lines.line import EMPTY, Line, gap, heading, plain
from sim.tui.lines.tracks import changed
from sim.words.models import ComparedRound, Comparison, Dispatch, Filed, SeatScore, Side

BETWEEN: Final = " │ "
NOTHING: Final = Line("", EMPTY)


@dataclass(frozen=True, slots=True)
class Pair(Line):
    """Two lines beside each other; `body` and `head` are the left one's."""

    right: Line = NOTHING

    def set(self, width: int) -> Content:
        """Both halves in a width, row by row."""
        half = half_of(width)
        left = Line(self.id, self.body, self.head, wraps=self.wraps, tail=self.tail).set(half)
        rows = zip_longest(left.split("\n", allow_blank=True), self.right.set(half).split("\n", allow_blank=True),
                           fillvalue=EMPTY)
        return Content("\n").join([one.extend_right(max(0, half - one.cell_length)) + plain(BETWEEN, "$rule") + other
                                   for one, other in rows])

    def same(self, other: Line) -> bool:
        """Whether both halves look the same."""
        return Line.same(self, other) and isinstance(other, Pair) and self.right.same(other.right)

    @property
    def said(self) -> str:
        """Both in words."""
        left = Line(self.id, self.body, self.head, tail=self.tail).said.strip()
        return f"{left or 'nothing'} | {self.right.said.strip() or 'nothing'}"


def half_of(width: int) -> int:
    """Cells of each half."""
    return max(8, (width - len(BETWEEN)) // 2)


def pair(id: str, left: Line | None, right: Line | None) -> Pair:
    """Two lines as one, with the sources of both."""
    one, other = left or NOTHING, right or NOTHING
    source = tuple(dict.fromkeys(one.source + other.source))
    return Pair(id, one.body, one.head, source, wraps=one.wraps, tail=one.tail, right=other)


def compare_lines(found: Comparison, own: bool) -> list[Line]:
    """The first difference, the scores, then round by round; `own` if only the reader's own orders are told."""
    out = [Line("sentence", plain(found.sentence, "bold")), gap("sentence")]
    if found.scores:
        out.append(heading("scores", "How they ended"))
        out += [pair(f"score:{left.seat}", _score(left, None), _score(right, left)) for left, right in found.scores]
        out.append(gap("scores"))
    for compared in found.rounds:
        out += [heading(str(compared.round), f"Round {compared.round} · {compared.date}"), *_round(compared, own),
                gap(str(compared.round))]
    return out[:-1] if out[-1].id.startswith("gap:") else out


def _score(score: SeatScore, beside: SeatScore | None) -> Line:
    text = plain(f"{score.name} ") + plain(str(score.raw), "bold")
    if score.par is not None:
        apart = score.raw - score.par
        against = f"{abs(apart)} above par" if apart > 0 else f"{-apart} below par" if apart < 0 else "at par"
        text += plain(f"  {against}", "$quiet")
    if beside is not None and beside.raw != score.raw:
        more = score.raw - beside.raw
        text += plain(f"  {abs(more)} {'more' if more > 0 else 'less'}", "$good" if more > 0 else "$bad")
    return Line(score.seat, text)


def _round(compared: ComparedRound, own: bool) -> list[Line]:
    id, left, right = str(compared.round), compared.left, compared.right
    if compared.same:
        return [Line(f"{id}:same", plain("Nothing differs here.", "$quiet"))]
    out: list[Line] = []
    if left is not None and right is not None and left.filed == right.filed:
        if any(one.titles for one in left.filed):
            out.append(Line(f"{id}:filed", plain("Filed the same: ", "$quiet") + plain(_titles(left.filed), "$quiet"),
                            plain("✓ ", "$good")))
    else:
        rows = zip_longest(_filed(left, own), _filed(right, own))
        out += [pair(f"{id}:filed:{n}", one, other) for n, (one, other) in enumerate(rows)]
    if left is None or right is None or left.phase != right.phase or left.ending or right.ending or left.open or right.open:
        out.append(pair(f"{id}:phase", _stands(left), _stands(right)))
    news = zip_longest(left.dispatches if left else (), right.dispatches if right else ())
    out += [pair(f"{id}:{n}", _news(one), _news(other)) for n, (one, other) in enumerate(news)]
    wide = max((len(track.right) for track in compared.tracks), default=0)
    for track in compared.tracks:
        # both values stand next to the line between them
        out.append(pair(f"{id}:{track.name}",
                        Line("", plain(track.title, "$quiet"), wraps=False, tail=plain(track.left)),
                        Line("", plain(f"{track.right:<{wide}}  ") + changed(track.change, track.judged), wraps=False)))
    return out


def _titles(filed: Sequence[Filed]) -> str:
    return "; ".join(title for one in filed for title in one.titles)


def _filed(side: Side | None, own: bool) -> list[Line]:
    out = []
    for one in side.filed if side else ():
        name = plain("") if own else plain(f"{one.name}: ", "bold")
        out += [Line("", name + plain(title, "bold" if own else ""), plain("✓ ", "$good")) for title in one.titles] or [
            Line("", name + plain("filed nothing", "$quiet"), plain("  "))]
    return out


def _stands(side: Side | None) -> Line:
    if side is None:
        return Line("", plain("not reached", "$quiet"))
    if side.ending:
        return Line("", plain(f"The end: {side.ending}", "bold"), plain("■ ", "$quiet"))
    if side.open:
        return Line("", plain("open, not played yet", "$quiet"))
    return Line("", plain(side.phase or "goes on", "$mark"), plain("→ ", "$quiet"))


def _news(dispatch: Dispatch | None) -> Line | None:
    return None if dispatch is None else Line("", told(dispatch), sign(dispatch), dispatch.source)
