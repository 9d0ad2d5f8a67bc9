"""What the screens' tests share: an app over a real match of first-round, kept in a folder of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual.events import Key
from textual.pilot import Pilot

from sim.tui.app import DetenteApp
from sim.tui.start import Start
from sim.tui.table import Venue

FIRST = Start(scenario="first-round", seat="velmora", seed=7, level="easy")
Opened = Callable[..., "asynccontextmanager[Pilot[str]]"]
SOON = 0.02
"""Seconds: what the loop has set for so soon is waited for."""
LONGEST = 0.03
"""Seconds for which threads and timers are waited for: what takes longer is waited for by `until`."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Saves go to a folder of the test's own; colours and animations are the same everywhere."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    # a match that is begun from home draws its seed; with this one five rounds of `first-round` are played
    monkeypatch.setattr("secrets.randbelow", lambda most: 2 % most)
    # Textual's pilot sleeps forty milliseconds a key to see whether the processor idles, and sends a message to every widget
    monkeypatch.setattr(textual.app, "wait_for_idle", at_rest)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", at_rest)
    monkeypatch.setattr(Pilot, "_wait_for_screen", at_rest)
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
        # for a thread or a timer that is not done yet
        await asyncio.sleep(0.005)
    fault = app_of(pilot).fault
    raise fault if fault is not None else AssertionError("it never came about")


async def settled(pilot: Pilot[str]) -> None:
    """All messages handled, all workers that are not waiting done, and what they changed painted."""
    for _ in range(5):
        await at_rest()
        screen = pilot.app.screen
        # now, not at the next frame; a layout may ask for another one
        screen._on_timer_update()
        if not (screen._layout_required or screen._repaint_required or screen._dirty_widgets or screen._callbacks):
            break
    await _at_rest(SOON)


async def at_rest(*_: object) -> bool:
    """Wait until the loop has nothing to do: no task can run, no thread works for it."""
    return await _at_rest(0)


async def _at_rest(soon: float) -> bool:
    """`soon`: seconds within which no timer is due either."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + LONGEST
    while True:
        # pilots of other apps on this loop look after the same, and are no work
        loop.resting = getattr(loop, "resting", 0) + 1
        try:
            await asyncio.sleep(0)
        finally:
            loop.resting -= 1
        if len(loop._ready) > loop.resting:
            continue
        now = loop.time()
        due = [timer.when() for timer in loop._scheduled if not timer.cancelled() and timer.when() < now + soon]
        if now >= end or not (due or _threads_work(loop)):
            return True
        await asyncio.sleep(max(0.0, min(due) - now) if due else 0.002)


def _threads_work(loop: Any) -> bool:
    """Whether a thread has something of the loop's to do."""
    pool = loop._default_executor
    return pool is not None and (pool._work_queue.qsize() > 0 or pool._idle_semaphore._value < len(pool._threads))


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Press keys one after the other, each handled before the next."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def burst(pilot: Pilot[str], *keys: str) -> None:
    """Press keys as a quick hand does: all are there before the first is handled."""
    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        pressed = Key(key, key if len(key) == 1 else None)
        pressed.set_sender(pilot.app)
        driver.send_message(pressed)
    await settled(pilot)


def app_of(pilot: Pilot[str]) -> DetenteApp:
    """The pilot's app."""
    assert isinstance(pilot.app, DetenteApp)
    return pilot.app


def shown(pilot: Pilot[str]) -> str:
    """All that the screen says, in words."""
    said = getattr(pilot.app.screen, "describe", None)
    return str(said()) if said else ""
