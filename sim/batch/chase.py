"""batch: a directed search for one thing that may happen: all seats work towards it, and the dice fall for it.

A beam of states goes through the clock. In each, orders are drawn that push what the goal still lacks; dice are set to
what helps, since whatever can be thrown can happen. Every step is taken by the readable engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from sim.batch.bounds import least
from sim.batch.dice import FAILS, FALLS, thrown, uniform_faces
from sim.batch.distance import FAR, Compass, Plan
from sim.batch.formula import Every, Formula, In, every, opposite, settled, some
from sim.batch.goals import Goal, Goals
from sim.batch.line import Line, Step, opened, played
from sim.batch.reach import Reach
from sim.batch.walks import Known, Walked, keep
from sim.rules.effects import shift
from sim.rules.engine import menu
from sim.rules.facts import Facts
from sim.rules.state import State
from sim.rules.tables import SURE, UNIFORM, Branch, Effect, Game, Move, Rule

WIDTH = 5
"""States kept in a round."""
CHILDREN = 8
"""Ways tried from each."""
NOISE = (0.0, 0.05, 0.2, 0.6)
"""Spread of what is added to the worth of an order, so that ways differ: by turns."""
LEAST = 0.05
"""Worth from which an order is filed."""
IDLE = 0.15
"""How often an order that would help is left out all the same."""


@dataclass(slots=True)
class _Node:
    """A state on the way, and how it came about."""

    state: State
    distance: float
    step: Step | None = None
    before: _Node | None = None

    def line(self, seed: int, opening: Mapping[int, int]) -> Line:
        """The way to here."""
        steps: list[Step] = []
        node: _Node | None = self
        while node is not None and node.step is not None:
            steps.append(node.step)
            node = node.before
        return Line(seed, tuple(reversed(steps)), opening)


class _Worth(NamedTuple):
    """What a move is worth on the way, and the branch in which it is."""

    move: Move
    worth: float
    branch: int


class _Falling(NamedTuple):
    """A rule that has a die or draws numbers, what it is worth, and its draws."""

    rule: Rule
    worth: float
    drawn: list[Effect]


class _Weighed(NamedTuple):
    """Everything that may be done in one state, with what it is worth: all ways tried from there share it."""

    plan: Plan
    facts: Facts
    orders: list[list[_Worth]]
    """Per seat."""
    close: list[_Falling]
    opening: list[_Falling]


def target(game: Game, goals: Goals, compass: Compass, goal: Goal) -> Formula:
    """What must hold for a goal to happen, as far as one state can tell."""
    trees, ranges = compass.formulas, compass.formulas.ranges
    if goal.kind == "ending":
        at = next(n for n, ending in enumerate(game.endings) if ending.id == goal.id)
        earlier = [opposite(trees[game.endings[n].cond], ranges) for n in range(at)]
        last = game.index["last_round"]
        otherwise = [In(last, 1 << (1 - game.lo[last]))] if at == len(game.endings) - 1 else []
        return settled(every([trees[game.endings[at].cond], *otherwise, *earlier], ranges), ranges)
    if goal.kind in ("phase", "clause"):
        var, value = goals.place(goal)
        return In(var, 1 << (value - game.lo[var]))
    if goal.kind == "move":
        return some([trees[game.moves[game.by_key[key]].cond] for key in goals.move_keys(goal)], ranges)
    wanted = set(goals.rule_ids(goal))
    leg = game.index["leg"]
    return some([every([trees[rule.cond], *([In(leg, 1 << (rule.leg + 1 - game.lo[leg]))] if rule.leg >= 0 else [])],
                       ranges) for rule in compass.rules if rule.id in wanted], ranges)


class Chase:
    """Directed searches in one game."""

    def __init__(self, game: Game, bound: Reach, goals: Goals) -> None:
        self.game = game
        self.goals = goals
        self.compass = Compass(game, bound)
        self.sites = {rule.id: rule.site for rule in self.compass.rules}

    def run(self, goal: Goal, seed: int, known: Mapping[Goal, Known], rounds: int,
            going: Callable[[], bool] = lambda: True) -> Walked:
        """Search until the goal is reached, `rounds` rounds have been decided, or `going` says no."""
        return _Search(self, goal, seed, known, rounds, going).run()


class _Search:
    def __init__(self, chase: Chase, goal: Goal, seed: int, known: Mapping[Goal, Known], rounds: int,
                 going: Callable[[], bool]) -> None:
        self.game, self.goals, self.compass = chase.game, chase.goals, chase.compass
        self.goal = goal
        self.seed = seed
        self.known = known
        self.limit = rounds
        self.going = going
        self.random = Random(seed)  # noqa: S311 a search that can be repeated
        self.target = target(chase.game, chase.goals, chase.compass, goal)
        self.wanted = frozenset(self.goals.move_keys(goal) if goal.kind == "move" else ())
        self.own = frozenset(self.goals.rule_ids(goal) if goal.kind in ("inject", "rule") else ())
        parts = self.target.parts if isinstance(self.target, Every) else (self.target,)
        self.keeps = {part.var: part.mask for part in parts if isinstance(part, In)}
        self.out = Walked()

    def run(self) -> Walked:
        """One pass of the beam through the clock."""
        plan = Plan(FAR, rules={n for n, r in enumerate(self.compass.rules) if r.id in self.own})
        opening = self._dice(self._falling(self.game.open_rules, plan, self.game.start), plan)
        state, events = opened(self.game, self.seed, opening)
        self.opening = opening
        root = _Node(state, 0.0)
        self._look(root, events)
        beam = [root]
        while beam and not self._done() and self.out.rounds < self.limit and self.going():
            beam = self._next(beam)
        self.out.games = 1
        return self.out

    def _done(self) -> bool:
        return self.goal in self.out.lines

    def _look(self, node: _Node, events: Sequence[object]) -> None:
        rounds = -1
        for goal in set(self.goals.seen(events)):  # type: ignore[arg-type]
            if rounds < 0:
                line = node.line(self.seed, self.opening)
                rounds = line.rounds
            before = self.known.get(goal)
            if before is None or rounds < before.rounds:
                keep(self.out.lines, goal, line)
        for event in events:
            if event.kind == "move":  # type: ignore[attr-defined]
                self.out.moves.add(event.id)  # type: ignore[attr-defined]

    def _next(self, beam: list[_Node]) -> list[_Node]:
        found: dict[tuple[int, ...], _Node] = {}
        for node in beam:
            plan = self.compass.plan(self.target, node.state.values)
            weighed = self._weighed(node.state, plan)
            for n in range(CHILDREN if plan.distance > 0 or self.wanted else CHILDREN // 2):
                step = self._step(weighed, NOISE[n % len(NOISE)])
                state, events = played(self.game, node.state, step)
                self.out.rounds += 1
                child = _Node(state, 0.0, step, node)
                self._look(child, events)
                if self._done():
                    return []
                if not state.ending and state.values not in found:
                    child.distance = self.compass.distance(self.target, state.values) + self.random.random() / 100
                    found[state.values] = child
        return sorted(found.values(), key=lambda node: node.distance)[:WIDTH]

    # -- what is tried in a round

    def _weighed(self, state: State, plan: Plan) -> _Weighed:
        """What each seat may order, and what may happen by itself, with what it is worth."""
        facts, values = Facts(self.game, state.values), state.values
        orders = [[self._worth(move, facts, values, plan) for move in menu(self.game, facts, n)]
                  for n in range(len(self.game.seats))]
        close = tuple(r for r in self.game.close_rules if r.leg in (-1, self.game.clock[state.round - 1].leg))
        return _Weighed(plan, facts, orders, self._falling(close, plan, values),
                        self._falling(self.game.open_rules, plan, values))

    def _step(self, weighed: _Weighed, noise: float) -> Step:
        orders: dict[str, tuple[str, ...]] = {}
        dice: dict[int, int] = {}
        for number, seat in enumerate(self.game.seats):
            chosen = self._orders(number, weighed, noise)
            if chosen:
                orders[seat] = tuple(worth.move.key for worth in chosen)
                for worth in chosen:
                    self._throw(worth, weighed, dice)
        dice.update(self._dice(weighed.close, weighed.plan))
        return Step(orders, dice, self._dice(weighed.opening, weighed.plan))

    def _orders(self, number: int, weighed: _Weighed, noise: float) -> list[_Worth]:
        legal = weighed.orders[number]
        if noise:
            legal = [worth._replace(worth=worth.worth + self.random.gauss(0, noise)) for worth in legal]
        chosen: list[_Worth] = []
        answered: set[int] = set()
        left, picks = self.game.attention[number], self.game.picks
        for worth in sorted(legal, key=lambda w: -w.worth):
            if worth.worth < LEAST:
                break
            move = worth.move
            if noise and move.key not in self.wanted and self.random.random() < IDLE:
                continue
            if move.question >= 0:
                if move.question not in answered:
                    answered.add(move.question)
                    chosen.append(worth)
            elif picks and move.cost <= left:
                picks, left = picks - 1, left - move.cost
                chosen.append(worth)
        return chosen

    def _worth(self, move: Move, facts: Facts, values: Sequence[int], plan: Plan) -> _Worth:
        best, at = -FAR, 0
        number = self.game.by_key[move.key]
        for n, branch in enumerate(move.branches):
            if not facts[branch.cond]:
                continue
            worth = sum(self._push(effect, values, plan) for effect in branch.effects)
            if plan.moves.get(number) == n:
                worth += 1.0
            if worth > best:
                best, at = worth, n
        if move.key in self.wanted:
            best += FAR
        return _Worth(move, best, at)

    def _push(self, effect: Effect, values: Sequence[int], plan: Plan) -> float:
        """What an effect is worth: along what is wanted, against it, or against what already holds."""
        var = effect.var
        x, lo, hi = values[var], self.game.lo[var], self.game.hi[var]
        # a draw counts at its middle
        step = sum(shift(effect, x)) >> 1
        after = min(max(x + step, lo), hi)
        if after == x:
            return 0.0
        worth = plan.statuses.get((var, after), 0.0)
        want = plan.wants.get(var)
        if want is not None:
            direction, weight = want
            worth += weight * direction * (1 if step > 0 else -1) * (0.3 + min(1.0, abs(step) / 10))
        held = plan.holds.get(var)
        if held is not None and not held[0] >> (after - lo) & 1:
            worth -= held[1]
        mask = self.keeps.get(var)
        if mask is None or not mask >> (x - lo) & 1:
            return worth
        if not mask >> (after - lo) & 1:
            return worth - 1.0
        # what holds may be lost later: a little more room is worth a little
        low, high = least(mask, lo), lo + mask.bit_length() - 1
        return worth + (0.02 * (step > 0) if high == hi else 0.02 * (step < 0) if low == lo else 0.0)

    # -- dice

    def _throw(self, worth: _Worth, weighed: _Weighed, dice: dict[int, int]) -> None:
        """Set a move's dice to the branch that is wanted."""
        move = worth.move
        if len(move.branches) > 1:
            dice[move.site] = _face(move.branches, worth.branch, weighed.facts)
        for effect in move.branches[worth.branch].effects:
            if effect.kind == UNIFORM:
                dice[effect.site] = self._drawn(effect, weighed.plan)

    def _falling(self, rules: tuple[Rule, ...], plan: Plan, values: Sequence[int]) -> list[_Falling]:
        """Rules that have a die, or draw a number."""
        out: list[_Falling] = []
        for rule in rules:
            drawn = [e for e in rule.effects if e.kind == UNIFORM]
            if drawn or thrown(rule):
                worth = (1.0 if rule.id in self.own or self._planned(rule, plan) else
                         sum(self._push(effect, values, plan) for effect in rule.effects))
                out.append(_Falling(rule, worth, drawn))
        return out

    def _dice(self, rules: list[_Falling], plan: Plan) -> dict[int, int]:
        dice: dict[int, int] = {}
        for rule, worth, drawn in rules:
            if thrown(rule) and abs(worth) > 0.01:
                dice[rule.site] = FALLS if worth > 0 else FAILS
            for effect in drawn:
                if effect.var in plan.wants:
                    dice[effect.site] = self._drawn(effect, plan)
        return dice

    def _planned(self, rule: Rule, plan: Plan) -> bool:
        return any(self.compass.rules[n].id == rule.id for n in plan.rules)

    def _drawn(self, effect: Effect, plan: Plan) -> int:
        faces = uniform_faces(effect)
        want = plan.wants.get(effect.var)
        if want is None:
            return self.random.choice(faces)
        return faces[-1] if want[0] > 0 else faces[0]


def _face(branches: tuple[Branch, ...], wanted: int, facts: Facts) -> int:
    """Sixteen bits that decide for a branch if its chances stand as they do now."""
    u = sum(branch.p for branch in branches[:wanted] if facts[branch.cond])
    return min(u, SURE - 1)
