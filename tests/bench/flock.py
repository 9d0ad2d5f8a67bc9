"""Many matches on all cores, and what one match tells a bench."""

from __future__ import annotations

import argparse
import multiprocessing
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sim.batch.shares import wilson
from sim.policies import policy
from sim.policies.playout import numbered
from sim.rules import Event, Game, Orders, State, legal_moves
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded, load

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FLAGSHIP = SCENARIOS / "border-standoff-2021"
SEED = 2021
CLOCKS: dict[str, str | int | None] = {"vote": "election", "day 179": 33, "year": None}
"""Names of the flagship's clocks and what `compile_game` calls them."""

T = TypeVar("T")
_jobs: list[Callable[[int], Any]] = []
"""What forked processes inherit; a job need not be picklable."""


def many(job: Callable[[int], T], count: int) -> list[T]:
    """`[job(0), … job(count - 1)]`, on all cores where processes can be forked."""
    _jobs[:] = [job]
    if "fork" not in multiprocessing.get_all_start_methods():
        return [job(n) for n in range(count)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return pool.map(_call, range(count), chunksize=max(1, count // 40))


def _call(n: int) -> Any:
    return _jobs[0](n)


class Told(NamedTuple):
    """One match, as far as a table needs it."""

    ending: str
    scores: tuple[float, ...]
    """0..100."""
    values: tuple[int, ...]
    first_fire: int
    """The day, or -1."""
    hottest: int
    chosen: frozenset[str]
    legal: frozenset[str]


def match(game: Game, n: int, players: Mapping[str, str], *, legal: bool = False) -> Told:
    """Match n of the series with these policies; `legal` also collects every key that was once legal."""
    severity, tension = game.index.get("severity", 0), game.index.get("tension", 0)
    chosen, open_keys = set[str](), set[str]()
    fire, hottest = -1, 0

    def watch(state: State, orders: Mapping[str, Orders], events: tuple[Event, ...]) -> None:
        nonlocal fire, hottest
        for filed in orders.values():
            chosen.update(filed.moves)
        hottest = max(hottest, state.values[tension])
        for event in events:
            if fire < 0 and any(var == severity and after >= 2 for var, _, after in event.changes):
                fire = game.clock[event.round - 1].day
        if legal:
            for seat in game.seats:
                open_keys.update(m.key for m in legal_moves(game, state, seat))

    policies = {seat: policy(name, explaining=False) for seat, name in players.items()}
    result = numbered(game, SEED, n, policies, watch)
    return Told(result.ending, tuple(s / 100 for s in result.scores), result.state.values, fire, hottest,
                frozenset(chosen), frozenset(open_keys))


def everybody(game: Game, name: str) -> dict[str, str]:
    """One policy in every seat."""
    return dict.fromkeys(game.seats, name)


def flagship() -> Loaded:
    """The flagship as it is now."""
    return load(FLAGSHIP, "border-standoff-2021")


def compiled(loaded: Loaded, clock: str) -> Game:
    """The flagship up to the end of a clock of `CLOCKS`."""
    return compile_game(loaded.usable()[1], CLOCKS[clock])


def percent(count: int, games: int) -> str:
    """A share and its 95 % interval."""
    it = wilson(count, games)
    return f"{100 * it.share:5.1f} %  ({100 * it.low:.1f} to {100 * it.high:.1f})"


def mean(numbers: list[float]) -> float:
    """Of at least one number."""
    return sum(numbers) / len(numbers)


def matches(default: int) -> int:
    """`--matches N` of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--matches", type=int, default=default, metavar="N", help=f"matches a row ({default})")
    found: int = parser.parse_args().matches
    return found
