"""Settings: read from a small file, changed on their page, kept at once; options win; a broken file is a sentence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from sim.tui.screens.home import Home
from sim.tui.screens.pages import PAGES
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.settings import SettingsList, SettingsPage
from sim.tui.settings import Settings, keep_settings, read_settings
from sim.tui.start import Start
from tests.tui.conftest import FIRST, app_for, app_of, playing, press, settled, shown, until


@pytest.mark.parametrize("settings", [
    Settings(), Settings("nord", "ascii", animations=False, level="hard", reasons=True)])
def test_what_is_kept_is_read_again(tmp_path: Path, settings: Settings) -> None:
    """The file holds every setting, and it is YAML that any reader takes."""
    file = tmp_path / "new" / "settings.yaml"
    assert keep_settings(settings, file) == ""
    assert read_settings(file) == (settings, "")
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["map"] == settings.map
    assert [it.name for it in file.parent.iterdir()] == ["settings.yaml"]


@pytest.mark.parametrize(("text", "said"), [
    ("map: brail", "must be one of braille, blocks, ascii, off"), ("animations: 3", "on or off"),
    ("colour: red", "no setting `colour`"), ("[", "is not `name: value`"), ("theme:", "must be a name"),
])
def test_a_broken_line_is_one_sentence_and_the_rest_holds(tmp_path: Path, text: str, said: str) -> None:
    """A setting that cannot be used is told with file and line; the others are used."""
    file = tmp_path / "settings.yaml"
    file.write_text(f"# mine\nlevel: easy\n{text}\n", encoding="utf-8")
    settings, sentence = read_settings(file)
    assert settings == Settings(level="easy")
    assert said in sentence
    assert "line 3" in sentence


def test_a_file_that_is_no_text_gives_the_defaults(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are one sentence; a file that is not there is none."""
    file = tmp_path / "settings.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    settings, sentence = read_settings(file)
    assert settings == Settings()
    assert "not UTF-8" in sentence
    assert read_settings(tmp_path / "none.yaml") == (Settings(), "")


def test_reading_takes_less_than_two_milliseconds(tmp_path: Path) -> None:
    """The file is read before the first paint, so it must not be felt."""
    file = tmp_path / "settings.yaml"
    keep_settings(Settings(), file)
    took = []
    for _ in range(20):
        before = time.perf_counter()
        read_settings(file)
        took.append(time.perf_counter() - before)
    assert sorted(took)[10] < 0.002


async def test_options_win_over_settings(tmp_path: Path) -> None:
    """What the start names holds; what it leaves open comes from the file."""
    file = tmp_path / "settings.yaml"
    keep_settings(Settings("nord", "ascii", level="hard"), file)
    app = app_for(Start(theme="detente-paper", settings=file))
    async with app.run_test(size=(80, 24)):
        assert (app.theme, app.start.map, app.start.level) == ("detente-paper", "ascii", "hard")


async def test_every_setting_is_changed_by_keys_and_kept_at_once(tmp_path: Path) -> None:
    """F6 opens the page; arrows change values, the sample follows, the file has them, esc goes back."""
    file = tmp_path / "settings.yaml"
    app = app_for(Start(settings=file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        await press(pilot, "f6")
        await until(pilot, lambda: "Animations" in shown(pilot))
        await press(pilot, "right", "down", "right", "right")
        assert "__..--" in shown(pilot)
        await press(pilot, "down", "right", "down", "left", "down", "enter")
        expected = Settings("detente-paper", "ascii", animations=False, level="easy", reasons=True)
        assert read_settings(file)[0] == expected == app.settings
        assert (app.theme, app.start.map, app.start.level) == ("detente-paper", "ascii", "easy")
        assert app.animation_level == "none"
        await press(pilot, "escape")
        assert isinstance(app.screen, Home)
        assert app.new_here is False


async def test_a_change_keeps_what_an_option_overruled(tmp_path: Path) -> None:
    """With --theme nord another setting is changed: nord stays on the screen, the file keeps its own theme."""
    file = tmp_path / "settings.yaml"
    keep_settings(Settings("detente-paper"), file)
    app = app_for(Start(theme="nord", settings=file))
    async with app.run_test(size=(80, 24)) as pilot:
        app.settle(map="off")
        await settled(pilot)
        assert app.theme == "nord"
        assert read_settings(file)[0] == Settings("detente-paper", "off")


async def test_a_mouse_turns_a_setting() -> None:
    """A first click shows a setting, a second turns it."""
    app = app_for(Start())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        await press(pilot, "f6")
        await until(pilot, lambda: "Animations" in shown(pilot))
        for _ in range(2):
            await pilot.click(SettingsList, offset=(6, 2))
            await settled(pilot)
        assert app.settings.map == "blocks"


async def test_settings_that_cannot_be_kept_hold_and_are_told_once(tmp_path: Path) -> None:
    """A folder that is a file: the choice holds, and one sentence says that it is not kept."""
    (tmp_path / "blocked").write_text("", encoding="utf-8")
    app = app_for(Start(settings=tmp_path / "blocked" / "settings.yaml"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.settle(map="off")
        app.settle(level="hard")
        await settled(pilot)
        assert app.start.map == "off"
        assert sum("cannot be written" in note.message for note in app._notifications) == 1


async def test_a_broken_file_is_told_when_the_app_opens(tmp_path: Path) -> None:
    """One notification with file and line; the app stands."""
    file = tmp_path / "settings.yaml"
    file.write_text("map: brail\n", encoding="utf-8")
    app = app_for(Start(settings=file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        assert sum("line 1" in note.message for note in app._notifications) == 1


async def test_reasons_open_after_each_round_for_who_wants_them() -> None:
    """With the setting on, going on from a round leads to its reasons, over the room."""
    async with playing(FIRST) as pilot:
        app = app_of(pilot)
        app.settle(reasons=True)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        app.resolve_round()
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        await press(pilot, "enter")
        reasons = next(page.screen for page in PAGES if page.name == "reasons")
        await until(pilot, lambda: type(app.screen).__name__ == reasons)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))


async def test_another_map_style_is_drawn_at_once() -> None:
    """Switched off in the middle of a match, the map leaves the room; switched on, it comes back."""
    start = Start(scenario="border-standoff-2021", seat="armenia", seed=1)
    async with playing(start, size=(120, 40)) as pilot:
        app = app_of(pilot)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        room = app.screen
        for shown_now, key in ((False, "left"), (True, "right")):
            await press(pilot, "f6")
            await until(pilot, lambda: isinstance(app.screen, SettingsPage) and app.screen.is_ready)
            await press(pilot, "down", key, "escape")
            await until(pilot, lambda: app.screen is room)
            assert bool(room.query_one("#map").region) is shown_now


async def test_settings_lie_over_a_match() -> None:
    """F6 in the room and esc lead back to the room, its focus where it was."""
    async with playing(FIRST, size=(80, 24)) as pilot:
        app = app_of(pilot)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        focused = app.screen.focused
        await press(pilot, "f6")
        await until(pilot, lambda: isinstance(app.screen, SettingsPage) and app.screen.is_ready)
        await press(pilot, "f6", "escape")
        assert isinstance(app.screen, SituationRoom)
        assert app.screen.focused is focused
