"""lesson: what an act of a person is answered with: done, done before, or refused in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CODES: Final[dict[str, str]] = {
    "L001": "a person who is not in the lesson",
    "L002": "a code that leads nowhere",
    "L003": "a name that cannot be used",
    "L004": "an act that belongs to the facilitator",
    "L005": "an act that belongs to the head of delegation",
    "L006": "a seat that is not one's own",
    "L007": "a lesson that is full",
    "L010": "a time at which this cannot be done",
    "L011": "a round that is not open any more",
    "L012": "an order that cannot be filed",
    "L013": "a line that is not on the sheet",
    "L014": "a request number that was used for something else",
    "L015": "too much at once",
    "L016": "a text that is too long, empty or cannot be printed",
    "L017": "an addressee that there is not",
    "L018": "somebody who is muted",
    "L019": "something that there is not",
    "L020": "a round that others resolve",
    "L021": "a step that is the facilitator's",
    "L030": "an inject that cannot be used",
    "L040": "a paper that changed meanwhile",
    "L041": "a paper that somebody has no part in",
    "L050": "a plan that cannot be",
    "L052": "a table that there is not",
    "L053": "a rehearsal without minutes",
}
"""Every code of a refusal with what it is about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an act."""

    ok: bool
    sentence: str = ""
    """For the person: why not, or what was done; empty where nothing need be said."""
    code: str = ""
    """A key of `CODES`, or a `D2xx` where the file could not be written."""
    again: bool = False
    """This very request had been carried out before; nothing was done twice."""
    id: str = ""
    """Of what was made: a message, a paper, an inject."""


class Refused(Exception):
    """A person's mistake, on its way to an `Answer`; it does not leave the room."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
