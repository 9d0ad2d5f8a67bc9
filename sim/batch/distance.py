"""batch: how far a state is from a condition, and which moves and rules would bring it nearer.

The distance counts what would have to happen if nothing ever undid it: each unmet part costs the cheapest move or rule
that mends it, and what that one needs first. It only steers a search, so it may be wrong; what it calls out of reach
is tried late, not never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sim.batch.bounds import greatest, least, values
from sim.batch.formula import Every, Formula, Formulas, In, Pair, Some, every, formulas
from sim.batch.reach import Reach
from sim.rules.effects import shift
from sim.rules.tables import ADD, EQ, GE, RAISE, SET, Effect, Game

FAR = 1e6
"""The distance of what nothing seems to bring about."""
BESIDE = 12.0
"""What a cause costs that moves a variable the right way but cannot bring it there."""
MOST_TIMES = 40
"""How often a cause is repeated in thought."""
CIRCLE = 6.0
"""What a part costs that is needed to mend itself."""
DEEP = 7
"""How many causes behind each other are weighed; what is needed beyond counts as one more."""
AGAIN = 0.3
"""What repeating a move costs, against 1 for the first time: several seats can push at once."""
UP, DOWN = 1, -1


class Cause(NamedTuple):
    """One way to change a variable."""

    kind: Literal["move", "rule"]
    number: int
    """In the game's moves, or in its open rules followed by its close rules."""
    branch: int
    effect: Effect
    needs: Formula
    own: int = -1
    """The values of the variable itself for which it can happen; -1: all."""


class Push(NamedTuple):
    """Causes that do the same to a variable, from the same values of it, each with other needs."""

    effect: Effect
    own: int
    causes: tuple[Cause, ...]


@dataclass(slots=True)
class Plan:
    """What the cheapest way to a condition uses."""

    distance: float
    wants: dict[int, tuple[int, float]] = field(default_factory=dict)
    """Per number: the direction in which to push it, and how urgent that is."""
    statuses: dict[tuple[int, int], float] = field(default_factory=dict)
    """Per variable of statuses and status on the way: how urgent it is."""
    holds: dict[int, tuple[int, float]] = field(default_factory=dict)
    """Per variable: the values on which something rests that holds now, and how much."""
    moves: dict[int, int] = field(default_factory=dict)
    """Move number → branch wanted."""
    rules: set[int] = field(default_factory=set)


class Compass:
    """Distances in one game."""

    def __init__(self, game: Game, bound: Reach) -> None:
        self.game = game
        self.formulas: Formulas = formulas(game)
        self.rules = (*game.open_rules, *game.close_rules)
        self.named = frozenset(n for n, statuses in enumerate(game.statuses) if statuses)
        """Variables whose values are words: there is no way between them."""
        self.clock = {game.index[name] for name in ("round", "day", "leg", "last_round")}
        self.coming = self._coming()
        self._causes: dict[int, list[Cause]] = {}
        ranges = self.formulas.ranges
        for n, move in enumerate(game.moves):
            if move.key in bound.moves:
                for at, branch in enumerate(move.branches):
                    needs = every((self.formulas[move.cond], self.formulas[branch.cond]), ranges)
                    for effect in branch.effects:
                        self._cause(Cause("move", n, at, effect, needs))
        for n, rule in enumerate(self.rules):
            if rule.id in bound.rules:
                for effect in rule.effects:
                    self._cause(Cause("rule", n, -1, effect, self.formulas[rule.cond]))
        # the strongest first: they soon make the rest not worth weighing
        self.pushes = {var: sorted(_together(causes), key=lambda p: -abs(_step(p.effect, game.start[var])))
                       for var, causes in self._causes.items()}

    def _cause(self, cause: Cause) -> None:
        parts = cause.needs.parts if isinstance(cause.needs, Every) else (cause.needs,)
        own = next((part.mask for part in parts if isinstance(part, In) and part.var == cause.effect.var), -1)
        self._causes.setdefault(cause.effect.var, []).append(cause._replace(own=own))

    def _coming(self) -> list[dict[int, int]]:
        """Per round, from 0: the values that each variable of the clock still takes."""
        game, out = self.game, []
        later = dict.fromkeys(self.clock, 0)
        for number in range(game.rounds, 0, -1):
            tick = game.clock[number - 1]
            for name, value in (("round", number), ("day", tick.day), ("leg", tick.leg + 1),
                                ("last_round", int(tick.last))):
                var = game.index[name]
                later[var] |= 1 << (value - game.lo[var])
            out.append(dict(later))
        return [*reversed(out), dict.fromkeys(self.clock, 0)]

    def plan(self, goal: Formula, values: Sequence[int]) -> Plan:
        """The distance of a state from a condition, with what the cheapest way uses."""
        estimate = _Estimate(self, values)
        plan = Plan(estimate.cost(goal))
        estimate.collect(goal, plan, 1.0)
        return plan

    def distance(self, goal: Formula, values: Sequence[int]) -> float:
        """The distance alone."""
        return _Estimate(self, values).cost(goal)


class _Estimate:
    """The distances of one state; every part is weighed once."""

    def __init__(self, compass: Compass, values: Sequence[int]) -> None:
        self.compass = compass
        self.game = compass.game
        self.values = values
        self.coming = compass.coming[max(0, values[compass.game.index["round"]] - 1)]
        self.known: dict[In, tuple[float, Cause | None, int]] = {}
        self.parts: dict[int, float] = {}
        self.depth = 0

    def cost(self, item: Formula, limit: float = FAR) -> float:
        """What is missing to a condition; exact below the limit, anything from the limit on above it."""
        # asked some thousand times for one state: no `match`, whose patterns take longer than the answer
        kind = type(item)
        if kind is In:
            var, mask = item  # type: ignore[misc]
            if mask >> (self.values[var] - self.game.lo[var]) & 1:
                return 0.0
            if var in self.compass.clock:
                return 0.0 if mask & self.coming[var] else FAR
            found = self.known.get(item)  # type: ignore[arg-type]
            return (found or self._mended(item))[0]  # type: ignore[arg-type]
        if kind is Every:
            return self._every(item, limit)  # type: ignore[arg-type]
        if kind is Some:
            best = FAR
            for part in item.parts:  # type: ignore[union-attr]
                best = min(best, self.cost(part, min(best, limit)))
                if not best:
                    break
            return best
        return self._pair(item)  # type: ignore[arg-type]

    def _every(self, item: Every, limit: float) -> float:
        total = self.parts.get(id(item))
        if total is None:
            total = 0.0
            values, lo = self.values, self.game.lo
            for part in item.parts:
                if type(part) is In and part[1] >> (values[part[0]] - lo[part[0]]) & 1:
                    continue
                total += self.cost(part, limit - total)
                if total >= limit:
                    return total  # not all of it: it is not kept
            self.parts[id(item)] = total
        return total

    def _pair(self, item: Pair) -> float:
        op, x, a, y, b, c = item.atom
        total = a * self.values[x] + b * self.values[y] + c
        if total >= 0 if op == GE else (total == 0) == (op == EQ):
            return 0.0
        return 1.0 + abs(total) / max(1, abs(a) + abs(b)) / 10

    def _mended(self, item: In) -> tuple[float, Cause | None, int]:
        """The cheapest way to bring a variable into a set: what it costs, which it is, and the direction."""
        found = self.known.get(item)
        if found is not None:
            return found
        lo = self.game.lo[item.var]
        x = self.values[item.var]
        above = item.mask >> (x - lo + 1)
        below = item.mask & ((1 << (x - lo)) - 1)
        up = least(above, 1) if above else 0
        down = x - greatest(below, lo) if below else 0
        best: tuple[float, Cause | None, int] = (FAR, None, UP if up and (not down or up <= down) else DOWN)
        if self.depth >= DEEP:
            return CIRCLE / 2, None, best[2]
        self.known[item] = CIRCLE, None, 0  # while it is being weighed
        self.depth += 1
        for push in self.compass.pushes.get(item.var, ()):
            step = _step(push.effect, x)
            gap = up if step > 0 else down if step < 0 else 0
            if gap == 0:
                continue
            times = self._times(push, step, item, x, gap)
            for cause in push.causes:
                if times >= best[0]:
                    break
                cost = times + self.cost(cause.needs, best[0] - times)
                if cost < best[0]:
                    best = cost, cause, UP if step > 0 else DOWN
        self.depth -= 1
        self.known[item] = best
        return best

    def _times(self, push: Push, step: int, item: In, x: int, gap: int) -> float:
        """What it costs to let a cause happen until the variable is in the set, without what it needs."""
        lo, hi = self.game.lo[item.var], self.game.hi[item.var]
        if item.mask >> min(max(x + step, lo), hi) - lo & 1:
            return 1.0
        if item.var in self.compass.named:
            return FAR
        if push.effect.kind in (SET, RAISE):
            return BESIDE
        if push.own == -1:
            return 1.0 + AGAIN * (-(-gap // abs(step)) - 1)
        times = 0
        while push.own >> x - lo & 1 and not item.mask >> x - lo & 1 and times < MOST_TIMES:
            x = min(max(x + step, lo), hi)
            times += 1
        return 1.0 + AGAIN * (times - 1) if item.mask >> x - lo & 1 else BESIDE

    def collect(self, item: Formula, plan: Plan, weight: float) -> None:
        """Note what the cheapest way to a condition uses."""
        if weight < 0.05:
            return
        match item:
            case In(var=var, mask=mask):
                if var in self.compass.clock:
                    return
                if mask >> (self.values[var] - self.game.lo[var]) & 1:
                    held, known = plan.holds.get(var, (-1, 0.0))
                    plan.holds[var] = (held & mask or mask), max(known, weight)
                    return
                _, cause, direction = self._mended(item)
                if var in self.compass.named:
                    for value in values(mask, self.game.lo[var]):
                        plan.statuses[var, value] = max(weight, plan.statuses.get((var, value), 0.0))
                else:
                    _want(plan, var, direction, weight)
                if cause is None:
                    return
                if cause.kind == "move":
                    plan.moves.setdefault(cause.number, cause.branch)
                else:
                    plan.rules.add(cause.number)
                self.collect(cause.needs, plan, weight * 0.7)
            case Pair(atom=atom):
                total = atom.a * self.values[atom.x] + atom.b * self.values[atom.y] + atom.c
                if self._pair(item):
                    wanted = UP if total < 0 or atom.op not in (GE, EQ) else DOWN
                    _want(plan, atom.x, wanted * (UP if atom.a > 0 else DOWN), weight)
                    _want(plan, atom.y, wanted * (UP if atom.b > 0 else DOWN), weight)
            case Every(parts=parts):
                for part in parts:
                    self.collect(part, plan, weight)
            case Some(parts=parts) if parts:
                self.collect(min(parts, key=self.cost), plan, weight)


def _together(causes: Sequence[Cause]) -> list[Push]:
    """Causes by what they do; of those that need the same as well, seats that may all order it, one is enough."""
    found: dict[tuple[int, int, int, int], dict[Formula, Cause]] = {}
    for cause in causes:
        effect = cause.effect
        found.setdefault((effect.kind, effect.a, effect.b, cause.own), {}).setdefault(cause.needs, cause)
    return [Push(next(iter(ways.values())).effect, own, tuple(ways.values())) for (_, _, _, own), ways in found.items()]


def _want(plan: Plan, var: int, direction: int, weight: float) -> None:
    known = plan.wants.get(var)
    if known is None or known[1] < weight:
        plan.wants[var] = direction, weight


def _step(effect: Effect, x: int) -> int:
    """By how much an effect can move a value at best; its sign is the direction."""
    if effect.kind == ADD:
        return effect.a
    low, high = shift(effect, x)
    return high if high > 0 else low
