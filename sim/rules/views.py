"""rules: three views of state and log, from one place: control, a seat, the public (F6)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.rules.state import Event, State
from sim.rules.tables import Game

CONTROL = "control"
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class View:
    """A state as one viewer may know it."""

    viewer: str
    """A seat, `public`, or `control`."""
    round: int
    open: bool
    ending: str
    values: tuple[int, ...]
    """Hidden variables stand at their public estimate."""
    visible: tuple[bool, ...]


def sees(game: Game, viewer: str, var: int) -> bool:
    """Whether a viewer sees a variable."""
    who = game.seen[var]
    return viewer == CONTROL or who is None or viewer in who


def masked(game: Game, values: tuple[int, ...], viewer: str) -> tuple[int, ...]:
    """The values with everything hidden from the viewer at its public estimate."""
    return tuple(x if sees(game, viewer, n) else game.estimate[n] for n, x in enumerate(values))


def view(game: Game, state: State, viewer: str) -> View:
    """What a viewer may know of a state."""
    visible = tuple(sees(game, viewer, n) for n in range(len(game.names)))
    values = tuple(x if seen else e for x, seen, e in zip(state.values, visible, game.estimate, strict=True))
    return View(viewer, state.round, state.open, state.ending, values, visible)


def hears(game: Game, event: Event, viewer: str) -> bool:
    """Whether a viewer hears of a move at all."""
    if event.kind not in ("move", "overtaken") or viewer == CONTROL:
        return True
    move = game.moves[game.by_key[event.id]]
    if event.kind == "overtaken":
        return viewer == game.seats[move.seat]
    return move.public or viewer in move.concerned


def redact(game: Game, event: Event, viewer: str) -> Event | None:
    """What a viewer may know of an event; None if nothing. Changes of hidden variables are left out.

    A rule that changed only what the viewer does not see is not heard of; a die is seen by control alone where its
    outcome rests on something hidden.
    """
    if viewer == CONTROL:
        return event
    if not hears(game, event, viewer):
        return None
    changes = tuple(c for c in event.changes if sees(game, viewer, c[0]))
    if event.kind == "rule" and not changes:
        return None
    return event._replace(changes=changes)
