"""The scenario that the suite is trying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.errors import Diagnostic
from sim.play.protocols import Policy
from sim.policies import policy
from sim.rules import Game
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded, load


@dataclass(frozen=True)
class Conforming:
    """A scenario under test."""

    path: Path
    loaded: Loaded
    game: Game
    check: Callable[[], tuple[Diagnostic, ...]]

    @property
    def few(self) -> int:
        """How many matches are played where more would take long: about as many moves in all for each scenario."""
        return 40 if self.game.rounds * len(self.game.moves) < 1_000 else 5

    def players(self, name: str) -> dict[str, Policy]:
        """One policy in every seat."""
        return dict.fromkeys(self.game.seats, policy(name, explaining=False))


@pytest.fixture(scope="session")
def conforming(request: pytest.FixtureRequest) -> Conforming:
    """The scenario of this run of the test."""
    from sim.cli.verbs.check import checked

    path: Path = request.param
    loaded = load(path, path.name)
    assert loaded.bound is not None, [d.render(None) for d in loaded.diagnostics]
    return Conforming(path, loaded, compile_game(loaded.bound), lambda: checked(path, path.name).diagnostics)
