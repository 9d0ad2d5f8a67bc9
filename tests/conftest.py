"""What all tests share: the shipped scenarios, read and compiled once, and `--scenario PATH` for the conformance suite."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from sim.rules import Game
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded, load

# the suite tries the same cases everywhere; `pytest --hypothesis-profile default` looks for new ones
settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")

SCENARIOS = Path(__file__).parent.parent / "scenarios"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--scenario PATH`, as often as wanted."""
    parser.addoption("--scenario", action="append", default=[], metavar="PATH", type=Path,
                     help="another scenario file or folder that the conformance suite is to try")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with the argument `conforming` runs for each shipped scenario and each path that was given."""
    if "conforming" in metafunc.fixturenames:
        shipped = sorted(p.parent for p in SCENARIOS.glob("*/scenario.yaml"))
        paths = [*shipped, *metafunc.config.getoption("--scenario")]
        metafunc.parametrize("conforming", paths, ids=[p.name for p in paths], scope="session", indirect=True)


def pytest_collection_finish() -> None:
    """What the tests consist of stays to the end: the collector need not walk it, nor look at every screen that is left."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session")
def loaded_first_round() -> Loaded:
    """The small scenario as it was loaded."""
    return load(SCENARIOS / "first-round", "first-round")


@pytest.fixture(scope="session")
def loaded_flagship() -> Loaded:
    """The large scenario as it was loaded."""
    return load(SCENARIOS / "border-standoff-2021", "border-standoff-2021")


@pytest.fixture(scope="session")
def first_round(loaded_first_round: Loaded) -> Game:
    """The small scenario, compiled."""
    return compile_game(loaded_first_round.usable()[1])


@pytest.fixture(scope="session")
def flagship(loaded_flagship: Loaded) -> Game:
    """The large scenario, compiled for its whole clock."""
    return compile_game(loaded_flagship.usable()[1])
