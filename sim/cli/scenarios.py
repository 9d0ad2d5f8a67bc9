"""cli: SCENARIO on the command line, an id of the library or a path, to something that loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import Diagnostic, ScenarioError

if TYPE_CHECKING:
    from sim.scenario.dossier import Dossier
    from sim.scenario.load import Loaded


def located(name: str, folders: tuple[Path, ...] = ()) -> tuple[Path | Traversable, str]:
    """Where a scenario is, and what to call it in messages. Raises `UsageError` with a suggestion if it is nowhere."""
    from sim.play.library import find
    from sim.scenario.names import home

    name = home(name)
    return find(name, folders).folder, name


def loaded(name: str, folders: tuple[Path, ...] = ()) -> Loaded:
    """A scenario without errors. Raises `UsageError` if there is none, `ScenarioError` if it has errors."""
    from sim.scenario.load import load

    found = load(*located(name, folders))
    found.usable()
    return found


@contextmanager
def lowered(name: str) -> Iterator[None]:
    """What lowering alone finds wrong in a scenario, as the author's mistake that it is."""
    try:
        yield
    except ValueError as wrong:
        raise ScenarioError((Diagnostic("E050", "error", f"{name}: {wrong}", None),), {}) from wrong


def dossiers(scenario: Loaded) -> Mapping[str, Dossier]:
    """The dossiers that a scenario names, as far as they can be read."""
    from sim.play.library import seeds_folder
    from sim.scenario.dossier import load_dossiers

    named = scenario.scenario.dossiers if scenario.scenario else []
    return load_dossiers(seeds_folder(), named)[0] if named else {}
