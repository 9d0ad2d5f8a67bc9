"""Makes `situation-room.svg`, the picture of the README: the flagship after three rounds, as the app draws it.

    python docs/pictures/make.py
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from sim.tui.app import DetenteApp
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.widgets.picker import MoveList

HERE = Path(__file__).parent
SIZE = (120, 40)
ROUNDS = 3


async def picture() -> None:
    """Play three rounds with an order each and save the fourth's situation room."""
    app = DetenteApp(Start(scenario="border-standoff-2021", seat="armenia", seed=2021, level="standard"))
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        while app.desk is None:
            await pilot.pause(0.05)
        desk = app.desk
        for _ in range(ROUNDS):
            menu = desk.menu()
            for question in menu.questions:
                if question.answers and question.answers[0].legal:
                    desk.add(question.answers[0].key)
            opened = [item for group in menu.groups for item in group.items if item.legal and item.group == "talk"]
            if opened:
                desk.add(opened[0].key)
            desk.resolve(desk.think())
        app.enter_room()
        while not (isinstance(app.screen, SituationRoom) and app.screen.is_ready):
            await pilot.pause(0.05)
        items = [item for group in desk.menu().groups for item in group.items if item.legal]
        telling = max(items, key=lambda item: (len(item.branches), bool(item.expected)))
        desk.add(items[0].key)
        app.screen.reload()
        app.screen.query_one(MoveList).select_line(telling.key)
        await pilot.pause(0.2)
        (HERE / "situation-room.svg").write_text(app.export_screenshot(title="Detente"), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["DETENTE_HOME"] = home
        os.environ.pop("NO_COLOR", None)
        asyncio.run(picture())
