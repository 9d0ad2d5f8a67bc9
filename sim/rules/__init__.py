"""rules: the game itself, pure and whole-numbered. A scenario compiles once to a `Game`; everything runs that `Game`.

compile_game(bound) -> Game            sim.rules.compile
initial(game, seed) -> State
open_round(game, state) -> Events      lapses and injects
legal_moves(game, state, seat) -> Moves
refuse(game, state, seat, orders) -> Refusal | None
decide(game, state, orders) -> Events  resolution, close, ending
release, happening -> Events           a facilitator's hand: an inject now, or what the scenario does not have
evolve(game, state, event) -> State    folds what happened; holds no rule
view(game, state, viewer), redact(game, event, viewer)
"""

from sim.rules.engine import IllegalOrders, decide, due, happening, initial, legal_moves, open_round, refuse, release
from sim.rules.evolve import evolve, fold
from sim.rules.luck import Keyed, Luck
from sim.rules.refusals import Refusal
from sim.rules.scoring import GoalScore, goal_scores, score
from sim.rules.state import Event, Orders, State
from sim.rules.tables import Game
from sim.rules.views import CONTROL, PUBLIC, View, masked, redact, view

__all__ = [
    "CONTROL", "PUBLIC", "Event", "Game", "GoalScore", "IllegalOrders", "Keyed", "Luck", "Orders", "Refusal", "State",
    "View", "decide", "due", "evolve", "fold", "goal_scores", "happening", "initial", "legal_moves", "masked",
    "open_round", "redact", "refuse", "release", "score", "view",
]
