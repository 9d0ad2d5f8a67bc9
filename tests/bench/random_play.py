"""Random play of the flagship: where nobody has a plan, little is settled.

`python -m tests.bench.random_play [--matches N]`: exit code 1 if fewer than 60 % of a clock end unsettled.
"""

from __future__ import annotations

from collections import Counter

from tests.bench.bands import shares
from tests.bench.flock import CLOCKS, compiled, everybody, flagship, many, match, matches, percent

WANTED = 60


def main() -> None:
    """Print endings per clock."""
    loaded, count = flagship(), matches(400)
    failed = False
    for clock in CLOCKS:
        game = compiled(loaded, clock)
        told = many(lambda n, game=game: match(game, n, everybody(game, "random")), count)
        print(f"\n{clock}: {count} matches at random")
        ends = Counter(t.ending for t in told)
        for ending in game.endings:
            print(f"  {ending.id:30} {percent(ends[ending.id], count)}")
        unsettled = shares(game, told)["no settlement"]
        failed = failed or 100 * unsettled < WANTED * count
        print(f"  {'unsettled':30} {percent(unsettled, count)}   wanted: at least {WANTED} %")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
