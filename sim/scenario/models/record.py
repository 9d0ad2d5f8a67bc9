"""scenario: what really happened, beside a scenario."""

from pydantic import Field

from sim.scenario.models.block import Block, Effects, Id, ScenarioId, Sources


class HistoryOrder(Block):
    """What a seat did."""

    seat: Id
    move: str
    """A move id, `accept`, `decline`, `agree`, `bracket`, `table`, `sign`."""
    target: Id | None = None
    """The addressee, or whose offer is answered."""
    of: Id | None = None
    """The offer kind, clause or part for answers, tabling, signing."""
    branch: int | None = None
    """The branch that happened, from 1."""
    moved_from: int | None = None
    """The round in which it really fell, if it was moved for want of attention."""
    note: str = ""
    source: Sources = ""


class HistoryEvent(Effects):
    """Something that happened where no seat acted."""

    title: str
    date: str = ""
    source: Sources = ""


class HistoryRound(Block):
    """One round of what really happened."""

    orders: list[HistoryOrder] = Field(default_factory=list)
    events: list[HistoryEvent] = Field(default_factory=list)
    rules: dict[str, bool] = Field(default_factory=dict)
    """Rules whose die is forced: happened or not."""
    note: str = ""


class History(Block):
    """What really happened, as orders of the scenario."""

    scenario: ScenarioId
    ending: Id
    """The ending that history had."""
    quiet: bool = True
    """Rules with a die that are not named did not happen."""
    rounds: dict[str, HistoryRound]
    """By round number."""
