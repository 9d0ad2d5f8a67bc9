"""policies: automatic players that need one game: persona, one-ply, random; every choice with its reasons.

They see their seat's masked view and nothing else.
"""

from sim.policies.ladder import LEVELS, NAMES, notice, opponents, policy
from sim.policies.playout import Result, playout

__all__ = ["LEVELS", "NAMES", "Result", "notice", "opponents", "playout", "policy"]
