"""authoring: the schema that an author's editor reads, kept in step with the scenario beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path


def renew(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Write the schema in a scenario's folder anew if its names have changed; whether it was written.

    Where none lies there none is wanted. One that cannot be written stays as it is: it helps an editor, and nothing
    here rests on it.
    """
    from sim.play.library import seeds_folder
    from sim.scenario import schema

    place = folder / schema.FILE
    if not place.is_file():
        return False
    made = schema.written(schema.names_of(files, seeds_folder()))
    with contextlib.suppress(OSError):
        if place.read_text(encoding="utf-8", errors="replace") != made:
            place.write_text(made, encoding="utf-8")
            return True
    return False
