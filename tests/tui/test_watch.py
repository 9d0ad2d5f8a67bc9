"""The watch screen: what a save does is seen, the game is played, and nothing that does not load takes it away."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sim.authoring.watching.bench import Bench
from sim.authoring.watching.files import SETTLE
from sim.authoring.watching.script import Script
from sim.tui.screens.dialogs import Tell
from sim.tui.screens.timeline import TimelinePage
from sim.tui.screens.watch import WatchScreen
from sim.tui.screens.watch_start import BeginElsewhere, HowMany
from sim.tui.start import Start
from sim.tui.watch_app import WatchApp
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.tab_strip import TabStrip
from sim.tui.widgets.watch_panes import MapPane, ProblemPane
from tests.terminal import Terminal
from tests.tui.conftest import press, settled, shown, until
from tests.tui.test_every_screen import covers, speaks


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Author:
    """A pilot of the watch screen over a copy of the small scenario, and its editor."""

    def __init__(self, folder: Path, retesting: float = 0) -> None:
        self.folder = folder / "first-round"
        shutil.copytree("scenarios/first-round", self.folder)
        self.file = self.folder / "scenario.yaml"
        self.text = self.file.read_text(encoding="utf-8")
        self.clock = Clock()
        self.bench = Bench(self.folder, str(self.folder), Script(seed=3), self.clock)
        self.app = WatchApp(Start(), self.bench, first=2, every=0, retesting=retesting)
        self.app.animation_level = "none"

    @property
    def screen(self) -> WatchScreen:
        """The watch screen, whatever lies over it."""
        return next(it for it in self.app.screen_stack if isinstance(it, WatchScreen))

    @asynccontextmanager
    async def watching(self, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[str]]:
        """The pilot once the game is shown."""
        async with self.app.run_test(size=size) as pilot:
            await until_of(self, pilot, lambda: self.screen.scene is not None)
            yield pilot
            if self.app.fault is not None:
                raise self.app.fault

    async def saves(self, pilot: Pilot[str], old: str = "", new: str = "") -> None:
        """Save the original with some words replaced, and wait until that is seen."""
        assert old in self.text
        before = self.screen.scene
        assert before is not None
        self.file.write_text(self.text.replace(old, new, 1) if old else self.text, encoding="utf-8")
        await self.screen.look()
        self.clock.now += 2 * SETTLE
        await self.screen.look()
        await until_of(self, pilot, lambda: self.screen.scene is not None
                       and self.screen.scene.report.saves > before.report.saves)


async def until_of(author: Author, pilot: Pilot[str], holds: object) -> None:
    """Let the app work until something holds."""
    assert callable(holds)
    await until(pilot, lambda: author.app.fault is not None or holds())
    if author.app.fault is not None:
        raise author.app.fault


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Somebody at work."""
    return Author(tmp_path)


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (80, 24)])
async def test_a_save_shows_before_after_and_the_line(author: Author, size: tuple[int, int]) -> None:
    """The first dispatch that differs stands there in both forms with the line of the file, at every size."""
    async with author.watching(size) as pilot:
        await author.saves(pilot, "protests against the conduct of", "complains of")
        await press(pilot, "f4")
        said = shown(pilot)
        assert "First dispatch that differs, round " in said
        assert "protests against the conduct of" in said
        assert "complains of" in said
        line = author.file.read_text(encoding="utf-8").split("\n").index(
            next(it for it in author.file.read_text(encoding="utf-8").split("\n") if "complains of" in it)) + 1
        assert f"scenario.yaml:{line}" in said
        await press(pilot, "enter")
        assert isinstance(author.app.screen, Tell)


async def test_a_file_that_does_not_load_keeps_the_game(author: Author) -> None:
    """The problem stands with its line in context and opens whole; the game is played on and told to be the last good."""
    async with author.watching() as pilot:
        await author.saves(pilot, "tier: measures", "tier: messures")
        said = shown(pilot)
        assert "1 error" in said
        assert "the last good game stays playable" in said
        assert "▲▲▲" in said
        await press(pilot, "f2", "enter")
        assert "messures" in shown(pilot)
        await press(pilot, "escape", "r")
        await until_of(author, pilot, lambda: len(author.bench.match().rounds) == 3)
        await author.saves(pilot)
        assert len(author.bench.match().rounds) == 3
        assert "1 error" not in shown(pilot)


async def test_the_line_with_the_mistake_is_seen_on_a_small_terminal(author: Author) -> None:
    """Under a long advice too: its number, its words and the mark below them, in 80 columns and 24 rows."""
    author.file.write_text(author.text.replace("hint: Lowers", "advice: Lowers", 1), encoding="utf-8")
    async with author.watching((80, 24)):
        about = author.screen.query_one("#about", Detail).render().plain
        line = next(n for n, it in enumerate(author.file.read_text(encoding="utf-8").split("\n"), 1) if "advice: Lowers" in it)
        assert f" {line} │" in about.split("\n")[0]
        assert "advice" in about.split("\n")[0]
        assert "▲▲▲" in about
        assert "M001" in about


async def test_orders_of_any_seat(author: Author) -> None:
    """Enter orders for the seat that is shown, s goes to the next, r closes the round with policies for the others."""
    async with author.watching() as pilot:
        moves = author.screen.query_one("#moves", LineList)
        moves.focus()
        moves.select_line("gesture:velmora")
        await press(pilot, "enter")
        await until_of(author, pilot, lambda: author.bench.match().filed("velmora") is not None)
        await press(pilot, "s")
        await until_of(author, pilot, lambda: "Moves of Osk" in str(author.screen.query_one("#watch-moves").border_title))
        author.screen.query_one("#moves", LineList).select_line("protest:osk>velmora")
        await press(pilot, "enter")
        await until_of(author, pilot, lambda: author.bench.match().filed("osk") is not None)
        number = author.bench.match().round
        await press(pilot, "r")
        await until_of(author, pilot, lambda: len(author.bench.match().rounds) == number)
        played = author.bench.match().rounds[-1]
        assert {seat: it.moves for seat, it in played.orders.items()} == {
            "velmora": ("gesture:velmora",), "osk": ("protest:osk>velmora",)}
        await press(pilot, "u")
        await until_of(author, pilot, lambda: author.bench.match().round == number)
        assert author.bench.match().filed("osk") is not None


async def test_policies_play_to_the_end(author: Author) -> None:
    """How many rounds is asked; at the end the screen says what can still be done."""
    async with author.watching() as pilot:
        await press(pilot, "a")
        assert isinstance(author.app.screen, HowMany)
        await press(pilot, "enter")
        await until_of(author, pilot, lambda: author.bench.match().ended and not author.screen.check_action("close_round", ()))
        assert "The game is over" in str(author.screen.query_one("#watch-moves").border_title)


async def test_begin_elsewhere(author: Author) -> None:
    """Values are checked as they are typed, with ranges and the nearest name; then the game begins there."""
    async with author.watching() as pilot:
        await press(pilot, "n")
        dialog = author.app.screen
        assert isinstance(dialog, BeginElsewhere)
        values = dialog.query_one("#values")
        values.value = "tensoin=70"  # type: ignore[attr-defined]
        await settled(pilot)
        assert "did you mean `tension`" in shown(pilot)
        await press(pilot, "enter")
        assert author.app.screen is dialog
        values.value = "tension=700"  # type: ignore[attr-defined]
        await settled(pilot)
        assert "between 0 and 100" in shown(pilot)
        values.value = "tension=70 phase=talks"  # type: ignore[attr-defined]
        dialog.query_one("#round").value = "4"  # type: ignore[attr-defined]
        await settled(pilot)
        assert "It can begin so" in shown(pilot)
        speaks(pilot, "begin elsewhere")
        await press(pilot, "enter")
        await until_of(author, pilot, lambda: author.bench.match().first == 4)
        await until_of(author, pilot, lambda: "began in round 4" in shown(pilot))


async def test_the_map_and_its_heat(author: Author) -> None:
    """The way of the game is lit; v shows another map, h how often quick games come to each place."""
    async with author.watching() as pilot:
        await press(pilot, "f3")
        assert "▣ Quarrel" in author.screen.query_one(MapPane).describe()
        await press(pilot, "h")
        await until_of(author, pilot, lambda: "quick games" in str(author.screen.query_one("#watch-story").border_title))
        assert "100 %" in author.screen.query_one(MapPane).describe()
        await press(pilot, "v")
        await until_of(author, pilot, lambda: "provisions" in str(author.screen.query_one("#watch-story").border_title))


async def test_promises_are_retested(tmp_path: Path) -> None:
    """Each promise of the file has its verdict after a while, what shows it can be played, and an edit may break it."""
    author = Author(tmp_path, retesting=10)
    async with author.watching() as pilot:
        pane = author.screen.query_one(ProblemPane)
        await until_of(author, pilot, lambda: "✓ open_bridge can happen" in pane.describe())
        await press(pilot, "f2", "b")
        await until_of(author, pilot, lambda: author.bench.match().state.ending == "open_bridge")
        assert len(author.bench.match().rounds) == author.bench.promised()[0].round
        await author.saves(pilot, "when: [lanes == 0, met]", "when: [lanes == 0, tension >= 200 - tension, met, tension < 60]")
        await until_of(author, pilot, lambda: "✗ open_bridge can happen" in pane.describe())
        await author.saves(pilot, "expect: [open_bridge can happen, ", "expect: [open_bridge can happen, war cannot happen, ")
        await until_of(author, pilot, lambda: "✗ war cannot happen" in pane.describe())
        assert "✗ 1 promise broken" in shown(pilot)
        assert "F2 Problems ✗1" in author.screen.query_one(TabStrip).render().plain
        await press(pilot, "f2", "b")
        await until_of(author, pilot, lambda: author.bench.match().state.ending == "war")


async def test_pages_of_the_room_read_this_game(author: Author) -> None:
    """A page one key away shows the game as its facilitator reads it; a save beneath it is told."""
    async with author.watching() as pilot:
        await press(pilot, "l")
        await until_of(author, pilot, lambda: isinstance(author.app.screen, TimelinePage) and author.app.screen.is_ready)
        await author.saves(pilot, "drift: {to: 40, by: 2}", "drift: {to: 40, by: 3}")
        await press(pilot, "escape")
        assert author.app.screen is author.screen


async def test_every_widget_speaks_and_minds_no_resize(author: Author) -> None:
    """Each says what it shows and helps; every breakpoint is crossed with problems, differences and a game in sight."""
    async with author.watching() as pilot:
        speaks(pilot, "watch")
        await author.saves(pilot, "drift: {to: 40, by: 2}", "drift: {to: 40, by: 3}")
        for width, height in ((99, 36), (60, 12), (100, 24), (150, 60)):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            speaks(pilot, f"watch at {width}×{height}")
            assert bool(covers(author.app)) == (width < 80 or height < 24)
        await pilot.resize_terminal(80, 24)
        for key, pane in (("f2", "problems"), ("f3", "story"), ("f4", "changed"), ("f5", "moves"), ("f7", "wire"),
                          ("f8", "tracks")):
            await press(pilot, key)
            assert author.screen.query_one(f"#{pane}").region, key


async def test_it_opens_on_a_file_that_has_never_loaded(author: Author) -> None:
    """There is no game yet and that is said; the first save that loads begins it."""
    author.file.write_text(author.text.replace("tier: measures", "tier: messures", 1), encoding="utf-8")
    async with author.watching() as pilot:
        assert "no game yet" in shown(pilot)
        await press(pilot, "r", "n", "h", "l")
        assert author.app.screen is author.screen
        await author.saves(pilot)
        assert author.bench.game_stands
        assert "no problems" in shown(pilot)


def test_on_a_terminal(tmp_path: Path) -> None:
    """For real: the files are looked at by themselves, a save is seen, and Ctrl-C leaves with 130."""
    folder = tmp_path / "first-round"
    shutil.copytree("scenarios/first-round", folder)
    file = folder / "scenario.yaml"
    with Terminal.detente(tmp_path / "home", "watch", str(folder), "--seed", "3", "--round", "2", "--set", "tension=64",
                          size=(120, 40)) as it:
        it.until(lambda text: "no problems" in text and "began in round 2" in text)
        text = file.read_text(encoding="utf-8")
        beside = folder / ".scenario.yaml.new"
        beside.write_text(text.replace("tension=64", "").replace("tier: measures", "tier: messures", 1), encoding="utf-8")
        beside.replace(file)
        it.until(lambda text: "1 error" in text and "the last good game stays playable" in text)
        file.write_text(text, encoding="utf-8")
        it.until(lambda text: "The game is the same" in text)
        it.press("\x03")
        code, _ = it.left()
        assert code == 130


def test_line_by_line(tmp_path: Path) -> None:
    """With --plain a line tells every save: the first difference and its line, or the first problem; Ctrl-C ends it."""
    folder = tmp_path / "s"
    shutil.copytree("scenarios/first-round", folder)
    file = folder / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    with Terminal.detente(tmp_path / "home", "watch", str(folder), "--plain", "--seed", "3", size=(240, 24)) as it:
        it.until(lambda said: "no problems; the game ended in round" in said)
        file.write_text(text.replace("protests against the conduct of", "complains of", 1), encoding="utf-8")
        it.until(lambda said: "complains of" in said and "scenario.yaml:" in said)
        file.write_text(text.replace("tier: measures", "tier: messures", 1), encoding="utf-8")
        it.until(lambda said: "1 error;" in said and "the last good game stays" in said)
        it.press("\x03")
        assert it.left()[0] == 130
