"""scenario: the whole scenario file."""

from typing import Literal

from pydantic import Field

from sim.scenario.models.actors import Actor
from sim.scenario.models.block import Block, Id, ScenarioId, When
from sim.scenario.models.card import About, Clock
from sim.scenario.models.course import Ending, Inject, Par, PlaceName, Readout, Rule
from sim.scenario.models.moves import Clause, Draft, Move, Offer
from sim.scenario.models.world import Agreement, Counter, Flag, Phases, Track


class Scenario(Block):
    """A whole scenario file."""

    format: Literal[1]
    """The format of the file."""
    id: ScenarioId
    """Its name on the command line."""
    title: str
    """Its name in the library."""
    clock: Clock
    about: About = Field(default_factory=About)
    dossiers: list[str] = Field(default_factory=list)
    """Which dossiers of `seeds/` its claims come from."""
    groups: dict[Id, list[Id]] = Field(default_factory=dict)
    """Names for several actors; `parties` are those concerned where a move addresses nobody."""
    actors: dict[Id, Actor]
    human_cost: str = ""
    """Taken from every goal of every seat: `6 * severity + deaths`."""
    tracks: dict[str, Track] = Field(default_factory=dict)
    flags: dict[Id, Flag] = Field(default_factory=dict)
    counters: dict[Id, Counter] = Field(default_factory=dict)
    define: dict[Id, When] = Field(default_factory=dict)
    """Named conditions."""
    agreements: dict[Id, Agreement] = Field(default_factory=dict)
    phases: Phases | None = None
    moves: dict[Id, Move]
    offers: dict[Id, Offer] = Field(default_factory=dict)
    draft: Draft | None = None
    clauses: dict[Id, Clause] = Field(default_factory=dict)
    rules: dict[Id, Rule] = Field(default_factory=dict)
    injects: dict[Id, Inject] = Field(default_factory=dict)
    endings: dict[Id, Ending]
    readouts: dict[Id, dict[Id, Readout]] = Field(default_factory=dict)
    """Per contact and speaker."""
    readout_moves: dict[Literal["plain", "firm"], Id] = Field(default_factory=dict)
    """The moves by which a seat issues the agreed readout and the one that claims a point."""
    names: dict[Id, PlaceName] = Field(default_factory=dict)
    """Disputed names."""
    house_words: dict[str, str] = Field(default_factory=dict)
    """Loaded words and the neutral word for each: `{occupied: held}`; `occup*` stands for every ending. Where a named
    speaker is quoted they may stand."""
    expect: list[str] = Field(default_factory=list)
    """Promises that `check --expect` retests."""
    par: dict[Id, dict[Id, Par]] = Field(default_factory=dict)
    """Per leg and seat; kept in `par.yaml` and written by a command."""
