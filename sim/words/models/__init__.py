"""words: view-models, what every face shows, without layout. Frozen, made from a view or a redacted log alone.

Faces (line mode, the TUI, later the text page) print these and nothing else; no rule and no secret is in them that
the viewer may not know.
"""

from __future__ import annotations

from sim.words.models.ending import EndingModel, GoalLine, SeatScore, TurnCard
from sim.words.models.glossary import Term, TermGroup
from sim.words.models.library import Card
from sim.words.models.map import MapFill, MapFrame, MapLine, MapMarker, MapModel, MapPlace
from sim.words.models.menu import LikelyBranch, LikelyChange, Menu, MenuGroup, MenuItem, Obstacle, QuestionItem
from sim.words.models.negotiation import CheckedClause, Negotiation, PartCheck
from sim.words.models.news import Cast, Denial, Dispatch, ReasonLine, SilentLine, SourceLine, TrackShift
from sim.words.models.paper import (
    BriefModel,
    ClauseLine,
    PartLine,
    ProvisionLine,
    ProvisionStep,
    RelatedClause,
    SignatureLine,
)
from sim.words.models.phases import PhaseDiagram, PhaseNeed, PhaseNode, PhaseStep, PhaseVisit
from sim.words.models.series import Moved, Point, Relation, RelationsModel, Series, SeriesModel
from sim.words.models.situation import Direction, Situation, TrackLine
from sim.words.models.timeline import ComparedRound, ComparedTrack, Comparison, Filed, LineCard, Side, Stop, Timeline

__all__ = [
    "BriefModel",
    "Card",
    "Cast",
    "CheckedClause",
    "ClauseLine",
    "ComparedRound",
    "ComparedTrack",
    "Comparison",
    "Denial",
    "Direction",
    "Dispatch",
    "EndingModel",
    "Filed",
    "GoalLine",
    "LikelyBranch",
    "LikelyChange",
    "LineCard",
    "MapFill",
    "MapFrame",
    "MapLine",
    "MapMarker",
    "MapModel",
    "MapPlace",
    "Menu",
    "MenuGroup",
    "MenuItem",
    "Moved",
    "Negotiation",
    "Obstacle",
    "PartCheck",
    "PartLine",
    "PhaseDiagram",
    "PhaseNeed",
    "PhaseNode",
    "PhaseStep",
    "PhaseVisit",
    "Point",
    "ProvisionLine",
    "ProvisionStep",
    "QuestionItem",
    "ReasonLine",
    "RelatedClause",
    "Relation",
    "RelationsModel",
    "SeatScore",
    "Series",
    "SeriesModel",
    "Side",
    "SignatureLine",
    "SilentLine",
    "Situation",
    "SourceLine",
    "Stop",
    "Term",
    "TermGroup",
    "Timeline",
    "TrackLine",
    "TrackShift",
    "TurnCard",
]
