"""play: the scenarios found, by id, and the card of each, read from the head of its file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.errors import UsageError, suggest
from sim.scenario.names import MAIN

FOLDERS: Final = "DETENTE_SCENARIOS"
"""Folders with scenarios, separated as in PATH."""
_HEAD: Final = ("id", "title", "clock", "about")
_KEY: Final = re.compile(r"^([a-z_]+)[ ]*:", re.MULTILINE)
_LARGEST: Final = 1 << 20


class Entry(NamedTuple):
    """A scenario that was found; nothing of it was read yet."""

    id: str
    """The name of its folder or file."""
    folder: Path | Traversable
    """What `sim.scenario.load.load` takes: a folder with `scenario.yaml`, or a scenario file."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a scenario's file says of itself; what it does not say, or says badly, is empty."""

    id: str
    title: str
    blurb: str = ""
    kind: str = ""
    level: int = 0
    """1..3; 0 where it is not said."""
    minutes: Mapping[str, int] = field(default_factory=dict)
    """Per leg, up to its end."""
    seats: tuple[str, ...] = ()
    """Worth playing alone, best first."""
    legs: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Title and rounds of each leg, in order."""
    content_note: str = ""


def scenarios(folders: Iterable[Path] = ()) -> Iterator[Entry]:
    """The scenarios of the given folders, of `$DETENTE_SCENARIOS`, and those that came with Detente.

    A folder may be one scenario, or hold folders and files that are. Of equal ids the first found counts.
    """
    named = [Path(name).expanduser() for name in os.environ.get(FOLDERS, "").split(os.pathsep) if name]
    seen: set[str] = set()
    for place in (*folders, *named, _shipped("scenarios")):
        for found in _in(place):
            if found.id not in seen:
                seen.add(found.id)
                yield found


def find(name: str, folders: Iterable[Path] = ()) -> Entry:
    """The scenario of an id of the library, or of a path. Raises `UsageError` with a suggestion if there is none."""
    known = {entry.id: entry for entry in scenarios(folders)}
    if name in known:
        return known[name]
    path = Path(name).expanduser()
    if name and (path.is_file() or path.is_dir()):
        return Entry(_id(path.absolute()), path)
    from sim.scenario.names import folders_near

    near = suggest(name.rstrip(os.sep), folders_near(name)) if name else ""
    if os.sep in name or name.endswith((".yaml", ".yml")):
        raise UsageError(f"There is no scenario at {name}; {near}{'Or give' if near else 'give'} a file, a folder with {MAIN}, or an id from "
                         "`detente list`.", "D302")
    raise UsageError(f"There is no scenario `{name}`; {near or suggest(name, known)}`detente list` shows all.", "D302")


def head(entry: Entry) -> Head:
    """The card of a scenario. Only the top of the file is parsed, and nothing is checked; it never raises for it."""
    main = entry.folder / MAIN if entry.folder.is_dir() else entry.folder
    try:
        with main.open("rb") as stream:
            text = stream.read(_LARGEST).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return Head(entry.id, entry.id)
    return read_head(entry.id, text)


def read_head(id: str, text: str) -> Head:
    """The card of a scenario from the text of its main file; `id` stands where the file has no title."""
    value = _top(text)
    about, clock = _map(value.get("about")), _map(value.get("clock"))
    legs = {key: _map(leg) for key, leg in _map(clock.get("legs")).items()}
    seats = about.get("seats")
    return Head(
        id, _text(value.get("title")) or id, _text(about.get("blurb")).strip(), _text(about.get("kind")),
        _whole(about.get("level")),
        {key: minutes for key, minutes in _map(about.get("minutes")).items() if isinstance(minutes, int)},
        tuple(map(str, seats)) if isinstance(seats, list) else (),
        {key: (_text(leg.get("title")) or key, _whole(leg.get("rounds"))) for key, leg in legs.items()},
        _text(about.get("content_note")).strip())


def seeds_folder() -> Path | Traversable:
    """Where the dossiers that came with Detente are."""
    return _shipped("seeds")


def _shipped(name: str) -> Path | Traversable:
    """A folder of the wheel; in a checkout the one beside the package."""
    package = files("sim")
    bundled = package / "_bundled" / name
    if bundled.is_dir():
        return bundled
    return Path(str(package)).parent / name


def _in(place: Path | Traversable) -> Iterator[Entry]:
    try:
        if (place / MAIN).is_file():
            yield Entry(_id(place), place)
            return
        inside = sorted(place.iterdir(), key=lambda item: item.name) if place.is_dir() else []
    except OSError:
        return
    for item in inside:
        if (item / MAIN).is_file() if item.is_dir() else item.name.endswith((".yaml", ".yml")):
            yield Entry(_id(item), item)


def _id(place: Path | Traversable) -> str:
    name = place.name
    if name == MAIN and isinstance(place, Path):
        return place.parent.name
    return name.removesuffix(".yaml").removesuffix(".yml")


def _top(text: str) -> Mapping[str, Any]:
    """The blocks of the head, cut out at the keys of the top level and parsed alone: twenty times faster than all."""
    from sim.scenario.reading.document import read

    keys = list(_KEY.finditer(text))
    ends = [key.start() for key in keys[1:]] + [len(text)]
    blocks = [text[key.start():end] for key, end in zip(keys, ends, strict=False) if key.group(1) in _HEAD]
    return _map(read(MAIN, "".join(blocks).encode()).value)


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
