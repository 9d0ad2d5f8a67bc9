"""scenario: a key that is none because a whole entry, or a line of a text, stands too far in or too far out."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pydantic import BaseModel

from sim.errors import Edit, Fix, Span
from sim.scenario.form.refusals import Refusal, at, keys_around
from sim.scenario.form.shape import Path, block_of, forms_at, keys_of
from sim.scenario.reading.document import Document

_ONE: Final = {"moves": "a move", "injects": "an inject", "rules": "a rule", "offers": "an offer", "endings": "an ending",
               "actors": "an actor", "tracks": "a track", "clauses": "a clause", "agreements": "an agreement"}
_STEP: Final = 2
_ENOUGH: Final = 2
"""Keys by which an entry is known."""
_SENTENCE: Final = re.compile(r"\S+\s+\S+\s+\S+.*|[A-Z]\S*\s+\S+")


class Astray(NamedTuple):
    """What a key that is none really is."""

    advice: str
    fix: Fix | None = None
    message: str = ""
    """Where there is more to say than that it is no key."""


def astray(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Astray | None:
    """What is told of an unknown key that is an entry or a sentence at the wrong depth."""
    word, holder = str(it.path[-1]), it.path[:-1]
    entry = at(value, it.path)
    if isinstance(entry, dict):
        return _entry_in_section(word, document, model, value) if not holder else _entry_in_entry(it.path, document, model, entry)
    if _SENTENCE.fullmatch(word) and not (isinstance(at(value, holder), dict) and document.text_at(holder).startswith("{")):
        return _sentence(it.path, document, value)
    return None


def _entry_in_section(word: str, document: Document, model: type[BaseModel], value: object) -> Astray | None:
    """A key at the left edge whose lines are those of an entry of the section above."""
    if not isinstance(value, dict):
        return None
    sections, entry = list(value), value[word]
    above = [s for s in sections[:sections.index(word)] if s in keys_of(model)]
    known = _keys(model, (above[-1], word)) if above else []
    own = list(entry)
    strange = next((n for n, key in enumerate(own) if key not in known), len(own))
    # behind the entry its neighbours follow, which now stand inside it
    if strange < min(_ENOUGH, len(own)) or not own or not all(isinstance(entry[key], dict) for key in own[strange:]):
        return None
    first, last = document.lines((word,)), document.lines((word, own[strange - 1]))
    fix = _moved(document, first[0], last[1], _STEP) if first and last else None
    return Astray(f"it looks like {_one(above[-1])}: begin it with {_STEP} spaces, like the others below `{above[-1]}:`, and move what is below it "
                  "as far in", fix)


def _entry_in_entry(path: Path, document: Document, model: type[BaseModel], entry: dict[str, object]) -> Astray | None:
    """A key whose lines are those of a neighbour of the entry that it stands in."""
    holder = path[:-1]
    known = _keys(model, holder)
    # a title tells an entry from other lines that are called alike
    if len(holder) < _ENOUGH or len(entry) < _ENOUGH or not set(entry) <= set(known) or ("title" in known and "title" not in entry):
        return None
    own, column, lines = document.key_span(path).column, document.key_span(holder).column, document.lines(path)
    if own <= column or lines is None or document.text_at(path).startswith("{"):
        return None
    spaces = f"{column - 1} space{'s' * (column != _STEP)}"
    return Astray(f"it looks like {_one(str(holder[-2]))}: begin it with {spaces}, like `{holder[-1]}`, and move what is below it as far out",
                  _moved(document, *lines, column - own))


def _sentence(path: Path, document: Document, value: object) -> Astray:
    """A line of a text in which a colon stands."""
    word, holder = str(path[-1]), path[:-1]
    siblings = list(at(value, holder))
    before = siblings[siblings.index(word) - 1] if siblings.index(word) else None
    shown = document.text_at((*holder, before)) if before is not None else ""
    message = f"`{word}` is no key: this line looks like a part of a text"
    if not isinstance(before, str) or not isinstance(at(value, (*holder, before)), str) or not shown:
        return Astray("if it belongs to the text above, move it further in; a text with a colon needs quotation marks", None, message)
    message = f"this line looks like a part of the text of `{before}` and stands too far out"
    if shown[0] not in "|>":
        return Astray(f"write `{before}: |`, and the whole text on the lines below it, two spaces further in" if shown[0] not in "\"'" else
                      f"move it into the quotation marks of `{before}`", None, message)
    line = next((said for said in shown.split("\n")[1:] if said.strip()), "")
    column = len(line) - len(line.lstrip())
    span = document.key_span(path)
    by = column - span.column + 1
    advice = f"begin it with {column} spaces, like the lines above"
    return Astray(advice, _moved(document, span.line, span.line, by), message) if by > 0 else Astray(advice, None, message)


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    blocks = [block for form in forms_at(model, path) if (block := block_of(form))]
    return keys_around(model, path) if blocks else []


def _one(section: str) -> str:
    return _ONE.get(section, f"an entry of `{section}:`")


def _moved(document: Document, first: int, last: int, by: int) -> Fix | None:
    """Lines moved in, or out if `by` is negative; None if one of them has no room for that."""
    lines = document.text.split("\n")
    edits: list[Edit] = []
    for n in range(first, last + 1):
        line = lines[n - 1]
        if not line.strip():
            continue
        if by < 0 and line[:-by].strip():
            return None
        edits.append(Edit(Span(document.path, n, 1, 1 + max(0, -by)), " " * max(0, by)))
    spaces = f"{abs(by)} space{'s' * (abs(by) != 1)}"
    return Fix(f"move {'it' if first == last else f'lines {first} to {last}'} {spaces} further {'in' if by > 0 else 'out'}", tuple(edits))
