"""scenario: moves, offers and the draft."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.models.block import Block, Branch, Chance, Effects, Id, Seen, Sources, When, Who


class MoveVariant(Effects):
    """What differs for one actor or group."""

    title: str | None = None
    to: Who | None = None
    cost: int | None = None
    when: When | None = None
    """Holds in addition to the move's own condition."""
    cameo: str | None = None
    group: Id | None = None
    opens: str | dict[str, Who] | None = None
    branches: list[Branch] = Field(default_factory=list)
    dispatch: str | None = None
    hint: str | None = None
    source: Sources | None = None


class Move(Effects):
    """Something a seat can order."""

    title: str
    """What the menu says; `{target}` stands for the addressee."""
    by: Who
    """Who can order it."""
    to: Who | None = None
    """Whom it addresses; one move per pair."""
    tier: Literal["contacts", "negotiation", "statements", "measures", "force"]
    """When in a round it resolves."""
    cost: Annotated[int, Field(ge=0, le=9)] = 1
    """Attention it takes."""
    seen: Seen = "public"
    """`public`, `parties` (those concerned), `secret`, or a list of actors."""
    group: Id = "other"
    """Where the menu puts it, and what persona factors name. Some ids have a title of their own: `talk` Talk, `press`
    Press, `appeal` Appeal abroad, `offer` Offer, `posture` Show force, `force` Use force, `soft` Soft steps, `broker`
    Broker, `brokerage` Broker, `mediate` Mediate, `peacemaking` Make peace, `links` Routes, `routes` Routes, `threat`
    Threaten, `solid` Stand by a side, `backing` Stand by a side, `renege` Go back on a word, `draft` The draft,
    `pressure` Put pressure on, `concession` Concede a step, `tone` Change the tone, `readout` Readouts, `aid` Aid,
    `home` At home, `secret` Out of sight, `other` Other moves, `answers` Answers, `support` Support, `mission`
    Mission, `calm` Calm, `isolation` Isolation. Any other id is its own title: `first_steps` is First steps."""
    cameo: str = ""
    """CAMEO event code."""
    goldstein: float | None = None
    """Goldstein conflict-cooperation value, -10..10."""
    when: When | None = None
    """Legal while this holds; it may read only what the seat sees."""
    times: Annotated[int, Field(ge=1, le=9)] | None = None
    """How often a seat may play it in a match."""
    opens: str | dict[str, Who] | None = None
    """Offers it opens, whatever the branch."""
    branches: list[Branch] = Field(default_factory=list)
    """Ways it can turn out, in order; without branches its effects just happen."""
    dispatch: str | None = None
    """What the wire prints."""
    hint: str = ""
    """One sentence to the player."""
    for_: dict[Id, MoveVariant] = Field(default_factory=dict, alias="for")
    """What differs for an actor or a group; the first entry that fits is used."""
    source: Sources = ""
    """Claims it rests on."""


class OfferAnswer(Effects):
    """What an answer to an offer does; `actor` answers, `target` had offered."""

    title: str = ""
    """What the menu says."""
    when: When | None = None
    """The answer is possible while this holds."""
    branches: list[Branch] = Field(default_factory=list)
    """Ways it can turn out."""
    dispatch: str | None = None
    """What the wire prints."""


class Offer(Block):
    """A proposal that waits for its addressee."""

    title: str
    """Its name."""
    asks: str = ""
    """What the addressee reads; `{target}` is who offers."""
    open: Annotated[str, Field(pattern=r"^[1-9] rounds?$")] = "1 round"
    """How many rounds it can be answered in."""
    seen: Seen = "parties"
    """Who hears of the offer and of its answer."""
    accept: OfferAnswer = Field(default_factory=OfferAnswer)
    decline: OfferAnswer = Field(default_factory=OfferAnswer)
    lapse: OfferAnswer = Field(default_factory=OfferAnswer)
    """What happens when nobody answered; `actor` is who let it lie."""
    contact: Id | None = None
    """After acceptance both sides may give readouts of this contact."""
    source: Sources = ""


class Part(Block):
    """A part of the draft that is signed as a whole."""

    title: str
    """Its name."""
    sign_when: When | None = None
    """A condition on signing it, beside having an agreed clause."""
    reopened_when: When | None = None
    """Its agreed clauses fall back into brackets while this holds."""
    signed: str | None = None
    """What the wire prints when both have signed."""


class DraftAction(Block):
    """What tabling or signing costs and who hears of it."""

    cost: Annotated[int, Field(ge=0, le=9)] = 1
    seen: Seen = "parties"
    cameo: str = ""
    goldstein: float | None = None
    when: When | None = None
    for_: dict[Id, MoveVariant] = Field(default_factory=dict, alias="for")
    """Extra conditions per actor or group."""
    source: Sources = ""


class Draft(Block):
    """How the text under negotiation works."""

    parts: dict[Id, Part]
    """Its parts, in order."""
    signatories: list[Id]
    """Who signs."""
    tabled_by: Who
    """Who may table a clause."""
    room: When
    """Tabling and signing are possible while this holds."""
    table: DraftAction = Field(default_factory=DraftAction)
    sign: DraftAction = Field(default_factory=DraftAction)
    window: Annotated[int, Field(ge=1, le=9)] = 3
    """Rounds a signature waits for the others, its own round included."""
    unanswered: Chance | None = None
    """Chance a round that a tabled clause falls into brackets."""
    on_agreement: Effects = Field(default_factory=Effects)
    """Happens when a clause is agreed."""
    on_signature: Effects = Field(default_factory=Effects)
    """Happens when a part is signed."""
    votes_by_worth: Annotated[tuple[Annotated[float, Field(ge=0, le=60)], ...], Field(strict=False)] = (
        0.01, 0.1, 0.25, 0.7, 1.5, 3, 5, 7, 9, 10, 11)
    """Weight of a yes for a clause worth 0..10 to the seat."""
    vote_leave: Annotated[float, Field(ge=0, le=60)] = 4
    """Weight of leaving a clause unanswered."""
    vote_bracket: Annotated[float, Field(ge=0, le=60)] = 0.5
    """Weight of a bracket for a clause the seat likes."""
    vote_bracket_disliked: Annotated[float, Field(ge=0, le=60)] = 2
    """Weight of a bracket for a clause whose yes weighs less than 2."""


class Clause(Block):
    """One article of the draft."""

    title: str = ""
    """Its short name."""
    part: Id
    """The part it is signed with."""
    parties: list[Id]
    """Whose yes it needs."""
    text: str
    """The article; open figures in square brackets."""
    needs: list[Id] = Field(default_factory=list)
    """One of these must be agreed or signed before anybody says yes."""
    excludes: list[Id] = Field(default_factory=list)
    """Struck when this one is agreed."""
    worth: dict[Id, Annotated[int, Field(ge=0, le=10)]] = Field(default_factory=dict)
    """0..10 per seat, its own secret: advice, not score."""
    on_signature: list[Branch] | Branch = Field(default_factory=Branch)
    """What its signature does; of a list, the first branch whose condition holds."""
    dispatches: dict[Literal["tabled", "agreed", "bracketed", "signed", "struck"], str] = Field(default_factory=dict)
    """What the wire prints."""
    source: Sources = ""
