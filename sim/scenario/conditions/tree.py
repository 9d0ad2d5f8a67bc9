"""scenario: a condition whose names are known and whose types are right, as a small tree.

Every node keeps `text`, the author's own words for it with actor and target filled in; two nodes that ask
the same are equal whatever their words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias


def _words() -> str:
    return field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Always:
    """Holds in every state (`value` true) or in none."""

    value: bool
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Compare:
    """Σ k·x + const OP 0, over at most two different tracks (flags count as 0 and 1); no k is 0."""

    terms: tuple[tuple[int, str], ...]
    const: int
    op: Literal[">=", "==", "!="]
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Is:
    """The phase, provision or clause `name` stands (or, `negated`, does not stand) at `status`."""

    name: str
    status: str
    negated: bool
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Flag:
    """The flag `name` is set."""

    name: str
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Played:
    """The move has been played in this match."""

    move: str
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Not:
    """`item` does not hold; never around `Always`, `Is` or another `Not`."""

    item: Condition
    text: str = _words()


@dataclass(frozen=True, slots=True)
class All:
    """Every one of two or more items holds; no item is itself an `All` or an `Always`."""

    items: tuple[Condition, ...]
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of two or more items holds; no item is itself an `Any` or an `Always`."""

    items: tuple[Condition, ...]
    text: str = _words()


@dataclass(frozen=True, slots=True)
class Named:
    """A condition that the author gave a name under `define:`; `body` is never an `Always`."""

    name: str
    body: Condition
    text: str = _words()


Condition: TypeAlias = Always | Compare | Is | Flag | Played | Not | All | Any | Named


class Linear(NamedTuple):
    """Σ k·x + const over any number of different tracks (flags count as 0 and 1); no k is 0."""

    terms: tuple[tuple[int, str], ...]
    const: int


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything in it, also what stands behind defined names."""
    yield condition
    match condition:
        case Not(item=inner) | Named(body=inner):
            yield from walk(inner)
        case All(items=items) | Any(items=items):
            for item in items:
                yield from walk(item)


def names(condition: Condition) -> set[str]:
    """All tracks, flags, phases, provisions and clauses that the condition reads."""
    found: set[str] = set()
    for part in walk(condition):
        match part:
            case Compare(terms=terms):
                found.update(name for _, name in terms)
            case Is(name=name) | Flag(name=name):
                found.add(name)
    return found


def moves_played(condition: Condition) -> set[str]:
    """All moves that the condition asks about with `played( )`."""
    return {part.move for part in walk(condition) if isinstance(part, Played)}
