"""lesson: the sheet on which a delegation drafts its orders together, before its head files them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lesson.acts import Act


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A move that somebody put on the sheet."""

    key: str
    title: str
    by: str
    """The name of who did; empty for what an undone round left."""
    person: str
    at: float
    filed: bool = False
    """Whether it is among what was filed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A delegation's sheet of the open round, as its members read it."""

    table: int
    seat: str
    round: int
    lines: tuple[SheetLine, ...]
    filed: tuple[str, ...] | None
    """The keys that were filed; None where nothing was."""
    differs: bool
    """Whether something was filed and the sheet says something else by now."""
    may_file: bool
    """Whether the reader may file it now."""
    waits: str
    """What is waited for, in a sentence; empty where it is this delegation's turn."""


class Sheets:
    """The sheets of all seats in their open rounds."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, str], dict[str, tuple[str, float]]] = {}

    def keys(self, table: int, seat: str) -> tuple[str, ...]:
        """What stands on a sheet, in order."""
        return tuple(self._lines.get((table, seat), ()))

    def lines(self, table: int, seat: str) -> dict[str, tuple[str, float]]:
        """Move → who put it there, and when."""
        return dict(self._lines.get((table, seat), {}))

    def fold(self, act: Act) -> None:
        """Proposed, struck; a round that closes clears the table's sheets, one that is taken back lays them out again."""
        data = act.data
        match act.kind:
            case "proposed":
                self._lines.setdefault((act.table, data["seat"]), {})[data["key"]] = (act.by, act.at)
            case "struck":
                self._lines.get((act.table, data["seat"]), {}).pop(data["key"], None)
            case "closed" | "undone":
                for key in [key for key in self._lines if key[0] == act.table]:
                    del self._lines[key]
                for seat, keys in data.get("sheets", {}).items():
                    self._lines[act.table, seat] = dict.fromkeys(keys, ("", act.at))
