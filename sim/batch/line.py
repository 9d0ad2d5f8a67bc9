"""batch: a line of play, the orders and dice by which something happens, so that anybody can play it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.batch.dice import KEYED, Chosen, Dice
from sim.batch.goals import Goal, Goals
from sim.rules.engine import decide, initial, open_round, refuse
from sim.rules.evolve import fold
from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game

Filed = Mapping[str, tuple[str, ...]]
"""Move keys by seat."""


class Step(NamedTuple):
    """One round: what was ordered, and the dice that were set."""

    orders: Filed
    dice: Dice = KEYED
    """Of the round's resolution and close."""
    opening: Dice = KEYED
    """Of the opening of the round after it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A match as far as it matters: dice that are not set fall by the seed."""

    seed: int
    steps: tuple[Step, ...] = ()
    opening: Dice = field(default_factory=dict)
    """The dice that were set for the opening of the first round."""

    @property
    def rounds(self) -> int:
        """How many rounds are played."""
        return len(self.steps)

    @property
    def orders(self) -> int:
        """How many orders and answers are filed."""
        return sum(len(keys) for step in self.steps for keys in step.orders.values())

    def upto(self, rounds: int) -> Line:
        """The first rounds of it."""
        return self if rounds >= self.rounds else Line(self.seed, self.steps[:rounds], self.opening)


def opened(game: Game, seed: int, dice: Dice = KEYED) -> tuple[State, tuple[Event, ...]]:
    """The state in which the first orders are filed, and what its opening brought."""
    state = initial(game, seed)
    events = open_round(game, state, Chosen(seed, 1, dice))
    return fold(state, events), events


def played(game: Game, state: State, step: Step) -> tuple[State, tuple[Event, ...]]:
    """The state after a round and the opening of the next, and everything that happened."""
    orders = {seat: Orders(keys) for seat, keys in step.orders.items() if keys}
    events = decide(game, state, orders, Chosen(state.seed, state.round, step.dice))
    state = fold(state, events)
    after = open_round(game, state, Chosen(state.seed, state.round + 1, step.opening))
    return fold(state, after), (*events, *after)


def replayed(game: Game, line: Line) -> Iterator[tuple[State, tuple[Event, ...]]]:
    """The first opening, then each round: the state it leads to and its events. Orders must be legal."""
    state, events = opened(game, line.seed, line.opening)
    yield state, events
    for step in line.steps:
        if state.ending:
            return
        state, events = played(game, state, step)
        yield state, events


def mended(game: Game, line: Line, goals: Goals, goal: Goal) -> Line | None:
    """The line up to the goal, without the orders that the rules refuse on the way; None if it misses the goal."""
    state, events = opened(game, line.seed, line.opening)
    steps: list[Step] = []
    while goal not in goals.seen(events):
        if state.ending or len(steps) == line.rounds:
            return None
        step = legal_step(game, state, line.steps[len(steps)])
        state, events = played(game, state, step)
        steps.append(step)
    return Line(line.seed, tuple(steps), line.opening)


def legal_step(game: Game, state: State, step: Step) -> Step:
    """A step without the orders that the rules refuse in this state."""
    orders = {seat: _legal(game, state, seat, keys) for seat, keys in step.orders.items()}
    return step._replace(orders={seat: keys for seat, keys in orders.items() if keys})


def _legal(game: Game, state: State, seat: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    if refuse(game, state, seat, Orders(keys)) is None:
        return keys
    kept: tuple[str, ...] = ()
    for key in keys:
        if refuse(game, state, seat, Orders((*kept, key))) is None:
            kept = (*kept, key)
    return kept
