"""scenario: what the models refuse, as diagnostics in plain words at the right line.

Each place is told once. A key that is misspelt and therefore missing is told at the misspelt word alone.
"""

from __future__ import annotations

from typing import Any, Literal, overload

from pydantic import BaseModel, ValidationError

from sim.errors import Diagnostic
from sim.scenario.form.keys import told
from sim.scenario.form.refusals import amounts, refusals
from sim.scenario.form.shape import Path
from sim.scenario.form.together import cut_by_comma, decimal_comma, several_missing, unchanged
from sim.scenario.models import History, Map, Masked, Scenario
from sim.scenario.reading.document import Document


@overload
def validated(what: Literal["scenario"], value: object,
              document: Document) -> tuple[Scenario | None, list[Diagnostic]]: ...
@overload
def validated(what: Literal["history"], value: object,
              document: Document) -> tuple[History | None, list[Diagnostic]]: ...
@overload
def validated(what: Literal["masked"], value: object,
              document: Document) -> tuple[Masked | None, list[Diagnostic]]: ...
@overload
def validated(what: Literal["map"], value: object, document: Document) -> tuple[Map | None, list[Diagnostic]]: ...
def validated(what: str, value: object, document: Document) -> tuple[Any, list[Diagnostic]]:
    """The model of a document, or None and why."""
    model: type[Any] = {"scenario": Scenario, "history": History, "map": Map, "masked": Masked}[what]
    try:
        return model.model_validate(value), []
    except ValidationError as problem:
        return None, diagnostics(problem, document, model, value)


def of_sections(document: Document) -> list[Diagnostic]:
    """What the models refuse in the sections that can be read of a scenario that otherwise cannot."""
    try:
        Scenario.model_validate(document.rest)
    except ValidationError as problem:
        return diagnostics(problem, document, Scenario, document.rest, document.doubtful)
    return []


def diagnostics(problem: ValidationError, document: Document, model: type[BaseModel], value: object = None,
                doubtful: frozenset[str] = frozenset()) -> list[Diagnostic]:
    """Each place that is refused, once, in plain words; with `doubtful` sections, only what stands inside others."""
    value = document.value if value is None else value
    found = refusals(problem, model, value)
    if doubtful:
        found = [it for it in found if len(it.path) > 1 and it.path[0] not in doubtful]
    lacking: dict[Path, list[str]] = {}
    for it in found:
        if it.kind == "missing":
            lacking.setdefault(it.path[:-1], []).append(str(it.path[-1]))
    out: list[Diagnostic] = []
    gathered = amounts(found, model, value)
    for it in found:
        if (names := gathered.get(it.path[:-1])) and it.path[-1] in names:
            if it.path[-1] == names[0]:
                out.append(unchanged(it.path[:-1], names, document, value))
            continue
        if it.kind == "unknown" and (cut := cut_by_comma(it, document, model, value)) is not None:
            out += [] if cut == "told" else [cut]
            continue
        if it.kind == "form" and (cut := decimal_comma(it.path, document, value)) is not None:
            out.append(cut)
            continue
        absent = lacking.get(it.path[:-1], []) if it.kind == "missing" else []
        if len(absent) < 2:
            out.append(told(it, document, model, value))
        elif absent[0] == it.path[-1]:
            out.append(several_missing(absent, it.path[:-1], document, model))
    return out
