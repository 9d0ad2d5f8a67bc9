"""Conditions: what an author writes, what the tree says and what the tables compute are one and the same."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.rules import Game
from sim.rules.compile import compile_game
from sim.rules.facts import Facts
from sim.rules.tables import AND, EQ, GE, NE, NOT, OR
from tests.rules.workshop import game, loaded, move, truth

Values = dict[str, int]
Said = tuple[str, Callable[[Values], bool]]
"""A condition as an author writes it, and what it means."""

NUMBERS = {"heat": (0, 100), "stock": (-50, 300), "north.calm": (3, 7)}
PHASES = ("quiet", "loud", "over")
SIGNS: dict[str, Callable[[int, int], bool]] = {
    ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, "<": lambda a, b: a < b,
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}
SECTIONS = {
    "tracks": {"stock": {"min": -50, "max": 300}, "north.calm": {"min": 3, "max": 7, "start": 3}},
    "flags": {"lit": {}, "open_door": {}},
    "phases": {"start": "quiet", "states": {p: {"title": p} for p in PHASES}},
    "moves": {"nudge": move(change={"heat": 1}), "wait": move()},
    "define": {"hot": "heat >= 60 and not lit", "ripe": "hot or phase is loud"},
}
DEFINED: dict[str, Callable[[Values], bool]] = {
    "hot": lambda v: v["heat"] >= 60 and not v["lit"],
    "ripe": lambda v: (v["heat"] >= 60 and not v["lit"]) or v["phase"] == 1,
}


@st.composite
def compared(draw: st.DrawFn) -> Said:
    """A comparison of one or two tracks, with factors and constants on either side."""
    x, sign, c = draw(st.sampled_from([*NUMBERS])), draw(st.sampled_from([*SIGNS])), draw(st.integers(-60, 320))
    if draw(st.booleans()):
        return f"{x} {sign} {c}", lambda v: SIGNS[sign](v[x], c)
    y = draw(st.sampled_from([n for n in NUMBERS if n != x]))
    a, b = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    return f"{a} * {x} - {b} * {y} {sign} {c}", lambda v: SIGNS[sign](a * v[x] - b * v[y], c)


@st.composite
def chained(draw: st.DrawFn) -> Said:
    """`low <= track < high`."""
    x, low, high = draw(st.sampled_from([*NUMBERS])), draw(st.integers(-60, 100)), draw(st.integers(0, 310))
    return f"{low} <= {x} < {high}", lambda v: low <= v[x] < high


@st.composite
def stated(draw: st.DrawFn) -> Said:
    """`phase is loud`, `phase is not loud`."""
    at, negated = draw(st.integers(0, 2)), draw(st.booleans())
    return f"phase is {'not ' if negated else ''}{PHASES[at]}", lambda v: (v["phase"] == at) is not negated


LEAVES: st.SearchStrategy[Said] = st.one_of(
    compared(), chained(), stated(),
    st.sampled_from(["lit", "open_door"]).map(lambda f: (f, lambda v: v[f] == 1)),
    st.sampled_from([*DEFINED]).map(lambda d: (d, DEFINED[d])),
    st.just(("played(nudge)", lambda v: v["played.nudge.north"] + v["played.nudge.south"] + v["played.nudge.east"] > 0)),
)


def _joined(parts: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    return st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.lists(parts, min_size=2, max_size=3)).map(lambda it: (
            f" {it[0]} ".join(f"({t})" for t, _ in it[1]),
            (lambda v: all(f(v) for _, f in it[1])) if it[0] == "and" else (lambda v: any(f(v) for _, f in it[1])))),
        parts.map(lambda it: (f"not ({it[0]})", lambda v: not it[1](v))),
    )


CONDITIONS = st.recursive(LEAVES, _joined, max_leaves=8)


def postfix(compiled: Game, cond: int, values: tuple[int, ...]) -> bool:
    """The core's own definition: a stack machine over atoms, with no short cut."""
    stack: list[bool] = []
    for word in compiled.conds[cond]:
        if word == NOT:
            stack.append(not stack.pop())
        elif word in (AND, OR):
            right, left = stack.pop(), stack.pop()
            stack.append(left and right if word == AND else left or right)
        else:
            op, x, a, y, b, c = compiled.atoms[word]
            total = a * values[x] + (b * values[y] if y >= 0 else 0) + c
            assert -32_767 <= total <= 32_767
            stack.append({GE: total >= 0, EQ: total == 0, NE: total != 0}[op])
    assert len(stack) <= 1
    return stack[0] if stack else True


def _random_values(compiled: Game, dice: Random) -> tuple[int, ...]:
    return tuple(dice.choice((lo, hi, dice.randint(lo, hi))) for lo, hi in zip(compiled.lo, compiled.hi, strict=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=st.lists(CONDITIONS, min_size=1, max_size=6), seed=st.integers(0, 1 << 30))
def test_words_tree_and_tables_agree(said: list[Said], seed: int) -> None:
    """A random condition means the same to its author, as a typed tree, as postfix and as the engine reads it."""
    rules = {f"r{n}": {"when": words, "change": {"heat": 1}} for n, (words, _) in enumerate(said)}
    found = loaded(**SECTIONS, rules=rules)
    assert not found.errors, [d.render(None) for d in found.errors]
    bound = found.usable()[1]
    compiled = compile_game(bound)
    trees = {rule.id: rule.when for rule in bound.close_rules}
    tables = {rule.id: rule.cond for rule in compiled.close_rules}
    dice = Random(seed)
    for _ in range(25):
        values = _random_values(compiled, dice)
        named = dict(zip(compiled.names, values, strict=True))
        named |= {n: 0 for n in ("played.nudge.north", "played.nudge.south", "played.nudge.east") if n not in named}
        facts = Facts(compiled, values)
        for n, (words, meaning) in enumerate(said):
            meant = meaning(named)
            assert truth(compiled, trees[f"r{n}"], values) is meant, words
            assert postfix(compiled, tables[f"r{n}"], values) is meant, words
            assert facts[tables[f"r{n}"]] is meant, words


def test_every_condition_of_the_flagship_reads_alike(flagship: Game) -> None:
    """The engine's compiled conditions equal the postfix tables on random states, in and out of reach."""
    dice = Random(1)
    for _ in range(12):
        values = _random_values(flagship, dice)
        facts = Facts(flagship, values)
        for cond in range(len(flagship.conds)):
            assert facts[cond] is postfix(flagship, cond, values), flagship.cond_text[cond]


def test_equal_conditions_are_one() -> None:
    """The same question in other words is one entry of the table; the empty condition is number 0 and holds."""
    compiled = game(rules={"a": {"when": "heat > 9", "change": {"heat": 1}},
                           "b": {"when": "10 <= heat", "change": {"heat": 1}}, "c": {"change": {"heat": 1}}})
    a, b, c = (rule.cond for rule in compiled.close_rules)
    assert a == b != c
    assert (c, compiled.conds[0], compiled.cond_text[0]) == (0, (), "always")


def test_what_was_played_counts_wherever_it_is_asked() -> None:
    """`played( )` in a rule, an ending or an earlier move sees moves that stand anywhere in the file."""
    from tests.rules.workshop import Table

    table = Table(game(
        moves={"after": move(when="played(nudge)"), "nudge": move(change={"heat": 1})},
        endings={"nudged": {"title": "N", "text": "N", "when": "played(nudge) and heat >= 52"},
                 "open": {"title": "O", "text": "O", "otherwise": True}}))
    assert table.legal("north") == {"nudge:north"}
    table.close({"south": "nudge:south"})
    assert "after:north" in table.legal("north")
    assert not table.state.ending
    table.close({"east": "nudge:east"})
    assert table.state.ending == "nudged"
