"""Pictures of the situation room, wide and narrow; they change only when the layout is meant to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from sim.tui.screens.briefing import BriefPage
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from tests.tui.conftest import app_for, app_of, playing, press, shown, until


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


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_no_row_of_a_long_page_is_lost(size: tuple[int, int]) -> None:
    """Every word of a brief that needs a scroll bar can be read at any size."""
    async with playing(Start(scenario="border-standoff-2021", seat="united_states", seed=7), size) as pilot:
        await until(pilot, lambda: "Your goals" in shown(pilot))
        page = pilot.app.screen.query_one(BriefPage)
        rows = []
        for top in range(page.virtual_size.height):
            page.scroll_to(y=top, animate=False, immediate=True)
            rows.append(page.render_line(top - page.scroll_offset.y).text)
        said = " ".join(line.said for line in page.shown)
        assert page.show_vertical_scrollbar
        assert " ".join(rows).split() == said.split()
