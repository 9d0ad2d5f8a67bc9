"""lesson: coming in by a code, leaving, being there, and who heads a delegation."""

from __future__ import annotations

from sim.errors import SaveError
from sim.lesson.answers import Answer, Refused
from sim.lesson.core import Core
from sim.lesson.limits import worded
from sim.lesson.people import FACILITATOR, OBSERVER, Person, Role
from sim.lesson.rooms import SeatStatus
from sim.lesson.statuses import seat_status
from sim.lesson.tokens import hashed, new_token, tidied


class Delegations(Core):
    """What concerns people and who they are."""

    def code_leads_to(self, code: str) -> SeatStatus | None:
        """The seat of a code, for the page that asks for a name; an observers' bench has no seat. None: no such code."""
        with self._lock:
            place = self.seating.by_code(tidied(code))
            if place is None:
                return None
            if place.seat == OBSERVER:
                return SeatStatus(place.table, "", "Observers", "", 0, 0, filed=False, waited_for=False)
            return seat_status(self, place.table, place.seat)

    def join(self, code: str, name: str, *, once: str = "") -> tuple[Answer, str]:
        """Come in by a code. Returns the answer with the person's id, and the token in clear, or nothing if refused.

        A token is told once and cannot be told again, so a request that comes twice brings in two people; the host
        holds its form back while it waits.
        """
        with self._turn():
            try:
                return self._join(code, name)
            except Refused as refused:
                return Answer(ok=False, sentence=refused.sentence, code=refused.code), ""
            except SaveError as problem:
                return self._troubled(problem), ""

    def _join(self, code: str, name: str) -> tuple[Answer, str]:
        if self.stage == "closed":
            raise Refused("L010", "The lesson is closed; nobody can come in any more.")
        place = self.seating.by_code(tidied(code))
        if place is None:
            raise Refused("L002", "No seat has that code; look at it again, it has six letters and digits.")
        # wrong codes are counted by the host, for each address: a guesser must not keep a class out
        self._meter.count("", "people who came in", self.plan.limits.joins_a_minute, self.clock.monotonic())
        if sum(1 for _ in self.register) > self.plan.limits.people:
            raise Refused("L007", f"The lesson has {self.plan.limits.people} people, and no more can come in.")
        role: Role = "observer" if place.seat == OBSERVER else "member"
        # where seats were merged, whoever comes for one of them joins the delegation that acts for both
        seat = "" if role == "observer" else place.into or place.seat
        called = self._free_name(worded(name, self.plan.limits.name, "name"), place.table, seat)
        token = new_token(self._entropy)
        id = self._entropy(6).hex()
        self._write(self._act("joined", id, {"person": id, "name": called, "role": role, "seat": seat,
                                             "hash": hashed(token)}, place.table))
        self.register.arrived(id, self.clock.monotonic())
        self._tell("people", place.table)
        return Answer(ok=True, id=id), token

    def _free_name(self, name: str, table: int, seat: str, of: str = "") -> str:
        """The name, with a number behind it where somebody of the delegation bears it."""
        taken = {p.name.casefold() for p in self.register if (p.table, p.seat) == (table, seat) and p.id != of}
        found, n = name, 1
        while found.casefold() in taken:
            n += 1
            found = f"{name} {n}"
        return found

    def who(self, token: str) -> Person | None:
        """Who holds a token; None for one that is unknown or was taken back."""
        with self._lock:
            found = self.register.by_hash(hashed(token))
            return self._whole(found) if found is not None else None

    def person(self, who: str) -> Person | None:
        """A person with what it is now; None for one who is not in the lesson."""
        with self._lock:
            return self._whole(self.register[who]) if who in self.register and not self.register[who].gone else None

    def people(self) -> tuple[Person, ...]:
        """Everybody who is in the lesson, in the order in which they came; the facilitator is first."""
        with self._lock:
            return tuple(self._whole(person) for person in self.register)

    def connected(self, who: str) -> None:
        """Somebody opened a screen."""
        self._presence(who, here=True)

    def reads(self, who: str) -> None:
        """Somebody asked for a page of text, which is no screen that stays open: they count as there for a while."""
        with self._turn():
            if who in self.register and not self.register[who].gone and self.register.reads(who, self.clock.monotonic()):
                self._tell("presence", self.register[who].table)

    def disconnected(self, who: str) -> None:
        """Somebody's screen went."""
        self._presence(who, here=False)

    def _presence(self, who: str, *, here: bool) -> None:
        with self._turn():
            if who not in self.register:
                return
            now = self.clock.monotonic()
            changed = self.register.connected(who, now) if here else self.register.disconnected(who, now)
            if changed:
                self._tell("presence", self.register[who].table)

    def leave(self, who: str) -> Answer:
        """Leave for good: the token ends, and the delegation has another head."""
        def do(person: Person) -> Answer:
            if person.id == FACILITATOR:
                raise Refused("L004", "The facilitator closes the lesson instead of leaving it.")
            self._write(self._act("left", who, {"person": who}, person.table))
            self._tell("people", person.table)
            return Answer(ok=True)

        return self._answered(who, do)

    def gone(self, who: str) -> tuple[Person, ...]:
        """Who has left or was sent out, for the facilitator, who can let them in again. Raises `UsageError` for others."""
        with self._lock:
            self._facilitator_or_raise(who)
            return self.register.gone()

    def rename(self, who: str, name: str, *, person: str = "") -> Answer:
        """Bear another name; the facilitator may give one to any `person`."""
        def do(asking: Person) -> Answer:
            if person:
                self._facilitator(asking)
            it = self._person(person or who)
            called = self._free_name(worded(name, self.plan.limits.name, "name"), it.table, it.seat, it.id)
            self._write(self._act("renamed", who, {"person": it.id, "name": called}, it.table))
            self._tell("people", it.table)
            return Answer(ok=True)

        return self._answered(who, do)

    def pass_head(self, who: str, to: str) -> Answer:
        """Make another member of the delegation its head; the facilitator can do it for every delegation."""
        def do(person: Person) -> Answer:
            other = self._person(to)
            if other.role != "member" or (person.id != FACILITATOR and (other.table, other.seat) != (person.table, person.seat)):
                raise Refused("L006", "Only a member of the delegation can head it.")
            if person.id != FACILITATOR and not person.head:
                raise Refused("L005", "Only the head of delegation can pass that on.")
            return self._head(person, other)

        return self._answered(who, do)

    def take_head(self, who: str) -> Answer:
        """Head the delegation while its head is away."""
        def do(person: Person) -> Answer:
            if person.role != "member":
                raise Refused("L006", "Observers have no delegation to head.")
            if person.head:
                return Answer(ok=True)
            head = self.register.head(person.table, person.seat)
            presence = self.register.presence(head)
            away = self.clock.monotonic() - presence.since
            if presence.screens or away < self.plan.limits.head_away:
                raise Refused("L005", f"{self.register[head].name} heads the delegation and is there; ask to have it passed on."
                              if presence.screens else
                              f"{self.register[head].name} heads the delegation and was there a moment ago; wait "
                              f"{self.plan.limits.head_away:.0f} seconds.")
            return self._head(person, person)

        return self._answered(who, do)

    def _head(self, person: Person, to: Person) -> Answer:
        self._write(self._act("head", person.id, {"person": to.id, "seat": to.seat}, to.table))
        self._tell("people", to.table, frozenset((to.seat,)))
        return Answer(ok=True, sentence=f"{to.name} heads the delegation now.")

    # -- the facilitator's

    def facilitator_token(self) -> str:
        """A fresh token for the facilitator; the one before ends. Raises `SaveError`."""
        with self._turn():
            token = new_token(self._entropy)
            self._write(self._act("token", FACILITATOR, {"person": FACILITATOR, "hash": hashed(token)}))
            return token

    def remove(self, who: str, person: str) -> Answer:
        """Send somebody out; the token ends."""
        def do(facilitator: Person) -> Answer:
            self._facilitator(facilitator)
            other = self._person(person)
            if other.id == FACILITATOR:
                raise Refused("L004", "The facilitator closes the lesson instead of leaving it.")
            self._write(self._act("left", who, {"person": person}, other.table))
            self._tell("people", other.table)
            return Answer(ok=True, sentence=f"{other.name} was sent out; the same code lets them in again.")

        return self._answered(who, do)

    def readmit(self, who: str, person: str) -> tuple[Answer, str]:
        """A fresh token for somebody whose device was lost; the one before ends."""
        token = ""

        def do(facilitator: Person) -> Answer:
            nonlocal token
            self._facilitator(facilitator)
            if person not in self.register or person == FACILITATOR:
                raise Refused("L001", "There is no such person in this lesson.")
            drawn = new_token(self._entropy)
            other = self.register[person]
            self._write(self._act("token", who, {"person": person, "hash": hashed(drawn)}, other.table))
            self._tell("people", other.table)
            token = drawn
            return Answer(ok=True, id=person)

        return self._answered(who, do), token

    def move(self, who: str, person: str, table: int, seat: str) -> Answer:
        """Put somebody into another delegation, or among a table's observers where `seat` is empty."""
        def do(facilitator: Person) -> Answer:
            self._facilitator(facilitator)
            other = self._person(person)
            if other.id == FACILITATOR:
                raise Refused("L006", "The facilitator takes a seat instead of being moved to it.")
            self._table(table)
            into = (self.seating.place(table, self._seat(seat)).into or seat) if seat else ""
            self._write(
                self._act("moved", who, {"person": person, "seat": into}, table),
                self._act("renamed", who, {"person": person, "name": self._free_name(other.name, table, into, person)}, table))
            for place in {other.table, table}:
                self._tell("people", place)
            return Answer(ok=True)

        return self._answered(who, do)

    def mute(self, who: str, person: str, muted: bool) -> Answer:
        """Keep somebody from writing messages and papers, or let them again."""
        def do(facilitator: Person) -> Answer:
            self._facilitator(facilitator)
            other = self._person(person)
            if other.id == FACILITATOR:
                raise Refused("L004", "The facilitator cannot be muted.")
            self._write(self._act("muted", who, {"person": person, "muted": muted}, other.table))
            self._tell("people", other.table, frozenset((other.seat,)))
            return Answer(ok=True)

        return self._answered(who, do)

    def new_code(self, who: str, table: int, seat: str) -> Answer:
        """Another code for a seat, or for a table's observers; the one before leads nowhere any more."""
        def do(facilitator: Person) -> Answer:
            from sim.lesson.tokens import new_code

            self._facilitator(facilitator)
            self._table(table)
            if seat != OBSERVER:
                self._seat(seat)
            code = new_code(self.seating.codes(), self._entropy)
            self._write(self._act("code", who, {"seat": seat, "code": code}, table))
            self._tell("seat", table, frozenset())
            return Answer(ok=True, id=code)

        return self._answered(who, do)


