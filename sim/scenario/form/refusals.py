"""scenario: which places of a file the models refuse, each once, and how they hang together.

Pydantic tells every alternative of every value; an author made one mistake: a key misspelt and therefore missing, lines
that stand too far in or out, a block that is something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.errors import certain, nearest
from sim.scenario.form.shape import Path, alternatives, bare, block_of, forms_at, keys_of

_MANY = 3
_AMBIGUOUS = ("title", "id")
"""Sections of the file that are keys of many blocks too."""


class Refusal(NamedTuple):
    """One place that the models refuse."""

    path: Path
    """Where, in the file; for a missing key with the key."""
    kind: Literal["unknown", "missing", "name", "form", "strange", "stray"]
    """A key that is none, a key that is missing, a name of the wrong form, a value of the wrong form, a block so
    unlike what belongs here that its keys are not told one by one, or keys that stand beside the entry they belong to."""
    errors: tuple[Any, ...]
    """What pydantic said of it, an entry per alternative; of stray keys the entry and their names."""
    meant: str = ""
    """For an unknown key: the key that was meant, if it is certain or missing."""


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
        meant = nearest(word, absent) or certain(word, free(model, value, holder)) or ""
        if meant in absent:
            absent.remove(meant)
        found.append(Refusal(path, "unknown", tuple(errors), meant))
    found = [it for it in found if it.kind != "missing" or str(it.path[-1]) in lacking.get(it.path[:-1], [])]
    for it in [it for it in found if stepped_in(it, model, value)]:
        behind = behind_it(value, it.path)
        found = [o for o in found if o is it or not (o.path == (it.path[-1],) or any(o.path[:len(p)] == p for p in behind))]
    for it in [it for it in found if it.kind == "form"]:
        lost = beside_it(value, it.path, forms_at(model, it.path), keys_around(model, it.path[:-1]))
        found = [o for o in found if o is it or not any(o.path[:len(p)] == p for p in lost)]
    found = _gathered(found, model, value)
    plain = {(*holder, name) for holder, names in amounts(found, model, value).items() for name in names}
    return _strange(found, plain | {it.path for it in found if it.kind == "unknown" and cut_pieces(it.path, value)})


def beside_it(value: object, path: Path, forms: list[Any], taken: list[str]) -> list[Path]:
    """What stands beside an empty entry and should stand below it.

    It is called like the keys that the entry lacks, or is what its map holds and no key of the block around, `taken`.
    """
    holder = at(value, path[:-1])
    if at(value, path) is not None or not isinstance(holder, dict):
        return []
    own = {k for f in forms if (b := block_of(f)) for k in keys_of(b)}
    held = [inner for f in forms if get_origin(bare(f)) is dict for inner in alternatives(get_args(bare(f))[1])]
    siblings = list(holder)
    out: list[Path] = []
    for key in siblings[siblings.index(path[-1]) + 1:]:
        if key not in own and not (taken and key not in taken and _held(holder[key], held)):
            break
        out.append((*path[:-1], key))
    return out


def _held(value: object, forms: list[Any]) -> bool:
    """Whether a map of such forms would hold a value: a number, or a block all of whose keys are known."""
    if isinstance(value, dict):
        return bool(value) and any((b := block_of(f)) is not None and set(value) <= set(keys_of(b)) for f in forms)
    return isinstance(value, int) and int in [bare(f) for f in forms]


def strays(found: list[Refusal], model: type[BaseModel], value: object) -> dict[Path, list[str]]:
    """Entries behind which some of their own keys stand beside them, too far out, with the names of those."""
    out: dict[Path, list[str]] = {}
    for it in found:
        blocks = [b for f in forms_at(model, it.path) if (b := block_of(f))] if it.kind == "form" and len(it.path) > 1 else []
        entry = among(it.path, value, blocks)
        if not entry or (*it.path[:-1], entry) in out or any(entry in keys_of(b) for b in blocks):
            continue
        holder, own = at(value, it.path[:-1]), {k for b in blocks for k in keys_of(b)}
        siblings, names = list(holder), []
        for key in siblings[siblings.index(entry) + 1:]:
            if key not in own:
                break
            names.append(key)
        if isinstance(holder[entry], dict) and not set(names) & set(holder[entry]):
            out[(*it.path[:-1], entry)] = names
    return out


def _gathered(found: list[Refusal], model: type[BaseModel], value: object) -> list[Refusal]:
    """With the keys that stand beside their entry told as one, and nothing of what comes from that."""
    for entry, names in strays(found, model, value).items():
        out = [(*entry[:-1], name) for name in names]
        found = [it for it in found if not any(it.path[:len(p)] == p for p in out)
                 and not (it.path[:-1] == entry and it.path[-1] in names)]
        found.append(Refusal(out[0], "stray", (str(entry[-1]), *names)))
    return found


def cut_pieces(path: Path, value: object) -> list[str]:
    """The keys without a value, or of several words, that stand together behind a text, if a place is one of them.

    Commas may have cut that text.
    """
    holder = at(value, path[:-1])
    if not isinstance(holder, dict):
        return []
    keys = [str(key) for key in holder]
    cut = [said is None or " " in str(key) for key, said in holder.items()]
    first = last = keys.index(str(path[-1]))
    if not cut[first]:
        return []
    while first and cut[first - 1]:
        first -= 1
    while last + 1 < len(keys) and cut[last + 1]:
        last += 1
    return keys[first:last + 1] if first and isinstance(holder[keys[first - 1]], str) else []


def _takes(value: object, forms: list[Any]) -> bool:
    """Whether a list may stand where a list stands, or a map where a map stands."""
    if isinstance(value, list):
        return any(get_origin(bare(f)) in (list, tuple) for f in forms)
    return isinstance(value, dict) and any(get_origin(bare(f)) is dict or block_of(f) for f in forms)


def _strange(found: list[Refusal], plain: set[Path]) -> list[Refusal]:
    """Blocks with three or more keys missing or unknown as one refusal each; `plain` are told together in any case."""
    by_holder: dict[Path, list[Refusal]] = {}
    for it in found:
        if it.kind in ("unknown", "missing") and len(it.path) > 1 and not it.meant and it.path not in plain:
            by_holder.setdefault(it.path[:-1], []).append(it)
    many = {holder: items for holder, items in by_holder.items() if len(items) >= _MANY}
    out: list[Refusal] = []
    told: set[Path] = set()
    for it in found:
        holder = it.path[:-1]
        if it.kind not in ("unknown", "missing") or it.meant or holder not in many or it.path in plain:
            out.append(it)
        elif holder not in told:
            told.add(holder)
            out.append(Refusal(holder, "strange", tuple((o.kind, str(o.path[-1])) for o in many[holder])))
    return out


def stepped_in(it: Refusal, model: type[BaseModel], value: object) -> bool:
    """Whether what is refused is a section of the file that stands too far in."""
    return it.kind in ("form", "unknown") and len(it.path) > 1 and it.path[-1] in keys_of(model) \
        and it.path[-1] not in _AMBIGUOUS and isinstance(at(value, it.path[:-1]), dict) \
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
        if path[n] in sections and path[n] not in value and path[n] not in _AMBIGUOUS and not keys_around(model, path[:n]):
            return path[:n + 1], "unknown"
    return path, kind


def at(value: Any, path: Path) -> Any:
    """What a value holds at a place that it has."""
    for part in path:
        value = value[part]
    return value


def free(model: type[BaseModel], value: object, holder: Path) -> list[str]:
    """The keys that a block knows and does not have yet."""
    held = at(value, holder)
    return [k for k in keys_around(model, holder) if k not in held]


def keys_around(model: type[BaseModel], holder: Path) -> list[str]:
    """The keys that the block at a place knows; none where no block stands."""
    return [k for form in forms_at(model, holder) if (block := block_of(form)) for k in keys_of(block)]


def among(path: Path, value: object, blocks: Iterable[type[BaseModel]]) -> str:
    """The entry above a value that is no block itself but is called like one of the keys of such a block."""
    word = path[-1] if path else 0
    if not isinstance(word, str) or not any(word in keys_of(b) for b in blocks):
        return ""
    siblings = [str(k) for k in at(value, path[:-1])]
    above = siblings[:siblings.index(word)]
    # all the lines of one entry may stand too far out: it is the last that is not called like one of them
    return next((name for name in reversed(above) if not any(name in keys_of(b) for b in blocks)), above[-1] if above else "")


def amounts(found: list[Refusal], model: type[BaseModel], value: object) -> dict[Path, list[str]]:
    """Keys that are none and have a number each, in blocks whose `change:` takes such keys."""
    out: dict[Path, list[str]] = {}
    for it in found:
        if it.kind == "unknown" and not it.meant and isinstance(at(value, it.path), int) \
                and "change" in free(model, value, it.path[:-1]) and not stepped_in(it, model, value):
            out.setdefault(it.path[:-1], []).append(str(it.path[-1]))
    return out
