"""Pictures of the screens; they change only when the layout is meant to change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from sim.tui.screens.briefing import BriefPage
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.widgets.border_map import BorderMap
from sim.tui.widgets.chart import Chart
from tests.tui.conftest import FIRST, app_for, app_of, playing, press, settled, shown, until


async def drawn(pilot: Pilot[str]) -> None:
    """Until the screen stands, and maps and charts, which are made in a thread, are on it."""
    def stands() -> bool:
        screen = pilot.app.screen
        maps = all(node.is_drawn for node in screen.query(BorderMap) if node.display)
        return getattr(screen, "is_ready", True) and maps and all(node.ready for node in screen.query(Chart))

    await until(pilot, stands)
    await settled(pilot)


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
    await drawn(pilot)


def page(*keys: str) -> Callable[[Pilot[str]], Awaitable[None]]:
    """The third round, then a page of it."""
    async def open_page(pilot: Pilot[str]) -> None:
        await third_round(pilot)
        for key in keys:
            await press(pilot, key)
            await drawn(pilot)

    return open_page


async def ended(pilot: Pilot[str]) -> None:
    """The last page of a match without orders."""
    app = app_of(pilot)
    await until(pilot, lambda: app.desk is not None)
    assert app.desk is not None
    while not app.desk.over:
        app.desk.resolve(app.desk.think())
    app.enter_room()
    await drawn(pilot)


async def negotiated(pilot: Pilot[str]) -> None:
    """The flagship's table with clauses on it."""
    app = app_of(pilot)
    await until(pilot, lambda: app.desk is not None)
    desk: Any = app.desk
    for _ in range(5):
        items = [item.key for group in desk.menu().groups for item in group.items if item.legal and item.group == "draft"]
        for key in [a.key for q in desk.menu().questions for a in q.answers[:1]] + items[:2]:
            desk.add(key)
        desk.resolve(desk.think())
    app.enter_room()
    await drawn(pilot)
    await press(pilot, "d")
    await drawn(pilot)


FLAGSHIP = Start(scenario="border-standoff-2021", seat="armenia", seed=2021, level="easy")
PICTURES: dict[str, tuple[Start, tuple[int, int], Callable[[Pilot[str]], Awaitable[None]]]] = {
    "room-wide": (FIRST, (120, 40), third_round),
    "room-narrow": (FIRST, (80, 24), third_round),
    "room-paper": (replace(FIRST, theme="detente-paper"), (100, 30), third_round),
    "room-without-colours": (replace(FIRST, theme="detente-mono", map="ascii"), (100, 30), third_round),
    "map": (FIRST, (120, 40), page("m")),
    "charts": (FIRST, (100, 30), page("t")),
    "timeline": (FIRST, (120, 40), page("l")),
    "phases": (FIRST, (80, 24), page("f")),
    "table": (FLAGSHIP, (120, 40), negotiated),
    "ending-wide": (FIRST, (120, 40), ended),
    "ending-narrow": (FIRST, (80, 24), ended),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(snap_compare: Callable[..., bool], name: str) -> None:
    """Panes, heads and footers stand where they stood."""
    start, size, drive = PICTURES[name]
    app: Any = app_for(start)
    assert snap_compare(app, terminal_size=size, run_before=drive)


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
