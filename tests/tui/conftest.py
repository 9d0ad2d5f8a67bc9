"""What the screens' tests share: an app over a real match of first-round, kept in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sim.tui.app import DetenteApp
from sim.tui.start import Start
from sim.tui.table import Venue

FIRST = Start(scenario="first-round", seat="velmora", seed=7, level="easy")
Opened = Callable[..., "asynccontextmanager[Pilot[str]]"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Saves go to a folder of the test's own; colours and animations are the same everywhere."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path / "home"


def app_for(start: Start = FIRST, venue: Venue | None = None) -> DetenteApp:
    """An app without animations."""
    app = DetenteApp(start, venue)
    app.animation_level = "none"
    return app


@asynccontextmanager
async def playing(start: Start = FIRST, size: tuple[int, int] = (120, 40),
                  venue: Venue | None = None) -> AsyncIterator[Pilot[str]]:
    """A pilot of an app whose match is loaded and whose brief is shown."""
    app = app_for(start, venue)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.desk is not None)
        yield pilot
        if app.fault is not None:
            raise app.fault


async def until(pilot: Pilot[str], holds: Callable[[], object]) -> None:
    """Let the app work until something holds."""
    for _ in range(1000):
        await settled(pilot)
        if holds():
            return
    fault = app_of(pilot).fault
    raise fault if fault is not None else AssertionError("it never came about")


async def settled(pilot: Pilot[str]) -> None:
    """All messages handled, all workers that are not waiting done."""
    await pilot.pause(0.01)


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Press keys one after the other, each handled before the next."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def app_of(pilot: Pilot[str]) -> DetenteApp:
    """The pilot's app."""
    assert isinstance(pilot.app, DetenteApp)
    return pilot.app


def shown(pilot: Pilot[str]) -> str:
    """All that the screen says, in words."""
    said = getattr(pilot.app.screen, "describe", None)
    return str(said()) if said else ""
