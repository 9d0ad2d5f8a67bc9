"""authoring: what the answers of an interview come to: seats with their ids, the matter, and which patterns are played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sim.authoring.interview.era import Era, era, year_of
from sim.authoring.interview.names import code_of, id_of, parted, readable
from sim.authoring.interview.question import joined
from sim.authoring.interview.questions import STEPS
from sim.authoring.interview.seats import answer_of

_OF_THE_FORMAT: Final = """
    actor target seats public control secret all own nobody concerned parties and or not is true false played round day leg
    last_round phase offer fired yes ready signing table sign agree bracket accept decline hold if then else lambda in for
    await yield none
"""
_OF_EVERY_STORY: Final = """
    more less tension standing at_stake credit damage speak consult propose_deal set_ultimatum invite report warn deal demand
    mediation broken talking deal_made gave_way text_signed day_passed promise play weight_of_the_breach rumour accident time
    account reminder the_day break signed understanding too_late open standing_agreement whole acts steps words talks threats
    pressure
"""
RESERVED: Final = frozenset((_OF_THE_FORMAT + _OF_EVERY_STORY).split())
"""What no name of the author's may be spelled as."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that one seat alone can do."""

    id: str
    text: str
    """As it goes on after “decided to”."""

    @property
    def title(self) -> str:
        """As the menu says it."""
        return capital(self.text)


@dataclass(frozen=True, slots=True)
class Side:
    """A seat of the quarrel, or the mediator, for whom only the first five say something."""

    number: int
    """From 1, in the order of the answers."""
    id: str
    name: str
    code: str
    person: str
    """Who will remember it: a sentence."""
    wants: str = ""
    more: bool = False
    """Whether it wants the matter higher."""
    loses: str = ""
    """As it goes on after “We could lose”."""
    act: Deed = Deed("", "")
    gives: Deed = Deed("", "")
    hurts: str = ""
    """The id of the seat that loses most by the act, and gains most by the step."""

    @property
    def loss(self) -> str:
        """What it can lose, as a title."""
        return capital(self.loses)

    @property
    def at_stake(self) -> str:
        """The track of what it can lose."""
        return f"{self.id}.at_stake"


@dataclass(frozen=True, slots=True)
class Point:
    """An article of the text under negotiation."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that a scenario is written from."""

    id: str
    title: str
    quarrel: str
    historical: bool
    start: str
    sides: tuple[Side, ...]
    mediator: Side | None
    stake: str
    """The title of what rises and falls."""
    track: str
    """Its id."""
    low: str
    high: str
    rounds: int
    step: str
    """How long a round is, in words."""
    agreement: str
    """Empty if none stands between them."""
    promise: str
    phases: str
    deal: str
    """Empty without one; goes on after “Let us”."""
    ultimatum: bool
    points: tuple[Point, ...]
    """None without a text."""
    accident: str
    """Empty without a hazard."""
    day: str
    """Empty without a deadline."""

    @property
    def seats(self) -> tuple[Side, ...]:
        """Everybody who can be played."""
        return (*self.sides, self.mediator) if self.mediator else self.sides

    @property
    def names(self) -> str:
        """The sides of the quarrel, in words."""
        return joined([side.name for side in self.sides])

    @property
    def talking(self) -> dict[str, bool]:
        """What an accepted offer sets, where the phases ask for it."""
        return {"talking": True} if self.phases == "talks" and (self.deal or self.mediator) else {}

    @property
    def breached(self) -> str:
        """The condition that somebody has acted alone and nobody has mended it."""
        return "promise is breached" if self.agreement else "broken"

    @property
    def kept(self) -> str:
        """The opposite condition."""
        return "promise is not breached" if self.agreement else "not broken"

    @property
    def year(self) -> int:
        """In which it begins."""
        return year_of(self.start)

    @property
    def era(self) -> Era:
        """How news travels in that year."""
        return era(self.year)

    @property
    def days(self) -> int:
        """How long a round is."""
        return STEPS[self.step]

    @property
    def last_day(self) -> str:
        """The date of the deadline, `26 July`."""
        found = date.fromisoformat(self.start) + timedelta(days=(self.rounds - 2) * self.days)
        return f"{found.day} {_MONTHS[found.month - 1]}"

    def cited(self, block: dict[str, Any]) -> dict[str, Any]:
        """An entry with the source that a historical scenario has to name."""
        return {**block, "source": "invented"} if self.historical else block

    def wanting(self, *, more: bool) -> tuple[Side, ...]:
        """The sides that want the matter higher, or lower."""
        return tuple(side for side in self.sides if side.more is more)

    def side(self, id: str) -> Side:
        """A side by its id."""
        return next(side for side in self.sides if side.id == id)

    def hurting(self, side: Side) -> tuple[Side, ...]:
        """The sides whose act hurts this one most."""
        return tuple(it for it in self.sides if it.hurts == side.id)


_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                  "December")


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[0].upper() + text[1:]


def inside(title: str) -> str:
    """A name or a title inside a sentence."""
    return title[0].lower() + title[1:] if title.startswith(("The ", "A ", "An ", "Our ")) else title


def story(answers: Mapping[str, Any]) -> Story:
    """The story of a whole interview."""
    taken = set(RESERVED)
    codes: set[str] = set()

    def take(name: str) -> str:
        made = id_of(name, taken)
        taken.add(made)
        return made

    def code(id: str) -> str:
        made = code_of(id, codes)
        codes.add(made)
        return made

    def deed(text: str, otherwise: str) -> Deed:
        return Deed(take(text if readable(text) else otherwise), text)

    ids = [take(name) for name in answers["sides"]]
    by_name = dict(zip(answers["sides"], ids, strict=True))
    mediating = take(answers["mediator"]) if answers["mediator"] else ""
    track = take(answers["stake"])
    sides = tuple(
        Side(n, id, parted(name)[0], code(id), answers[f"person_{n}"], answers[f"wants_{n}"], name in answers["more"],
             inside(parted(answers[f"loses_{n}"])[0]), deed(answers[f"act_{n}"], f"act of {id}"),
             deed(answers[f"gives_{n}"], f"step of {id}"), by_name[answer_of(answers, "hurts", n)])
        for n, (name, id) in enumerate(by_name.items(), 1))
    mediator = Side(len(sides) + 1, mediating, parted(answers["mediator"])[0], code(mediating), answers["mediator_person"]) \
        if mediating else None
    points = []
    for n in (1, 2, 3) if answers["point_1"] else ():
        name, _, says = answers[f"point_{n}"].partition(": ")
        points.append(Point(take(name), parted(name)[0], says))
    low, high = answers["ends"]
    return Story(
        id_of(answers["title"], joint="-"), parted(answers["title"])[0], answers["quarrel"],
        answers["kind"] == "historical", answers["start"], sides, mediator, capital(parted(answers["stake"])[0]), track,
        low, high, answers["rounds"], answers["step"], parted(answers["agreement"] or "")[0], answers.get("promise", ""),
        answers["phases"], answers["deal"] or "", answers["ultimatum"], tuple(points), answers["accident"] or "",
        answers["day"] or "")
