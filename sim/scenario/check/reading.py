"""scenario: what conditions read and whether they can hold, reckoned once for each condition of a scenario.

Conditions are shared among the moves and branches that a scenario is expanded into. They are known by identity here:
hashing a whole tree takes longer than walking it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.scenario.conditions import (
    All,
    Always,
    Any,
    Compare,
    Condition,
    Flag,
    Is,
    Named,
    Not,
    Played,
    Vocabulary,
)
from sim.scenario.conditions.bounds import constant, leave_nothing

Part = tuple[Condition, bool]
"""A part of a condition that always (true) or never (false) holds."""
_NOTHING: frozenset[str] = frozenset()
_SWITCHES = ("always", "never", "true", "false")
"""What an author writes who wants a condition to say nothing."""


class Reading:
    """Everything that is asked of conditions in one check; the conditions have to outlive it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.defined: set[str] = set()
        """Defined names that were met."""
        self.suspect: dict[str, Condition] = {}
        """Defined names with a part that is certain; told where they are defined."""
        self._names: dict[int, frozenset[str]] = {}
        self._told: dict[int, bool | None] = {}
        self._parts: dict[int, tuple[Part, ...]] = {}

    # -- names

    def names(self, condition: Condition) -> frozenset[str]:
        """What it reads: variables, and `played(MOVE)` for each move that it asks about."""
        found = self._names.get(id(condition))
        if found is None:
            found = self._names[id(condition)] = self._read(condition)
        return found

    def _read(self, condition: Condition) -> frozenset[str]:
        kind = type(condition)
        if kind is Compare:
            return frozenset([name for _, name in condition.terms])  # type: ignore[union-attr]
        if kind is Is or kind is Flag:
            return frozenset((condition.name,))  # type: ignore[union-attr]
        if kind is All or kind is Any:
            return _NOTHING.union(*[self.names(item) for item in condition.items])  # type: ignore[union-attr]
        if kind is Not:
            return self.names(condition.item)  # type: ignore[union-attr]
        if kind is Named:
            self.defined.add(condition.name)  # type: ignore[union-attr]
            return self.names(condition.body)  # type: ignore[union-attr]
        if kind is Played:
            return frozenset((f"played({condition.move})",))  # type: ignore[union-attr]
        return _NOTHING

    def everything(self) -> set[str]:
        """The names of all conditions that were met."""
        return set().union(*self._names.values())

    # -- certainty

    def told(self, condition: Condition) -> bool | None:
        """True if it can never fail, False if it can never hold, None if neither is certain."""
        key = id(condition)
        if key not in self._told:
            self._told[key] = self._tell(condition)
        return self._told[key]

    def _tell(self, condition: Condition) -> bool | None:
        match condition:
            case Is(name=name, status=status):
                words = self.vocabulary.statuses.get(name, ())
                return constant(condition, self.vocabulary) if len(words) < 2 or status not in words else None
            case Compare() | Always():
                return constant(condition, self.vocabulary)
            case Not(item=item):
                inner = self.told(item)
                return None if inner is None else not inner
            case Named(body=body):
                return self.told(body)
            case All(items=items) | Any(items=items):
                every = isinstance(condition, All)
                each = [self.told(item) for item in items]
                if (not every) in each:
                    return not every
                if None not in each:
                    return every
                if self._overlap(items) and leave_nothing(items, self.vocabulary, negated=not every):
                    return not every
                return None
        return None

    def _overlap(self, items: Sequence[Condition]) -> bool:
        """Whether two of them speak of the same thing; only then can they exclude each other."""
        seen: set[str] = set()
        total = 0
        for item in items:
            found = self.names(item)
            total += len(found)
            seen |= found
        return len(seen) < total

    def parts(self, condition: Condition) -> tuple[Part, ...]:
        """The smallest parts that are always or never true; a part of such a part is told instead of it."""
        key = id(condition)
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = self._certain(condition)
        return found

    def _certain(self, condition: Condition) -> tuple[Part, ...]:
        match condition:
            case Always(value=value, text=text):
                # `actor is armenia` holds for one of those it is bound for; that it does is its point
                return () if value or text in _SWITCHES else ((condition, False),)
            case All(items=items) | Any(items=items):
                inner = tuple(part for item in items for part in self.parts(item))
            case Not(item=item):
                inner = self.parts(item)
            case Named(name=name, body=body):
                if self.parts(body):
                    self.suspect.setdefault(name, body)
                return ()
            case _:
                inner = ()
        told = self.told(condition)
        return inner if inner or told is None else ((condition, told),)

    def taken(self, earlier: Iterable[Condition], condition: Condition) -> bool:
        """Whether one of the earlier conditions holds whenever this one does, so that its turn never comes."""
        mine = self.names(condition)
        others = [e for e in earlier if isinstance(e, Always) or self.names(e) & mine]
        if any(self.told(e) is True for e in others):
            return True
        if not others or self.told(condition) is False:
            return False
        own = condition.items if isinstance(condition, All) else (condition,)
        items: list[Condition] = []
        for one in others:
            if isinstance(one, All) and all(item in own for item in one.items):
                return True
            if isinstance(one, Not):
                items.append(one.item)
            elif isinstance(one, Is):
                items.append(Is(one.name, one.status, not one.negated))
            elif not isinstance(one, Always):
                items.append(Not(one))
        return leave_nothing((*items, *own), self.vocabulary)
