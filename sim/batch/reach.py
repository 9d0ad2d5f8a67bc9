"""batch: what can happen at all in a game, bounded round by round over sets of values.

Each round of the clock is run once on sets that hold every state the round can meet: every seat may order anything
that may be legal, every die may fall either way. What does not happen here never happens in a match; what does happen
here may still be impossible, because sets forget how variables hang together. What sets forget of how often something
can happen, `limits` knows for the whole match.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import groupby
from typing import NamedTuple

from sim.batch.bounds import Masks, Narrowed, assume, greatest, image, least, span
from sim.batch.formula import Formula, formulas, opposite, variables
from sim.batch.limits import limits
from sim.rules.tables import ADD, RAISE, SCALE, SET, SURE, TIERS, TOWARD, UNIFORM, Effect, Game, Move, Rule


@dataclass(slots=True)
class Reach:
    """Everything that may happen, with the first round in which it may; and the sets of each round."""

    endings: dict[str, int] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)
    """By move key."""
    rules: dict[str, int] = field(default_factory=dict)
    """By rule id; injects, countdowns and steps of machines among them."""
    ever: Masks = field(default_factory=list)
    """Every value that a variable may take."""
    opens: list[Masks] = field(default_factory=list)
    """Where orders are filed, from round 1."""
    closes: list[Masks] = field(default_factory=list)
    """Where endings are tested, from round 1."""
    tested: dict[str, list[Masks]] = field(default_factory=dict)
    """Where the rules that were asked about are tested, by rule id."""


class _Push(NamedTuple):
    """How far a move can push a variable: by adding, and to what it can set it."""

    var: int
    up: int
    down: int
    top: int | None
    bottom: int | None


def reach(game: Game, asked: Collection[str] = ()) -> Reach:
    """Bound everything that can happen in a game; `asked` are rules of which the sets they meet are kept."""
    return _Bounding(game, asked).run()


class _Bounding:
    """One pass over the clock."""

    def __init__(self, game: Game, asked: Collection[str]) -> None:
        self.game = game
        self.asked = frozenset(asked)
        self.formulas = formulas(game)
        self.ranges = self.formulas.ranges
        self.found = Reach(ever=[1 << (x - lo) for x, lo in zip(game.start, game.lo, strict=True)])
        self._reads: dict[int, tuple[int, ...]] = {}
        self._narrowed: dict[tuple[int, tuple[int, ...]], Narrowed | None] = {}
        self._failing: dict[int, Formula] = {}
        self._images: dict[tuple[int, int, int, int, int], int] = {}
        self._afters: dict[tuple[int, tuple[int, ...]], tuple[tuple[int, int], ...] | None] = {}
        self._touched: dict[int, tuple[int, ...]] = {}
        self._pushes = [_pushes(game, move) for move in game.moves]
        self._limits: dict[tuple[int, ...], dict[int, _Push]] = {}
        self._within = limits(game)

    def run(self) -> Reach:
        """Round by round until the clock or every game ends."""
        masks = self.found.ever
        for number, tick in enumerate(self.game.clock, 1):
            clock = (("round", number), ("day", tick.day), ("leg", tick.leg + 1), ("last_round", int(tick.last)))
            masks = list(masks)
            for name, value in clock:
                var = self.game.index[name]
                masks[var] = 1 << (value - self.ranges.lo[var])
                self.found.ever[var] |= masks[var]
            masks = self._rules(masks, [r for r in self.game.open_rules if r.leg in (-1, tick.leg)], number)
            self.found.opens.append(masks)
            masks = self._resolved(masks, number)
            masks = self._rules(masks, [r for r in self.game.close_rules if r.leg in (-1, tick.leg)], number)
            self.found.closes.append(masks)
            going = self._endings(masks, number, last=tick.last)
            if going is None:
                break
            masks = going
        return self.found

    # -- conditions and effects

    def _assume(self, cond: int, masks: Masks) -> Narrowed | None:
        reads = self._reads.get(cond)
        if reads is None:
            reads = self._reads[cond] = tuple(sorted(variables(self.formulas[cond])))
        key = cond, tuple([masks[v] for v in reads])
        if key not in self._narrowed:
            self._narrowed[key] = assume(self.formulas[cond], masks, self.ranges)
        return self._narrowed[key]

    def _without(self, cond: int, masks: Masks, within: Narrowed | None = None) -> Narrowed | None:
        """What is left where a condition fails."""
        if cond not in self._failing:
            self._failing[cond] = opposite(self.formulas[cond], self.ranges)
        return assume(self._failing[cond], masks, self.ranges, within)

    def _image(self, effect: Effect, mask: int) -> int:
        key = effect.kind, effect.var, effect.a, effect.b, mask
        found = self._images.get(key)
        if found is None:
            found = self._images[key] = image(mask, effect.kind, effect.a, effect.b, self.ranges.lo[effect.var],
                                              self.ranges.hi[effect.var])
        return found

    # -- orders

    def _resolved(self, opening: Masks, number: int) -> Masks:
        """The sets at any moment of the resolution: nobody has to order anything."""
        game = self.game
        enabled = tuple(n for n, move in enumerate(game.moves)
                        if move.cost <= game.attention[move.seat] and self._assume(move.cond, opening) is not None)
        room = self._room(enabled, opening)
        masks = list(opening)
        seats = len(game.seats)
        by_place: dict[tuple[int, int], list[int]] = {}
        for n in enabled:
            by_place.setdefault((game.moves[n].tier, game.moves[n].seat), []).append(n)
        for tier in range(len(TIERS)):
            for turn in range(seats):
                self._ordered(masks, by_place.get((tier, (number - 1 + turn) % seats), ()), room, number)
        return masks

    def _ordered(self, masks: Masks, choices: Sequence[int], room: dict[int, int], number: int) -> None:
        """What one seat may do in one tier, at most as often as it may order or answer there."""
        moves = self.game.moves
        orders = sum(moves[n].question < 0 for n in choices)
        steps = min(orders, self.game.picks) + len({moves[n].question for n in choices if moves[n].question >= 0})
        due = choices
        for _ in range(steps):
            changed: dict[int, int] = {}
            for n in due:
                after = self._after(n, masks)
                if after is None:
                    continue
                self.found.moves.setdefault(moves[n].key, number)
                for var, mask in after:
                    changed[var] = changed.get(var, 0) | mask & room[var] & self._within[var]
            fresh = {var for var, mask in changed.items() if mask & ~masks[var]}
            if not fresh:
                return
            for var in fresh:
                masks[var] |= changed[var]
                self.found.ever[var] |= masks[var]
            # the others would do again what they have just done
            due = [n for n in choices if not fresh.isdisjoint(self._touched[n])]

    def _after(self, n: int, masks: Masks) -> tuple[tuple[int, int], ...] | None:
        """The values that a move may leave in the variables it touches; None where it is overtaken for certain."""
        move = self.game.moves[n]
        touched = self._touched.get(n)
        if touched is None:
            read = variables(self.formulas[move.cond]).union(
                *(variables(self.formulas[b.cond]) for b in move.branches),
                *({e.var for e in b.effects} for b in move.branches))
            touched = self._touched[n] = tuple(sorted(read))
        key = n, tuple([masks[v] for v in touched])
        if key not in self._afters:
            self._afters[key] = self._branches(move, masks)
        return self._afters[key]

    def _branches(self, move: Move, masks: Masks) -> tuple[tuple[int, int], ...] | None:
        left = self._assume(move.cond, masks)
        if left is None:
            return None
        out: dict[int, int] = {}
        last = len(move.branches) - 1
        for at, branch in enumerate(move.branches):
            way = assume(self.formulas[branch.cond], masks, self.ranges, left)
            if way is None:
                continue
            for effect in branch.effects:
                after = self._image(effect, way.get(effect.var, masks[effect.var]))
                out[effect.var] = out.get(effect.var, 0) | after
            if at < last and branch.p >= SURE:
                left = self._without(branch.cond, masks, left)
                if left is None:
                    break
        return tuple(out.items())

    def _room(self, enabled: tuple[int, ...], opening: Masks) -> dict[int, int]:
        """Per variable, the values within which one round of orders must leave it: few orders, each once."""
        if enabled not in self._limits:
            self._limits[enabled] = self._limit(enabled)
        room = {}
        for var, push in self._limits[enabled].items():
            lo = self.ranges.lo[var]
            low, high = least(opening[var], lo), greatest(opening[var], lo)
            low = min(low, push.bottom) if push.bottom is not None else low
            high = max(high, push.top) if push.top is not None else high
            room[var] = span(low - push.down, high + push.up, lo, self.ranges.full[var])
        return room

    def _limit(self, enabled: tuple[int, ...]) -> dict[int, _Push]:
        """The furthest push of all seats together: the largest of each seat's orders, and one answer a question."""
        ups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        answers: dict[tuple[int, int], tuple[int, int]] = {}
        tops: dict[int, list[int]] = {}
        bottoms: dict[int, list[int]] = {}
        for n in enabled:
            move = self.game.moves[n]
            for push in self._pushes[n]:
                tops.setdefault(push.var, []).extend(() if push.top is None else (push.top,))
                bottoms.setdefault(push.var, []).extend(() if push.bottom is None else (push.bottom,))
                if move.question < 0:
                    ups.setdefault((push.var, move.seat), []).append((push.up, push.down))
                else:
                    up, down = answers.get((push.var, move.question), (0, 0))
                    answers[push.var, move.question] = max(up, push.up), max(down, push.down)
        up_by = dict.fromkeys(tops, 0)
        down_by = dict.fromkeys(tops, 0)
        for (var, _), each in ups.items():
            up_by[var] += sum(nlargest(self.game.picks, (up for up, _ in each)))
            down_by[var] += sum(nlargest(self.game.picks, (down for _, down in each)))
        for (var, _), (up, down) in answers.items():
            up_by[var] += up
            down_by[var] += down
        return {var: _Push(var, up_by[var], down_by[var], max(tops[var], default=None),
                           min(bottoms[var], default=None)) for var in tops}

    # -- what happens by itself

    def _rules(self, masks: Masks, rules: Sequence[Rule], number: int) -> Masks:
        """Rules in file order; of a group at most one happens."""
        masks = list(masks)
        for group, members in groupby(rules, lambda r: r.group):
            if group < 0:
                for rule in members:
                    masks = self._group(masks, (rule,), number)
            else:
                masks = self._group(masks, tuple(members), number)
        return masks

    def _group(self, masks: Masks, rules: tuple[Rule, ...], number: int) -> Masks:
        # few variables are touched of many: sets are told as what differs from `masks`
        now, left = masks, Narrowed()
        happened: Narrowed | None = None
        for rule in rules:
            if rule.id in self.asked:
                self.found.tested.setdefault(rule.id, []).append(list(now))
            way = self._assume(rule.cond, now)
            if way is None:
                continue
            self.found.rules.setdefault(rule.id, number)
            after = {**left, **way}
            for effect in rule.effects:
                var = effect.var
                moved = self._image(effect, after.get(var, masks[var]))
                # nothing left: no match comes here, and a set too many does no harm
                after[var] = moved & self._within[var] or moved
                self.found.ever[var] |= after[var]
            happened = after if happened is None else _joined(happened, after, masks)
            if rule.p >= SURE:
                fails = self._without(rule.cond, now)
                if fails is None:
                    return _narrowed(masks, happened)
                left = {**left, **fails}
                now = _narrowed(masks, left)
        return masks if happened is None else _narrowed(masks, _joined(happened, left, masks))

    def _endings(self, masks: Masks, number: int, *, last: bool) -> Masks | None:
        """The sets of the games that go on; None if none can."""
        still: Masks | None = masks
        for n, ending in enumerate(self.game.endings):
            if n == len(self.game.endings) - 1 and not last:
                break
            if still is None:
                return None
            if self._assume(ending.cond, still) is not None:
                self.found.endings.setdefault(ending.id, number)
                fails = self._without(ending.cond, still)
                still = None if fails is None else _narrowed(still, fails)
        return still


def _narrowed(masks: Masks, narrowed: Narrowed) -> Masks:
    out = list(masks)
    for var, mask in narrowed.items():
        out[var] = mask
    return out


def _joined(one: Narrowed, other: Narrowed, masks: Masks) -> Narrowed:
    """What differs from `masks` where either may be."""
    return {var: one.get(var, masks[var]) | other.get(var, masks[var]) for var in one.keys() | other.keys()}


def _pushes(game: Game, move: Move) -> tuple[_Push, ...]:
    """How far each variable can be pushed by any branch of a move."""
    found: dict[int, _Push] = {}
    for branch in move.branches:
        for effect in branch.effects:
            new = _push(effect, game.lo[effect.var], game.hi[effect.var])
            old = found.get(effect.var)
            found[effect.var] = new if old is None else _Push(
                new.var, max(old.up, new.up), max(old.down, new.down),
                max((t for t in (old.top, new.top) if t is not None), default=None),
                min((b for b in (old.bottom, new.bottom) if b is not None), default=None))
    return tuple(found.values())


def _push(effect: Effect, lo: int, hi: int) -> _Push:
    kind, var, a, b, _ = effect
    if kind == ADD:
        return _Push(var, max(0, a), max(0, -a), None, None)
    if kind == UNIFORM:
        return _Push(var, max(0, b), max(0, -a), None, None)
    if kind == TOWARD:
        return _Push(var, b, b, None, None)
    if kind == SET:
        return _Push(var, 0, 0, a, a)
    if kind == RAISE:
        return _Push(var, 0, 0, a, None)
    if kind == SCALE:
        steps = [(x * a) // b for x in range(lo, hi + 1)]
        return _Push(var, max(0, *steps), max(0, -min(steps)), None, None)
    raise ValueError(f"an effect of kind {kind}")
