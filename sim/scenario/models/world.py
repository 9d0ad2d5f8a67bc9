"""scenario: tracks, flags, counters, agreements and phases."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.models.block import Block, Id, Seen, Sources, Toward, When


class Track(Block):
    """A bounded whole number everybody or somebody watches."""

    start: int = 0
    """Value before the first round."""
    min: int = 0
    """Lowest value."""
    max: int = 100
    """Highest value."""
    title: str = ""
    """Short name on screen."""
    text: str = ""
    """What it means, in a sentence."""
    scale: dict[str, str] = Field(default_factory=dict)
    """Names of single values: `{1: proposed, 2: accepted}`."""
    better: Literal["low", "high", "none"] = "none"
    """Which direction eases the crisis, for colours and arrows."""
    drift: Toward | None = None
    """Pull at the start of every close: `{to: 35, by: 1}`, `by` may differ per leg."""
    each_round: int = 0
    """Added late in every close, after the author's rules: countdowns `-1`, counters `1`."""
    seen: Seen = "all"
    """`all`, `seats`, `own` (the actor its name begins with), `concerned` (the actors in its name), `nobody`,
    or a list of actors."""
    estimate: int | None = None
    """What a seat that does not see it reckons with; its start unless said."""
    shown: bool = True
    """Whether screens list it; counters of the machinery are not shown."""
    source: Sources = ""
    """Claims it rests on, or `invented`."""


class Flag(Block):
    """A yes or no the rules remember."""

    text: str = ""
    """What it means when it is set."""
    start: bool = False
    """Value before the first round."""
    per: list[str] = Field(default_factory=list)
    """Makes one flag per actor of a group, `[parties]`, or per pair of two: `[mediators, parties]` gives
    `flag.russia.armenia` and so on. Two actors in the list are one pair; for a flag each, name a group of them."""
    seen: Seen = "all"
    """As for tracks."""


class Counter(Block):
    """A small number the rules count with, one per actor of its groups."""

    text: str = ""
    """What it counts."""
    max: Annotated[int, Field(ge=1, le=999)] = 9
    """Highest value; the lowest is 0."""
    per: list[str] = Field(default_factory=list)
    """One counter per actor of a group, or per pair of two; as for flags."""
    each_round: int = 0
    """Added late in every close: `-1` for a countdown."""
    seen: Seen = "all"
    """As for tracks."""


class Step(Block):
    """One step a machine can take, tested in file order, one a round."""

    to: Id
    """The status it leads to."""
    from_: list[Id] | Id | None = Field(default=None, alias="from")
    """From these statuses only; from any other status unless said."""
    except_: list[Id] | Id | None = Field(default=None, alias="except")
    """Not from these statuses."""
    when: When | None = None
    """The step is taken while this holds."""
    dispatch: str | None = None
    """What the wire prints."""


class Provision(Block):
    """One article of an agreement, with a status."""

    point: str = ""
    """Its number in the text: `N1`."""
    title: str = ""
    """Its short name."""
    text: str
    """What it says, in our words."""
    binds: list[Id] = Field(default_factory=list)
    """Who must do what it says."""
    status: Id = "observed"
    """Where it stands at the start."""
    steps: list[Step] = Field(default_factory=list)
    """How its status moves by itself."""
    pax: str = ""
    """PA-X provision codes."""
    source: Sources = ""
    """Claims it rests on."""
    moved_by: str = ""
    """In words: what would move it."""


class Agreement(Block):
    """A signed text."""

    title: str
    """Its name."""
    signed: str = ""
    """When: `2020-11-09`."""
    by: list[Id] = Field(default_factory=list)
    """Who signed."""
    provisions: dict[Id, Provision]
    """Its articles."""
    source: Sources = ""
    """Claims it rests on."""


class Phase(Block):
    """A state of the situation."""

    title: str
    """One to three words."""
    text: str = ""
    """What it means, on screen."""
    entered: str | None = None
    """What the wire prints when the situation enters it."""


class Phases(Block):
    """The situation machine."""

    start: Id
    """The first phase."""
    states: dict[Id, Phase]
    """All phases."""
    steps: list[Step] = Field(default_factory=list)
    """Transitions, tested in this order; the first that holds is taken, once a round."""
