"""rules: what is true of one state. A condition is read from its table once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from sim.rules.tables import AND, EQ, GE, NOT, Atom, Game

Test = Callable[[Sequence[int]], bool]


def _atom(atom: Atom) -> str:
    """The comparison as source text, made of whole numbers only."""
    op, x, a, y, b, c = atom
    left = f"s[{x}]" if a == 1 else f"-s[{x}]" if a == -1 else f"{a}*s[{x}]"
    if y >= 0:
        left += f"{b:+d}*s[{y}]"
        return f"{left}{c:+d}{'>=' if op == GE else '==' if op == EQ else '!='}0"
    if op == GE:
        return f"s[{x}]>={-c}" if a == 1 else f"s[{x}]<={c}" if a == -1 else f"{left}>={-c}"
    return f"{left}{'==' if op == EQ else '!='}{-c}"


class Tests:
    """The conditions of one game as functions of the values.

    A postfix condition becomes one Python expression over whole numbers, compiled when it is first asked: an
    interpreter of the postfix form was five times slower, and compiling all at once delays the first screen.
    """

    def __init__(self, game: Game) -> None:
        self._game = game
        self._tests: list[Test | None] = [None] * len(game.conds)

    def __getitem__(self, cond: int) -> Test:
        found = self._tests[cond]
        if found is None:
            found = self._tests[cond] = self._make(cond)
        return found

    def _make(self, cond: int) -> Test:
        return eval(f"lambda s: {self.source(cond)}", {"__builtins__": {}})  # type: ignore[no-any-return]

    def source(self, cond: int) -> str:
        """The condition as an expression over `s`."""
        stack: list[tuple[str, str]] = []
        for k in self._game.conds[cond]:
            if k >= 0:
                stack.append(("", _atom(self._game.atoms[k])))
            elif k == NOT:
                stack.append(("", f"(not ({stack.pop()[1]}))"))
            else:
                right, left = stack.pop(), stack.pop()
                word = "and" if k == AND else "or"
                stack.append((word, f" {word} ".join(t if o in ("", word) else f"({t})" for o, t in (left, right))))
        return stack[0][1] if stack else "True"


_TESTS: WeakKeyDictionary[Game, Tests] = WeakKeyDictionary()


def tests(game: Game) -> Tests:
    """The game's conditions; kept with the game, dropped with it."""
    found = _TESTS.get(game)
    if found is None:
        found = _TESTS[game] = Tests(game)
    return found


class Facts(dict[int, bool]):
    """What holds in one state: condition number → truth, each looked at once."""

    def __init__(self, game: Game, values: Sequence[int]) -> None:
        super().__init__()
        self.values_at = values
        self._tests = tests(game)

    def __missing__(self, cond: int) -> bool:
        self[cond] = held = self._tests[cond](self.values_at)
        return held
