"""tui: what a person has settled about the screens, and the small file that keeps it.

The file is YAML of one `name: value` per line, and is read line by line, so that no YAML reader is loaded
before the first paint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final, get_args

from sim.errors import suggest
from sim.tui.start import Level, MapStyle, Start

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
MAPS: Final[tuple[MapStyle, ...]] = get_args(MapStyle)
_LINE: Final = re.compile(r"([A-Za-z_]+)\s*:\s*(.*?)\s*")
_YES_NO: Final = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_LARGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; as they stand here where nothing is settled."""

    theme: str = "detente"
    map: MapStyle = "braille"
    animations: bool = True
    """Whether a round unfolds dispatch by dispatch and lists scroll softly."""
    level: Level = "standard"
    reasons: bool = False
    """Whether the page of reasons opens after each round."""

    def filled(self, start: Start) -> Start:
        """A start with what it leaves open taken from here."""
        return replace(start, theme=start.theme or self.theme, map=start.map or self.map,
                       level=start.level or self.level)


def read_settings(file: Path | None) -> tuple[Settings, str]:
    """The settings of a file, and a sentence on what in it cannot be used; the default stands in its place.

    A file that is not there, or None, gives the defaults and no sentence.
    """
    if file is None:
        return Settings(), ""
    try:
        with file.open(encoding="utf-8") as stream:
            text = stream.read(_LARGEST)
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, UnicodeDecodeError) as problem:
        told = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        return Settings(), f"The settings {file} cannot be read ({told}); the defaults are used."
    found: dict[str, str | bool] = {}
    wrong = ""
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"(^|\s)#.*", "", line).strip()
        if bare in {"", "---"}:
            continue
        match = _LINE.fullmatch(bare)
        told = _taken(match[1], match[2].strip("\"'"), found) if match else f"`{bare[:40]}` is not `name: value`"
        if told and not wrong:
            wrong = f"In the settings {file}, line {number}, {told}; the default is used."
    return Settings(**found), wrong  # type: ignore[arg-type]


def keep_settings(settings: Settings, file: Path | None) -> str:
    """Write the settings; a sentence if that fails, which includes that there is no file to keep them in."""
    if file is None:
        return "Settings are not kept here; they hold until you leave."
    beside = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(_written(settings), encoding="utf-8")
        beside.replace(file)
    except OSError as problem:
        return f"The settings {file} cannot be written ({problem.strerror or problem}); they hold until you leave."
    return ""


def _taken(name: str, value: str, found: dict[str, str | bool]) -> str:
    """Put one setting among those found, or say why not."""
    names = [field.name for field in fields(Settings)]
    if name not in names:
        return f"there is no setting `{name}` ({suggest(name, names)}it has {', '.join(names)})"
    if name in {"animations", "reasons"}:
        if value.lower() not in _YES_NO:
            return f"`{name}` is `{value}` and must be on or off"
        found[name] = _YES_NO[value.lower()]
        return ""
    allowed: tuple[str, ...] = {"map": MAPS, "level": LEVELS}.get(name, ())
    if not value or (allowed and value not in allowed):
        return f"`{name}` is `{value}` and must be " + (f"one of {', '.join(allowed)}" if allowed else "a name")
    found[name] = value
    return ""


def _written(settings: Settings) -> str:
    def on(value: bool) -> str:
        return "on" if value else "off"

    return (
        "# Settings of the Detente screens. Options of the command line win over them.\n"
        f"theme: {settings.theme}\n"
        f"map: {settings.map}    # {', '.join(MAPS)}\n"
        f"animations: {on(settings.animations)}\n"
        f"level: {settings.level}    # {', '.join(LEVELS)}\n"
        f"reasons: {on(settings.reasons)}    # open the reasons after each round\n"
    )
