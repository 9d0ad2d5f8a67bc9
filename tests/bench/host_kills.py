"""A hundred kills of a host process under load, none of which may lose what was told: `python -m tests.bench.host_kills [KILLS]`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.serve.kills import survive

if __name__ == "__main__":
    KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    CHECKED = 0
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, KILLS, 10):
            # a new lesson now and then keeps resuming short
            CHECKED += asyncio.run(survive(Path(folder), first, min(10, KILLS - first)))
            print(f"{min(first + 10, KILLS)} of {KILLS} kills, {CHECKED} acknowledged requests looked up, none lost", flush=True)
