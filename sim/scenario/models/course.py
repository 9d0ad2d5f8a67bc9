"""scenario: what happens by itself, how the story ends, and what is said of it."""

from typing import Literal

from pydantic import Field

from sim.scenario.models.block import Block, Branch, Chance, Effects, Id, Seen, Sources, When


class RuleChance(Block):
    """The chance of a rule while a condition holds; the first that holds counts."""

    when: When
    chance: Chance | None = None
    weekly: Chance | None = None


class Hazard(Block):
    """A chance that follows one track: given at some of its values, in a straight line between them."""

    of: str
    """The track it follows."""
    at: dict[str, Chance]
    """Value of the track and chance there: `{0: 1 %, 40: 3 %, 100: 25 %}`."""
    weekly: bool = False
    """The chances are a week's and are converted to the length of a round."""


class Rule(Effects):
    """Something that happens by itself when a round closes."""

    at: Literal["open", "consent", "signing", "close", "end"] = "close"
    """`open` (before orders), `consent` (when two consents meet; before the draft), `signing` (between two
    signatures and their effect), `close`, or `end` (after the countdowns, before the machines)."""
    when: When | None = None
    """It happens while this holds."""
    chance: Chance | None = None
    """A round; certain unless said."""
    weekly: Chance | None = None
    """A week; converted to the length of a round, 1 - (1 - p) ** (days / 7)."""
    chances: list[RuleChance] = Field(default_factory=list)
    """A chance that depends on the situation."""
    hazard: Hazard | None = None
    """A chance that follows one track."""
    group: Id | None = None
    """The first rule of a group that happens closes the group for the round."""
    title: str = ""
    """Its name in words."""
    dispatch: str | None = None
    """What the wire prints."""
    why: str = ""
    """The reference or reason."""
    source: Sources = ""


class Inject(Effects):
    """An event released once: by time, by condition, or by the facilitator."""

    title: str
    """Its headline."""
    when: When
    """Released in the first round in which this holds."""
    dispatch: str = ""
    """What the wire prints, where a branch has no dispatch of its own."""
    branches: list[Branch] = Field(default_factory=list)
    """Ways it can turn out; each rolls its own die, the first that passes happens."""
    seen: Seen = "public"
    """Who reads the dispatch."""
    expected: str = ""
    """What it tests, for the debrief."""
    facilitator: str = ""
    """A note for the facilitator."""
    source: Sources = ""


class Ending(Block):
    """How the story can end; tested in file order after every round."""

    title: str
    """Its name."""
    when: When | None = None
    """It ends so when this holds."""
    otherwise: bool = False
    """The last ending: when the clock has run out and nothing else holds."""
    text: str
    """What happened, to be read at the end."""
    settlement: Literal["none", "commission", "mission", "imposed", "war"] = "none"
    """Which class of outcome it belongs to in base rates."""
    note: str = ""
    """For the debrief."""
    source: Sources = ""


class Readout(Block):
    """One side's account of a contact."""

    plain: str
    """The agreed account."""
    firm: str
    """The account that claims a point."""


class PlaceName(Block):
    """A disputed name."""

    house: str
    """The neutral form used on screen."""
    names: dict[str, str] = Field(default_factory=dict)
    """Name per language."""
    note: str = ""


class Par(Block):
    """What persona play reaches in a seat; written by a command."""

    median: int
    """Median of 0..100."""
    low: int
    """First quartile."""
    high: int
    """Third quartile."""
