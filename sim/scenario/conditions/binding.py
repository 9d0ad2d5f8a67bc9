"""scenario: from a condition's syntax to a typed condition, against the words of one scenario."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from sim.scenario.conditions.amounts import amount, check_size, plus, times
from sim.scenario.conditions.problem import MOST_INLINED, ConditionProblem
from sim.scenario.conditions.resolve import Names, not_one_of
from sim.scenario.conditions.syntax import (
    Arithmetic,
    Call,
    Comparison,
    Join,
    Minus,
    Negation,
    Node,
    Number,
    Sign,
    Word,
    parse,
)
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

_DEEPEST_DEFINES: Final = 16


def bind(node: Node, vocabulary: Vocabulary, actor: str | None = None, target: str | None = None) -> Condition:
    """The condition with its names looked up and its types checked.

    Every segment `actor` or `target` of a name becomes the given id; `actor is X` becomes `Always`.
    Raises ConditionProblem (G1xx, or G015) for the first thing that is wrong; a problem inside a defined
    name is reported where that name is used.
    """
    return _Binder(Names(vocabulary, actor, target)).condition(node)


class _Binder:
    """Binds one condition; counts what the defined names write out and remembers which are open."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._open: list[str] = []
        self._done: dict[str, tuple[Condition, int]] = {}
        self._size = 0

    def condition(self, node: Node) -> Condition:
        match node:
            case Word():
                return self._word(node)
            case Comparison():
                return self._comparison(node)
            case Negation(item=item):
                return _negated(self.condition(item), self._text(node))
            case Join(word=word, items=items):
                return self._join([self.condition(item) for item in items], self._text(node), every=word == "and")
            case Call(move=move):
                return self._played(node, move)
            case Number() | Minus() | Arithmetic():
                raise ConditionProblem(
                    "G104",
                    f"`{node.text}` is a number, not a yes or no",
                    node.start,
                    node.end,
                    f"compare it, for example `{node.text} >= 60`",
                )
        raise ConditionProblem("G013", "this is not part of the language of conditions", node.start, node.end)

    def _text(self, node: Node) -> str:
        return self._names.filled(node.text)

    def _grow(self, by: int, node: Node) -> None:
        self._size += by
        if self._size > MOST_INLINED:
            raise ConditionProblem(
                "G112",
                f"with its defined names written out, it has more than {MOST_INLINED} comparisons",
                node.start,
                node.end,
                "use fewer defined names inside each other, or remember the result in a flag",
            )

    def _word(self, node: Word) -> Condition:
        if node.text in ("true", "false"):
            return Always(node.text == "true", node.text)
        name = self._names.resolved(node)
        vocabulary = self._names.vocabulary
        if name in vocabulary.flags:
            self._grow(1, node)
            return Flag(name, name)
        if name in vocabulary.defines:
            return self._define(name, node)
        if name in vocabulary.statuses:
            words = vocabulary.statuses[name]
            raise ConditionProblem(
                "G104",
                f"`{node.text}` has a status; it is not a yes or no",
                node.start,
                node.end,
                f"say which, for example `{node.text} is {words[0] if words else 'observed'}`",
            )
        if name in vocabulary.numbers:
            low, high = vocabulary.numbers[name]
            raise ConditionProblem(
                "G104",
                f"`{node.text}` is a number, not a yes or no",
                node.start,
                node.end,
                f"compare it, for example `{node.text} >= {(low + high + 1) // 2}`; it is {low} to {high}",
            )
        if node.text in ("actor", "target"):
            raise ConditionProblem(
                "G104",
                f"`{node.text}` is an actor, not a yes or no",
                node.start,
                node.end,
                f"ask who: `{node.text} is {name}`, or for one of its tracks: `{node.text}.support >= 40`",
            )
        raise self._names.unknown(node)

    def _define(self, name: str, node: Word) -> Condition:
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            raise ConditionProblem(
                "G111",
                f"the defined name `{name}` leads back to itself",
                node.start,
                node.end,
                f"break the circle {circle}",
            )
        if len(self._open) >= _DEEPEST_DEFINES:
            raise ConditionProblem(
                "G112",
                f"defined names stand more than {_DEEPEST_DEFINES} deep inside each other",
                node.start,
                node.end,
                "write some of them out",
            )
        if name not in self._done:
            before = self._size
            self._open.append(name)
            try:
                body = self.condition(parse(self._names.vocabulary.defines[name]))
            except ConditionProblem as problem:
                if problem.code == "G111" or problem.message.startswith("in `"):
                    inner = problem.message
                else:
                    inner = f"in `{name}`: {problem.message}"
                outer = ConditionProblem(problem.code, inner, node.start, node.end, problem.help)
                if problem.code not in ("G112", "G108"):
                    outer.define = problem.define or (name, problem.start, problem.end)
                raise outer from None
            self._open.pop()
            self._done[name] = (body, self._size - before)
        else:
            self._grow(self._done[name][1], node)
        body = self._done[name][0]
        return replace(body, text=name) if isinstance(body, Always) else Named(name, body, name)

    def _played(self, node: Call, move: Word) -> Condition:
        name = self._names.resolved(move)
        moves = self._names.vocabulary.moves
        if name not in moves:
            raise not_one_of("G107", move, f"there is no move `{move.text}` in this scenario", sorted(moves))
        self._grow(1, node)
        return Played(name, self._text(node))

    def _join(self, items: list[Condition], text: str, *, every: bool) -> Condition:
        kind = All if every else Any
        flat: list[Condition] = []
        for item in items:
            if isinstance(item, Always):
                if item.value != every:
                    return Always(item.value, text)
                continue
            flat.extend(item.items if isinstance(item, kind) else (item,))
        if not flat:
            return Always(every, text)
        return flat[0] if len(flat) == 1 else kind(tuple(flat), text)

    def _comparison(self, node: Comparison) -> Condition:
        if len(node.signs) == 1:
            return self._pair(node, node.items[0], node.signs[0], node.items[1])
        if any(sign in ("is", "is not") for sign in node.signs):
            raise ConditionProblem(
                "G015",
                "`is` cannot stand in a chain of comparisons",
                node.start,
                node.end,
                "write two conditions joined by `and`",
            )
        pairs = zip(node.items, node.signs, node.items[1:], strict=False)
        parts = [
            self._pair(node._replace(text=f"{left.text} {sign} {right.text}"), left, sign, right)
            for left, sign, right in pairs
        ]
        return self._join(parts, self._text(node), every=True)

    def _pair(self, node: Comparison, left: Node, sign: Sign, right: Node) -> Condition:
        self._grow(1, node)
        if sign in ("is", "is not"):
            return self._is(node, left, right, negated=sign == "is not")
        self._refuse_status(node, left, sign, right)
        names = self._names
        difference = plus(amount(left, names), times(amount(right, names), -1))
        if len(difference.terms) > 2:
            raise ConditionProblem(
                "G109",
                f"`{node.text}` compares {len(difference.terms)} tracks",
                node.start,
                node.end,
                "at most two tracks in one comparison; write two conditions joined by `and`",
            )
        return self._compared(node, sign, difference)

    def _refuse_status(self, node: Comparison, left: Node, sign: Sign, right: Node) -> None:
        """`withdrawal == breached` and `actor == armenia` are worth a better hint than "unknown name"."""
        if sign not in ("==", "!=") or not isinstance(left, Word) or not isinstance(right, Word):
            return
        known = self._names.vocabulary
        role = left.text in ("actor", "target")
        if role or right.text in known.statuses.get(self._names.resolved(left), ()):
            raise ConditionProblem(
                "G015",
                f"`{sign}` compares numbers",
                node.start,
                node.end,
                f"write `{left.text} {'is' if sign == '==' else 'is not'} {right.text}`",
            )

    def _compared(self, node: Comparison, sign: Sign, one: Linear) -> Condition:
        text = self._text(node)
        if not one.terms:
            return Always(_holds(one.const, sign), text)
        if len(one.terms) == 1 and one.terms[0][1] in self._names.vocabulary.flags:
            factor, name = one.terms[0]
            unset, is_set = _holds(one.const, sign), _holds(one.const + factor, sign)
            if unset == is_set:
                raise ConditionProblem(
                    "G105",
                    f"`{name}` is yes or no, 0 or 1, so this is {'always' if is_set else 'never'} true",
                    node.start,
                    node.end,
                    f"write `{name}`, or `not {name}`",
                )
            return Flag(name, text) if is_set else Not(Flag(name, text), text)
        match sign:
            case ">":
                one = one._replace(const=one.const - 1)
            case "<=":
                one = times(one, -1)
            case "<":
                one = times(one, -1)
                one = one._replace(const=one.const - 1)
            case "==" | "!=":
                one = one if one.terms[0][0] > 0 else times(one, -1)
        check_size(one, self._names.vocabulary, node)
        return _reduced(one, sign, text)

    def _is(self, node: Comparison, left: Node, right: Node, *, negated: bool) -> Condition:
        if not isinstance(left, Word) or not isinstance(right, Word):
            raise _number_after_is(node, left, right, negated=negated)
        if left.text in ("actor", "target"):
            return self._who(node, left, right, negated=negated)
        name = self._names.resolved(left)
        known = self._names.vocabulary
        if name in known.statuses:
            words = known.statuses[name]
            if right.text not in words:
                raise not_one_of("G102", right, f"`{left.text}` is never `{right.text}`", list(words))
            return Is(name, right.text, negated, self._text(node))
        if name in known.flags or name in known.defines:
            wanted = (right.text == "true") != negated
            raise ConditionProblem(
                "G105",
                f"`{left.text}` is yes or no and has no status",
                node.start,
                node.end,
                f"write `{left.text}`" if wanted else f"write `not {left.text}`",
            )
        if name in known.numbers:
            raise _number_after_is(node, left, right, negated=negated)
        if name in known.actors:
            raise ConditionProblem(
                "G103",
                f"`{left.text}` is an actor and has no status",
                left.start,
                left.end,
                "who acts is asked the other way round: `actor is armenia`",
            )
        raise self._names.unknown(left)

    def _who(self, node: Comparison, left: Word, right: Word, *, negated: bool) -> Condition:
        who = self._names.role(left.text, left)
        other = self._names.role(right.text, right) or right.text
        actors = self._names.vocabulary.actors
        if other not in actors:
            raise not_one_of("G106", right, f"there is no actor `{right.text}` in this scenario", sorted(actors))
        return Always((who == other) != negated, self._text(node))


def _number_after_is(node: Comparison, left: Node, right: Node, *, negated: bool) -> ConditionProblem:
    sign = "!=" if negated else "=="
    if isinstance(right, Number | Minus | Arithmetic):
        return ConditionProblem(
            "G015",
            "`is` asks for a status, not for a number",
            node.start,
            node.end,
            f"write `{left.text} {sign} {right.text}`",
        )
    return ConditionProblem(
        "G103",
        f"`{left.text}` has no status",
        left.start,
        left.end,
        "compare numbers with `>= <= == !=`; `is` is for a status: `withdrawal is breached`",
    )


def _holds(value: int, sign: Sign) -> bool:
    match sign:
        case ">=":
            return value >= 0
        case "<=":
            return value <= 0
        case ">":
            return value > 0
        case "<":
            return value < 0
        case "!=":
            return value != 0
    return value == 0


def _reduced(one: Linear, sign: Sign, text: str) -> Condition:
    """The comparison with `>=`, `==` or `!=`, divided by what its factors have in common."""
    common = math.gcd(*(factor for factor, _ in one.terms))
    terms = tuple((factor // common, name) for factor, name in one.terms)
    if sign in ("==", "!="):
        if one.const % common:
            return Compare(one.terms, one.const, sign, text)
        return Compare(terms, one.const // common, sign, text)
    # Σ k·x is a multiple of `common`, so rounding the rest down changes nothing
    return Compare(terms, one.const // common, ">=", text)


def _negated(item: Condition, text: str) -> Condition:
    match item:
        case Always(value=value):
            return Always(not value, text)
        case Is(negated=negated):
            return replace(item, negated=not negated, text=text)
        case Not(item=inner):
            return replace(inner, text=text)
    return Not(item, text)
