"""Matches for the tests of room `play`, and a player who lets the dice decide."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from sim.play import PERSON, Choice, Match, Reason
from sim.rules import Game, Luck, Orders, State, View, legal_moves, refuse
from sim.scenario.load import Loaded, load

FIRST_ROUND = Path(__file__).parents[2] / "scenarios" / "first-round"


@cache
def first_round() -> Loaded:
    """The small scenario, loaded once."""
    return load(FIRST_ROUND)


class Lot:
    """A policy that files any two orders that go together, by the seat's dice."""

    name = "lot"

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """Orders with a made-up reason for each, so that every field is used."""
        state = State(0, seen.round, seen.open, seen.values)
        keys: tuple[str, ...] = ()
        reasons = []
        for n, move in enumerate(legal_moves(game, state, seat)):
            if luck.bits(move.site) & 3 or refuse(game, state, seat, Orders((*keys, move.key))) is not None:
                continue
            keys = (*keys, move.key)
            kind, question = ("answer", game.questions[move.question].id) if move.question >= 0 else ("order", "")
            reasons.append(Reason(kind, move.key, question, 80 + n, 500, ((move.cond, 32),), -7,
                                  ((game.moves[0].key, 3),), move.conditions))
        return Choice(Orders(keys), tuple(reasons) or (Reason("pass", weight=5, total=9),))


LOT = {"lot": Lot()}


def new_match(seed: int = 1, **players: str) -> Match:
    """A match in which lot plays every seat that is not named."""
    match = Match.new(first_round(), seed=seed)
    for seat in match.game.seats:
        match.hand(seat, players.get(seat, "lot"))
    return match


def play(match: Match, rounds: int = 99) -> Match:
    """Some rounds by lot, to the ending at most."""
    while rounds and not match.ended:
        match.resolve(match.choose(LOT))
        rounds -= 1
    return match


def wander(match: Match, seed: int, steps: int) -> Match:
    """Any acts on a match, one after the other: filings, rounds, undo, branches, control events."""
    rng = random.Random(seed)
    for _ in range(steps):
        act = rng.randrange(9)
        seat = rng.choice(match.game.seats)
        if act == 0 and len(match.rounds):
            match.undo()
        elif act == 1:
            match.branch(rng.randint(1, match.round)) if not match.ended else match.undo()
        elif act == 2 and not match.ended:
            match.control("The railing gives way", {"tension": rng.randint(0, 90)})
        elif act == 3:
            match.go(rng.choice(sorted(match.entries)))
        elif act in (4, 5) and not match.ended:
            match.file(seat, Orders((rng.choice(match.legal_moves(seat)).key,)))
        elif act == 6:
            match.withdraw(seat)
        elif not match.ended:
            match.hand(seat, rng.choice((PERSON, "lot")))
            match.resolve(match.choose(LOT))
    return match
