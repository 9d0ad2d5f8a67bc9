"""batch: conditions as trees over sets of values, for reasoning about many states at once.

What a set does not say, the readable engine does: a tree is built from the same postfix tables and never decides play.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from sim.rules.tables import AND, EQ, GE, NE, NOT, Atom, Game


class In(NamedTuple):
    """A variable's value is one of a set: bit n stands for `lo + n`."""

    var: int
    mask: int


class Pair(NamedTuple):
    """A comparison of two variables, as its table says it."""

    atom: Atom


class Every(NamedTuple):
    """All parts hold; without parts it always holds."""

    parts: tuple[Formula, ...]


class Some(NamedTuple):
    """One part holds; without parts it never does."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = In | Pair | Every | Some

ALWAYS = Every(())
NEVER = Some(())


class Ranges(NamedTuple):
    """The bounds of a game's variables, and the set of all values of each."""

    lo: tuple[int, ...]
    hi: tuple[int, ...]
    full: tuple[int, ...]

    @classmethod
    def of(cls, game: Game) -> Ranges:
        """A game's bounds."""
        return cls(game.lo, game.hi, tuple((1 << (h - low + 1)) - 1 for low, h in zip(game.lo, game.hi, strict=True)))


def formula(code: Iterable[int], atoms: Sequence[Atom], ranges: Ranges) -> Formula:
    """A postfix condition as a tree in which only comparisons of two variables are not sets."""
    stack: list[Formula] = []
    for word in code:
        if word >= 0:
            stack.append(_atom(atoms[word], ranges))
        elif word == NOT:
            stack.append(opposite(stack.pop(), ranges))
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(every((left, right), ranges) if word == AND else some((left, right), ranges))
    return stack[0] if stack else ALWAYS


def _atom(atom: Atom, ranges: Ranges) -> Formula:
    op, x, a, y, _, c = atom
    if y >= 0:
        return Pair(atom)
    mask = 0
    for n in range(ranges.hi[x] - ranges.lo[x] + 1):
        total = a * (ranges.lo[x] + n) + c
        if total >= 0 if op == GE else (total == 0) == (op == EQ):
            mask |= 1 << n
    return _in(x, mask, ranges)


def _in(var: int, mask: int, ranges: Ranges) -> Formula:
    return ALWAYS if mask == ranges.full[var] else In(var, mask) if mask else NEVER


def every(parts: Iterable[Formula], ranges: Ranges) -> Formula:
    """All of them; sets of one variable become one set."""
    kept: list[Formula] = []
    sets: dict[int, int] = {}
    for part in parts:
        for item in part.parts if isinstance(part, Every) else (part,):
            if isinstance(item, In):
                sets[item.var] = sets.get(item.var, -1) & item.mask
            elif item == NEVER:
                return NEVER
            else:
                kept.append(item)
    if not all(sets.values()):
        return NEVER
    # sets first: what they exclude need not be looked for in alternatives
    out = (*(In(var, mask) for var, mask in sets.items()), *kept)
    return out[0] if len(out) == 1 else Every(out)


def some(parts: Iterable[Formula], ranges: Ranges) -> Formula:
    """One of them; sets of one variable become one set."""
    kept: list[Formula] = []
    sets: dict[int, int] = {}
    for part in parts:
        for item in part.parts if isinstance(part, Some) else (part,):
            if isinstance(item, In):
                sets[item.var] = sets.get(item.var, 0) | item.mask
            elif item == ALWAYS:
                return ALWAYS
            else:
                kept.append(item)
    if any(mask == ranges.full[var] for var, mask in sets.items()):
        return ALWAYS
    out = (*(In(var, mask) for var, mask in sets.items()), *kept)
    return out[0] if len(out) == 1 else Some(out)


def opposite(item: Formula, ranges: Ranges) -> Formula:
    """What holds exactly where the formula does not."""
    match item:
        case In(var=var, mask=mask):
            return _in(var, ranges.full[var] & ~mask, ranges)
        case Pair(atom=atom):
            if atom.op == GE:
                return Pair(Atom(GE, atom.x, -atom.a, atom.y, -atom.b, -atom.c - 1))
            return Pair(atom._replace(op=NE if atom.op == EQ else EQ))
        case Every(parts=parts):
            return some([opposite(part, ranges) for part in parts], ranges)
        case Some(parts=parts):
            return every([opposite(part, ranges) for part in parts], ranges)


def settled(item: Formula, ranges: Ranges) -> Formula:
    """The same with alternatives left out that contradict what must hold anyway; what is left alone moves up."""
    while isinstance(item, Every):
        must = {part.var: part.mask for part in item.parts if isinstance(part, In)}
        parts = [part if isinstance(part, In) else _under(part, must, ranges) for part in item.parts]
        after = every(parts, ranges)
        if after == item:
            return item
        item = after
    return item


def _under(item: Formula, must: dict[int, int], ranges: Ranges) -> Formula:
    match item:
        case In(var=var, mask=mask):
            known = must.get(var, ranges.full[var])
            return NEVER if not mask & known else ALWAYS if not known & ~mask else item
        case Every(parts=parts):
            return every([_under(part, must, ranges) for part in parts], ranges)
        case Some(parts=parts):
            return some([_under(part, must, ranges) for part in parts], ranges)
    return item


def variables(item: Formula) -> frozenset[int]:
    """Every variable that the formula reads."""
    match item:
        case In(var=var):
            return frozenset((var,))
        case Pair(atom=atom):
            return frozenset((atom.x, atom.y))
    return frozenset().union(*(variables(part) for part in item.parts))


class Formulas:
    """The conditions of one game as trees, each built when it is first asked."""

    def __init__(self, game: Game) -> None:
        # the tables, not the game: this is kept under the game and must not keep it alive
        self.ranges = Ranges.of(game)
        self._conds, self._atoms = game.conds, game.atoms
        self._known: dict[int, Formula] = {}

    def __getitem__(self, cond: int) -> Formula:
        found = self._known.get(cond)
        if found is None:
            found = self._known[cond] = formula(self._conds[cond], self._atoms, self.ranges)
        return found


_KEPT: WeakKeyDictionary[Game, Formulas] = WeakKeyDictionary()


def formulas(game: Game) -> Formulas:
    """The game's conditions as trees; kept with the game, dropped with it."""
    found = _KEPT.get(game)
    if found is None:
        found = _KEPT[game] = Formulas(game)
    return found
