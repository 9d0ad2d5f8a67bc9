"""tui: moves, questions and orders: what a seat can do, at what cost, with what likely effect, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.style import Style

from sim.tui.lines.line import Line, held, plain, stacked
from sim.tui.lines.tracks import STYLE, signed
from sim.words.models import LikelyChange, Menu, MenuGroup, MenuItem, QuestionItem

SEEN: Final = {"public": "public", "parties": "seen by those concerned", "secret": "secret"}


def cost(item: MenuItem) -> str:
    """`●●`, or `·` for what costs nothing."""
    return "●" * item.cost or "·"


def red_line(item: MenuItem) -> Content:
    """The mark behind a move that crosses one of the seat's red lines, or nothing."""
    return plain(held("▬ red line"), "$bad") if item.red_line else plain("")


def matching(menu: Menu, wanted: str) -> frozenset[str]:
    """The keys of the moves in whose title, group, tier or code every word typed occurs; else in whose hint as well."""
    words = wanted.casefold().split()
    said = {item.key: f"{item.title} {group.title} {item.tier} {item.cameo}".casefold()
            for group in menu.groups for item in group.items}
    found = frozenset(key for key, text in said.items() if all(word in text for word in words))
    if found:
        return found
    return frozenset(item.key for group in menu.groups for item in group.items
                     if all(word in f"{said[item.key]} {item.hint.casefold()}" for word in words))


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the picker: a move, or moves that differ by their addressee alone, of which one is chosen."""

    items: tuple[MenuItem, ...]
    at: int

    @property
    def item(self) -> MenuItem:
        """The move that enter orders."""
        return self.items[self.at]

    @property
    def family(self) -> str:
        """What the moves of the row have in common."""
        return f"{self.item.group}:{self.item.id}"


@dataclass(frozen=True, slots=True)
class Spending:
    """What a seat has filed, and what it can still spend."""

    filed: frozenset[str] = frozenset()
    attention: int | None = None
    """What is left; None asks nobody."""
    full: bool = False
    """No further order may be filed."""

    def affords(self, item: MenuItem) -> bool:
        """Whether a move could still be ordered beside those filed."""
        return not self.full and (self.attention is None or item.cost <= self.attention)


def choices(group: MenuGroup, chosen: Mapping[str, str], filed: Collection[str], *, closed: bool,
            found: Collection[str] | None = None) -> tuple[Choice, ...]:
    """The rows of a group: what can be ordered, then what is closed today, if that is asked for.

    `chosen` has the key of the addressee chosen last, by family; else the first that is filed or open is at hand.
    `found` are the keys that a filter leaves.
    """
    families: dict[tuple[str, int, str], list[MenuItem]] = {}
    for number, item in enumerate(group.items):
        if found is not None and item.key not in found:
            continue
        if not closed and not item.legal and item.key not in filed:
            continue
        alone = ("", number, "") if not item.target else (item.id, item.cost, item.tier)
        families.setdefault(alone, []).append(item)
    rows = [_choice(items, chosen, filed) for items in families.values()]
    return tuple(sorted(rows, key=lambda row: not any(i.legal or i.key in filed for i in row.items)))


def _choice(items: Sequence[MenuItem], chosen: Mapping[str, str], filed: Collection[str]) -> Choice:
    wanted = chosen.get(f"{items[0].group}:{items[0].id}")

    def rank(number: int) -> tuple[bool, bool, bool, int]:
        item = items[number]
        return (item.key != wanted, item.key not in filed, not item.legal, number)

    return Choice(tuple(items), min(range(len(items)), key=rank))


def move_lines(menu: Menu, spending: Spending, wanted: str = "", *, closed: bool = True,
               folded: Collection[str] = (), chosen: Mapping[str, str] | None = None, width: int = 60) -> list[Line]:
    """The moves by group, those filed marked; closed ones behind the open ones, or left out; folded groups as one row.

    The id of a line is the key of its move, or of the addressee that is chosen; that of a group is `group:<id>`.
    """
    out: list[Line] = []
    found = matching(menu, wanted) if wanted else None
    for group in menu.groups:
        rows = choices(group, chosen or {}, spending.filed, closed=closed, found=found)
        if not rows:
            continue
        hidden = sum(not item.legal for item in group.items) if not closed and not wanted else 0
        # a filter shows all that it finds
        if group.id in folded and not wanted:
            out.append(_folded(group, rows, spending.filed))
            continue
        more = f"  {hidden} closed" if hidden else ""
        head = plain("" if wanted else "▾ ", "$quiet")
        out.append(Line(f"group:{group.id}", plain(group.title, "bold $quiet") + plain(more, "$quiet"), head,
                        heading=True, wraps=False))
        out += [_move(row, spending, wanted, width) for row in rows]
    return out


def group_sizes(menu: Menu, filed: Collection[str], *, closed: bool) -> dict[str, tuple[int, int]]:
    """By group how many rows it has, and how many of them are open."""
    out = {}
    for group in menu.groups:
        rows = choices(group, {}, filed, closed=closed)
        out[group.id] = (len(rows), sum(any(item.legal for item in row.items) for row in rows))
    return out


def _folded(group: MenuGroup, rows: Sequence[Choice], filed: Collection[str]) -> Line:
    opened = [row for row in rows if any(item.legal for item in row.items)]
    ordered = [item for row in rows for item in row.items if item.key in filed]
    count = plain(f"  ({len(opened)})" if opened else "  closed", "$quiet")
    body = plain(group.title, "bold" if opened else "bold $quiet") + count
    if ordered:
        body += plain(f"  ✓ {ordered[0].title}", "$good")
    elif opened:
        body += plain("  " + " · ".join(row.item.title for row in opened), "$quiet")
    return Line(f"group:{group.id}", body, plain("▸ ", "$primary" if opened else "$quiet"), wraps=False)


def _move(row: Choice, spending: Spending, wanted: str, width: int) -> Line:
    item = row.item
    ordered = item.key in spending.filed
    able = ordered or (item.legal and spending.affords(item))
    state = plain("✓ ", "$good bold") if ordered else plain("  " if item.legal else "× ", "$quiet")
    head = state + plain(f"{cost(item):<3}", "$mark" if able else "$quiet") + plain(" ")
    body = lit(plain(item.title, "bold" if ordered else "" if able else "$quiet"), wanted)
    if len(row.items) > 1:
        tail = _targets(row, spending.filed, width - head.cell_length - body.cell_length - 2)
    else:
        tail = red_line(item) if item.red_line else _chief(item) if item.legal else plain("")
    return Line(item.key, body, head, item.source, wraps=False, tail=tail)


def _targets(row: Choice, filed: Collection[str], room: int) -> Content:
    """The addressees side by side, the chosen one between angles; shortened, then counted, where that is too long."""
    for letters in (None, 3):
        cells = [_target(row, number, filed, letters) for number in range(len(row.items))]
        whole = Content(" ").join(cells)
        if whole.cell_length <= room:
            return whole
    return cells[row.at] + plain(f" +{len(row.items) - 1}", "$quiet")


def _target(row: Choice, number: int, filed: Collection[str], letters: int | None) -> Content:
    item, chosen = row.items[number], number == row.at
    text = f"{'✓' if item.key in filed else '' if item.legal else '×'}{item.target[:letters]}"
    cell = plain(f"‹{text}›" if chosen else text, "bold $primary" if chosen else "" if item.legal else "$quiet")
    return cell.stylize(Style.from_meta({"target": item.key}))


def _chief(item: MenuItem) -> Content:
    """The expected change that is largest."""
    if not item.expected:
        return plain("")
    change = max(item.expected, key=lambda it: max(abs(it.low), abs(it.high)))
    return change_text(change)


def lit(title: Content, wanted: str) -> Content:
    """A title with what was typed made visible."""
    text = title.plain.casefold()
    if len(text) != len(title.plain):
        return title
    for word in wanted.casefold().split():
        at = text.find(word)
        while at >= 0:
            title = title.stylize("bold underline $mark", at, at + len(word))
            at = text.find(word, at + len(word))
    return title


def question_lines(questions: Sequence[QuestionItem], filed: Collection[str]) -> list[Line]:
    """Each question with its answers, which are numbered through."""
    out: list[Line] = []
    number = 0
    for question in questions:
        rounds = question.rounds_left
        left = "  " + held(f"{rounds} round{'s' * (rounds != 1)} left") if rounds else ""
        out.append(Line(f"question:{question.id}", plain(question.text or question.title, "bold") + plain(left, "$quiet"),
                        heading=True))
        for answer in question.shown:
            number += 1
            given = answer.key in filed
            state = plain("✓ ", "$good bold") if given else plain("  " if answer.legal else "× ", "$quiet")
            head = state + plain(f"{number if number < 10 else ' '} ", "$mark")
            style = "bold" if given else "" if answer.legal else "$quiet"
            out.append(Line(answer.key, plain(answer.title, style), head, answer.source, wraps=False,
                            tail=red_line(answer)))
    return out


def same_answers(questions: Sequence[QuestionItem]) -> dict[str, str]:
    """What is asked, by the answer's key, where answers to several questions have the same words."""
    worded = Counter(answer.title for question in questions for answer in question.answers)
    return {answer.key: f"{question.text.split('. ')[0].rstrip('.')}."
            for question in questions for answer in question.answers if worded[answer.title] > 1 and question.text}


def order_lines(filed: Sequence[MenuItem], asked: Mapping[str, str], by: Mapping[str, str] | None = None) -> list[Line]:
    """What is chosen so far; a click on the cross at the right takes it back. `asked`: see `same_answers`.

    `by`: who put it there, where a delegation drafts together.
    """
    return [_order(item, asked.get(item.key, ""), (by or {}).get(item.key, "")) for item in filed]


def _order(item: MenuItem, asked: str, by: str) -> Line:
    body = plain(item.title) + (plain(f"  {asked}", "$quiet") if asked else plain(""))
    body += plain(f"  by {by}", "$quiet") if by else plain("")
    withdraw = plain("× withdraw", "$quiet").stylize(Style.from_meta({"withdraw": item.key}))
    # at the right, where a long title cannot push it out of sight
    tail = red_line(item) + plain("  ") + withdraw if item.red_line else withdraw
    return Line(item.key, body, plain("✓ ", "$good bold") + plain(f"{cost(item):<3} ", "$mark"), item.source, wraps=False,
                tail=tail)


def next_line(orders: int, spending: Spending, key: str = "r", does: str = "resolves the round") -> Line:
    """What to do next, in one row; `key` resolves the round, or hands the orders in."""
    left = spending.attention or 0
    if not orders:
        return Line("next", plain("Enter orders a move,", "$quiet") + plain(f" {key} ", "bold $primary")
                    + plain(f"{does}.", "$quiet"), heading=True, wraps=False)
    more = "" if spending.full or not left else f"   {left} attention left"
    return Line("next", plain(f"{key} ", "bold $primary") + plain(does, "$primary") + plain(more, "$quiet"),
                plain("→ ", "$primary"), heading=True, wraps=False)


def change_text(change: LikelyChange) -> Content:
    """`tension −3`, or a range, in the colour of its judgement."""
    amount = signed(change.low) if change.low == change.high else f"{signed(change.low)} to {signed(change.high)}"
    return plain(f"{change.title} {amount}", STYLE[change.judged])


def about_move(item: MenuItem, spending: Spending | None = None) -> Content:
    """Cost, tier, who sees it, effects with chances, hint, code; and why it is closed, or cannot be paid for."""
    facts = [f"costs {item.cost}" if item.cost else "costs nothing", item.tier, SEEN[item.seen]]
    rows = [plain(held(" · ".join(fact for fact in facts if fact)), "$quiet")]
    if item.red_line:
        rows.insert(0, plain("▬ One of your red lines (only you see this).", "$bad"))
    if spending is not None and item.key in spending.filed:
        rows.insert(0, plain("✓ Chosen; enter withdraws it.", "$good"))
    if spending is not None and item.legal and item.key not in spending.filed and not spending.affords(item):
        lack = "all your orders are filed" if spending.full else f"{spending.attention} attention is left"
        rows.append(plain(f"{lack[0].upper()}{lack[1:]}: withdraw an order first.", "$mark"))
    if not item.legal and item.why_not:
        rows.append(plain("Closed, because it needs", "$mark"))
        rows += [plain("  × ", "$mark") + plain(why.text) + plain(f"  {why.now}", "$quiet") for why in item.why_not]
    rows += likely(item)
    if len(item.branches) > 1 and item.expected:
        rows.append(plain("on average  ", "$quiet") + Content(", ").join(change_text(c) for c in item.expected))
    if item.tendency:
        rows.append(plain(item.tendency, "$quiet"))
    if item.hint:
        rows.append(plain(item.hint, "italic"))
    if item.cameo:
        # last, for it is the first that may be cut on a low screen
        scale = "" if item.goldstein is None else f", Goldstein {signed_tenths(item.goldstein)}"
        rows.append(plain(f"CAMEO {item.cameo}{scale}", "$quiet"))
    return stacked(rows)


def about_group(group: MenuGroup) -> Content:
    """What is in a folded group."""
    rows = [plain("  " if item.legal else "× ", "$quiet") + plain(f"{cost(item):<3} ", "$mark" if item.legal else "$quiet")
             + plain(item.title, "" if item.legal else "$quiet")
             for item in sorted(group.items, key=lambda it: not it.legal)]
    return stacked(rows)


def likely(item: MenuItem) -> list[Content]:
    """One row a branch: bar, percent, word of chance, effects."""
    if len(item.branches) == 1:
        return [plain("effect  ", "$quiet") + _effect(item, 0)]
    words = max((len(branch.words) for branch in item.branches), default=0)
    return [
        plain("━" * round(branch.percent / 12.5), "$mark") + plain("─" * (8 - round(branch.percent / 12.5)), "$rule")
        + plain(f" {branch.percent:>3} %  ") + plain(f"{branch.words:<{words}}  ", "$quiet") + _effect(item, number)
        for number, branch in enumerate(item.branches)
    ]


def _effect(item: MenuItem, number: int) -> Content:
    branch = item.branches[number]
    text = plain(branch.text or "nothing happens")
    for change in branch.changes:
        at = branch.text.casefold().find(change.title.casefold())
        if at >= 0 and change.judged != "neutral":
            end = branch.text.find(",", at)
            text = text.stylize(STYLE[change.judged], at, end if end >= 0 else len(branch.text))
    return text


def signed_tenths(number: float) -> str:
    """`+3.4`, `−2.0`."""
    return f"{'−' if number < 0 else '+'}{abs(number):.1f}"
