"""play: where saves, settings and the log of this user live. `DETENTE_HOME` puts all of them into one folder."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import Final

from sim.errors import SaveError

HOME: Final = "DETENTE_HOME"
ENDING: Final = ".detente"
"""How the name of a save ends."""


def saves_folder() -> Path:
    """Where saves are kept; it need not exist yet."""
    return _home("saves") or _system("user_data_path") / "saves"


def witnesses_folder() -> Path:
    """Where matches that show a broken promise are kept, each in place of the one before; it need not exist yet."""
    return _home("witnesses") or _system("user_data_path") / "witnesses"


def themes_folder() -> Path:
    """Where a user's own themes are kept; it need not exist."""
    return _home("themes") or _system("user_config_path") / "themes"


def keymap_file() -> Path:
    """The user's keys; it need not exist."""
    return _home("keymap.yaml") or _system("user_config_path") / "keymap.yaml"


def settings_file() -> Path:
    """The user's settings of the screens; it need not exist."""
    return _home("settings.yaml") or _system("user_config_path") / "settings.yaml"


def log_file() -> Path:
    """Where tracebacks go; it need not exist yet."""
    return _home("detente.log") or _system("user_log_path") / "detente.log"


def new_save_path(scenario_id: str, seat: str) -> Path:
    """A name for a new save that no file has, in a folder that exists now. Raises `SaveError` if it cannot be made."""
    folder = saves_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SaveError(f"{folder} cannot be made ({problem.strerror or problem}); set {HOME} to a folder that you may "
                        "write to.", "D205") from problem
    stem = f"{scenario_id}-{seat}" if seat else scenario_id
    return next(path for n in count(1) if not (path := folder / f"{stem}-{n}{ENDING}").exists())


def latest_saves() -> tuple[Path, ...]:
    """The saves in the folder, the one last played first; none where the folder cannot be read."""
    try:
        dated = [(path.stat().st_mtime, path.name, path) for path in saves_folder().iterdir()
                 if path.name.endswith(ENDING) and path.is_file()]
    except OSError:
        return ()
    return tuple(path for _, _, path in sorted(dated, reverse=True))


def _home(name: str) -> Path | None:
    home = os.environ.get(HOME, "")
    return Path(home).expanduser() / name if home else None


def _system(kind: str) -> Path:
    # asked for late: importing it costs time that a start without saves need not spend
    import platformdirs

    found: Path = getattr(platformdirs, kind)("detente", appauthor=False)
    return found
