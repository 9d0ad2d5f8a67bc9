"""scenario: what the files of a scenario's folder are called."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MAIN: Final = "scenario.yaml"
MAP: Final = "map.yaml"
"""A scenario may do without."""
MASKED: Final = "masked.yaml"
"""The words of the masked edition; a scenario may do without."""


def home(name: str) -> str:
    """The folder where its main file is named, since what stands beside that belongs to it; anything else as it is."""
    path = Path(name)
    return str(path.parent) if path.name == MAIN and path.is_file() else name


def beside(folder: Path) -> str:
    """What lies in a folder in the place of its main file, as a sentence with a space behind it; empty if nothing does."""
    try:
        names = sorted(it.name for it in folder.iterdir() if it.is_file())
    except OSError:
        return ""
    near = [it for it in names if it != MAIN and it.lower().startswith("scenario.") and it.lower().endswith((".yaml", ".yml", ".txt", ".yam"))]
    near = near or [it for it in names if it.lower().endswith((".yml", ".yaml")) and it not in (MAP, MASKED, "par.yaml", "history.yaml")]
    return f"`{near[0]}` lies there: rename it to `{MAIN}`. " if len(near) == 1 else ""


def folders_near(name: str) -> list[str]:
    """Folders with a scenario that stand where a name looks for one, as they would be written."""
    path = Path(name).expanduser()
    try:
        return sorted(str(path.parent / it.name) for it in path.parent.iterdir() if (it / MAIN).is_file())
    except OSError:
        return []
