"""scenario: the typed language of one-line conditions and score formulas.

`parse` reads the text, `bind` types it against one scenario's `Vocabulary`; both raise `ConditionProblem`.
Nothing is ever evaluated as Python.
"""

from sim.scenario.conditions.amounts import bind_linear
from sim.scenario.conditions.binding import bind
from sim.scenario.conditions.bounds import constant
from sim.scenario.conditions.english import english
from sim.scenario.conditions.problem import CODES, ConditionProblem
from sim.scenario.conditions.syntax import LinearNode, Node, parse, parse_linear
from sim.scenario.conditions.tree import (
    All,
    Always,
    Any,
    Compare,
    Condition,
    Flag,
    Is,
    Linear,
    Named,
    Not,
    Played,
    moves_played,
    names,
    walk,
)
from sim.scenario.conditions.vocabulary import Vocabulary

__all__ = [
    "CODES",
    "All",
    "Always",
    "Any",
    "Compare",
    "Condition",
    "ConditionProblem",
    "Flag",
    "Is",
    "Linear",
    "LinearNode",
    "Named",
    "Node",
    "Not",
    "Played",
    "Vocabulary",
    "bind",
    "bind_linear",
    "constant",
    "english",
    "moves_played",
    "names",
    "parse",
    "parse_linear",
    "walk",
]
