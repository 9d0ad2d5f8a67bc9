"""Leaving, failing, resizing, several apps: nothing is lost, and what goes wrong is one sentence."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from sim.errors import SaveError, UsageError
from sim.play import Match
from sim.tui.screens.dialogs import Ask, Tell
from sim.tui.screens.home import Home
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.sources import SourceViewer
from sim.tui.start import Start
from sim.tui.table import Desk
from sim.tui.theme import CALM
from sim.tui.venue import LocalVenue
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.panes import TrackPane
from sim.tui.widgets.picker import MoveList
from sim.tui.widgets.too_small import TooSmall
from tests.tui.conftest import FIRST, app_for, app_of, playing, press, settled, shown, until


async def in_room(pilot: Any) -> None:
    """To the situation room."""
    await until(pilot, lambda: "Your goals" in shown(pilot))
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SituationRoom) and pilot.app.screen.is_ready)


async def test_ctrl_c_asks_once_then_saves_and_exits() -> None:
    """Ctrl-C asks; esc stays and keeps the orders; a second Ctrl-C saves, exits and returns the file's name."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "enter", "ctrl+c")
        assert isinstance(app.screen, Ask)
        await press(pilot, "escape")
        assert isinstance(app.screen, SituationRoom)
        assert app.desk is not None
        filed = [item.key for item in app.desk.filed()]
        await press(pilot, "ctrl+c", "ctrl+c")
    assert app.return_value
    with Match.load(Path(app.return_value)) as match:
        orders = match.filed("velmora")
        assert orders is not None
        assert list(orders.moves) == filed


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_without_a_match_leaving_asks_nothing(key: str) -> None:
    """On the home screen there is nothing to lose, so leaving is immediate."""
    app = app_for(Start())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        await press(pilot, key)
    assert app.return_value == ""


class Unsavable(LocalVenue):
    """A venue whose matches cannot be written."""

    def open(self, start: Start) -> Desk:
        """A desk that refuses to save."""
        desk: Any = super().open(start)

        def refuse(path: Path | None = None) -> Path:
            raise SaveError("The folder is read-only; set DETENTE_HOME to another.", "D205")

        desk.save = refuse
        return desk


async def test_a_failing_save_is_one_sentence_and_the_match_goes_on() -> None:
    """A folder that cannot be written to is said, the match goes on, and leaving asks again before anything is lost."""
    async with playing(venue=Unsavable()) as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        assert not app._notifications
        await press(pilot, "enter")
        said = [note.message for note in app._notifications]
        assert any("read-only" in message and "goes on unsaved" in message for message in said)
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        await press(pilot, "ctrl+c", "enter")
        assert isinstance(app.screen, Ask)
        assert "read-only" in shown_dialog(app.screen)
        await press(pilot, "escape")
        assert app.is_running
        assert app.desk is not None
        assert app.desk.situation().round == 2


def shown_dialog(screen: Ask) -> str:
    """What a dialog says."""
    return screen.describe()


async def test_a_refused_order_says_why_and_keeps_the_others() -> None:
    """Ordering a closed move tells what it needs; what was ordered stays ordered."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "enter")
        assert app.desk is not None
        before = app.desk.filed()
        closed = next(item for group in app.desk.menu().groups for item in group.items if not item.legal)
        app.screen.query_one(MoveList).select_line(closed.key)
        await settled(pilot)
        assert closed.why_not[0].text in shown(pilot)
        await press(pilot, "enter")
        assert len([note for note in app._notifications if note.severity == "warning"]) == 1
        assert app.desk.filed() == before


async def test_a_wrong_seat_is_one_sentence_and_leads_home() -> None:
    """A seat that the scenario does not have is told with those it has; enter leads to the home screen."""
    app = app_for(Start(scenario="first-round", seat="velmura"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Tell))
        assert "velmora" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Home))


async def test_resizing_at_any_moment_loses_nothing() -> None:
    """Wide, narrow, too small and back: one sentence below 80×24, the same orders and cursor afterwards."""
    async with playing(size=(120, 40)) as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "down", "enter")
        assert app.desk is not None
        filed, cursor = app.desk.filed(), app.screen.query_one(MoveList).current
        for size, narrow, small in (((80, 24), True, False), ((60, 20), False, True), ((200, 60), False, False),
                                    ((100, 23), False, True), ((120, 40), False, False)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert app.screen.has_class("-tabs") is narrow, size
            assert app.screen.query_one(TooSmall).display is small, size
            if small:
                assert f"has {size[0]} and {size[1]}" in app.screen.query_one(TooSmall).describe()
        assert app.desk.filed() == filed
        now = app.screen.query_one(MoveList).current
        assert now is not None
        assert cursor is not None
        assert now.id == cursor.id


async def test_a_screen_resized_beneath_another_takes_the_new_shape() -> None:
    """The situation room is laid out anew when a page over it is closed on a narrower terminal."""
    async with playing(size=(120, 40)) as pilot:
        await in_room(pilot)
        await press(pilot, "p")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen.has_class("-tabs"))
        assert not pilot.app.screen.query_one(TrackPane).region


async def test_two_apps_in_one_loop_have_nothing_in_common() -> None:
    """Two apps with their own match, size and theme: what one does, the other does not notice."""
    other = Start(scenario="first-round", seat="osk", seed=9, theme="nord")
    async with playing(size=(120, 40)) as one, playing(other, size=(80, 24)) as two:
        await in_room(one)
        await in_room(two)
        await press(one, "enter", "r", "enter")
        first, second = app_of(one), app_of(two)
        await until(one, lambda: isinstance(first.screen, Resolution) and first.screen.done)
        assert first.desk is not None
        assert second.desk is not None
        assert (first.desk.situation().round, second.desk.situation().round) == (2, 1)
        assert (first.theme, second.theme) == (CALM.name, "nord")
        assert (first.screen.has_class("-wide"), second.screen.has_class("-tabs")) == (True, True)
        assert "Osk" in second.screen.query_one(Masthead).describe()
        await press(one, "ctrl+c", "ctrl+c")
        await press(two, "enter")
        assert len(second.desk.filed()) == 1


class Held(LocalVenue):
    """A venue that opens nothing, and whose opponents do not choose, until they are let."""

    def __init__(self) -> None:
        super().__init__()
        self.let_open, self.let_think = threading.Event(), threading.Event()

    def open(self, start: Start) -> Desk:
        """A desk that thinks when it is let."""
        self.let_open.wait(30)
        desk: Any = super().open(start)
        think = desk.think

        def later() -> Any:
            self.let_think.wait(30)
            return think()

        desk.think = later
        return desk


async def test_seat_and_date_stand_before_the_match_is_loaded_and_thinking_blocks_nothing() -> None:
    """The frame is painted at once; while the others think, keys are still answered."""
    venue = Held()
    app = app_for(FIRST, venue)
    async with app.run_test(size=(120, 40)) as pilot:
        assert app.desk is None
        said = app.screen.query_one(Masthead).describe()
        assert "Velmora" in said
        assert "1 March 2030" in said
        venue.let_open.set()
        await in_room(pilot)
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution))
        await press(pilot, "f1")
        assert isinstance(app.screen, Tell)
        await press(pilot, "f1")
        await until(pilot, lambda: isinstance(app.screen, Resolution))
        screen = app.screen
        assert isinstance(screen, Resolution)
        assert not screen.done
        venue.let_think.set()
        await until(pilot, lambda: screen.done)


async def test_a_round_that_cannot_be_closed_keeps_its_orders() -> None:
    """When closing a round fails, the sentence is shown and the orders are still there."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "enter")
        desk: Any = app.desk

        def refuse(choices: object = None) -> tuple[()]:
            raise UsageError("The disk is full.", "D206")

        desk.resolve = refuse
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Tell))
        assert "The disk is full." in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        assert len(desk.filed()) == 1


async def test_a_contested_dispatch_tells_who_says_so() -> None:
    """`?` on a dispatch of the flagship names speakers and who denies them."""
    async with playing(Start(scenario="border-standoff-2021", seat="armenia", seed=1)) as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "f4", "question_mark")
        assert isinstance(app.screen, SourceViewer)
        await until(pilot, lambda: "denies it" in shown(pilot))
        await press(pilot, "escape")
        assert isinstance(app.screen, SituationRoom)
