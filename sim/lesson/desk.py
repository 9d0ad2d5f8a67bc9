"""lesson: a desk in class: the same screens as alone, on a copy of the match that stands still until it is refreshed.

What it reads comes from the desk of room `words`, and so from the view of its seat alone. Orders go to the delegation's
sheet, and nobody but the lesson resolves. The copy holds no filing of another seat and no line that was taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.errors import SaveError, UsageError
from sim.lesson.people import FACILITATOR
from sim.lesson.sheets import Sheet
from sim.lesson.statuses import waits
from sim.play.protocols import Choice
from sim.rules import CONTROL, PUBLIC
from sim.words.desk import Desk
from sim.words.models import Dispatch, EndingModel, Situation
from sim.words.sources import Dossiers

if TYPE_CHECKING:
    from sim.lesson.lesson import Lesson


EVERYTHING: Final = "Everything"
"""Whose view is shown where the debrief reveals all."""


class SeatDesk(Desk):
    """One person's desk at a seat; at `public` for an observer, at `control` for the facilitator.

    It stands at one instant until `refresh`: what a screen shows together belongs together. An order given on a screen
    that the lesson has left behind is answered as such, never applied to another round. Desks of a seat that stand at the
    same instant share what is read there.
    """

    in_class = True
    """For a face: resolving, undo and saving are not the player's acts."""

    def __init__(self, lesson: Lesson, who: str, table: int, seat: str, dossiers: Dossiers | None = None) -> None:
        """Made by `Lesson.desk`, which looks at the right to it."""
        self.lesson = lesson
        self.who = who
        self.table = table
        self._source = lesson.match(table)
        with lesson.held():
            self._standings = lesson.standings(table, seat, lines=seat == CONTROL and who == FACILITATOR)
            standing = self._standings.join(self)
        super().__init__(standing.match, seat, {}, dossiers, standing.desk)

    # -- standing still, moving on

    @property
    def behind(self) -> bool:
        """Whether the match has moved on since the last `refresh`."""
        return self.match.head != self._source.head

    def refresh(self) -> bool:
        """Stand where the match stands now. False, and nothing changes, while a thread reads a line of this desk."""
        still = self._still
        if not still.acquire(blocking=False):
            return False
        try:
            with self.lesson.held():
                standing = self._standings.join(self)
                self.match, self.reading = standing.match, standing.reading
        finally:
            still.release()
        return True

    # -- the debrief

    def situation(self) -> Situation:
        """Date, phase, tracks; who is shown everything in the debrief does not become the facilitator by it."""
        found = super().situation()
        if not self._sees_all:
            return found
        if self._whole is None or self._whole[0] is not found:
            self._whole = found, replace(found, viewer=EVERYTHING)
        return self._whole[1]

    def situation_at(self, round: int) -> Situation | None:
        """The same of an earlier round."""
        found = super().situation_at(round)
        return replace(found, viewer=EVERYTHING) if found is not None and self._sees_all else found

    @property
    def _sees_all(self) -> bool:
        return self.seat == CONTROL and self.who != FACILITATOR

    _whole: tuple[Situation, Situation] | None = None

    @property
    def over(self) -> bool:
        """Whether the debrief is what there is to see: an ending was reached, or the facilitator has opened it."""
        return self.match.ended or self.lesson.stage in ("debrief", "closed")

    def ending(self) -> EndingModel | None:
        """The last page; where the match stands, if the debrief was opened before an ending; None while it goes on."""
        if self.match.ended or not self.over:
            return super().ending()
        return self.standing()

    # -- waiting

    @property
    def waits(self) -> str:
        """What is waited for, in a sentence; empty where it is this seat's turn."""
        with self.lesson.held():
            return waits(self.lesson, self.table, self.seat if self._plays else "")

    @property
    def _plays(self) -> bool:
        return self.seat not in (CONTROL, PUBLIC)

    def sheet(self) -> Sheet | None:
        """The delegation's sheet; None for who only watches."""
        return self.lesson.sheet(self.who, self.seat, self.table) if self._plays else None

    # -- what it does

    def add(self, key: str) -> str | None:
        """Put a move or an answer on the delegation's sheet; a sentence if it is refused."""
        if not self._plays:
            return "Only a delegation can put orders on a sheet; this desk watches."
        answer = self.lesson.propose(self.who, key, round=self.round, seat=self.seat, table=self.table)
        return None if answer.ok else answer.sentence

    def remove(self, key: str) -> None:
        """Take a line off the sheet; nothing happens if it is not there. Raises `SaveError`; then it stands."""
        if key not in self._filed():
            return
        answer = self.lesson.strike(self.who, key, round=self.round, seat=self.seat, table=self.table)
        if not answer.ok:
            raise SaveError(answer.sentence, answer.code)

    def hand_in(self) -> str | None:
        """File the sheet, which in class stands in the place of resolving; a sentence if it is refused."""
        if not self._plays:
            return "Only a delegation files; this desk watches."
        answer = self.lesson.file(self.who, round=self.round, seat=self.seat, table=self.table)
        if not answer.ok:
            return answer.sentence
        self.on_done()
        return None

    def take_back(self) -> str | None:
        """Take back what was filed; a sentence if it is refused."""
        answer = self.lesson.unfile(self.who, round=self.round, seat=self.seat, table=self.table)
        return None if answer.ok else answer.sentence

    def think(self) -> dict[str, Choice]:
        """Nothing: in class the lesson asks its policies."""
        return {}

    def resolve(self, choices: Mapping[str, Choice] | None = None) -> tuple[Dispatch, ...]:
        """Raises `UsageError`: in class the lesson resolves."""
        raise UsageError(self.waits or "The facilitator or the clock resolves the round; file your sheet.", "L020")

    def undo(self) -> str:
        """Raises `UsageError`: in class it is the facilitator's."""
        if self.who != FACILITATOR:
            raise UsageError("Taking a round back is the facilitator's; ask for it.", "L021")
        answer = self.lesson.undo(self.who, self.table)
        if not answer.ok:
            raise UsageError(answer.sentence, answer.code)
        return answer.sentence

    def branch(self, round: int) -> None:
        """Raises `UsageError`: a class plays one line."""
        raise UsageError("A class plays one line; to try another, replay the lesson's file afterwards.", "L021")

    def go(self, entry: int) -> None:
        """Raises `UsageError`: a class plays one line."""
        if entry != self.match.head:
            self.branch(0)

    @property
    def begun(self) -> bool:
        """Nothing that its person would have to keep: the lesson keeps it."""
        return False

    def save(self, path: Path | None = None) -> Path:
        """Where the lesson is kept, by everything that is acknowledged. Raises `UsageError` for another path."""
        if path is not None or self.lesson.path is None:
            raise UsageError("The lesson is kept by its host; ask the facilitator for a copy of its file.", "L021")
        return self.lesson.path

    def _filed(self) -> tuple[str, ...]:
        if not self._plays:
            return ()
        with self.lesson.held():
            if self.match.head != self._source.head:
                return ()
            return self.lesson.sheets.keys(self.table, self.seat)
