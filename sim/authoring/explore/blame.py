"""authoring: why something can never happen: the condition that stands in the way, its line, and how far one can get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.batch.bounds import Masks, assume, greatest, least
from sim.batch.explore import Explored
from sim.batch.formula import Every, Formula, Ranges, formula
from sim.batch.goals import Goal, Goals, kind_of
from sim.batch.reach import reach
from sim.errors import Span
from sim.rules.compile.pool import Pool
from sim.rules.tables import Game
from sim.scenario.bind.binding import Bound
from sim.scenario.bind.shapes import Loc
from sim.scenario.conditions import All, Always, Compare, Condition, Flag, Is, Named, Not, Played
from sim.scenario.conditions import Any as Either
from sim.scenario.load import Loaded
from sim.scenario.names import MAIN

MOST_ROOM = 60
"""Lines below a key in which a condition's words are looked for."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why something cannot happen."""

    sentence: str
    condition: str = ""
    """The author's words that never hold; empty where no condition is to blame."""
    span: Span | None = None


class Way(NamedTuple):
    """One way in which it would happen: what must hold, where that stands, and the sets in which it is asked."""

    what: str
    when: Condition
    loc: Loc
    tested: Sequence[Masks]


class Blame:
    """Looks for what stands in the way of goals of one game."""

    def __init__(self, loaded: Loaded, game: Game, goals: Goals, explored: Explored) -> None:
        self.loaded, self.game, self.goals, self.explored = loaded, game, goals, explored
        self.bound: Bound = loaded.usable()[1]
        self.ranges = Ranges.of(game)
        self.pool = Pool(self.bound.words.variables, game.index, self.bound.seats)
        self.rules = {rule.id: rule for rule in (*self.bound.open_rules, *self.bound.close_rules)}
        self._tested: dict[str, list[Masks]] | None = None

    def blocked(self, goal: Goal) -> Blocked:
        """Why a goal that the bound excludes never happens."""
        ways = list(self.ways(goal))
        if not ways:
            return self._nothing(goal)
        found = [(way, self._of(way)) for way in ways]
        named = [(way, why) for way, why in found if why.condition] or found
        way, why = named[0]
        more = len(ways) - 1
        lead = f"By {way.what}: " if way.what else ""
        others = "" if not more else " The other way is shut too." if more == 1 else f" The {more} other ways are shut too."
        return Blocked(f"{lead}{why.sentence}{others}", why.condition, why.span)

    # -- the ways in which something would happen

    def ways(self, goal: Goal) -> Iterator[Way]:
        """Every way, in the file's order; none where nothing in the file leads there."""
        if goal.kind == "ending":
            ending = next(e for e in self.bound.endings if e.id == goal.id)
            yield Way("", ending.when, ("endings", goal.id, "when"), self.explored.bound.closes)
        elif goal.kind == "move":
            for move in self.bound.moves:
                if self._kind(move.key) == goal.id:
                    when = _all(move.conditions)
                    yield Way("", when, (*move.loc, "when"), self.explored.bound.opens)
        elif goal.kind in ("inject", "rule"):
            for rid in self.goals.rule_ids(goal):
                yield from self._rule(rid, "")
        else:
            yield from self._causes(goal)

    def _kind(self, key: str) -> str:
        return kind_of(self.game.moves[self.game.by_key[key]])

    def _rule(self, rid: str, what: str) -> Iterator[Way]:
        # a rule whose numbers differ between legs stands once for each in the game, `id@leg`, once in the file
        own = self.rules.get(rid) or self.rules[rid.rpartition("@")[0]]
        yield Way(what, own.when, (*own.loc, "when"), self._asked(rid))

    def _asked(self, rid: str) -> list[Masks]:
        if self._tested is None:
            never = [rule.id for rule in (*self.game.open_rules, *self.game.close_rules)
                     if rule.id not in self.explored.bound.rules]
            self._tested = reach(self.game, never).tested
        return self._tested.get(rid, [])

    def _causes(self, goal: Goal) -> Iterator[Way]:
        var, value = self.goals.place(goal)
        for rule in (*self.game.open_rules, *self.game.close_rules):
            if any(e.var == var and e.a == value for e in rule.effects):
                yield from self._rule(rule.id, f"`{rule.key}`")
        for move in self.game.moves:
            if any(e.var == var and e.a == value for branch in move.branches for e in branch.effects):
                bound = next(m for m in self.bound.moves if m.key == move.key)
                yield Way(f"`{kind_of(move)}`", _all(bound.conditions), (*bound.loc, "when"), self.explored.bound.opens)

    def _nothing(self, goal: Goal) -> Blocked:
        what = f"the phase `{goal.id}`" if goal.kind == "phase" else f"the status `{goal.status}` of `{goal.id}`"
        if goal.kind not in ("phase", "clause"):
            return Blocked(f"nothing in the file brings `{goal.id}` about")
        loc: Loc = ("phases", "states", goal.id) if goal.kind == "phase" else ("clauses", goal.id)
        return Blocked(f"no move, rule, inject or step leads to {what}.", "", self._document_span(loc, key=True))

    # -- what stands in one way

    def _of(self, way: Way) -> Blocked:
        span = self._document_span(way.loc)
        if not way.tested:
            return Blocked("it belongs to a leg that this clock does not reach, or the match is always over before.", "", span)
        parts = _parts(way.when)
        for part in parts:
            tree = self._tree(part)
            if not any(assume(tree, masks, self.ranges) is not None for masks in way.tested):
                return self._shut(part, way)
        for first, second in _pairs(parts):
            tree = Every((self._tree(first), self._tree(second)))
            if not any(assume(tree, masks, self.ranges) is not None for masks in way.tested):
                return Blocked(self._apart(first, second, way.tested), f"{first.text} and {second.text}",
                               self._span_of(second, way.loc))
        whole = Every(tuple(self._tree(part) for part in parts))
        if any(assume(whole, masks, self.ranges) is not None for masks in way.tested):
            return Blocked(self._earlier(way), "", span)
        return Blocked("its conditions can hold one by one, but never all at once.", way.when.text, span)

    def _earlier(self, way: Way) -> str:
        if way.loc[0] == "moves":
            return ("its condition can hold, but the move costs more attention than its seat has, or is always overtaken "
                    "by what happens before it.")
        if way.loc[0] == "endings":
            return "its condition can hold, but then an ending that stands before it in the file is reached instead."
        return "its condition can hold, but then something that stands before it happens instead."

    def _tree(self, part: Condition) -> Formula:
        number = self.pool.condition(part)
        code = list(self.pool.conds)[number]
        return formula(code, list(self.pool.atoms), self.ranges)

    def _shut(self, part: Condition, way: Way) -> Blocked:
        """A part that never holds by itself; a part of a part, where that says more."""
        span = self._span_of(part, way.loc)
        if isinstance(part, Named):
            inner = self._of(Way("", part.body, ("define", part.name), way.tested))
            return Blocked(f"`{part.name}` never holds: {inner.sentence}", inner.condition or part.text, inner.span or span)
        if isinstance(part, All):
            return self._of(Way("", part, way.loc, way.tested))
        if isinstance(part, Either):
            first = self._shut(part.items[0], way)
            return Blocked(f"no part of `{part.text}` can hold; {first.sentence}", part.text, span)
        return Blocked(self._told(part, way.tested), part.text, span)

    # -- sentences

    def _told(self, part: Condition, tested: Sequence[Masks]) -> str:
        match part:
            case Compare(terms=((factor, name),), const=const, op=op):
                low, high = self._extent(name, tested)
                by_end = " by the end" if len(tested) > 1 else ""
                if op == ">=" and factor > 0:
                    return f"`{part.text}` needs {-(const // factor)}; the most that can be reached{by_end} is {high}."
                if op == ">=":
                    need = const // -factor
                    return f"`{part.text}` needs {need} or less; the least that can be reached{by_end} is {low}."
                if low == high:
                    return f"`{part.text}` cannot hold: `{name}` is always {low} there."
                return f"`{part.text}` cannot hold: `{name}` lies between {low} and {high} there and never has that value."
            case Compare(terms=terms):
                ranges = " and ".join(f"`{name}` between {low} and {high}" for _, name in terms
                                      for low, high in [self._extent(name, tested)])
                return f"`{part.text}` cannot hold with {ranges}."
            case Is(name=name, negated=negated):
                at = self.game.index[name]
                mask = _union(at, tested)
                words = [f"`{s}`" for n, s in enumerate(self.game.statuses[at]) if mask >> n & 1]
                if negated:
                    return f"`{part.text}` cannot hold: `{name}` never leaves that status."
                return f"`{part.text}` never holds; there `{name}` can be {_listed(words)}."
            case Flag(name=name):
                return f"`{part.text or name}` never holds: nothing that can happen sets it."
            case Played():
                return f"`{part.text}` never holds: that move can never be played before."
            case Not(item=item):
                return f"`{part.text}` never holds: `{item.text}` always does."
            case Always():
                return "it is written so that it never holds."
        return f"`{part.text}` never holds."

    def _apart(self, first: Condition, second: Condition, tested: Sequence[Masks]) -> str:
        lead = f"`{first.text}` and `{second.text}` can each hold, but never together"
        tree = self._tree(first)
        held = [(masks, left) for masks in tested if (left := assume(tree, masks, self.ranges)) is not None]
        if isinstance(second, Compare) and len(second.terms) == 1 and held:
            name = second.terms[0][1]
            at = self.game.index[name]
            mask = 0
            for masks, left in held:
                mask |= left.get(at, masks[at])
            lo = self.ranges.lo[at]
            return f"{lead}: while `{first.text}` holds, `{name}` lies between {least(mask, lo)} and {greatest(mask, lo)}."
        return f"{lead}."

    def _extent(self, name: str, tested: Sequence[Masks]) -> tuple[int, int]:
        at = self.game.index[name]
        mask = _union(at, tested)
        return least(mask, self.ranges.lo[at]), greatest(mask, self.ranges.lo[at])

    # -- places in the file

    def _document_span(self, loc: Loc, *, key: bool = False) -> Span | None:
        document = self.loaded.documents.get(MAIN)
        if document is None:
            return None
        return document.key_span(loc) if key else document.span(loc)

    def _span_of(self, part: Condition, loc: Loc) -> Span | None:
        """Where the words of a condition stand below a key; the key's own place where they are not found."""
        near = self._document_span(loc)
        if near is None or not part.text:
            return near
        lines = self.loaded.documents[MAIN].text.split("\n")
        for number in range(near.line, min(len(lines), near.line + MOST_ROOM) + 1):
            at = lines[number - 1].find(part.text, near.column - 1 if number == near.line else 0)
            if at >= 0:
                return Span(near.path, number, at + 1, at + 1 + len(part.text))
        return near


def _union(at: int, tested: Sequence[Masks]) -> int:
    mask = 0
    for masks in tested:
        mask |= masks[at]
    return mask


def _all(conditions: tuple[Condition, ...]) -> Condition:
    kept = tuple(c for c in conditions if not isinstance(c, Always) or not c.value)
    if not kept:
        return Always(value=True, text="always")
    return kept[0] if len(kept) == 1 else All(items=kept, text=" and ".join(c.text for c in kept))


def _parts(when: Condition) -> tuple[Condition, ...]:
    if not isinstance(when, All):
        return (when,)
    return tuple(inner for item in when.items for inner in _parts(item))


def _pairs(parts: tuple[Condition, ...]) -> Iterator[tuple[Condition, Condition]]:
    for n, first in enumerate(parts):
        for second in parts[n + 1:]:
            yield first, second


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
