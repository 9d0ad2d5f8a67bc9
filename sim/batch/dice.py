"""batch: dice that a search sets, and the few faces that show everything a die can decide."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from weakref import WeakKeyDictionary

from sim.rules.luck import Keyed
from sim.rules.tables import SURE, UNIFORM, Branch, Effect, Game, Rule

Dice = Mapping[int, int]
"""64 bits by site; a site that is not named keeps its keyed chance."""
KEYED: Dice = {}
"""No die is set."""
FALLS = 0
"""Sixteen bits with which a rule happens, whatever its chance."""
FAILS = SURE - 1
"""Sixteen bits with which a rule happens only if it always does."""


class Chosen(Keyed):
    """Keyed chance, but for the dice that are set. Every value that is set could have been thrown."""

    __slots__ = ("dice",)

    def __init__(self, seed: int, round_number: int, dice: Dice) -> None:
        """`round_number` counts from 1."""
        super().__init__(seed, round_number)
        self.dice = dice

    def bits(self, site: int) -> int:
        """The bits set at a site, else those of keyed chance."""
        found = self.dice.get(site)
        return super().bits(site) if found is None else found


class Asked(Keyed):
    """Dice that are set one after another as they are asked for, to walk through every way a round can fall."""

    __slots__ = ("answers", "asked", "faces")

    def __init__(self, faces: Mapping[int, tuple[int, ...]], answers: list[int]) -> None:
        """`answers` are positions among the faces of the first dice; every later die shows its first face."""
        super().__init__(0, 1)
        self.faces = faces
        self.answers = answers
        self.asked: dict[int, int] = {}
        """Position by site, in the order of asking."""

    def bits(self, site: int) -> int:
        """The face that is due at a site."""
        if site not in self.asked:
            n = len(self.asked)
            self.asked[site] = self.answers[n] if n < len(self.answers) else 0
        return self.faces[site][self.asked[site]]

    @property
    def dice(self) -> dict[int, int]:
        """What was thrown."""
        return {site: self.faces[site][n] for site, n in self.asked.items()}

    def following(self) -> list[int] | None:
        """The positions for the next way, or None after the last."""
        shown = list(self.asked.items())
        while shown:
            site, n = shown.pop()
            if n + 1 < len(self.faces[site]):
                return [m for _, m in shown] + [n + 1]
        return None


def branch_faces(branches: tuple[Branch, ...]) -> tuple[int, ...]:
    """Sixteen-bit values that between them decide for every branch that some state lets happen.

    A branch is decided by where a value lies between sums of the chances before it; which chances count depends on
    the state, so one value is taken between every two sums of any of them.
    """
    chances = [branch.p for branch in branches[:-1]]
    sums = {sum(some) for n in range(len(chances) + 1) for some in combinations(chances, n)}
    return tuple(sorted(s for s in sums if s < SURE))


def high(value: int, count: int) -> int:
    """Bits whose high half makes `below(bits, count)` this value."""
    return -((-value << 32) // count) << 32


def uniform_faces(effect: Effect) -> tuple[int, ...]:
    """Bits for each value that a uniform effect can draw."""
    count = effect.b - effect.a + 1
    return tuple(high(n, count) for n in range(count))


_FACES: WeakKeyDictionary[Game, dict[int, tuple[int, ...]]] = WeakKeyDictionary()


def faces(game: Game) -> Mapping[int, tuple[int, ...]]:
    """Every die of a game by its site, with faces that show all it can decide; kept with the game."""
    found = _FACES.get(game)
    if found is None:
        found = _FACES[game] = {}
        for move in game.moves:
            found[move.site] = branch_faces(move.branches)
            for branch in move.branches:
                found.update((e.site, uniform_faces(e)) for e in branch.effects if e.kind == UNIFORM)
        for rule in (*game.open_rules, *game.close_rules):
            found[rule.site] = (FALLS, FAILS) if thrown(rule) else (FALLS,)
            found.update((e.site, uniform_faces(e)) for e in rule.effects if e.kind == UNIFORM)
    return found


def thrown(rule: Rule) -> bool:
    """Whether a rule has a die."""
    return rule.p < SURE
