"""Makes the pictures of the README and of the docs: the flagship after some rounds, as the app itself draws it.

    python docs/pictures/make.py            # all
    python docs/pictures/make.py map        # one

Every picture is the app's own SVG. Seed, seat and orders are fixed, so that they change only when the product does.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from sim.tui.app import DetenteApp
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.widgets.picker import MoveList

HERE: Final = Path(__file__).parent
SIZE: Final = (120, 40)
SEED: Final = 2021
SEAT: Final = "armenia"
Scene = Callable[[Pilot[Any]], Awaitable[None]]


def ordered(desk: Any) -> None:
    """Say yes where asked, then talk, table and agree before anything else: a seat that wants a text."""
    menu = desk.menu()
    for question in menu.questions:
        if question.answers and question.answers[0].legal:
            desk.add(question.answers[0].key)
    wanted = ("sign", "say_yes", "table", "talks", "pullback", "call")
    items = [item for group in menu.groups for item in group.items if item.legal]
    for word in wanted:
        for item in items:
            if item.key.startswith(word) or word in item.id:
                desk.add(item.key)


async def played(pilot: Pilot[Any], rounds: int) -> Any:
    """Play some rounds and stand in the situation room, or at the ending."""
    app = pilot.app
    assert isinstance(app, DetenteApp)
    while app.desk is None:
        await pilot.pause(0.05)
    desk: Any = app.desk
    while not desk.over and desk.situation().round <= rounds:
        ordered(desk)
        desk.resolve(desk.think())
    app.enter_room()
    await stands(pilot)
    return desk


async def stands(pilot: Pilot[Any]) -> None:
    """Until the screen is filled."""
    while not getattr(pilot.app.screen, "is_ready", False):
        await pilot.pause(0.05)
    await pilot.pause(0.3)


async def opened(pilot: Pilot[Any], rounds: int, *keys: str) -> None:
    """Some rounds, then some keys."""
    await played(pilot, rounds)
    for key in keys:
        await pilot.press(key)
        await stands(pilot)


async def room(pilot: Pilot[Any]) -> None:
    """The fourth round, the cursor on a move whose outcome a die decides."""
    desk = await played(pilot, 3)
    items = [item for group in desk.menu().groups for item in group.items if item.legal]
    telling = max(items, key=lambda item: (len(item.branches), bool(item.expected)))
    desk.add(next(item.key for item in items if item.key != telling.key))
    screen = pilot.app.screen
    assert isinstance(screen, SituationRoom)
    screen.reload()
    screen.query_one(MoveList).select_line(telling.key)
    await pilot.pause(0.3)


SCENES: Final[dict[str, Scene]] = {
    "situation-room": room,
    "map": lambda pilot: opened(pilot, 3, "m"),
    "negotiating-table": lambda pilot: opened(pilot, 7, "d"),
    "charts": lambda pilot: opened(pilot, 9, "t"),
    "timeline": lambda pilot: opened(pilot, 8, "l", "left", "left"),
    "ending": lambda pilot: opened(pilot, 99),
}


async def picture(name: str) -> None:
    """One scene, saved beside this file."""
    app = DetenteApp(Start(scenario="border-standoff-2021", seat=SEAT, seed=SEED, level="easy"))
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        await SCENES[name](pilot)
        drawn = app.export_screenshot(title="Detente")
    (HERE / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["DETENTE_HOME"] = home
        os.environ.pop("NO_COLOR", None)
        for name in sys.argv[1:] or SCENES:
            asyncio.run(picture(name))
