"""tui: a round that was played, and the lines of a match, as list lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.dispatches import die, sign, told
from sim.tui.lines.line import Line, gap, heading, held, plain, stacked
from sim.words.models import Dispatch, Filed, LineCard, Stop

FORK: Final = "fork:"
"""Begins the id of a line that leads to another line of the match."""


def stop_lines(stop: Stop, dispatches: Sequence[Dispatch], own: bool) -> list[Line]:
    """What was filed in a round and what it brought; `own` if only the reader's own orders are told."""
    opening = [it for it in dispatches if it.tier == "events"]
    brought = [it for it in dispatches if it.tier != "events"]
    out: list[Line] = []
    if opening:
        out += [heading("opening", "As the round opened"), *_news("opening", opening), gap("opening")]
    if stop.filed:
        out += [heading("filed", "You filed" if own else "What was filed"), *_filed(stop.filed, own), gap("filed")]
    if stop.waiting:
        some = "an order or answer" if stop.waiting == 1 else f"{stop.waiting} orders and answers"
        out += [heading("waiting", "Sealed here"), Line("waiting", plain(f"{some} of yours, not resolved yet".capitalize())),
                gap("waiting")]
    if stop.state == "closed":
        out.append(heading("brought", "What the round brought"))
        out += _news("brought", brought) or [Line("quiet", plain("A quiet round: nothing was heard.", "$quiet"))]
    elif not out:
        out.append(Line("quiet", plain("Nothing has happened in this round yet.", "$quiet")))
    return out + fork_lines(stop.forks)


def fork_lines(forks: Sequence[str]) -> list[Line]:
    """The lines that went another way here; to be chosen."""
    if not forks:
        return []
    return [gap("forks"), heading("forks", "Played another way"),
            *(Line(f"{FORK}{name}", plain(name, "bold") + plain(" leaves here; enter goes there", "$quiet"),
                   plain("└ ", "$primary")) for name in forks)]


def _news(id: str, dispatches: Sequence[Dispatch]) -> list[Line]:
    out = []
    for number, dispatch in enumerate(dispatches):
        rows = [told(dispatch)]
        if dispatch.roll:
            rows.append(die(dispatch.roll))
        if dispatch.changes:
            rows.append(plain("   ".join(map(held, dispatch.changes)), "$quiet"))
        out.append(Line(f"{id}:{number}", stacked(rows), sign(dispatch), dispatch.source))
    return out


def _filed(filed: Sequence[Filed], own: bool) -> list[Line]:
    out = []
    for number, one in enumerate(filed):
        name = plain("") if own else plain(f"{one.name}: ", "bold")
        titles = one.titles or ("nothing",)
        style = "" if one.titles else "$quiet"
        if own:
            mark = plain("✓ " if one.titles else "  ", "$good")
            out += [Line(f"filed:{number}:{n}", plain(title if one.titles else "Nothing.", style), mark)
                    for n, title in enumerate(titles)]
        else:
            out.append(Line(f"filed:{number}", name + plain("; ".join(titles), style), plain("✓ ", "$good")
                            if one.titles else plain("  ")))
    return out


def branch_lines(cards: Sequence[LineCard], marked: int) -> list[Line]:
    """The lines of a match as a tree; `marked` is the number of the one that is chosen to be compared, or 0."""
    trees = [_tree(cards, card) for card in cards]
    wide = max((len(tree) + len(card.name) for tree, card in zip(trees, cards, strict=True)), default=0)
    says = max((len(card.says) for card in cards), default=0)
    out = []
    for tree, card in zip(trees, cards, strict=True):
        name = plain(tree, "$quiet") + plain(card.name.capitalize(), "bold")
        leaves = f"from round {card.leaves}" if card.leaves else "from the start"
        body = (name.extend_right(wide + 2 - name.cell_length) + plain(f"{leaves:<15} ", "$quiet")
                + plain(f"{card.says:<{says}}  "))
        if card.score is not None:
            body += plain(f"score {card.score:>3}", "$quiet")
        if card.waiting:
            body += plain(f"  {card.waiting} sealed", "$mark")
        if card.here:
            body += plain("  ◂ here", "bold $primary")
        head = plain("◆ " if card.number == marked else "  ", "$mark")
        out.append(Line(str(card.head), body, head, wraps=False))
    return out


def _tree(cards: Sequence[LineCard], card: LineCard) -> str:
    """`│  └─ ` in front of a line that hangs from another."""
    if not card.parent:
        return ""
    by_number = {it.number: it for it in cards}
    out = "├─ " if _followed(cards, card) else "└─ "
    above = by_number[card.parent]
    while above.parent:
        out = ("│  " if _followed(cards, above) else "   ") + out
        above = by_number[above.parent]
    return out


def _followed(cards: Sequence[LineCard], card: LineCard) -> bool:
    """Whether a later line leaves the same one."""
    place = cards.index(card)
    return any(it.parent == card.parent for it in cards[place + 1:])


def about_branch(card: LineCard, parent: str, apart: str) -> Content:
    """A line at length; `apart` says how it differs from the marked one."""
    leaves = f"It leaves {parent} in round {card.leaves}." if card.parent else "It was played first."
    rows = [plain(card.name.capitalize(), "bold"), plain(leaves), plain(f"It is {card.says}, {card.date}."
            if not card.ending else f"It ended in round {card.round}, {card.date}: {card.ending}.")]
    if card.score is not None:
        rows.append(plain(f"Your score there: {card.score} of 100."))
    if card.waiting:
        rows.append(plain("Orders of yours are sealed there and wait to be resolved.", "$mark"))
    if card.here:
        rows.append(plain("The match stands on it.", "$primary"))
    if apart:
        rows.append(plain(apart, "$quiet"))
    return stacked(rows)
