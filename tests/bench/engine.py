"""The readable engine: persona decisions a second, and one match, without journal, views of others and texts.

`python -m tests.bench.engine`
"""

from __future__ import annotations

import time
from statistics import median

from sim.policies import playout, policy
from sim.rules.compile import compile_game
from sim.scenario.load import load
from tests.bench.flock import SCENARIOS, SEED

WANTED_DECISIONS = 4_000
WANTED_SECONDS = 0.5


def main() -> None:
    """Print decisions a second and seconds a match, as ratios to what is wanted."""
    for scenario in ("first-round", "border-standoff-2021"):
        loaded = load(SCENARIOS / scenario, scenario)
        for name in ("persona", "one-ply", "random"):
            game = compile_game(loaded.usable()[1])
            players = dict.fromkeys(game.seats, policy(name, explaining=False))
            started = time.perf_counter()
            playout(game, SEED, players)
            first = time.perf_counter() - started
            seconds, rates = [], []
            for n in range(30):
                started = time.perf_counter()
                result = playout(game, SEED + n, players)
                spent = time.perf_counter() - started
                seconds.append(spent)
                rates.append(result.decisions / spent)
            print(f"{scenario:22} {name:8} {median(rates):8,.0f} decisions/s = {median(rates) / WANTED_DECISIONS:5.2f} × "
                  f"wanted | match {1000 * median(seconds):6.1f} ms (first {1000 * first:6.1f}) = "
                  f"{max(first, median(seconds)) / WANTED_SECONDS:5.3f} × allowed")


if __name__ == "__main__":
    main()
