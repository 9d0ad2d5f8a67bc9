"""tui: dispatches: who said what, marked where contested or private, with what changed and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, freed, held, plain, stacked
from sim.words.models import Cast, Dispatch

QUIET: Final = "Nothing was heard this round."
TIERS: Final = {"events": "Events", "close": "At the close", "answers": "Answers", "contacts": "Contacts",
                "negotiation": "Negotiation", "statements": "Statements", "measures": "Measures", "force": "Force"}
TIER_MEANS: Final = {
    "answers": "what was asked before is answered first", "contacts": "calls and visits are asked for",
    "negotiation": "proposals, the draft, signatures", "statements": "what is said in public and to others",
    "measures": "what is done, short of force", "force": "the use of arms comes last",
    "close": "what follows from all of this by itself", "events": "what nobody ordered",
}
"""What each tier holds, in the order in which a round resolves."""
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


def die(roll: str, width: int = 20) -> Content:
    """A roll with its odds as a bar."""
    found = _PERCENT.search(roll)
    if found is None:
        return plain(roll, "$quiet")
    filled = max(0, min(width, int(found[1]) * width // 100))
    return (plain("━" * filled, "$mark") + plain("─" * (width - filled), "$rule")
            + plain(f"  {roll}", "$quiet"))


def cast_bar(cast: Cast, width: int = 20, at: int | None = None) -> Content:
    """The odds as a line on which the share that was taken is heavy, and where the die fell; `at` while it rolls.

    Before it has fallen no share is heavy, for nobody knows yet which is taken.
    """
    first = sum(cast.shares[:cast.taken])
    last = first + cast.shares[cast.taken]
    spot = min(width - 1, (cast.fell if at is None else at) * width // 100)
    ends = {sum(cast.shares[:n]) * width // 100 for n in range(1, len(cast.shares))}
    cells = []
    for cell in range(width):
        taken = at is None and first * width <= cell * 100 + 50 < last * width
        if cell == spot:
            cells.append(plain("◆", "bold $mark"))
        elif cell in ends:
            cells.append(plain("┿" if taken else "┼", "$mark" if taken else "$quiet"))
        else:
            cells.append(plain("━" if taken else "─", "$mark" if taken else "$rule"))
    return Content("").join(cells)


def about_dispatch(dispatch: Dispatch) -> Content:
    """Why it happened and what it changed, for the pane of details."""
    where = TIERS.get(dispatch.tier, dispatch.tier.capitalize())
    rows = [freed(told(dispatch)), plain(f"{dispatch.date}, round {dispatch.round} · {where.lower()}", "$quiet")]
    if dispatch.cast is not None:
        # in a row of its own: beside the line the words would break in a narrow pane
        rows += [plain(dispatch.roll, "$quiet"), cast_bar(dispatch.cast)]
    elif dispatch.roll:
        rows.append(die(dispatch.roll))
    rows += [plain(f"  {change}") for change in dispatch.changes]
    if dispatch.contested:
        rows.append(plain("A claim behind this is disputed; ? shows who says so, and who denies it.", "$mark"))
    elif dispatch.source and dispatch.source != ("invented",):
        rows.append(plain("? shows who says so.", "$quiet"))
    return stacked(rows)
