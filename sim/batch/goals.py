"""batch: what is looked for in a game, and how to see in a round's events that it has happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from sim.rules.state import Event
from sim.rules.tables import Game, Move

Kind = Literal["ending", "phase", "clause", "inject", "rule", "move"]
KINDS: tuple[Kind, ...] = ("ending", "phase", "clause", "inject", "rule", "move")
"""In the order in which they matter to an author."""


class Goal(NamedTuple):
    """Something that can happen in a match."""

    kind: Kind
    id: str
    """An ending, a status of the phase, a clause, the author's id of an inject or rule, or a kind of move."""
    status: str = ""
    """For a clause: the status that it reaches."""


def kind_of(move: Move) -> str:
    """A kind of move as authors name it: `call`, `accept.call`, `table.exchange`."""
    return f"{move.id}.{move.of}" if move.of else move.id


class Goals:
    """Everything to look for in one game."""

    def __init__(self, game: Game) -> None:
        self.all: list[Goal] = [Goal("ending", ending.id) for ending in game.endings]
        self._of_rule: dict[str, Goal] = {}
        self._of_move = {move.key: Goal("move", kind_of(move)) for move in game.moves}
        self._of_status: dict[int, tuple[Goal, ...]] = {}
        for machine in game.machines:
            if machine.kind == "phase":
                self._of_status[machine.var] = tuple(Goal("phase", status) for status in machine.statuses)
            elif machine.kind == "clause":
                self._of_status[machine.var] = tuple(Goal("clause", machine.name, s) for s in machine.statuses)
        for statuses in self._of_status.values():
            self.all.extend(statuses)
        rules: dict[Goal, None] = {}
        for rule in (*game.open_rules, *game.close_rules):
            if rule.kind in ("inject", "rule"):
                goal = Goal("inject" if rule.kind == "inject" else "rule", rule.key)
                self._of_rule[rule.id] = goal
                rules[goal] = None
        self.all.extend(sorted(rules, key=lambda g: KINDS.index(g.kind)))
        self.all.extend(dict.fromkeys(self._of_move.values()))
        self.start = tuple(goals[game.start[var]] for var, goals in self._of_status.items())
        """What holds before anything has happened."""

    def seen(self, events: Iterable[Event]) -> Iterator[Goal]:
        """What happened in some events; a goal may come more than once."""
        for event in events:
            if event.kind == "move":
                yield self._of_move[event.id]
            elif event.kind == "rule":
                found = self._of_rule.get(event.id)
                if found is not None:
                    yield found
            elif event.kind == "ended":
                yield Goal("ending", event.id)
            for var, _, after in event.changes:
                goals = self._of_status.get(var)
                if goals is not None:
                    yield goals[after]

    def rule_ids(self, goal: Goal) -> list[str]:
        """The rules that make an inject or a rule of the author."""
        return [rule for rule, found in self._of_rule.items() if found == goal]

    def move_keys(self, goal: Goal) -> list[str]:
        """The moves of a kind."""
        return [key for key, found in self._of_move.items() if found == goal]

    def place(self, goal: Goal) -> tuple[int, int]:
        """The variable and value of a phase or a clause's status."""
        return next((var, goals.index(goal)) for var, goals in self._of_status.items() if goal in goals)
