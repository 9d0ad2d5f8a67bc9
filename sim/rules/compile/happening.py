"""rules: the effects of a facilitator's inject, lowered to the tables of a game that is compiled already."""

from __future__ import annotations

from collections.abc import Iterable

from sim.rules.chance import site
from sim.rules.compile.lowering import KINDS
from sim.rules.tables import Effect, Game
from sim.scenario.bind.shapes import BoundEffect


def lower_effects(game: Game, effects: Iterable[BoundEffect], leg: int, owner: str) -> tuple[Effect, ...]:
    """Effects as the engine reads them in a leg; `owner` names the dice of their ranges."""
    return tuple(Effect(KINDS[e.kind], game.index[e.name], e.a[leg], e.b[leg],
                        site("uniform", owner, 0, e.name) if e.kind == "uniform" else 0) for e in effects)
