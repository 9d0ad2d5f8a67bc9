"""rules: phase, provisions and clauses as `transitions` machines. The one module that knows the library.

Each machine is model-less and has one trigger, `advance`. A step of its own carries a guard that asks whether its
rule happens (condition and die); a step that something else causes carries a guard that asks whether it is the status
asked for. A fresh cursor is made for each call: a re-used one raced across threads.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from weakref import WeakKeyDictionary

from transitions import EventData, State
from transitions import Machine as Transitions

from sim.rules.tables import Game, Machine

Happens = Callable[[str], bool]


class Cursor:
    """Where a machine stands during one call."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class OwnStep:
    """Guard of a machine's own step: its rule happens."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        self.__name__ = rule

    def __call__(self, event: EventData) -> bool:
        """Whether the rule happens, as the round knows it."""
        happens: Happens | None = event.kwargs.get("happens")
        return happens is not None and happens(self.rule)


class CausedStep:
    """Guard of a step that a move or another rule causes: it leads where that asks."""

    def __init__(self, status: str) -> None:
        self.status = status
        self.__name__ = f"asked_for_{status}"

    def __call__(self, event: EventData) -> bool:
        """Whether this is the status asked for."""
        return event.kwargs.get("asked") == self.status


class ImpossibleStep(Exception):
    """A rule asked a machine for a step it does not have: a mistake in the tables."""


class Situation:
    """All machines of one game."""

    def __init__(self, game: Game) -> None:
        self.machines = [build(machine) for machine in game.machines]
        self.names = [machine.name for machine in game.machines]
        self.statuses = [machine.statuses for machine in game.machines]

    def advance(self, machine: int, stands: int, happens: Happens) -> str | None:
        """Take the machine's own next step, if one happens: the status reached, or None."""
        cursor = Cursor(self.statuses[machine][stands])
        if self._trigger(machine, cursor, happens=happens):
            return cursor.state
        return None

    def put(self, machine: int, stands: int, asked: int) -> int:
        """Take the step that something else causes; returns the status reached, by number."""
        names = self.statuses[machine]
        cursor = Cursor(names[stands])
        if not self._trigger(machine, cursor, asked=names[asked]):
            raise ImpossibleStep(f"{self.names[machine]} cannot go from {names[stands]} to {names[asked]}")
        return names.index(cursor.state)

    def _trigger(self, machine: int, cursor: Cursor, **why: object) -> bool:
        return bool(self.machines[machine].events["advance"].trigger(cursor, **why))


def build(table: Machine) -> Transitions:
    """A `transitions` machine from its table."""
    machine = Transitions(model=None, states=list(table.statuses), initial=table.statuses[0], auto_transitions=False,
                          send_event=True, ignore_invalid_triggers=True, name=table.name)
    for rule, sources, to in table.steps:
        machine.add_transition("advance", list[str | Enum | State](sources), to, conditions=[OwnStep(rule)])
    for status in table.caused:
        others: list[str | Enum | State] = [s for s in table.statuses if s != status]
        machine.add_transition("advance", others, status, conditions=[CausedStep(status)])
    return machine


def exported(machine: Transitions) -> tuple[set[tuple[str, str, str]], set[tuple[str, str]]]:
    """The steps of a built machine: (rule, from, to) of its own, and (from, to) of those that others cause."""
    own: set[tuple[str, str, str]] = set()
    caused: set[tuple[str, str]] = set()
    for transition in machine.get_transitions("advance"):
        for condition in transition.conditions:
            if isinstance(condition.func, OwnStep):
                own.add((condition.func.rule, transition.source, str(transition.dest)))
            elif isinstance(condition.func, CausedStep):
                caused.add((transition.source, str(transition.dest)))
    return own, caused


_BUILT: WeakKeyDictionary[Game, Situation] = WeakKeyDictionary()


def situation(game: Game) -> Situation:
    """The game's machines; built when first needed, dropped with the game."""
    found = _BUILT.get(game)
    if found is None:
        found = _BUILT[game] = Situation(game)
    return found
