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
