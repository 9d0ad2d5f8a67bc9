"""policies: one whole match by policies, without journal, views of others, or texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.play.protocols import Policy
from sim.rules.chance import playout_seed
from sim.rules.engine import decide, initial, open_round
from sim.rules.evolve import fold
from sim.rules.luck import Keyed
from sim.rules.scoring import score
from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game
from sim.rules.views import view

Watch = Callable[[State, Mapping[str, Orders], tuple[Event, ...]], None]
"""Called after each round with its opening state, the orders and the events."""


class Result(NamedTuple):
    """How a match ended."""

    ending: str
    rounds: int
    decisions: int
    """Orders and answers filed."""
    scores: tuple[int, ...]
    """Per seat, 0..10,000."""
    state: State


def playout(game: Game, seed: int, policies: Mapping[str, Policy], watch: Watch | None = None) -> Result:
    """Play one match to its ending; every seat needs a policy."""
    state = initial(game, seed)
    decisions = 0
    while not state.ending:
        opening = open_round(game, state)
        state = fold(state, opening)
        luck = Keyed(state.seed, state.round)
        orders = {seat: policies[seat].choose(game, view(game, state, seat), seat, luck).orders for seat in game.seats}
        decisions += sum(len(filed.moves) for filed in orders.values())
        events = decide(game, state, orders, luck)
        if watch is not None:
            watch(state, orders, (*opening, *events))
        state = fold(state, events)
    scores = tuple(score(game, state.values, n) for n in range(len(game.seats)))
    return Result(state.ending, state.round, decisions, scores, state)


def numbered(game: Game, seed: int, n: int, policies: Mapping[str, Policy], watch: Watch | None = None) -> Result:
    """Playout n of a series: the same game in whatever order the series is played."""
    return playout(game, playout_seed(seed, n), policies, watch)
