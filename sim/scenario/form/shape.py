"""scenario: what the models expect at a place of a file: which keys a block knows, which forms a value may take."""

from __future__ import annotations

import re
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Path = tuple[str | int, ...]

PLACEHOLDER: Final = "xmissing"
"""Stands for a word that an author left out; nothing that speaks of it is told."""
_SAMPLES: Final = ("", PLACEHOLDER, "XX", "1 days", "1 round")


def alternatives(annotation: Any) -> list[Any]:
    """The plain forms an annotation allows: classes, `list[…]`, `dict[…]`, `Literal[…]`, constrained words as `Annotated`."""
    if hasattr(annotation, "__metadata__"):
        inner = get_args(annotation)[0]
        return alternatives(inner) if get_origin(inner) not in (None, list, tuple, dict) else [annotation]
    if get_origin(annotation) in (None, list, tuple, dict, Literal):
        return [annotation]
    return [form for part in get_args(annotation) for form in alternatives(part)]


def bare(form: Any) -> Any:
    """The form without its constraints."""
    return get_args(form)[0] if hasattr(form, "__metadata__") else form


def block_of(form: Any) -> type[BaseModel] | None:
    """The block that a form is, or None."""
    plain = bare(form)
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def field_of(block: type[BaseModel], key: object) -> FieldInfo | None:
    """The field of a block that a key of the file stands for."""
    return next((f for n, f in block.model_fields.items() if key == (f.alias or n)), None)


def keys_of(block: type[BaseModel]) -> list[str]:
    """The keys that a block knows, as they are written."""
    return [f.alias or n for n, f in block.model_fields.items()]


def forms_at(model: type[BaseModel], path: Path) -> list[Any]:
    """What may stand at a place; empty where the format has no such place."""
    forms: list[Any] = [model]
    for part in path:
        inside: list[Any] = []
        for form in forms:
            plain = bare(form)
            block = block_of(form)
            if block is not None:
                field = field_of(block, part)
                if field is not None:
                    inside += _field_forms(field)
            elif get_origin(plain) is dict and isinstance(part, str):
                inside += alternatives(get_args(plain)[1])
            elif get_origin(plain) in (list, tuple) and isinstance(part, int):
                inside += alternatives(get_args(plain)[0])
        forms = inside
    return forms


def _field_forms(field: FieldInfo) -> list[Any]:
    """The forms of a field, whose constraints pydantic keeps beside its annotation."""
    forms = alternatives(field.annotation)
    if field.metadata and len(forms) == 1 and not hasattr(forms[0], "__metadata__"):
        from typing import Annotated

        return [Annotated[forms[0], *field.metadata]]
    return forms


def stand_in(form: Any) -> Any:
    """A value of the form, to go on with where the author's cannot be used."""
    plain = bare(form)
    origin = get_origin(plain)
    block = block_of(form)
    if block is not None:
        return {f.alias or n: stand_in(_field_forms(f)[0]) for n, f in block.model_fields.items() if f.is_required()}
    if origin is Literal:
        return get_args(plain)[0]
    if origin is dict:
        return {}
    if origin in (list, tuple):
        return [stand_in(get_args(plain)[0])] * _least(form)
    if plain is bool:
        return False
    if plain in (int, float):
        return max(0, _least(form, "ge"))
    pattern = pattern_of(form)
    return next((s for s in _SAMPLES if pattern is None or re.search(pattern, s)), PLACEHOLDER)


def _constraints(form: Any) -> list[Any]:
    found: list[Any] = []
    for item in getattr(form, "__metadata__", ()):
        found += item.metadata if isinstance(item, FieldInfo) else [item]
    return found


def pattern_of(form: Any) -> str | None:
    """The pattern that a word must have, if the form has one."""
    return next((p for c in _constraints(form) if (p := getattr(c, "pattern", None))), None)


def _least(form: Any, name: str = "min_length") -> int:
    return next((int(n) for c in _constraints(form) if (n := getattr(c, name, None)) is not None), 0)
