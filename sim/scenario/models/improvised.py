"""scenario: what a facilitator writes while a match is played, with the words that an author has for effects."""

from typing import Annotated

from pydantic import Field

from sim.scenario.models.block import Effects, Who


class Improvised(Effects):
    """An inject made on the spot: a text, who reads it, and what it changes."""

    text: Annotated[str, Field(min_length=1, max_length=1_000)]
    """What the wire prints."""
    title: Annotated[str, Field(max_length=80)] = ""
    """What the facilitator's list calls it; the beginning of the text where it is empty."""
    seen: Who = "public"
    """Who reads it: `public`, a seat, a group, or a list of them."""
    expected: Annotated[str, Field(max_length=400)] = ""
    """What it tests, for the debrief."""
    facilitator: Annotated[str, Field(max_length=400)] = ""
    """A note for the facilitator."""
