"""tui: what the app is asked to open; loads no Textual."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["easy", "standard", "hard"]
MapStyle = Literal["braille", "blocks", "ascii", "off"]


@dataclass(frozen=True, slots=True)
class Start:
    """What to open: the home screen unless a scenario or a save is named.

    What is None of `level`, `map` and `theme` is taken from the settings when the app is made; `app.start` has all of
    them. The last three are where one person's files live; where None is given nothing is read and nothing is kept.
    """

    scenario: str | None = None
    """Id or path."""
    seat: str | None = None
    """Asked for if None."""
    seed: int | None = None
    """Chosen by the match if None."""
    level: Level | None = None
    until: str | None = None
    """Id of the last leg; the first leg of the clock if None."""
    load: Path | None = None
    """A save to go on with, or to read."""
    replay: bool = False
    """Whether the save is read on the timeline; its file is not changed."""
    round: int | None = None
    """The round that a replay opens at; the last one if None."""
    paths: tuple[str, ...] = ()
    """Folders to look for scenarios in, beside the bundled ones."""
    map: MapStyle | None = None
    theme: str | None = None
    settings: Path | None = None
    """File of the settings."""
    keymap: Path | None = None
    """File of the person's own keys."""
    themes: Path | None = None
    """Folder of the person's own themes."""
