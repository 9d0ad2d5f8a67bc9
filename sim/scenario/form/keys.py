"""scenario: a key that is unknown, missing, or stands at the wrong depth."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel

from sim.errors import Diagnostic, Edit, Fix, Span, certain, nearest
from sim.scenario.form.astray import astray
from sim.scenario.form.fixes import rename
from sim.scenario.form.refusals import Refusal, at, free, keys_around, stepped_in
from sim.scenario.form.shape import Path, block_of, forms_at, keys_of
from sim.scenario.form.values import misformed
from sim.scenario.form.wording import as_name, both, here, how_to_add, lacking_from
from sim.scenario.reading.document import Document

_FEW: Final = 14
"""Keys that are listed without being asked for."""


def told(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    """A refused place in plain words, whatever it is refused for."""
    word = str(it.path[-1]) if it.path else ""
    if it.kind == "missing":
        fix = None
        if it.path == ("format",):
            fix = Fix("add `format: 1` at the top", (Edit(Span(document.path, 1, 1, 1), "format: 1\n"),))
        return Diagnostic("M002", "error", f"`{word}` is missing{lacking_from(it.path[:-1])}", document.key_span(it.path[:-1]),
                          how_to_add(word, forms_at(model, it.path), it.path[:-1]), fix)
    if stepped_in(it, model, value):
        return Diagnostic("M005", "error", f"`{word}` stands inside `{it.path[-2]}`", document.key_span(it.path),
                          f"it is a section of its own: move `{word}:` to the left edge")
    if it.kind == "stray":
        entry, *names = it.errors
        stand = "stands beside `{}` and belongs to it" if len(names) == 1 else "stand beside `{}` and belong to it"
        return Diagnostic("M003", "error", f"{both(names)} {stand.format(entry)}", document.key_span(it.path),
                          f"move {'it' if len(names) == 1 else 'these lines'} two spaces further in, under the other keys of `{entry}`",
                          None, tuple(document.key_span((*it.path[:-1], name)) for name in names[1:]))
    if it.kind == "strange":
        return _stranger(it, word, document, model, value)
    if it.kind == "unknown":
        return _unknown(it, word, document, model, value)
    if it.kind == "name":
        span = document.key_span(it.path)
        return Diagnostic("M004", "error", f"`{word}` does not have the form of a name", span,
                          "names here are lower-case words: letters, digits and `_`, beginning with a letter"
                          + (f", for example `{plain}`" if (plain := as_name(word)) else ""))
    return misformed(it, document, model, value)


def _unknown(it: Refusal, word: str, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    holder = it.path[:-1]
    known, span = keys_around(model, holder), document.key_span(it.path)
    fix = None
    meant = it.meant or nearest(word, free(model, value, holder))
    # what is below it tells more than a name that is a little like a key
    if not it.meant and not _stepped_out(word, holder, model, value) \
            and (lost := astray(it, document, model, value)) is not None:
        return Diagnostic("M001", "error", lost.message or f"`{word}` is not a key{here(holder)}", span, lost.advice, lost.fix)
    if meant:
        advice = f"did you mean `{meant}`?"
        if certain(word, known) == meant:
            fix = rename(span, word, meant)
    elif (other := nearest(word, known)) is not None:
        advice = f"`{other}` stands here already; remove one of the two"
    elif above := _stepped_out(word, holder, model, value):
        advice = f"it belongs to `{above}`: move it further in, under its other keys"
    else:
        listed = ", ".join(known)
        advice = f"possible here: {listed}" if len(known) <= _FEW else f"remove it; possible here are {listed}"
    return Diagnostic("M001", "error", f"`{word}` is not a key{here(holder)}", span, advice, fix)


def _stranger(it: Refusal, word: str, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    lacks = [name for kind, name in it.errors if kind == "missing"]
    alien = [name for kind, name in it.errors if kind == "unknown"]
    said = [f"it lacks {both(lacks)}"] if lacks else []
    said += [f"{both(alien)} {'is no key' if len(alien) == 1 else 'are no keys'} of it"] if alien else []
    name = f"`{word}`" if isinstance(it.path[-1], str) else "this item"
    above = _room_above(it.path, model, value)
    if above:
        advice = f"it seems to belong to {above} above: move it and what is below it further in"
    else:
        advice = f"possible here: {', '.join(keys_around(model, it.path))}"
    return Diagnostic("M006", "error", f"{name} is not what belongs here: {'; '.join(said)}", document.key_span(it.path),
                      advice)


def _room_above(path: Path, model: type[BaseModel], value: object) -> str:
    """The empty map of the entry above that a block would fit into, had it been written further in."""
    holder = at(value, path[:-1])
    siblings = list(holder) if isinstance(holder, dict) else []
    if path[-1] not in siblings[1:]:
        return ""
    before = siblings[siblings.index(path[-1]) - 1]
    for key, inner in holder[before].items() if isinstance(holder[before], dict) else ():
        if inner is None:
            wanted = {k for form in forms_at(model, (*path[:-1], before, key, "x")) if (b := block_of(form)) for k in keys_of(b)}
            if wanted and set(at(value, path)) <= wanted:
                return f"`{key}:` of `{before}`"
    return ""


def _stepped_out(word: str, holder: Path, model: type[BaseModel], value: object) -> str:
    """The entry above a key, if it is a key of that and stands one step too far out."""
    siblings = list(at(value, holder))
    before = siblings[siblings.index(word) - 1] if siblings.index(word) else None
    return before if before is not None and word in keys_around(model, (*holder, before)) else ""
