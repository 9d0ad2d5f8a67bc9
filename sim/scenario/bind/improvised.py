"""scenario: a facilitator's inject bound to the words of its scenario, by the checker that authors have."""

from __future__ import annotations

from copy import copy
from typing import NamedTuple

from sim.errors import Diagnostic
from sim.scenario.bind.binder import Binder
from sim.scenario.bind.binding import Bound
from sim.scenario.bind.shapes import BoundEffect
from sim.scenario.reading.document import read

LARGEST = 16_384
"""Bytes that such an inject may come to."""


class BoundInject(NamedTuple):
    """A facilitator's inject with every name resolved."""

    title: str
    text: str
    seen: tuple[str, ...]
    """The seats that read it; empty for everybody."""
    effects: tuple[BoundEffect, ...]
    expected: str
    facilitator: str


def bind_improvised(bound: Bound, text: str, of: str = "") -> tuple[BoundInject | None, tuple[Diagnostic, ...]]:
    """The inject that stands in some lines of YAML, and everything that is wrong with it; None if it cannot be used.

    `of` names the inject of the scenario in whose place it stands, which then counts as released.
    """
    from pydantic import ValidationError

    from sim.scenario.check import Problems
    from sim.scenario.form.validation import diagnostics
    from sim.scenario.models.improvised import Improvised

    document = read("inject", text.encode("utf-8", "replace")[: LARGEST + 1])
    if not isinstance(document.value, dict):
        return None, document.diagnostics
    try:
        block = Improvised.model_validate(document.value)
    except ValidationError as problem:
        return None, (*document.diagnostics, *diagnostics(problem, document, Improvised))
    problems = Problems(document)
    # the scenario's words, with another to tell what does not fit
    words = copy(bound.words)
    words.report = problems.report
    binder = Binder(words, problems.report)
    seen: tuple[str, ...] = ()
    if block.seen not in ("public", "all"):
        seen = tuple(actor for actor in words.actors(block.seen, ("seen",)) if actor in bound.seats)
        if not seen:
            problems.report("R001", "nobody is named who plays", ("seen",),
                            "write `public`, or name seats: " + ", ".join(bound.seats))
    effects = binder.effects(block, (), extra={f"fired.{of}": 1} if of else None)
    found = (*document.diagnostics, *problems.found)
    if any(item.severity == "error" for item in found):
        return None, found
    said = " ".join(block.text.split())
    return BoundInject(" ".join(block.title.split()) or _beginning(said), said, seen, effects, block.expected,
                       block.facilitator), found


def _beginning(text: str) -> str:
    """The first words of a text, for a list."""
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"
