"""tui: a person's own themes: YAML files in a folder, one theme each; a bad file is one sentence and no theme.

name: harbour            # the file's name unless said
dark: yes
primary: "#4a90d9"       # and secondary, accent, warning, error, success, foreground, background, surface, panel
variables: {good: "#6cb8e6", bad: "#ef8354", mark: "#ecb53c"}
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from textual.color import Color, ColorParseError
from textual.theme import Theme

COLOURS: Final = ("primary", "secondary", "accent", "warning", "error", "success", "foreground", "background",
                  "surface", "panel", "boost")
_KEYS: Final = frozenset({*COLOURS, "name", "dark", "variables"})
_LARGEST: Final = 1 << 16


def own_themes(folder: Path | None) -> tuple[tuple[Theme, ...], tuple[str, ...]]:
    """The themes of a folder in the order of their files' names, and a sentence per file that is none."""
    if folder is None:
        return (), ()
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix in {".yaml", ".yml"} and file.is_file())
    except OSError:
        return (), ()
    themes, sentences = [], []
    for file in files:
        try:
            themes.append(_theme(file))
        except ValueError as problem:
            sentences.append(f"The theme {file} cannot be used: {problem}.")
    return tuple(themes), tuple(sentences)


def _theme(file: Path) -> Theme:
    """The theme of a file. Raises `ValueError` with what is wrong in it."""
    value = _mapping(file)
    unknown = sorted(set(value) - _KEYS)
    if unknown:
        raise ValueError(f"it has `{unknown[0]}`, which no theme has; there are {', '.join(sorted(_KEYS))}")
    if "primary" not in value:
        raise ValueError('it has no `primary`, a colour such as "#4a90d9"')
    dark = value.get("dark", True)
    if not isinstance(dark, bool):
        raise ValueError("`dark` must be yes or no")
    variables = value.get("variables", {})
    if not isinstance(variables, dict):
        raise ValueError("`variables` must be a list of `name: colour`")
    colours: dict[str, Any] = {name: _colour(name, value[name]) for name in COLOURS if name in value}
    return Theme(name=str(value.get("name") or file.stem), dark=dark, **colours,
                 variables={str(name): _variable(str(name), told) for name, told in variables.items()})


def _mapping(file: Path) -> Mapping[str, Any]:
    # a YAML reader is loaded only for who has a theme of their own
    import yaml

    try:
        with file.open(encoding="utf-8") as stream:
            value = yaml.safe_load(stream.read(_LARGEST))
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise ValueError(f"it is not YAML{where}") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise ValueError("it cannot be read") from problem
    if not isinstance(value, dict):
        raise ValueError("it is not a list of `name: colour`")
    return {str(key): told for key, told in value.items()}


def _colour(name: str, value: object) -> str:
    try:
        Color.parse(str(value))
    except ColorParseError as problem:
        raise ValueError(f'`{name}` is `{value}`, which is no colour; write "#rrggbb"') from problem
    return str(value)


def _variable(name: str, value: object) -> str:
    # text styles and widths are variables too: only what begins as a colour is looked at as one
    return _colour(name, value) if str(value).startswith("#") else str(value)
