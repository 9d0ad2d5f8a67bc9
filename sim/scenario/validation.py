"""scenario: what the models refuse, as diagnostics in plain words at the right line.

Each place is told once. A key that is misspelt and therefore missing is told at the misspelt word alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args, get_origin, overload

from pydantic import BaseModel, ValidationError

from sim.errors import Diagnostic, Edit, Fix, Span, Structure, certain, nearest, suggest
from sim.scenario.models import History, Map, Masked, Scenario
from sim.scenario.reader import Document
from sim.scenario.shape import Path, bare, block_of, forms_at, keys_of, pattern_of

_FEW = 14
_LONGEST_SHOWN = 40
_MANY = 3
_AMBIGUOUS = ("title", "id")
"""Sections of the file that are keys of many blocks too."""


class Refusal(NamedTuple):
    """One place that the models refuse."""

    path: Path
    """Where, in the file; for a missing key with the key."""
    kind: Literal["unknown", "missing", "name", "form", "strange"]
    """A key that is none, a key that is missing, a name of the wrong form, a value of the wrong form, or a block so
    unlike what belongs here that its keys are not told one by one."""
    errors: tuple[Any, ...]
    """What pydantic said of it, an entry per alternative."""
    meant: str = ""
    """For an unknown key: the key that was meant, if it is certain or missing."""


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
    for it in found:
        absent = lacking.get(it.path[:-1], []) if it.kind == "missing" else []
        if len(absent) < 2:
            out.append(_told(it, document, model, value))
        elif absent[0] == it.path[-1]:
            out.append(_several_missing(absent, it.path[:-1], document, model))
    return out


def refusals(problem: ValidationError, model: type[BaseModel], value: object) -> list[Refusal]:
    """What pydantic refuses, by place.

    Its alternatives of one value are one, and what a misspelt key leaves out is not told beside it.
    """
    groups: dict[tuple[Path, str], list[Any]] = {}
    for error in problem.errors(include_url=False):
        path, kind = _place(value, error)
        path, kind = _section(path, kind, model, value)
        groups.setdefault((path, kind), []).append(error)
    # of a value whose form is wrong and what is wrong inside it under another alternative, the outer is told
    forms = {path for path, kind in groups if kind == "form"}
    within = {path[:n] for path, _ in groups for n in range(len(path))}
    for path in forms & within:
        # a list with a wrong item is a list with a wrong item, though it is no text either
        if _takes(at(value, path), forms_at(model, path)):
            forms.discard(path)
            del groups[path, "form"]
    found: list[Refusal] = []
    lacking: dict[Path, list[str]] = {}
    for path, kind in groups:
        if kind == "missing":
            lacking.setdefault(path[:-1], []).append(str(path[-1]))
    for (path, kind), errors in groups.items():
        if any(path[:n] in forms for n in range(len(path))):
            continue
        if kind != "unknown":
            found.append(Refusal(path, kind, tuple(errors)))  # type: ignore[arg-type]
            continue
        word, holder = str(path[-1]), path[:-1]
        absent = lacking.get(holder, [])
        meant = nearest(word, absent) or certain(word, _free(model, value, holder)) or ""
        if meant in absent:
            absent.remove(meant)
        found.append(Refusal(path, "unknown", tuple(errors), meant))
    found = [it for it in found if it.kind != "missing" or str(it.path[-1]) in lacking.get(it.path[:-1], [])]
    for it in [it for it in found if stepped_in(it, model, value)]:
        behind = behind_it(value, it.path)
        found = [o for o in found if o is it or not (o.path == (it.path[-1],) or any(o.path[:len(p)] == p for p in behind))]
    for it in [it for it in found if it.kind == "form"]:
        lost = beside_it(value, it.path, forms_at(model, it.path))
        found = [o for o in found if o is it or not any(o.path[:len(p)] == p for p in lost)]
    return _strange(found)


def beside_it(value: object, path: Path, forms: list[Any]) -> list[Path]:
    """What stands beside an empty entry and is called like the keys that it lacks: they should stand below it."""
    blocks = [b for f in forms if (b := block_of(f))]
    if not blocks or at(value, path) is not None or not isinstance(at(value, path[:-1]), dict):
        return []
    siblings = list(at(value, path[:-1]))
    own = {k for b in blocks for k in keys_of(b)}
    out: list[Path] = []
    for key in siblings[siblings.index(path[-1]) + 1:]:
        if key not in own:
            break
        out.append((*path[:-1], key))
    return out


def _takes(value: object, forms: list[Any]) -> bool:
    """Whether a list may stand where a list stands, or a map where a map stands."""
    if isinstance(value, list):
        return any(get_origin(bare(f)) in (list, tuple) for f in forms)
    return isinstance(value, dict) and any(get_origin(bare(f)) is dict or block_of(f) for f in forms)


def _strange(found: list[Refusal]) -> list[Refusal]:
    """Blocks with three or more keys missing or unknown as one refusal each."""
    by_holder: dict[Path, list[Refusal]] = {}
    for it in found:
        if it.kind in ("unknown", "missing") and len(it.path) > 1 and not it.meant:
            by_holder.setdefault(it.path[:-1], []).append(it)
    many = {holder: items for holder, items in by_holder.items() if len(items) >= _MANY}
    out: list[Refusal] = []
    told: set[Path] = set()
    for it in found:
        holder = it.path[:-1]
        if it.kind not in ("unknown", "missing") or it.meant or holder not in many:
            out.append(it)
        elif holder not in told:
            told.add(holder)
            out.append(Refusal(holder, "strange", tuple((o.kind, str(o.path[-1])) for o in many[holder])))
    return out


def stepped_in(it: Refusal, model: type[BaseModel], value: object) -> bool:
    """Whether what is refused is a section of the file that stands too far in."""
    return it.kind in ("form", "unknown") and len(it.path) > 1 and it.path[-1] in keys_of(model) \
        and not (it.path[-1] in _AMBIGUOUS and at(value, it.path) is not None) and isinstance(at(value, it.path[:-1]), dict) \
        and (it.kind == "unknown" or at(value, it.path) is None) and not it.meant


def behind_it(value: object, path: Path) -> list[Path]:
    """What stands behind a place in the maps that hold it, the file's own apart: its own entries, if it is a section."""
    out: list[Path] = []
    for depth in range(len(path) - 1, 0, -1):
        held = at(value, path[:depth])
        if isinstance(held, dict):
            keys = list(held)
            out += [(*path[:depth], key) for key in keys[keys.index(path[depth]) + 1:]]
    return out


def _place(value: Any, error: Any) -> tuple[Path, str]:
    """Where the refused part stands; the models' own names for alternatives are no part of the file."""
    loc, kind = error["loc"], error["type"]
    path: list[str | int] = []
    for part in loc[:-1] if kind == "missing" else loc:
        if (isinstance(value, dict) and part in value) or (isinstance(value, list) and isinstance(part, int)
                                                           and part < len(value)):
            path.append(part)
            value = value[part]
    if kind == "missing":
        return (*path, str(loc[-1])), "missing"
    if kind == "extra_forbidden":
        return tuple(path), "unknown"
    return tuple(path), "name" if loc and loc[-1] == "[key]" else "form"


def _section(path: Path, kind: str, model: type[BaseModel], value: Any) -> tuple[Path, str]:
    """The place of a whole section taken for an entry, if what is refused is in it and the file lacks that section."""
    sections = keys_of(model)
    for n in range(1, len(path)):
        if path[n] in sections and path[n] not in value and path[n] not in _AMBIGUOUS and not _keys(model, path[:n]):
            return path[:n + 1], "unknown"
    return path, kind


def at(value: Any, path: Path) -> Any:
    """What a value holds at a place that it has."""
    for part in path:
        value = value[part]
    return value


def _free(model: type[BaseModel], value: object, holder: Path) -> list[str]:
    """The keys that a block knows and does not have yet."""
    held = at(value, holder)
    return [k for k in _keys(model, holder) if k not in held]


def _keys(model: type[BaseModel], holder: Path) -> list[str]:
    return [k for form in forms_at(model, holder) if (block := block_of(form)) for k in keys_of(block)]


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
    if it.kind == "unknown" and (cut := _cut_by_comma(it.path, document, value)) is not None:
        return cut
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
    known, span = _keys(model, holder), document.key_span(it.path)
    fix = None
    meant = it.meant or nearest(word, _free(model, value, holder))
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


def _cut_by_comma(path: Path, document: Document, value: object) -> Diagnostic | None:
    """A text inside curly brackets whose second half, behind a comma, was taken for a key."""
    holder = at(value, path[:-1])
    keys = list(holder)
    number = keys.index(path[-1])
    if holder[path[-1]] is not None or not number or not isinstance(holder[keys[number - 1]], str | None):
        return None
    first, last = document.span((*path[:-1], keys[number - 1])), document.key_span(path)
    if first.line != last.line or not document.text_at(path[:-1]).startswith("{") or " " not in str(path[-1]):
        return None
    line = document.text.split("\n")[first.line - 1]
    said = line[first.column - 1:last.end_column - 1]
    fix = None
    if '"' not in said and "'" not in said:
        whole = Span(first.path, first.line, first.column, last.end_column)
        fix = Fix("put the text in quotation marks", (Edit(whole, f'"{said}"'),))
    return Diagnostic("M007", "error", f"a comma ends the text before `{path[-1]}`", last,
                      f'inside `{{ }}` put texts with commas in quotation marks: `"{said}"`', fix)


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
        advice = f"possible here: {', '.join(_keys(model, it.path))}"
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
    return before if before is not None and word in _keys(model, (*holder, before)) else ""


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
        return Diagnostic("M003", "error", f"{name} cannot be `{given[:_LONGEST_SHOWN]}`", span, advice, fix)
    if first["type"] in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        context = first.get("ctx", {})
        bound = context.get("ge", context.get("le", context.get("gt", context.get("lt"))))
        small = "greater" in first["type"]
        return Diagnostic("M003", "error", f"`{given}` is too {'small' if small else 'large'} for {name}", span,
                          f"the limit is {bound:g}")
    if first["type"] in ("string_too_long", "too_long", "too_short"):
        limit = first.get("ctx", {})
        most, least = limit.get("max_length"), limit.get("min_length")
        many = "long" if "long" in first["type"] else "short"
        return Diagnostic("M003", "error", f"{name} is too {many}", span,
                          f"at most {most}" if most is not None and many == "long" else f"it needs {least} parts")
    forms = [f for f in forms_at(model, it.path) if bare(f) is not type(None)]
    wanted = list(dict.fromkeys(_form_in_words(bare(f)) for f in forms)) or ["something else"]
    message = f"{name} should be {_either(wanted)}, not {_given(given)}"
    return Diagnostic("M003", "error", message, span, *_form_advice(it, given, forms, span, document, value))


def _form_advice(it: Refusal, given: object, forms: list[Any], span: Span, document: Document,
                 value: object) -> tuple[str, Fix | None]:
    plain = [bare(f) for f in forms]
    takes_text = str in plain
    shown = document.text_at(it.path)
    pattern = next((p for f in forms if (p := pattern_of(f))), "")
    if takes_text and pattern and not re.search(pattern, shown):
        return _pattern_advice({"ctx": {"pattern": pattern}}, shown), None
    if takes_text and isinstance(given, int | float | bool) and int not in plain and shown:
        return f'put it in quotation marks: `"{shown}"`', quoted(span, shown)
    lists = any(get_origin(p) is list for p in plain)
    if lists and isinstance(given, str) and not takes_text:
        return f"write it as a list: `[{given[:_LONGEST_SHOWN]}]`", listed(document.path, it.path, given, shown)
    if lists and isinstance(given, dict):
        return ("a list is written in square brackets, `[one, two]`, or line by line with a dash: `- one`", None)
    blocks = [b for f in forms if (b := block_of(f))]
    if isinstance(given, list) and shown.startswith("-"):
        return ("leave the dashes out: each name stands alone on its line, with a colon behind it", None)
    if isinstance(given, list) and (blocks or any(get_origin(p) is dict for p in plain)):
        return ("`key: value` pairs stand in curly brackets, `{a: 1, b: 2}`, or line by line without dashes", None)
    if any(get_origin(p) is dict for p in plain) and isinstance(given, str) and not takes_text and not blocks:
        return "write it as `{name: value}`, for example `{tension: 4}`", None
    if blocks:
        if lost := beside_it(value, it.path, forms):
            stand = "stands" if len(lost) == 1 else "stand"
            return f"{_and([str(p[-1]) for p in lost])} {stand} beside it and should stand below it, two spaces further in", None
        if _among(it.path, value, blocks):
            return f"it belongs to `{_among(it.path, value, blocks)}`: move it further in, under its other keys", None
        needed = [f.alias or n for b in blocks for n, f in b.model_fields.items() if f.is_required()]
        example = f"write {', '.join(f'`{k}:`' for k in needed)} below it, two spaces further in" if needed else \
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
        return f"write `{round(given)}`, for example: there are no fractions here", None
    if int in plain or float in plain:
        return "write digits only, for example `4` or `-2`" if int in plain and float not in plain \
            else "write a number, for example `1.5`", None
    if bool in plain:
        return "write `true` or `false`", None
    return "", None


def _among(path: Path, value: object, blocks: Iterable[type[BaseModel]]) -> str:
    """The entry above a value that is no block itself but is called like one of the keys of such a block."""
    word = path[-1] if path else 0
    if not isinstance(word, str) or not any(word in keys_of(b) for b in blocks):
        return ""
    siblings = [str(k) for k in at(value, path[:-1])]
    at_ = siblings.index(word)
    return siblings[at_ - 1] if at_ else ""


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
    for word, advice in (("days", "it is a number of days: write `3 days`"),
                         ("rounds", "it is a number of rounds from 1 to 9: write `2 rounds`"),
                         ("{2,4}", f"write two to four capital letters, for example {example}"),
                         ("{0,3}", "write up to three capital letters"), ("-]", "use lower-case letters, digits and `-`")):
        if word in pattern:
            return advice
    plain = _as_name(given)
    return "use lower-case letters, digits and underscores, beginning with a letter" \
        + (f": `{plain}`" if plain else "")


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
