"""cli: the log file, the only place where a traceback is written."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

_chosen: list[Path] = []


def choose(file: Path | None) -> None:
    """Take this file as the log of this process; None keeps the user's log folder."""
    _chosen[:] = [file] if file else []


def path() -> Path:
    """Where the log is, whether or not it exists yet."""
    if _chosen:
        return _chosen[0]
    from sim.play.paths import log_file

    return log_file()


def write(problem: BaseException, heading: str) -> Path | None:
    """Append a traceback to the log; the file, or None if it cannot be written."""
    # the clock is the edge's business alone: nothing of the game knows the time
    from datetime import datetime

    file = path()
    # what strangers send may stand in it, and a log is read in a terminal
    told = "".join(c if c == "\n" or c.isprintable() else c.encode("unicode_escape").decode()
                   for c in "".join(traceback.format_exception(problem)))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {heading}{os.linesep}{told}\n")
    except OSError:
        return None
    return file
