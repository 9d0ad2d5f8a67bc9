"""Games a second of `detente odds`, in processes as a ratio to one process without any.

`python -m tests.bench.odds [--matches N]`
"""

from __future__ import annotations

import time

from sim.batch.executors import Executor, Here, Processes, cores
from sim.batch.odds import odds
from sim.rules.compile import compile_game
from sim.scenario.load import load
from tests.bench.flock import SCENARIOS, SEED, everybody, matches


def main() -> None:
    """Print games a second and the ratio; the figures must be the same everywhere."""
    count = matches(200)
    for scenario, games, size in (("first-round", 20 * count, 200), ("border-standoff-2021", count, 8)):
        game = compile_game(load(SCENARIOS / scenario, scenario).usable()[1])
        players = everybody(game, "persona")
        odds(game, SEED, 2, players)
        alone, found = 0.0, []
        executors: list[tuple[str, Executor]] = [("here", Here())]
        executors += [(f"{n} processes", Processes(n)) for n in (2, cores()) if n > 1 and n <= cores()]
        for name, executor in dict(executors).items():
            started = time.perf_counter()
            found.append(odds(game, SEED, games, players, executor, size=size))
            rate = games / (time.perf_counter() - started)
            alone = alone or rate
            print(f"{scenario:22} {name:12} {games:6,} games  {rate:8,.1f} games/s = {rate / alone:4.2f} × one process")
        assert all(it == found[0] for it in found), "the odds hang on where games were played"


if __name__ == "__main__":
    main()
