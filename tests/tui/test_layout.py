"""Pictures of the situation room, wide and narrow; they change only when the layout is meant to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from sim.tui.screens.room import SituationRoom
from tests.tui.conftest import app_for, app_of, press, shown, until


async def third_round(pilot: Pilot[str]) -> None:
    """Two rounds with a protest each, then an order and the cursor on a closed move."""
    app = app_of(pilot)
    await until(pilot, lambda: "Your goals" in shown(pilot))
    assert app.desk is not None
    for _ in range(2):
        app.desk.add("protest:velmora>osk")
        app.desk.resolve(app.desk.think())
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
    await press(pilot, "enter", "down", "down", "down")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "narrow"])
def test_situation_room(snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    """Header, panes and footer stand where they stood."""
    app: Any = app_for()
    assert snap_compare(app, terminal_size=size, run_before=third_round)
