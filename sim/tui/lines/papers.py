"""tui: papers as lines: titles, paragraphs with the brackets of each party, versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.tui.lines.line import Line, gap, plain, stacked

if TYPE_CHECKING:
    from sim.lesson.papers import Bracket, Paper, Paragraph, Version

NEW = "● "


def title_lines(papers: Sequence[Paper], seen: Mapping[str, int], names: Mapping[str, str]) -> list[Line]:
    """A paper on two rows: its title, its parties; marked if others have changed it."""
    return [Line(paper.id, stacked([plain(paper.title, "bold"), plain(_listed(paper.parties, names), "$quiet")]),
                 plain(NEW if paper.revision > seen.get(paper.id, 0) else "  ", "$mark")) for paper in papers]


def paper_lines(paper: Paper, seen: int, names: Mapping[str, str], mine: str) -> list[Line]:
    """The text: what is agreed plainly, below it every other wording in brackets with its party."""
    out: list[Line] = []
    for place, paragraph in enumerate(paper.paragraphs, 1):
        out += [gap(f"before:{paragraph.number}")] if out else []
        out += _paragraph(paper, paragraph, place, seen, names, mine)
    return out


def _paragraph(paper: Paper, paragraph: Paragraph, place: int, seen: int, names: Mapping[str, str], mine: str) -> Iterator[Line]:
    new = plain(NEW if paragraph.revision > seen else "  ", "$mark")
    text = plain(paragraph.text) if paragraph.text else plain("Nothing is agreed here yet.", "$quiet")
    yield Line(f"p:{paragraph.number}", text, new + plain(f"{place}. ", "bold"))
    for bracket in paragraph.brackets:
        yield Line(f"b:{paragraph.number}:{bracket.seat}", stacked([
            plain(f"[{bracket.text}]" if bracket.text else "[strike this paragraph]", "" if bracket.text else "italic"),
            plain(said(paper, bracket, names, mine), "$quiet")]), plain("     ▏", "$mark" if bracket.seat == mine else "$primary"))


def said(paper: Paper, bracket: Bracket, names: Mapping[str, str], mine: str = "") -> str:
    """Whose wording it is, who agrees, who has still to: `Osk wants this; Velmora agrees; Tarn has not said so yet`."""
    agree = [party for party in bracket.agreed if party != bracket.seat]
    still = [party for party in paper.parties if party not in bracket.agreed]
    whose = "You want this" if bracket.seat == mine else f"{names.get(bracket.seat, bracket.seat)} wants this"
    parts = [whose]
    if agree:
        parts.append(f"{_listed(agree, names)} {'agrees' if len(agree) == 1 else 'agree'}")
    if mine and mine in still and bracket.seat != mine:
        parts.append("enter agrees for you")
        still = [party for party in still if party != mine]
    if still:
        parts.append(f"{_listed(still, names)} {'has' if len(still) == 1 else 'have'} not agreed")
    return "; ".join(parts)


def version_lines(paper: Paper, names: Mapping[str, str]) -> list[Line]:
    """Every change, the newest first."""
    return [Line(f"version:{version.revision}", plain(told(version, names)), plain(f"{version.revision:>3} ", "bold $primary"))
            for version in reversed(paper.versions)]


def told(version: Version, names: Mapping[str, str]) -> str:
    """`Round 2: Osk wrote its own wording of a paragraph`."""
    did = {"proposed": "proposed a paragraph", "bracketed": "put its own wording in brackets",
           "agreed": "agreed to a wording", "taken": "agreed last, and the wording became the text",
           "unbracketed": "withdrew its brackets"}[version.did]
    return f"Round {version.round}: {names.get(version.seat, version.seat)} {did}"


def as_it_stood(version: Version, names: Mapping[str, str]) -> list[Line]:
    """The text after a change; the paragraph that was changed is marked."""
    out: list[Line] = []
    for place, paragraph in enumerate(version.paragraphs, 1):
        changed = paragraph.number == version.paragraph
        rows = [plain(paragraph.text)] if paragraph.text else []
        rows += [plain(f"[{names.get(b.seat, b.seat)}: {b.text or 'strike this paragraph'}]", "$quiet") for b in paragraph.brackets]
        out += [gap(f"v{paragraph.number}")] if out else []
        out.append(Line(f"v:{paragraph.number}", stacked(rows), plain(NEW if changed else "  ", "$mark") + plain(f"{place}. ", "bold")))
    return out or [Line("none", plain("Nothing was left of it.", "$quiet"))]


def paragraph_of(id: str) -> tuple[int, str]:
    """The number of the paragraph a line belongs to, and the seat of its bracket; 0 for any other line."""
    kind, _, rest = id.partition(":")
    number, _, seat = rest.partition(":")
    return (int(number), seat) if kind in ("p", "b") and number.isdigit() else (0, "")


def _listed(seats: Sequence[str], names: Mapping[str, str]) -> str:
    called = [names.get(seat, seat) for seat in seats]
    return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} and {called[-1]}"
