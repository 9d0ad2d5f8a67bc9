"""tui: the ending: what happened, scores goal by goal, raw and against par, turning rounds, questions."""

from __future__ import annotations

from textual.content import Content

from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.tui.lines.prose import prose_lines
from sim.words.models import EndingModel, GoalLine, SeatScore

_BAR = 30


def ending_lines(ending: EndingModel) -> list[Line]:
    """The whole page, the reader's own seat first."""
    out = [Line("title", plain(ending.title, "bold $mark")),
           Line("when", plain(f"{ending.date}, round {ending.round}", "$quiet")), gap("0"),
           *prose_lines("text", ending.text)]
    if ending.note:
        out += [gap("1"), *prose_lines("note", ending.note)]
    for number, score in enumerate(ending.scores):
        if number == 0:
            out += [gap("own"), heading("own", "Your seat")]
        if number == 1:
            out += [gap("others"), heading("others", "The other seats, by their own goals (seats are not ranked)")]
        out += seat_lines(score)
    if ending.turning:
        out += [gap("turning"), heading("turning", "Where it turned"), *_items("turn", ending.turning)]
    if ending.questions:
        out += [gap("questions"), heading("questions", "Questions to talk about"), *_items("ask", ending.questions)]
    return out


def seat_lines(score: SeatScore) -> list[Line]:
    """Name, bar with par and middle half, verdict, goals."""
    rows = [plain(f"{score.name:<16} ", "bold") + bar(score) + plain(f" {score.raw:>3}", "bold") + _against(score)]
    if score.verdict:
        rows.append(plain(score.verdict, "$quiet"))
    if score.taken:
        rows.append(plain(score.taken, "$quiet"))
    wide = max((len(goal.title) for goal in score.goals), default=0)
    return [Line(f"seat:{score.seat}", stacked(rows)),
            *(_goal(score.seat, goal, wide) for goal in score.goals)]


def bar(score: SeatScore) -> Content:
    """0 to 100: the score as a heavy line, par as a tick, the middle half of what the seat reaches between marks."""
    cells = ["━" if at < round(score.raw * _BAR / 100) else "─" for at in range(_BAR)]
    styles = ["$primary" if cell == "━" else "$rule" for cell in cells]
    marks = ((score.low, "╷", "$quiet"), (score.high, "╷", "$quiet"), (score.par, "┃", "$mark"))
    for value, sign, style in marks:
        if value is not None:
            at = min(_BAR - 1, value * _BAR // 100)
            cells[at], styles[at] = sign, style
    return Content("").join(plain(cell, style) for cell, style in zip(cells, styles, strict=True))


def _against(score: SeatScore) -> Content:
    if score.par is None:
        return plain("")
    apart = score.raw - score.par
    text = f"{abs(apart)} above par" if apart > 0 else f"{-apart} below par" if apart < 0 else "at par"
    return plain(f"   {text}", "$good" if apart > 0 else "$bad" if apart < 0 else "$quiet") + plain(
        f"  par {score.par}", "$quiet")


def _goal(seat: str, goal: GoalLine, wide: int) -> Line:
    head = plain(f"  {goal.title:<{wide}} ") + plain(f"{goal.figure:>4}", "bold") + plain(f"  ×{goal.weight:>2} %   ", "$quiet")
    return Line(f"goal:{seat}:{goal.id}", plain(goal.says, "$quiet"), head)


def _items(id: str, items: tuple[str, ...]) -> list[Line]:
    return [Line(f"{id}:{number}", Content(item), plain("• ", "$primary")) for number, item in enumerate(items)]
