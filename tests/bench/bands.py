"""A thousand persona matches a clock of the flagship, held against the bands of its design.

`python -m tests.bench.bands [--matches N]`: exit code 1 if a share lies outside its band by more than sampling error.
"""

from __future__ import annotations

from collections import Counter
from statistics import median

from sim.batch.shares import wilson
from sim.rules import Game
from tests.bench.flock import CLOCKS, Told, compiled, everybody, flagship, many, match, matches, mean, percent

BANDS = {"no settlement": (65, 85), "commission": (8, 25), "mission": (2, 8), "imposed": (2, 6), "fire": (25, 45),
         "any death": (15, 40), "more than 25 dead": (1, 10), "war": (0, 3)}
"""Percent of matches to day 179."""
YEAR = {"war": (0, 3), "commission after withdrawal": (3, 15)}
FIRST_FIRE = (45, 110)
"""Median day of the first fire, where there is any."""


def shares(game: Game, told: list[Told]) -> dict[str, int]:
    """How many matches of each kind."""
    severity, deaths = game.index["severity"], game.index["deaths"]
    ends = Counter(t.ending for t in told)
    commission = ends["commission_after_withdrawal"] + ends["commission_in_place"]
    settled = commission + ends["internationalised"] + ends["imposed"] + ends["war"]
    return {
        "no settlement": len(told) - settled, "commission": commission, "mission": ends["internationalised"],
        "imposed": ends["imposed"], "fire": sum(t.values[severity] >= 2 for t in told),
        "any death": sum(t.values[deaths] > 0 for t in told),
        "more than 25 dead": sum(t.values[deaths] > 25 for t in told), "war": ends["war"],
        "commission after withdrawal": ends["commission_after_withdrawal"]}


def judged(count: int, games: int, band: tuple[int, int]) -> str:
    """In its band, outside within sampling error, or outside."""
    it, (low, high) = wilson(count, games), band
    if low <= 100 * it.share <= high:
        return "in"
    return "in, with sampling error" if 100 * it.high >= low and 100 * it.low <= high else "OUTSIDE"


def main() -> None:
    """Print the tables."""
    loaded, count = flagship(), matches(1_000)
    failed = False
    seen: dict[str, list[Told]] = {}
    for clock in CLOCKS:
        game = compiled(loaded, clock)
        told = seen[clock] = many(lambda n, game=game: match(game, n, everybody(game, "persona"), legal=True), count)
        print(f"\n{clock}: {count} matches, {game.rounds} rounds")
        for ending, number in Counter({e.id: 0 for e in game.endings} | Counter(t.ending for t in told)).items():
            print(f"  {ending:30} {percent(number, count)}")
        print("  --")
        bands = BANDS if clock == "day 179" else YEAR if clock == "year" else {}
        for name, number in shares(game, told).items():
            verdict = ""
            if name in bands:
                told_band = judged(number, count, bands[name])
                failed = failed or told_band == "OUTSIDE"
                verdict = f"   band {bands[name][0]}–{bands[name][1]}: {told_band}"
            print(f"  {name:30} {percent(number, count)}{verdict}")
        fires = [t.first_fire for t in told if t.first_fire >= 0]
        if fires:
            wanted = "" if clock == "vote" else f" (design {FIRST_FIRE[0]}–{FIRST_FIRE[1]})"
            print(f"  first fire, median day {median(fires):.0f}{wanted}")
        print(f"  tension once above 65 {percent(sum(t.hottest > 65 for t in told), count)}, "
              f"above 75 {percent(sum(t.hottest > 75 for t in told), count)}")
        print("  scores " + ", ".join(f"{seat} {mean([t.scores[n] for t in told]):.1f}"
                                      for n, seat in enumerate(game.seats)))
        print("  at the end " + ", ".join(f"{name} {mean([float(t.values[game.index[name]]) for t in told]):.1f}"
                                          for name in ("positions", "detainees", "maps", "commission", "channel", "links")))
    game = compiled(loaded, "year")
    by_lot = many(lambda n: match(game, n, everybody(game, "random"), legal=True), max(50, count // 3))
    everything = [t for told in (*seen.values(), by_lot) for t in told]
    failed = _moves(game, everything) or failed
    never = {e.id for e in game.endings} - {t.ending for t in everything}
    print("endings that never occurred:", ", ".join(sorted(never)) or "none")
    raise SystemExit(1 if failed else 0)


def _moves(game: Game, told: list[Told]) -> bool:
    legal = set().union(*(t.legal for t in told))
    chosen = set().union(*(t.chosen for t in told))
    print(f"\nof {len(game.moves)} orders and answers {len(legal)} were once legal, {len(chosen)} once chosen")
    print("  never legal:", ", ".join(m.key for m in game.moves if m.key not in legal) or "none")
    print("  never chosen:", ", ".join(m.key for m in game.moves if m.key in legal and m.key not in chosen) or "none")

    def kind(key: str) -> str:
        return key.partition(":")[0]

    kinds = {kind(m.key) for m in game.moves}
    missing = kinds - {kind(k) for k in chosen}
    print(f"of {len(kinds)} kinds, never chosen by anybody:", ", ".join(sorted(missing)) or "none")
    return bool(missing)


if __name__ == "__main__":
    main()
