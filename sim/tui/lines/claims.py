"""tui: who says so: each claim with its standing, speaker and source, and who disputes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sim.tui.lines.line import Line, gap, plain, stacked
from sim.words.models import SourceLine

DENIES: Final = "denies:"
"""What the id of a line begins with that leads to the claim in which a claim is disputed."""
_FIRM: Final = ("reported as fact", "official position")


def claim_lines(sources: Sequence[SourceLine]) -> list[Line]:
    """Claim by claim; below each who disputes it, as lines of their own that can be followed."""
    out: list[Line] = []
    for number, it in enumerate(sources):
        if out:
            out.append(gap(f"claim:{number}"))
        out.append(Line(f"claim:{it.claim}", _claim(it), source=(it.claim,)))
        for denial in it.denials:
            where = f" in {denial.claim}" if denial.claim else ""
            body = plain(f"{denial.who} denies it{where}", "$mark")
            if denial.claim:
                body += plain("  → enter reads it", "$quiet")
            out.append(Line(f"{DENIES}{denial.claim}:{it.claim}:{denial.who}", body, plain("◇ ", "$mark"),
                            (denial.claim or it.claim,)))
    return out


def _claim(it: SourceLine) -> Content:
    if it.claim == "invented":
        return plain(it.says)
    if not it.speaker:
        return plain(f"{it.claim}: ", "bold $primary") + plain(it.says, "$quiet")
    standing = plain(it.standing or it.status, "bold" if it.standing in _FIRM else "bold $mark")
    dated = plain(f", {it.date}", "$quiet") if it.date else plain("")
    rows = [plain(f"{it.claim}  ", "bold $primary") + standing + plain(f" · {it.status}", "$quiet"),
            plain(it.says), plain(it.speaker, "bold") + dated]
    if it.note:
        rows.append(plain(it.note, "$quiet"))
    published = f", {it.published}" if it.published else ""
    rows.append(plain(f"Read in {it.outlet}{published}: {it.dossier}", "$quiet"))
    if it.where:
        rows.append(plain(f"Found at {it.where}", "$quiet"))
    if it.limits:
        rows.append(plain(it.limits, "$quiet"))
    return stacked(rows)
