"""lesson: how much and how often, as data, and the meter that counts."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from sim.lesson.answers import Refused

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in characters, rates per minute and person."""

    people: int = 120
    """In the whole lesson."""
    name: int = 40
    message: int = 2_000
    verbale: int = 4_000
    subject: int = 120
    broadcast: int = 1_000
    note: int = 2_000
    title: int = 120
    """Of a paper."""
    paragraph: int = 1_500
    paragraphs: int = 40
    papers: int = 20
    """At one table."""
    improvised: int = 60
    """Injects of the facilitator's own at one table."""
    once: int = 64
    """Of a request number."""
    sheet_lines: int = 24
    messages_a_minute: int = 12
    orders_a_minute: int = 120
    drafts_a_minute: int = 40
    joins_a_minute: int = 90
    """By all together: a class that comes in at once."""
    away: float = 20.0
    """Seconds that somebody whose screen went still counts as there: a page that is loaded anew is no absence."""
    reading: float = 300.0
    """Seconds that somebody on the text page counts as there after the last page: a phone that is put on the table
    while its people talk asks for nothing, and who has no script reads for a while."""
    head_away: float = 30.0
    """Seconds after which another may take the place of a head who is away."""
    least_after_restart: float = 30.0
    """Seconds that a round has left at least when a lesson is taken up again."""


class Meter:
    """Counts what somebody did in the last minute."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, str], deque[float]] = {}

    def count(self, who: str, what: str, most: int, now: float) -> None:
        """Count one more; raises `Refused` if that is too many."""
        done = self._done.setdefault((who, what), deque())
        while done and not 0 <= now - done[0] < MINUTE:
            done.popleft()
        if len(done) >= most:
            raise Refused("L015", f"That was {most} {what} within a minute; wait a moment and try again.")
        done.append(now)


def worded(text: str, most: int, what: str, *, lines: bool = False) -> str:
    """A text as it is kept; raises `Refused` for one that is empty, too long, or holds what cannot be printed."""
    kept = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n ") if lines else " ".join(text.split())
    if not kept:
        raise Refused("L016", f"The {what} is empty; write something.")
    if len(kept) > most:
        raise Refused("L016", f"The {what} has {len(kept):,} characters, and {most:,} is the most; shorten it.")
    if not kept.replace("\n", " ").isprintable():
        raise Refused("L016", f"The {what} holds characters that cannot be printed; write it anew without them.")
    return kept
