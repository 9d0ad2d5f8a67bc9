"""scenario: sums of tracks, as they stand on either side of a comparison or make up a score."""

from __future__ import annotations

from sim.errors import suggest
from sim.scenario.conditions.problem import LARGEST, ConditionProblem
from sim.scenario.conditions.resolve import Names
from sim.scenario.conditions.syntax import (
    Arithmetic,
    Call,
    Comparison,
    Join,
    Minus,
    Negation,
    Node,
    Number,
    Word,
)
from sim.scenario.conditions.tree import Linear
from sim.scenario.conditions.vocabulary import Vocabulary


def bind_linear(node: Node, vocabulary: Vocabulary, actor: str | None = None, target: str | None = None) -> Linear:
    """The score formula with its names looked up.

    Raises ConditionProblem (G1xx) for the first thing that is wrong.
    """
    found = amount(node, Names(vocabulary, actor, target))
    check_size(found, vocabulary, node)
    return found


def amount(node: Node, names: Names) -> Linear:
    """The sum that a part of a condition or score stands for; like terms are added up."""
    match node:
        case Number(value=value):
            return Linear((), value)
        case Word():
            return _track(node, names)
        case Minus(item=item):
            return times(amount(item, names), -1)
        case Arithmetic(sign="*", left=left, right=right):
            one, other = amount(left, names), amount(right, names)
            if one.terms and other.terms:
                raise ConditionProblem(
                    "G110",
                    f"`{left.text}` and `{right.text}` cannot be multiplied",
                    node.start,
                    node.end,
                    "multiply by a whole number; what depends on two tracks can be written as branches",
                )
            return times(one, other.const) if one.terms else times(other, one.const)
        case Arithmetic(sign=sign, left=left, right=right):
            return plus(amount(left, names), times(amount(right, names), -1 if sign == "-" else 1))
    what = "`played( )`" if isinstance(node, Call) else f"`{node.text}`"
    raise ConditionProblem(
        "G103",
        f"{what} is yes or no, not a number",
        node.start,
        node.end,
        "join conditions with `and` or `or`" if isinstance(node, Comparison | Join | Negation) else "",
    )


def plus(one: Linear, other: Linear) -> Linear:
    """The sum of two sums; what cancels out is gone."""
    found: dict[str, int] = {}
    for factor, name in (*one.terms, *other.terms):
        found[name] = found.get(name, 0) + factor
    return Linear(tuple((factor, name) for name, factor in found.items() if factor), one.const + other.const)


def times(one: Linear, factor: int) -> Linear:
    """The sum, each part multiplied by `factor`."""
    if not factor:
        return Linear((), 0)
    return Linear(tuple((factor * k, name) for k, name in one.terms), factor * one.const)


def extent(one: Linear, vocabulary: Vocabulary) -> tuple[int, int]:
    """The least and the greatest value that the sum can take within the bounds of its tracks."""
    low = high = one.const
    for factor, name in one.terms:
        first, last = vocabulary.numbers.get(name, (0, 1))
        low += min(factor * first, factor * last)
        high += max(factor * first, factor * last)
    return low, high


def check_size(one: Linear, vocabulary: Vocabulary, node: Node) -> None:
    """Refuse what the core cannot count."""
    low, high = extent(one, vocabulary)
    if low < -LARGEST or high > LARGEST:
        raise ConditionProblem(
            "G112",
            f"`{node.text}` can come to {low if low < -LARGEST else high:,}",
            node.start,
            node.end,
            f"use smaller factors or numbers; a game counts from -{LARGEST:,} to {LARGEST:,}",
        )


def _track(node: Word, names: Names) -> Linear:
    name = names.resolved(node)
    vocabulary = names.vocabulary
    if name in vocabulary.numbers or name in vocabulary.flags:
        return Linear(((1, name),), 0)
    if name in vocabulary.statuses:
        first = vocabulary.statuses[name][0] if vocabulary.statuses[name] else "observed"
        raise ConditionProblem(
            "G103",
            f"`{node.text}` has a status, not a number",
            node.start,
            node.end,
            f"write `{node.text} is {first}`; it can be: {', '.join(vocabulary.statuses[name])}",
        )
    if name in vocabulary.defines or name in ("true", "false"):
        raise ConditionProblem(
            "G103",
            f"`{node.text}` is yes or no, not a number",
            node.start,
            node.end,
            "write it alone, or `not` before it; only tracks and flags can be counted",
        )
    owners = sorted(key for key, words in vocabulary.statuses.items() if name in words)
    if owners and not suggest(name, vocabulary.numbers):
        raise ConditionProblem(
            "G103",
            f"`{node.text}` is a status, not a number",
            node.start,
            node.end,
            f"write `{owners[0]} is {name}`",
        )
    raise names.unknown(node)
