"""tui: whole pages of lines: draft, provisions, wire, reasons, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.words.catalog import sentence
from sim.words.models import PartLine, ProvisionLine, ReasonLine, SilentLine, SourceLine

STATUS: Final = {"agreed": "$good", "signed": "$good", "bracketed": "$mark", "tabled": "$primary", "struck": "$quiet",
                 "observed": "$good", "restored": "$good", "fulfilled": "$good", "breached": "$bad",
                 "questioned": "$mark", "suspended": "$mark"}


def nothing(text: str) -> list[Line]:
    """A page that has nothing to show yet."""
    return [Line("nothing", plain(text, "$quiet"))]


def draft_page(parts: Sequence[PartLine]) -> list[Line]:
    """Part by part, each clause with its status, what it needs, and what it is worth to the reader."""
    out: list[Line] = []
    for part in parts:
        out += ([gap(part.id)] if out else []) + [heading(part.id, part.title)]
        if part.signed_by:
            out.append(Line(f"signed:{part.id}", plain(f"Signed by {', '.join(part.signed_by)}.", "$good")))
        if part.waits_for:
            out.append(Line(f"waits:{part.id}", plain("A signature waits for: ", "$quiet") + plain("; ".join(part.waits_for))))
        for clause in part.clauses:
            style = STATUS.get(clause.status, "$quiet")
            rows = [plain(clause.title, "bold") + plain(f"  {clause.status_text or clause.status}", style)]
            if clause.changed:
                rows[0] += plain("  changed last round", "$mark")
            if clause.text:
                rows.append(plain(clause.text))
            notes = [f"worth {clause.worth} of 10 to you"] if clause.worth is not None else []
            notes += [f"needs {', '.join(clause.needs)}"] if clause.needs else []
            notes += [f"excludes {', '.join(clause.excludes)}"] if clause.excludes else []
            notes += [f"on signature: {clause.on_signature}"] if clause.on_signature else []
            if clause.red_line:
                rows.append(plain("One of your red lines (only you see this).", "$bad"))
            if notes:
                rows.append(plain(" · ".join(notes), "$quiet"))
            mark = {"bracketed": "[]", "agreed": "= ", "signed": "■ ", "tabled": "• "}.get(clause.status, "  ")
            out.append(Line(f"clause:{clause.id}", stacked(rows), plain(f"{mark} ", style)))
    return out or nothing("Nobody has brought a text to the table.")


def provisions_page(provisions: Sequence[ProvisionLine]) -> list[Line]:
    """Agreement by agreement, each provision with its status and history."""
    out: list[Line] = []
    agreement = None
    for one in provisions:
        if one.agreement != agreement:
            agreement = one.agreement
            out += ([gap(one.id)] if out else []) + [heading(one.id, agreement)]
        style = STATUS.get(one.status, "$quiet")
        rows = [plain(one.title, "bold") + plain(f"  {one.status}", style) + plain(f" {one.since}", "$quiet")]
        rows.append(plain(one.text))
        if one.binds:
            rows.append(plain(f"Binds {one.binds}.", "$quiet"))
        if one.moved_by:
            rows.append(plain(f"What moves it: {one.moved_by}", "$quiet"))
        rows += [plain(f"  {step}", "$quiet") for step in one.history]
        out.append(Line(f"provision:{one.id}", stacked(rows), plain(f"{one.point:>3}  "), one.source))
    return out or nothing("Nothing was signed between these parties.")


def why_page(silent: Sequence[SilentLine], reasons: Sequence[ReasonLine], kept_back: str) -> list[Line]:
    """Why the last round went as it did: what happened by itself, then why the others chose as they did.

    `kept_back` says in a sentence why reasons are not told yet.
    """
    out = [heading("silent", "What happened by itself")]
    out += [_silent(line) for line in silent] or nothing("Nothing moved that the wire does not tell.")
    out += [gap("reasons"), heading("reasons", "Why the others chose as they did")]
    for number, reason in enumerate(reasons):
        rows = [plain(reason.about, "bold"), *(plain(sentence(why)) for why in reason.because)]
        if reason.otherwise:
            rows.append(plain(sentence(reason.otherwise), "$quiet"))
        out.append(Line(str(number), stacked(rows), plain("• ", "$primary")))
    return out if reasons else [*out, *nothing(kept_back or "Nobody has chosen yet.")]


def _silent(line: SilentLine) -> Line:
    rows = [plain(line.title, "bold") + plain(f"  {line.text}")]
    if line.why:
        rows.append(plain(line.why, "$quiet"))
    return Line(f"silent:{line.key}", stacked(rows), plain("• ", "$primary"), line.source)


def sources_page(sources: Sequence[SourceLine]) -> list[Line]:
    """Who says what, when, and who disputes it."""
    out = []
    for source in sources:
        dated = plain(f", {source.date}", "$quiet") if source.date else plain("")
        rows = [plain(source.says), plain(source.speaker, "bold") + dated]
        rows.append(plain(" · ".join(part for part in (source.status, source.outlet, source.dossier) if part), "$quiet"))
        if source.disputed:
            rows.append(plain(f"◇ {source.disputed}", "$mark"))
        out.append(Line(source.claim, stacked(rows), plain(f"{source.claim:<9} ", "$primary")))
    return out or nothing("No source is named for this line.")


def bullets(items: Sequence[str], style: str = "$primary") -> list[Line]:
    """Items with a bullet and a hanging indent."""
    return [Line(f"item:{number}", Content(item), plain("• ", style)) for number, item in enumerate(items)]
