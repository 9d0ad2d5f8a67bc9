"""The standard opponent (one-ply) against the persona, seat by seat, on shared seeds.

`python -m tests.bench.standard [--matches N]`: exit code 1 if it does not beat the persona in every seat.
"""

from __future__ import annotations

from math import sqrt

from tests.bench.flock import compiled, everybody, flagship, many, match, matches, mean


def main() -> None:
    """Print mean differences with their 95 % intervals."""
    loaded, count = flagship(), matches(300)
    lost = []
    print(f"{count} matches with shared seeds; one seat standard, the others personas")
    for clock in ("vote", "year"):
        game = compiled(loaded, clock)
        plain = many(lambda n, game=game: match(game, n, everybody(game, "persona")).scores, count)
        for at, seat in enumerate(game.seats):
            players = {**everybody(game, "persona"), seat: "one-ply"}
            told = many(lambda n, game=game, players=players: match(game, n, players).scores, count)
            gains = [a[at] - b[at] for a, b in zip(told, plain, strict=True)]
            middle = mean(gains)
            half = 1.96 * sqrt(sum((g - middle) ** 2 for g in gains) / (count - 1) / count)
            print(f"{clock:6} {seat:15} persona {mean([p[at] for p in plain]):5.1f}   standard {middle:+5.1f} "
                  f"(± {half:.1f})", flush=True)
            if middle <= 0:
                lost.append(f"{seat} ({clock})")
    print("does not beat the persona:", ", ".join(lost) or "nowhere")
    raise SystemExit(1 if lost else 0)


if __name__ == "__main__":
    main()
