"""Stand-in players for the tests of words: one that files what a test says, one that files by lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.play import Choice, Match
from sim.rules import Game, Luck, Orders, View
from sim.rules.chance import below, site
from sim.rules.engine import menu
from sim.rules.facts import Facts
from sim.scenario.load import Loaded
from sim.words.desk import Desk


class Script:
    """Files the orders written down for each round, and passes otherwise."""

    name = "script"

    def __init__(self, rounds: Mapping[int, Sequence[str]]) -> None:
        self.rounds = rounds

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """The orders of this round."""
        return Choice(Orders(tuple(self.rounds.get(seen.round, ()))))


class Lot:
    """Files one legal order by lot, and answers each question by lot."""

    name = "lot"

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """Legal orders within attention."""
        number = game.number(seat)
        legal = menu(game, Facts(game, seen.values), number)
        chosen = []
        questions: dict[int, list[str]] = {}
        for move in legal:
            if move.question >= 0:
                questions.setdefault(move.question, []).append(move.key)
        for question, keys in questions.items():
            chosen.append(keys[below(luck.bits(site("lot", question)), len(keys))])
        orders = [m.key for m in legal if m.question < 0 and m.cost <= game.attention[number]]
        if orders:
            chosen.append(orders[below(luck.bits(site("lot", seat)), len(orders))])
        return Choice(Orders(tuple(chosen)))


def match_of(loaded: Loaded, seed: int = 1, level: str = "standard", until: str | int | None = None) -> Match:
    """A match in which nobody is a person."""
    return Match.new(loaded, seed=seed, level=level, until=until)


def desk_of(loaded: Loaded, seat: str, others: Mapping[str, Sequence[str] | Mapping[int, Sequence[str]]] | None = None,
            *, seed: int = 1, level: str = "standard") -> Desk:
    """A desk at a new match in which the others follow scripts."""
    policies = {who: Script(rounds if isinstance(rounds, Mapping) else {1: rounds}) for who, rounds in (others or {}).items()}
    return Desk(match_of(loaded, seed, level), seat, policies)


def by_lot(match: Match) -> None:
    """Play one round with every seat choosing by lot."""
    lot = Lot()
    match.resolve({s: lot.choose(match.game, match.view(s), s, match.luck()) for s in match.game.seats})
