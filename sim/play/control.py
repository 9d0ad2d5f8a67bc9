"""play: a facilitator's act as an event, checked against what the scenario knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from sim.errors import UsageError, suggest
from sim.rules import Event, Game, Keyed, State, happening

if TYPE_CHECKING:
    from sim.scenario.bind.improvised import BoundInject

CLOCK: Final = ("round", "day", "leg", "last_round")
"""Variables that the clock alone moves."""
LONGEST_TITLE: Final = 400
LONGEST_TEXT: Final = 1_000
"""Of what the wire prints of an inject."""


def checked(game: Game, state: State, title: str, changes: Mapping[str, int | bool | str]) -> Event:
    """The control event; raises `UsageError` for an empty title or a change that the scenario does not allow."""
    words = _worded(title, "title", LONGEST_TITLE)
    moved = []
    for name, wanted in changes.items():
        var = game.index.get(name, -1)
        if var < 0:
            raise UsageError(f"{game.id} has no variable `{name}`; {suggest(name, game.names)}"
                             "name a track, a flag, a counter, a provision, a clause or `phase`.", "D321")
        if name in CLOCK:
            raise UsageError(f"`{name}` belongs to the clock and cannot be set.", "D322")
        value = _value(game, var, wanted)
        if value != state.values[var]:
            moved.append((var, state.values[var], value))
    return Event("control", state.round, words, changes=tuple(moved))


def improvised(game: Game, state: State, inject: BoundInject) -> Event:
    """The control event of a facilitator's own inject in the open round, its ranges thrown by keyed chance.

    Raises `UsageError` for a text that cannot be printed.
    """
    from sim.rules.compile.happening import lower_effects

    text = _worded(inject.text, "text", LONGEST_TEXT)
    leg = game.clock[max(0, state.round - 1)].leg
    effects = lower_effects(game, inject.effects, leg, f"control.{text}")
    return happening(game, state, text, effects, Keyed(state.seed, state.round), inject.seen)


def _worded(text: str, what: str, longest: int) -> str:
    words = " ".join(text.split())
    if not words or len(words) > longest or not words.isprintable():
        raise UsageError(f"A control event needs a {what} of 1 to {longest} printable characters.", "D320")
    return words


def _value(game: Game, var: int, wanted: int | bool | str) -> int:
    """A number, a truth or a status as the variable holds it."""
    name, statuses = game.names[var], game.statuses[var]
    if isinstance(wanted, str):
        if wanted not in statuses:
            known = f"it has {', '.join(statuses)}" if statuses else "it takes a number"
            raise UsageError(f"`{name}` has no status `{wanted}`; {suggest(wanted, statuses)}{known}.", "D323")
        return statuses.index(wanted)
    value = int(wanted)
    if not game.lo[var] <= value <= game.hi[var]:
        raise UsageError(f"`{name}` lies between {game.lo[var]} and {game.hi[var]}; {value} is outside.", "D324")
    return value
