"""scenario: actors, their goals, and how automatic players weigh their choices."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.models.block import Block, Id, When, Who


class Goal(Block):
    """One thing a seat wants; its figure runs from 0 to 100."""

    weight: Annotated[int, Field(ge=1, le=100)]
    """Share of the seat's score; the weights of a seat sum to 100."""
    score: str
    """A sum over tracks, `100 - 15 * positions`; clamped to 0..100."""
    title: str = ""
    """Its name on screen."""
    says: str = ""
    """The sentence that explains the figure; `{track}` shows a value."""


class Factor(Block):
    """Something that makes a persona more or less inclined."""

    of: Who
    """Move ids, move groups, or offer kinds."""
    when: When
    """Holds on what the seat sees."""
    times: Annotated[float, Field(ge=0, le=60)]
    """Multiplies the weight."""
    answer: Literal["accept", "decline", "agree", "bracket"] | None = None
    """For answers: which answer's weight is multiplied (an offer kind's `accept` unless said)."""


class AnswerWeights(Block):
    """How a persona answers an offer."""

    accept: Annotated[float, Field(ge=0, le=60)] = 1
    """Weight of accepting."""
    decline: Annotated[float, Field(ge=0, le=60)] = 1
    """Weight of declining."""
    leave: Annotated[float, Field(ge=0, le=60)] = 1
    """Weight of leaving it unanswered this round."""


class VoteFactor(Block):
    """Something that changes a vote."""

    when: When
    """Holds on what the seat sees."""
    times: Annotated[float, Field(ge=0, le=60)]
    """Multiplies the weight."""


class Vote(Block):
    """How a persona votes on one clause, where its worth does not say enough."""

    agree: Annotated[float, Field(ge=0, le=60)]
    """Weight of saying yes."""
    factors: list[VoteFactor] = Field(default_factory=list)
    """What multiplies it."""


class Persona(Block):
    """How a plausible player of this seat chooses: weights, and what changes them."""

    weights: dict[str, Annotated[float, Field(ge=0, le=60)]] = Field(default_factory=dict)
    """Per move id, 0 to 60, shared among its addressees; `sign` is each part of the draft, `hold` is filing nothing."""
    tabling: Annotated[float, Field(ge=0, le=60)] = 0
    """Weight of tabling clauses, shared by the square of their worth."""
    factors: list[Factor] = Field(default_factory=list)
    """What changes the weights."""
    answers: dict[str, AnswerWeights] = Field(default_factory=dict)
    """Per offer kind."""
    answer_factors: list[Factor] = Field(default_factory=list)
    """What changes the answers."""
    votes: dict[str, Vote] = Field(default_factory=dict)
    """Per clause, where its worth does not say enough."""
    vote_factors: list[VoteFactor] = Field(default_factory=list)
    """What multiplies every yes to a clause."""
    refuses: list[str] = Field(default_factory=list)
    """Clauses this persona never tables and never agrees to."""


class Policy(Persona):
    """The seat's persona, and how the standard opponent plays the same seat."""

    standard: Persona | None = None
    """The candidates the standard opponent weighs by expected score; without it, the persona's own."""


class Actor(Block):
    """A state or body in the story. With goals it is a seat; without, a voice."""

    name: str
    """Its name in running text."""
    code: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    """Two to four capitals for narrow screens."""
    capital: str = ""
    """How dispatches call it, `Yerevan`; its name unless said."""
    adjective: str = ""
    """`Armenian`."""
    about: str = ""
    """One line."""
    attention: Annotated[int, Field(ge=0, le=9)] = 3
    """What the seat can spend on orders in a round."""
    brief: str = ""
    """A file beside the scenario (`briefs/armenia.md`) with `# Public` and `# Confidential`, or the text itself."""
    goals: dict[Id, Goal] = Field(default_factory=dict)
    """What the seat is scored by; none for a voice."""
    penalty: str = ""
    """Taken from every goal: `20 * crossed.armenia`."""
    red_lines: list[Id] = Field(default_factory=list)
    """Clauses the seat must not sign; its own secret."""
    policy: Policy | None = None
    """How an automatic player plays this seat."""
