"""play: the entries of a match as a tree, the states they lead to, and the sealed filings at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.play.entries import Entry, digest
from sim.rules import Game, Orders, State, fold, initial

START = -1
"""What the first entry follows: the state before round 1 opens."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of history, by its last entry."""

    head: int
    round: int
    """The round that is open there, or in which it ended."""
    ending: str
    fork: int
    """The first round that was played differently from the line the match stands on; 0 for that line itself."""


@dataclass(slots=True)
class Tree:
    """All entries of one match; it stands at `head`. States are folded from events, never decided again (F5)."""

    entries: dict[int, Entry] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    """The state after each entry; at `START` the one before the first."""
    filed: dict[int, dict[str, Orders]] = field(default_factory=dict)
    """What seats have filed in the round that is open after an entry."""
    head: int = START

    @staticmethod
    def of(game: Game, seed: int) -> Tree:
        """A tree without entries."""
        return Tree(states={START: initial(game, seed)})

    @property
    def state(self) -> State:
        """The state at the head."""
        return self.states[self.head]

    def filings(self, entry: int) -> Mapping[str, Orders]:
        """What is filed at an entry."""
        return self.filed.get(entry, {})

    def add(self, game: Game, entry: Entry) -> None:
        """Take an entry up and stand at it.

        Raises ValueError if it is not the next by number, follows none, or does not start from where its parent led.
        """
        if entry.id != len(self.entries) or entry.parent not in self.states or (entry.id > 0) == (entry.parent == START):
            raise ValueError(f"entry {entry.id} follows none")
        before = self.states[entry.parent]
        if digest(game, before) != entry.opening:
            raise ValueError(f"entry {entry.id} does not follow from the one before it")
        self.entries[entry.id] = entry
        self.states[entry.id] = fold(before, entry.events)
        self.head = entry.id

    def standing(self) -> tuple[int, int, dict[int, dict[str, Orders]]]:
        """Where it stands, for `restore`."""
        return self.head, len(self.entries), {entry: dict(filed) for entry, filed in self.filed.items()}

    def restore(self, standing: tuple[int, int, dict[int, dict[str, Orders]]]) -> None:
        """Be again as it was when `standing` was asked for; entries are numbered in the order in which they came."""
        self.head, kept, self.filed = standing
        for entry in range(kept, len(self.entries)):
            del self.entries[entry], self.states[entry]

    def line(self, head: int) -> tuple[Entry, ...]:
        """The entries from the first to one of them."""
        out = []
        while head != START:
            out.append(self.entries[head])
            head = out[-1].parent
        return tuple(reversed(out))

    def branches(self) -> tuple[Branch, ...]:
        """Every line that was played, in the order in which they were last added to, and where the match stands."""
        here = {entry.id for entry in self.line(self.head)}
        parents = {entry.parent for entry in self.entries.values()}
        out = []
        for tip in self.entries:
            if tip in parents and tip != self.head:
                continue
            state = self.states[tip]
            apart = next((entry for entry in self.line(tip) if entry.id not in here), None)
            out.append(Branch(tip, state.round, state.ending, apart.round if apart else 0))
        return tuple(out)

    def __eq__(self, other: object) -> bool:
        """Equal in entries, head and filings; the states follow from them."""
        return isinstance(other, Tree) and self._whole() == other._whole()

    __hash__ = None  # type: ignore[assignment]

    def _whole(self) -> tuple[object, ...]:
        return self.entries, self.head, {entry: filed for entry, filed in self.filed.items() if filed}
