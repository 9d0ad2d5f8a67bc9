"""authoring: what the answers of an interview come to: seats with their ids, the matter, and which patterns are played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.authoring.interview_names import code_of, id_of, parted
from sim.authoring.interview_questions import STEPS, joined

_OF_THE_FORMAT: Final = """
    actor target seats public control secret all own nobody concerned parties and or not is true false played round day leg
    last_round phase offer fired yes ready signing table sign agree bracket accept decline hold if then else lambda in for
    await yield none
"""
_OF_EVERY_STORY: Final = """
    more less tension standing credit damage state push_up push_down ease consult propose_deal set_ultimatum invite report
    warn deal demand mediation broken talking deal_made gave_way text_signed day_passed promise play
"""
RESERVED: Final = frozenset((_OF_THE_FORMAT + _OF_EVERY_STORY).split())
"""What no name of the author's may be spelled as."""


@dataclass(frozen=True, slots=True)
class Side:
    """A seat of the quarrel, or the mediator."""

    id: str
    name: str
    code: str
    wants: str
    more: bool
    """Whether it wants the matter higher."""


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
    up: str
    down: str
    rounds: int
    step: str
    agreement: str
    promise: str
    phases: str
    offer: bool
    ultimatum: bool
    points: tuple[tuple[str, str], ...]
    """Id and title of each clause; none without a text."""
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
        return {"talking": True} if self.phases == "talks" and (self.offer or self.mediator) else {}

    def wanting(self, *, more: bool) -> tuple[Side, ...]:
        """The sides that want the matter higher, or lower."""
        return tuple(side for side in self.sides if side.more is more)


def story(answers: Mapping[str, Any]) -> Story:
    """The story of a whole interview."""
    taken = set(RESERVED)

    def take(name: str) -> str:
        made = id_of(name, taken)
        taken.add(made)
        return made

    codes: set[str] = set()

    def seat(name: str, wants: str, *, more: bool) -> Side:
        id = take(name)
        code = code_of(id, codes)
        codes.add(code)
        return Side(id, parted(name)[0], code, wants, more)

    sides = tuple(seat(name, answers[f"wants_{n}"], more=name in answers["more"])
                  for n, name in enumerate(answers["sides"], 1))
    mediator = seat(answers["mediator_name"], "calm, and to be believed by all of them", more=False) \
        if answers["mediator"] else None
    track = take(answers["stake"])
    points = tuple((take(point), parted(point)[0]) for point in answers["points"]) if answers["text"] else ()
    return Story(
        id_of(answers["title"], joint="-"), parted(answers["title"])[0], answers["quarrel"],
        answers["kind"] == "historical", answers["start"], sides, mediator, parted(answers["stake"])[0], track,
        answers["up"], answers["down"], answers["rounds"], STEPS[answers["step"]], parted(answers["agreement"])[0],
        answers["promise"], answers["phases"], answers["offer"], answers["ultimatum"], points,
        answers["accident"] if answers["hazard"] else "", answers["day"] if answers["deadline"] else "")
