"""lesson: where the desks of one seat stand: copies of its match, each read once for all who stand there.

A delegation of six has six screens and one seat. Each screen moves on by itself, so for a moment some stand before a
round and some behind it; a copy that nobody stands at any more is the next one to be moved on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet

from sim.play.match import Match
from sim.play.tree import Tree
from sim.words.desk import Desk

if TYPE_CHECKING:
    from sim.lesson.desk import SeatDesk
    from sim.words.reading import Reading
    from sim.words.sources import Dossiers


class Standing:
    """A desk that nobody sits at, and who reads over its shoulder."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.here: WeakSet[SeatDesk] = WeakSet()

    def read(self) -> None:
        """Have everything made that a screen shows first of what came of a round."""
        self.desk.situation(), self.desk.phases(), self.desk.dispatches()

    def read_on(self) -> None:
        """Have everything made that the situation room shows first."""
        self.read()
        self.desk.menu(), self.desk.map()

    @property
    def match(self) -> Match:
        """The copy."""
        return self.desk.match

    @property
    def reading(self) -> Reading:
        """What was read of it."""
        return self.desk.reading


class Standings:
    """Those of one seat at one table, or of its public. Everything is called while the lesson is held."""

    def __init__(self, source: Match, seat: str, dossiers: Dossiers | None, *, lines: bool = False) -> None:
        """`source`: the match as the lesson has it; `lines`: those too that were left, for the facilitator."""
        self._source, self._seat, self._dossiers, self._lines = source, seat, dossiers, lines
        self._all: list[Standing] = []

    def __len__(self) -> int:
        return len(self._all)

    def join(self, desk: SeatDesk) -> Standing:
        """Let a desk stand where the match stands now."""
        for standing in self._all:
            standing.here.discard(desk)
        found = self.now()
        found.here.add(desk)
        # what it left is kept only to be moved on
        free = [it for it in self._all if not it.here]
        for standing in free[1:]:
            self._all.remove(standing)
        return found

    def now(self) -> Standing:
        """One at the place where the match stands now, read or not."""
        found = next((it for it in self._all if it.match.head == self._source.head), None) or self._moved() or self._new()
        found.match.players = dict(self._source.players)
        return found

    def _moved(self) -> Standing | None:
        """One that nobody stands at, moved on; it has only to read what is new."""
        for standing in self._all:
            if not standing.here and standing.reading.lock.acquire(blocking=False):
                try:
                    standing.match.tree = self._tree()
                finally:
                    standing.reading.lock.release()
                return standing
        return None

    def _new(self) -> Standing:
        it = self._source
        copy = Match(it.loaded, it.game, seed=it.seed, until=it.until, players=it.players, level=it.level,
                     created_by=it.created_by)
        copy.tree = self._tree()
        standing = Standing(Desk(copy, self._seat, {}, self._dossiers, self._all[0].desk if self._all else None))
        self._all.append(standing)
        return standing

    def _tree(self) -> Tree:
        """A copy of what the seat may have at its desk: this line, for the facilitator every line."""
        tree = self._source.tree
        line = tuple(tree.entries) if self._lines else tuple(entry.id for entry in tree.line(tree.head))
        return Tree({id: tree.entries[id] for id in line}, {-1: tree.states[-1], **{id: tree.states[id] for id in line}},
                    {}, tree.head)
