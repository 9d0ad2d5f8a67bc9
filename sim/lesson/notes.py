"""lesson: the facilitator's notes, each with the instant it is about, for the debrief."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lesson.acts import Act


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is kept."""

    table: int
    """0 for the whole lesson."""
    round: int
    at: float
    text: str
    about: str
    """A seat, a message, an inject, or empty."""


class Notes:
    """All notes, oldest first."""

    def __init__(self) -> None:
        self.all: list[Note] = []

    def fold(self, act: Act) -> None:
        """Noted."""
        if act.kind == "noted":
            self.all.append(Note(act.table, act.round, act.at, act.data["text"], act.data["about"]))
