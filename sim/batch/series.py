"""batch: a series of games, what an engine hands back of it, and the readable engine."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from sim.batch.coverage import Footprints
from sim.policies.ladder import policy
from sim.policies.playout import numbered
from sim.rules.tables import Game


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Games of one kind. Game n is the same in whatever chunk and process it is played."""

    game: Game
    seed: int
    players: Mapping[str, str]
    """A policy's name for every seat."""
    starts: Mapping[str, int] = field(default_factory=dict)
    """Variables that start elsewhere than the author has them, with their new start."""
    covered: bool = False
    """Whether to note what happens in the games."""

    def laid(self) -> Game:
        """The game as it is played: with the starts changed, and what follows from a start changed with it."""
        if not self.starts:
            return self.game
        game = self.game
        start, estimate = list(game.start), list(game.estimate)
        for name, value in self.starts.items():
            var = game.index[name]
            if estimate[var] == start[var]:
                # who does not see a track reckons with its start, unless the author says otherwise
                estimate[var] = value
            start[var] = value
        return replace(game, start=tuple(start), estimate=tuple(estimate))


class Chunk(NamedTuple):
    """Consecutive games of one of several series."""

    series: int
    first: int
    games: int


@dataclass(frozen=True, slots=True)
class Played:
    """What came of consecutive games."""

    first: int
    endings: bytes
    """Per game, the ending's number."""
    scores: array[int]
    """Game by game, 0..10,000 per seat."""
    decisions: int
    """Orders and answers filed."""
    seen: Counter[str]
    """In how many games something happened, by the names of `coverage`; empty unless asked for."""

    @property
    def games(self) -> int:
        """How many."""
        return len(self.endings)

    def of_seat(self, number: int) -> array[int]:
        """The scores of one seat."""
        seats = len(self.scores) // max(1, self.games)
        return self.scores[number::seats]


class Engine(Protocol):
    """Something that plays games of a series; engines agree game by game. It must survive pickling."""

    @property
    def name(self) -> str:
        """`readable`."""
        ...

    def play(self, series: Series, first: int, games: int) -> Played:
        """Games first .. first + games - 1 of the series."""
        ...


@dataclass(frozen=True, slots=True)
class Readable:
    """The engine that people play on, one game after the other."""

    name: str = "readable"

    def play(self, series: Series, first: int, games: int) -> Played:
        """Games first .. first + games - 1 of the series."""
        game = _laid(series)
        number = {ending.id: n for n, ending in enumerate(game.endings)}
        policies = {seat: policy(name, explaining=False) for seat, name in series.players.items()}
        endings, scores, decisions = bytearray(), array("H"), 0
        prints = Footprints(game) if series.covered else None
        for n in range(first, first + games):
            result = numbered(game, series.seed, n, policies, prints.watch if prints else None)
            endings.append(number[result.ending])
            scores.extend(result.scores)
            decisions += result.decisions
            if prints:
                prints.close(result.ending)
        return Played(first, bytes(endings), scores, decisions, prints.games if prints else Counter())


_LAST: list[tuple[Series, Game]] = []
"""The series played last with its game: what a game keeps beside it takes a tenth of a second to make anew."""


def _laid(series: Series) -> Game:
    if not _LAST or _LAST[0][0] is not series:
        _LAST[:] = [(series, series.laid())]
    return _LAST[0][1]


class Record:
    """What has been played of a series so far, in whatever order it came in."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.chunks: dict[int, Played] = {}

    def take(self, played: Played) -> None:
        """Add a chunk."""
        self.chunks[played.first] = played

    @property
    def games(self) -> int:
        """How many games are in."""
        return sum(it.games for it in self.chunks.values())

    @property
    def decisions(self) -> int:
        """Orders and answers filed in them."""
        return sum(it.decisions for it in self.chunks.values())

    def endings(self) -> Counter[int]:
        """Games per ending's number."""
        return sum((Counter(it.endings) for it in self.chunks.values()), Counter())

    def scores(self, seat: int) -> list[int]:
        """The scores of a seat by number."""
        return [score for first in sorted(self.chunks) for score in self.chunks[first].of_seat(seat)]

    def seen(self) -> Counter[str]:
        """In how many games each thing happened."""
        return sum((it.seen for it in self.chunks.values()), Counter())


def chunked(series: Sequence[Series], games: int, size: int) -> list[Chunk]:
    """All chunks, series after series; `size` games each, the last of a series fewer."""
    return [Chunk(n, first, min(size, games - first)) for n in range(len(series)) for first in range(0, games, size)]
