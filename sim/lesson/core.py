"""lesson: what every act of a lesson shares: one lock, one way to write, one way to answer.

An act is checked, written, and only then folded into memory, so that nothing is true here that is not on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import blake2b
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from sim.errors import DetenteError, SaveError, UsageError, suggest
from sim.lesson.acts import Act, Part
from sim.lesson.answers import Answer, Refused
from sim.lesson.changes import Change, ChangeKind
from sim.lesson.clock import Clock, Timer
from sim.lesson.course import SAYS, Course
from sim.lesson.limits import Meter
from sim.lesson.messages import PUBLIC_TO, Chat, Kept
from sim.lesson.notes import Notes
from sim.lesson.papers import Papers
from sim.lesson.people import FACILITATOR, Person, Register
from sim.lesson.plan import Plan
from sim.lesson.seating import BY_FACILITATOR, DELEGATION, Seating
from sim.lesson.sheets import Sheets
from sim.lesson.tokens import Entropy
from sim.lesson.tray import Trays
from sim.play.entries import dumps
from sim.words.catalog import Catalog

if TYPE_CHECKING:
    from sim.lesson.ledger import Ledger
    from sim.play.match import Match
    from sim.scenario.bind.improvised import BoundInject
    from sim.scenario.load import Loaded
    from sim.words.desk import Desk

KEEP: Final = -1.0
"""The clock goes on as it was."""
HEARTBEAT: Final = 5.0
"""Seconds after which a running clock is written down; so much a killed host gives back to the round."""


class Core:
    """The state of a lesson and the ways to change it; what people can do is in the classes built on it."""

    def __init__(self, matches: Sequence[Match], plan: Plan, clock: Clock, salt: str, ledger: Ledger | None,
                 entropy: Entropy) -> None:
        """Made by `Lesson.new` and `Lesson.resume`."""
        self.matches = tuple(matches)
        """One for each table, secrets included: for this room."""
        self.plan = plan
        self.clock = clock
        self.trouble = ""
        """What the facilitator must know of the file, in a sentence; empty while all is well."""
        self.catalog = Catalog(matches[0].loaded.usable()[1])
        self.timer = Timer(clock)
        self.course = Course({"goes_on": self._goes_on, "is_over": self._is_over})
        self.register = Register()
        self.seating = Seating()
        self.sheets = Sheets()
        self.chat = Chat(salt)
        self.papers_kept = Papers(salt)
        self.trays = Trays()
        self.notes_kept = Notes()
        self.acts: list[Act] = []
        self._salt = salt
        self._bound_scenario = matches[0].loaded.usable()[1]
        self._parts: tuple[Part, ...] = (self.register, self.seating, self.sheets, self.chat, self.papers_kept, self.trays,
                                         self.notes_kept)
        self._receipts: dict[tuple[str, str], tuple[str, Answer]] = {}
        self._meter = Meter()
        self._ledger = ledger
        self._entropy = entropy
        self._lock = RLock()
        self._depth = 0
        self._told: list[Change] = []
        self._hearers: list[Callable[[Change], None]] = []
        self._scribes: dict[tuple[int, str], Desk] = {}
        self._read: dict[str, int] = {}
        """How many of their messages people have read."""
        self._looked: dict[tuple[str, str], int] = {}
        """The revision of each paper that people have looked at, by person and paper."""
        self._marks_moved = False
        """Whether somebody has read something that the file does not know of yet: it goes along with the next write."""
        self.revealed = False
        """Whether the debrief shows everybody what was hidden during play."""
        self._bounds: dict[tuple[str, str], BoundInject | None] = {}
        self._blocks: dict[str, str] = {}
        self._beat = clock.monotonic()

    # -- where it stands

    @property
    def stage(self) -> str:
        """`lobby`, `briefing`, `orders`, `resolving`, `paused`, `debrief`, `closed`."""
        return self.course.stage

    @property
    def loaded(self) -> Loaded:
        """The scenario."""
        return self.matches[0].loaded

    @property
    def tables(self) -> tuple[int, ...]:
        """The tables, from 1."""
        return tuple(range(1, len(self.matches) + 1))

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats of the scenario."""
        return self.matches[0].game.seats

    def match(self, table: int) -> Match:
        """The match of a table. Raises `UsageError` for one that there is not."""
        if table not in self.tables:
            raise UsageError(f"There is no table {table}; choose 1 to {len(self.matches)}.", "L052")
        return self.matches[table - 1]

    def _goes_on(self) -> str:
        if any(not match.ended for match in self.matches):
            return ""
        return "The match is over at every table; undo a round to play on."

    def _is_over(self) -> str:
        return "" if self._goes_on() else "The match goes on."

    # -- listeners

    def listen(self, hear: Callable[[Change], None]) -> Callable[[], None]:
        """Call `hear` after every change, once it is stored, in the thread that made it; what is returned ends that."""
        with self._lock:
            self._hearers.append(hear)

        def end() -> None:
            with self._lock:
                if hear in self._hearers:
                    self._hearers.remove(hear)

        return end

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the lesson; listeners are told when it is let go of."""
        told: list[Change] = []
        with self._lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    told, self._told = self._told, []
                    hearers = tuple(self._hearers)
        for change in dict.fromkeys(told):
            for hear in hearers:
                hear(change)

    def _tell(self, kind: ChangeKind, table: int = 0, seats: frozenset[str] | None = None,
              who: frozenset[str] | None = None, id: str = "") -> None:
        self._told.append(Change(kind, table, seats, who, id))

    @property
    def free(self) -> bool:
        """Whether nobody changes the lesson at this moment: what is asked now is answered at once."""
        if not self._lock.acquire(blocking=False):
            return False
        self._lock.release()
        return True

    # -- writing

    def _act(self, kind: str, by: str, data: Mapping[str, Any], table: int = 0) -> Act:
        """An act that happens now; where it stands among the others is settled when it is written."""
        round = self.match(table).round if table else 0
        return Act(kind, table, by, data, round, round_to(self.clock.wall()))

    def _write(self, *acts: Act, change: Callable[[], object] | None = None, tables: Sequence[int] = (),
               stage: str | Callable[[], str] = "", left: float | None = KEEP) -> None:
        """Store acts, what `change` does to the matches of some tables, stage and clock, as one; then take them up.

        `change` may return further acts; `stage` may be asked for once `change` is done; `left` are the seconds that the
        clock is set to. Raises `SaveError`; then nothing has happened.
        """
        placed: list[Act] = []
        rescued = self._rescue()
        with ExitStack() as stack:
            if self._ledger is not None:
                stack.enter_context(self._ledger.volume.writing())
            for table in tables:
                stack.enter_context(self.match(table).together())
            more = change() if change is not None else None
            for act in (*acts, *(more if isinstance(more, tuple) else ())):
                placed.append(act._replace(id=len(self.acts) + len(placed) + 1))
                if self._ledger is not None:
                    self._ledger.add(placed[-1])
            reached = stage() if callable(stage) else stage
            self._store_clock(reached or self.course.stage, self.timer.left if left == KEEP else left)
        self._marks_moved = False
        if not rescued:
            self.trouble = ""
        for act in placed:
            self._take(act)
        if left != KEEP:
            self.timer.set(left)
        if reached:
            self._enter(reached)

    def _rescue(self) -> bool:
        """See that the file still stands where it was; whether it had to be written anew. Raises `SaveError`."""
        if self._ledger is None or not self._ledger.rescue():
            return False
        self.trouble = f"{self._ledger.volume.path.name} was removed while the host runs; it was written anew, with everything in it."
        self._tell("trouble", seats=frozenset())
        return True

    def _enter(self, stage: str) -> None:
        """Stand at a stage; the clock runs while people read or file."""
        self.course.enter(stage)
        if stage in ("briefing", "orders"):
            self.timer.go()
        else:
            self.timer.stop()

    def _store_clock(self, stage: str, left: float | None) -> None:
        self._beat = self.clock.monotonic()
        if self._ledger is not None:
            before = self.course.stage if stage == "paused" and self.course.stage != "paused" else self.course.before
            self._ledger.put("course", {"stage": stage, "before": before, "left": left})
            if self._marks_moved:
                self._ledger.put("read", {"messages": self._read, "papers": [[*key, seen] for key, seen in self._looked.items()]})

    def _take(self, act: Act) -> None:
        """Fold an act that is stored."""
        self.acts.append(act)
        for part in self._parts:
            part.fold(act)
        if act.kind == "plan":
            self.plan = Plan.from_json(act.data)
        elif act.kind == "revealed":
            self.revealed = bool(act.data["on"])
        if act.once:
            self._receipts[act.by, act.once] = (act.ask, Answer(ok=True, again=True, sentence=act.data.get("said", ""),
                                                                id=act.data.get("id", "")))

    def _broadcast(self, text: str, table: int) -> Act:
        """What the facilitator, or the lesson itself, tells everybody."""
        read = frozenset((PUBLIC_TO,))
        return self._act("sent", FACILITATOR, {
            "sender": FACILITATOR, "name": self.register[FACILITATOR].name, "to": [PUBLIC_TO], "kind": "broadcast",
            "text": text, "id": self.chat.next_id(table, read)}, table)

    # -- answering

    def _answered(self, who: str, do: Callable[[Person], Answer], once: str = "", ask: Sequence[object] = ()) -> Answer:
        """What came of a person's act; `once` and `ask` keep a request that comes twice from being carried out twice."""
        with self._turn():
            try:
                person = self._person(who)
                if once:
                    if len(once) > self.plan.limits.once or not once.isprintable():
                        raise Refused("L014", f"A request number has 1 to {self.plan.limits.once} printable characters.")
                    held = self._receipts.get((person.id, once))
                    if held is not None and held[0] != _hash(ask):
                        raise Refused("L014", "That request number was used for something else; send it again with a new one.")
                    if held is not None:
                        return held[1]
                return self._remembered(do(person), person, once, ask)
            except Refused as refused:
                return Answer(ok=False, sentence=refused.sentence, code=refused.code)
            except SaveError as problem:
                return self._troubled(problem)
            except DetenteError as problem:
                return Answer(ok=False, sentence=problem.sentence, code=problem.code)

    def _remembered(self, answer: Answer, person: Person, once: str, ask: Sequence[object]) -> Answer:
        """The answer; that of a request for which nothing had to be written is kept too, or it could be carried out later."""
        if once and answer.ok:
            self._receipts.setdefault((person.id, once), (_hash(ask), replace(answer, again=True)))
        return answer

    def _receipt(self, act: Act, once: str, ask: Sequence[object]) -> Act:
        """The act with the number of the request that it carries out."""
        return act._replace(once=once, ask=_hash(ask)) if once else act

    def _troubled(self, problem: SaveError) -> Answer:
        """Tell the facilitator what is wrong with the file, and the person that nothing was done."""
        # the name is enough: the path says who the teacher is on this machine
        path = self._ledger.volume.path if self._ledger is not None else None
        sentence = problem.sentence if path is None else problem.sentence.replace(str(path), path.name)
        if self.trouble != sentence:
            self.trouble = sentence
            self._tell("trouble", seats=frozenset())
        return Answer(ok=False, sentence=f"{sentence} Nothing was done.", code=problem.code)

    # -- who, and where

    def _person(self, who: str) -> Person:
        """A person with what it is now. Raises `Refused` for one who is not in the lesson."""
        if who not in self.register or self.register[who].gone:
            raise Refused("L001", "You are not in this lesson any more; ask the facilitator for a new link.")
        return self._whole(self.register[who])

    def _whole(self, person: Person) -> Person:
        if person.role != "member":
            return person
        return replace(person, seats=self.seating.acts_for(person.table, person.seat),
                       head=self.register.head(person.table, person.seat) == person.id)

    def _facilitator(self, person: Person) -> None:
        if person.id != FACILITATOR:
            raise Refused("L004", "Only the facilitator can do that; ask for it.")

    def _table(self, table: int) -> int:
        if table not in self.tables:
            raise Refused("L019", f"There is no table {table}; choose 1 to {len(self.matches)}.")
        return table

    def _seat(self, seat: str) -> str:
        if seat not in self.seats:
            raise Refused("L019", f"There is no seat `{seat}`; {suggest(seat, self.seats)}it has {', '.join(self.seats)}.")
        return seat

    def _place(self, person: Person, seat: str, table: int, *, acting: bool = True) -> tuple[int, str]:
        """The table and seat that a person acts or reads for. Raises `Refused` for a seat that is not its own."""
        if person.id == FACILITATOR:
            table, seat = self._table(table or 1), self._seat(seat)
            if acting and self.seating.place(table, seat).hand != BY_FACILITATOR:
                raise Refused("L006", f"{self.catalog.capital(seat)} is not in your hands; take the seat first.")
            return table, seat
        if person.role != "member":
            raise Refused("L006", "Observers read along; only a delegation can do that.")
        seat = seat or person.seat
        if seat not in person.seats:
            raise Refused("L006", "That seat is another delegation's.")
        hand = self.seating.place(person.table, seat).hand
        if acting and hand == BY_FACILITATOR:
            raise Refused("L006", "The facilitator plays your seat at the moment; ask to have it back.")
        if acting and hand != DELEGATION:
            raise Refused("L006", "A policy plays your seat at the moment; ask the facilitator to have it back.")
        return person.table, seat

    def _reading(self, person: Person, seat: str, table: int) -> tuple[int, str]:
        """The table and seat that a person reads of. Raises `UsageError` for a seat that is not its own."""
        try:
            return self._place(person, seat, table, acting=False)
        except Refused as refused:
            raise UsageError(refused.sentence, refused.code) from None

    def _readable(self, person: Person, table: int) -> list[Kept]:
        """The messages that a person may read; the facilitator reads a table whole."""
        if person.id == FACILITATOR:
            return self.chat.readable(table or 1, None)
        return self.chat.readable(person.table, frozenset(person.seats))

    def _person_or_raise(self, who: str) -> Person:
        """A person with what it is now. Raises `UsageError` for one who is not in the lesson."""
        try:
            return self._person(who)
        except Refused as refused:
            raise UsageError(refused.sentence, refused.code) from None

    def _facilitator_or_raise(self, who: str) -> Person:
        """The facilitator. Raises `UsageError` for anybody else."""
        person = self._person_or_raise(who)
        try:
            self._facilitator(person)
        except Refused as refused:
            raise UsageError(refused.sentence, refused.code) from None
        return person

    def _while(self, *stages: str) -> None:
        """Raises `Refused` unless the lesson stands at one of these."""
        if self.stage not in stages:
            raise Refused("L010", f"That cannot be done now: {SAYS[self.stage]}; "
                                  f"it can while {' or '.join(SAYS[stage] for stage in stages)}.")

    def _count(self, person: Person, what: str, most: int) -> None:
        if person.id != FACILITATOR:
            self._meter.count(person.id, what, most, self.clock.monotonic())


def round_to(seconds: float) -> float:
    """An instant to the millisecond: what is read back is what was written."""
    return round(seconds, 3)


def _hash(ask: Sequence[object]) -> str:
    return blake2b(dumps([str(part) for part in ask]).encode(), digest_size=12).hexdigest()
