"""scenario: what is left of a file without the parts that the models refuse, so that the rest is checked in the same pass.

One misspelled key must not hide the author's other mistakes (F8). What is left is checked and thrown away; it is
never played.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from sim.errors import Diagnostic
from sim.scenario.models import Scenario

TRIES = 8
"""Taking out a part can leave a block without what it needs, which then goes too, and so on."""
ABOUT_WHAT_IS_MISSING = ("C003", "C004", "R032", "R050", "R051", "R052", "R053", "R060")
"""Codes that speak of a whole; a part that was taken out would cause them."""

Path = tuple[str | int, ...]


def remainder(value: object) -> tuple[Scenario | None, frozenset[str]]:
    """The scenario without its refused parts, if anything is left, and the names along what was taken out."""
    rest: Any = deepcopy(value)
    taken: set[str] = set()
    for _ in range(TRIES):
        try:
            return Scenario.model_validate(rest), frozenset(taken)
        except ValidationError as problem:
            paths = {_place(rest, error["loc"], error["type"]) for error in problem.errors(include_url=False)}
        if () in paths:
            break
        # from the back, so that the places in a list stay what they were
        for path in sorted((p for p in paths if not any(p[:n] in paths for n in range(len(p)))), key=_order, reverse=True):
            holder: Any = rest
            for part in path[:-1]:
                holder = holder[part]
            del holder[path[-1]]
            taken.update(str(part) for part in path[1:])
    return None, frozenset(taken)


def unrelated(found: list[Diagnostic], taken: frozenset[str]) -> list[Diagnostic]:
    """The errors that do not come from what was taken out."""
    names = re.compile(r"\b(" + "|".join(map(re.escape, sorted(taken))) + r")\b")
    return [d for d in found if d.severity == "error" and d.code not in ABOUT_WHAT_IS_MISSING
            and not names.search(d.message)]


def _place(value: Any, loc: Path, kind: str) -> Path:
    """Where the refused part stands; the models' own names for alternatives are no part of the file."""
    path: list[str | int] = []
    part: Any
    for part in loc:
        if (isinstance(value, dict) and part in value) or (isinstance(value, list) and isinstance(part, int)
                                                           and part < len(value)):
            path.append(part)
            value = value[part]
    if kind == "missing" and path and path[-1] == loc[-1]:
        path.pop()
    return tuple(path)


def _order(path: Path) -> tuple[tuple[int, int, str], ...]:
    return tuple((1, part, "") if isinstance(part, int) else (0, 0, part) for part in path)
