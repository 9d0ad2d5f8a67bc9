"""authoring: a game as it was played, so that the same game is played again in a scenario that has been edited.

The script holds what every seat ordered, the automatic players included: what differs afterwards comes from the file
and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sim.batch.dice import KEYED, Chosen, Dice
from sim.batch.line import Line
from sim.play.beginning import AT_THE_START, Beginning
from sim.play.match import Match
from sim.rules import Orders
from sim.scenario.load import Loaded
from sim.words.catalog import Catalog
from sim.words.desk import Desk

Filed = Mapping[str, tuple[str, ...]]
"""Move keys by seat; a seat that is not named filed nothing."""


Going = Callable[[], bool]


def always() -> bool:
    """Nobody interrupts."""
    return True


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that makes a game, but for the scenario."""

    seed: int
    level: str = "easy"
    until: str | int | None = None
    begin: Beginning = AT_THE_START
    rounds: tuple[Filed, ...] = ()
    """What was ordered in each closed round, the first one that opened first."""
    filed: Filed = field(default_factory=dict)
    """What is filed in the open round."""
    opening: Dice = field(default_factory=dict)
    """Dice that are set for the opening of the first round; all others fall by the seed."""
    dice: tuple[tuple[Dice, Dice], ...] = ()
    """Dice that are set in the first closed rounds: of the round itself, and of the opening of the one after it."""

    def of(self, line: Line, rounds: int, until: str | None) -> Script:
        """The script of a match that was found, its first rounds closed."""
        steps = line.steps[:rounds]
        return Script(line.seed, self.level, until, rounds=tuple(step.orders for step in steps), opening=line.opening,
                      dice=tuple((step.dice, step.opening) for step in steps))

    def played(self, match: Match) -> Script:
        """The script after more was played in a match that followed it: earlier rounds stay as they were ordered."""
        closed = match.rounds
        kept = self.rounds[:len(closed) - 1] if len(closed) > len(self.rounds) else self.rounds[:len(closed)]
        new = tuple({seat: it.moves for seat, it in played.orders.items()} for played in closed[len(kept):])
        filed = {seat: it.moves for seat in match.game.seats if (it := match.filed(seat)) is not None}
        rounds = kept + new
        return replace(self, rounds=rounds, filed=filed, dice=self.dice[:len(rounds)])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An order that could not be filed any more."""

    round: int
    seat: str
    key: str
    title: str
    """As people read it, in the scenario that knows it."""
    capital: str
    because: str
    """A sentence."""
    known: bool
    """Whether the scenario still has such a move."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A script played in a scenario."""

    match: Match
    left_out: tuple[LeftOut, ...] = ()
    unplayed: int = 0
    """Rounds of the script that were not played, because the game is over before."""


def replayed(loaded: Loaded, script: Script, titles: Catalog | None = None, *,
             going: Going = always) -> Replayed:
    """Play a script as far as it goes; an order that is refused is left out and the rest is played.

    `titles` names moves that the scenario does not have. Once `going` says no it stops where it is. Raises
    `ScenarioError` for a scenario with errors, `UsageError` where the game cannot begin so.
    """
    match = Match.new(loaded, seed=script.seed, until=script.until, level=script.level, begin=script.begin,
                      luck=Chosen(script.seed, 1, script.opening) if script.opening else None)
    left: list[LeftOut] = []
    for number, filed in enumerate(script.rounds):
        if match.ended or not going():
            return Replayed(match, tuple(left), len(script.rounds) - number)
        left += _filed(match, filed, titles)
        now, after = script.dice[number] if number < len(script.dice) else (KEYED, KEYED)
        match.resolve(luck=Chosen(match.seed, match.round, now) if now else None,
                      opening=Chosen(match.seed, match.round + 1, after) if after else None)
    if not match.ended:
        left += _filed(match, script.filed, titles)
    return Replayed(match, tuple(left))


def _filed(match: Match, filed: Filed, titles: Catalog | None) -> list[LeftOut]:
    left: list[LeftOut] = []
    for seat, keys in filed.items():
        if seat not in match.game.seats:
            left += [_left(match, seat, key, titles, "nobody plays that seat any more.") for key in keys]
            continue
        kept: tuple[str, ...] = ()
        if match.refuse(seat, Orders(keys)) is None:
            kept = keys
        else:
            desk = Desk(match, seat, {})
            for key in keys:
                refusal = match.refuse(seat, Orders((*kept, key)))
                if refusal is None:
                    kept = (*kept, key)
                elif refusal.code == "unknown_move":
                    left.append(_left(match, seat, key, titles, "The scenario has no such move any more."))
                else:
                    from sim.words.refusals import refused

                    item = desk.menu().item(key)
                    told = refused(desk.catalog, refusal, item.why_not if item else ())
                    left.append(_left(match, seat, key, titles, told))
        match.file(seat, Orders(kept))
    return left


def _left(match: Match, seat: str, key: str, titles: Catalog | None, because: str) -> LeftOut:
    mine = Catalog(match.loaded.usable()[1])
    known = key in mine.moves
    catalog = mine if known else titles or mine
    title = catalog.moves[key].title if key in catalog.moves else f"`{key}`"
    return LeftOut(match.round, seat, key, title, catalog.capital(seat), because, known)

