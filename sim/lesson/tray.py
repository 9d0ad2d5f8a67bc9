"""lesson: the facilitator's tray of injects: what comes by itself, what is held, edited, planned or made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sim.lesson.acts import Act

Status = Literal["armed", "held", "queued", "released"]


@dataclass(frozen=True, slots=True)
class TrayItem:
    """An inject at one table, as the facilitator reads it."""

    id: str
    title: str
    text: str
    status: Status
    """`armed` comes by itself when it is due; `held` waits for the facilitator; `queued` comes with the opening of a
    round; `released` has happened on this line."""
    at: int
    """The round of a queued one; else 0."""
    when: str
    """The author's condition, in the author's words; empty for one of the facilitator's own."""
    due: bool
    """Whether that condition holds now."""
    own: bool
    """Whether the facilitator made it up."""
    edited: bool
    block: str
    """What stands for it in YAML, to be edited."""
    expected: str
    facilitator: str


@dataclass(slots=True)
class Slip:
    """What was settled about an inject."""

    status: Status = "armed"
    at: int = 0
    block: str = ""
    """The facilitator's own words for it; empty where the scenario's stand."""
    own: bool = False
    entries: list[int] = field(default_factory=list)
    """Entries of the match in which it was released."""
    gone: bool = False


class Trays:
    """The trays of all tables."""

    def __init__(self) -> None:
        self._slips: dict[int, dict[str, Slip]] = {}

    def slip(self, table: int, item: str) -> Slip:
        """What was settled about an inject; the scenario's come by themselves unless somebody settles something."""
        return self._slips.get(table, {}).get(item) or Slip()

    def own(self, table: int) -> tuple[str, ...]:
        """The facilitator's own injects at a table, in the order in which they were made."""
        return tuple(id for id, slip in self._slips.get(table, {}).items() if slip.own and not slip.gone)

    def made(self, table: int) -> int:
        """How many were made up at a table."""
        return sum(slip.own for slip in self._slips.get(table, {}).values())

    def settled(self, table: int) -> dict[str, Slip]:
        """All that was settled at a table."""
        return {id: slip for id, slip in self._slips.get(table, {}).items() if not slip.gone}

    def fold(self, act: Act) -> None:
        """Settled, edited, improvised, released, discarded."""
        if act.kind not in ("settled", "edited", "improvised", "released", "discarded"):
            return
        slip = self._slips.setdefault(act.table, {}).setdefault(act.data["item"], Slip())
        match act.kind:
            case "settled":
                slip.status, slip.at = act.data["status"], act.data["at"]
            case "edited":
                slip.block = act.data["block"]
            case "improvised":
                slip.block, slip.own, slip.status = act.data["block"], True, "held"
            case "released":
                slip.entries.append(act.data["entry"])
            case "discarded":
                slip.gone = True
