"""scenario: what the models refuse, as diagnostics in plain words at the right line."""

from __future__ import annotations

from typing import Any, Literal, overload

from pydantic import ValidationError

from sim.errors import Diagnostic, suggest
from sim.scenario.models import History, Map, Scenario
from sim.scenario.reader import Document


@overload
def validated(what: Literal["scenario"], value: object,
              document: Document) -> tuple[Scenario | None, list[Diagnostic]]: ...
@overload
def validated(what: Literal["history"], value: object,
              document: Document) -> tuple[History | None, list[Diagnostic]]: ...
@overload
def validated(what: Literal["map"], value: object, document: Document) -> tuple[Map | None, list[Diagnostic]]: ...
def validated(what: str, value: object, document: Document) -> tuple[Any, list[Diagnostic]]:
    """The model of a document, or None and why."""
    model: type[Any] = {"scenario": Scenario, "history": History, "map": Map}[what]
    try:
        return model.model_validate(value), []
    except ValidationError as problem:
        return None, diagnostics(problem, document, model)


def diagnostics(problem: ValidationError, document: Document, model: type[Any]) -> list[Diagnostic]:
    """Each refusal once; of the alternatives of one value only the first is told."""
    out: dict[tuple[str, int, int], Diagnostic] = {}
    for error in problem.errors(include_url=False):
        loc = tuple(error["loc"])
        kind = error["type"]
        known = tuple(part for part in loc)
        if kind == "extra_forbidden":
            span = document.key_span(known)
            code, message = "M001", f"`{loc[-1]}` is not a key here"
            advice = suggest(str(loc[-1]), _keys(model, loc[:-1]))
        elif kind == "missing":
            span = document.span(known[:-1])
            code, message, advice = "M002", f"`{loc[-1]}` is missing", "add it; `detente schema` shows what is expected"
        else:
            span = document.span(known)
            code, message = "M003", _plain(kind, error)
            advice = _advice(kind, error)
        key = (code if code != "M003" else "M003", span.line, span.column)
        out.setdefault(key, Diagnostic(code, "error", message, span, advice))
    return list(out.values())


def _plain(kind: str, error: Any) -> str:
    given = error.get("input")
    shown = f"`{given}`" if isinstance(given, str | int | float) and len(str(given)) < 60 else "this"
    context = error.get("ctx", {})
    words = {
        "string_type": "should be text",
        "int_type": "should be a whole number",
        "int_parsing": "should be a whole number",
        "int_from_float": "should be a whole number",
        "float_type": "should be a number",
        "bool_type": "should be true or false",
        "dict_type": "should be `key: value` lines",
        "list_type": "should be a list",
        "model_type": "should be `key: value` lines",
    }
    if kind in words:
        return f"{shown} {words[kind]}"
    if kind == "literal_error":
        return f"{shown} is not possible here"
    if kind == "string_pattern_mismatch":
        return f"{shown} does not have the right form"
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        bound = context.get("ge", context.get("le", context.get("gt", context.get("lt"))))
        return f"{shown} is too {'small' if 'greater' in kind else 'large'}; the limit is {bound}"
    if kind in ("string_too_long", "too_long"):
        return f"{shown} is too long"
    return f"{shown} does not fit here"


def _advice(kind: str, error: Any) -> str:
    if kind == "literal_error":
        expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
        given = error.get("input")
        options = [part.strip(" `") for part in expected.replace(" or ", ",").split(",")]
        return (suggest(given, options) if isinstance(given, str) else "") + f"it can be {expected}"
    if kind == "string_pattern_mismatch":
        pattern = str(error.get("ctx", {}).get("pattern", ""))
        forms = {"days": "write `3 days`", "rounds": "write `2 rounds`", "A-Z": "write two to four capital letters"}
        for word, text in forms.items():
            if word in pattern:
                return text
        return "use lower-case letters, digits and underscores, beginning with a letter"
    return ""


def _keys(model: type[Any], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that a block knows, found by walking the model along a place."""
    from typing import get_args

    from pydantic import BaseModel

    def blocks(annotation: Any) -> list[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return [annotation]
        return [b for part in get_args(annotation) for b in blocks(part)]

    current: list[type[BaseModel]] = [model]
    for part in loc:
        for block in current:
            field = next((f for n, f in block.model_fields.items() if part in (n, f.alias)), None)
            if field is not None:
                current = blocks(field.annotation) or current
                break
    return [f.alias or n for block in current for n, f in block.model_fields.items()]
