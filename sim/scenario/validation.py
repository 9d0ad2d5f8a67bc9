"""scenario: what the models refuse, as diagnostics in plain words at the right line.

Each place is told once. A key that is misspelt and therefore missing is told at the misspelt word alone. The module is long
because every sentence that the models' refusals can become stands here, side by side.
"""

from __future__ import annotations

import math
import re
from typing import Any, Literal, get_args, get_origin, overload

from pydantic import BaseModel, ValidationError

from sim.errors import Diagnostic, Edit, Fix, Span, Structure, certain, nearest, suggest
from sim.scenario.models import History, Map, Masked, Scenario
from sim.scenario.reader import Document
from sim.scenario.refusals import (
    Refusal,
    among,
    amounts,
    at,
    beside_it,
    cut_pieces,
    free,
    keys_around,
    refusals,
    stepped_in,
)
from sim.scenario.shape import Path, alternatives, bare, block_of, field_of, forms_at, keys_of, pattern_of

_FEW = 14
_LONGEST_SHOWN = 40
_MANY = 3
_BULLETS = ("•", "–", "—", "-", "·", "‣", "▪", "◦", "+")
"""Signs before the items of a list, as word processors and hands set them."""


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
                out.append(_unchanged(it.path[:-1], names, document, value))
            continue
        if it.kind == "unknown" and (cut := _cut_by_comma(it, document, model, value)) is not None:
            out += [] if cut == "told" else [cut]
            continue
        if it.kind == "form" and (cut := _decimal_comma(it.path, document, value)) is not None:
            out.append(cut)
            continue
        absent = lacking.get(it.path[:-1], []) if it.kind == "missing" else []
        if len(absent) < 2:
            out.append(_told(it, document, model, value))
        elif absent[0] == it.path[-1]:
            out.append(_several_missing(absent, it.path[:-1], document, model))
    return out


def _unchanged(holder: Path, names: list[str], document: Document, value: object) -> Diagnostic:
    """Amounts that stand in a block itself instead of under its `change:`."""
    held = at(value, holder)
    meant = "{change: {" + ", ".join(f"{name}: {held[name]}" for name in names) + "}}"
    shown, span, fix = document.text_at(holder), document.span(holder), None
    if shown.startswith("{") and "\n" not in shown and "#" not in shown and set(names) == set(held):
        fix = Fix(f"write `{meant}`", (Edit(Span(span.path, span.line, span.column, span.column + len(shown)), f"{{change: {shown}}}"),))
    no = "is not a key" if len(names) == 1 else "are not keys"
    return Diagnostic("M001", "error", f"{_and(names)} {no}{_here(holder)}", document.key_span((*holder, names[0])),
                      f"what changes stands under `change:`: write `{meant}`", fix,
                      tuple(document.key_span((*holder, name)) for name in names[1:]))


# -- in words


def _told(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    word = str(it.path[-1]) if it.path else ""
    if it.kind == "missing":
        fix = None
        if it.path == ("format",):
            fix = Fix("add `format: 1` at the top", (Edit(Span(document.path, 1, 1, 1), "format: 1\n"),))
        return Diagnostic("M002", "error", f"`{word}` is missing{_of(it.path[:-1])}", document.key_span(it.path[:-1]),
                          _how_to_add(word, forms_at(model, it.path), it.path[:-1]), fix)
    if stepped_in(it, model, value):
        return Diagnostic("M005", "error", f"`{word}` stands inside `{it.path[-2]}`", document.key_span(it.path),
                          f"it is a section of its own: move `{word}:` to the left edge")
    if it.kind == "stray":
        entry, *names = it.errors
        stand = "stands beside `{}` and belongs to it" if len(names) == 1 else "stand beside `{}` and belong to it"
        return Diagnostic("M003", "error", f"{_and(names)} {stand.format(entry)}", document.key_span(it.path),
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
                          + (f", for example `{plain}`" if (plain := _as_name(word)) else ""))
    return _form(it, document, model, value)


def _unknown(it: Refusal, word: str, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    holder = it.path[:-1]
    known, span = keys_around(model, holder), document.key_span(it.path)
    fix = None
    meant = it.meant or nearest(word, free(model, value, holder))
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
    return Diagnostic("M001", "error", f"`{word}` is not a key{_here(holder)}", span, advice, fix)


def _cut_by_comma(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Diagnostic | Literal["told"] | None:
    """A text inside curly brackets of which what stands behind a comma was taken for a key; each such text once."""
    path = it.path
    pieces = cut_pieces(path, value)
    if not pieces or not document.text_at(path[:-1]).startswith("{"):
        return None
    last = document.key_span((*path[:-1], pieces[0]))
    lines = {document.key_span((*path[:-1], name)).line for name in pieces}
    if len(lines) > 1 or all(re.fullmatch(r"[a-z_]+", name) for name in pieces):
        return None
    known = keys_around(model, path[:-1])
    if path[-1] != next(name for name in pieces if name not in known):
        return "told"
    from sim.scenario.quoting import in_braces, in_marks

    line = document.text.split("\n")[last.line - 1]
    place = in_braces(line, last.column - 1)
    advice, fix = "inside `{ }` put texts with commas in quotation marks", None
    if place is not None:
        meant = in_marks(line[place[0]:place[1]])
        advice += f": `{meant}`"
        fix = Fix("put the text in quotation marks", (Edit(Span(last.path, last.line, place[0] + 1, place[1] + 1), meant),))
    return Diagnostic("M007", "error", f"a comma ends the text before `{pieces[0]}`", last, advice, fix)


def _decimal_comma(path: Path, document: Document, value: object) -> Diagnostic | None:
    """A share such as `2,5 %` whose comma ends it inside curly brackets."""
    holder = at(value, path[:-1]) if path else None
    if not isinstance(holder, dict) or holder[path[-1]] is not None or not isinstance(path[-1], str) \
            or not re.fullmatch(r"\d+ ?%", path[-1]):
        return None
    span = document.key_span(path)
    line = document.text.split("\n")[span.line - 1]
    before = re.search(r"(?<![\w.])\d+,$", line[:span.column - 1])
    if before is None:
        return None
    meant = f"{before[0][:-1]}.{path[-1]}"
    whole = Span(span.path, span.line, before.start() + 1, span.end_column)
    return Diagnostic("M007", "error", f"a comma ends the number before `{path[-1]}`", whole, f"fractions have a point: write `{meant}`",
                      rename(whole, line[whole.column - 1:whole.end_column - 1], meant))


def _several_missing(absent: list[str], holder: Path, document: Document, model: type[BaseModel]) -> Diagnostic:
    """Two or more keys that one block lacks."""
    forms = [bare(f[0]) for word in absent if (f := forms_at(model, (*holder, word)))]
    if all(get_origin(f) is dict or block_of(f) for f in forms):
        advice = f"add each{'' if holder else ' at the left edge'} with its entries below, two spaces further in"
        if not holder and len(absent) >= _MANY:
            advice += "; `detente new` writes a first scenario, and docs/authoring.md grows one line by line"
        return Diagnostic("M002", "error", f"{_and(absent)} are missing{_of(holder)}", document.key_span(holder), advice)
    return Diagnostic("M002", "error", f"{_and(absent)} are missing{_of(holder)}", document.key_span(holder),
                      "; ".join(_how_to_add(word, forms_at(model, (*holder, word)), holder) for word in absent))


def _stranger(it: Refusal, word: str, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    lacks = [name for kind, name in it.errors if kind == "missing"]
    alien = [name for kind, name in it.errors if kind == "unknown"]
    said = [f"it lacks {_and(lacks)}"] if lacks else []
    said += [f"{_and(alien)} {'is no key' if len(alien) == 1 else 'are no keys'} of it"] if alien else []
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


def _and(words: list[str]) -> str:
    shown = [f"`{w}`" for w in words]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _stepped_out(word: str, holder: Path, model: type[BaseModel], value: object) -> str:
    """The entry above a key, if it is a key of that and stands one step too far out."""
    siblings = list(at(value, holder))
    before = siblings[siblings.index(word) - 1] if siblings.index(word) else None
    return before if before is not None and word in keys_around(model, (*holder, before)) else ""


def _form(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    given = at(value, it.path) if it.path else value
    span = document.span(it.path)
    kinds = {e["type"] for e in it.errors}
    first = it.errors[0]
    name = f"`{it.path[-1]}`" if it.path and isinstance(it.path[-1], str) else "this item"
    if "literal_error" in kinds and isinstance(given, str):
        return _literal(given, name, span, next(e for e in it.errors if e["type"] == "literal_error"))
    if first["type"] == "string_pattern_mismatch" and isinstance(given, str):
        advice = _pattern_advice(first, given)
        pattern = str(first.get("ctx", {}).get("pattern", ""))
        fix = None
        if "A-Z" in pattern and re.fullmatch(pattern, given.upper()) and document.text_at(it.path) == given:
            fix = rename(span, given, given.upper())
        elif (days := re.search(r"write `(\d+ days?)`$", advice)) and document.text_at(it.path) == given and "month" not in given:
            fix = rename(span, given, days[1])
        return Diagnostic("M003", "error", f"{name} cannot be `{given[:_LONGEST_SHOWN]}`", span, advice, fix)
    if first["type"] in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        context = first.get("ctx", {})
        bound = context.get("ge", context.get("le", context.get("gt", context.get("lt"))))
        small = "greater" in first["type"]
        return Diagnostic("M003", "error", f"`{given}` is too {'small' if small else 'large'} for {name}", span,
                          f"write at {'least' if small else 'most'} {bound:g}")
    if first["type"] in ("string_too_long", "too_long", "too_short"):
        limit = first.get("ctx", {})
        most, least = limit.get("max_length"), limit.get("min_length")
        many = "long" if "long" in first["type"] else "short"
        return Diagnostic("M003", "error", f"{name} is too {many}", span,
                          f"at most {most}" if most is not None and many == "long" else f"it needs {least} parts")
    forms = [f for f in forms_at(model, it.path) if bare(f) is not type(None)]
    wanted = list(dict.fromkeys(_form_in_words(bare(f)) for f in forms)) or ["something else"]
    if it.path and it.path[-1] in ("chance", "weekly"):
        wanted = ["a percentage", "a word such as `likely`", "one of these per leg"]
    message = f"{name} should be {_either(wanted)}, not {_given(given)}"
    if given is None and wanted == ["text"] and it.path:
        needed = [f for form in forms_at(model, it.path[:-1]) if (b := block_of(form)) and (f := field_of(b, it.path[-1]))]
        return Diagnostic("M003", "error", f"{name} is empty", document.key_span(it.path), "write it behind the colon" + (
            "" if any(f.is_required() for f in needed) else ", or remove the key"))
    return Diagnostic("M003", "error", message, span, *_form_advice(it, given, forms, span, document, value, keys_around(model, it.path[:-1])))


def _form_advice(it: Refusal, given: object, forms: list[Any], span: Span, document: Document,
                 value: object, taken: list[str]) -> tuple[str, Fix | None]:
    plain = [bare(f) for f in forms]
    takes_text = str in plain
    shown = document.text_at(it.path)
    pattern = next((p for f in forms if (p := pattern_of(f))), "")
    if takes_text and "days" in pattern and isinstance(given, int):
        meant = f"{given} day{'s' * (given != 1)}"
        return f"it is a number of days: write `{meant}`", rename(span, shown, meant)
    if takes_text and pattern and not re.search(pattern, shown):
        return _pattern_advice({"ctx": {"pattern": pattern}}, shown), None
    if str(it.path[-1] if it.path else "") in ("chance", "weekly") and isinstance(given, float):
        return ("a chance is given in percent: write " + (f"`{given * 100:g} %`, or `{given:g} %` if it is as rare as that"
                                                          if 0 < given < 1 else f"`{given:g} %`")), None
    if takes_text and isinstance(given, int | float | bool) and int not in plain and shown:
        return f'put it in quotation marks: `"{shown}"`', quoted(span, shown)
    lists = any(get_origin(p) is list for p in plain)
    blocks = [b for f in forms if (b := block_of(f))]
    if lists and isinstance(given, str) and not takes_text and not blocks:
        return _as_list(given, plain, span, shown, document, it.path)
    if lists and isinstance(given, dict):
        if shown.startswith("{") and "\n" not in shown and given and all(it is None for it in given.values()):
            return f"a list is written in square brackets: `[{shown[1:-1]}]`", rename(span, shown, f"[{shown[1:-1]}]")
        return ("a list is written in square brackets, `[one, two]`, or line by line with a dash: `- one`", None)
    if isinstance(given, list) and shown.startswith("-"):
        return ("leave the dashes out: each name stands alone on its line, with a colon behind it", None)
    if isinstance(given, list) and not blocks and shown.startswith("[") and "\n" not in shown \
            and given and all(isinstance(it, dict) and len(it) == 1 for it in given):
        return f"`key: value` pairs stand in curly brackets: `{{{shown[1:-1]}}}`", rename(span, shown, f"{{{shown[1:-1]}}}")
    if isinstance(given, list) and not lists and len(given) == 1 and isinstance(given[0], str) and shown.startswith("[") \
            and (takes_text or any(get_origin(p) is Literal for p in plain)):
        return f"there is one only: write `{given[0]}` without brackets", rename(span, shown, shown[1:-1].strip())
    if isinstance(given, float) and int in plain:
        return f"write `{math.floor(given)}` or `{math.ceil(given)}`: there are no fractions here", None
    if isinstance(given, list) and (blocks or any(get_origin(p) is dict for p in plain)):
        return ("`key: value` pairs stand in curly brackets, `{a: 1, b: 2}`, or line by line without dashes", None)
    if any(get_origin(p) is dict for p in plain) and isinstance(given, str) and not takes_text and not blocks:
        amount = re.fullmatch(r"([A-Za-z_][\w.]*)\s*(?:=|\+|(-)|\+=|(-)=|\s)\s*(\d+)", given)
        if amount and shown == given:
            meant = f"{{{amount[1]}: {amount[2] or amount[3] or ''}{amount[4]}}}"
            return f"write `{meant}`", rename(span, shown, meant)
        return "write it as `{name: value}`, for example `{tension: 4}`", None
    if given is None and it.path and (lost := beside_it(value, it.path, forms, taken)):
        stand = "stands" if len(lost) == 1 else "stand"
        return f"{_and([str(p[-1]) for p in lost])} {stand} beside it and should stand below it, two spaces further in", None
    if blocks:
        if among(it.path, value, blocks):
            return f"it belongs to `{among(it.path, value, blocks)}`: move it further in, under its other keys", None
        if isinstance(given, str) and shown[:1] in "\"'" and re.match(r"[a-z_]+: ", given):
            return f"take the quotation marks away: write `{{{given}}}`", None
        needed = [f.alias or n for b in blocks for n, f in b.model_fields.items() if f.is_required()]
        example = f"write {_and([f'{k}:' for k in needed])} below it, two spaces further in" if needed else \
            "write its keys below it, two spaces further in"
        return example, None
    if given is None:
        return "write it behind the colon, or remove the key", None
    if lists and takes_text:
        return "several are written in square brackets: `[one, two]`", None
    if takes_text:
        return "write one text, without brackets; a text with a comma, a colon or brackets needs quotation marks", None
    if it.path == ("format",):
        return "this Detente reads format 1; a newer file needs a newer Detente", None
    if int in plain and isinstance(given, float):
        return f"write `{math.floor(given)}` or `{math.ceil(given)}`: there are no fractions here", None
    if int in plain and isinstance(given, str) and shown == given and (figure := re.fullmatch(r"([-+–—−]?)\s*(\d+)\s*(?:%|per ?cent)?", given)):
        meant = ("-" if figure[1] in "-–—−" and figure[1] else "") + figure[2]
        return f"it is a number, not a share: write `{meant}`" if given[-1] in "%t" else f"write `{meant}`", rename(span, shown, meant)
    if int in plain or float in plain:
        return "write digits only, for example `4` or `-2`" if int in plain and float not in plain \
            else "write a number, for example `1.5`", None
    if bool in plain:
        return "write `true` or `false`", None
    return "", None


def _as_list(given: str, plain: list[Any], span: Span, shown: str, document: Document, path: Path) -> tuple[str, Fix | None]:
    """What to write for a text that stands where a list belongs."""
    items = [f for p in plain if get_origin(p) is list for f in alternatives(get_args(p)[0])]
    if not any(bare(f) is str for f in items):
        keys = [f.alias or n for f in items if (b := block_of(f)) for n, f in b.model_fields.items()]
        return f"its items are `key: value` lines: write `- ` and the first key on the line below; possible are {', '.join(keys)}", None
    if (dashes := _dashes(given, document, path)) is not None:
        return f"each item begins with `- `, a dash and a space: write `- {given[1:].strip()}`" if len(dashes) == 1 else \
            "each item begins with `- `, a dash and a space", Fix("write `- ` before each item", tuple(dashes))
    several = [part.strip() for part in given.split(",")]
    if len(several) > 1 and all(re.fullmatch(r"[\w.-]+", part) for part in several) and shown.strip("\"'") == given:
        made = f"[{', '.join(several)}]"
        return f"write it as a list: `{made}`", Fix(f"write `{made}` instead of `{shown}`", (Edit(span, made),))
    if len(several) > 1:
        return 'write it as a list, each text in quotation marks: `["…", "…"]`, or each on a line of its own behind `- `', None
    return f"write it as a list: `[{given[:_LONGEST_SHOWN]}]`", listed(document.path, path, given, shown)


def _dashes(given: str, document: Document, path: Path) -> list[Edit] | None:
    """A dash and a space for the sign with which each line begins that was meant as an item of a list."""
    lines = document.lines(path)
    if given[:1] not in _BULLETS or lines is None or document.text_at(path)[:1] != given[:1]:
        return None
    out: list[Edit] = []
    shown = document.text.split("\n")
    for number in range(document.span(path).line, lines[1] + 1):
        line = shown[number - 1]
        column = len(line) - len(line.lstrip())
        if line[column:column + 1] not in _BULLETS:
            return None
        behind = len(line[column + 1:]) - len(line[column + 1:].lstrip(" \u00a0"))
        out.append(Edit(Span(document.path, number, column + 1, column + 2 + behind), "- "))
    return out


def _literal(given: str, name: str, span: Span, error: Any) -> Diagnostic:
    expected = str(error.get("ctx", {}).get("expected", ""))
    options = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
    listed_ = _either([f"`{o}`" for o in options])
    meant = certain(given, options)
    return Diagnostic("M003", "error", f"{name} cannot be `{given[:_LONGEST_SHOWN]}`", span,
                      f"{suggest(given, options)}it can be {listed_}", rename(span, given, meant) if meant else None)


def _pattern_advice(error: Any, given: str) -> str:
    pattern = str(error.get("ctx", {}).get("pattern", ""))
    capitals = re.sub(r"[^A-Z]", "", given.upper())[:3]
    example = f"`{capitals}`" if len(capitals) > 1 else "`ARM`"
    if "days" in pattern and (spoken := _in_days(given)):
        return spoken
    for word, advice in (("days", "it is a number of days: write `3 days`"),
                         ("rounds", "it is a number of rounds from 1 to 9: write `2 rounds`"),
                         ("{2,4}", f"write two to four capital letters, for example {example}"),
                         ("{0,3}", "write up to three capital letters"), ("-]", "use lower-case letters, digits and `-`")):
        if word in pattern:
            return advice
    plain = _as_name(given)
    return "use lower-case letters, digits and underscores, beginning with a letter" \
        + (f": `{plain}`" if plain else "")


def _in_days(given: str) -> str:
    """What to write for a length of time that is not given in days."""
    found = re.fullmatch(r"\s*(\d{1,3}|an?|one|two|three|four)?\s*(hour|day|week|month|year)s?\s*", given.lower())
    if found is None:
        return ""
    number = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(found[1]) or int(found[1] or 1)
    if found[2] in ("day", "week"):
        days = number * (7 if found[2] == "week" else 1)
        return f"a step is a number of days: write `{days} day{'s' * (days != 1)}`"
    if found[2] == "hour":
        return "a step is a number of days, at least `1 days`"
    return f"a step is a number of days: write `{number * (30 if found[2] == 'month' else 365)} days`, for example"


def _as_name(word: str) -> str:
    """The word as a name could be written, or an empty text."""
    plain = re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_")
    return plain if re.fullmatch(r"[a-z][a-z0-9_]*", plain) and plain != word else ""


def _how_to_add(word: str, forms: list[Any], holder: Path) -> str:
    if not forms:
        return f"add `{word}: …`"
    plain = bare(forms[0])
    if get_origin(plain) is Literal:
        options = [str(o) for o in get_args(plain)]
        return f"add `{word}: {options[0]}`" + (f"; it can be {_either([f'`{o}`' for o in options])}"
                                               if len(options) > 1 else "")
    if plain is str:
        return f"add `{word}: …`"
    if get_origin(plain) is list:
        return f"add `{word}: [ … ]`"
    if plain in (int, float):
        return f"add `{word}:` with {_form_in_words(plain)}"
    return f"add `{word}:`{'' if holder else ' at the left edge'} and its entries below, two spaces further in"


def _form_in_words(plain: Any) -> str:
    if plain is str:
        return "text"
    if plain is int:
        return "a whole number"
    if plain is float:
        return "a number"
    if plain is bool:
        return "`true` or `false`"
    if get_origin(plain) is Literal:
        return _either([f"`{o}`" for o in get_args(plain)])
    if get_origin(plain) in (list, tuple):
        return "a list"
    return "`key: value` lines"


def _given(given: object) -> str:
    if given is None:
        return "empty"
    if isinstance(given, bool):
        return f"`{str(given).lower()}`"
    if isinstance(given, int | float):
        return f"the number {given}"
    if isinstance(given, str):
        return f"the text `{given[:_LONGEST_SHOWN]}{'…' if len(given) > _LONGEST_SHOWN else ''}`" if given else "an empty text"
    return "a list" if isinstance(given, list) else "`key: value` lines"


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _here(holder: Path) -> str:
    if not holder:
        return " that can stand at the left edge"
    return f" of `{holder[-1]}`" if isinstance(holder[-1], str) else " of this item"


def _of(holder: Path) -> str:
    if not holder:
        return " from the file"
    return f" from `{holder[-1]}`" if isinstance(holder[-1], str) else " from this item"


# -- fixes


def rename(span: Span, word: str, other: str) -> Fix:
    """Another word in the place of one that stands alone at a span."""
    return Fix(f"write `{other}` instead of `{word}`", (Edit(span, other),))


def quoted(span: Span, shown: str) -> Fix:
    """The same characters in quotation marks, so that they are text."""
    return Fix(f"put `{shown}` in quotation marks", (Edit(span, f'"{shown}"'),))


def listed(file: str, path: Path, given: str, shown: str) -> Fix | None:
    """A text made a list of one."""
    return Fix(f"make a list of `{given}`", structure=Structure("list", file, path)) if shown and "\n" not in shown \
        else None
