"""lesson: who takes part, for which seat, who heads a delegation, and who is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Final, Literal

from sim.lesson.acts import Act
from sim.lesson.tokens import same

FACILITATOR: Final = "facilitator"
"""The id of the one person who is always there."""
OBSERVER: Final = "observer"
"""Stands for a seat where an observer comes in."""

Role = Literal["member", "observer", "facilitator"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the lesson knows them."""

    id: str
    name: str
    role: Role
    table: int
    """From 1; 0 for the facilitator."""
    seat: str
    """Empty for who has none."""
    seats: tuple[str, ...] = ()
    """All seats it acts for: its own, and those that were merged into it."""
    head: bool = False
    """Whether it heads its delegation."""
    muted: bool = False
    gone: bool = False
    """Whether it has left or was removed."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody has a screen open."""

    screens: int = 0
    since: float = -inf
    """Monotonic seconds at which that began; who never had one has been away for ever."""


class Register:
    """The people of a lesson."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {FACILITATOR: Person(FACILITATOR, "The facilitator", "facilitator", 0, "")}
        self._hashes: dict[str, str] = {}
        """Hash of a token → person."""
        self._heads: dict[tuple[int, str], str] = {}
        self._presence: dict[str, Presence] = {}
        self._reading: dict[str, float] = {}
        """Who has a page before them that asks for nothing by itself: counted as a screen until it was long enough ago."""

    # -- asking

    def __getitem__(self, person: str) -> Person:
        return self._people[person]

    def __contains__(self, person: str) -> bool:
        return person in self._people

    def __iter__(self) -> Iterator[Person]:
        """Everybody who is still in the lesson, in the order in which they came."""
        return (person for person in self._people.values() if not person.gone)

    def gone(self) -> tuple[Person, ...]:
        """Who was in the lesson and is no more."""
        return tuple(person for person in self._people.values() if person.gone)

    def by_hash(self, hash: str) -> Person | None:
        """Who holds the token of a hash."""
        found = ""
        for kept, person in self._hashes.items():
            # all are compared, so that the time tells nothing
            if same(kept, hash):
                found = person
        return self._people[found] if found and not self._people[found].gone else None

    def members(self, table: int, seat: str) -> tuple[Person, ...]:
        """A delegation, in the order in which they came."""
        return tuple(p for p in self if (p.role, p.table, p.seat) == ("member", table, seat))

    def head(self, table: int, seat: str) -> str:
        """The head of a delegation: who was made it, else who came first; empty if nobody is there."""
        members = [person.id for person in self.members(table, seat)]
        named = self._heads.get((table, seat), "")
        return named if named in members else next(iter(members), "")

    def presence(self, person: str) -> Presence:
        """Whether somebody is there, and since when."""
        return self._presence.get(person, Presence())

    def present(self, person: str) -> bool:
        """Whether somebody has a screen open."""
        return self.presence(person).screens > 0

    def there(self, person: str, now: float, grace: float) -> bool:
        """Whether somebody has a screen open, or had one less than `grace` seconds ago."""
        presence = self.presence(person)
        return presence.screens > 0 or now - presence.since < grace

    # -- changing

    def connected(self, person: str, now: float) -> bool:
        """One more screen; whether that changed anything for others."""
        before = self.presence(person)
        self._presence[person] = replace(before, screens=before.screens + 1) if before.screens else Presence(1, now)
        return not before.screens

    def disconnected(self, person: str, now: float) -> bool:
        """One screen less; whether that changed anything for others."""
        before = self.presence(person)
        if not before.screens:
            return False
        self._presence[person] = replace(before, screens=before.screens - 1) if before.screens > 1 else Presence(0, now)
        return before.screens == 1

    def reads(self, person: str, now: float) -> bool:
        """Somebody asked for a page to read; whether that changed anything for others."""
        fresh = person not in self._reading
        self._reading[person] = now
        return fresh and self.connected(person, now)

    def lapse(self, now: float, span: float) -> tuple[str, ...]:
        """Those who have asked for no page within `span` seconds read none any more; for whom that changed anything."""
        over = [person for person, asked in self._reading.items() if now - asked >= span]
        for person in over:
            del self._reading[person]
        return tuple(person for person in over if self.disconnected(person, now))

    def arrived(self, person: str, now: float) -> None:
        """Somebody came in whose screen is about to open."""
        self._presence[person] = Presence(0, now)

    def all_away(self, now: float) -> None:
        """Nobody is there any more: the lesson was taken up again by another process."""
        self._presence = {person: Presence(0, now) for person in self._people}
        self._reading.clear()

    def fold(self, act: Act) -> None:
        """Joined, left, renamed, moved, muted, token, head."""
        data, id = act.data, act.data.get("person", "")
        match act.kind:
            case "joined":
                self._people[id] = Person(id, data["name"], data["role"], act.table, data["seat"])
                self._hashes[data["hash"]] = id
            case "token":
                self._hashes = {kept: person for kept, person in self._hashes.items() if person != id}
                self._hashes[data["hash"]] = id
                self._people[id] = replace(self._people[id], gone=False)
            case "left":
                self._people[id] = replace(self._people[id], gone=True)
                self._hashes = {kept: person for kept, person in self._hashes.items() if person != id}
                self._presence.pop(id, None)
                self._reading.pop(id, None)
            case "renamed":
                self._people[id] = replace(self._people[id], name=data["name"])
            case "moved":
                role: Role = "member" if data["seat"] else "observer"
                self._people[id] = replace(self._people[id], table=act.table, seat=data["seat"], role=role)
            case "muted":
                self._people[id] = replace(self._people[id], muted=data["muted"])
            case "head":
                self._heads[act.table, data["seat"]] = id
