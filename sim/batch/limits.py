"""batch: how far everything that can happen only so often can push a variable in a whole match.

A move with `times: 3`, an inject, a move that spends what nothing gives back: each asks that some value has not passed
a point, moves that value on whenever it happens, and nothing moves it back. So it happens only so often, and what all of
these add to a variable is bounded, whatever the players do and however the dice fall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.batch.bounds import Narrowed, assume, greatest, least, span
from sim.batch.formula import Every, formulas
from sim.rules.tables import ADD, RAISE, SCALE, SET, TOWARD, UNIFORM, Effect, Game

UP, DOWN = 1, -1


class _Deed(NamedTuple):
    """One way of a move, or a rule: what holds where it happens, and what it does."""

    held: Narrowed
    effects: tuple[Effect, ...]


class _Spent(NamedTuple):
    """What a deed uses up: a variable that only ever moves one way, from where it may still happen, by how much."""

    var: int
    way: int
    """`UP` or `DOWN`; positions are values times this."""
    last: int
    """The last position from which it happens."""
    step: int
    """By how much each time at least; 0: past that position for good."""

    def times(self, start: int) -> int:
        """How often, from this position."""
        return 0 if self.last < start else 1 if not self.step else (self.last - start) // self.step + 1


class _Shared(NamedTuple):
    """Deeds that use up the same: no more of them together than one with the last position and the least step."""

    spent: _Spent
    push: int
    """The largest of theirs."""


def limits(game: Game) -> list[int]:
    """Per variable, the set of values that it can have in some match; it may hold more, never fewer.

    The clock's own variables are told by their start alone: nobody pushes them.
    """
    deeds = list(_deeds(game))
    one_way = _one_way(game, deeds)
    spent = [_spent(game, deed, one_way) for deed in deeds]
    touching: dict[int, list[tuple[_Deed, _Spent | None]]] = {}
    for deed, uses in zip(deeds, spent, strict=True):
        for var in dict.fromkeys(e.var for e in deed.effects):
            touching.setdefault(var, []).append((deed, uses))
    full = formulas(game).ranges.full
    out = []
    for var, (lo, hi) in enumerate(zip(game.lo, game.hi, strict=True)):
        most = _furthest(game, var, UP, touching.get(var, ()))
        fewest = _furthest(game, var, DOWN, touching.get(var, ()))
        out.append(span(lo if fewest is None else -fewest, hi if most is None else most, lo, full[var]))
    return out


def _deeds(game: Game) -> Iterator[_Deed]:
    """Everything that can happen at all, by its own condition."""
    trees = formulas(game)
    ways = [((move.cond, branch.cond), branch.effects) for move in game.moves if move.cost <= game.attention[move.seat]
            for branch in move.branches]
    ways += [((rule.cond, 0), rule.effects) for rule in (*game.open_rules, *game.close_rules)]
    known: dict[tuple[int, int], Narrowed | None] = {}
    for conds, effects in ways:
        if conds not in known:
            known[conds] = assume(Every(tuple(trees[c] for c in conds)), trees.ranges.full, trees.ranges)
        held = known[conds]
        if held is not None:
            yield _Deed(held, effects)


def _one_way(game: Game, deeds: Sequence[_Deed]) -> frozenset[tuple[int, int]]:
    """The variables, with the way, that nothing moves back. Statuses are not among them: a machine may refuse a move."""
    back = {(machine.var, way) for machine in game.machines for way in (UP, DOWN)} | {(effect.var, -way) for deed in deeds for effect in deed.effects for way in (UP, DOWN)
            if _pushed(effect, way, game.lo[effect.var], game.hi[effect.var]) or _moved_to(game, effect, way)}
    return frozenset((var, way) for var in range(len(game.names)) for way in (UP, DOWN)) - back


def _moved_to(game: Game, effect: Effect, way: int) -> bool:
    """Whether an assignment, or a pull, can move its variable this way."""
    target = _target(effect, way)
    return target is not None and target > (game.lo[effect.var] if way == UP else -game.hi[effect.var])


def _spent(game: Game, deed: _Deed, one_way: frozenset[tuple[int, int]]) -> _Spent | None:
    """What a deed uses up; of several the one that lets it happen least often."""
    found: list[_Spent] = []
    for var in dict.fromkeys(e.var for e in deed.effects):
        mine = [e for e in deed.effects if e.var == var]
        if len(mine) != 1:
            continue
        lo, hi = game.lo[var], game.hi[var]
        held = deed.held.get(var)
        for way in (UP, DOWN):
            if (var, way) not in one_way or held is None:
                continue
            last = greatest(held, lo) if way == UP else -least(held, lo)
            step = _step(mine[0], way, last)
            # at the edge of its range a value stays where it is, however often it is moved on
            if step is not None and last < (hi if way == UP else -lo):
                found.append(_Spent(var, way, last, step))
    return min(found, key=lambda it: it.times(it.way * game.start[it.var]), default=None)


def _step(effect: Effect, way: int, last: int) -> int | None:
    """By how much an effect moves its variable on at least; 0 past `last` at once, None if perhaps not at all."""
    kind, _, a, b, _ = effect
    if kind == ADD and way * a > 0:
        return way * a
    if kind == UNIFORM and min(way * a, way * b) > 0:
        return min(way * a, way * b)
    if (kind == SET or (kind == RAISE and way == UP)) and way * a > last:
        return 0
    return None


def _furthest(game: Game, var: int, way: int, touching: Sequence[tuple[_Deed, _Spent | None]]) -> int | None:
    """The furthest position of a variable; None if something may push it again and again."""
    lo, hi = game.lo[var], game.hi[var]
    reached = way * game.start[var]
    shared: dict[tuple[int, int], _Shared] = {}
    for deed, uses in touching:
        mine = [e for e in deed.effects if e.var == var]
        reached = max([reached, *(t for e in mine if (t := _target(e, way)) is not None)])
        push = sum(_pushed(e, way, lo, hi) for e in mine)
        if not push:
            continue
        if uses is None:
            return None
        key = uses.var, uses.way
        other = shared.get(key)
        shared[key] = _Shared(uses, push) if other is None else _Shared(_joined(other.spent, uses), max(other.push, push))
    return reached + sum(it.push * it.spent.times(it.spent.way * game.start[it.spent.var]) for it in shared.values())


def _joined(one: _Spent, other: _Spent) -> _Spent:
    """Two deeds that use up the same."""
    last = max(one.last, other.last)
    # what ends one of them at once may leave the other possible: it moves on by 1 at least
    steps = [it.step or (0 if it.last == last else 1) for it in (one, other)]
    return one._replace(last=last, step=0 if not any(steps) else min(step for step in steps if step))


def _pushed(effect: Effect, way: int, lo: int, hi: int) -> int:
    """How far an effect adds to a position at most."""
    kind, _, a, b, _ = effect
    if kind == ADD:
        return max(0, way * a)
    if kind == UNIFORM:
        return max(0, way * a, way * b)
    if kind == SCALE:
        return max(0, *(way * ((x * a) // b) for x in range(lo, hi + 1)))
    return 0


def _target(effect: Effect, way: int) -> int | None:
    """The position to which an effect can bring a variable, wherever that stands."""
    kind, _, a, _, _ = effect
    if kind in (SET, TOWARD) or (kind == RAISE and way == UP):
        return way * a
    return None
