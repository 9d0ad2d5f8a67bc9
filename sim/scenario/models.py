"""scenario: the author's document as models, one class per block of a scenario file.

Everything an author may write is here and nowhere else; `docs/scenario-format.md` and the JSON Schema are
generated from these classes, so the docstrings under the fields are the author's manual. The models hold
what was written: conditions and amounts stay text until `sim.scenario.check` types them and
`sim.rules.compile` lowers them.
"""

from typing import Annotated, Literal

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
    """A block of the file: nothing unknown is accepted and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


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
    """A way to use the scenario in class."""

    title: str
    """Its name."""
    rounds: Annotated[int, Field(ge=1, le=200)]
    """How many rounds are played."""
    minutes: int
    """How long it takes."""


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
    """Per move id, shared among its addressees; `sign` is each part of the draft, `hold` is filing nothing."""
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
    """Makes one flag per actor of these groups: `[mediators, parties]` gives `flag.russia.armenia` and so on."""
    seen: Seen = "all"
    """As for tracks."""


class Counter(Block):
    """A small number the rules count with, one per actor of its groups."""

    text: str = ""
    """What it counts."""
    max: Annotated[int, Field(ge=1, le=999)] = 9
    """Highest value; the lowest is 0."""
    per: list[str] = Field(default_factory=list)
    """One counter per actor of these groups."""
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
    """Where the menu puts it, and what persona factors name."""
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
    votes_by_worth: list[Annotated[float, Field(ge=0, le=60)]] = [0.01, 0.1, 0.25, 0.7, 1.5, 3, 5, 7, 9, 10, 11]
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


class RuleChance(Block):
    """The chance of a rule while a condition holds; the first that holds counts."""

    when: When
    chance: Chance | None = None
    weekly: Chance | None = None


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
    dispatch: str
    """What the wire prints."""
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
    expect: list[str] = Field(default_factory=list)
    """Promises that `check --expect` retests."""
    par: dict[Id, dict[Id, Par]] = Field(default_factory=dict)
    """Per leg and seat; kept in `par.yaml` and written by a command."""


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
