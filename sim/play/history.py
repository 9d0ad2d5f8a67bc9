"""play: what really happened, folded as a match of the scenario: the run that others are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError, suggest
from sim.rules import Event, Game, Orders, State, decide, fold, initial, open_round, refuse
from sim.rules.luck import Given, Keyed

if TYPE_CHECKING:
    from sim.scenario.models import History, HistoryEvent, HistoryOrder

SEED = 0
"""History throws no dice; ranges are drawn with this seed."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One round of what really happened."""

    round: int
    opening: State
    orders: dict[str, Orders]
    events: tuple[Event, ...]


def key_of(game: Game, order: HistoryOrder) -> str:
    """The key of the move that an order of history names; raises `UsageError` if the scenario has none."""
    head = f"{order.move}.{order.of}" if order.of else order.move
    key = f"{head}:{order.seat}>{order.target}" if order.target else f"{head}:{order.seat}"
    if key not in game.by_key:
        raise UsageError(f"History orders `{key}`, and the scenario has no such move; {suggest(key, game.by_key)}"
                         "look at `move`, `of`, `target` and `seat`.", "D330")
    return key


def changes_of(game: Game, state: State, event: HistoryEvent) -> Event:
    """A control event from an event of history: amounts are added and clamped, as the scenario's own are."""
    values = dict(enumerate(state.values))

    def var(name: str) -> int:
        if name not in game.index:
            raise UsageError(f"History changes `{name}`, and the scenario has no such track; "
                             f"{suggest(name, game.names)}correct the name in `{event.title}`.", "D331")
        return game.index[name]

    def put(name: str, value: int) -> None:
        at = var(name)
        values[at] = min(game.hi[at], max(game.lo[at], value))

    for name, amount in event.change.items():
        put(name, values[var(name)] + int(str(amount)))
    for name, wanted in event.set.items():
        at = var(name)
        put(name, game.statuses[at].index(wanted) if isinstance(wanted, str) else int(wanted))
    for name, floor in event.raise_.items():
        put(name, max(values[var(name)], floor))
    changed = tuple((n, before, values[n]) for n, before in enumerate(state.values) if values[n] != before)
    return Event("control", state.round, event.title, changes=changed)


def chapters(game: Game, history: History) -> list[Chapter]:
    """Fold history round by round, its branches forced.

    Raises `UsageError` where an order is not legal in its round, goes beyond attention, or cannot take the branch that
    history took.
    """
    out: list[Chapter] = []
    state = initial(game, SEED)
    while not state.ending:
        number = state.round + 1
        written = history.rounds.get(str(number))
        chance = Keyed(SEED, number)
        never = False if history.quiet else None
        luck = Given(chance, {}, dict(written.rules) if written else {}, never)
        opening = open_round(game, state, luck)
        state = fold(state, opening)
        told = list(opening)
        for item in written.events if written else ():
            told.append(changes_of(game, state, item))
            state = fold(state, told[-1:])
        orders: dict[str, list[str]] = {}
        forced: dict[str, int] = {}
        for order in written.orders if written else ():
            key = key_of(game, order)
            orders.setdefault(order.seat, []).append(key)
            if order.branch is not None:
                forced[key] = order.branch - 1
        filed = {seat: Orders(tuple(keys)) for seat, keys in orders.items()}
        _legal(game, state, filed)
        events = decide(game, state, filed, Given(chance, forced, luck.rules, never))
        _taken(game, number, events, forced)
        out.append(Chapter(number, state, filed, (*told, *events)))
        state = fold(state, events)
    return out


def _legal(game: Game, state: State, filed: Mapping[str, Orders]) -> None:
    for seat, orders in filed.items():
        refusal = refuse(game, state, seat, orders)
        if refusal is not None:
            failed = "; ".join(game.cond_text[c] for c in refusal.failed)
            raise UsageError(f"Round {state.round} of history: `{refusal.move}` is refused ({refusal.code}"
                             f"{': ' + failed if failed else ''}); move it to a neighbouring round.", "D332")


def _taken(game: Game, number: int, events: tuple[Event, ...], forced: Mapping[str, int]) -> None:
    for event in events:
        if event.kind == "overtaken":
            raise UsageError(f"Round {number} of history: `{event.id}` is overtaken by events.", "D333")
        if event.kind == "move" and event.id in forced:
            taken = game.moves[game.by_key[event.id]].branches[event.branch].number
            if taken != forced[event.id]:
                raise UsageError(f"Round {number} of history: `{event.id}` cannot take branch {forced[event.id] + 1} "
                                 "there.", "D334")
