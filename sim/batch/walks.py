"""batch: seeded matches by policies: what happens in them, how they end, and samples of the choices met on the way.

Match n of every table shares its luck with match n of the others, so what differs between them is caused by who plays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sim.batch.choices import Sampled, sample
from sim.batch.goals import Goal, Goals
from sim.batch.line import Line, Step
from sim.play.protocols import Choice, Policy
from sim.policies import policy
from sim.rules.chance import draw, playout_seed, site
from sim.rules.engine import decide, initial, legal_moves, open_round
from sim.rules.evolve import fold
from sim.rules.luck import Keyed, Luck
from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game
from sim.rules.views import View, view

PASS = "pass"  # noqa: S105 what a seat does
SAMPLES = 2
"""States sampled for their choices in a match of the sampled tables."""
_SAMPLE = site("explore sample")
STALL = 3
"""Rounds at the end of a match in which nothing was open and nothing changed, from which it counts as stalled."""


class Table(NamedTuple):
    """Who plays: one policy in every seat, or another in one of them."""

    policy: str
    seat: str = ""
    other: str = ""


class Known(NamedTuple):
    """A reaching that was found before, by its length; a shorter one is worth telling."""

    rounds: int


@dataclass(slots=True)
class Walked:
    """What some matches brought."""

    games: int = 0
    rounds: int = 0
    lines: dict[Goal, Line] = field(default_factory=dict)
    """The shortest line to everything that was not known, or known by a longer one."""
    moves: set[str] = field(default_factory=set)
    """Keys of all moves that were resolved."""
    endings: dict[tuple[Table, int], str] = field(default_factory=dict)
    """By table and number of the match."""
    sampled: Sampled = field(default_factory=Sampled)
    stalls: Counter[int] = field(default_factory=Counter)
    """Matches by the round from which nothing was open and nothing changed."""

    def add(self, other: Walked) -> None:
        """Count other matches too."""
        self.games += other.games
        self.rounds += other.rounds
        for goal, line in other.lines.items():
            keep(self.lines, goal, line)
        self.moves |= other.moves
        self.endings.update(other.endings)
        self.sampled.add(other.sampled)
        self.stalls.update(other.stalls)


def keep(lines: dict[Goal, Line], goal: Goal, line: Line) -> None:
    """Keep the shorter line: fewer rounds, then fewer orders."""
    known = lines.get(goal)
    if known is None or (line.rounds, line.orders) < (known.rounds, known.orders):
        lines[goal] = line


def tables(game: Game) -> tuple[Table, ...]:
    """Personas, chance and the standard opponent in every seat; then each seat passing, and at random, among personas."""
    alone = [Table("persona"), Table("random"), Table("one-ply")]
    return (*alone, *(Table("persona", seat, other) for seat in game.seats for other in (PASS, "random")))


class Passing:
    """Files nothing and answers nothing."""

    name = PASS

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """Nothing."""
        return Choice()


@lru_cache(maxsize=8)
def _player(name: str) -> Policy:
    return Passing() if name == PASS else policy(name, explaining=False)


@lru_cache(maxsize=4)
def _goals(game: Game) -> Goals:
    return Goals(game)


def goals_of(game: Game) -> Goals:
    """A game's goals, kept for the last few games."""
    return _goals(game)


def walk(game: Game, seed: int, numbers: tuple[tuple[Table, int], ...], known: Mapping[Goal, Known]) -> Walked:
    """Play these matches of these tables; tell what they reach that is not known as early."""
    out = Walked()
    for table, n in numbers:
        _one(game, playout_seed(seed, n), table, n, known, out)
    return out


class Round(NamedTuple):
    """One round of a seeded match."""

    open: State
    """Where orders are filed."""
    orders: dict[str, Orders]
    events: tuple[Event, ...]
    close: State
    """Where endings are tested."""
    opening: tuple[Event, ...]
    """What the opening of the next round brings."""


def looked_at(game: Game, seed: int, rounds: int) -> Iterator[Round]:
    """About so many rounds of the matches that `walk` plays, the tables in turn; always whole matches."""
    every = tables(game)
    number = 0
    while rounds > 0:
        own = playout_seed(seed, number // len(every))
        state = initial(game, own)
        for it in _rounds(game, fold(state, open_round(game, state)), every[number % len(every)]):
            rounds -= 1
            yield it
        number += 1


def _rounds(game: Game, state: State, table: Table) -> Iterator[Round]:
    """A match from its first open round."""
    players = {seat: _player(table.other if seat == table.seat else table.policy) for seat in game.seats}
    while not state.ending:
        luck = Keyed(state.seed, state.round)
        orders = {seat: players[seat].choose(game, view(game, state, seat), seat, luck).orders for seat in game.seats}
        events = decide(game, state, orders, luck)
        close = fold(state, events)
        opening = open_round(game, close)
        yield Round(state, orders, events, close, opening)
        state = fold(close, opening)


def _one(game: Game, seed: int, table: Table, n: int, known: Mapping[Goal, Known], out: Walked) -> None:
    goals = goals_of(game)
    state = initial(game, seed)
    steps: list[Step] = []
    fresh: dict[Goal, int] = {}
    opens: list[State] = []

    def look(events: tuple[Event, ...], rounds: int) -> None:
        for goal in goals.seen(events):
            if goal not in fresh:
                fresh[goal] = rounds
        out.moves.update(event.id for event in events if event.kind == "move")

    opening = open_round(game, state)
    look(opening, 0)
    state = fold(state, opening)
    for it in _rounds(game, state, table):
        opens.append(it.open)
        state = it.close
        steps.append(Step({seat: filed.moves for seat, filed in it.orders.items() if filed.moves}))
        look((*it.events, *it.opening), len(steps))
    for goal, rounds in fresh.items():
        before = known.get(goal)
        if before is None or rounds < before.rounds:
            keep(out.lines, goal, Line(seed, tuple(steps[:rounds])))
    out.games += 1
    out.rounds += len(steps)
    out.endings[table, n] = state.ending
    since = stalled(game, opens)
    if since:
        out.stalls[since] += 1
    if not table.seat:
        for at in range(min(SAMPLES, len(opens))):
            sample(game, opens[draw(seed, at, _SAMPLE) % len(opens)], out.sampled)


def stalled(game: Game, opens: list[State]) -> int:
    """The round from which nothing was open to anybody and nothing but the clock changed, to the end; 0 if none."""
    clock = {game.index[name] for name in ("round", "day", "leg", "last_round")}
    still = [n for n in range(len(game.names)) if n not in clock]
    since = len(opens)
    while since > 0 and not _open(game, opens[since - 1]) and (
            since == len(opens) or all(opens[since].values[n] == opens[since - 1].values[n] for n in still)):
        since -= 1
    return opens[since].round if len(opens) - since >= STALL else 0


def _open(game: Game, state: State) -> bool:
    """Whether any seat may order or answer something that can change anything."""
    return any(branch.effects for seat in game.seats for move in legal_moves(game, state, seat)
               if move.cost <= game.attention[move.seat] for branch in move.branches
               if any(not game.names[e.var].startswith("played.") for e in branch.effects))
