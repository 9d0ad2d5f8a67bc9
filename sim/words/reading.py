"""words: what a desk has read of its match and made of it, kept until the match moves on.

Desks of one viewer that stand at the same place may share a reading: then a delegation of six is read to once.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING

from sim.words.branches import Telling
from sim.words.chronicle import Chronicle, Scribe
from sim.words.dispatches import Wire
from sim.words.menu import MenuWriter
from sim.words.phases import PhaseWriter
from sim.words.readouts import Listener
from sim.words.series import Causes

if TYPE_CHECKING:
    from sim.play.match import Match
    from sim.words.catalog import Catalog
    from sim.words.models import Dispatch, Menu, PhaseDiagram, RelationsModel, SeriesModel, Situation


class Reading:
    """Everything in it follows from the line that was read; whoever asks first has it made."""

    def __init__(self, match: Match, catalog: Catalog, seat: str, contested: Callable[[tuple[str, ...]], bool]) -> None:
        """Nothing is read yet."""
        self.lock = RLock()
        """Held while lines are read and while the match moves."""
        self.making = RLock()
        """Held while something is made: the pens remember what they wrote last, and two threads may hold one reading."""
        self.wire = Wire(match.game, catalog, seat, contested)
        self.writer = MenuWriter(match.game, catalog, seat)
        self.phase_writer = PhaseWriter(catalog, seat)
        self.at = -2
        """The entry up to which was read."""
        self.tellings: dict[int, Telling] = {}
        """Other lines, as they were heard."""
        self._game, self._catalog, self._seat = match.game, catalog, seat
        self.start_over()

    def start_over(self) -> None:
        """Forget what was read: the match stands on another line."""
        self.scribe = Scribe(self._game, self._catalog, self._seat)
        self.listener = Listener(self._catalog)
        self.chronicle = Chronicle(self._seat, ())
        self.causes = Causes(self._catalog, self.wire)
        self.told: dict[tuple[int, str], tuple[Dispatch, ...]] = {}
        self.entries: tuple[int, ...] = ()
        self.forget()

    def forget(self) -> None:
        """What was made of the line stands no more: it has grown."""
        self.menu: Menu | None = None
        self.situation: Situation | None = None
        self.phases: PhaseDiagram | None = None
        self.series: SeriesModel | None = None
        self.relations: RelationsModel | None = None

    def read_on(self, match: Match) -> None:
        """Read what the match has entered since; earlier rounds are kept as they were."""
        line = match.line()
        numbers = tuple(entry.id for entry in line)
        if numbers[:len(self.entries)] != self.entries:
            self.start_over()
        new = line[len(self.entries):]
        first = self.scribe.read(match.heard(self._seat, new))
        self.listener.hear(event for entry in new for event in entry.events)
        self.told = {key: told for key, told in self.told.items() if key[0] < first}
        self.chronicle = self.scribe.chronicle()
        self.forget()
        self.entries = numbers
        self.at = match.head
