"""What may go wrong beside the way: a file that cannot be written, a screen left early, a terminal without room."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, Never

import pytest
from textual.pilot import Pilot

from sim.errors import SaveError
from sim.tui.screens.briefing import Briefing
from sim.tui.screens.dialogs import Ask
from sim.tui.screens.home import Home
from sim.tui.screens.jump import Jump
from sim.tui.screens.pages import PAGES, page_screen
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.review import Review
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.timeline import TimelinePage
from sim.tui.start import Start
from sim.tui.table import Desk
from sim.tui.venue import LocalVenue
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.too_small import TooSmall
from sim.words.models import QuestionItem
from tests.tui.conftest import FIRST, app_for, app_of, burst, playing, press, settled, shown, until
from tests.tui.test_thinking import PATIENCE, Ponderous

TINY = ((1, 1), (3, 40), (9, 5), (200, 1))


async def in_room(pilot: Pilot[str]) -> None:
    """Begin, and wait for the situation room."""
    await until(pilot, lambda: "Your goals" in shown(pilot))
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SituationRoom) and pilot.app.screen.is_ready)


async def kept_match() -> Path:
    """The file of a match in which something was filed, let go of."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "enter")
        assert app.saved
        kept, desk = Path(app.saved), app.desk
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await press(pilot, "enter")
    assert not held(desk)
    return kept


class Slow(LocalVenue):
    """A venue that has opened a match and does not hand it over before it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_open = threading.Event()
        self.opened: list[Desk] = []

    def open(self, start: Start) -> Desk:
        """A desk, late."""
        desk = super().open(start)
        self.opened.append(desk)
        self.may_open.wait(PATIENCE)
        return desk


# -- what cannot be written


@pytest.mark.parametrize("keys", [("enter",), ("r", "x")], ids=["room", "review"])
async def test_an_order_that_cannot_be_withdrawn_stays_and_it_is_said(keys: tuple[str, ...]) -> None:
    """Where the match's file cannot be written, withdrawing is refused in a sentence, in the room and in the review."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "enter")
        desk: Any = app.desk
        filed = desk.filed()

        def refuse(*_: object) -> Never:
            raise SaveError("The disk is full.", "D205")

        desk.match.file = desk.match.withdraw = refuse
        await press(pilot, *keys)
        assert desk.filed() == filed
        assert len(filed) == 1
        assert any("disk is full" in note.message and "stays filed" in note.message for note in app._notifications)
        assert isinstance(app.screen, Review if keys[0] == "r" else SituationRoom)


async def test_a_refused_answer_leaves_the_one_that_was_given() -> None:
    """Another answer to a question takes the place of the first only if it is accepted."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        desk: Any = app.desk
        first, second = [item for group in desk.menu().groups for item in group.items][:2]
        question = QuestionItem("ask", "A question", "Well?", 1, (first, second), "")
        asked, given = replace(desk.menu(), questions=(question,)), [first]

        def add(key: str) -> str | None:
            if key == second.key:
                return "It cannot be said now."
            given.append(first)
            return None

        desk.menu, desk.filed, desk.add, desk.remove = lambda: asked, lambda: tuple(given), add, lambda _: given.clear()
        room = app.screen
        assert isinstance(room, SituationRoom)
        room.reload()
        await press(pilot, "2")
        assert given == [first]
        assert any(note.message == "It cannot be said now." for note in app._notifications)


# -- screens that are left early


async def test_home_can_be_gone_to_while_the_opponents_think() -> None:
    """The round that was being thought about stays open, and nothing is shown of it over the home screen."""
    venue = Ponderous()
    async with playing(FIRST, venue=venue) as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        desk = app.desk
        assert desk is not None
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.is_ready)
        app.action_go_home()
        await until(pilot, lambda: isinstance(app.screen, Home))
        venue.may_decide.set()
        await until(pilot, lambda: venue.in_time)
        await settled(pilot)
        assert isinstance(app.screen, Home)
        assert desk.situation().round == 1


async def test_home_can_be_gone_to_while_a_round_unfolds() -> None:
    """Beats that are still to come tell nobody anything."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        app.animation_level = "full"
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen._shown)
        app.action_go_home()
        await until(pilot, lambda: isinstance(app.screen, Home))
        await settled(pilot)
        assert app.desk is None


async def test_no_page_is_offered_over_the_head_of_a_resolution() -> None:
    """Until enter has led on, the room beneath shows the round before; so no command leads back to it."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        titles = {page.title for page in PAGES}
        await press(pilot, "w")
        offered = {command.title for command in app.page_commands(app.screen)}
        assert titles <= offered
        await press(pilot, "escape", "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        assert not titles & {command.title for command in app.page_commands(app.screen)}
        await press(pilot, "o")
        assert not titles & {command.title for command in app.page_commands(app.screen)}


async def test_no_page_is_offered_from_another_line_before_the_room_shows_it() -> None:
    """On a timeline that went to another line the room beneath still shows the one that was left."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        desk: Any = app.desk
        desk.resolve()
        desk.branch(1)
        await press(pilot, "l")
        await until(pilot, lambda: isinstance(app.screen, TimelinePage) and app.screen.stop)
        page: Any = app.screen
        titles = {entry.title for entry in PAGES}
        assert titles <= {command.title for command in app.page_commands(page)}
        page.go_to(desk.branches()[0].head)
        await until(pilot, lambda: page.stop is not None)
        assert not titles & {command.title for command in app.page_commands(page)}
        await press(pilot, "escape")
        assert isinstance(app.screen, SituationRoom)
        assert "round 2 of" in app.screen.describe()


async def test_a_save_that_is_being_opened_can_be_left() -> None:
    """Esc leads home though the frame is the first screen, the match does not follow, and its file is let go of."""
    kept = await kept_match()
    venue = Slow()
    app = app_for(Start(load=kept), venue)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: venue.opened)
        await press(pilot, "escape")
        assert isinstance(app.screen, Home)
        venue.may_open.set()
        await until(pilot, lambda: not held(venue.opened[0]))
        assert isinstance(app.screen, Home)
        assert app.desk is None


async def test_a_save_that_was_left_is_opened_again_at_once() -> None:
    """Who goes back while a match is being opened and opens it again is not told that another holds it."""
    kept = await kept_match()
    venue = Slow()
    app = app_for(Start(), venue)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Home) and app.screen.is_ready)
        app.continue_match(kept)
        await until(pilot, lambda: isinstance(app.screen, Briefing) and venue.opened)
        await press(pilot, "escape")
        assert isinstance(app.screen, Home)
        app.continue_match(kept)
        await settled(pilot)
        venue.may_open.set()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        assert app.desk is venue.opened[1]
        assert held(app.desk)


def held(desk: Any) -> bool:
    """Whether the desk's match holds its file."""
    return desk.match.path is not None


async def test_keys_mean_nothing_until_another_line_is_read() -> None:
    """While the timeline of a shorter line is read, arrows do not look for rounds that it does not have."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        desk: Any = app.desk
        for _ in range(2):
            desk.resolve()
        long = desk.branches()[0].head
        desk.branch(1)
        await press(pilot, "l")
        await until(pilot, lambda: isinstance(app.screen, TimelinePage) and app.screen.stop)
        page: Any = app.screen
        short = desk.branches()[1].head
        page.go_to(long)
        await until(pilot, lambda: page.stop is not None and page.stop.round == 3)
        read, may_read = desk.timeline, threading.Event()

        def late() -> Any:
            may_read.wait(PATIENCE)
            return read()

        desk.timeline = late
        page.go_to(short)
        await press(pilot, "left", "right", "end", "n")
        await pilot.resize_terminal(80, 24)
        assert page.stop is None
        may_read.set()
        await until(pilot, lambda: page.stop is not None)
        assert page.stop.round == 1


# -- no room at all


async def test_no_screen_minds_a_terminal_without_room() -> None:
    """Rooms and pages survive any size, down to a single cell; keys that nobody would see act on nothing."""
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await pilot.resize_terminal(79, 24)
        await until(pilot, lambda: app.size.width == 79 and app.screen.query_one(TooSmall).display)
        await press(pilot, "enter", "r")
        assert app.desk is not None
        assert not app.desk.filed()
        assert isinstance(app.screen, SituationRoom)
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        app.pop_screen()
        for page in ("", *(page.name for page in PAGES)):
            if page:
                await app.push_screen(page_screen(page))
                await settled(pilot)
            for size in (*TINY, (120, 40)):
                await pilot.resize_terminal(*size)
            assert all(lines.size.width >= 1 for lines in app.screen.query(LineList) if lines.region)
            assert app.fault is None
            if page:
                app.pop_screen()


async def test_keys_typed_while_a_dialog_closes_close_nothing_beneath() -> None:
    """Jump mode ends with the first key; the screen on which it lay stays, however many are behind it."""
    async with playing(FIRST) as pilot:
        await in_room(pilot)
        for keys in (("x", "y", "z"), ("escape", "escape", "escape"), ("f1", "w", "minus")):
            await press(pilot, "j")
            assert isinstance(pilot.app.screen, Jump)
            await burst(pilot, *keys)
            await until(pilot, lambda: isinstance(pilot.app.screen, SituationRoom))


async def test_a_page_may_be_turned_in_the_palette_before_there_is_one() -> None:
    """Keys that come with the palette find its list without a size, and do nothing."""
    async with playing(FIRST) as pilot:
        await in_room(pilot)
        for key in ("pagedown", "pageup", "end"):
            await burst(pilot, "ctrl+p", key, key)
            await until(pilot, lambda: pilot.app.screen.has_class("--textual-command-palette"))
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, SituationRoom))
