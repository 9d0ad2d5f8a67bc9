"""lesson: a class at play: its tables, its people, its clock and its facilitator, in one object and one file.

`Lesson` is what a host talks to. It knows no socket and no screen; its acts are in the classes it is made of.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sim.errors import DetenteError, SaveError
from sim.lesson.clock import Clock, SystemClock
from sim.lesson.conduct import Conduct
from sim.lesson.course import SAYS
from sim.lesson.delegations import Delegations
from sim.lesson.desk import SeatDesk
from sim.lesson.drafting import Drafting
from sim.lesson.ordering import Ordering
from sim.lesson.people import FACILITATOR, OBSERVER
from sim.lesson.plan import Plan
from sim.lesson.record import Record, record_of
from sim.lesson.rooms import ControlRoom, ControlSeat, ControlTable, SeatRoom
from sim.lesson.standings import Standings
from sim.lesson.statuses import member_line, seat_status, to_do, waits
from sim.lesson.talk import Talk
from sim.lesson.tokens import Entropy, new_code, shown
from sim.play.match import Match
from sim.play.protocols import PERSON
from sim.rules import CONTROL, PUBLIC
from sim.rules.chance import playout_seed
from sim.words.sources import Dossiers

if TYPE_CHECKING:
    from sim.play.volume import Volume
    from sim.scenario.dossier import Dossier
    from sim.scenario.load import Loaded


class Lesson(Delegations, Ordering, Talk, Drafting, Conduct):
    """One lesson. Every method may be called from any thread; what changes is stored before it is true.

    An act is answered with an `Answer`; what only reads raises `UsageError` for who may not read it.
    """

    _volume: Volume | None = None
    _dossiers: Dossiers | None = None
    _standings: dict[tuple[int, str, bool], Standings] | None = None

    # -- making

    @classmethod
    def new(cls, loaded: Loaded, plan: Plan, *, path: Path | None = None, seed: int | None = None,
            clock: Clock | None = None, entropy: Entropy = secrets.token_bytes,
            dossiers: Dossiers | None = None) -> tuple[Lesson, str]:
        """A lesson in its lobby, and the facilitator's token in clear.

        Without a `path` it lives in memory alone. Table 1 plays `seed`, every other a seed of its own that follows from
        it. Raises `ScenarioError` for a scenario with errors, `UsageError` for a leg that it does not have, `SaveError`
        where the file cannot be made.
        """
        from sim.lesson.ledger import Ledger

        seed = secrets.randbelow(1_000_000_000) if seed is None else seed
        until = plan.until
        if isinstance(until, int):
            until = min(until, sum(leg.rounds for leg in loaded.usable()[0].clock.legs.values()))
        matches = []
        for table in range(1, plan.tables + 1):
            match = Match.new(loaded, seed=seed if table == 1 else playout_seed(seed, table), until=until, level=plan.level)
            match.players = dict.fromkeys(match.game.seats, PERSON)
            matches.append(match)
        salt = entropy(16).hex()
        volume = ledger = None
        if path is not None:
            from sim.play.saves import write_tables

            volume = write_tables(matches, path)
            ledger = Ledger(volume)
        try:
            lesson = cls(matches, plan, clock or SystemClock(), salt, ledger, entropy)
            lesson._volume = volume
            lesson._dossiers = dossiers if dossiers is not None else cache(partial(_dossiers_of, lesson.loaded))
            with volume.writing() if volume is not None else _nothing():
                if ledger is not None:
                    ledger.create({"plan": plan.as_json(), "salt": salt})
                lesson._give_codes()
                token = lesson.facilitator_token()
        except BaseException:
            if volume is not None:
                volume.close()
                volume.path.unlink(missing_ok=True)
            raise
        return lesson, token

    @classmethod
    def resume(cls, path: Path, *, clock: Clock | None = None, entropy: Entropy = secrets.token_bytes,
               dossiers: Dossiers | None = None) -> Lesson:
        """A lesson as its file has it: people, seats, tokens, stage, clock, sheets, messages, papers.

        Nobody is there until they connect. A round has half a minute left at least, so that nobody is cut off by a
        restart. Raises `SaveError` (D207 where another process has the file).
        """
        from sim.lesson.ledger import Ledger
        from sim.play.saves import hold_tables
        from sim.play.volume import damaged

        matches, volume = hold_tables(path)
        try:
            ledger = Ledger(volume)
            meta, acts = ledger.read()
            lesson = cls(matches, Plan.from_json(meta["plan"]), clock or SystemClock(), meta["salt"], ledger, entropy)
            lesson._volume = volume
            lesson._dossiers = dossiers if dossiers is not None else cache(partial(_dossiers_of, lesson.loaded))
            for act in acts:
                lesson._take(act)
            course = meta["course"]
            lesson.course.stage, lesson.course.before = course["stage"], course["before"]
            left = course["left"]
            lesson.timer.set(left if left is None else max(left, lesson.plan.limits.least_after_restart))
            lesson._enter(course["stage"])
            lesson.register.all_away(lesson.clock.monotonic())
            marks = meta.get("read", {"messages": {}, "papers": []})
            lesson._read.update(marks["messages"])
            lesson._looked.update({(person, paper): seen for person, paper, seen in marks["papers"]})
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            volume.close()
            raise damaged(path, "an act of the lesson cannot be read") from problem
        except BaseException:
            volume.close()
            raise
        return lesson

    def _give_codes(self) -> None:
        taken: set[str] = set()
        acts = []
        for table in self.tables:
            for seat in (*self.seats, OBSERVER):
                code = new_code(taken, self._entropy)
                taken.add(code)
                acts.append(self._act("code", FACILITATOR, {"seat": seat, "code": code}, table))
        self._write(*acts)

    @property
    def path(self) -> Path | None:
        """The file in which it is kept."""
        return self._volume.path if self._volume is not None else None

    def close_file(self) -> None:
        """Let go of the file, as a host does before it ends. Everything is stored already."""
        with self._lock:
            if self._volume is not None:
                if self._marks_moved and self._ledger is not None:
                    with suppress(SaveError):
                        self._write()
                self._marks_moved = False
                self._volume.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close_file()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the lesson from changing for a moment, as a desk does while it copies."""
        with self._lock:
            yield

    # -- screens

    def desk(self, who: str, seat: str = "", table: int = 0) -> SeatDesk:
        """A desk for a person: a member's at its own seat, an observer's at the public's, the facilitator's at control's.

        The facilitator may name any seat, to see it as its delegation does. Make one per session and `refresh` it.
        Raises `UsageError` for a seat that is not the person's.
        """
        with self._lock:
            person = self._person_or_raise(who)
            if person.role == "observer":
                return SeatDesk(self, who, person.table, PUBLIC, self._dossiers)
            if person.id == FACILITATOR and not seat:
                self.match(table or 1)
                return SeatDesk(self, who, table or 1, CONTROL, self._dossiers)
            table, seat = self._reading(person, seat, table)
            return SeatDesk(self, who, table, seat, self._dossiers)

    def everything(self, who: str) -> SeatDesk | None:
        """In the debrief, once the facilitator allows it: a desk that sees all of the person's table; else None.

        It holds the line that was played, not the rounds that were taken back.
        """
        with self._lock:
            person = self._person_or_raise(who)
            if not self._reveals():
                return None
            return SeatDesk(self, who, person.table or 1, CONTROL, self._dossiers)

    def _reveals(self) -> bool:
        return self.revealed and self.stage in ("debrief", "closed")

    def standings(self, table: int, seat: str, *, lines: bool = False) -> Standings:
        """Where the desks of a seat stand, which share what they read; `lines`: with every line of the match."""
        with self._lock:
            if self._standings is None:
                self._standings = {}
            return self._standings.setdefault((table, seat, lines),
                                              Standings(self.match(table), seat, self._dossiers, lines=lines))

    def read_ahead(self, *, result: bool = False) -> None:
        """Read to every seat what has happened, off the host's loop, before its screens ask for it.

        `result`: only what they show of a closed round; what may be done next is read while that is looked at.
        """
        for table in self.tables:
            for seat in self.seats:
                with self._lock:
                    standing = self.standings(table, seat).now()
                standing.read() if result else standing.read_on()

    def room(self, who: str) -> SeatRoom:
        """The lesson as a member or an observer sees it. Raises `UsageError` for who is in none."""
        with self._lock:
            me = self._person_or_raise(who)
            table = me.table or 1
            match = self.match(table)
            told = [kept for kept in self.chat.readable(table, frozenset()) if kept.act.data["kind"] == "broadcast"]
            return SeatRoom(
                me, self.stage, _sentence(SAYS[self.stage]), table, match.round, match.game.rounds,
                self.catalog.date_of(match.round), match.ended, self.timer.left, self.timer.running,
                tuple(seat_status(self, table, seat) for seat in self.seats),
                tuple(member_line(self, person, who) for person in self.register.members(table, me.seat)) if me.seat else (),
                waits(self, table, me.seat), self.unread(me), told[-1].act.data["text"] if told and not told[-1].hidden else "",
                to_do(self, me), self.unread_papers(who), self._reveals())

    def control_room(self, who: str) -> ControlRoom:
        """The lesson as the facilitator sees it, secrets included. Raises `UsageError` for anybody else."""
        with self._lock:
            self._facilitator_or_raise(who)
            return ControlRoom(
                self.stage, _sentence(SAYS[self.stage]), self.course.possible(), self.timer.left, self.timer.running,
                self.plan.minutes, self.plan.on_all_filed, self.plan.on_time,
                self.stage == "orders" and self.timer.over and not self.plan.on_time,
                tuple(self._control_table(table) for table in self.tables), tuple(self.notes_kept.all), self.trouble)

    def _control_table(self, table: int) -> ControlTable:
        match = self.match(table)
        facilitator = self._person(FACILITATOR)
        seats = []
        for seat in self.seats:
            place = self.seating.place(table, seat)
            people = tuple(member_line(self, p) for p in self.register.members(table, seat))
            seats.append(ControlSeat(seat_status(self, table, seat), shown(place.code), place.hand, people,
                                     self.sheet_of(table, seat, facilitator)))
        watching = tuple(member_line(self, p) for p in self.register if p.role == "observer" and p.table == table)
        return ControlTable(table, match.round, match.game.rounds, self.catalog.date_of(match.round), match.ended,
                            match.state.ending, tuple(seats), watching, shown(self.seating.place(table, OBSERVER).code),
                            self.tray_of(table), self.unread(facilitator, table))

    # -- afterwards

    def record(self, table: int = 1) -> Record:
        """Everything that was done at a table, for an export or a transcript; for the facilitator alone."""
        with self._lock:
            return record_of(table, self.plan, self.match(table), self.acts, self._salt)


def _dossiers_of(loaded: Loaded) -> Mapping[str, Dossier]:
    """The dossiers of a scenario, read when somebody first asks who says so; those that cannot be read are missing."""
    from sim.play.library import seeds_folder
    from sim.scenario.dossier import load_dossiers

    try:
        return load_dossiers(seeds_folder(), loaded.usable()[0].dossiers)[0]
    except (DetenteError, OSError):
        return {}


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _sentence(part: str) -> str:
    return f"{part[:1].upper()}{part[1:]}."
