"""tui: what was signed: provisions with sign and status word, and one provision in full with its history and claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.tui.lines.claims import claim_lines
from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.words.catalog import sentence
from sim.words.models import ProvisionLine, SourceLine

SIGNS: Final = {"observed": "✓", "questioned": "?", "pending": "○", "breached": "×", "restored": "+", "suspended": "‖",
                "fulfilled": "■", "lapsed": "–"}
STYLE: Final = {"observed": "$good", "restored": "$good", "fulfilled": "$good", "breached": "$bad", "lapsed": "$bad",
                "questioned": "$mark", "suspended": "$mark", "pending": "$mark"}


def provision_lines(provisions: Sequence[ProvisionLine], round: int) -> list[Line]:
    """Agreement by agreement: sign, number, title, status at the right; `Δ` for what changed since `round` was resolved."""
    out: list[Line] = []
    agreement = None
    for it in provisions:
        if it.agreement != agreement:
            agreement = it.agreement
            out += ([gap(it.id)] if out else []) + [heading(it.id, agreement)]
        style = STYLE.get(it.status, "$quiet")
        head = plain(f"{SIGNS.get(it.status, '·')} ", f"bold {style}") + plain(f"{it.point:>3}  ", "$quiet")
        fresh = bool(it.steps) and it.steps[-1].round >= round > 0
        tail = (plain("Δ ", "$mark") if fresh else plain("")) + plain(it.status, style)
        out.append(Line(f"provision:{it.id}", plain(it.title), head, it.source, wraps=False, tail=tail))
    return out or [Line("nothing", plain("Nothing was signed between these parties.", "$quiet"))]


def reading_lines(it: ProvisionLine, sources: Sequence[SourceLine]) -> list[Line]:
    """One provision: text, parties, status and its history, what moves it, and the claims it rests on."""
    style = STYLE.get(it.status, "$quiet")
    signed = f", signed {it.signed}" if it.signed and it.signed not in it.agreement else ""
    rows = [plain(f"{it.point}  " if it.point else "", "$quiet") + plain(it.title, "bold"),
            plain(f"{it.agreement}{signed}", "$quiet")]
    out = [Line("title", stacked(rows), source=it.source), gap("text"), Line("text", plain(it.text), source=it.source)]
    if it.binds:
        out.append(Line("binds", plain("Binds ", "$quiet") + plain(it.binds) + plain(".", "$quiet"), source=it.source))
    now = plain(f"{SIGNS.get(it.status, '·')} {it.status}", f"bold {style}") + plain(f"  {it.since}", "$quiet")
    out += [gap("status"), heading("status", "Status"), Line("now", now, source=it.source)]
    for number, step in enumerate(reversed(it.steps)):
        told = [plain(f"{step.before} → {step.after}", STYLE.get(step.after, "$quiet")) + plain(f"  {sentence(step.when)}", "$quiet")]
        told += [plain(step.why)] if step.why else []
        out.append(Line(f"step:{number}", stacked(told), plain("  "), it.source))
    if it.moved_by:
        out += [gap("moves"), heading("moves", "What moves it"), Line("moves", plain(it.moved_by), source=it.source)]
    out += [gap("sources"), heading("sources", "Who says so")]
    return out + (claim_lines(sources) or [Line("unsourced", plain("No source is named for it.", "$quiet"))])


def legend() -> str:
    """The signs in words."""
    return "  ".join(f"{sign} {status}" for status, sign in SIGNS.items())
