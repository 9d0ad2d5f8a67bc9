"""lesson: what delegations say to one another: messages, notes verbales, and what the facilitator tells everybody.

A message's id is made from its thread and its place there, so that nobody can tell from it how much others write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, Literal

from sim.lesson.acts import Act

PUBLIC_TO: Final = "public"
TO_FACILITATOR: Final = "facilitator"

Kind = Literal["message", "verbale", "broadcast"]

ASKS: Final[dict[str, str]] = {
    "information": "requests information on the matter",
    "consultations": "proposes consultations at an early date",
    "protest": "conveys the protest of its Government",
    "assurance": "requests an assurance in this respect",
    "assurances given": "gives the assurance set out above",
    "nothing": "",
}
"""What a note verbale can ask for, and how it says so."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as one person reads it."""

    id: str
    number: int
    """Its place among what this person may read, from 1; a message that was hidden keeps its place."""
    table: int
    round: int
    at: float
    kind: Kind
    sender: str
    """A seat, or `facilitator`."""
    name: str
    """Who wrote it."""
    to: tuple[str, ...]
    """Seats, `facilitator`, or `public`; empty is the sender's own delegation."""
    text: str
    """Empty where it was hidden."""
    form: Mapping[str, str] = field(default_factory=dict)
    """Of a note verbale: `number`, `subject`, `asks`, `reply_to`."""
    hidden: bool = False
    why: str = ""
    """Why it was hidden, if that was said."""
    mine: bool = False
    new: bool = False
    """Whether the reader has not read it yet."""


@dataclass(slots=True)
class Kept:
    """A message as it is kept."""

    act: Act
    id: str
    thread: frozenset[str]
    """Who reads it: seats, `facilitator`; `public` is everybody at the table."""
    form: dict[str, str]
    hidden: bool = False
    why: str = ""


class Chat:
    """All messages of a lesson."""

    def __init__(self, salt: str) -> None:
        """`salt`: the lesson's own, that keeps ids from being guessed."""
        self._salt = salt
        self._kept: list[Kept] = []
        self._by_id: dict[str, Kept] = {}

    def next_id(self, table: int, thread: frozenset[str]) -> str:
        """The id of the next message of a thread."""
        before = sum(kept.thread == thread and kept.act.table == table for kept in self._kept)
        return made_id(self._salt, "message", table, *sorted(thread), before)

    def next_number(self, table: int, sender: str, thread: frozenset[str]) -> int:
        """The number of a sender's next note verbale to the same addressees, from 1."""
        return 1 + len([kept for kept in self._kept if kept.act.data["kind"] == "verbale" and kept.thread == thread
                        and kept.act.data["sender"] == sender and kept.act.table == table])

    def find(self, id: str) -> Kept | None:
        """A message by its id."""
        return self._by_id.get(id)

    def readable(self, table: int, reads: frozenset[str] | None) -> list[Kept]:
        """What a reader of these threads may read at a table, oldest first; None reads everything."""
        return [kept for kept in self._kept if kept.act.table in (0, table)
                and (reads is None or kept.thread & reads or PUBLIC_TO in kept.thread)]

    def everything(self) -> list[Kept]:
        """All messages of all tables."""
        return list(self._kept)

    def fold(self, act: Act) -> None:
        """Sent, hidden."""
        if act.kind == "sent":
            kept = Kept(act, act.data["id"], thread(act.data["sender"], tuple(act.data["to"])), dict(act.data.get("form", {})))
            self._kept.append(kept)
            self._by_id[kept.id] = kept
        elif act.kind == "hidden":
            found = self._by_id[act.data["id"]]
            found.hidden, found.why = act.data["hidden"], act.data["why"]


def thread(sender: str, to: tuple[str, ...]) -> frozenset[str]:
    """Who reads a message."""
    return frozenset((PUBLIC_TO,)) if PUBLIC_TO in to else frozenset((sender, *to))


def verbale(sender: str, addressees: tuple[str, ...], number: str, subject: str, text: str, asks: str) -> str:
    """A note verbale in its customary form: the third person, no name, no claim beyond what its sender says."""
    to = " and ".join((", ".join(addressees[:-1]), addressees[-1])) if len(addressees) > 1 else addressees[0]
    asked = ASKS.get(asks, "")
    lines = [f"Note verbale No. {number}: {subject}", "",
             f"The Ministry of Foreign Affairs in {sender} presents its compliments to {to} and has the honour to state "
             "the following:", "", text]
    if asked:
        lines += ["", f"The Ministry {asked}."]
    return "\n".join((*lines, "", f"The Ministry avails itself of this opportunity to renew to {to} the assurances of "
                                  "its highest consideration."))


def made_id(salt: str, *parts: object) -> str:
    """Twelve hex digits that only the lesson can make."""
    text = "\x1f".join((salt, *map(str, parts)))
    return blake2b(text.encode(), digest_size=6).hexdigest()
