"""scenario: the masked edition beside a scenario: which words become which."""

from typing import Annotated

from pydantic import Field

from sim.scenario.models.block import Block, ScenarioId


class Masked(Block):
    """The masked edition of a scenario: the same rules under invented names."""

    id: ScenarioId
    """Its name on the command line, another than the scenario's."""
    title: str
    """Its name in the library."""
    words: dict[Annotated[str, Field(min_length=2)], str]
    """Words of the scenario and what stands in their place; the longer are replaced before the shorter. Every seat's
    id, name, capital, adjective and code and every disputed name must be among them."""
