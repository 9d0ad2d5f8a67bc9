"""scenario: the author's document as models, one class per block of a scenario file.

Everything an author may write is here and nowhere else; `docs/scenario-format.md` and the JSON Schema are made from
these classes, so the docstrings under the fields are the author's manual. The models hold what was written: conditions
and amounts stay text until `sim.scenario.bind` types them and `sim.rules.compile` lowers them.
"""

from sim.scenario.models.actors import Actor, AnswerWeights, Factor, Goal, Persona, Policy, Vote, VoteFactor
from sim.scenario.models.block import (
    Amount,
    Block,
    Branch,
    Chance,
    Effects,
    Id,
    ScenarioId,
    Seen,
    Sources,
    Toward,
    When,
    Who,
)
from sim.scenario.models.card import About, Clock, Leg, Preset
from sim.scenario.models.course import Ending, Hazard, Inject, Par, PlaceName, Readout, Rule, RuleChance
from sim.scenario.models.document import Scenario
from sim.scenario.models.map import Map, MapFill, MapLine, MapMarker, MapPlace, MapView
from sim.scenario.models.masked import Masked
from sim.scenario.models.moves import Clause, Draft, DraftAction, Move, MoveVariant, Offer, OfferAnswer, Part
from sim.scenario.models.record import History, HistoryEvent, HistoryOrder, HistoryRound
from sim.scenario.models.world import Agreement, Counter, Flag, Phase, Phases, Provision, Step, Track

__all__ = [
    "About",
    "Actor",
    "Agreement",
    "Amount",
    "AnswerWeights",
    "Block",
    "Branch",
    "Chance",
    "Clause",
    "Clock",
    "Counter",
    "Draft",
    "DraftAction",
    "Effects",
    "Ending",
    "Factor",
    "Flag",
    "Goal",
    "Hazard",
    "History",
    "HistoryEvent",
    "HistoryOrder",
    "HistoryRound",
    "Id",
    "Inject",
    "Leg",
    "Map",
    "MapFill",
    "MapLine",
    "MapMarker",
    "MapPlace",
    "MapView",
    "Masked",
    "Move",
    "MoveVariant",
    "Offer",
    "OfferAnswer",
    "Par",
    "Part",
    "Persona",
    "Phase",
    "Phases",
    "PlaceName",
    "Policy",
    "Preset",
    "Provision",
    "Readout",
    "Rule",
    "RuleChance",
    "Scenario",
    "ScenarioId",
    "Seen",
    "Sources",
    "Step",
    "Toward",
    "Track",
    "Vote",
    "VoteFactor",
    "When",
    "Who",
]
