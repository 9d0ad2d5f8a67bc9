"""What a fixed line of play is worth: one seat by a habit of habits.yaml, the others by personas.

`python -m tests.bench.habits [--matches N]`: score minus the persona's mean on the same seeds, per clock.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from sim.rules import Game
from sim.rules.compile import compile_game
from sim.scenario.load import rebound
from sim.scenario.models import Persona
from tests.bench.flock import CLOCKS, everybody, flagship, many, match, matches, mean

HABITS = Path(__file__).with_name("habits.yaml")
LOSING = ("demand", "threaten", "stall", "condemn", "stay out")
"""Words in the names of habits that must lose."""
ADAPTIVE = ("mix", "trade", "smart")
"""Words in the names of lines that adapt; in each seat one of them must gain."""
MOST = 10
"""Points that a line which never adapts may gain at most."""


def main() -> None:
    """Print the table and what does not fit; exit code 1 if something does not."""
    loaded, count = flagship(), matches(500)
    wrong = []
    gains: dict[str, list[float]] = {}
    written = yaml.safe_load(HABITS.read_text("utf-8"))
    base = {clock: mean_scores(compile_game(loaded.usable()[1], until), count)
            for clock, until in CLOCKS.items() if clock != "day 179"}
    print(f"{count} matches a row; score minus persona's mean on the same seeds")
    print(f"{'seat':15} {'habit':26} {'vote':>6} {'year':>6}  fire, most common endings (year)")
    for seat, habits in written.items():
        for name, persona in habits.items():
            bound = rebound(loaded, {seat: Persona.model_validate(persona)})
            row: dict[str, float] = {}
            tail = ""
            for clock, plain in base.items():
                game = compile_game(bound, CLOCKS[clock])
                at = game.number(seat)
                told = many(lambda n, game=game: match(game, n, everybody(game, "persona")), count)
                row[clock] = mean([t.scores[at] for t in told]) - plain[at]
                severity = game.index["severity"]
                common = Counter(t.ending for t in told).most_common(2)
                tail = f"{100 * sum(t.values[severity] >= 2 for t in told) / count:3.0f} %  " + ", ".join(
                    f"{e} {100 * k / count:.0f}" for e, k in common)
            print(f"{seat:15} {name:26} {row['vote']:+6.1f} {row['year']:+6.1f}  {tail}", flush=True)
            adaptive = any(word in name for word in ADAPTIVE)
            if any(word in name for word in LOSING):
                wrong += [f"{seat}, {name}: gains {g:+.1f} on the clock `{c}`" for c, g in row.items() if g >= 0]
            if adaptive:
                gains.setdefault(seat, []).append(row["year"])
            else:
                wrong += [f"{seat}, {name}: {g:+.1f} on `{c}`, more than {MOST}" for c, g in row.items() if g > MOST]
    wrong += [f"{seat}: no adaptive line gains" for seat in written if max(gains.get(seat, [0])) <= 0]
    print("\nwhat does not fit:", "; ".join(wrong) or "nothing")
    raise SystemExit(1 if wrong else 0)


def mean_scores(game: Game, count: int) -> list[float]:
    """What personas reach in each seat."""
    told = many(lambda n: match(game, n, everybody(game, "persona")), count)
    return [mean([t.scores[n] for t in told]) for n in range(len(game.seats))]


if __name__ == "__main__":
    main()
