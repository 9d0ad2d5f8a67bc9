"""tui: why a round went as it did: what happened by itself, then why the others chose, and what it would have taken."""

from __future__ import annotations

from collections.abc import Sequence

from sim.tui.lines.line import Line, gap, heading, plain, stacked
from sim.words.catalog import sentence
from sim.words.models import ReasonLine, SilentLine


def why_lines(silent: Sequence[SilentLine], reasons: Sequence[ReasonLine], kept_back: str) -> list[Line]:
    """`kept_back` says in a sentence why reasons are not told, where there are none."""
    out = [heading("silent", "What happened by itself")]
    out += [_silent(line) for line in silent] or [
        Line("silent:none", plain("Nothing moved that the wire does not tell.", "$quiet"))]
    out += [gap("reasons"), heading("reasons", "Why the others chose as they did")]
    for number, reason in enumerate(reasons):
        if number:
            out.append(gap(f"reason:{number}"))
        rows = [plain(sentence(reason.about), "bold"), *(plain(sentence(why)) for why in reason.because)]
        if reason.otherwise:
            rows.append(plain("What it would have taken: ", "$mark") + plain(sentence(reason.otherwise)))
        out.append(Line(f"reason:{number}", stacked(rows), plain("• ", "$primary")))
    return out if reasons else [*out, Line("reason:none", plain(kept_back or "Nobody has chosen yet.", "$quiet"))]


def _silent(line: SilentLine) -> Line:
    rows = [plain(line.title, "bold") + plain(f"  {line.text}")]
    if line.why:
        rows.append(plain(line.why, "$quiet"))
    return Line(f"silent:{line.key}", stacked(rows), plain("◦ ", "$primary"), line.source)
