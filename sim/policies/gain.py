"""policies: what a move gains a seat at once, as far as the seat can see: the one-ply value of the core."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from sim.rules.effects import shift
from sim.rules.facts import Facts
from sim.rules.tables import SURE, Effect, Game, Goal, Move


def after(game: Game, values: Sequence[int], effect: Effect) -> int:
    """A variable after one effect; a uniform counts as its midpoint."""
    var = effect.var
    low, high = shift(effect, values[var])
    x = values[var] + ((low + high) >> 1)
    lo, hi = game.lo[var], game.hi[var]
    return lo if x < lo else hi if x > hi else x


class Scorer:
    """A seat's goals on one state, ready to be asked what a change would bring."""

    def __init__(self, game: Game, seat: int, values: Sequence[int]) -> None:
        self.game = game
        self.values = values
        self.touch = _touching(game)[seat]
        self.goals = [goal for goal in game.goals if goal.seat == seat]
        self.sums = [goal.const + sum(k * values[v] for k, v in goal.terms) for goal in self.goals]

    def gain(self, facts: Facts, move: Move) -> int:
        """Σ p·(score after the branch − score now), times 65,536; alone on the table and without rules."""
        total, left = 0, SURE
        last = len(move.branches) - 1
        for n, branch in enumerate(move.branches):
            p = left if n == last else min(branch.p, left) if facts[branch.cond] else 0
            if p:
                total += p * self._change(branch.effects)
                left -= p
        return total

    def _change(self, effects: tuple[Effect, ...]) -> int:
        moved: dict[int, int] = {}
        for effect in effects:
            touched = self.touch.get(effect.var)
            if touched:
                delta = after(self.game, self.values, effect) - self.values[effect.var]
                if delta:
                    for goal, k in touched:
                        moved[goal] = moved.get(goal, 0) + k * delta
        total = 0
        for goal, delta in moved.items():
            old = self.sums[goal]
            total += self.goals[goal].weight * (_clamp(old + delta) - _clamp(old))
        return total


def _clamp(x: int) -> int:
    return 0 if x < 0 else 100 if x > 100 else x


_TOUCHING: WeakKeyDictionary[Game, list[dict[int, list[tuple[int, int]]]]] = WeakKeyDictionary()


def _touching(game: Game) -> list[dict[int, list[tuple[int, int]]]]:
    """Per seat: which of its goals a variable enters, and with what factor."""
    found = _TOUCHING.get(game)
    if found is None:
        found = []
        for seat in range(len(game.seats)):
            table: dict[int, list[tuple[int, int]]] = {}
            mine: list[Goal] = [g for g in game.goals if g.seat == seat]
            for n, goal in enumerate(mine):
                for k, var in goal.terms:
                    table.setdefault(var, []).append((n, k))
            found.append(table)
        _TOUCHING[game] = found
    return found


