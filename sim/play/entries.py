"""play: one entry of the journal, and its events and orders by name, so that a save outlives a compiler."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

from sim.play.protocols import Choice
from sim.rules import Event, Game, Orders, State

Kind = Literal["start", "round", "control"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened between two instants of a match. Entries form a tree; a match stands at one of them."""

    id: int
    parent: int
    """The entry it follows; -1 for the first."""
    kind: Kind
    """`start` opens round 1, `round` closes a round and opens the next, `control` is a facilitator's act."""
    round: int
    """The round it closes or happens in; for `start` how many rounds were passed over, mostly none."""
    opening: str
    """`digest` of the state it starts from."""
    orders: Mapping[str, Orders]
    """What each seat had filed; seats that filed nothing are absent."""
    choices: Mapping[str, Choice]
    """What policies chose, with their reasons."""
    events: tuple[Event, ...]


class Row(NamedTuple):
    """An entry as the file holds it: texts instead of values."""

    id: int
    parent: int
    kind: str
    round: int
    opening: str
    orders: str
    choices: str
    events: str


def digest(game: Game, state: State) -> str:
    """32 hex digits over an instant, by the names of what has left its start value."""
    moved = sorted((game.names[n], x) for n, x in enumerate(state.values) if x != game.start[n])
    text = dumps([state.seed, state.round, state.open, state.ending, moved])
    return blake2b(text.encode(), digest_size=16).hexdigest()


def dumps(value: object) -> str:
    """JSON without blanks; the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def event_as_json(game: Game, event: Event) -> dict[str, Any]:
    """An event by names; a roll or branch that does not exist is left out."""
    out: dict[str, Any] = {"kind": event.kind, "round": event.round, "id": event.id}
    if event.branch >= 0:
        out["branch"] = event.branch
    if event.roll >= 0:
        out["roll"] = event.roll
    if event.seen:
        out["seen"] = list(event.seen)
    if event.changes:
        out["changes"] = [[game.names[var], before, after] for var, before, after in event.changes]
    return out


def event_from_json(game: Game, data: Mapping[str, Any]) -> Event:
    """The event from what `event_as_json` gave; raises TypeError or ValueError if it does not fit.

    Raises KeyError with the name for a move or variable that the game does not have.
    """
    kind, name = data["kind"], data["id"]
    if kind not in ("opened", "rule", "move", "overtaken", "control", "closed", "ended") or not isinstance(name, str):
        raise ValueError(f"an event {kind!r} of {name!r}")
    if kind in ("move", "overtaken"):
        at = game.by_key[name]
        if not -1 <= data.get("branch", -1) < len(game.moves[at].branches):
            raise ValueError(f"a branch that {name} does not have")
    changes = tuple((game.index[var], int(before), int(after)) for var, before, after in data.get("changes", ()))
    for var, _, after in changes:
        if not game.lo[var] <= after <= game.hi[var]:
            raise ValueError(f"{game.names[var]} at {after}")
    seen = tuple(data.get("seen", ()))
    if not set(seen) <= set(game.seats):
        raise ValueError(f"a control event for {seen}")
    return Event(kind, int(data["round"]), name, int(data.get("branch", -1)), int(data.get("roll", -1)), changes, seen)


def orders_as_json(orders: Mapping[str, Orders]) -> dict[str, list[str]]:
    """Orders per seat as lists of move keys."""
    return {seat: list(filed.moves) for seat, filed in orders.items()}


def orders_from_json(game: Game, data: Mapping[str, Any]) -> dict[str, Orders]:
    """Orders from what `orders_as_json` gave; raises ValueError, or KeyError with a name the game does not have."""
    out: dict[str, Orders] = {}
    for seat, keys in data.items():
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise ValueError(f"orders of {seat!r}: {keys!r}")
        for name in (seat, *keys):
            if name not in game.by_key and name not in game.seats:
                raise KeyError(name)
        out[seat] = Orders(tuple(keys))
    return out


def row(game: Game, entry: Entry) -> Row:
    """An entry as the file holds it."""
    named = sorted({number for choice in entry.choices.values() for number in choice.conditions()})
    choices = {
        "by": {seat: choice.as_json() for seat, choice in entry.choices.items()},
        "conditions": [[number, _meaning(game, number)] for number in named],
    }
    events = [event_as_json(game, event) for event in entry.events]
    return Row(entry.id, entry.parent, entry.kind, entry.round, entry.opening, dumps(orders_as_json(entry.orders)),
               dumps(choices if entry.choices else {}), dumps(events))


def entry(game: Game, held: Row) -> Entry:
    """The entry from the file; raises KeyError, TypeError, ValueError or RecursionError if it does not fit."""
    if held.kind not in ("start", "round", "control"):
        raise ValueError(f"an entry of kind {held.kind!r}")
    choices = json.loads(held.choices)
    today = _renumbered(game, choices.get("conditions", ()))
    return Entry(
        held.id, held.parent, held.kind, held.round, held.opening,  # type: ignore[arg-type]
        orders_from_json(game, json.loads(held.orders)),
        {seat: Choice.from_json(item, today) for seat, item in choices.get("by", {}).items()},
        tuple(event_from_json(game, item) for item in json.loads(held.events)))


def _renumbered(game: Game, named: Any) -> dict[int, int]:
    """Condition numbers of the file → today's; a later compiler may count otherwise, so their meaning decides."""
    wanted = {meaning: number for number, meaning in named}
    if all(0 <= number < len(game.conds) and _meaning(game, number) == meaning for meaning, number in wanted.items()):
        return {number: number for number in wanted.values()}
    return {wanted[meaning]: number for number in range(len(game.conds)) if (meaning := _meaning(game, number)) in wanted}


def _meaning(game: Game, number: int) -> str:
    """16 hex digits over what a condition compares, by the names of variables."""
    parts: list[object] = []
    for k in game.conds[number]:
        if k < 0:
            parts.append(k)
            continue
        op, x, a, y, b, c = game.atoms[k]
        parts.append([op, game.names[x], a, game.names[y] if y >= 0 else "", b, c])
    return blake2b(dumps(parts).encode(), digest_size=8).hexdigest()
