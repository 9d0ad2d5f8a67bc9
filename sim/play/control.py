"""play: a facilitator's act as an event, checked against what the scenario knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.errors import UsageError, suggest
from sim.rules import Event, Game, State

CLOCK: Final = ("round", "day", "leg", "last_round")
"""Variables that the clock alone moves."""
LONGEST_TITLE: Final = 400


def checked(game: Game, state: State, title: str, changes: Mapping[str, int | bool | str]) -> Event:
    """The control event; raises `UsageError` for an empty title or a change that the scenario does not allow."""
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE or not words.isprintable():
        raise UsageError(f"A control event needs a title of 1 to {LONGEST_TITLE} printable characters.", "D320")
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
