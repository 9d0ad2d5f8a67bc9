"""authoring: a line of play as a save that anybody can open, played through a `Match` and looked at again."""

from __future__ import annotations

from pathlib import Path

from sim.batch.dice import Chosen
from sim.batch.goals import Goal, Goals
from sim.batch.line import Line
from sim.errors import DetenteError, UsageError
from sim.play.match import Match
from sim.play.protocols import PERSON
from sim.rules import Game, Orders
from sim.scenario.load import Loaded

ENDING = ".detente"


class Astray(DetenteError):
    """A line that was found does not lead there when it is played through a match: a fault of Detente."""

    default_code = "D341"


def file_name(goal: Goal) -> str:
    """The name of a goal's save."""
    words = (goal.kind, goal.id, *((goal.status,) if goal.status else ()))
    return "-".join(words).replace("_", "-") + ENDING


def free(folder: Path) -> None:
    """Make the folder of the saves; raises `UsageError` if it already holds some."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.glob(f"*{ENDING}")):
        raise UsageError(f"{folder} already holds saves; name a folder without any, so that none is written over.", "D342")


def saved(loaded: Loaded, until: str | int | None, goals: Goals, goal: Goal, line: Line, path: Path | None,
          game: Game | None = None) -> Match:
    """Play a line through a match, then keep it in a file if `path` is given; the match that has reached the goal.

    `game` spares compiling it anew. Raises `Astray` if the goal is not reached: the explorer and the match must not
    disagree. Raises `SaveError` for the file.
    """
    match = through(loaded, until, line, f"{goal.kind} {goal.id}", game)
    events = [event for entry in match.line() for event in entry.events]
    if goal not in goals.start and goal not in goals.seen(events):
        raise Astray(f"The line to {goal.kind} {goal.id} does not lead there when it is played; please report this "
                     "scenario.")
    if path is not None:
        kept(match, path)
    return match


def through(loaded: Loaded, until: str | int | None, line: Line, what: str, game: Game | None = None) -> Match:
    """A line played through a match. Raises `Astray` if the match refuses one of its orders."""
    match = Match.new(loaded, seed=line.seed, until=until, luck=Chosen(line.seed, 1, line.opening), game=game)
    match.players = dict.fromkeys(match.game.seats, PERSON)
    for step in line.steps:
        for seat, keys in step.orders.items():
            refusal = match.file(seat, Orders(keys))
            if refusal is not None:
                raise Astray(f"The line to {what} files {refusal.move}, which is refused "
                             f"({refusal.code}); please report this scenario.")
        match.resolve(luck=Chosen(match.seed, match.round, step.dice),
                      opening=Chosen(match.seed, match.round + 1, step.opening))
    return match


def kept(match: Match, path: Path) -> None:
    """Write a match to a file in one piece: round by round, hundreds of files would take minutes."""
    match.save(path)
    match.close()
