"""Every screen, one after the other: each widget says what it shows, each can be helped with, none minds a resize."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from textual import events
from textual.app import App
from textual.containers import Container, Horizontal, HorizontalScroll, Vertical, VerticalScroll
from textual.geometry import Size
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar, ScrollBarCorner
from textual.widgets import Static

from sim.tui.screens.briefing import Briefing
from sim.tui.screens.ending import Ending
from sim.tui.screens.home import Home
from sim.tui.screens.jump import Jump
from sim.tui.screens.pages import PAGES
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.review import Review
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.settings import SettingsPage, Themes
from sim.tui.screens.setup import Setup
from sim.tui.screens.sheet import Sheet
from sim.tui.start import Start
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.too_small import TooSmall
from tests.tui.conftest import app_for, app_of, press, settled, shown, until

SILENT = (Container, Horizontal, HorizontalScroll, Vertical, VerticalScroll, ScrollBar, ScrollBarCorner)
"""Boxes that only hold others; each class of its own that derives from one is asked all the same."""
RESIZED = [(80, 24), (150, 60), (99, 36), (60, 12), (100, 24), (100, 36), (150, 24), (80, 12)]
"""Every breakpoint is crossed in both directions, and two sizes are too small."""


async def screens(pilot: Pilot[str]) -> AsyncIterator[str]:
    """Walks the app from home to an ending; stops at each screen, whose name it gives."""
    app = app_of(pilot)

    async def at(*kinds: type) -> None:
        await until(pilot, lambda: isinstance(app.screen, kinds) and getattr(app.screen, "is_ready", True))
        await settled(pilot)

    await at(Home)
    await until(pilot, lambda: "First Round" in shown(pilot))
    yield "home"
    await press(pilot, "f6")
    await at(SettingsPage)
    yield "settings"
    await press(pilot, "enter")
    await at(Themes)
    yield "themes"
    await press(pilot, "escape", "escape", "f1")
    yield "help"
    await press(pilot, "escape")
    app.screen.query_one(LineList).select_line("card:first-round")
    await press(pilot, "enter")
    await at(Setup)
    yield "setup"
    await press(pilot, "b")
    await at(Briefing)
    await until(pilot, lambda: "Your goals" in shown(pilot))
    yield "briefing"
    await press(pilot, "enter")
    await at(SituationRoom)
    yield "room"
    await press(pilot, "j")
    await at(Jump)
    yield "jump"
    await press(pilot, "escape", "r")
    await at(Review)
    yield "review"
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
    yield "resolution"
    await press(pilot, "enter")
    await at(SituationRoom)
    for page in PAGES:
        await press(pilot, page.key)
        await until(pilot, lambda: type(app.screen).__name__ == page.screen)  # noqa: B023 awaited in the same turn
        await until(pilot, lambda: getattr(app.screen, "is_ready", True))
        yield page.name
        app.screen.dismiss(None)
        await at(SituationRoom)
    await press(pilot, "ctrl+c")
    yield "leave"
    await press(pilot, "escape")
    desk: Any = app.desk
    while not desk.over:
        desk.resolve(desk.think())
    app.enter_room()
    await at(Ending)
    yield "ending"


def covers(app: App[str]) -> list[TooSmall]:
    """What covers the screen at hand because the terminal is too small."""
    return [node for node in app.screen.query(TooSmall) if node.display]


def speaks(pilot: Pilot[str], name: str) -> None:
    """Each widget of the screen at hand says what it shows; each that can be focused says what it is for."""
    assert shown(pilot).strip(), name
    for node in pilot.app.screen.query("*"):
        if type(node) in SILENT or isinstance(node, TooSmall | ScrollBar | ScrollBarCorner):
            continue
        if type(node) is Static and node.has_class("keys", "text", "letter"):
            # what a dialog is made of; the dialog itself says it
            continue
        describe = getattr(node, "describe", None)
        if type(node).__module__.startswith("sim.") and node.display:
            assert describe is not None, (name, node)
            assert describe().strip(), (name, node)
        if node.focusable:
            assert getattr(node, "HELP", ""), (name, node)
            assert describe is not None, (name, node)


async def test_every_widget_says_what_it_shows_and_what_it_is_for() -> None:
    """On every screen, narrow, `describe()` of each widget and of the whole is a text; focusable ones have `HELP`."""
    app = app_for(Start(level="easy"))
    async with app.run_test(size=(80, 24)) as pilot:
        walked = []
        async with contextlib.aclosing(screens(pilot)) as walk:
            async for name in walk:
                walked.append(name)
                speaks(pilot, name)
        assert len(walked) == len(set(walked)) >= 12 + len(PAGES)


async def test_every_screen_can_be_resized_at_any_moment() -> None:
    """Twenty sizes in a row on each screen without an error; below 80×24 one sentence; back, the focus is kept."""
    app = app_for(Start(level="easy"))
    async with app.run_test(size=(120, 40)) as pilot, contextlib.aclosing(screens(pilot)) as walk:
        async for name in walk:
            speaks(pilot, name)
            focused = app.screen.focused
            # a window that is dragged sends many sizes before the app has drawn for one
            for width, height in RESIZED:
                app.post_message(events.Resize(Size(width, height), Size(width, height)))
            small = Size(*RESIZED[-1])
            await until(pilot, lambda: app.size == small and covers(app))  # noqa: B023 awaited in the same turn
            assert covers(app)[0].region.size == small, name
            assert f"{small.width} and {small.height}" in covers(app)[0].describe()
            await pilot.resize_terminal(120, 40)
            await until(pilot, lambda: not covers(app))
            assert app.screen.focused is focused, name
            assert app.fault is None


async def test_help_fits_and_its_way_out_stays_in_sight() -> None:
    """F1 at 80×24: every key of the screen is told, the text scrolls, and esc stands in the dialog at all times."""
    app = app_for(Start(scenario="first-round", seat="velmora", seed=7, level="easy"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "f1")
        said = shown(pilot)
        for text in ("Here", "On this screen", "Pages", "Everywhere", "In words", "r  Resolve round", "j  Jump to a pane",
                     *(page.title for page in PAGES)):
            assert text in said
        keys = app.screen.query_one(".keys")
        box = app.screen.query_one(".box")
        for _ in range(3):
            assert keys.region
            assert box.region.contains_region(keys.region)
            assert app.screen.region.contains_region(box.region)
            await press(pilot, "pagedown")
        await press(pilot, "escape")
        assert isinstance(app.screen, SituationRoom)


async def test_jump_mode_goes_to_any_pane_wide_or_narrow() -> None:
    """J shows a letter per pane; the letter focuses it, on the other tabs too; another key only closes."""
    app = app_for(Start(scenario="first-round", seat="velmora", seed=7, level="easy"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        for size in ((120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: app.size == size)
            for wanted in ("tracks", "wire", "moves"):
                await press(pilot, "j")
                jump = app.screen
                assert isinstance(jump, Jump)
                assert jump.describe().startswith("Jump to: a ")
                letter = next(letter for letter, target in jump._targets.items() if target.id == wanted)
                await press(pilot, letter)
                await until(pilot, lambda wanted=wanted: app.screen.focused is not None
                            and app.screen.focused.id == wanted)
                assert app.screen.focused is not None
                assert app.screen.focused.region
        await press(pilot, "j", "z")
        assert isinstance(app.screen, SituationRoom)


async def test_a_letter_of_jump_mode_can_be_clicked() -> None:
    """The mouse goes where the key goes."""
    app = app_for(Start(scenario="first-round", seat="velmora", seed=7, level="easy"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "j")
        jump = app.screen
        assert isinstance(jump, Jump)
        letter = next(letter for letter, target in jump._targets.items() if target.id == "wire")
        sign = next(node for node in jump.query(".letter") if letter in str(node.render()))  # type: ignore[attr-defined]
        await pilot.click(sign)
        await until(pilot, lambda: app.screen.focused is not None and app.screen.focused.id == "wire")


async def test_the_palette_orders_a_move_by_its_name() -> None:
    """Typing a move's name in the palette and enter orders it; the same again withdraws it."""
    app = app_for(Start(scenario="first-round", seat="velmora", seed=7, level="easy"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        desk: Any = app.desk
        for filed in (["ask_talks:velmora>osk"], []):
            await press(pilot, "ctrl+p", *"ask osk for")
            await pilot.pause(0.3)
            await press(pilot, "enter")
            await until(pilot, lambda filed=filed: [item.key for item in desk.filed()] == filed)
            await until(pilot, lambda: isinstance(app.screen, SituationRoom))


async def test_the_palette_knows_every_page_from_every_page() -> None:
    """On a page the palette offers the others, home, settings and the way out."""
    app = app_for(Start(scenario="first-round", seat="velmora", seed=7, level="easy"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "p")
        await until(pilot, lambda: not isinstance(app.screen, SituationRoom))
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {page.title for page in PAGES} | {"Home", "Leave", "Settings", "Help"} <= set(titles)
        turn = next(command for command in app.get_system_commands(app.screen) if command.title == "Wire")
        turn.callback()
        wire = next(page.screen for page in PAGES if page.name == "wire")
        await until(pilot, lambda: type(app.screen).__name__ == wire)
        assert isinstance(app.screen, Sheet)
