"""The tour: a coach that goes on when the player does the thing, never blocks, and can be sent away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from sim.tui.app import DetenteApp
from sim.tui.screens.dialogs import Ask
from sim.tui.screens.home import Home
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.review import Review
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.widgets.coach import Coach, set_text
from sim.tui.widgets.key_line import KeyLine
from sim.words.tour import tour
from tests.tui.conftest import app_for, press, settled, shown, until


@asynccontextmanager
async def touring(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[DetenteApp, Pilot[str]]]:
    """An app whose tour has begun, from the home screen by its key."""
    app = app_for(Start())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        await press(pilot, "t")
        await until(pilot, lambda: app.desk is not None and "Your goals" in shown(pilot))
        await says(app, pilot, "brief")
        yield app, pilot
        if app.fault is not None:
            raise app.fault


async def says(app: DetenteApp, pilot: Pilot[str], step: str) -> None:
    """The coach has come to a step, and stands on the screen at hand without lying over anything."""
    def come() -> bool:
        coaches = app.screen.query(Coach)
        return app.tour is not None and app.tour.step.id == step and bool(coaches) and coaches.first().step == step

    await until(pilot, come)
    await settled(pilot)
    coach = app.screen.query_one(Coach)
    assert coach.region.height >= 2
    if not isinstance(app.screen, Review):
        for node in app.screen.query(".pane, KeyLine"):
            assert not node.region.overlaps(coach.region), node


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_the_tour_by_keyboard_to_its_end(size: tuple[int, int]) -> None:
    """Each step goes when its thing is done, in the order told; esc at the end leaves the coach and keeps the match."""
    async with touring(size) as (app, pilot):
        await press(pilot, "enter")
        await says(app, pilot, "look")
        await press(pilot, "down")
        await says(app, pilot, "order")
        await press(pilot, "enter")
        await says(app, pilot, "resolve")
        await press(pilot, "r")
        await says(app, pilot, "resolve")
        assert isinstance(app.screen, Review)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        await says(app, pilot, "news")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        await says(app, pilot, "why")
        await press(pilot, "o")
        await says(app, pilot, "answer")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        await press(pilot, "1")
        await says(app, pilot, "pages")
        await press(pilot, "p")
        await says(app, pilot, "end")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        await press(pilot, "escape")
        await until(pilot, lambda: not app.screen.query(Coach))
        assert app.tour is None
        assert app.desk is not None
        assert app.desk.situation().round == 2
        assert len(app.desk.filed()) == 1


@pytest.mark.parametrize("orders", [(), ("enter",), ("down", "enter"), ("down", "down", "enter")])
async def test_whatever_is_ordered_a_question_comes(orders: tuple[str, ...]) -> None:
    """The tour's match asks the player in its second round, whichever move was chosen in the first."""
    async with touring() as (app, pilot):
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, *orders)
        app.resolve_round()
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        assert app.desk is not None
        assert app.desk.menu().questions


async def test_who_runs_ahead_is_followed() -> None:
    """A round closed without looking or ordering takes the coach to what came of it; it never holds anybody up."""
    async with touring() as (app, pilot):
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        await says(app, pilot, "news")


async def test_esc_in_the_room_sends_the_coach_away_and_the_match_goes_on() -> None:
    """The coach's rows go back to the screen; the keys work on; no later screen has a coach."""
    async with touring() as (app, pilot):
        await press(pilot, "enter")
        await says(app, pilot, "look")
        await press(pilot, "escape")
        await until(pilot, lambda: not app.screen.query(Coach))
        assert isinstance(app.screen, SituationRoom)
        await press(pilot, "r")
        await pilot.pause(0.25)
        assert not app.screen.query(Coach)
        assert isinstance(app.screen, Review)


async def test_a_click_on_its_esc_sends_the_coach_away() -> None:
    """The mouse can leave the tour as the key does."""
    async with touring((100, 30)) as (app, pilot):
        await press(pilot, "enter")
        await says(app, pilot, "look")
        coach = app.screen.query_one(Coach)
        rows = [coach.render_line(y).text for y in range(coach.size.height)]
        y = next(n for n, row in enumerate(rows) if "leave the tour" in row)
        at = coach.content_region.offset - coach.region.offset
        await pilot.click(Coach, offset=(rows[y].index("leave the tour") + at.x, y + at.y))
        await until(pilot, lambda: app.tour is None)
        assert isinstance(app.screen, SituationRoom)


async def test_home_ends_the_tour_and_its_seed_is_not_kept() -> None:
    """Who leaves the match has left the tour; the next match draws its own seed and the level that was settled."""
    async with touring() as (app, pilot):
        assert app.start.seed == tour().seed
        app.action_go_home()
        await until(pilot, lambda: isinstance(app.screen, Home) and app.tour is None)
        assert app.start.seed is None
        assert app.start.level == "standard"


async def test_leaving_asks_during_the_tour_too() -> None:
    """Ctrl-C asks as in any match."""
    async with touring() as (app, pilot):
        await press(pilot, "enter")
        await says(app, pilot, "look")
        await press(pilot, "ctrl+c")
        assert isinstance(app.screen, Ask)


def test_the_steps_are_few_and_short() -> None:
    """Six to nine steps, each with a title and at most three short sentences that fit two rows of 80 columns."""
    steps = tour().steps
    assert 6 <= len(steps) <= 9
    for step in steps:
        text = set_text(step.text, lambda _, usual: usual).plain
        assert len(text) + len("   esc leave the tour") <= 2 * 76, step.id
        assert step.title


def test_the_coach_names_the_keys_that_hold() -> None:
    """A key that a person has changed is named as it is now."""
    assert set_text("Press {room.resolve:r}, *now*.", lambda name, usual: f"<{name}>").plain == "Press <room.resolve>, now."


async def test_the_footer_stays_beneath_the_coach() -> None:
    """The keys of the screen are in sight on every step."""
    async with touring() as (app, _):
        assert app.screen.query_one(KeyLine).region.y == 23
        assert app.screen.query_one(Coach).region.bottom <= 23
