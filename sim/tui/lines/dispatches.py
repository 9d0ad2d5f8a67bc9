"""tui: dispatches: who said what, marked where contested or private, with what changed and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, freed, gap, heading, held, plain, stacked
from sim.words.models import Dispatch

TIERS: Final = {"events": "Events", "close": "At the close", "answers": "Answers", "contacts": "Contacts",
                "negotiation": "Negotiation", "statements": "Statements", "measures": "Measures", "force": "Force"}
_PERCENT: Final = re.compile(r"\((?:about |nearly )?(\d{1,3}) ?%\)")


def marks(dispatch: Dispatch) -> Content:
    """`◇ contested`, `▪ private`, in words as well as signs."""
    out = Content("")
    if dispatch.contested:
        out += plain("  " + held("◇ contested"), "$mark")
    if dispatch.private:
        out += plain("  " + held("▪ private"), "$quiet")
    return out


def told(dispatch: Dispatch) -> Content:
    """Speaker, text and marks."""
    text = plain(dispatch.text, "bold" if dispatch.kind == "ending" else "$quiet" if dispatch.kind == "overtaken" else "")
    if dispatch.speaker and not dispatch.text.startswith(dispatch.speaker):
        text = plain(f"{dispatch.speaker}: ", "bold") + text
    elif dispatch.speaker:
        text = text.stylize("bold", 0, len(dispatch.speaker))
    return text + marks(dispatch)


def sign(dispatch: Dispatch) -> Content:
    """What kind of line it is, in two cells."""
    shape = {"readout": "“ ", "overtaken": "× ", "ending": "■ ", "inject": "◦ ", "control": "◦ ", "rule": "◦ ",
             "step": "→ "}.get(dispatch.kind, "• ")
    return plain(shape, "$mark" if dispatch.contested else "$primary" if shape == "• " else "$quiet")


def dispatch_lines(dispatches: Sequence[Dispatch]) -> list[Line]:
    """Dispatches in order; the id of a line is its number."""
    return [Line(str(number), told(dispatch), sign(dispatch), dispatch.source)
            for number, dispatch in enumerate(dispatches)]


def wire_lines(dispatches: Sequence[Dispatch]) -> list[Line]:
    """The whole wire, with a heading per round."""
    out: list[Line] = []
    last = None
    for number, dispatch in enumerate(dispatches):
        if dispatch.round != last:
            if last is not None:
                out.append(gap(str(number)))
            out.append(heading(str(number), f"Round {dispatch.round} · {dispatch.date}"))
            last = dispatch.round
        out.append(Line(str(number), told(dispatch), sign(dispatch), dispatch.source))
    return out


def die(roll: str, width: int = 20) -> Content:
    """A roll with its odds as a bar."""
    found = _PERCENT.search(roll)
    if found is None:
        return plain(roll, "$quiet")
    filled = max(0, min(width, int(found[1]) * width // 100))
    return (plain("━" * filled, "$mark") + plain("─" * (width - filled), "$rule")
            + plain(f"  {roll}", "$quiet"))


def about_dispatch(dispatch: Dispatch) -> Content:
    """Why it happened and what it changed, for the pane of details."""
    where = TIERS.get(dispatch.tier, dispatch.tier.capitalize())
    rows = [freed(told(dispatch)), plain(f"{dispatch.date}, round {dispatch.round} · {where.lower()}", "$quiet")]
    if dispatch.roll:
        rows.append(die(dispatch.roll))
    rows += [plain(f"  {change}") for change in dispatch.changes]
    if dispatch.contested:
        rows.append(plain("A claim behind this is disputed; ? shows who says so, and who denies it.", "$mark"))
    elif dispatch.source and dispatch.source != ("invented",):
        rows.append(plain("? shows who says so.", "$quiet"))
    return stacked(rows)
