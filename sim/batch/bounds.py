"""batch: sets of values per variable: what a condition leaves of them, and what an effect makes of them.

A set of sets stands for every state whose variables lie in them. It forgets how variables hang together, so it holds
more states than are possible and never fewer: what it excludes is impossible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.batch.formula import Every, Formula, In, Pair, Ranges, Some
from sim.rules.tables import ADD, EQ, GE, RAISE, SCALE, SET, TOWARD, UNIFORM, Atom

Masks = list[int]
"""One set of values per variable of the game."""
Narrowed = dict[int, int]
"""The variables that a condition narrows, with what is left of each."""


def assume(item: Formula, masks: Sequence[int], ranges: Ranges, within: Mapping[int, int] | None = None) -> Narrowed | None:
    """What is left where the formula holds, or None where it cannot; `within` has been narrowed before."""
    known: Narrowed = dict(within) if within else {}
    return known if _narrow(item, masks, ranges, known) else None


def _narrow(item: Formula, masks: Sequence[int], ranges: Ranges, known: Narrowed) -> bool:
    match item:
        case In(var=var, mask=mask):
            before = known.get(var, masks[var])
            left = before & mask
            if left != before:
                known[var] = left
            return left != 0
        case Every(parts=parts):
            return all(_narrow(part, masks, ranges, known) for part in parts)
        case Some(parts=parts):
            return _either(parts, masks, ranges, known)
        case Pair(atom=atom):
            return _pair(atom, masks, ranges, known)


def _either(parts: tuple[Formula, ...], masks: Sequence[int], ranges: Ranges, known: Narrowed) -> bool:
    joined: Narrowed | None = None
    for part in parts:
        way = dict(known)
        if not _narrow(part, masks, ranges, way):
            continue
        # a variable that one way leaves as it was is left as it was
        joined = way if joined is None else {v: m | way[v] for v, m in joined.items() if v in way}
    if joined is None:
        return False
    known.update(joined)
    return True


def _pair(atom: Atom, masks: Sequence[int], ranges: Ranges, known: Narrowed) -> bool:
    op, x, a, y, b, c = atom
    mine, other = known.get(x, masks[x]), known.get(y, masks[y])
    left, right = terms(mine, a, ranges.lo[x]), terms(other, b, ranges.lo[y])
    known[x] = _kept(mine, a, ranges.lo[x], right, op, c)
    known[y] = _kept(other, b, ranges.lo[y], left, op, c)
    return known[x] != 0 and known[y] != 0


def terms(mask: int, factor: int, lo: int) -> set[int]:
    """`factor · value` for each value of a set."""
    return {factor * value for value in values(mask, lo)}


def _kept(mask: int, factor: int, lo: int, others: set[int], op: int, const: int) -> int:
    """The values for which some value of the other variable makes the comparison true."""
    out = 0
    most = max(others)
    for value in values(mask, lo):
        total = factor * value + const
        if op == GE:
            holds = total + most >= 0
        elif op == EQ:
            holds = -total in others
        else:
            holds = len(others) > 1 or -total not in others
        if holds:
            out |= 1 << (value - lo)
    return out


def values(mask: int, lo: int) -> list[int]:
    """The values of a set, ascending."""
    out = []
    while mask:
        low = mask & -mask
        out.append(lo + low.bit_length() - 1)
        mask ^= low
    return out


def least(mask: int, lo: int) -> int:
    """The least value of a set that is not empty."""
    return lo + (mask & -mask).bit_length() - 1


def greatest(mask: int, lo: int) -> int:
    """The greatest value of a set that is not empty."""
    return lo + mask.bit_length() - 1


def span(low: int, high: int, lo: int, full: int) -> int:
    """The set of all values from `low` to `high` that are in bounds."""
    if high < low:
        return 0
    first = max(0, low - lo)
    return ((1 << max(0, high - lo + 1)) - 1) & full & ~((1 << first) - 1)


def image(mask: int, kind: int, a: int, b: int, lo: int, hi: int) -> int:
    """The set of values after an effect, clamped at once as the engine does."""
    if kind == ADD:
        return _shifted(mask, a, lo, hi)
    if kind == SET:
        return 1 << (min(max(a, lo), hi) - lo)
    if kind == UNIFORM:
        out = 0
        for step in range(a, b + 1):
            out |= _shifted(mask, step, lo, hi)
        return out
    out = 0
    for value in values(mask, lo):
        if kind == RAISE:
            after = max(value, a)
        elif kind == TOWARD:
            after = min(a, value + b) if value < a else max(a, value - b)
        elif kind == SCALE:
            after = value + (value * a) // b
        else:
            raise ValueError(f"an effect of kind {kind}")
        out |= 1 << (min(max(after, lo), hi) - lo)
    return out


def _shifted(mask: int, step: int, lo: int, hi: int) -> int:
    size = hi - lo + 1
    if step >= 0:
        moved = mask << step
        over = moved >> size
        return moved & ((1 << size) - 1) | ((1 << (size - 1)) if over else 0)
    below = mask & ((1 << min(-step, size)) - 1)
    return mask >> -step | (1 if below else 0)
