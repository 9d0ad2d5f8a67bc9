"""scenario: keys, values and places of a file as a sentence names them."""

from __future__ import annotations

import re
from typing import Any, Final, Literal, get_args, get_origin

from sim.scenario.form.shape import Path, bare

LONGEST_SHOWN: Final = 40
"""Characters of a value that a sentence repeats."""

TRUTHS: Final = {"yes": "true", "on": "true", "y": "true", "true": "true", "no": "false", "off": "false", "n": "false", "false": "false"}
"""What is written for `true` and `false`, by hand or in older YAML."""


def both(words: list[str]) -> str:
    """Words marked and listed: `a`, `b` and `c`."""
    shown = [f"`{w}`" for w in words]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def either(words: list[str]) -> str:
    """A choice of words that are marked already."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def here(holder: Path) -> str:
    """Where a key cannot stand, to go behind “is not a key”."""
    if not holder:
        return " that can stand at the left edge"
    return f" of `{holder[-1]}`" if isinstance(holder[-1], str) else " of this item"


def lacking_from(holder: Path) -> str:
    """What a key is missing from, to go behind “is missing”."""
    if not holder:
        return " from the file"
    return f" from `{holder[-1]}`" if isinstance(holder[-1], str) else " from this item"


def what_stands(given: object) -> str:
    """A value as it stands in the file."""
    if given is None:
        return "empty"
    if isinstance(given, bool):
        return f"`{str(given).lower()}`"
    if isinstance(given, int | float):
        return f"the number {given}"
    if isinstance(given, str):
        return f"the text `{given[:LONGEST_SHOWN]}{'…' if len(given) > LONGEST_SHOWN else ''}`" if given else "an empty text"
    return "a list" if isinstance(given, list) else "`key: value` lines"


def kind(plain: Any) -> str:
    """What a form is called."""
    if plain is str:
        return "text"
    if plain is int:
        return "a whole number"
    if plain is float:
        return "a number"
    if plain is bool:
        return "`true` or `false`"
    if get_origin(plain) is Literal:
        return either([f"`{o}`" for o in get_args(plain)])
    if get_origin(plain) in (list, tuple):
        return "a list"
    return "`key: value` lines"


def as_name(word: str) -> str:
    """The word as a name could be written, or an empty text."""
    plain = re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_")
    return plain if re.fullmatch(r"[a-z][a-z0-9_]*", plain) and plain != word else ""


def how_to_add(word: str, forms: list[Any], holder: Path) -> str:
    """What to write for a key that is missing."""
    if not forms:
        return f"add `{word}: …`"
    plain = bare(forms[0])
    if get_origin(plain) is Literal:
        options = [str(o) for o in get_args(plain)]
        return f"add `{word}: {options[0]}`" + (f"; it can be {either([f'`{o}`' for o in options])}"
                                               if len(options) > 1 else "")
    if plain is str:
        return f"add `{word}: …`"
    if get_origin(plain) is list:
        return f"add `{word}: [ … ]`"
    if plain in (int, float):
        return f"add `{word}:` with {kind(plain)}"
    return f"add `{word}:`{'' if holder else ' at the left edge'} and its entries below, two spaces further in"
