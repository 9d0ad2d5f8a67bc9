"""rules: atoms and conditions interned, so that equal conditions are one number."""

from __future__ import annotations

from collections.abc import Mapping

from sim.rules.tables import AND, EQ, GE, NE, NOT, OR, Atom
from sim.scenario.bind.shapes import Variable
from sim.scenario.conditions import All, Always, Any, Compare, Condition, Flag, Is, Named, Not, Played

OPS = {">=": GE, "==": EQ, "!=": NE}
WORD = 32_767
"""An atom's sum over the bounds of its variables lies in ±32,767."""


class OutOfRange(ValueError):
    """A comparison or a goal can leave the core's sixteen bits."""

    def __init__(self, text: str, most: int) -> None:
        super().__init__(f"`{text}` can reach {most:,}, beyond {WORD:,}")
        self.text = text
        self.most = most


class Pool:
    """Conditions of one game as they are lowered."""

    def __init__(self, variables: Mapping[str, Variable], numbers: Mapping[str, int], seats: tuple[str, ...]) -> None:
        self._variables = variables
        self._numbers = numbers
        self._seats = seats
        self.atoms: dict[Atom, int] = {}
        self.conds: dict[tuple[int, ...], int] = {(): 0}
        self.texts: list[str] = ["always"]
        self._known: dict[Condition, int] = {}

    def condition(self, condition: Condition) -> int:
        """The number of a condition."""
        found = self._known.get(condition)
        if found is None:
            code = tuple(self._code(condition))
            found = self.conds.setdefault(code, len(self.conds))
            if found == len(self.texts):
                self.texts.append(condition.text)
            self._known[condition] = found
        return found

    def _code(self, condition: Condition) -> list[int]:
        match condition:
            case Always(value=value):
                return [] if value else [self._never()]
            case Compare(terms=terms, const=const, op=op):
                return [self._compare(terms, const, op, condition.text)]
            case Is(name=name, status=status, negated=negated):
                at = self._variables[name].statuses.index(status)
                return [self._atom(Atom(NE if negated else EQ, self._numbers[name], 1, -1, 0, -at))]
            case Flag(name=name):
                return [self._atom(Atom(GE, self._numbers[name], 1, -1, 0, -1))]
            case Played(move=move):
                counters = [n for n in self._numbers if n.startswith(f"played.{move}.")]
                atoms = [self._atom(Atom(GE, self._numbers[n], 1, -1, 0, -1)) for n in counters]
                return self._joined([[a] for a in atoms], OR)
            case Not(item=item):
                inner = self._code(item)
                return [*inner, NOT] if inner else [self._never()]
            case Named(body=body):
                return self._code(body)
            case All(items=items):
                return self._joined([self._code(item) for item in items], AND)
            case Any(items=items):
                codes = [self._code(item) for item in items]
                return [] if any(not code for code in codes) else self._joined(codes, OR)

    @staticmethod
    def _joined(codes: list[list[int]], word: int) -> list[int]:
        kept = [code for code in codes if code]
        out: list[int] = []
        for n, code in enumerate(kept):
            out.extend(code)
            if n:
                out.append(word)
        return out

    def _never(self) -> int:
        """An atom that cannot hold: the round is never below zero."""
        return self._atom(Atom(GE, self._numbers["round"], -1, -1, 0, -1))

    def _compare(self, terms: tuple[tuple[int, str], ...], const: int, op: str, text: str) -> int:
        (a, x), *rest = terms
        b, y = rest[0] if rest else (0, "")
        most = self.reach(terms, const)
        if most > WORD:
            raise OutOfRange(text, most)
        return self._atom(Atom(OPS[op], self._numbers[x], a, self._numbers[y] if y else -1, b, const))

    def reach(self, terms: tuple[tuple[int, str], ...], const: int) -> int:
        """The largest magnitude of a sum over the bounds of its variables."""
        low = const + sum(min(k * self._variables[n].lo, k * self._variables[n].hi) for k, n in terms)
        high = const + sum(max(k * self._variables[n].lo, k * self._variables[n].hi) for k, n in terms)
        return max(abs(low), abs(high))

    def _atom(self, atom: Atom) -> int:
        return self.atoms.setdefault(atom, len(self.atoms))
