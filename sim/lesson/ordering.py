"""lesson: a delegation's sheet and what its head files. What is legal the rules alone say."""

from __future__ import annotations

from sim.lesson.answers import Answer, Refused
from sim.lesson.core import Core
from sim.lesson.people import FACILITATOR, Person
from sim.lesson.sheets import Sheet, SheetLine
from sim.lesson.statuses import waits
from sim.rules import Orders
from sim.words.desk import Desk
from sim.words.refusals import refused

DRAFTING = ("briefing", "orders", "paused")
"""While people may put moves on their sheet."""


class Ordering(Core):
    """What concerns orders."""

    def sheet(self, who: str, seat: str = "", table: int = 0) -> Sheet:
        """The sheet of one's own delegation, or of any for the facilitator. Raises `UsageError` for another's."""
        with self._lock:
            person = self._person_or_raise(who)
            table, seat = self._reading(person, seat, table)
            return self.sheet_of(table, seat, person)

    def sheet_of(self, table: int, seat: str, reader: Person) -> Sheet:
        """A sheet for a reader whose right to it was looked at."""
        match = self.match(table)
        found = match.filed(seat)
        filed = found.moves if found is not None else None
        keys = self.sheets.keys(table, seat)
        names = self.catalog.moves
        lines = tuple(SheetLine(key, names[key].title if key in names else key, self._name(by), by, at,
                                filed is not None and key in filed)
                      for key, (by, at) in self.sheets.lines(table, seat).items())
        hand = self.seating.place(table, seat).hand
        may = (self.stage == "orders" and not match.ended and reader.role != "observer"
               and (hand == "facilitator" if reader.id == FACILITATOR else reader.head and hand == "delegation"))
        return Sheet(table, seat, match.round, lines, filed, filed is not None and filed != keys, may,
                     waits(self, table, seat))

    def _name(self, person: str) -> str:
        return self.register[person].name if person in self.register else ""

    def propose(self, who: str, key: str, *, round: int, once: str = "", seat: str = "", table: int = 0) -> Answer:
        """Put a move or an answer on the sheet; everybody of the delegation sees who did."""
        ask = ("propose", key, round, seat, table)

        def do(person: Person) -> Answer:
            at, mine = self._place(person, seat, table)
            self._while(*DRAFTING)
            self._open_round(at, round)
            self._count(person, "changes of a sheet", self.plan.limits.orders_a_minute)
            keys = self.sheets.keys(at, mine)
            if key in keys:
                return Answer(ok=True, again=True)
            if len(keys) >= self.plan.limits.sheet_lines:
                raise Refused("L015", f"A sheet has {self.plan.limits.sheet_lines} lines at most; take one off first.")
            self._check(at, mine, (*keys, key))
            self._write(self._receipt(self._act("proposed", who, {"seat": mine, "key": key}, at), once, ask))
            self._tell("sheet", at, frozenset((mine,)))
            return Answer(ok=True)

        return self._answered(who, do, once, ask)

    def strike(self, who: str, key: str, *, round: int, once: str = "", seat: str = "", table: int = 0) -> Answer:
        """Take a line off the sheet: one's own, or any for the head of delegation."""
        ask = ("strike", key, round, seat, table)

        def do(person: Person) -> Answer:
            at, mine = self._place(person, seat, table)
            self._while(*DRAFTING)
            self._open_round(at, round)
            self._count(person, "changes of a sheet", self.plan.limits.orders_a_minute)
            line = self.sheets.lines(at, mine).get(key)
            if line is None:
                raise Refused("L013", "That line is not on the sheet any more.")
            if line[0] not in ("", who) and not (person.head or person.id == FACILITATOR):
                raise Refused("L005", f"{self._name(line[0])} put that there; they or the head of delegation can take it off.")
            self._write(self._receipt(self._act("struck", who, {"seat": mine, "key": key}, at), once, ask))
            self._tell("sheet", at, frozenset((mine,)))
            return Answer(ok=True)

        return self._answered(who, do, once, ask)

    def file(self, who: str, *, round: int, once: str = "", seat: str = "", table: int = 0) -> Answer:
        """File the sheet as it stands, in place of what was filed before; an empty one is a pass.

        When the answer says that it is filed, it is on the disk.
        """
        ask = ("file", round, seat, table)

        def do(person: Person) -> Answer:
            at, mine = self._place(person, seat, table)
            self._heads(person)
            self._filing(at, round)
            self._count(person, "filings", self.plan.limits.orders_a_minute)
            keys = self.sheets.keys(at, mine)
            self._check(at, mine, keys)
            said = f"Filed for round {round}: {len(keys)} {'line' if len(keys) == 1 else 'lines'}." if keys else \
                f"Filed for round {round}: you pass."
            act = self._act("filed", who, {"seat": mine, "keys": list(keys), "said": said}, at)
            self._write(self._receipt(act, once, ask), tables=(at,), change=lambda: self.match(at).file(mine, Orders(keys)))
            self._tell("filed", at)
            return Answer(ok=True, sentence=said)

        return self._answered(who, do, once, ask)

    def unfile(self, who: str, *, round: int, once: str = "", seat: str = "", table: int = 0) -> Answer:
        """Take back what was filed, while the round is open; the sheet stays."""
        ask = ("unfile", round, seat, table)

        def do(person: Person) -> Answer:
            at, mine = self._place(person, seat, table)
            self._heads(person)
            self._filing(at, round)
            self._count(person, "filings", self.plan.limits.orders_a_minute)
            if self.match(at).filed(mine) is None:
                return Answer(ok=True, again=True)
            act = self._act("unfiled", who, {"seat": mine}, at)
            self._write(self._receipt(act, once, ask), tables=(at,), change=lambda: self.match(at).withdraw(mine))
            self._tell("filed", at)
            return Answer(ok=True)

        return self._answered(who, do, once, ask)

    # -- what is looked at before

    def _heads(self, person: Person) -> None:
        if person.id != FACILITATOR and not person.head:
            head = self._name(self.register.head(person.table, person.seat))
            raise Refused("L005", f"{head} heads the delegation and files; agree on the sheet with them.")

    def _filing(self, table: int, round: int) -> None:
        self._while("orders")
        self._open_round(table, round)

    def _open_round(self, table: int, round: int) -> None:
        """Raises `Refused` where a client speaks of a round that is not open."""
        match = self.match(table)
        if match.ended:
            raise Refused("L011", "The match is over; nothing more can be filed.")
        if round != match.round:
            raise Refused("L011", f"Round {round} is not open; round {match.round} is: look at what is new and choose again.")

    def _check(self, table: int, seat: str, keys: tuple[str, ...]) -> None:
        """Raises `Refused` with the rules' reason against these keys together, in the words of the menu."""
        found = self.match(table).refuse(seat, Orders(keys))
        if found is None:
            return
        item = self._scribe(table, seat).menu().item(found.move)
        raise Refused("L012", refused(self.catalog, found, item.why_not if item else ()))

    def _scribe(self, table: int, seat: str) -> Desk:
        """A desk of the seat on the match itself, for its words alone."""
        key = table, seat
        if key not in self._scribes:
            self._scribes[key] = Desk(self.match(table), seat, {})
        return self._scribes[key]
