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


class Tests(dict[int, Test]):
    """The conditions of one game as functions of the values.

    A postfix condition becomes one Python expression over whole numbers, compiled when it is first asked: an
    interpreter of the postfix form was five times slower, and compiling all at once delays the first screen.
    """

    def __init__(self, game: Game) -> None:
        super().__init__()
        # the tables, not the game: this is kept under the game and must not keep it alive
        self._conds, self._atoms = game.conds, game.atoms

    def __missing__(self, cond: int) -> Test:
        self[cond] = found = eval(f"lambda s: {self.source(cond)}", {"__builtins__": {}})
        return found  # type: ignore[no-any-return]

    def source(self, cond: int) -> str:
        """The condition as an expression over `s`."""
        stack: list[tuple[str, str]] = []
        for k in self._conds[cond]:
            if k >= 0:
                stack.append(("", _atom(self._atoms[k])))
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
