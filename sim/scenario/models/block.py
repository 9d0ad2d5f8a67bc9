"""scenario: what every block of a scenario file is made of: words, amounts, effects, branches."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
"""A lower-case word: letters, digits, underscore."""
ScenarioId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
When = str | bool | list[str]
"""A condition: one line, or a list of lines that must all hold."""
Who = str | list[str]
"""An actor, a group, `seats`, or a list of them."""
Amount = int | str | dict[str, int | str]
"""A whole number, a range `5..15`, a share `-5 %`, or one of these per leg: `{election: 1, long: 2}`."""
Chance = int | str | dict[str, int | str]
"""ICD 203 words (`remote`, `very unlikely`, `unlikely`, `even`, `likely`, `very likely`, `almost certain`),
percent (`12 %`), `rest` for what is left, or one of these per leg."""
Sources = str | list[str]
"""Claim ids of the dossiers, or `invented`; what a historical scenario leaves empty is reported."""
Seen = str | list[str]
"""Who sees it."""


class Block(BaseModel):
    """A block of the file: nothing unknown is accepted, nothing is taken for what it is not, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True, strict=True)


class Toward(Block):
    """A pull: the track moves toward `to` by at most `by`."""

    to: int
    """Where the track is pulled."""
    by: Amount
    """The largest step, a whole number or one per leg."""


class Effects(Block):
    """What happens to tracks, flags, statuses."""

    change: dict[str, Amount] = Field(default_factory=dict)
    """Adds to tracks, and clamps to their range: `{tension: 4, deaths: 1..6}`."""
    set: dict[str, int | bool | str] = Field(default_factory=dict)
    """Assigns: numbers, `true`/`false` for flags, a status for a provision or a clause."""
    raise_: dict[str, int] = Field(default_factory=dict, alias="raise")
    """Never lowers: the track becomes the larger of itself and the number."""
    toward: dict[str, Toward] = Field(default_factory=dict)
    """Pulls a track toward a value."""


class Branch(Effects):
    """One way a move, an answer, an inject can turn out."""

    chance: Chance = "rest"
    """How likely this branch is; `rest` takes what the branches before it left."""
    when: When | None = None
    """The branch is possible only while this holds (`actor is armenia` is allowed)."""
    opens: str | dict[str, Who] | None = None
    """Offers that this branch opens: `call` (to the move's target) or `{mediation: parties}`."""
    dispatch: str | None = None
    """What the wire prints if this branch happens; `{actor}` and `{target}` stand for the capitals."""
