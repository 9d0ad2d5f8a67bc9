"""authoring: how news travels in the year of a story: a letter read aloud, a pamphlet, a newspaper, a message on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REMEMBERED: Final = 1940
"""From this year on somebody may be alive who was there."""


@dataclass(frozen=True, slots=True)
class Era:
    """The words of a time."""

    told: str
    """How a report begins, as far as `that`."""
    speaks: str
    """The move by which a side speaks to everybody."""
    spoke: str
    """What the wire says of it."""
    account: str
    """The title of somebody else's account of the quarrel."""
    prints: str
    """What the wire says of it; what the quarrel is about follows."""
    rumour: str
    alarm: str
    """What is heard when the quarrel has come close to a break."""


_ERAS: Final = (
    (1650, Era("Word has come that", "Have your case read aloud in public", "The case of {actor} was read aloud in public.",
               "A letter is passed on", "A letter is passed from hand to hand and read aloud to those who cannot read. It tells",
               "Travellers bring a rumour of what is being planned; nobody can say who saw it.",
               "At every door people speak of the worst.")),
    (1850, Era("It is reported that", "Have your case printed and posted up", "A printed sheet with the case of {actor} was posted "
               "up.", "A pamphlet", "A pamphlet without a name goes from hand to hand. It tells",
               "The post brings a rumour of what is being planned; nobody has signed it.",
               "Letters speak of a crisis.")),
    (1950, Era("It is reported that", "State your case in the newspapers", "The newspapers carried a statement of {actor}.",
               "A newspaper account", "A newspaper prints an account, two columns long. It tells",
               "A rumour of what is being planned goes from paper to paper; nobody confirms it.",
               "The newspapers speak of a crisis.")),
    (2000, Era("It is reported that", "State your case to the press and the radio", "{actor} spoke on the evening news.",
               "A report on the evening news", "The evening news carries a report of four minutes. It tells",
               "A rumour of what is being planned is on the air before anybody has confirmed it.",
               "The evening news speaks of a crisis.")),
    (9999, Era("It is reported that", "State your case in public", "{actor} put out a statement to everybody.",
               "An account is passed around", "An account of it is passed around on thousands of telephones. It tells",
               "A rumour of what is being planned goes from telephone to telephone; nobody confirms it.",
               "Every headline speaks of a crisis.")),
)


def era(year: int) -> Era:
    """The words of a year."""
    return next(words for before, words in _ERAS if year < before or before == _ERAS[-1][0])


def year_of(start: str) -> int:
    """The year of a date, `1435-07-14`."""
    return int(start.split("-", maxsplit=1)[0])
