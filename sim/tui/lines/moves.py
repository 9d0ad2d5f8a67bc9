"""tui: moves, questions and orders: what a seat can do, at what cost, with what likely effect, and why not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, heading, held, plain, stacked
from sim.tui.lines.tracks import STYLE, signed
from sim.words.models import LikelyChange, Menu, MenuGroup, MenuItem, QuestionItem

SEEN: Final = {"public": "everyone sees it", "parties": "only those concerned see it", "secret": "secret"}


def cost(item: MenuItem) -> str:
    """`●●`, or `·` for what costs nothing."""
    return "●" * item.cost or "·"


def matches(item: MenuItem, group: str, wanted: str) -> bool:
    """Whether every word typed occurs in what the line says."""
    text = f"{item.title} {group} {item.tier} {item.hint} {item.cameo}".casefold()
    return all(word in text for word in wanted.casefold().split())


def move_lines(menu: Menu, filed: Collection[str], wanted: str, closed: bool) -> list[Line]:
    """The moves by group, those filed marked; the closed ones behind the open ones, or left out."""
    out: list[Line] = []
    for group in menu.groups:
        found = [item for item in group.items if not wanted or matches(item, group.title, wanted)]
        shown = [item for item in found if item.legal or item.key in filed]
        shut = [item for item in found if item not in shown]
        if not shown and not (closed and shut):
            continue
        more = "" if closed or not shut else f"  {len(shut)} closed"
        out.append(_group(group, more))
        out += [_move(item, item.key in filed) for item in shown]
        out += [_move(item, False) for item in shut if closed]
    return out


def _group(group: MenuGroup, more: str) -> Line:
    line = heading(group.id, group.title)
    return Line(line.id, line.body + plain(more, "$quiet not bold"), heading=True, wraps=False)


def _move(item: MenuItem, ordered: bool) -> Line:
    state = plain("✓ ", "$good bold") if ordered else plain("  " if item.legal else "× ", "$quiet")
    head = state + plain(f"{cost(item):<3}", "$mark" if item.legal or ordered else "$quiet") + plain(" ")
    return Line(item.key, plain(item.title, "bold" if ordered else "" if item.legal else "$quiet"), head,
                item.source, wraps=False)


def question_lines(questions: Sequence[QuestionItem], filed: Collection[str]) -> list[Line]:
    """Each question with its answers, which are numbered through."""
    out: list[Line] = []
    number = 0
    for question in questions:
        rounds = question.rounds_left
        left = "  " + held(f"{rounds} round{'s' * (rounds != 1)} left") if rounds else ""
        out.append(Line(f"question:{question.id}", plain(question.text or question.title, "bold") + plain(left, "$quiet"),
                        heading=True))
        for answer in question.answers:
            number += 1
            given = answer.key in filed
            head = plain("✓ " if given else "  ", "$good bold") + plain(f"{number if number < 10 else ' '} ", "$mark")
            style = "bold" if given else "" if answer.legal else "$quiet"
            out.append(Line(answer.key, plain(answer.title, style), head, answer.source, wraps=False))
    return out


def order_lines(filed: Sequence[MenuItem]) -> list[Line]:
    """What is chosen so far."""
    return [Line(item.key, plain(item.title), plain(f"{index}  ", "$quiet") + plain(f"{cost(item):<3} ", "$mark"),
                 item.source, wraps=False) for index, item in enumerate(filed, 1)]


def change_text(change: LikelyChange) -> Content:
    """`tension −3`, or a range, in the colour of its judgement."""
    amount = signed(change.low) if change.low == change.high else f"{signed(change.low)} to {signed(change.high)}"
    return plain(f"{change.title} {amount}", STYLE[change.judged])


def about_move(item: MenuItem) -> Content:
    """Effects with chances, cost, tier, who sees it, code, hint; and why it is closed."""
    rows = [plain(item.title, "bold")]
    facts = [f"costs {item.cost}" if item.cost else "costs nothing", item.tier, SEEN[item.seen]]
    if item.cameo:
        scale = "" if item.goldstein is None else f", Goldstein {signed_tenths(item.goldstein)}"
        facts.append(f"CAMEO {item.cameo}{scale}")
    rows.append(plain(" · ".join(fact for fact in facts if fact), "$quiet"))
    if not item.legal and item.why_not:
        rows.append(plain("Closed, because it needs", "$mark"))
        rows += [plain("  × ", "$mark") + plain(why.text) + plain(f"  {why.now}", "$quiet") for why in item.why_not]
    rows += likely(item)
    if len(item.branches) > 1 and item.expected:
        rows.append(plain("on average  ", "$quiet") + Content(", ").join(change_text(c) for c in item.expected))
    if item.tendency:
        rows.append(plain(item.tendency, "$quiet"))
    if item.hint:
        # last, for it is the first that may be cut on a low screen
        rows.append(plain(item.hint, "italic"))
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
