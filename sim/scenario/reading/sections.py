"""scenario: the sections of a file that can be read although another cannot, so that they are checked in the same pass.

YAML stops at the first thing it cannot read. A scenario's sections stand at the left edge: without the one that cannot
be read, the others can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from sim.scenario.reading.events import EventPass
from sim.scenario.reading.trouble import Trouble

_MOST: Final = 5
"""Sections left out; a file with more is told in several passes."""
_SECTION: Final = re.compile(r"^[A-Za-z_\"'][^\n:#]*:(?=[ \n]|$)", re.MULTILINE)
_ABOUT_THE_WHOLE: Final = ("Y005", "Y007", "Y012", "Y013", "Y014")


class Legible(NamedTuple):
    """What is left of a file without the sections that cannot be read."""

    value: dict[str, object]
    scan: EventPass
    """Places of what is left, in the text as it stands."""
    doubtful: frozenset[str]
    """Sections beside one that cannot be read: some of their lines may belong there, or some of its lines to them."""
    troubles: tuple[Trouble, ...]
    """What else cannot be read."""


def legible(text: str, troubles: Iterable[Trouble]) -> Legible | None:
    """The sections without those in which `troubles` stand; None if that leaves nothing to go by."""
    starts = [found.start() for found in _SECTION.finditer(text)]
    stops = [*starts[1:], len(text)]
    told = list(troubles)
    if len(starts) < 3 or not told or any(it.code in _ABOUT_THE_WHOLE for it in told):
        return None
    gone: set[int] = set()
    found: list[Trouble] = []
    for _ in range(_MOST):
        # the parser stops at the last of them
        number = next((n for n, stop in enumerate(stops) if starts[n] <= told[-1].start < stop), None)
        if number is None or number in gone:
            return None
        gone.add(number)
        kept = "".join(_blank(text[a:b]) if n in gone else text[a:b]
                       for n, (a, b) in enumerate(zip(starts, stops, strict=True)))
        scan = EventPass(text[:starts[0]] + kept)
        value = scan.run()
        near = {n for it in gone for n in (it - 1, it, it + 1)}
        seen = {it.start for it in (*told, *found)}
        found += [it for it in scan.troubles if it.start not in seen
                  and not any(n in near and starts[n] <= it.start < stops[n] for n in range(len(starts)))]
        if isinstance(value, dict):
            names = [text[a:].partition(":")[0].strip(" \"'") for a in starts]
            return Legible(value, scan, frozenset(names[n] for n in near if 0 <= n < len(names)), tuple(found))
        if not scan.troubles:
            return None
        told = scan.troubles
    return None


def _blank(text: str) -> str:
    """As many blanks as there were characters, so that every place stays what it was."""
    return re.sub(r"[^\n]", " ", text)
