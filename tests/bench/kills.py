"""Two hundred kills of a playing process, and none may lose a closed round: `python -m tests.bench.kills [KILLS]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.play.kills import survive

if __name__ == "__main__":
    KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    ROUNDS = 0
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, KILLS, 20):
            # a new save now and then keeps loading short
            ROUNDS += survive(Path(folder) / f"{first}.detente", first, min(20, KILLS - first))
            print(f"{min(first + 20, KILLS)} of {KILLS} kills, {ROUNDS} reported rounds, none lost", flush=True)
