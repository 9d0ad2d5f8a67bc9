"""A process that plays rounds on a save until it is killed: `python -m tests.play.rounds SAVE SEED STEPS`.

It prints a line for every change once the match says that it is done. With STEPS above 0 it kills itself after so
many steps of SQLite's own machine, in the midst of whatever is being written.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path

from sim.play import Match
from sim.rules import Orders
from tests.play.players import LOT


def main(path: Path, seed: int, steps: int) -> None:
    """Play, branch and file for ever."""
    rng = random.Random(seed)
    with Match.load(path) as match:
        print("loaded", match.head, len(match.entries), flush=True)
        if steps:
            die_within(match, steps)
        while True:
            if match.ended:
                match.branch(rng.randint(1, match.round))
            seat = rng.choice(match.game.seats)
            match.file(seat, Orders((rng.choice(match.legal_moves(seat)).key,)))
            print("filed", match.head, seat, match.filed(seat).moves[0], flush=True)
            match.resolve(match.choose(LOT))
            print("closed", match.head, match.line()[-1].events[-1].round, flush=True)


def die_within(match: Match, steps: int) -> None:
    """Let SQLite's machine end this process after some steps."""
    left = count(steps, -1)
    db: sqlite3.Connection = match._journal._db
    db.set_progress_handler(lambda: 0 if next(left) else os.kill(os.getpid(), signal.SIGKILL) or 0, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
