"""rules: where a round's dice come from: keyed chance, or what history threw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sim.rules.chance import key, mix


class Luck(Protocol):
    """Dice by site, and outcomes that are given instead of thrown."""

    def bits(self, site: int) -> int:
        """64 bits at a site of this round."""
        ...

    def branch(self, move: str) -> int | None:
        """The author's branch (from 0) that a move must take, or None."""
        ...

    def happens(self, rule: str) -> bool | None:
        """Whether a rule with a die must happen, by the author's rule id; None leaves it to the die."""
        ...


class Keyed:
    """Keyed chance: `draw(seed, round, site)`."""

    __slots__ = ("_key",)

    def __init__(self, seed: int, round_number: int) -> None:
        """`round_number` counts from 1, as authors do."""
        self._key = key(seed, round_number - 1)

    def bits(self, site: int) -> int:
        """64 bits at a site of this round."""
        return mix(self._key ^ site)

    def branch(self, move: str) -> int | None:
        """Nothing is given."""
        return None

    def happens(self, rule: str) -> bool | None:
        """Nothing is given."""
        return None


@dataclass(frozen=True, slots=True)
class Given:
    """Keyed chance, but for what is known to have happened: replays of history, a facilitator's hand."""

    chance: Keyed
    branches: dict[str, int] = field(default_factory=dict)
    rules: dict[str, bool] = field(default_factory=dict)
    otherwise: bool | None = None
    """What happens to rules with a die that are not named: None throws it."""

    def bits(self, site: int) -> int:
        """64 bits at a site of this round."""
        return self.chance.bits(site)

    def branch(self, move: str) -> int | None:
        """The branch that history took."""
        return self.branches.get(move)

    def happens(self, rule: str) -> bool | None:
        """Whether history saw it."""
        return self.rules.get(rule, self.otherwise)
