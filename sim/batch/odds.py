"""batch: the odds of a scenario: endings with 95 % intervals, and what each seat scores."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from sim.batch.executors import Executor, Here
from sim.batch.series import Engine, Record, Series, chunked
from sim.batch.shares import Share, Spread, spread, wilson
from sim.rules.tables import Game

CHUNK_SECONDS = 0.4
"""What is lost at most, per process, when somebody interrupts."""
LARGEST_CHUNK = 500
START_SECONDS = 0.7
"""What it takes to start processes; shorter work is done here."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Many games at a glance."""

    games: int
    """How many were played; 0 where the odds are exact."""
    endings: dict[str, Share]
    """In the scenario's order, zero counts included."""
    scores: dict[str, Spread]
    seed: int
    exact: bool = False
    """Reckoned from every way the dice can fall, not counted in games."""
    states: int = 0
    """How many different states the exact reckoning went through."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long games take, measured on a few."""

    first: float
    """Seconds that a game's tables take to be made ready, once a series."""
    game: float
    """Seconds a game."""

    @property
    def chunk(self) -> int:
        """Games in a chunk."""
        return max(1, min(LARGEST_CHUNK, int(CHUNK_SECONDS / max(self.game, 1e-6))))

    def expected(self, series: int, games: int, processes: int) -> float:
        """Seconds that so many series of so many games will take, about."""
        work = series * games * self.game
        if processes == 1:
            return work + series * self.first
        # nearly every process makes nearly every series ready
        return START_SECONDS + work / processes + series * self.first


def odds_of(record: Record) -> Odds:
    """The odds as far as games have been played."""
    game, games = record.series.game, record.games
    counts = record.endings()
    return Odds(games, {e.id: wilson(counts[n], games) for n, e in enumerate(game.endings)},
                {seat: spread(record.scores(n)) for n, seat in enumerate(game.seats)}, record.series.seed)


def pace(engine: Engine, series: Series) -> Pace:
    """Play a few games for their time alone."""
    started = time.perf_counter()
    engine.play(series, 0, 1)
    opened = time.perf_counter()
    games = 0
    while games < 64 and (games < 2 or time.perf_counter() - opened < CHUNK_SECONDS / 2):
        engine.play(series, games, 1)
        games += 1
    each = (time.perf_counter() - opened) / games
    return Pace(max(0.0, opened - started - each), each)


def played(series: Sequence[Series], games: int, executor: Executor, size: int,
           records: Sequence[Record]) -> Generator[int, None, None]:
    """Play all series into their records; gives how many games are done, chunk by chunk.

    Whoever stops listening finds in the records what was done until then.
    """
    done = 0
    with closing(executor.run(series, chunked(series, games, size))) as running:
        for chunk, result in running:
            records[chunk.series].take(result)
            done += chunk.games
            yield done


def odds(game: Game, seed: int, games: int, players: Mapping[str, str], executor: Executor | None = None,
         progress: Callable[[int], None] | None = None, size: int = 64) -> Odds:
    """The odds from `games` games; `progress` hears how many are done.

    The same seed and number of games give the same odds, whatever the executor and the size of its chunks.
    """
    series = Series(game, seed, players)
    record = Record(series)
    for done in played([series], games, executor or Here(), size, [record]):
        if progress is not None:
            progress(done)
    return odds_of(record)


def settlements(found: Odds, classes: Mapping[str, str]) -> dict[str, Share]:
    """Endings added up by class of outcome: `classes` says which ending belongs to which."""
    out = {}
    for name in dict.fromkeys(classes.values()):
        mine = [share for ending, share in found.endings.items() if classes[ending] == name]
        exactly = sum(share.share for share in mine)
        out[name] = (Share(0, exactly, exactly, exactly) if found.exact
                     else wilson(sum(share.count for share in mine), found.games))
    return out
