"""rules: folding events into states. No rule stands here, so nothing here can refuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sim.rules.state import Event, State


def evolve(state: State, event: Event) -> State:
    """The state after one event."""
    return fold(state, (event,))


def fold(state: State, events: Iterable[Event]) -> State:
    """The state after several events."""
    values = list(state.values)
    number, is_open, ending = state.round, state.open, state.ending
    for event in events:
        for variable, _, after in event.changes:
            values[variable] = after
        if event.kind == "opened":
            number, is_open = event.round, True
        elif event.kind == "closed":
            is_open = False
        elif event.kind == "ended":
            ending = event.id
    return replace(state, values=tuple(values), round=number, open=is_open, ending=ending)
