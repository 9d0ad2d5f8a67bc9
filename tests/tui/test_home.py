"""The home screen: what can be played, what waits, what ended; filters, search, deleting, a first visit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sim.play import PERSON, Match
from sim.play.library import find
from sim.play.paths import new_save_path, saves_folder
from sim.policies import NAMES, policy
from sim.scenario.load import load
from sim.tui.app import DetenteApp
from sim.tui.lines.library import Narrowing
from sim.tui.screens.dialogs import Ask, Tell
from sim.tui.screens.home import Home, Library
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.settings import SettingsPage
from sim.tui.settings import Settings, keep_settings
from sim.tui.start import Start
from sim.tui.widgets.sieve import SearchInput, SieveRow
from sim.words.models import Card
from tests.tui.conftest import app_for, press, settled, shown, until

SIZES = [(80, 24), (100, 30), (120, 40)]


def played(seat: str, rounds: int) -> Path:
    """A save of first-round after some rounds."""
    with Match.new(load(find("first-round").folder), seed=4, until="week", players={seat: PERSON}, level="easy") as match:
        path = new_save_path("first-round", seat)
        match.save(path)
        policies = {name: policy(name) for name in NAMES}
        for _ in range(rounds):
            if not match.ended:
                match.resolve(match.choose(policies))
    return path


def ids(app: DetenteApp) -> list[str]:
    """What can be chosen, in order."""
    return [line.id for line in app.screen.query_one(Library).shown if not line.heading]


async def filled(pilot: Pilot[str]) -> None:
    """The library has been read."""
    await until(pilot, lambda: "First Round" in shown(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_a_first_visit_offers_the_tour_first(size: tuple[int, int]) -> None:
    """Without saves and settings the cursor stands on the tour; the library, settings and keys are in sight."""
    app = app_for(Start())
    async with app.run_test(size=size) as pilot:
        await filled(pilot)
        assert ids(app)[0] == "tour"
        current = app.screen.query_one(Library).current
        assert current is not None
        assert current.id == "tour"
        said = shown(pilot)
        for text in ("New here?", "The Border Standoff, May 2021", "Settings", "q Quit", "Everyone else has reasons"):
            assert text in said


async def test_who_has_settled_something_is_not_new(tmp_path: Path) -> None:
    """With a settings file the tour moves down, and the cursor stands on the first scenario."""
    keep_settings(Settings(), tmp_path / "settings.yaml")
    app = app_for(Start(settings=tmp_path / "settings.yaml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await filled(pilot)
        assert ids(app)[0].startswith("card:")
        assert "tour" in ids(app)


async def test_the_newest_open_match_waits_at_the_top_and_one_key_goes_on() -> None:
    """Ended matches are marked and listed after it; seats have names; c opens the room of the newest open one."""
    played("velmora", 5)
    open_one = played("osk", 2)
    app = app_for(Start())
    async with app.run_test(size=(120, 40)) as pilot:
        await filled(pilot)
        first = app.screen.query_one(Library).current
        assert first is not None
        assert "Osk" in first.said
        assert "round 3 of 5, easy" in first.said
        ended = next(line for line in app.screen.query_one(Library).shown if "Velmora" in line.said)
        assert ended.said.strip().startswith("■")
        assert re.search(r"ended in round \d: \w+", ended.said)
        assert not re.search(r"\bosk\b|\bvelmora\b|-1\.detente", first.said + ended.said)
        await press(pilot, "c")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        assert "round 3 of 5" in shown(pilot)
        assert app.start.load == open_one


async def test_a_match_is_deleted_after_a_question() -> None:
    """X asks; esc keeps the file, enter deletes it and the list is without it."""
    path = played("osk", 1)
    app = app_for(Start())
    async with app.run_test(size=(80, 24)) as pilot:
        await filled(pilot)
        await press(pilot, "x")
        assert isinstance(app.screen, Ask)
        assert "First Round, Osk" in shown(pilot)
        await press(pilot, "escape")
        assert path.exists()
        await press(pilot, "x", "enter")
        await until(pilot, lambda: "save:0" not in ids(app))
        assert not path.exists()
        assert "Osk" not in shown(pilot)


async def test_a_damaged_save_is_listed_with_what_is_wrong() -> None:
    """Bytes that are no match stand in the list with a sentence; enter tells it, x deletes it, c passes it over."""
    saves_folder().mkdir(parents=True)
    (saves_folder() / "torn.detente").write_bytes(b"no match")
    app = app_for(Start())
    async with app.run_test(size=(100, 30)) as pilot:
        await filled(pilot)
        app.screen.query_one(Library).select_line("save:0")
        await settled(pilot)
        assert "torn.detente" in shown(pilot)
        await press(pilot, "c")
        assert isinstance(app.screen, Home)
        await press(pilot, "enter")
        assert isinstance(app.screen, Tell)
        await press(pilot, "escape", "x", "enter")
        await until(pilot, lambda: "save:0" not in ids(app))


async def test_keys_and_clicks_narrow_the_library() -> None:
    """Each key turns its sieve through the values that occur and back to any; a click on the row does the same."""
    app = app_for(Start())
    async with app.run_test(size=(100, 30)) as pilot:
        await filled(pilot)
        whole = ids(app)
        assert {"card:first-round", "card:border-standoff-2021"} <= set(whole)
        row = app.screen.query_one(SieveRow)
        seen = set()
        for _ in range(4):
            await press(pilot, "k")
            seen.add(frozenset(id for id in ids(app) if id.startswith("card:")))
        assert frozenset({"card:first-round", "card:herring-sound"}) in seen
        assert frozenset({"card:border-standoff-2021"}) in seen
        while "kind" in row.describe():
            await press(pilot, "k")
        assert ids(app) == whole
        at = row.render().plain.index("length")
        await pilot.click(SieveRow, offset=(at + 3, 0))
        await settled(pilot)
        assert "length" in row.describe()
        assert ids(app) != whole


async def test_typing_searches_and_esc_shows_all() -> None:
    """`/` and words narrow scenarios and matches; enter goes to the list, esc in the search shows all again."""
    played("osk", 1)
    app = app_for(Start())
    async with app.run_test(size=(80, 24)) as pilot:
        await filled(pilot)
        whole = ids(app)
        await press(pilot, "slash", *"syunik")
        assert [id for id in ids(app) if id.startswith(("card:", "save:"))] == ["card:border-standoff-2021"]
        await press(pilot, "enter")
        assert isinstance(app.screen.focused, Library)
        await press(pilot, "slash")
        assert isinstance(app.screen.focused, SearchInput)
        await press(pilot, "escape")
        assert ids(app) == whole
        await press(pilot, "slash", *"nothing fits", "enter")
        assert "Nothing fits" in shown(pilot)


def test_sieves_know_lengths_and_seats() -> None:
    """The shortest leg decides the length, the number of seats the other; what is not known fits only any."""
    def card(minutes: int, seats: int) -> Card:
        return Card("x", "X", "", "", "", "", tuple((str(n), str(n)) for n in range(seats)), "",
                    (("leg", "Leg", 5, minutes),))

    short, long = card(10, 2), card(90, 5)
    first = Narrowing().turned("length", [short, long])
    assert [first.takes(it) for it in (short, long)] == [False, True]
    second = first.turned("length", [short, long])
    assert [second.takes(it) for it in (short, long)] == [True, False]
    assert second.turned("length", [short, long]) == Narrowing()
    assert not first.takes(card(0, 2))
    many = Narrowing({"seats": "5 or more"})
    assert [many.takes(it) for it in (short, long)] == [False, True]


async def test_settings_and_all_about_a_scenario_are_one_key_away() -> None:
    """The entry and F6 open the settings; i shows the whole card in a dialog."""
    app = app_for(Start())
    async with app.run_test(size=(80, 24)) as pilot:
        await filled(pilot)
        app.screen.query_one(Library).select_line("card:border-standoff-2021")
        await press(pilot, "i")
        assert isinstance(app.screen, Tell)
        assert "Syunik" in shown(pilot)
        await press(pilot, "escape")
        app.screen.query_one(Library).select_line("settings")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsPage))


async def test_a_match_can_be_replayed_from_home() -> None:
    """R opens the match under the cursor to read, and leaves its file as it was."""
    path = played("osk", 3)
    before = path.read_bytes()
    app = app_for(Start())
    async with app.run_test(size=(120, 40)) as pilot:
        await filled(pilot)
        await press(pilot, "r")
        await until(pilot, lambda: app.desk is not None and app.start.replay)
        await settled(pilot)
        assert path.read_bytes() == before
