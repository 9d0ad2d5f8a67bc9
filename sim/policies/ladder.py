"""policies: the ladder of opponents, by name and by level."""

from __future__ import annotations

from collections.abc import Iterable

from sim.errors import UsageError, suggest
from sim.play.protocols import POLICY_OF_LEVEL, Policy
from sim.policies.choosing import OnePlyPolicy, PersonaPolicy, RandomPolicy

NAMES = ("persona", "one-ply", "random")
LEVELS = POLICY_OF_LEVEL
HARD = "The hard opponent is not there yet; the others play standard."


def policy(name: str, *, explaining: bool = True) -> Policy:
    """The policy of that name; raises `UsageError` for another."""
    if name == "persona":
        return PersonaPolicy(explaining=explaining)
    if name in ("one-ply", "search"):
        # search is not built yet: its seats play one-ply, and `notice` says so
        return OnePlyPolicy(explaining=explaining)
    if name == "random":
        return RandomPolicy()
    raise UsageError(f"There is no policy `{name}`; {suggest(name, NAMES)}choose from {', '.join(NAMES)}.", "D310")


def notice(level: str) -> str:
    """What a player must be told about a level, or nothing."""
    return HARD if level == "hard" else ""


def opponents(seats: Iterable[str], level: str) -> dict[str, Policy]:
    """A policy for each seat at a level."""
    if level not in LEVELS:
        raise UsageError(f"There is no level `{level}`; {suggest(level, LEVELS)}choose from {', '.join(LEVELS)}.",
                         "D311")
    return {seat: policy(LEVELS[level]) for seat in seats}
