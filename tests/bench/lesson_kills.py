"""A hundred kills of a lesson's host, none of which may lose what was told: `python -m tests.bench.lesson_kills [KILLS]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.lesson.kills import survive

if __name__ == "__main__":
    KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    ACTS = 0
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, KILLS, 20):
            # a new lesson now and then keeps resuming short
            ACTS += survive(Path(folder) / f"{first}.detente", first, min(20, KILLS - first))
            print(f"{min(first + 20, KILLS)} of {KILLS} kills, {ACTS} acknowledged acts, none lost", flush=True)
