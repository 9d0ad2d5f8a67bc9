"""batch: a line of play to the same with fewer orders: what can be left out without missing the goal is left out.

An order that is left out moves no other die, so what remains happens as before unless it depended on it. Each attempt
begins at the first round that it changes, and ends where the match is again what it was with the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.batch.goals import Goal, Goals
from sim.batch.line import Line, Step, legal_step, opened, played
from sim.rules.state import State
from sim.rules.tables import Game

Unit = tuple[int, str, str]
"""An order: the step, from 0, the seat and the move's key."""


def shortened(game: Game, goals: Goals, line: Line, goal: Goal, tries: int,
              going: Callable[[], bool] = lambda: True) -> Line:
    """A line to the same goal with fewer orders, found in at most so many attempts to leave something out."""
    if goal in goals.start:
        return line.upto(0)
    track = _Track(game, goals, goal, line)
    if not track.reaches:
        return line
    units = track.units()
    size = len(units)
    while size >= 1 and tries > 0 and going():
        at, left = 0, False
        while at < len(units) and tries > 0 and going():
            tries -= 1
            if track.without(units[at:at + size]):
                left = True
                units = track.units()
            else:
                at += size
        if not left or size > 1:
            size = min(size // 2, len(units))
    return track.line


class _Track:
    """The shortest line so far, with the state before each of its steps and the one after the last."""

    def __init__(self, game: Game, goals: Goals, goal: Goal, line: Line) -> None:
        self.game, self.goals, self.goal = game, goals, goal
        state, events = opened(game, line.seed, line.opening)
        self.line = Line(line.seed, (), line.opening)
        self.states: list[State] = [state]
        self.reaches = goal in goals.seen(events)
        if not self.reaches:
            self.reaches = self._play(0, line.steps, frozenset())

    def units(self) -> list[Unit]:
        """Every order that is still there."""
        return [(n, seat, key) for n, step in enumerate(self.line.steps) for seat, keys in step.orders.items() for key in keys]

    def without(self, units: Sequence[Unit]) -> bool:
        """Leave these orders out, if the goal is still reached and no later."""
        return self._play(units[0][0], self.line.steps, frozenset(units))

    def _play(self, first: int, steps: Sequence[Step], gone: frozenset[Unit]) -> bool:
        """Play from a step on without some orders, and without those that are refused then; keep what reaches the goal."""
        last = max((n for n, _, _ in gone), default=len(steps))
        state = self.states[first]
        new: list[Step] = []
        after: list[State] = []
        for n in range(first, len(steps)):
            if n > last and state == self.states[n]:
                # from here on it goes as it went
                self._keep(first, [*new, *steps[n:]], [*after, *self.states[n + 1:]])
                return True
            if state.ending:
                return False
            step = legal_step(self.game, state, _less(steps[n], n, gone) if gone else steps[n])
            state, events = played(self.game, state, step)
            new.append(step)
            after.append(state)
            if self.goal in self.goals.seen(events):
                self._keep(first, new, after)
                return True
        return False

    def _keep(self, first: int, steps: list[Step], states: list[State]) -> None:
        self.line = Line(self.line.seed, (*self.line.steps[:first], *steps), self.line.opening)
        self.states[first + 1:] = states


def _less(step: Step, number: int, gone: frozenset[Unit]) -> Step:
    return step._replace(orders={seat: tuple(key for key in keys if (number, seat, key) not in gone)
                                 for seat, keys in step.orders.items()})
