"""lesson: what stands for a person's name in what leaves the room, and the key that is kept apart.

A pseudonym is made from the id that chance gave a person at the door: the same in every export of a lesson, and nobody
can work a name or an order of arrival out of it without the lesson's file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from sim.lesson.people import FACILITATOR
from sim.lesson.record import Participant
from sim.report.results import plain_cell

_SHORTEST: Final = 3
"""Letters of a name that is looked for in what people wrote; a shorter one would be found everywhere."""


def pseudonym(person: str) -> str:
    """`P-` and six hex digits for a person's id."""
    return f"P-{blake2b(person.encode(), digest_size=3, person=b'pseudonym').hexdigest()}"


class Names:
    """What people are called in an export."""

    def __init__(self, people: Iterable[Participant], *, real: bool, spared: Iterable[str] = ()) -> None:
        """`real` keeps the names. `spared` are words that stay in texts though somebody is called so: names of seats."""
        self.real = real
        self._people = {it.id: it for it in people}
        kept = {word.casefold() for word in spared}
        self._stands_for = {} if real else {
            name.casefold(): pseudonym(it.id) for it in self._people.values() if it.id != FACILITATOR
            for name in (it.names or (it.name,)) if len(name) >= _SHORTEST and name.casefold() not in kept}
        longest_first = sorted(self._stands_for, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)",
                                   re.IGNORECASE) if longest_first else None

    def of(self, person: str) -> str:
        """A person's name, or what stands for it; the facilitator is always `The facilitator`, nobody is empty."""
        if not person:
            return ""
        if person == FACILITATOR:
            return "The facilitator"
        return self._people[person].name if self.real and person in self._people else pseudonym(person)

    def within(self, text: str) -> str:
        """A text that somebody wrote, with the names of the people in it replaced where they stand as they were given."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self._stands_for[found[0].casefold()], text)


def key_of(people: Iterable[Participant]) -> str:
    """The key: a CSV table of pseudonym, name, role, table and seat, a line a person."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(("pseudonym", "name", "role", "table", "seat"))
    for it in {it.id: it for it in people if it.id != FACILITATOR}.values():
        write((pseudonym(it.id), plain_cell(it.name), it.role, it.table, it.seat))
    return out.getvalue()
