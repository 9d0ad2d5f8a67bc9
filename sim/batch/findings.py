"""batch: what sampled choices and seeded matches show of a game's balance, by stated thresholds."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sim.batch.choices import Sampled
from sim.batch.shares import wilson
from sim.batch.walks import PASS, Table, Walked
from sim.rules.tables import Game

DOMINANT_SHARE = 0.9
"""Share of the sampled states, where it is legal, in which a dominant move beats every other choice."""
FEWEST_STATES = 40
"""Sampled states in which a move must have been legal before anything is said of it."""
IDLE_SHARE = 0.9
"""Share of the seats that met a round without a real choice."""
FEWEST_MET = 20
"""Seats that must have met a round before anything is said of it."""
STALL_SHARE = 0.05
"""Share of the matches that stall."""
FEWEST_GAMES = 50
"""Matches of each table before anything is said of a seat."""


class Dominant(NamedTuple):
    """A move that beats every other choice of its seat nearly always."""

    seat: str
    move: str
    best: int
    states: int


class Worthless(NamedTuple):
    """A move that no seat ever had reason to play."""

    move: str
    states: int


class Idle(NamedTuple):
    """A round in which seats had no real choice."""

    round: int
    idle: int
    met: int


class Stall(NamedTuple):
    """Matches in which, from some round to the end of the clock, nothing was open and nothing changed."""

    games: int
    of: int
    earliest: int


class Idler(NamedTuple):
    """A seat that made no difference to how matches end, whether it played, passed or played at random."""

    seat: str
    games: int
    """Matches of each kind."""
    other_passing: int
    """Matches that ended otherwise when the seat passed, with the same luck."""
    other_random: int
    """The same when it played at random."""


class Findings(NamedTuple):
    """Everything found, with what it rests on."""

    states: int
    games: int
    dominant: tuple[Dominant, ...]
    worthless: tuple[Worthless, ...]
    idle: tuple[Idle, ...]
    stalls: Stall | None
    idlers: tuple[Idler, ...]
    paired: int
    """Matches behind every comparison of seats."""


def findings(game: Game, walked: Walked) -> Findings:
    """What the samples show."""
    found = walked.sampled
    paired = _paired(game, walked)
    stalled = sum(walked.stalls.values())
    stall = Stall(stalled, walked.games, min(walked.stalls)) if stalled and stalled >= STALL_SHARE * walked.games else None
    return Findings(found.states, walked.games, _dominant(found), _worthless(found), _idle(found), stall,
                    _idlers(game, walked, paired) if paired >= FEWEST_GAMES else (), paired)


def _dominant(found: Sampled) -> tuple[Dominant, ...]:
    return tuple(Dominant(seat, move, found.best[seat, move], states) for (seat, move), states in found.legal.items()
                 if states >= FEWEST_STATES and found.best[seat, move] >= DOMINANT_SHARE * states)


def _worthless(found: Sampled) -> tuple[Worthless, ...]:
    legal: Counter[str] = Counter()
    near: Counter[str] = Counter()
    for (seat, move), states in found.legal.items():
        legal[move] += states
        near[move] += found.near[seat, move]
    return tuple(Worthless(move, states) for move, states in legal.items()
                 if states >= FEWEST_STATES and not near[move])


def _idle(found: Sampled) -> tuple[Idle, ...]:
    return tuple(Idle(number, found.idle[number], met) for number, met in sorted(found.met.items())
                 if met >= FEWEST_MET and found.idle[number] >= IDLE_SHARE * met)


def _paired(game: Game, walked: Walked) -> int:
    """How many matches every table of the comparison of seats has played, from the first without a gap."""
    wanted = [Table("persona"), *(Table("persona", seat, other) for seat in game.seats for other in (PASS, "random"))]
    games = 0
    while all((table, games) in walked.endings for table in wanted):
        games += 1
    return games


def _idlers(game: Game, walked: Walked, games: int) -> tuple[Idler, ...]:
    out = []
    own = [walked.endings[Table("persona"), n] for n in range(games)]
    counts = Counter(own)
    for seat in game.seats:
        differ: list[int] = []
        same = True
        for other in (PASS, "random"):
            theirs = [walked.endings[Table("persona", seat, other), n] for n in range(games)]
            tally = Counter(theirs)
            for ending in game.endings:
                share = wilson(counts[ending.id], games)
                same = same and share.low <= tally[ending.id] / games <= share.high
            differ.append(sum(a != b for a, b in zip(own, theirs, strict=True)))
        if same:
            out.append(Idler(seat, games, differ[0], differ[1]))
    return tuple(out)
