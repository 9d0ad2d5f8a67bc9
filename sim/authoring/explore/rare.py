"""authoring: of what an exploration could not decide, the condition that held least often in matches it looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.authoring.explore.blame import Blame
from sim.batch.explore import Explored
from sim.batch.goals import Goal, Goals
from sim.batch.reach import reach
from sim.batch.walks import looked_at
from sim.rules import CONTROL
from sim.rules.state import State
from sim.rules.tables import Game
from sim.scenario.conditions import All, Always, Condition, Named
from sim.scenario.load import Loaded
from sim.scenario.promises import Before, Possible, Says
from sim.words.catalog import Catalog
from sim.words.closed import holds

LOOKED_AT = 300
"""Rounds in which conditions are counted, and those that end the last match."""


class Rarest(NamedTuple):
    """A condition of something that was never met."""

    condition: str
    """The author's words."""
    held: int
    of: int
    """Rounds looked at."""

    @property
    def sentence(self) -> str:
        """What was counted."""
        held = f"in {self.held:,} of" if self.held else "in none of"
        return f"`{self.condition}` held least often of its conditions: {held} {self.of:,} rounds looked at"


class Rare:
    """Counts conditions over rounds of seeded matches; the same seed gives the same."""

    def __init__(self, blame: Blame, seed: int) -> None:
        self.blame = blame
        self.names = Catalog(blame.bound).names(CONTROL)
        rounds = list(looked_at(blame.game, seed, LOOKED_AT))
        self._opens: Sequence[State] = [it.open for it in rounds]
        self._closes: Sequence[State] = [it.close for it in rounds]

    def of(self, goal: Goal) -> Rarest | None:
        """The rarest condition of the way to a goal that came nearest; None where no condition was ever in the way."""
        found = [rarest for way in self.blame.ways(goal)
                 if (rarest := self._rarest(way.when, self._opens if way.loc[0] in ("moves", "injects") else self._closes))]
        return max(found, key=lambda it: it.held, default=None)

    def among(self, when: Condition) -> Rarest | None:
        """The rarest part of a condition at the close of rounds; None where it always held."""
        return self._rarest(when, self._closes)

    def _rarest(self, when: Condition, states: Sequence[State]) -> Rarest | None:
        found = [Rarest(part.text, sum(holds(self.names, part, state.values) for state in states), len(states))
                 for part in _opened(when) if part.text and not isinstance(part, Always)]
        rarest = min(found, key=lambda it: it.held, default=None)
        return rarest if rarest is not None and rarest.held < rarest.of else None


def rare_of(loaded: Loaded, game: Game, seed: int, says: Says) -> Rarest | None:
    """The rarest condition of what a promise says to be possible; of two things in order that of the rarer."""
    things = (says.first, says.second) if isinstance(says, Before) else (says.thing,) if isinstance(says, Possible) else ()
    goals = Goals(game)
    rare = Rare(Blame(loaded, game, goals, Explored(tuple(goals.all), reach(game))), seed)
    found = [rare.among(it.condition) if it.condition is not None else rare.of(Goal(it.kind, it.id))  # type: ignore[arg-type]
             for it in things]
    return min((it for it in found if it is not None), key=lambda it: it.held, default=None)


def _opened(when: Condition) -> tuple[Condition, ...]:
    """The parts that must all hold, those behind a defined name too."""
    inner = when.body if isinstance(when, Named) else when
    return tuple(part for item in inner.items for part in _opened(item)) if isinstance(inner, All) else (when,)
