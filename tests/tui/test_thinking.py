"""The opponents think beside the screen, never in its way."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from sim.tui.screens.dialogs import Tell
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.venue import LocalVenue
from tests.tui.conftest import FIRST, app_of, playing, press, shown, until

BEATS = 25
PATIENCE = 60.0
"""Seconds after which a thought that waits for the screen gives up, so that a blocked loop fails instead of hanging."""


class Ponderous(LocalVenue):
    """A venue whose opponents do not decide before they are allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_decide = threading.Event()
        self.in_time: list[bool] = []

    def open(self, start: Start) -> Any:
        """A desk that waits before it thinks."""
        desk: Any = super().open(start)
        think = desk.think

        def ponder() -> Any:
            self.in_time.append(self.may_decide.wait(PATIENCE))
            return think()

        desk.think = ponder
        return desk


async def test_the_screen_works_while_the_opponents_think() -> None:
    """Keys are answered, dialogs open and the loop beats on until the opponents are allowed to decide."""
    venue = Ponderous()
    async with playing(FIRST, venue=venue) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution))
        for _ in range(BEATS):
            await asyncio.sleep(0)
        await press(pilot, "f1")
        assert isinstance(app.screen, Tell)
        await press(pilot, "escape")
        assert isinstance(app.screen, Resolution)
        assert not app.screen.done
        assert venue.in_time == []
        venue.may_decide.set()
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        assert venue.in_time == [True]
