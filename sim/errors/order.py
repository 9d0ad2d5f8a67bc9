"""errors: a report in the order in which its reader should mend it, with equal problems told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sim.errors.diagnostic import Diagnostic, Span

_CAUSES = "YM"
"""Letters of codes that come first: a file that cannot be read, then keys and values of the wrong form. What such a
line should have said may be why a later one is wrong."""


def arranged(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors before warnings, causes before what may follow from them, then by file and line; equal ones as one.

    Equal are problems that say the same, whatever found them; their places are kept in `also`.
    Arranging twice changes nothing.
    """
    items = sorted(found, key=_rank)
    if len(items) < 2:
        return tuple(items)
    groups: dict[object, list[Diagnostic]] = {}
    for item in items:
        groups.setdefault((item.severity, item.message), []).append(item)
    return tuple(_folded(group) for group in groups.values())


def _rank(item: Diagnostic) -> tuple[bool, int, str, int, int]:
    span = item.span
    cause = _CAUSES.find(item.code[:1])
    return (item.severity == "warning", cause if cause >= 0 else len(_CAUSES),
            *((span.path, span.line, span.column) if span else ("", 0, 0)))


def _folded(group: list[Diagnostic]) -> Diagnostic:
    first = group[0]
    if len(group) == 1:
        return first
    spans: dict[Span, None] = {}
    for item in group:
        spans.update(dict.fromkeys(s for s in (item.span, *item.also) if s is not None and s != first.span))
    fixes = [item.fix for item in group if item.fix is not None]
    fix = first.fix
    if fix is not None and fix.structure is None and len(fixes) == len(group):
        edits = dict.fromkeys(e for f in fixes for e in f.edits)
        fix = fix._replace(edits=tuple(edits))
    return replace(first, also=tuple(sorted(spans, key=_place)), fix=fix, hidden=sum(item.hidden for item in group))


def _place(span: Span) -> tuple[str, int, int]:
    return span.path, span.line, span.column
