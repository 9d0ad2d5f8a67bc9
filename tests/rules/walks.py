"""Random legal play, by a generator that a test seeds."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from sim.rules import Event, Game, Orders, State, decide, fold, initial, legal_moves, open_round


def choose(game: Game, state: State, seat: str, dice: Random) -> Orders:
    """Any answers and orders that may be filed together, built from `legal_moves` and the stated limits alone."""
    legal = list(legal_moves(game, state, seat))
    dice.shuffle(legal)
    left, picks, asked, keys = game.attention[game.number(seat)], dice.randint(0, game.picks), set[int](), []
    for move in legal:
        if move.question >= 0:
            if move.question not in asked and dice.random() < 0.8:
                asked.add(move.question)
                keys.append(move.key)
        elif picks and move.cost <= left:
            picks, left = picks - 1, left - move.cost
            keys.append(move.key)
    return Orders(tuple(keys))


def walk(game: Game, dice: Random) -> Iterator[tuple[State, dict[str, Orders], tuple[Event, ...]]]:
    """Each round of a random match: the state in which orders were filed, the orders, what came of them."""
    state = initial(game, dice.getrandbits(64))
    while not state.ending:
        state = fold(state, open_round(game, state))
        orders = {seat: choose(game, state, seat, dice) for seat in game.seats}
        events = decide(game, state, orders)
        yield state, orders, events
        state = fold(state, events)


def anywhere(game: Game, dice: Random) -> State:
    """An open state that random play reaches, at a random round."""
    states = [state for state, _, _ in walk(game, dice)]
    return dice.choice(states)
