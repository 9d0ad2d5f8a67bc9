"""scenario: whether a condition can ever hold, or ever fail, within the bounds of its tracks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.scenario.conditions.amounts import extent
from sim.scenario.conditions.tree import (
    All,
    Always,
    Any,
    Compare,
    Condition,
    Flag,
    Is,
    Linear,
    Named,
    Not,
    Played,
)
from sim.scenario.conditions.vocabulary import Vocabulary


def constant(condition: Condition, vocabulary: Vocabulary) -> bool | None:
    """True if the condition can never fail, False if it can never hold, None if neither is certain.

    Each track is taken to run over all of its bounds, each status over all of its words. Parts of an `and`
    (or `or`) that speak of the same track, status or flag are seen together: `phase is talks and phase is
    clash` never holds. What two *different* tracks exclude together is not looked for.
    """
    match condition:
        case Always(value=value):
            return value
        case Compare():
            return _compare(condition, vocabulary)
        case Is(name=name, status=status, negated=negated):
            words = vocabulary.statuses.get(name, (status,))
            if status not in words:
                return negated
            return (not negated) if len(words) == 1 else None
        case Flag() | Played():
            return None
        case Not(item=item):
            inner = constant(item, vocabulary)
            return None if inner is None else not inner
        case Named(body=body):
            return constant(body, vocabulary)
        case All(items=items):
            return _every(items, vocabulary, negated=False)
        case Any(items=items):
            # "one of them holds" is the opposite of "each of them fails"
            found = _every(items, vocabulary, negated=True)
            return None if found is None else not found


def _compare(condition: Compare, vocabulary: Vocabulary) -> bool | None:
    low, high = extent(Linear(condition.terms, condition.const), vocabulary)
    if condition.op == ">=":
        return True if low >= 0 else False if high < 0 else None
    common = math.gcd(*(factor for factor, _ in condition.terms))
    equal = condition.op == "=="
    if low > 0 or high < 0 or condition.const % common:
        return not equal
    return equal if low == high == 0 else None


def _every(items: tuple[Condition, ...], vocabulary: Vocabulary, *, negated: bool) -> bool | None:
    """Whether all items hold (or, `negated`, all fail) in every state, or in none."""
    values = [constant(item, vocabulary) for item in items]
    if any(value is negated for value in values):
        return False
    if leave_nothing(items, vocabulary, negated=negated):
        return False
    return True if all(value is (not negated) for value in values) else None


def leave_nothing(items: Iterable[Condition], vocabulary: Vocabulary, *, negated: bool = False) -> bool:
    """Whether conditions that hold together (or, `negated`, fail together) exclude each other, each possible by itself."""
    room = _Room(vocabulary)
    for item in items:
        room.narrow(item, negated=negated)
        if room.empty:
            return True
    return False


@dataclass(slots=True)
class _Room:
    """What is left for each track, status and flag when several conditions hold together."""

    vocabulary: Vocabulary
    empty: bool = False
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    holes: dict[str, set[int]] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)

    def narrow(self, item: Condition, *, negated: bool) -> None:
        """Take account of one condition that holds, or fails."""
        match item:
            case Not(item=inner):
                self.narrow(inner, negated=not negated)
            case Named(body=body):
                self.narrow(body, negated=negated)
            case All(items=items) if not negated:
                for part in items:
                    self.narrow(part, negated=False)
            case Any(items=items) if negated:
                for part in items:
                    self.narrow(part, negated=True)
            case Flag(name=name) | Played(move=name):
                self._keep(name, {"unset" if negated else "set"}, {"set", "unset"})
            case Is(name=name, status=status, negated=other):
                all_words = set(self.vocabulary.statuses.get(name, (status,)))
                self._keep(name, all_words - {status} if negated != other else {status}, all_words)
            case Compare(terms=((factor, name),)) if name in self.vocabulary.numbers:
                self._number(item, factor, name, negated=negated)

    def _keep(self, name: str, kept: set[str], all_words: set[str]) -> None:
        left = self.words.get(name, all_words) & kept
        self.words[name] = left
        self.empty = self.empty or not left

    def _number(self, item: Compare, factor: int, name: str, *, negated: bool) -> None:
        low, high = self.spans.get(name, self.vocabulary.numbers[name])
        holes = self.holes.setdefault(name, set())
        if item.op == ">=":
            # k·x + c >= 0, or when negated -k·x - c - 1 >= 0
            k, c = (-factor, -item.const - 1) if negated else (factor, item.const)
            low, high = (max(low, -(c // k)), high) if k > 0 else (low, min(high, c // -k))
        elif item.const % factor == 0:
            at = -item.const // factor
            if (item.op == "==") != negated:
                low, high = max(low, at), min(high, at)
            else:
                holes.add(at)
        while low in holes:
            low += 1
        while high in holes and high >= low:
            high -= 1
        self.spans[name] = (low, high)
        self.empty = self.empty or low > high
