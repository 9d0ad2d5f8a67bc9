"""scenario: a condition's or a score's text as a tree, before its names are looked up.

Python's own parser finds the structure, but sees only text that `tokens` has let through, with every
name masked, so that no word of Python means anything here; nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from sim.scenario.conditions.problem import MOST_PARTS, ConditionProblem
from sim.scenario.conditions.tokens import Token, tokens

Sign = Literal[">=", "<=", "==", "!=", ">", "<", "is", "is not"]


# Parts of a condition: `start` and `end` are columns within it, `text` the author's words for it. Named tuples, because
# they are made faster than frozen dataclasses, both the classes and the hundreds of nodes.


class Word(NamedTuple):
    """A name, with points or without; `true` and `false` are words too."""

    text: str
    start: int
    end: int


class Number(NamedTuple):
    """A whole number without a sign."""

    text: str
    start: int
    end: int
    value: int


class Minus(NamedTuple):
    """`-item`."""

    text: str
    start: int
    end: int
    item: Node


class Arithmetic(NamedTuple):
    """`left + right`, `left - right` or `left * right`."""

    text: str
    start: int
    end: int
    sign: Literal["+", "-", "*"]
    left: Node
    right: Node


class Comparison(NamedTuple):
    """Two or more items with a sign between each two."""

    text: str
    start: int
    end: int
    items: tuple[Node, ...]
    signs: tuple[Sign, ...]


class Negation(NamedTuple):
    """`not item`."""

    text: str
    start: int
    end: int
    item: Node


class Join(NamedTuple):
    """Two or more items joined by the same word."""

    text: str
    start: int
    end: int
    word: Literal["and", "or"]
    items: tuple[Node, ...]


class Call(NamedTuple):
    """`played(move)`."""

    text: str
    start: int
    end: int
    move: Word


Node: TypeAlias = Word | Number | Minus | Arithmetic | Comparison | Negation | Join | Call
"""Any part of a condition."""
LinearNode = Node

_SIGNS: dict[type[ast.cmpop], Sign] = {
    ast.GtE: ">=",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Gt: ">",
    ast.Lt: "<",
    ast.Is: "is",
    ast.IsNot: "is not",
}


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a condition. Raises ConditionProblem (G0xx) at the first thing that cannot be read."""
    return _tree(text)


@lru_cache(maxsize=1024)
def parse_linear(text: str) -> LinearNode:
    """The tree of a score formula such as `100 - 15 * positions`. Raises ConditionProblem (G0xx)."""
    try:
        return _tree(text)
    except ConditionProblem as problem:
        if problem.code in ("G001", "G013"):
            problem.help = "a score is a sum of tracks, for example `100 - 2 * tension`"
        raise


def _tree(text: str) -> Node:
    found = tokens(text)
    if len(found) > MOST_PARTS * 2:
        raise _too_many(found[MOST_PARTS * 2])
    try:
        _check_order(found)
    except ConditionProblem as problem:
        raise _in_words(text) or problem from None
    masked = [" "] * len(text)
    for token in found:
        shown = "x" * (token.end - token.start) if token.kind == "name" else text[token.start : token.end]
        masked[token.start : token.end] = shown.replace("\n", " ")
    lead = found[0].start
    try:
        body = ast.parse("".join(masked[lead:]), mode="eval").body
    except SyntaxError as error:
        at = min(max(0, (error.offset or 1) - 1) + lead, len(text) - 1)
        raise ConditionProblem("G013", "this condition cannot be read from here on", at, len(text), _EXAMPLE) from None
    return _Reader(text, lead).node(body)


# compiled only where something cannot be read
_SAID = (
    r"(?<=[\w)])[ ]+(?:is[ ]+)?(?:(?P<over>(?:more|greater|larger|higher)[ ]+than|over|above)"
    r"|(?P<under>(?:less|fewer|smaller|lower)[ ]+than|under|below)|(?P<least>at[ ]+least)|(?P<most>at[ ]+most)"
    r"|(?P<same>equals?(?:[ ]+to)?))(?=[ ]+[-+\w(])"
)
_SAID_SIGNS = {"over": ">", "under": "<", "least": ">=", "most": "<=", "same": "=="}
_BETWEEN = r"([A-Za-z_][\w.]*)[ ]+(?:is[ ]+)?between[ ]+(-?\d+)[ ]+and[ ]+(-?\d+)"


def _in_words(text: str) -> ConditionProblem | None:
    """A comparison that is said in words, if there is one in a condition that cannot be read."""
    if (span := re.search(_BETWEEN, text)) is not None:
        name, least, most = span.groups()
        return ConditionProblem("G013", "`between` is no comparison", span.start(), span.end(), f"write `{name} >= {least} and {name} <= {most}`")
    if (said := re.search(_SAID, text)) is not None and said.lastgroup is not None:
        start = said.start() + len(said[0]) - len(said[0].lstrip())
        return ConditionProblem("G013", f"`{said[0].strip()}` is no comparison", start, said.end(), f"write `{_SAID_SIGNS[said.lastgroup]}`")
    return None


_EXAMPLE = "write for example `tension >= 60 and withdrawal is breached`"


def _check_order(found: list[Token]) -> None:
    """Refuse whatever Python's parser would refuse, and say what is missing in plain words."""
    before: Token | None = None
    operand_next = True
    for token in found:
        if operand_next:
            if token.kind in ("name", "number"):
                operand_next = False
            elif token.kind == "not":
                if before and before.kind in ("sign", "comma"):
                    raise ConditionProblem(
                        "G013",
                        f"`not` cannot stand after `{before.text}`",
                        token.start,
                        token.end,
                        "put `not` before a whole condition: `not tension >= 60`, or write `is not`",
                    )
            elif token.kind != "open" and not (token.kind == "sign" and token.text in "+-"):
                raise _missing_before(token, before)
        elif token.kind in ("join", "sign"):
            operand_next = True
        elif token.kind == "comma":
            raise ConditionProblem(
                "G013", "a comma does not join conditions", token.start, token.end, "write `and` or `or`"
            )
        elif token.kind == "open" and before and before.kind == "name":
            if before.text != "played":
                raise ConditionProblem(
                    "G009",
                    f"`{before.text}( )` does not exist",
                    before.start,
                    before.end,
                    "only `played(move)` is written with brackets behind a word",
                )
            operand_next = True
        elif token.kind != "close":
            raise _side_by_side(token, before)
        before = token
    if operand_next and before:
        raise ConditionProblem(
            "G013", f"something is missing after `{before.text}`", before.start, before.end, _EXAMPLE
        )


def _missing_before(token: Token, before: Token | None) -> ConditionProblem:
    if token.kind == "close":
        message = (
            "there is nothing between these brackets"
            if before and before.kind == "open"
            else ("something is missing before this bracket")
        )
    elif before is None:
        message = f"something is missing before `{token.text}`"
    else:
        message = f"something is missing between `{before.text}` and `{token.text}`"
    return ConditionProblem("G013", message, token.start, token.end, _EXAMPLE)


def _side_by_side(token: Token, before: Token | None) -> ConditionProblem:
    if token.kind == "not":
        return ConditionProblem(
            "G013",
            "`not` cannot stand here",
            token.start,
            token.end,
            "write `is not`, or put `not` at the beginning",
        )
    shown = before.text if before else ""
    return ConditionProblem(
        "G013",
        f"`{shown}` and `{token.text}` stand side by side",
        token.start,
        token.end,
        "put `and`, `or`, `is` or a comparison between them; names have no spaces",
    )


def _too_many(at: Token | Node) -> ConditionProblem:
    return ConditionProblem(
        "G003",
        f"this condition has more than {MOST_PARTS} parts",
        at.start,
        at.end,
        "write it as a list of conditions (all must hold), or give a part of it a name under `define:`",
    )


class _Reader:
    """Turns Python's tree into ours and refuses what is not on the list."""

    def __init__(self, text: str, lead: int) -> None:
        self._text = text
        self._lead = lead
        self._parts = 0

    def node(self, found: ast.expr) -> Node:
        text, start, end = self._place(found)
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise _too_many(Word(text, start, end))
        match found:
            case ast.Name():
                return self._word(found)
            case ast.Constant(value=int() as value):
                return Number(text, start, end, value)
            case ast.UnaryOp(op=ast.Not(), operand=item):
                return Negation(text, start, end, self.node(item))
            case ast.UnaryOp(op=ast.USub(), operand=item):
                return Minus(text, start, end, self.node(item))
            case ast.UnaryOp(op=ast.UAdd(), operand=item):
                return self.node(item)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() as op, left=left, right=right):
                sign: Literal["+", "-", "*"] = (
                    "+" if isinstance(op, ast.Add) else "-" if isinstance(op, ast.Sub) else "*"
                )
                return Arithmetic(text, start, end, sign, self.node(left), self.node(right))
            case ast.BoolOp(op=op, values=values):
                word: Literal["and", "or"] = "and" if isinstance(op, ast.And) else "or"
                return Join(text, start, end, word, tuple(self.node(item) for item in values))
            case ast.Compare(left=left, ops=ops, comparators=others):
                items = tuple(self.node(item) for item in (left, *others))
                return Comparison(text, start, end, items, tuple(_SIGNS[type(op)] for op in ops))
            case ast.Call(args=[ast.Name() as move], keywords=[]):
                return Call(text, start, end, self._word(move))
            case ast.Call():
                raise ConditionProblem(
                    "G009",
                    "`played( )` needs the name of one move",
                    start,
                    end,
                    "write for example `played(invoke_csto)`",
                )
        raise ConditionProblem("G013", "this is not part of the language of conditions", start, end, _EXAMPLE)

    def _word(self, found: ast.Name) -> Word:
        return Word(*self._place(found))

    def _place(self, found: ast.expr) -> tuple[str, int, int]:
        start = found.col_offset + self._lead
        end = (found.end_col_offset or found.col_offset + 1) + self._lead
        return " ".join(self._text[start:end].split()), start, end
