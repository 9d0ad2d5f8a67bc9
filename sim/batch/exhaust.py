"""batch: every match of a small game: all orders, all dice, each state once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, permutations, product
from typing import NamedTuple

from sim.batch.dice import Asked, faces
from sim.batch.goals import Goal, Goals
from sim.batch.line import Filed, Line, Step
from sim.rules.engine import decide, initial, legal_moves, open_round
from sim.rules.evolve import fold
from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game, Move

MOST_WAYS = 4_000
"""Joint orders in the first round above which a game is not tried."""
MANY_MOVES = 1_000_000
"""The same, before what can be filed together is looked at: legal moves of all seats multiplied."""


class _Origin(NamedTuple):
    """How a state was first met."""

    before: tuple[int, ...] | None
    step: Step


@dataclass(slots=True)
class Exhausted:
    """What walking through a whole game found."""

    complete: bool
    """Whether every match was walked to its end; otherwise it stopped at its bound."""
    states: int = 0
    """Open states that differ."""
    decided: int = 0
    """Rounds decided, dice and orders counted apart."""
    rounds: int = 0
    """Rounds of the clock that were finished."""
    lines: dict[Goal, Line] = field(default_factory=dict)
    """A line with as few rounds as possible to everything that happens."""
    moves: set[str] = field(default_factory=set)
    widest: int = 0
    """The most joint orders met in one state."""


def exhaust(game: Game, goals: Goals, most: int, going: Callable[[], bool] = lambda: True) -> Exhausted:
    """Breadth first through all states; stops after `most` decided rounds or when `going` says no."""
    return _Walk(game, goals, most, going).run()


class _Walk:
    def __init__(self, game: Game, goals: Goals, most: int, going: Callable[[], bool]) -> None:
        self.game, self.goals, self.most, self.going = game, goals, most, going
        self.faces = faces(game)
        self.origins: dict[tuple[int, ...], _Origin] = {}
        self.out = Exhausted(complete=False)
        self.cut = False
        """Whether a round was left in the middle of its throws."""

    def run(self) -> Exhausted:
        """Layer by layer; a layer is a round."""
        layer = self._first()
        while layer:
            if not self._enough(layer):
                return self.out
            following: list[State] = []
            for state in layer:
                for orders in joint_orders(self.game, state):
                    if self.out.decided >= self.most or not self.going():
                        return self.out
                    following.extend(self._round(state, orders))
                    if self.cut:
                        return self.out
            self.out.rounds += 1
            layer = following
        self.out.complete = True
        return self.out

    def _enough(self, layer: list[State]) -> bool:
        """Whether a layer can be finished within the bound, by the joint orders of its first state."""
        ways = 1
        for seat in self.game.seats:
            ways *= 1 + len(legal_moves(self.game, layer[0], seat))
        if ways > MANY_MOVES:
            return False
        ways = 1
        for seat in self.game.seats:
            ways *= len(_orders(self.game, layer[0], seat))
        self.out.widest = max(self.out.widest, ways)
        return ways <= MOST_WAYS and len(layer) * ways <= self.most - self.out.decided

    def _first(self) -> list[State]:
        start = initial(self.game, 0)
        layer = []
        for luck, events in self._falls(lambda luck: open_round(self.game, start, luck)):
            state = fold(start, events)
            self._look(events, Line(0, (), luck.dice))
            if state.values not in self.origins:
                self.origins[state.values] = _Origin(None, Step({}, opening=luck.dice))
                layer.append(state)
        self.out.states = len(layer)
        return layer

    def _falls(self, happen: Callable[[Asked], tuple[Event, ...]]) -> Iterator[tuple[Asked, tuple[Event, ...]]]:
        """Everything that dice can make of something."""
        answers: list[int] | None = []
        while answers is not None:
            luck = Asked(self.faces, answers)
            events = happen(luck)
            yield luck, events
            answers = luck.following()

    def _round(self, state: State, orders: Filed) -> Iterator[State]:
        filed = {seat: Orders(keys) for seat, keys in orders.items()}
        for luck, events in self._falls(lambda luck: decide(self.game, state, filed, luck)):
            if self.out.decided >= 2 * self.most or not self.going():
                # the dice of one round can fall in more ways than there is time for
                self.cut = True
                return
            self.out.decided += 1
            closed = fold(state, events)
            for opening, after in self._falls(lambda luck, closed=closed: open_round(self.game, closed, luck)):  # type: ignore[misc]
                step = Step(orders, luck.dice, opening.dice)
                new = self._fresh((*events, *after))
                if new:
                    line = self._line(state.values, step)
                    for goal in new:
                        self.out.lines[goal] = line
                reached = fold(closed, after)
                if not reached.ending and reached.values not in self.origins:
                    self.origins[reached.values] = _Origin(state.values, step)
                    self.out.states += 1
                    yield reached

    def _fresh(self, events: tuple[Event, ...]) -> list[Goal]:
        self.out.moves.update(event.id for event in events if event.kind == "move")
        return [goal for goal in self.goals.seen(events) if goal not in self.out.lines]

    def _look(self, events: tuple[Event, ...], line: Line) -> None:
        for goal in self._fresh(events):
            self.out.lines[goal] = line

    def _line(self, values: tuple[int, ...], last: Step) -> Line:
        steps = [last]
        origin = self.origins[values]
        while origin.before is not None:
            steps.append(origin.step)
            origin = self.origins[origin.before]
        return Line(0, tuple(reversed(steps)), origin.step.opening)


def joint_orders(game: Game, state: State) -> Iterator[Filed]:
    """Everything that all seats together may file."""
    for chosen in product(*(_orders(game, state, seat) for seat in game.seats)):
        yield {seat: keys for seat, keys in zip(game.seats, chosen, strict=True) if keys}


def _orders(game: Game, state: State, seat: str) -> list[tuple[str, ...]]:
    """Everything that one seat may file: none or one answer to each question, orders within its attention.

    The order of filing counts only among moves of one tier, so only those are permuted.
    """
    legal = legal_moves(game, state, seat)
    attention = game.attention[game.number(seat)]
    answers: dict[int, list[Move | None]] = {}
    for move in legal:
        if move.question >= 0:
            answers.setdefault(move.question, [None]).append(move)
    picks = [move for move in legal if move.question < 0 and move.cost <= attention]
    out: list[tuple[str, ...]] = []
    for answered in product(*answers.values()):
        given = [move for move in answered if move is not None]
        for count in range(game.picks + 1):
            for some in combinations(picks, count):
                if sum(move.cost for move in some) <= attention:
                    out.extend(_filings([*given, *some]))
    return out


def _filings(moves: list[Move]) -> Iterator[tuple[str, ...]]:
    tiers: dict[int, list[str]] = {}
    for move in moves:
        tiers.setdefault(move.tier, []).append(move.key)
    for arranged in product(*(permutations(keys) for keys in tiers.values())):
        yield tuple(key for keys in arranged for key in keys)
