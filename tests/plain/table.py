"""A person in line mode at a match of a shipped scenario, and what was printed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from sim.plain import Paper, Reader, play
from sim.play import PERSON, Match
from sim.play.library import seeds_folder
from sim.policies import NAMES, policy
from sim.scenario.dossier import load_dossiers
from sim.scenario.load import Loaded
from sim.words.desk import Desk


def desk(loaded: Loaded, seat: str, seed: int = 4, level: str = "easy", until: str | None = None) -> Desk:
    """A person's desk at a new match against policies."""
    match = Match.new(loaded, seed=seed, until=until, level=level, players={seat: PERSON})
    scenario = loaded.usable()[0]
    return Desk(match, seat, {name: policy(name) for name in NAMES},
                lambda: load_dossiers(seeds_folder(), scenario.dossiers)[0])


def typed(at: Desk, lines: Sequence[str]) -> tuple[int, str]:
    """The exit code and all that was printed."""
    out = io.StringIO()
    paper = Paper(out)
    code = play(at, paper, Reader(io.StringIO("".join(f"{line}\n" for line in lines)), paper))
    at.match.close()
    return code, out.getvalue()


def answers(at: Desk, lines: Sequence[str]) -> list[str]:
    """What each line was answered, as one line of text each."""
    _, text = typed(at, lines)
    parts = re.split(r"(?m)^>(?= |$)", text)
    told = [" ".join(part.partition("\n")[2].split()) for part in parts[1:]]
    told[-1] = told[-1].partition("The match is saved:")[0].strip()
    return told
