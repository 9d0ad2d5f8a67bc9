"""tui: the ending: what happened, scores goal by goal, raw and against par, turning rounds, questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.charts import trend_of
from sim.tui.lines.line import Line, gap, heading, held, plain, stacked
from sim.tui.lines.prose import prose_lines
from sim.tui.lines.tracks import changed
from sim.words.models import EndingModel, GoalLine, SeatScore, Series, TurnCard

_BAR: Final = 30
_GOAL_BAR: Final = 10
_TREND: Final = 20
LEGEND: Final = ("┃ par: what personas usually reach in the seat", "╷ the ends of the middle half of their games")


def ending_lines(ending: EndingModel) -> list[Line]:
    """The whole page, the reader's own seat first."""
    out = story_lines(ending)
    if ending.scores:
        out += [gap("scores"), *score_lines(ending)]
    if ending.turns:
        out += [gap("turning"), heading("turning", "Where it turned"), *turn_lines(ending.turns)]
    if ending.questions:
        out += [gap("questions"), heading("questions", "Questions to talk about"), *asked_lines(ending)]
    return out


def story_lines(ending: EndingModel) -> list[Line]:
    """What happened, and what the author says of it."""
    out = [Line("title", plain(ending.title, "bold $mark")),
           Line("when", plain(f"{ending.date}, round {ending.round}", "$quiet")), gap("0"),
           *prose_lines("text", ending.text)]
    if ending.note:
        out += [gap("1"), *prose_lines("note", ending.note)]
    return out


def score_lines(ending: EndingModel) -> list[Line]:
    """Every seat by its own goals, the reader's first; no seat is set against another."""
    out: list[Line] = []
    wide = max((len(score.name) for score in ending.scores), default=0)
    own = bool(ending.points)
    for number, score in enumerate(ending.scores):
        if number == 0:
            out.append(heading("own", "Your seat" if own else "The seats, by their own goals; not ranked"))
        elif number == 1 and own:
            out.append(heading("others", "The other seats, by their own goals; not ranked"))
        out += [*seat_lines(score, wide), gap(f"after:{score.seat}")]
    if any(score.par is not None for score in ending.scores):
        out += [Line(f"legend:{n}", plain(text, "$quiet")) for n, text in enumerate(LEGEND)]
    return out


def seat_lines(score: SeatScore, wide: int = 0) -> list[Line]:
    """Name and bar with par and middle half, how the score stands to them, goals."""
    rows = [plain(f"{score.name:<{wide}}  ", "bold") + bar(score) + plain(f" {score.raw:>3}", "bold")]
    out = [Line(f"seat:{score.seat}", stacked(rows), wraps=False)]
    if score.par is not None:
        out.append(Line(f"par:{score.seat}", _against(score, score.par)))
    if score.taken:
        out.append(Line(f"taken:{score.seat}", plain(score.taken, "$quiet")))
    titles = max((len(goal.title) for goal in score.goals), default=0)
    return [*out, *(_goal(score.seat, goal, titles) for goal in score.goals)]


def result_line(score: SeatScore) -> Line:
    """A seat's score and how it stands to par, in one line."""
    against = plain("   ") + _against(score, score.par) if score.par is not None else plain("")
    return Line(f"result:{score.seat}", plain(f"{score.name} {score.raw} of 100", "bold") + against)


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


def _against(score: SeatScore, par: int) -> Content:
    apart = score.raw - par
    text = f"{abs(apart)} above par" if apart > 0 else f"{-apart} below par" if apart < 0 else "at par"
    middle = f", middle half {score.low} to {score.high}" if score.low is not None and score.high is not None else ""
    return plain(held(text), "$good" if apart > 0 else "$bad" if apart < 0 else "$quiet") + plain(
        f"   par {par}{middle}", "$quiet")


def _goal(seat: str, goal: GoalLine, titles: int) -> Line:
    filled = round(goal.figure * _GOAL_BAR / 100)
    figure = (plain(f"{goal.title:<{titles}}  ") + plain("━" * filled, "$primary") + plain("─" * (_GOAL_BAR - filled), "$rule")
              + plain(f" {goal.figure:>3}", "bold") + plain(f"   weight {goal.weight} %", "$quiet"))
    return Line(f"goal:{seat}:{goal.id}", stacked([figure, plain(goal.says, "$quiet")]), plain("  "))


def turn_lines(turns: Sequence[TurnCard]) -> list[Line]:
    """The turning rounds as cards: when, by how much, then what caused it, points first."""
    out: list[Line] = []
    for turn in turns:
        out += [gap(f"turn:{turn.round}")] if out else []
        style = "$good" if turn.change > 0 else "$bad"
        out.append(Line(f"turn:{turn.round}", plain(f"Round {turn.round}", "bold $mark")
                        + plain(f", {turn.date}  ", "$quiet") + plain(turn.head, "bold")))
        out += [Line(f"turn:{turn.round}:{n}", plain(text), plain(f"{points:>6}  ", style))
                for n, (points, text) in enumerate(turn.causes)]
        if not turn.causes:
            out.append(Line(f"turn:{turn.round}:slow", plain("Bit by bit; no single event stands out.", "$quiet"), plain("  ")))
    return out


def rested_lines(series: Sequence[Series]) -> list[Line]:
    """The tracks that the goals rest on: where each began and ended, and its trend."""
    titles = max((len(line.title) for line in series), default=0)
    out = []
    for line in series:
        change = line.values[-1] - line.values[0]
        cells = [plain(f"{line.title:<{titles}}"), plain(f"{line.values[0]:>5} → ", "$quiet"),
                 plain(f"{line.values[-1]:<4}", "bold"), changed(change, line.judged(change)), plain("  "),
                 trend_of(line, len(line.values) - 1, _TREND)]
        out.append(Line(f"rests:{line.name}", Content("").join(cells), plain("  "), wraps=False))
    return out


def asked_lines(ending: EndingModel) -> list[Line]:
    """The debrief questions."""
    return [Line(f"ask:{number}", Content(item), plain("• ", "$primary")) for number, item in enumerate(ending.questions)]
