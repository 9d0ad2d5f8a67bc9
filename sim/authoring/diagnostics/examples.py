"""authoring: the pieces of the catalogue, completed by a small scenario so that each of them can be checked."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from sim.authoring.diagnostics.catalogue import Entry
from sim.scenario.names import MAIN, MAP
from sim.scenario.reading.document import read

_SECTION: Final = re.compile(r"^(?=[A-Za-z_\"]+:)", re.MULTILINE)
_EXTRA: Final = {"map": (MAP, "map.json"), "history": ("history.yaml",)}


def files_of(it: Entry, which: Literal["wrong", "right"]) -> dict[str, bytes]:
    """The files of a whole scenario that holds one piece of an entry. Raises `ValueError` for entries about commands."""
    if it.command:
        raise ValueError(f"{it.code} is about a command, not about a file")
    piece, encoding = it.right, "utf-8"
    if which == "wrong":
        head, _, last = it.wrong.rstrip("\n").rpartition("\n")
        piece, encoding = "\n".join(filter(None, (head, *[last] * it.repeat))) + "\n" * bool(it.wrong), it.encoding
    out = {MAIN: _text("scenario.yaml") + (_text("draft.yaml") if "draft" in it.base else "")}
    for name in it.base:
        out.update({file: _text(file) for file in _EXTRA.get(name, ())})
    if it.file == "dossier.yaml":
        out[it.file] = _text(it.file)
    if it.whole:
        out[it.file] = _replaced(out.get(it.file, ""), piece)
    elif it.file.endswith(".yaml"):
        out[it.file] = _merged(out.get(it.file, ""), piece, it.lacks if which == "wrong" else ())
    else:
        out[it.file] = piece
    if it.file == MAP and "map.json" not in out and "map" not in it.base:
        out["map.json"] = _text("map.json")
    return {name: text.encode(encoding if name == it.file else "utf-8") for name, text in out.items()}


@cache
def _text(name: str) -> str:
    return files("sim.authoring.diagnostics").joinpath("base", name).read_text("utf-8")


def _replaced(base: str, piece: str) -> str:
    """The base with the piece's sections in the place of its own; a piece without sections is the whole file."""
    if not _SECTION.search(piece):
        return piece
    own = {part.partition(":")[0] for part in _SECTION.split(piece) if part}
    kept = [part for part in _SECTION.split(base) if part and part.partition(":")[0] not in own]
    return "".join(kept) + piece


def _merged(base: str, piece: str, lacks: tuple[str, ...]) -> str:
    """The base with what the piece says; maps are merged, everything else is replaced."""
    import yaml

    value: Any = deepcopy(read("base", base.encode()).value) if base else {}
    document = read("example", piece.encode())
    if document.diagnostics or not isinstance(document.value, dict):
        raise ValueError(f"the example cannot be read: {piece}")
    known = set(value.get("moves", {}))
    _merge(value, document.value)
    _weigh(value, [name for name in value.get("moves", {}) if name not in known])
    for place in lacks:
        *path, last = place.split("/")
        holder = value
        for part in path:
            holder = holder[part]
        del holder[last]
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000))


def _weigh(value: dict[str, Any], moves: list[str]) -> None:
    """Weights for the moves that a piece adds, so that it is about nothing else than what it shows."""
    for seat, actor in value.get("actors", {}).items():
        weights: Any = (actor.get("policy") or {}).get("weights") if isinstance(actor, dict) else None
        if not isinstance(weights, dict):
            continue
        for name in moves:
            move = value["moves"][name] if isinstance(value["moves"][name], dict) else {}
            by = move.get("by") if move.get("to") != move.get("by") or move.get("to") == "parties" else None
            for who in [by] if isinstance(by, str) else by if isinstance(by, list) else ():
                if who == seat or seat in (value.get("groups", {}).get(who) or ()) or who == "seats":
                    weights.setdefault(name, 5)


def _merge(value: dict[str, Any], more: dict[str, Any]) -> None:
    for key, new in more.items():
        if isinstance(new, dict) and isinstance(value.get(key), dict):
            _merge(value[key], new)
        else:
            value[key] = new
