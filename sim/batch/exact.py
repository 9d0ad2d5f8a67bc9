"""batch: exact odds of a small scenario: every state a round can lead to, with its chance, round after round.

What is exact are the rules, the dice and the policies as they are played, down to the bits of a die; chances are added up
in floating point. Seats choose independently of each other on what they see; orders of different tiers are told apart by
tier, not by the order of filing, which changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from math import prod

from sim.batch.odds import Odds
from sim.batch.shares import Share, weighed
from sim.batch.throws import TooMany, every
from sim.play.protocols import Policy
from sim.policies.ladder import policy
from sim.rules.engine import decide, initial, open_round
from sim.rules.evolve import fold
from sim.rules.scoring import score
from sim.rules.state import Orders, State
from sim.rules.tables import Game
from sim.rules.views import view

MOST_WAYS = 20_000
"""Beyond so many ways that opening, choosing and resolving can go, games are sampled. A few seconds' work."""

MOST_CHOICES = 1_000
"""What one seat can file in one round, in different ways of drawing it."""

Values = tuple[int, ...]
Choices = list[tuple[float, Orders]]


def exact(game: Game, players: Mapping[str, str], most: int = MOST_WAYS) -> Odds | None:
    """The odds without sampling, or None if that would take more than `most` steps."""
    try:
        return _Tree(game, players, most).odds()
    except TooMany:
        return None


class _Tree:
    def __init__(self, game: Game, players: Mapping[str, str], most: int) -> None:
        self.game = game
        self.left = most
        self.states = 0
        self.per_state = 0
        self.policies: dict[str, Policy] = {s: policy(name, explaining=False) for s, name in players.items()}
        self.tier = {move.key: move.tier for move in game.moves}
        self.chosen: dict[tuple[str, Values], Choices] = {}
        self.ended: dict[str, dict[Values, float]] = defaultdict(lambda: defaultdict(float))

    def odds(self) -> Odds:
        """All rounds."""
        start = initial(self.game, 0)
        now: dict[Values, float] = {start.values: 1.0}
        for number in range(self.game.rounds):
            now = self._round(now, replace(start, round=number))
        shares = {e.id: sum(self.ended[e.id].values()) if e.id in self.ended else 0.0 for e in self.game.endings}
        scores: dict[str, dict[int, float]] = {seat: defaultdict(float) for seat in self.game.seats}
        for reached in self.ended.values():
            for values, chance in reached.items():
                for n, seat in enumerate(self.game.seats):
                    scores[seat][score(self.game, values, n)] += chance
        return Odds(0, {name: Share(0, p, p, p) for name, p in shares.items()},
                    {seat: weighed(chances) for seat, chances in scores.items()}, 0, exact=True, states=self.states)

    def _round(self, now: Mapping[Values, float], closed: State) -> dict[Values, float]:
        """The states after one more round with their chances; those that ended are put aside."""
        opened: dict[Values, float] = defaultdict(float)
        state = closed
        for values, chance in now.items():
            before = replace(closed, values=values)
            for p, events in every(partial(open_round, self.game, before), self.left):
                self.left -= 1
                state = fold(before, events)
                opened[state.values] += chance * p
        self.states += len(opened)
        if self.per_state * len(opened) > self.left:
            # the round before tells what this one will cost: better to know at once than when the time is spent
            raise TooMany
        spendable = self.left
        after: dict[Values, float] = defaultdict(float)
        for values, chance in opened.items():
            self._resolved(replace(state, values=values), chance, after)
        self.per_state = (spendable - self.left) // max(1, len(opened))
        return after

    def _resolved(self, state: State, chance: float, after: dict[Values, float]) -> None:
        per_seat = [self._choices(state, seat) for seat in self.game.seats]
        if prod(map(len, per_seat)) > self.left:
            raise TooMany
        for together in product(*per_seat):
            filed = dict(zip(self.game.seats, (orders for _, orders in together), strict=True))
            share = chance * prod(p for p, _ in together)
            for p, events in every(partial(decide, self.game, state, filed), self.left):
                self.left -= 1
                reached = fold(state, events)
                into = self.ended[reached.ending] if reached.ending else after
                into[reached.values] += share * p

    def _choices(self, state: State, seat: str) -> Choices:
        """What a seat may file on what it sees, with the chance of each."""
        seen = view(self.game, state, seat)
        found = self.chosen.get((seat, seen.values))
        if found is None:
            merged: dict[tuple[str, ...], float] = defaultdict(float)
            choose = self.policies[seat].choose
            for p, choice in every(partial(choose, self.game, seen, seat), min(self.left, MOST_CHOICES)):
                self.left -= 1
                merged[tuple(sorted(choice.orders.moves, key=self.tier.__getitem__))] += p
            found = self.chosen[seat, seen.values] = [(p, Orders(keys)) for keys, p in merged.items()]
        return found
