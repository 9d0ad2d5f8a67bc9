"""scenario: refusals that have one cause and are told as one."""

from __future__ import annotations

import re
from typing import Final, Literal, get_origin

from pydantic import BaseModel

from sim.errors import Diagnostic, Edit, Fix, Span
from sim.scenario.form.fixes import rename
from sim.scenario.form.refusals import Refusal, at, cut_pieces, keys_around
from sim.scenario.form.shape import Path, bare, block_of, forms_at
from sim.scenario.form.wording import both, here, how_to_add, lacking_from
from sim.scenario.reading.document import Document

_MANY: Final = 3


def unchanged(holder: Path, names: list[str], document: Document, value: object) -> Diagnostic:
    """Amounts that stand in a block itself instead of under its `change:`."""
    held = at(value, holder)
    meant = "{change: {" + ", ".join(f"{name}: {held[name]}" for name in names) + "}}"
    shown, span, fix = document.text_at(holder), document.span(holder), None
    if shown.startswith("{") and "\n" not in shown and "#" not in shown and set(names) == set(held):
        fix = Fix(f"write `{meant}`", (Edit(Span(span.path, span.line, span.column, span.column + len(shown)), f"{{change: {shown}}}"),))
    no = "is not a key" if len(names) == 1 else "are not keys"
    return Diagnostic("M001", "error", f"{both(names)} {no}{here(holder)}", document.key_span((*holder, names[0])),
                      f"what changes stands under `change:`: write `{meant}`", fix,
                      tuple(document.key_span((*holder, name)) for name in names[1:]))


def cut_by_comma(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Diagnostic | Literal["told"] | None:
    """A text inside curly brackets of which what stands behind a comma was taken for a key; each such text once."""
    path = it.path
    pieces = cut_pieces(path, value)
    if not pieces or not document.text_at(path[:-1]).startswith("{"):
        return None
    last = document.key_span((*path[:-1], pieces[0]))
    lines = {document.key_span((*path[:-1], name)).line for name in pieces}
    if all(re.fullmatch(r"[a-z_]+", name) for name in pieces):
        return None
    known = keys_around(model, path[:-1])
    if path[-1] != next(name for name in pieces if name not in known):
        return "told"
    from sim.scenario.reading.quoting import in_braces, remade

    line = document.text.split("\n")[last.line - 1]
    place = in_braces(line, last.column - 1) if len(lines) == 1 else None
    advice, fix = "inside `{ }` put texts with commas in quotation marks", None
    if place is not None:
        meant = remade(line[place[0]:place[1]])
        advice += f": `{meant}`"
        fix = Fix("put the text in quotation marks", (Edit(Span(last.path, last.line, place[0] + 1, place[1] + 1), meant),))
    return Diagnostic("M007", "error", f"a comma ends the text before `{pieces[0]}`", last, advice, fix)


def decimal_comma(path: Path, document: Document, value: object) -> Diagnostic | None:
    """A number such as `2,5 %` or `6,5` whose comma ends it inside curly brackets."""
    holder = at(value, path[:-1]) if path else None
    if not isinstance(holder, dict) or holder[path[-1]] is not None or not re.fullmatch(r"\d+ ?%?", str(path[-1])):
        return None
    span = document.key_span(path)
    line = document.text.split("\n")[span.line - 1]
    before = re.search(r"(?<![\w.])\d+,$", line[:span.column - 1])
    if before is None:
        return None
    if "%" not in str(path[-1]):
        below = int(before[0][:-1])
        return Diagnostic("M007", "error", f"a comma ends the number before `{path[-1]}`",
                          Span(span.path, span.line, before.start() + 1, span.end_column), f"there are no fractions here: write `{below}` or `{below + 1}`")
    meant = f"{before[0][:-1]}.{path[-1]}"
    whole = Span(span.path, span.line, before.start() + 1, span.end_column)
    return Diagnostic("M007", "error", f"a comma ends the number before `{path[-1]}`", whole, f"fractions have a point: write `{meant}`",
                      rename(whole, line[whole.column - 1:whole.end_column - 1], meant))


def several_missing(absent: list[str], holder: Path, document: Document, model: type[BaseModel]) -> Diagnostic:
    """Two or more keys that one block lacks."""
    forms = [bare(f[0]) for word in absent if (f := forms_at(model, (*holder, word)))]
    if all(get_origin(f) is dict or block_of(f) for f in forms):
        advice = f"add each{'' if holder else ' at the left edge'} with its entries below, two spaces further in"
        if not holder and len(absent) >= _MANY:
            advice += "; `detente new` writes a first scenario, and docs/authoring.md grows one line by line"
        return Diagnostic("M002", "error", f"{both(absent)} are missing{lacking_from(holder)}", document.key_span(holder), advice)
    return Diagnostic("M002", "error", f"{both(absent)} are missing{lacking_from(holder)}", document.key_span(holder),
                      "; ".join(how_to_add(word, forms_at(model, (*holder, word)), holder) for word in absent))
