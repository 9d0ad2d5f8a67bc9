"""tui: what the app is asked to open; loads no Textual."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["easy", "standard", "hard"]
MapStyle = Literal["braille", "blocks", "ascii", "off"]


@dataclass(frozen=True, slots=True)
class Start:
    """What to open: the home screen unless a scenario or a save is named."""

    scenario: str | None = None
    """Id or path."""
    seat: str | None = None
    """Asked for if None."""
    seed: int | None = None
    """Chosen by the match if None."""
    level: Level = "standard"
    until: str | None = None
    """Id of the last leg; the first leg of the clock if None."""
    load: Path | None = None
    """A save to go on with."""
    paths: tuple[str, ...] = ()
    """Folders to look for scenarios in, beside the bundled ones."""
    map: MapStyle = "braille"
    theme: str | None = None
