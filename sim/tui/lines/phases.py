"""tui: the state diagram of the situation: as three rows, as one row, and as a page of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, gap, heading, held, plain
from sim.words.models import PhaseDiagram, PhaseNode, PhaseStep, PhaseVisit

_ARMS: Final = {1: ("", "──▸ ", ""), 2: ("╭▸ ", "┤", "╰▸ "), 3: ("╭▸ ", "┼▸ ", "╰▸ ")}
"""What leads to the next phases from a box of three rows, by how many stand in the first column."""
_DUE: Final = " due"
_BETWEEN: Final = " ─▸ "


def rounds_text(visit: PhaseVisit) -> str:
    """`round 3`, or `rounds 1–2`."""
    return f"round {visit.first}" if visit.first == visit.last else f"rounds {visit.first}–{visit.last}"


def _next(step: PhaseStep) -> Content:
    return plain(step.title, "bold $mark") + plain(_DUE, "$mark") if step.due else plain(step.title)


# -- three rows


def drawn(diagram: PhaseDiagram, width: int) -> list[Content]:
    """Where it came from, where it stands in a box, and the fan of what can follow; three rows."""
    here = diagram.current
    if here is None:
        return [plain("")] * 3
    box = _box(here, new=diagram.entered, ended=diagram.ended)
    wide = box[1].cell_length
    # the way back takes what it needs up to a third, the fan gets the rest
    back = _way_back(diagram.path[:-1], max(0, min(width // 3, width - wide - 24)))
    fan = _fan(diagram.open, width - wide - back[1].cell_length - 1)
    return [Content("").join(cells) for cells in zip(back, box, fan, strict=True)]


def _box(node: PhaseNode, *, new: bool, ended: bool) -> list[Content]:
    inner = len(node.title) + 2
    style = "$quiet" if ended else "$mark"
    word = " new " if new and inner >= 8 else ""
    top = plain("┏━", style) + plain(word, "bold $mark") + plain("━" * (inner - 1 - len(word)) + "┓", style)
    return [top, plain("┃", style) + plain(f" {node.title} ", f"bold {style}") + plain("┃", style),
            plain(f"┗{'━' * inner}┛", style)]


def _way_back(visits: Sequence[PhaseVisit], room: int) -> list[Content]:
    """The last stays before this one, as many as fit, each with its rounds below."""
    rows = [plain(""), plain(""), plain("")]
    for number, visit in enumerate(reversed(visits)):
        below = rounds_text(visit)
        wide = max(len(visit.title), len(below))
        more = number < len(visits) - 1
        if rows[1].cell_length + wide + len(_BETWEEN) + 2 * more > room:
            if room >= rows[1].cell_length + 5:
                rows = [plain("     ") + rows[0], plain("…", "$quiet") + plain(_BETWEEN, "$quiet") + rows[1],
                        plain("     ") + rows[2]]
            break
        # the arrow begins where the title ends, also where the rounds below are wider
        arrow = f" {'─' * (wide - len(visit.title) + 1)}▸ "
        rows = [plain(" " * (wide + len(_BETWEEN))) + rows[0],
                plain(visit.title, "$quiet") + plain(arrow, "$quiet") + rows[1],
                plain(f"{below:<{wide}}", "$quiet") + plain("    ") + rows[2]]
    return rows


def _fan(steps: Sequence[PhaseStep], room: int) -> list[Content]:
    if not steps:
        return [plain("")] * 3
    arms = _ARMS[min(3, len(steps))]
    rows = [plain(""), plain("─", "$quiet"), plain("")] if len(steps) > 1 else [plain("")] * 3
    pad = " " if len(steps) > 1 else ""
    rows = [row + (plain(pad) if not row.plain else plain("")) for row in rows]
    slots = (0, 2) if len(steps) == 2 else (1,) if len(steps) == 1 else (0, 1, 2)
    columns = [steps[n:n + len(slots)] for n in range(0, len(steps), len(slots))]
    left = len(steps)
    for number, column in enumerate(columns):
        cells = [_next(step) for step in column]
        wide = max(cell.cell_length for cell in cells) + 3
        rest = left - len(column)
        # what does not fit is counted in the place of the next column
        if rows[0].cell_length + wide + (9 if rest else 0) > room and number:
            rows[1] += plain(f"+{left} more", "$quiet")
            break
        left = rest
        for row in range(3):
            lead = plain(arms[row] if number == 0 else "▸ " if row < len(column) else "", "$quiet")
            at = slots.index(row) if row in slots else -1
            cell = cells[at] if 0 <= at < len(cells) else plain("")
            rows[row] += (lead + cell).extend_right(max(0, wide + 1 - lead.cell_length - cell.cell_length))
    return rows


# -- one row


def strip(diagram: PhaseDiagram, width: int) -> Content:
    """The same in one row: the phase before, the lit one, and what can follow, as many as fit."""
    here = diagram.current
    if here is None:
        return plain("")
    lit = plain(f" {here.title} ", "bold reverse $mark")
    steps = diagram.open
    out = lit
    if len(diagram.path) > 1 and len(diagram.path[-2].title) + len(_BETWEEN) + lit.cell_length + 32 <= width:
        out = plain(diagram.path[-2].title, "$quiet") + plain(_BETWEEN, "$quiet") + lit
    if diagram.entered and out.cell_length + 4 <= width:
        out += plain(" new", "$mark")
    if not steps:
        return out
    out += plain(_BETWEEN, "$quiet")
    for number, step in enumerate(steps):
        cell, rest = _next(step), len(steps) - number
        between = plain(" · ", "$quiet") if number else plain("")
        tail = 5 if rest > 1 else 0
        if out.cell_length + between.cell_length + cell.cell_length + tail > width:
            if rest < len(steps) or out.cell_length + 3 <= width:
                out += plain(f" +{rest}" if number else f"{rest} phases", "$quiet")
            break
        out += between + cell
    return out


# -- a page


def node_lines(diagram: PhaseDiagram) -> list[Line]:
    """All phases: where it stands, which can follow, when the match was in them."""
    follow = {step.to: step for step in diagram.open}
    out = []
    for node in diagram.nodes:
        step = follow.get(node.id)
        seen = [visit for visit in diagram.path if visit.id == node.id]
        mark = "▣ " if node.current else "■ " if node.visited else "□ "
        style = "bold $mark" if node.current else "bold" if step is not None else "" if node.visited else "$quiet"
        tail = plain(", ".join(map(rounds_text, seen)), "$quiet")
        if step is not None:
            tail += plain("  ▸ due at the close" if step.due else "  ▸ can follow", "$mark" if step.due else "$quiet")
        out.append(Line(node.id, plain(node.title, style),
                        plain(mark, "$mark" if node.current else "$primary" if node.visited else "$quiet"), wraps=False,
                        tail=tail))
    return out


def about_node(diagram: PhaseDiagram, id: str) -> list[Line]:
    """One phase: what it means, when the match was in it, what each way out of it asks, and what leads to it."""
    node = next(node for node in diagram.nodes if node.id == id)
    seen = [visit for visit in diagram.path if visit.id == id]
    out = [Line("text", plain(node.text or "No description is given."))]
    if seen:
        out += [Line(f"visit:{visit.first}", plain(f"{rounds_text(visit).capitalize()}, from {visit.date}", "$quiet"))
                for visit in seen]
    if node.steps:
        title = "What can follow, tried in this order at the close"
        out += [gap("out"), heading("out", title if node.current else "What can follow from here")]
        number = 0
        for steps in node.ways:
            out.append(_way(number, steps))
            for nth, step in enumerate(steps):
                out += [Line(f"or:{number}", plain("or", "bold $quiet"), plain("  "))] if nth else []
                out += _step(number, step)
                number += 1
    elif not diagram.ended:
        out += [gap("out"), Line("none", plain("Nothing leads on from here by itself.", "$quiet"))]
    before = [other.title for other in diagram.nodes if any(step.to == id for step in other.steps)]
    if before:
        out += [gap("in"), heading("in", "What leads here"), Line("from", plain(", ".join(before)))]
    return out


def _way(number: int, steps: Sequence[PhaseStep]) -> Line:
    due = any(step.due for step in steps)
    title = plain(steps[0].title, "bold $mark" if due else "bold")
    if due:
        title += plain("  due at the close, if nothing changes", "$mark")
    return Line(f"step:{number}", title, plain("▸ ", "$mark" if due else "$quiet"))


def _step(number: int, step: PhaseStep) -> list[Line]:
    out: list[Line] = []
    open_mark = plain("  · ", "$quiet")
    if step.brought:
        out.append(Line(f"brought:{number}", plain("A move or an event brings it.", "$quiet"), open_mark))
    for at, need in enumerate(step.needs):
        out.append(Line(f"need:{number}:{at}", plain(need.text) + plain(f"  {held(need.now)}" if need.now else "", "$quiet"),
                        plain("  ✓ ", "$good") if need.holds else open_mark))
    if step.unseen:
        out.append(Line(f"unseen:{number}", plain("something that is not yours to see", "$quiet"), open_mark))
    return out
