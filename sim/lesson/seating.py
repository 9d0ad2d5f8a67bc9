"""lesson: which code leads to a seat, who plays it, and which seats were merged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.lesson.acts import Act

DELEGATION = "delegation"
"""Who plays a seat by default: the people who joined it, and a policy while nobody is there."""
BY_FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Place:
    """A seat at a table, or the observers' bench."""

    table: int
    seat: str
    code: str
    hand: str = DELEGATION
    """`delegation`, `facilitator`, or a policy's name."""
    into: str = ""
    """The seat whose delegation acts for this one too."""


class Seating:
    """All places of a lesson."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, str], Place] = {}

    def place(self, table: int, seat: str) -> Place:
        """A place; raises KeyError for one that there is not."""
        return self._places[table, seat]

    def by_code(self, code: str) -> Place | None:
        """Where a code leads."""
        return next((place for place in self._places.values() if place.code == code), None)

    def codes(self) -> frozenset[str]:
        """All codes."""
        return frozenset(place.code for place in self._places.values())

    def acts_for(self, table: int, seat: str) -> tuple[str, ...]:
        """The seats that a seat's delegation acts for, its own first."""
        return (seat, *(place.seat for place in self._places.values() if place.table == table and place.into == seat))

    def fold(self, act: Act) -> None:
        """Codes, hands, mergers."""
        key = act.table, act.data.get("seat", "")
        match act.kind:
            case "code":
                before = self._places.get(key)
                code = act.data["code"]
                self._places[key] = replace(before, code=code) if before else Place(*key, code)
            case "hand":
                self._places[key] = replace(self._places[key], hand=act.data["hand"], into="")
            case "merged":
                self._places[key] = replace(self._places[key], hand=DELEGATION, into=act.data["into"])
