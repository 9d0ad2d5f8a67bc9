"""rules: three views of state and log, from one place: control, a seat, the public (F6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sim.rules.state import Event, State
from sim.rules.tables import Game, Rule

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
    shown = list(values)
    for n, estimate in _eyes(game, viewer).hidden:
        shown[n] = estimate
    return tuple(shown)


def view(game: Game, state: State, viewer: str) -> View:
    """What a viewer may know of a state."""
    values = masked(game, state.values, viewer)
    return View(viewer, state.round, state.open, state.ending, values, _eyes(game, viewer).visible)


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

    An order that the viewer does not hear of leaves only what it changed in sight, so that a redacted log folds to
    the view.

    A rule that changed only what the viewer does not see is not heard of, unless it is an inject that the viewer
    reads; a control event for some seats leaves to the others only what it changed in sight; a die is seen by control alone where its outcome rests on something hidden.
    """
    if viewer == CONTROL:
        return event
    visible = _eyes(game, viewer).visible
    changes = tuple(c for c in event.changes if visible[c[0]])
    if event.seen:
        # who else was told is nobody's business
        told = event.id if viewer in event.seen else ""
        return event._replace(id=told, changes=changes, seen=(viewer,) if told else ()) if told or changes else None
    if not hears(game, event, viewer):
        return Event("unseen", event.round, "", changes=changes) if changes else None
    if event.kind == "rule" and not changes and not _reads(game, event, viewer):
        return None
    roll = event.roll if event.roll < 0 or all(visible[n] for n in _decided_by(game, event)) else -1
    return event._replace(roll=roll, changes=changes)


def _reads(game: Game, event: Event, viewer: str) -> bool:
    """Whether a viewer reads what a rule says although it sees no change."""
    heard = _rules(game)[event.id].heard
    return heard is None or viewer in heard


def _decided_by(game: Game, event: Event) -> frozenset[int]:
    """The variables that an event's odds rest on."""
    followed: tuple[int, ...] = ()
    if event.kind == "rule":
        rule = _rules(game)[event.id]
        conds: tuple[int, ...] = (rule.cond,)
        followed = (rule.follows,) if rule.follows >= 0 else ()
    elif event.kind == "move":
        conds = tuple(branch.cond for branch in game.moves[game.by_key[event.id]].branches)
    else:
        return frozenset()
    atoms = (game.atoms[k] for cond in conds for k in game.conds[cond] if k >= 0)
    return frozenset(n for atom in atoms for n in (atom.x, atom.y) if n >= 0).union(followed)


# -- kept with each game


class _Eyes(NamedTuple):
    """What one viewer sees of every state of a game."""

    visible: tuple[bool, ...]
    hidden: tuple[tuple[int, int], ...]
    """Hidden variables with their public estimates."""


_RULES: WeakKeyDictionary[Game, dict[str, Rule]] = WeakKeyDictionary()
_EYES: WeakKeyDictionary[Game, dict[str, _Eyes]] = WeakKeyDictionary()


def _eyes(game: Game, viewer: str) -> _Eyes:
    kept = _EYES.setdefault(game, {})
    found = kept.get(viewer)
    if found is None:
        visible = tuple(sees(game, viewer, n) for n in range(len(game.names)))
        hidden = tuple((n, game.estimate[n]) for n, seen in enumerate(visible) if not seen)
        found = kept[viewer] = _Eyes(visible, hidden)
    return found


def _rules(game: Game) -> dict[str, Rule]:
    found = _RULES.get(game)
    if found is None:
        found = _RULES[game] = {rule.id: rule for rule in (*game.open_rules, *game.close_rules)}
    return found
