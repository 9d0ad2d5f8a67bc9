"""play: a match, its sealed rounds, its journal and file, and where scenarios and saves are found.

    match = Match.new(load(find("first-round").folder), seed=1, players={"velmora": PERSON})
    match.file("velmora", Orders(("gesture:velmora",)))      Refusal | None
    match.resolve(match.choose(policies))                    decides, writes, opens the next round
    match.view(viewer), match.log(viewer), match.history(viewer)
    match.save(path), Match.load(path), Match.read(path)

`Solo` is the `Client` of a person who plays against policies; `library` and `paths` say where things are.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.play.match import Match, Played, game_of
    from sim.play.protocols import PERSON, POLICY_OF_LEVEL, Choice, Client, Policy, Reason
    from sim.play.solo import Solo
    from sim.play.tree import Branch

__all__ = [
    "PERSON", "POLICY_OF_LEVEL", "Branch", "Choice", "Client", "Match", "Played", "Policy", "Reason", "Solo", "game_of",
]

_HOME = {"Match": "match", "Played": "match", "game_of": "match", "Solo": "solo", "Branch": "tree"}


def __getattr__(name: str) -> object:
    """What is asked for, imported then: a list of scenarios needs no rules."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"sim.play.{_HOME.get(name, 'protocols')}"), name)
