"""tui: the text under negotiation: articles with sign, brackets and a private margin; what can be done; the check."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from textual.content import Content

from sim.tui.lines.line import EMPTY, Line, freed, gap, plain, stacked
from sim.tui.lines.moves import cost, red_line
from sim.words.catalog import sentence
from sim.words.estimative import counted, listed
from sim.words.models import ClauseLine, MenuItem, Negotiation, PartCheck, PartLine, SignatureLine

SIGNS: Final = {"absent": "·", "tabled": "•", "bracketed": "[]", "agreed": "=", "signed": "■", "struck": "×"}
STYLE: Final = {"absent": "$quiet", "tabled": "$primary", "bracketed": "$mark", "agreed": "$good", "signed": "$good",
                "struck": "$quiet"}
WORDS: Final = {"absent": "not tabled", "tabled": "tabled", "bracketed": "in brackets", "agreed": "agreed",
                "signed": "signed", "struck": "struck"}
KEYS: Final = {"table": "t", "agree": "y", "bracket": "b", "sign": "s"}
"""The letter of each act at the negotiating table."""
DOING: Final = {"table": "Table it", "agree": "Say yes to it", "bracket": "Put it in brackets", "sign": "Sign the part"}
ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MARGIN: Final = 16
_BESIDE: Final = 64
"""From this width on the margin stands beside the text, else below it."""
_OPEN: Final = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Article(Line):
    """A line with notes in the margin."""

    margin: tuple[Content, ...] = ()

    def set(self, width: int) -> Content:
        """The article in a width: its margin at the right where there is room, else below."""
        indent = self.head.cell_length
        beside = width >= _BESIDE
        room = max(8, width - indent - (_MARGIN + 2 if beside else 0))
        body = self.body if beside or not self.margin else stacked([self.body, plain(" · ", "$quiet").join(self.margin)])
        rows = [row for part in body.split("\n", allow_blank=True) for row in (part.wrap(room) or [EMPTY])]
        if beside:
            notes = [*self.margin, *([EMPTY] * len(rows))]
            rows += [EMPTY] * (len(self.margin) - len(rows))
            rows = [row.extend_right(room - row.cell_length) + plain("  ") + note if note else row
                    for row, note in zip(rows, notes, strict=False)]
        first, *rest = rows
        return freed(Content("\n").join([self.head + first, *(row.pad_left(indent) for row in rest)]))

    def same(self, other: Line) -> bool:
        """Whether both look the same, margin included."""
        return Line.same(self, other) and isinstance(other, Article) and len(self.margin) == len(other.margin) and all(
            mine.is_same(theirs) for mine, theirs in zip(self.margin, other.margin, strict=True))

    @property
    def said(self) -> str:
        """The article in words, its margin last."""
        notes = "; ".join(note.plain for note in self.margin)
        return freed(self.head + self.body).plain + (f" ({notes})" if notes else "")


def document(table: Negotiation, filed: Collection[str], acts: dict[str, MenuItem], whole: bool) -> list[Line]:
    """The text part by part; `whole` shows what nobody has tabled as well."""
    if not table.parts:
        return [Line("nothing", plain(table.title, "$quiet"))]
    out = [Line("heading:title", plain(table.title, "bold"), heading=True)]
    if table.state:
        out.append(Line("heading:state", plain(table.state, "$quiet"), heading=True))
    for part in table.parts:
        shown = [clause for clause in part.clauses if whole or clause.status != "absent"]
        out += [gap(f"part:{part.id}"), _part(part, filed, acts, len(part.clauses) - len(shown))]
        for clause in shown:
            out += [gap(clause.id), _article(clause, _ordered(clause.acts, filed, acts))]
    return out


def _part(part: PartLine, filed: Collection[str], acts: dict[str, MenuItem], left_out: int) -> Article:
    name = f"Part {ROMAN[part.number] if part.number < len(ROMAN) else part.number}"
    rows = [plain(f"{name} · {part.title}", "bold $primary")]
    if part.signed:
        rows.append(plain(f"■ {part.signed}", "$good"))
    if part.fell:
        rows.append(plain(f"× {part.fell}", "$bad"))
    if not part.signatures:
        rows.append(plain("Settled: nothing of it is left to sign.", "$quiet"))
    elif not part.signed or any(it.rounds or not it.waits_for for it in part.signatures):
        rows.append(plain("Next signatures: " if part.signed else "Signatures: ", "$quiet")
                    + plain(" · ", "$quiet").join(map(_signature, part.signatures)))
    if left_out:
        rows.append(plain(f"{counted(left_out, 'article')} not tabled; c shows them.", "$quiet"))
    return Article(f"part:{part.id}", stacked(rows), margin=tuple(_done(_ordered(part.acts, filed, acts))))


def _signature(it: SignatureLine) -> Content:
    if it.rounds:
        return plain(f"■ {it.who}, {counted(it.rounds, 'more round')}", "$good")
    return plain(f"– {it.who}", "$quiet")


@lru_cache(maxsize=256)
def _article(clause: ClauseLine, ordered: tuple[str, ...]) -> Article:
    # kept, for at every order only one of them changes
    style = STYLE.get(clause.status, "$quiet")
    faint = clause.status in ("absent", "struck")
    rows = [plain(clause.title, "bold $quiet" if faint else "bold") + plain(f"  {WORDS.get(clause.status, clause.status)}", style)]
    rows.append(bracketed(clause.text, clause.status == "bracketed", "$quiet" if faint else ""))
    if clause.status == "bracketed":
        rows.append(plain(_held(clause), "$mark"))
    elif clause.said_yes or clause.no_yes:
        rows.append(_yes(clause))
    elif clause.status == "tabled":
        rows.append(plain(f"Needs the yes of {listed(clause.parties)}.", "$quiet"))
    if clause.moved:
        rows.append(plain(f"Δ last round: {clause.moved}", "$mark"))
    margin = _done(ordered)
    if clause.red_line:
        margin.append(plain("▬ your red line", "$bad"))
    if clause.worth is not None:
        margin.append(plain(f"worth {clause.worth} of 10", "$quiet"))
    head = plain(f"{SIGNS.get(clause.status, ' '):<2} ", f"bold {style}") + plain(f"{clause.number:>2}  ", "$quiet")
    return Article(f"clause:{clause.id}", stacked(rows), head, clause.source, margin=tuple(margin))


def _ordered(keys: Sequence[str], filed: Collection[str], acts: dict[str, MenuItem]) -> tuple[str, ...]:
    """The steps that are ordered, by their verbs."""
    return tuple(acts[key].id for key in keys if key in filed and key in acts)


def _done(ordered: Sequence[str]) -> list[Content]:
    return [plain(f"✓ {_SHORT[verb]}", "bold $good") for verb in ordered]


_SHORT: Final = {"table": "you table it", "agree": "you say yes", "bracket": "you bracket it", "sign": "you sign"}


def bracketed(text: str, whole: bool, style: str = "") -> Content:
    """A text with its square brackets set off: those of open figures, and those around all of it."""
    out, at = Content(""), 0
    for found in _OPEN.finditer(text):
        out += plain(text[at:found.start()], style) + plain(found[0], "$mark")
        at = found.end()
    out += plain(text[at:], style)
    return plain("[", "bold $mark") + out + plain("]", "bold $mark") if whole else out


def _held(clause: ClauseLine) -> str:
    if clause.holders:
        return f"Brackets held by {listed(clause.holders)}."
    why = clause.history[-1].partition(": ")[2] if clause.history else ""
    return sentence(why) if why.startswith("it fell") else "Nobody is known to hold the brackets."


def _yes(clause: ClauseLine) -> Content:
    parts = [plain(f"✓ {who}", "$good") for who in clause.said_yes] + [plain(f"– {who}", "$quiet") for who in clause.no_yes]
    return plain("Yes: ", "$quiet") + plain("   ").join(parts)


def about_clause(clause: ClauseLine, part: PartLine | None, *, text: bool = False) -> Content:
    """All about an article, for the pane beside the text; with its `text` where that cannot be seen beside it."""
    rows = [plain(clause.title, "bold")]
    where = f"Article {clause.number}" + (f", {part.title.lower() if part.title.isupper() else part.title}" if part else "")
    rows.append(plain(f"{where} · ", "$quiet") + plain(sentence(clause.status_text), STYLE.get(clause.status, "$quiet")))
    if text:
        rows.append(bracketed(clause.text, clause.status == "bracketed"))
    if clause.red_line:
        rows.append(plain("▬ One of your red lines (only you see this).", "$bad"))
    if clause.worth is not None:
        rows.append(plain("Worth to you  ", "$quiet") + _scale(clause.worth) + plain(f"  {clause.worth} of 10", "$quiet"))
    for how, label in (("needs", "Needs one of"), ("excludes", "Strikes"), ("excluded_by", "Struck by")):
        others = [other for other in clause.related if other.how == how]
        if others:
            rows.append(plain(f"{label}  ", "$quiet") + plain(", ", "$quiet").join(
                plain(f"{SIGNS.get(other.status, ' ')} ", STYLE.get(other.status, "$quiet")) + plain(other.title)
                for other in others))
    if clause.on_signature:
        rows.append(plain("On signature  ", "$quiet") + plain(clause.on_signature))
    rows += [plain(sentence(step), "$quiet") for step in clause.history[-4:]]
    return stacked(rows)


def _scale(worth: int) -> Content:
    return plain("▰" * worth, "$mark") + plain("▱" * (10 - worth), "$rule")


def about_part(part: PartLine) -> Content:
    """All about a part: what each signature waits for, and what the signature does."""
    rows = [plain(part.title, "bold"),
            plain(f"{counted(len(part.clauses), 'article')}, signed together as far as agreed.", "$quiet")]
    rows += [plain(f"■ {part.signed}", "$good")] if part.signed else []
    rows += [plain(f"× {part.fell}", "$bad")] if part.fell else []
    rows += [plain("A next signature:", "$quiet")] if part.signed and part.signatures else []
    # signatures that wait for the same are told together
    for waits in dict.fromkeys(it.waits_for for it in part.signatures):
        alike = [it for it in part.signatures if it.waits_for == waits]
        told = f"  wait{'s' * (len(alike) == 1)} for:" if waits else "" if any(it.rounds for it in alike) else "  free to sign now"
        rows.append(plain("  ").join(map(_signature, alike)) + plain(told, "$quiet"))
        rows += [plain(f"    {wait}") for wait in waits]
    if part.on_signature:
        rows.append(plain("On signature  ", "$quiet") + plain(part.on_signature))
    return stacked(rows)


def act_lines(acts: Sequence[MenuItem], filed: Collection[str]) -> list[Line]:
    """What can be ordered about the line under the cursor: letter, cost, and why not."""
    out = []
    for item in sorted(acts, key=lambda item: not (item.legal or item.key in filed)):
        ordered = item.key in filed
        rows = [plain(DOING.get(item.id, item.title), "bold" if ordered else "" if item.legal else "$quiet")]
        if item.red_line:
            rows[0] += plain("  ") + red_line(item)
        if ordered:
            rows[0] += plain("  ordered", "$good")
        elif not item.legal:
            rows += [plain(f"needs that {why.text}", "$quiet") + plain(f"  {why.now}", "$mark") for why in item.why_not]
        state = plain("✓ ", "bold $good") if ordered else plain("  " if item.legal else "× ", "$quiet")
        head = state + plain(f"{KEYS.get(item.id, ' ')} ", "bold $primary" if item.legal or ordered else "$quiet")
        head += plain(f"{cost(item):<3}", "$mark" if item.legal or ordered else "$quiet")
        out.append(Line(item.key, stacked(rows), head, item.source))
    return out


def check_text(check: PartCheck) -> Content:
    """What a signature of the part would mean to the reader's own seat."""
    rows = [plain(f"{check.title}: ", "$quiet") + plain(inline(check.verdict), "bold" if check.signs else "")]
    rows += [plain(f"▬ “{title}” is one of your red lines.", "bold $bad") for title in check.red_lines]
    rows += [plain(f"× {text}", "$bad") for text in check.missing]
    rows += [plain("= ", "$good") + plain(f"{it.number}  {it.title}") + _valued(it.worth) for it in check.signs
             if not it.red_line]
    rows += [plain(f"! {text}", "$mark") for text in check.risks]
    rows += [plain(text, "$quiet") for text in check.excluded]
    if check.joins:
        rows.append(plain("Signed with it, if agreed before:", "$quiet"))
        rows += [plain("• ", "$primary") + plain(f"{it.number}  {it.title}") + _valued(it.worth)
                 + (plain("  ▬ your red line", "$bad") if it.red_line else plain("")) for it in check.joins]
    if check.others:
        rows.append(plain(check.others, "$quiet"))
    return stacked(rows)


def inline(text: str) -> str:
    """A sentence behind a colon."""
    return text[:1].lower() + text[1:]


def _valued(worth: int | None) -> Content:
    return plain("") if worth is None else plain(f"  worth {worth}", "$quiet")


def legend(width: int) -> Content:
    """The signs of the document, in as many rows as a width needs."""
    rows = [EMPTY]
    for status, sign in SIGNS.items():
        cell = plain(f"{sign} ", STYLE[status]) + plain(WORDS[status].removeprefix("in "), "$quiet")
        if rows[-1] and rows[-1].cell_length + 2 + cell.cell_length > width:
            rows.append(cell)
        else:
            rows[-1] = rows[-1] + plain("  ") + cell if rows[-1] else cell
    return stacked(rows)
