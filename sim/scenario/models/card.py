"""scenario: the clock and the library card."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.models.block import Block, Id


class Leg(Block):
    """A stretch of the clock with one step."""

    rounds: Annotated[int, Field(ge=1, le=60)]
    """How many rounds."""
    step: Annotated[str, Field(pattern=r"^[0-9]{1,3} days?$")]
    """How long a round is: `3 days`."""
    title: str = ""
    """Its name on screen."""


class Clock(Block):
    """When the story starts and how its rounds are counted."""

    start: str
    """The first day, `2021-05-12`."""
    legs: dict[Id, Leg]
    """Stretches of the clock, in order."""
    orders: Annotated[int, Field(ge=1, le=4)] = 2
    """Orders a seat may file in a round, answers not counted."""


class Preset(Block):
    """A way to use the scenario in class. What its minutes leave after the briefing and the rounds is the debrief's."""

    title: str
    """Its name."""
    rounds: Annotated[int, Field(ge=1, le=200)]
    """How many rounds are played; the match ends with the last of them."""
    minutes: Annotated[int, Field(ge=5, le=2_000)]
    """How long it takes from the first word to the last, pauses not counted."""
    sittings: Annotated[int, Field(ge=1, le=10)] = 1
    """Into how many meetings of the class it is divided."""
    briefing: Annotated[int, Field(ge=0, le=240)] = 10
    """Minutes of reading and questions before the first round."""
    round_minutes: Annotated[int, Field(ge=1, le=120)] = 5
    """Minutes from the opening of a round until its orders are due."""


class About(Block):
    """The library card."""

    blurb: str = ""
    """Two sentences for the library."""
    minutes: dict[Id, int] = Field(default_factory=dict)
    """Minutes of play up to the end of each leg."""
    seats: list[Id] = Field(default_factory=list)
    """Seats worth playing alone, best first."""
    level: Annotated[int, Field(ge=1, le=3)] = 1
    """1 easy, 2 some background helps, 3 demanding."""
    kind: Literal["historical", "fictional"] = "fictional"
    """Whether the events are documented."""
    teaches: list[str] = Field(default_factory=list)
    """What a class can find out by playing."""
    content_note: str = ""
    """What a teacher should know before using it."""
    questions: list[str] = Field(default_factory=list)
    """Debrief questions."""
    rubric: dict[str, str] = Field(default_factory=dict)
    """Single-point rubric: criterion and what meeting it looks like."""
    presets: dict[Id, Preset] = Field(default_factory=dict)
    """Ways to use it in class."""
