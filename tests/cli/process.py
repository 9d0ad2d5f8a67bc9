"""`detente` as a real process, away from the checkout, with its own home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "sim.cli")
PATIENCE = 60
NO_USERS = {"COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"}
"""What the runner of the tests has set for itself: a user's terminal has its own size, an installed program its bytecode."""


def surroundings(home: Path | str, **more: str) -> dict[str, str]:
    """Environment of a user whose files are all in `home`."""
    kept = {key: value for key, value in os.environ.items() if key not in NO_USERS and not key.startswith(("DETENTE_", "_DETENTE"))}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "DETENTE_HOME": str(home), "TERM": "xterm-256color", **more}


def detente(*args: str | Path, home: Path, lines: str = "", cwd: Path | None = None,
            **more: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end; `lines` is the whole input."""
    return subprocess.run([*COMMAND, *map(str, args)], input=lines, capture_output=True, text=True, encoding="utf-8",
                          errors="replace", timeout=PATIENCE, cwd=cwd or home, env=surroundings(home, **more), check=False)
