"""play: a match, its sealed rounds, its journal and file, and where scenarios and saves are found.

    match = Match.new(load(find("first-round")), seed=1, players={"velmora": PERSON})
    match.file("velmora", Orders(("gesture:velmora",)))      Refusal | None
    match.resolve(match.choose(policies))                    decides, writes, opens the next round
    match.view(viewer), match.log(viewer), match.history(viewer)
    match.save(path), Match.load(path), Match.read(path)

`Solo` is the `Client` of a person who plays against policies.
"""

from sim.play.match import Branch, Match, Played, game_of
from sim.play.protocols import PERSON, POLICY_OF_LEVEL, Choice, Client, Policy, Reason
from sim.play.solo import Solo

__all__ = [
    "PERSON", "POLICY_OF_LEVEL", "Branch", "Choice", "Client", "Match", "Played", "Policy", "Reason", "Solo", "game_of",
]
