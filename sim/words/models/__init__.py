"""words: view-models, what every face shows, without layout. Frozen, made from a view or a redacted log alone.

Faces (line mode, the TUI, later the text page) print these and nothing else; no rule and no secret is in them that
the viewer may not know.
"""

from __future__ import annotations

from sim.words.models.ending import EndingModel, GoalLine, SeatScore
from sim.words.models.library import Card
from sim.words.models.menu import LikelyBranch, LikelyChange, Menu, MenuGroup, MenuItem, Obstacle, QuestionItem
from sim.words.models.news import Dispatch, ReasonLine, SilentLine, SourceLine
from sim.words.models.paper import BriefModel, ClauseLine, PartLine, ProvisionLine
from sim.words.models.situation import Direction, Situation, TrackLine

__all__ = [
    "BriefModel",
    "Card",
    "ClauseLine",
    "Direction",
    "Dispatch",
    "EndingModel",
    "GoalLine",
    "LikelyBranch",
    "LikelyChange",
    "Menu",
    "MenuGroup",
    "MenuItem",
    "Obstacle",
    "PartLine",
    "ProvisionLine",
    "QuestionItem",
    "ReasonLine",
    "SeatScore",
    "SilentLine",
    "Situation",
    "SourceLine",
    "TrackLine",
]
