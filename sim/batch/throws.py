"""batch: every way the dice of an action can fall, with its chance, found by running the action itself.

A die that has not fallen yet is a number that decides only what it is asked: `u < 6554` parts its sixteen bits in two,
and a pick among five parts them in as many pieces as are told apart. So an action has as many ways as it has different
outcomes, and no rule is written a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeVar, cast

from sim.rules.luck import Luck

T = TypeVar("T")


class TooMany(Exception):
    """There are more ways than may be tried."""


def every(action: Callable[[Luck], T], most: int) -> Iterator[tuple[float, T]]:
    """Each way an action can go, with its chance; the chances sum to 1.

    `action` is run once a way and must depend on its dice alone. Raises `TooMany` after `most` ways.
    """
    forks: list[Fork] = []
    for _ in range(most):
        throw = Throw(forks)
        result = action(throw)
        yield throw.chance, result
        while forks and forks[-1].taken == len(forks[-1].weights) - 1:
            forks.pop()
        if not forks:
            return
        last = forks.pop()
        forks.append(last._replace(taken=last.taken + 1))
    raise TooMany


class Fork(NamedTuple):
    """A question that the dice were asked, and which answer this run gives."""

    weights: tuple[int, ...]
    taken: int


class Throw:
    """One run's dice, a `Luck`. Follows the forks that it is given and takes the first answer beyond them."""

    def __init__(self, forks: list[Fork]) -> None:
        self.forks = forks
        self.depth = 0
        self.chance = 1.0
        self._dice: dict[tuple[int, int], Die] = {}

    def bits(self, site: int) -> int:
        """The 64 bits of a site: sixteen low ones for chances, 32 high ones for picks."""
        return cast("int", Bits(self, site))

    def branch(self, move: str) -> int | None:
        """Nothing is given."""
        return None

    def happens(self, rule: str) -> bool | None:
        """Nothing is given."""
        return None

    def answer(self, weights: tuple[int, ...]) -> int:
        """Which answer this run gives to a question whose answers weigh so much, each more than nothing."""
        if self.depth == len(self.forks):
            self.forks.append(Fork(weights, 0))
        fork = self.forks[self.depth]
        self.depth += 1
        self.chance *= fork.weights[fork.taken] / sum(fork.weights)
        return fork.taken

    def die(self, site: int, count: int) -> Die:
        """The die of a site; asked again, it remembers how it fell."""
        found = self._dice.get((site, count))
        if found is None:
            found = self._dice[site, count] = Die(self, count)
        return found


class Die:
    """A number as far as it is known: 0 .. count - 1, or for `count` 0 the sixteen low bits."""

    __slots__ = ("count", "high", "low", "throw")

    def __init__(self, throw: Throw, count: int) -> None:
        self.throw = throw
        self.count = count
        self.low, self.high = 0, count or 1 << 16

    def below(self, limit: int) -> bool:
        """Whether it is smaller than a number."""
        if limit <= self.low:
            return False
        if limit >= self.high:
            return True
        at, low, high = map(self._sum, (limit, self.low, self.high))
        smaller = self.throw.answer((at - low, high - at)) == 0
        if smaller:
            self.high = limit
        else:
            self.low = limit
        return smaller

    def value(self) -> int:
        """The number itself."""
        if self.high - self.low > 1:
            sums = [self._sum(n) for n in range(self.low, self.high + 1)]
            self.low += self.throw.answer(tuple(b - a for a, b in pairwise(sums)))
            self.high = self.low + 1
        return self.low

    def _sum(self, limit: int) -> int:
        """Of how many equally likely bit patterns the number is smaller than `limit`."""
        return -((-limit << 32) // self.count) if self.count else limit


class Bits:
    """64 bits that have not fallen: `& 0xFFFF` and `below` take what they need of them.

    Not an `int`: where Python wants a whole number it would take the one inside without asking the die.
    """

    __slots__ = ("site", "throw")

    def __init__(self, throw: Throw, site: int) -> None:
        self.throw, self.site = throw, site

    def __and__(self, mask: int) -> Number:
        if mask != 0xFFFF:
            raise NotImplementedError(f"no rule asks a die for the bits {mask:x}")
        return Number(self.throw.die(self.site, 0), 0)

    def __rshift__(self, by: int) -> High:
        if by != 32:
            raise NotImplementedError(f"no rule shifts a die by {by}")
        return High(self, 0)


class High:
    """The 32 high bits; `below` multiplies them by how many things there are to pick from, and keeps the high half."""

    __slots__ = ("bits", "count")

    def __init__(self, bits: Bits, count: int) -> None:
        self.bits, self.count = bits, count

    def __mul__(self, count: int) -> High:
        return High(self.bits, count)

    def __rshift__(self, by: int) -> Number:
        return Number(self.bits.throw.die(self.bits.site, self.count), 0)


class Number:
    """A die less something: what engines and policies compare, count down, or use as a number."""

    __slots__ = ("die", "less")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, die: Die, less: int) -> None:
        self.die, self.less = die, less

    def __lt__(self, other: int) -> bool:
        return self.die.below(other + self.less)

    def __ge__(self, other: int) -> bool:
        return not self < other

    def __le__(self, other: int) -> bool:
        return self < other + 1

    def __gt__(self, other: int) -> bool:
        return not self < other + 1

    def __eq__(self, other: object) -> bool:
        return int(self) == other

    def __sub__(self, other: int) -> Number:
        return Number(self.die, self.less + other)

    def __add__(self, other: int) -> int:
        # what is added to a track is wanted as a number
        return int(self) + other

    __radd__ = __add__

    def __index__(self) -> int:
        return self.die.value() - self.less

    __int__ = __index__
