"""lesson: the machine of a lesson, lobby to closed, and one sentence for every trigger that cannot be.

One lesson, one machine: mirror tables keep step, so that they can be compared round by round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, get_args

from transitions import EventData, Machine

Stage = Literal["lobby", "briefing", "orders", "resolving", "paused", "debrief", "closed"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)

SAYS: Final[dict[str, str]] = {
    "lobby": "the lesson has not begun",
    "briefing": "everybody is reading",
    "orders": "orders are being filed",
    "resolving": "the round is being resolved",
    "paused": "the lesson is paused",
    "debrief": "the debrief is open",
    "closed": "the lesson is closed",
}
"""Where a lesson stands, as part of a sentence."""

Guard = Callable[[], str]
"""Says in a sentence why not; empty if nothing speaks against it."""

_TABLE: Final[tuple[tuple[str, tuple[str, ...], str, str], ...]] = (
    ("brief", ("lobby",), "briefing", ""),
    ("begin", ("lobby", "briefing"), "orders", "goes_on"),
    ("resolve", ("orders",), "resolving", "goes_on"),
    ("opened", ("resolving",), "orders", "goes_on"),
    ("ended", ("resolving",), "debrief", "is_over"),
    ("pause", ("briefing", "orders"), "paused", ""),
    ("resume", ("paused",), "briefing", "was_briefing"),
    ("resume", ("paused",), "orders", "was_orders"),
    ("debrief", ("briefing", "orders", "paused"), "debrief", ""),
    ("reopen", ("debrief",), "orders", "goes_on"),
    ("taken_back", ("orders", "paused", "debrief"), "orders", "goes_on"),
    ("close", ("lobby", "briefing", "orders", "paused", "debrief"), "closed", ""),
)
"""Trigger, where it starts, where it leads, and what must hold."""

BY_HAND: Final = ("brief", "begin", "resolve", "pause", "resume", "debrief", "reopen", "close")
"""The triggers that are the facilitator's; the others follow from what happens."""


class _Cursor:
    """Where the machine stands during one call."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Course:
    """A lesson's stage. Nothing happens in a callback: who triggers it does what follows."""

    def __init__(self, guards: Mapping[str, Guard], stage: str = "lobby", before: str = "") -> None:
        """`guards`: `goes_on` and `is_over`; `before`: where a paused lesson stood."""
        self.stage = stage
        self.before = before
        self._guards: dict[str, Guard] = {
            **guards,
            "was_briefing": lambda: "" if self.before == "briefing" else "The lesson was paused while orders were filed.",
            "was_orders": lambda: "" if self.before != "briefing" else "The lesson was paused during the briefing.",
        }
        self._machine = Machine(model=None, states=list(STAGES), initial="lobby", auto_transitions=False, send_event=True,
                                ignore_invalid_triggers=True, name="lesson")
        for trigger, sources, dest, guard in _TABLE:
            self._machine.add_transition(trigger, list(sources), dest, conditions=[self._condition(guard)] if guard else None)

    def why_not(self, trigger: str) -> str:
        """One sentence why a trigger cannot be now; empty if it can."""
        rows = [row for row in _TABLE if row[0] == trigger]
        if not rows:
            return f"A lesson knows no `{trigger}`; choose {', '.join(BY_HAND)}."
        here = [row for row in rows if self.stage in row[1]]
        if not here:
            when = " or ".join(dict.fromkeys(SAYS[source] for row in rows for source in row[1]))
            return f"That cannot be done now: {SAYS[self.stage]}; it can while {when}."
        said = [self._guards[guard]() if guard else "" for _, _, _, guard in here]
        return "" if "" in said else said[0]

    def target(self, trigger: str) -> str:
        """Where a trigger would lead now; the present stage if it cannot be."""
        cursor = _Cursor(self.stage)
        event = self._machine.events.get(trigger)
        if event is not None:
            event.trigger(cursor)
        return cursor.state

    def enter(self, stage: str) -> None:
        """Stand at a stage that `target` gave, or that a file did."""
        if stage == "paused" and self.stage != "paused":
            self.before = self.stage
        self.stage = stage

    def possible(self) -> tuple[str, ...]:
        """The facilitator's triggers that can be now."""
        return tuple(trigger for trigger in BY_HAND if not self.why_not(trigger))

    def _condition(self, guard: str) -> Callable[[EventData], bool]:
        def holds(event: EventData) -> bool:
            return not self._guards[guard]()

        return holds
