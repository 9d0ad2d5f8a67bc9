"""lesson: sending and reading messages, notes verbales and broadcasts; hiding what should not stand."""

from __future__ import annotations

from collections.abc import Mapping

from sim.errors import suggest
from sim.lesson.answers import Answer, Refused
from sim.lesson.core import Core
from sim.lesson.limits import worded
from sim.lesson.messages import ASKS, PUBLIC_TO, TO_FACILITATOR, Kept, Message, thread, verbale
from sim.lesson.people import FACILITATOR, Person

TALKING = ("briefing", "orders", "resolving", "paused", "debrief")
"""While delegations may write to one another; to the facilitator and among themselves they may from the lobby on."""


class Talk(Core):
    """What concerns messages."""

    def send(self, who: str, to: tuple[str, ...], text: str, *, kind: str = "message",
             form: Mapping[str, str] | None = None, once: str = "", seat: str = "", table: int = 0) -> Answer:
        """Write to seats, to `facilitator`, to `public` (everybody at the table), or with `()` to one's own delegation.

        A note verbale (`kind="verbale"`) is the head's, to other seats, with a form: `subject`, `asks` (a key of
        `ASKS`), `reply_to` (a message's id). The facilitator writes with a table, and a seat where it plays one.
        """
        ask = ("send", to, text, kind, sorted((form or {}).items()), seat, table)

        def do(person: Person) -> Answer:
            at, sender = self._sender(person, seat, table)
            self._may_write(person)
            addressees = self._addressees(to, sender)
            if set(addressees) - {TO_FACILITATOR} and sender != FACILITATOR:
                self._while(*TALKING)
            elif self.stage == "closed":
                raise Refused("L010", "The lesson is closed; nothing more can be written.")
            self._count(person, "messages", self.plan.limits.messages_a_minute)
            data: dict[str, object] = {"sender": sender, "name": person.name, "to": list(addressees), "kind": "message",
                    "id": self.chat.next_id(at, thread(sender, addressees))}
            if kind == "verbale":
                data.update(self._verbale(person, at, sender, addressees, text, form or {}))
            elif kind == "message":
                data["text"] = worded(text, self.plan.limits.message, "message", lines=True)
            else:
                raise Refused("L019", "There is no such kind of message; write a message or a note verbale.")
            self._write(self._receipt(self._act("sent", who, data, at), once, ask))
            read = thread(sender, addressees)
            self._tell("message", at, None if PUBLIC_TO in read else read & frozenset(self.seats), id=str(data["id"]))
            return Answer(ok=True, id=str(data["id"]))

        return self._answered(who, do, once, ask)

    def _sender(self, person: Person, seat: str, table: int) -> tuple[int, str]:
        if person.id == FACILITATOR and not seat:
            return self._table(table or 1), FACILITATOR
        return self._place(person, seat, table)

    def _may_write(self, person: Person) -> None:
        if person.muted:
            raise Refused("L018", "The facilitator has muted you; you can read and draft orders, and ask them about it.")

    def _addressees(self, to: tuple[str, ...], sender: str) -> tuple[str, ...]:
        if PUBLIC_TO in to:
            return (PUBLIC_TO,)
        known = (*self.seats, TO_FACILITATOR)
        for name in to:
            if name not in known:
                raise Refused("L017", f"Nobody is called `{name}`; {suggest(name, known)}write to {', '.join(known)} or public.")
        return tuple(name for name in known if name in to and name != sender)

    def _verbale(self, person: Person, table: int, sender: str, addressees: tuple[str, ...], text: str,
                 form: Mapping[str, str]) -> dict[str, object]:
        """A note verbale in its form. Raises `Refused` for one that its form does not allow."""
        limits = self.plan.limits
        if not addressees or set(addressees) & {PUBLIC_TO, TO_FACILITATOR} or sender == FACILITATOR:
            raise Refused("L017", "A note verbale goes from one delegation to others; name at least one.")
        if person.id != FACILITATOR and not person.head:
            raise Refused("L005", "A note verbale is the head of delegation's to send.")
        asks = form.get("asks", "nothing")
        if asks not in ASKS:
            raise Refused("L019", f"A note verbale cannot ask for `{asks}`; choose {', '.join(ASKS)}.")
        subject = worded(form.get("subject", ""), limits.subject, "subject")
        said = worded(text, limits.verbale, "note", lines=True)
        read = thread(sender, addressees)
        reply_to = form.get("reply_to", "")
        if reply_to and ((found := self.chat.find(reply_to)) is None or found.act.table != table
                         or not found.thread & {sender, PUBLIC_TO}):
            raise Refused("L019", "The note that this answers is not among yours; leave that empty or choose another.")
        number = str(self.chat.next_number(table, sender, read))
        whole = verbale(self.catalog.capital(sender), tuple(map(self.catalog.capital, addressees)), number, subject, said, asks)
        return {"kind": "verbale", "text": whole,
                "form": {"number": number, "subject": subject, "asks": asks, "reply_to": reply_to}}

    def broadcast(self, who: str, text: str, *, table: int = 0, once: str = "") -> Answer:
        """Tell everybody, at all tables or at one."""
        ask = ("broadcast", text, table)

        def do(person: Person) -> Answer:
            self._facilitator(person)
            if table:
                self._table(table)
            said = worded(text, self.plan.limits.broadcast, "broadcast", lines=True)
            act = self._broadcast(said, table)
            self._write(self._receipt(act, once, ask))
            self._tell("message", table, id=str(act.data["id"]))
            return Answer(ok=True, id=str(act.data["id"]))

        return self._answered(who, do, once, ask)

    def hide(self, who: str, message: str, hidden: bool, why: str = "") -> Answer:
        """Take a message's text from all screens, or show it again; the facilitator reads it still."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            found = self.chat.find(message)
            if found is None:
                raise Refused("L019", "There is no such message.")
            reason = worded(why, self.plan.limits.subject, "reason") if why else ""
            self._write(self._act("hidden", who, {"id": message, "hidden": hidden, "why": reason}, found.act.table))
            self._tell("message", found.act.table, None if PUBLIC_TO in found.thread else found.thread & frozenset(self.seats),
                       id=message)
            return Answer(ok=True)

        return self._answered(who, do)

    # -- reading

    def messages(self, who: str, *, since: int = 0, table: int = 0) -> tuple[Message, ...]:
        """What a person may read, oldest first, from after the number `since`; the facilitator reads a table whole."""
        with self._lock:
            person = self._person_or_raise(who)
            return tuple(self._message(kept, number, person) for number, kept in
                         enumerate(self._readable(person, table), 1) if number > since)

    def read_up_to(self, who: str, number: int, table: int = 0) -> None:
        """Count the messages up to a number as read; the facilitator's at a table."""
        key = f"{who}.{table or 1}" if who == FACILITATOR else who
        with self._lock:
            if number > self._read.get(key, 0):
                self._read[key] = number
                self._marks_moved = True

    def unread(self, person: Person, table: int = 0) -> int:
        """How many messages a person has not read."""
        key = f"{person.id}.{table or 1}" if person.id == FACILITATOR else person.id
        read = self._read.get(key, 0)
        return sum(kept.act.by != person.id for kept in self._readable(person, table)[read:])

    def _message(self, kept: Kept, number: int, person: Person) -> Message:
        act, data = kept.act, kept.act.data
        all_of_it = person.id == FACILITATOR or not kept.hidden
        return Message(kept.id, number, act.table, act.round, act.at, data["kind"], data["sender"], data["name"],
                       tuple(data["to"]), data["text"] if all_of_it else "", kept.form if all_of_it else {}, kept.hidden,
                       kept.why, act.by == person.id,
                       act.by != person.id and number > self._read.get(
                           f"{person.id}.{act.table or 1}" if person.id == FACILITATOR else person.id, 0))
