"""tui: the keys of every screen by the id of their binding, and the file in which a person gives them others."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import combinations
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from sim.errors import suggest

_MODIFIERS: Final = re.compile(r"(?:(?:ctrl|alt|shift|super|meta|hyper)\+)*")
_LARGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One binding that can be given other keys."""

    id: str
    """`room.resolve`: the screen or widget, and what is done."""
    keys: str
    """Those it has unless changed, with commas between."""
    says: str


@lru_cache(maxsize=1)
def catalog() -> tuple[KeyEntry, ...]:
    """Every binding of the room, sorted by id."""
    found = {entry.id: entry for owner in _owners() for entry in _entries(owner)}
    return tuple(found[id] for id in sorted(found))


def keymap_text() -> str:
    """A keymap file with every id and its usual keys, to be copied and changed."""
    rows = ["# Keys of the Detente screens: `id: key` or `id: key,key`. Delete the lines you do not change."]
    screen = ""
    for entry in catalog():
        owner = entry.id.partition(".")[0]
        if owner != screen:
            screen = owner
            rows.append("")
        rows.append(f"{entry.id + ':':<28} {_quoted(entry.keys):<16} # {entry.says}")
    return "\n".join(rows) + "\n"


def read_keymap(file: Path | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """The keys that a file changes, by id, and a sentence for each entry that is left out.

    A file that is not there, or None, changes nothing.
    """
    if file is None or not file.exists():
        return {}, ()
    try:
        wanted = _wanted(file)
    except ValueError as problem:
        return {}, (f"The keymap {file} cannot be used: {problem}; the usual keys hold.",)
    usual = {entry.id: entry.keys for entry in catalog()}
    keymap: dict[str, str] = {}
    sentences = []
    for id, keys in wanted.items():
        wrong = _wrong(id, keys, usual)
        if wrong:
            sentences.append(f"In the keymap {file}, {wrong}.")
        elif _split(keys) != _split(usual[id]):
            keymap[id] = keys
    while clash := _clash(keymap, usual):
        dropped, other, key = clash
        del keymap[dropped]
        sentences.append(f"In the keymap {file}, `{dropped}` would have the key {key}, which is that of `{other}`; "
                         f"it stays {usual[dropped]}.")
    return keymap, tuple(sentences)


def _wanted(file: Path) -> dict[str, str]:
    """What the file says. Raises `ValueError` with what is wrong in it as a whole."""
    import yaml

    try:
        with file.open(encoding="utf-8") as stream:
            # every value as text: a key named `on` or 5 is no truth value and no number
            value = yaml.load(stream.read(_LARGEST), yaml.BaseLoader)  # noqa: S506 BaseLoader makes texts alone
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise ValueError(f"it is not YAML{f' at line {mark.line + 1}' if mark else ''}") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise ValueError("it cannot be read") from problem
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise ValueError("it is not a list of `id: key`")
    return {str(id): ",".join(map(str, keys)) if isinstance(keys, list) else str(keys) for id, keys in value.items()}


def _wrong(id: str, keys: str, usual: Mapping[str, str]) -> str:
    if id not in usual:
        return f"there is no key `{id}`; {suggest(id, usual)}`detente paths --keymap` lists them"
    for key in keys.split(","):
        if not _is_key(key.strip()):
            return f"`{id}` has `{key.strip()}`, which is no key; write a letter, a digit, f1 … f12, or a name such as escape"
    return ""


def _is_key(key: str) -> bool:
    bare = _MODIFIERS.sub("", key, count=1)
    if len(bare) == 1:
        return bare.isprintable() and not bare.isspace()
    if re.fullmatch(r"f([1-9]|1\d|2[0-4])", bare):
        return True
    from textual.keys import KEY_NAME_REPLACEMENTS, Keys

    if bare in {known.value for known in Keys} or bare in KEY_NAME_REPLACEMENTS.values():
        return True
    try:
        unicodedata.lookup(bare.replace("_", " "))
    except KeyError:
        return False
    return True


def _clash(keymap: Mapping[str, str], usual: Mapping[str, str]) -> tuple[str, str, str] | None:
    """The first changed binding that would share a key with another one that works at the same place."""
    if not keymap:
        return None
    now = {id: _split(keymap.get(id, keys)) for id, keys in usual.items()}
    for together in _together():
        for one, other in combinations(together, 2):
            if one not in keymap and other not in keymap:
                continue
            # what shares a key by design may go on sharing it
            shared = (now[one] & now[other]) - (_split(usual[one]) & _split(usual[other]))
            if shared:
                changed, kept = (one, other) if one in keymap else (other, one)
                return changed, kept, min(shared)
    return None


@lru_cache(maxsize=1)
def _together() -> tuple[tuple[str, ...], ...]:
    """Groups of ids that work at the same time: a screen's with those of the widgets it shows, and the app's."""
    from textual.screen import Screen

    from sim.tui.frame import Frame

    # who leaves the tour by esc does so only where nothing else takes it
    everywhere = {entry.id for entry in _entries(Frame)} - {"app.leave_tour"}
    out = {tuple(sorted(everywhere))}
    for owner in _owners():
        if issubclass(owner, Screen):
            # the module of a screen names the widgets that the screen is made of
            named = [it for it in vars(import_module(owner.__module__)).values() if inspect.isclass(it)]
            parts = [owner, *(it for it in named if not issubclass(it, Screen))]
            ids = {entry.id for part in parts for parent in part.__mro__ for entry in _entries(parent)}
            out.add(tuple(sorted(ids | everywhere)))
    return tuple(sorted(out))


def _entries(owner: type) -> Iterator[KeyEntry]:
    from textual.binding import Binding

    for binding in owner.__dict__.get("BINDINGS", ()) if owner.__module__.startswith("sim.tui") else ():
        if isinstance(binding, Binding) and binding.id:
            yield KeyEntry(binding.id, binding.key, binding.description)


def _owners() -> list[type]:
    from sim.tui.class_talk import ClassTalk
    from sim.tui.frame import Frame

    out: list[type] = [Frame, ClassTalk]
    for room in ("sim.tui.screens", "sim.tui.widgets"):
        for found in iter_modules(import_module(room).__path__, f"{room}."):
            module = import_module(found.name)
            out += [it for _, it in inspect.getmembers(module, inspect.isclass) if it.__module__ == module.__name__]
    return out


def _split(keys: str) -> frozenset[str]:
    from textual.keys import _character_to_key

    parts = (key.strip() for key in keys.split(","))
    return frozenset(_character_to_key(key) if len(key) == 1 else key for key in parts)


def _quoted(keys: str) -> str:
    return keys if re.fullmatch(r"[a-z0-9_+,]+", keys) else f'"{keys}"'
