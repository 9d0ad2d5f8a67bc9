"""Par: what persona play reaches in each seat by the end of each leg, for scenarios/<id>/par.yaml.

`python -m tests.bench.par [ID …]` recomputes and compares (exit code 1 where a figure is off by more than 2);
`--write` writes the files anew.
"""

from __future__ import annotations

import argparse

import yaml

from sim.batch.shares import spread
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded, load
from tests.bench.flock import SCENARIOS, everybody, many, match

HEAD = "# What persona play reaches, median and quartiles; written by `python -m tests.bench.par --write`, never by hand.\n"
TOLERATED = 2
Par = dict[str, dict[str, dict[str, int]]]


def computed(loaded: Loaded, count: int) -> Par:
    """Per leg and seat, from persona matches that end with that leg."""
    scenario, bound = loaded.usable()
    out: Par = {}
    for leg in scenario.clock.legs:
        game = compile_game(bound, leg)
        told = many(lambda n, game=game: match(game, n, everybody(game, "persona")).scores, count)
        out[leg] = {}
        for n, seat in enumerate(game.seats):
            it = spread([round(100 * scores[n]) for scores in told])
            out[leg][seat] = {"median": round(it.median), "low": round(it.low), "high": round(it.high)}
    return out


def main() -> None:
    """Write or compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("ids", nargs="*", default=sorted(p.parent.name for p in SCENARIOS.glob("*/scenario.yaml")))
    parser.add_argument("--write", action="store_true", help="write par.yaml anew")
    parser.add_argument("--matches", type=int, default=1_000, metavar="N")
    asked = parser.parse_args()
    off = []
    for scenario in asked.ids:
        path = SCENARIOS / scenario / "par.yaml"
        par = computed(load(SCENARIOS / scenario, scenario), asked.matches)
        lines = [f"  {leg}:\n" + "".join(f"    {seat}: {{median: {it['median']}, low: {it['low']}, high: {it['high']}}}\n"
                                         for seat, it in seats.items()) for leg, seats in par.items()]
        text = HEAD + "par:\n" + "".join(lines)
        print(f"{scenario}\n{text}")
        if asked.write:
            path.write_text(text, "utf-8")
            continue
        written = yaml.safe_load(path.read_text("utf-8"))["par"] if path.is_file() else {}
        off += [f"{scenario} {leg} {seat} {name}: {written.get(leg, {}).get(seat, {}).get(name)} stands, {figure} is measured"
                for leg, seats in par.items() for seat, it in seats.items() for name, figure in it.items()
                if abs(written.get(leg, {}).get(seat, {}).get(name, -99) - figure) > TOLERATED]
    for line in off:
        print(line)
    raise SystemExit(1 if off else 0)


if __name__ == "__main__":
    main()
