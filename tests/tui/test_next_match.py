"""One match after another in one sitting."""

from __future__ import annotations

from pathlib import Path

from sim.tui.screens.briefing import Briefing
from sim.tui.screens.home import Home
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.setup import Setup
from sim.tui.widgets.line_list import LineList
from tests.tui.conftest import FIRST, app_of, playing, press, shown, until


async def test_another_scenario_can_be_played_after_a_match() -> None:
    """From the room of one scenario home, and into the room of another, with its own seat and a seed of its own."""
    async with playing(FIRST) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "h")
        await until(pilot, lambda: isinstance(app.screen, Home) and "The Border Standoff" in shown(pilot))
        app.screen.query_one(LineList).select_line("card:border-standoff-2021")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Setup) and "Yerevan" in shown(pilot))
        await press(pilot, "b")
        await until(pilot, lambda: isinstance(app.screen, Briefing) and app.desk is not None)
        assert app.desk is not None
        assert app.desk.situation().title == "The Border Standoff, May 2021"
        assert app.start.seed is None


async def test_a_match_can_be_begun_before_the_choices_are_laid_out() -> None:
    """A hand that knows what it wants gets the seat and the clock that the cursor was to stand on."""
    async with playing(FIRST) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        app.play_other_side()
        await until(pilot, lambda: isinstance(app.screen, Setup) and app.screen.is_ready)
        for lists in app.screen.query(LineList):
            lists.clear_options()
        await press(pilot, "b")
        await until(pilot, lambda: isinstance(app.screen, Briefing) and app.desk is not None)
        assert app.desk is not None
        assert app.desk.situation().seat == "osk"


async def test_a_scenario_given_by_its_path_is_played_from_that_path(tmp_path: Path) -> None:
    """The other side of a scenario that no library holds is opened from the same file."""
    text = (Path(__file__).parents[2] / "scenarios" / "first-round" / "scenario.yaml").read_text(encoding="utf-8")
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace("id: first-round", "id: mine").replace("title: First Round", "title: Mine"),
                    encoding="utf-8")
    start = type(FIRST)(scenario=str(file), seat="velmora", seed=7, level="easy")
    async with playing(start) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        app.play_other_side()
        await until(pilot, lambda: isinstance(app.screen, Setup) and "Osk" in shown(pilot))
        await press(pilot, "b")
        await until(pilot, lambda: isinstance(app.screen, Briefing) and app.desk is not None)
        assert app.desk is not None
        assert app.desk.situation().title == "Mine"


async def test_what_is_ordered_is_counted_on_every_page() -> None:
    """With one order filed the head of a page says so too."""
    async with playing(FIRST) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "enter")
        for key in ("p", "w", "b", "g", "t"):
            await press(pilot, key)
            await until(pilot, lambda: "Orders: 1 of 2" in shown(pilot) and not isinstance(app.screen, SituationRoom))
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, SituationRoom))
