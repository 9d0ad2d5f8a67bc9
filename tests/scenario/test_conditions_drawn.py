"""Conditions drawn at random: the typed tree means what the text says, and no text does worse than a problem."""

from __future__ import annotations

import re
from typing import Any as Anything

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.scenario.conditions import (
    CODES,
    All,
    Always,
    Any,
    Compare,
    Condition,
    ConditionProblem,
    Flag,
    Is,
    Named,
    Not,
    Played,
    Vocabulary,
    bind,
    bind_linear,
    constant,
    parse,
    parse_linear,
)

SMALL = Vocabulary(
    numbers={"x": (0, 3), "y": (-2, 2)},
    statuses={"s": ("a", "b", "c")},
    flags={"f"},
    defines={"d": "x > 1 or f"},
)


def problem_of(text: str) -> ConditionProblem | None:
    """What is wrong with the text as a condition of the small world."""
    try:
        bind(parse(text), SMALL)
    except ConditionProblem as problem:
        return problem
    return None


def problem_of_score(text: str) -> ConditionProblem | None:
    """What is wrong with the text as a score of the small world."""
    try:
        bind_linear(parse_linear(text), SMALL)
    except ConditionProblem as problem:
        return problem
    return None


def _numbers() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(["x", "y", "f", "0", "1", "2", "5"]),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            st.tuples(st.sampled_from(["2", "3", "-1"]), inner).map(lambda t: f"{t[0]} * {t[1]}"),
            inner.map(lambda t: f"-{t}"),
        ),
        max_leaves=3,
    )


def _conditions() -> st.SearchStrategy[str]:
    sign = st.sampled_from([">=", "<=", ">", "<", "==", "!="])
    leaf = st.one_of(
        st.tuples(_numbers(), sign, _numbers()).map(" ".join),
        st.tuples(_numbers(), sign, _numbers(), sign, _numbers()).map(" ".join),
        st.sampled_from(["f", "d", "s is a", "s is not b", "true", "false"]),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda t: f"not ({t})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map("({0[0]}) {0[1]} {0[2]}".format),
        ),
        max_leaves=5,
    )


def _holds(item: Condition, state: dict[str, Anything]) -> bool:
    match item:
        case Always(value=value):
            return value
        case Compare(terms=terms, const=const, op=op):
            total: int = const + sum(k * int(state[name]) for k, name in terms)
            return total >= 0 if op == ">=" else (total == 0) == (op == "==")
        case Is(name=name, status=status, negated=negated):
            return bool(state[name] == status) != negated
        case Flag(name=name):
            return bool(state[name])
        case Not(item=inner):
            return not _holds(inner, state)
        case All(items=items):
            return all(_holds(inner, state) for inner in items)
        case Any(items=items):
            return any(_holds(inner, state) for inner in items)
        case Named(body=body):
            return _holds(body, state)
        case Played():
            return False


def _python(text: str) -> list[bool]:
    """In every state, the same condition as Python reads it; the text was made by this test."""
    plain = re.sub(r"\bs is not (\w)", r's != "\1"', re.sub(r"\bs is (?!not)(\w)", r's == "\1"', text))
    plain = re.sub(r"\bd\b", "(x > 1 or f)", plain)
    code = compile(f"[bool({plain}) for x, y, f, s in states]", "condition", "eval")
    return list(eval(code, {"true": True, "false": False, "states": VALUES}))


STATES = [
    {"x": x, "y": y, "f": f, "s": s} for x in range(4) for y in range(-2, 3) for f in (False, True) for s in "abc"
]
VALUES = [tuple(state.values()) for state in STATES]


@settings(max_examples=400, deadline=None)
@given(_conditions())
@example("not (x - y > 2 and s is not a) or 2 * x == 3")
def test_the_typed_tree_holds_exactly_when_the_text_does(text: str) -> None:
    """Over all states of a small world the tree agrees with an independent reading; so does `constant`."""
    problem = problem_of(text)
    if problem is not None:
        assert problem.code in {"G002", "G003", "G105", "G109"}
        return
    found = bind(parse(text), SMALL)
    held = [_holds(found, state) for state in STATES]
    assert held == _python(text)
    certain = constant(found, SMALL)
    if certain is not None:
        assert set(held) == {certain}


WORDS_OF_IT = tuple("x y f s d a 1 2 and or not is ( ) >= == - * played actor class None ,".split())  # noqa: SIM905
ALPHABET = "()!=<>andorist 0159.xyf-+*,'\"[]&|_\n\t"


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(ALPHABET, max_size=60)))
def test_no_text_does_worse_than_a_problem(text: str) -> None:
    """Whatever is written, the answer is a condition, or a problem with a place inside the text."""
    for problem in (problem_of(text), problem_of_score(text)):
        if problem is not None:
            assert problem.code in CODES
            assert problem.message
            assert 0 <= problem.start < problem.end <= max(len(text), 1)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS_OF_IT),
        max_size=14,
    ).map(" ".join)
)
def test_no_order_of_words_does_worse_than_a_problem(text: str) -> None:
    """Words of the language in any order are a condition or a problem, never a riddle of the parser."""
    problem = problem_of(text)
    assert problem is None or problem.code in CODES
    assert problem is None or "cannot be read" not in problem.message
