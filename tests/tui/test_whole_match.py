"""A whole match of first-round in the app: by keyboard alone, by mouse alone, from the home screen to the ending."""

from __future__ import annotations

import re

import pytest
from textual.pilot import Pilot

from sim.tui.lines.moves import Spending, move_lines
from sim.tui.screens.briefing import Briefing
from sim.tui.screens.ending import Ending
from sim.tui.screens.home import Home, Library
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.review import Review
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.setup import Setup
from sim.tui.start import Start
from sim.tui.widgets.key_line import KeyLine
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.picker import MoveList
from tests.tui.conftest import app_for, app_of, playing, press, settled, shown, until

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_by_keyboard_from_home_to_an_ending(size: tuple[int, int]) -> None:
    """Home, seat, brief, rounds with an order each, ending: keys alone, and every screen says where one is.

    On the first size all five rounds, on the others the first and the last one; those between are closed without screens.
    """
    app = app_for(Start(level="easy"))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        assert isinstance(app.screen, Home)
        library = app.screen.query_one(Library)
        library.select_line("card:first-round")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Setup) and "Velmora" in shown(pilot))
        await press(pilot, "enter", "enter", "up", "up", "enter")
        await until(pilot, lambda: isinstance(app.screen, Briefing) and app.desk is not None)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        rounds = 0
        while not isinstance(app.screen, Ending):
            await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
            assert app.desk is not None
            rounds += 1
            while size != SIZES[0] and 1 < rounds < 5:
                app.desk.resolve(app.desk.think())
                rounds += 1
                if rounds == 5:
                    app.enter_room()
            await until(pilot, lambda: f"round {rounds} of 5" in shown(pilot))  # noqa: B023 awaited in the same turn
            await press(pilot, "down")
            while not any(item.key == current(pilot) and item.legal for g in app.desk.menu().groups for item in g.items):
                await press(pilot, "down")
            await press(pilot, "enter")
            assert len(app.desk.filed()) == 1
            await press(pilot, "r")
            assert isinstance(app.screen, Review)
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, SituationRoom | Ending))
        await until(pilot, lambda: "Your seat" in shown(pilot))
        assert app.desk is not None
        assert app.desk.over
        assert rounds == 5
        ending = app.desk.ending()
        assert ending is not None
        for score in ending.scores:
            assert score.name in shown(pilot)
            for goal in score.goals:
                assert goal.says in shown(pilot)
        await press(pilot, "a")
        await until(pilot, lambda: isinstance(app.screen, Setup) and app.screen.is_ready)
        chosen = app.screen.query_one("#seats", LineList).current
        assert chosen is not None
        assert chosen.id == "osk"


async def test_by_mouse_to_an_ending() -> None:
    """The mouse alone plays a match: a click shows a move, a second orders it; footer and dialogs can be clicked."""
    async with playing(size=(120, 40)) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await click_key(pilot, "enter")
        while not isinstance(app.screen, Ending):
            await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
            assert app.desk is not None
            items = [item for group in app.desk.menu().groups for item in group.items]
            moves = app.screen.query_one(MoveList)
            row = next(n for n, line in enumerate(moves.shown) if any(i.key == line.id and i.legal for i in items))
            await pilot.click("#moves", offset=(12, row))
            await settled(pilot)
            assert app.desk.filed() == ()
            await pilot.click("#moves", offset=(12, row))
            await until(pilot, lambda: app.desk is not None and len(app.desk.filed()) == 1)
            await click_key(pilot, "r")
            assert isinstance(app.screen, Review)
            await pilot.click(".keys", offset=(1, 0))
            await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
            await click_key(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, SituationRoom | Ending))
        assert app.desk is not None
        assert app.desk.over


async def test_an_undone_ending_can_be_played_on() -> None:
    """Undo at the ending opens the last round again."""
    async with playing() as pilot:
        app = app_of(pilot)
        assert app.desk is not None
        while not app.desk.over:
            app.desk.resolve(app.desk.think())
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, Ending))
        await press(pilot, "u")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        assert not app.desk.over


async def test_a_save_is_continued_from_home() -> None:
    """What was played in one app is offered on the home screen of the next, and goes on in its round."""
    async with playing() as pilot:
        app = app_of(pilot)
        app.enter_room()
        assert app.desk is not None
        app.desk.resolve(app.desk.think())
        await press(pilot, "ctrl+q", "ctrl+q")
    later = app_for(Start())
    async with later.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "Go on with a match" in shown(pilot))
        later.screen.query_one(Library).select_line("save:0")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(later.screen, SituationRoom))
        await until(pilot, lambda: "round 2 of 5" in shown(pilot))


async def test_the_filter_narrows_and_esc_restores() -> None:
    """`/` opens the filter, letters narrow the moves, enter goes to the list, esc in the filter shows all again."""
    async with playing() as pilot:
        app = app_of(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        moves = app.screen.query_one(MoveList)
        whole = moves.shown
        await press(pilot, "slash", "t", "a", "l", "k", "s")
        assert [line.body.plain for line in moves.shown if not line.heading] == ["Ask Osk for talks"]
        await press(pilot, "escape")
        assert moves.shown == whole
        assert app.desk is not None
        assert [line.id for line in whole] == [line.id for line in move_lines(app.desk.menu(), Spending())]


def current(pilot: Pilot[str]) -> str:
    """The key of the move under the cursor."""
    line = pilot.app.screen.query_one(MoveList).current
    return line.id if line else ""


async def click_key(pilot: Pilot[str], key: str) -> None:
    """Click a key of the footer."""
    footer = pilot.app.screen.query_one(KeyLine)
    found = re.search(rf"(?:^|   )({key} )", footer.render().plain)
    assert found is not None
    await pilot.click(KeyLine, offset=(found.start(1) + 2, 0))
    await settled(pilot)
