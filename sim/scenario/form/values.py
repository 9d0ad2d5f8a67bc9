"""scenario: a value of the wrong form, and what to write instead."""

from __future__ import annotations

import math
import re
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from sim.errors import Diagnostic, Edit, Fix, Span, certain, suggest
from sim.scenario.form.fixes import listed, quoted, rename
from sim.scenario.form.refusals import Refusal, among, at, beside_it, keys_around
from sim.scenario.form.shape import Path, alternatives, bare, block_of, field_of, forms_at, pattern_of
from sim.scenario.form.wording import LONGEST_SHOWN, TRUTHS, as_name, both, either, kind, what_stands
from sim.scenario.reading.document import Document
from sim.scenario.reading.quoting import in_marks

_CHANCES: Final = ("chance", "weekly")
_BULLETS: Final = ("•", "–", "—", "-", "·", "‣", "▪", "◦", "+")
"""Signs before the items of a list, as word processors and hands set them."""


def misformed(it: Refusal, document: Document, model: type[BaseModel], value: object) -> Diagnostic:
    """A value that is not of a form its key may have."""
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
        return Diagnostic("M003", "error", f"{name} cannot be `{given[:LONGEST_SHOWN]}`", span, advice, fix)
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
    wanted = list(dict.fromkeys(kind(bare(f)) for f in forms)) or ["something else"]
    if it.path and it.path[-1] in _CHANCES:
        wanted = ["a percentage", "a word such as `likely`", "one of these per leg"]
    if it.path[-2:-1] == ("change",):
        wanted = ["a whole number", "a range such as `2..5`", "a share such as `-5 %`"]
    message = f"{name} should be {either(wanted)}, not {what_stands(given)}"
    if given is None and wanted == ["text"] and it.path and (taken := _taken_for_note(document, it.path, name)) is not None:
        return taken
    if given is None and wanted == ["text"] and it.path:
        needed = [f for form in forms_at(model, it.path[:-1]) if (b := block_of(form)) and (f := field_of(b, it.path[-1]))]
        return Diagnostic("M003", "error", f"{name} is empty", document.key_span(it.path), "write it behind the colon" + (
            "" if any(f.is_required() for f in needed) else ", or remove the key"))
    return Diagnostic("M003", "error", message, span, *_form_advice(it, given, forms, span, document, value, keys_around(model, it.path[:-1])))


def _taken_for_note(document: Document, path: Path, name: str) -> Diagnostic | None:
    """A text that begins with `#` and so is none."""
    key = document.key_span(path)
    noted = re.compile(r" *: +(#\S.*?) *$").match(document.text.split("\n")[key.line - 1], key.end_column - 1)
    if noted is None:
        return None
    span = Span(key.path, key.line, noted.start(1) + 1, noted.end(1) + 1)
    return Diagnostic("M003", "error", f"what stands behind {name} begins with `#`, which makes it a note", span,
                      f"put the text in quotation marks: `{in_marks(noted[1])}`", rename(span, noted[1], in_marks(noted[1])))


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
    if bool in plain and isinstance(given, str) and (truth := TRUTHS.get(given.lower())):
        return f"write `{truth}`", rename(span, shown, truth)
    if isinstance(given, bool) and it.path and it.path[-1] in _CHANCES:
        return "write a percentage such as `25 %`, or `rest` for what the others leave", None
    if isinstance(given, bool) and int in plain and takes_text:
        return f"a flag is set, not changed: `set: {{{it.path[-1]}: {shown}}}`", None
    if it.path and it.path[-1] in _CHANCES and isinstance(given, float):
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
    if isinstance(given, list) and not lists and len(given) == 1 and isinstance(given[0], str | int) and shown.startswith("[") \
            and (takes_text or any(get_origin(p) is Literal for p in plain)):
        return f"there is one only: write `{given[0]}` without brackets", rename(span, shown, shown[1:-1].strip())
    if isinstance(given, float) and int in plain:
        below, above = math.floor(given), math.ceil(given)
        return ("there are no fractions here: write " + (f"`{below}`" if below == above else f"`{below}` or `{above}`"),
                rename(span, shown, str(below)) if below == above else None)
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
        return f"{both([str(p[-1]) for p in lost])} {stand} beside it and should stand below it, two spaces further in", None
    if blocks:
        if among(it.path, value, blocks):
            return f"it belongs to `{among(it.path, value, blocks)}`: move it further in, under its other keys", None
        if isinstance(given, str) and shown[:1] in "\"'" and re.match(r"[a-z_]+: ", given):
            return f"take the quotation marks away: write `{{{given}}}`", None
        needed = [f.alias or n for b in blocks for n, f in b.model_fields.items() if f.is_required()]
        example = f"write {both([f'{k}:' for k in needed])} below it, two spaces further in" if needed else \
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
    if int in plain and isinstance(given, str) and shown.strip("\"'") == given and (figure := re.fullmatch(r"([-+–—−]?)\s*(\d+)\s*(?:%|per ?cent)?", given)):
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
    if len(given) > LONGEST_SHOWN:
        return "write `- ` before each item, on a line of its own", listed(document.path, path, given, shown)
    return f"write it as a list: `[{given}]`", listed(document.path, path, given, shown)


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
    listed_ = either([f"`{o}`" for o in options])
    meant = certain(given, options)
    return Diagnostic("M003", "error", f"{name} cannot be `{given[:LONGEST_SHOWN]}`", span,
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
    plain = as_name(given)
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
