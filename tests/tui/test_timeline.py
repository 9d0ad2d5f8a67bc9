"""The timeline: rounds walked and played again, a line of one's own from any of them, two side by side, replays."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copyfile

import pytest
from textual.pilot import Pilot

from sim.play import PERSON, Match
from sim.play.library import find
from sim.scenario.load import load
from sim.tui.app import DetenteApp
from sim.tui.screens.branches import BranchesPage, Lines
from sim.tui.screens.compare import Compared, ComparePage
from sim.tui.screens.dialogs import Ask, Tell
from sim.tui.screens.ending import Ending
from sim.tui.screens.home import Home
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.timeline import Then, TimelinePage, Told
from sim.tui.screens.why import WhyPage
from sim.tui.start import Start
from sim.tui.widgets.key_line import KeyLine
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.round_track import LABEL, RoundTrack
from tests.tui.conftest import app_for, app_of, playing, press, settled, shown, until

SIZES = [(80, 24), (120, 40)]


async def opened(pilot: Pilot[str], rounds: int = 3) -> TimelinePage:
    """Some rounds with one order each, then the timeline over the situation room."""
    app = app_of(pilot)
    for _ in range(rounds):
        one_round(app)
    app.enter_room()
    await until(pilot, lambda: isinstance(app.screen, SituationRoom | Ending) and app.screen.is_ready)
    await press(pilot, "l")
    return await on_timeline(pilot)


async def on_timeline(pilot: Pilot[str]) -> TimelinePage:
    """The timeline once it is filled."""
    await until(pilot, lambda: isinstance(pilot.app.screen, TimelinePage) and pilot.app.screen.stop is not None)
    assert isinstance(pilot.app.screen, TimelinePage)
    return pilot.app.screen


def one_round(app: DetenteApp, order: str = "protest:velmora>osk") -> None:
    """A round with one order."""
    assert app.desk is not None
    app.desk.add(order)
    app.desk.resolve(app.desk.think())


def at(pilot: Pilot[str]) -> int:
    """The round that the timeline shows."""
    assert isinstance(pilot.app.screen, TimelinePage)
    assert pilot.app.screen.stop is not None
    return pilot.app.screen.stop.round


async def click_key(pilot: Pilot[str], key: str) -> None:
    """Click a key of the footer."""
    found = re.search(rf"(?:^|   )({re.escape(key)} )", pilot.app.screen.query_one(KeyLine).render().plain)
    assert found is not None
    await pilot.click(KeyLine, offset=(found.start(1) + 2, 0))
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_rounds_are_walked_by_key(size: tuple[int, int]) -> None:
    """Arrows, home, end and digits go to rounds; each shows its date, tracks, own orders and news, as seen live."""
    async with playing(size=size) as pilot:
        page = await opened(pilot)
        desk = app_of(pilot).desk
        assert desk is not None
        assert at(pilot) == 4
        for key, number in (("left", 3), ("home", 1), ("left", 1), ("right", 2), ("3", 3), ("end", 4), ("1", 1)):
            await press(pilot, key)
            assert at(pilot) == number
            then = desk.situation_at(number)
            assert then is not None
            assert f"{then.date}, day {then.day}, round {number}" in page.query_one(Masthead).describe()
            said = page.query_one(Told).describe()
            if number < 4:
                assert "Protest to Osk in public" in said
                assert all(line.text in said for line in desk.dispatches(number))
            tracks = page.query_one(Then).describe() if size[0] >= 100 else said
            assert all(re.search(rf"{track.title}\s+{track.value}\b", tracks) for track in then.tracks)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, SituationRoom))


async def test_a_click_goes_to_a_round_and_resizing_keeps_it() -> None:
    """The rounds can be clicked; on a narrower terminal the same round is shown, its tracks in the list."""
    async with playing(size=(120, 40)) as pilot:
        page = await opened(pilot)
        row = page.query_one(RoundTrack).render().plain.splitlines()[2]
        await pilot.click(RoundTrack, offset=(row.index("2") + 1, 2))
        assert at(pilot) == 2
        await pilot.click(RoundTrack, offset=(LABEL - 4, 1))
        assert at(pilot) == 2
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "As it stood" in page.query_one(Told).describe())
        assert at(pilot) == 2
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: "As it stood" not in page.query_one(Told).describe())


async def test_play_runs_to_the_end_and_any_key_stops_it() -> None:
    """Space plays from the first round when it stands at the last; a key or a click stops; the pace can be changed."""
    async with playing() as pilot:
        page = await opened(pilot)
        await press(pilot, "f", "f", "space")
        assert page.playing
        assert at(pilot) < 4
        await press(pilot, "escape")
        assert not page.playing
        assert pilot.app.screen is page
        await press(pilot, "home", "space", "plus", "minus")
        assert page.playing
        await press(pilot, "left")
        assert not page.playing
        await press(pilot, "home", "space")
        await pilot.click(Told, offset=(3, 1))
        assert not page.playing
        await press(pilot, "home", "f", "f", "f", "space")
        await until(pilot, lambda: at(pilot) == 4)
        await until(pilot, lambda: not page.playing)


async def test_why_and_who_says_so_of_a_round() -> None:
    """`o` tells what moved a closed round by itself and why the others chose; an open round has no why yet."""
    async with playing() as pilot:
        await opened(pilot)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, TimelinePage)
        await press(pilot, "2", "o")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyPage) and pilot.app.screen.is_ready)
        assert "Why round 2 went so" in str(pilot.app.screen.query_one(".pane").border_title)
        await press(pilot, "escape")
        assert at(pilot) == 2


async def test_branch_and_compare_by_keyboard() -> None:
    """`n` asks once and plays on from a round; both lines stay, and `k` shows them side by side from where they part."""
    async with playing() as pilot:
        app = app_of(pilot)
        await opened(pilot)
        assert app.desk is not None
        await press(pilot, "2", "n")
        assert isinstance(app.screen, Ask)
        assert "line 1" in app.screen.text
        await press(pilot, "escape")
        assert at(pilot) == 2
        await press(pilot, "n", "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and "round 2 of 5" in shown(pilot))
        one_round(app, "gesture:velmora")
        await press(pilot, "l")
        await on_timeline(pilot)
        assert "line 2 of 2" in str(app.screen.query_one("#pane-rounds").border_title)
        await press(pilot, "k")
        await until(pilot, lambda: isinstance(app.screen, ComparePage) and "part in round 2" in shown(pilot))
        said = app.screen.query_one(Compared).describe()
        assert "on line 1 Velmora filed “Protest to Osk in public”, on line 2 “A conciliatory gesture”." in said
        await press(pilot, "x")
        await until(pilot, lambda: "Left: line 2" in shown(pilot))
        await press(pilot, "escape", "a")
        assert isinstance(app.screen, BranchesPage)
        app.screen.query_one(Lines).select_line(str(app.desk.branches()[0].head))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelinePage) and at(pilot) == 4)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and "round 4 of 5" in shown(pilot))


async def test_branch_and_compare_by_mouse() -> None:
    """The same with clicks alone: a round, the footer, the dialog, a line that leaves, the footer again."""
    async with playing() as pilot:
        app = app_of(pilot)
        page = await opened(pilot)
        row = page.query_one(RoundTrack).render().plain.splitlines()[2]
        await pilot.click(RoundTrack, offset=(row.index("3") + 1, 2))
        await click_key(pilot, "n")
        assert isinstance(app.screen, Ask)
        await pilot.click(".keys", offset=(1, 0))
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and "round 3 of 5" in shown(pilot))
        one_round(app, "gesture:velmora")
        await press(pilot, "l")
        page = await on_timeline(pilot)
        await click_key(pilot, "k")
        await until(pilot, lambda: isinstance(app.screen, ComparePage) and "part in round 3" in shown(pilot))
        await click_key(pilot, "esc")
        row = page.query_one(RoundTrack).render().plain.splitlines()[4]
        await pilot.click(RoundTrack, offset=(row.index("└") + 1, 4))
        assert at(pilot) == 3
        told = page.query_one(Told)
        told.select_line("fork:line 1")
        await settled(pilot)
        told.action_select()
        await until(pilot, lambda: "line 1 of 2" in str(app.screen.query_one("#pane-rounds").border_title))


async def test_of_more_than_two_lines_two_are_chosen() -> None:
    """With three lines `k` asks which: the marked one against the one under the cursor."""
    async with playing() as pilot:
        app = app_of(pilot)
        assert app.desk is not None
        one_round(app)
        for order in ("gesture:velmora", "protest:velmora>osk"):
            one_round(app, order)
            app.desk.undo()
        await opened(pilot, 1)
        await press(pilot, "k")
        assert isinstance(app.screen, BranchesPage)
        lines = app.screen.query_one(Lines)
        cards = {card.name: str(card.head) for card in app.desk.branches()}
        lines.select_line(cards["line 2"])
        await press(pilot, "m", "k")
        assert isinstance(app.screen, BranchesPage)
        lines.select_line(cards["line 1"])
        await settled(pilot)
        await until(pilot, lambda: "The lines part in round 2" in shown(pilot))
        await press(pilot, "k")
        await until(pilot, lambda: isinstance(app.screen, ComparePage) and "Left: line 1" in shown(pilot))
        assert "Right: line 2" in shown(pilot)


async def test_another_line_of_an_ended_match_leads_to_its_room_and_back_to_the_ending() -> None:
    """Leaving the timeline after going to another line shows that line: its room, or its ending."""
    async with playing() as pilot:
        app = app_of(pilot)
        assert app.desk is not None
        one_round(app)
        app.desk.undo()
        one_round(app, "gesture:velmora")
        while not app.desk.over:
            one_round(app)
        await opened(pilot, 0)
        assert "How it ended" in shown(pilot)
        open_line, ended = sorted(app.desk.branches(), key=lambda card: bool(card.ending))
        await press(pilot, "a")
        app.screen.query_one(Lines).select_line(str(open_line.head))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelinePage) and at(pilot) == open_line.round)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "l")
        await on_timeline(pilot)
        await press(pilot, "a")
        app.screen.query_one(Lines).select_line(str(ended.head))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelinePage) and "How it ended" in shown(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, Ending))


# -- saves


def kept(path: Path, seat: str | None = "velmora", rounds: int = 9) -> Path:
    """A save of first-round, played by one order a round or, without a seat, by policies alone."""
    from sim.policies import NAMES, policy
    from sim.words.desk import Desk

    loaded = load(find("first-round").folder, "first-round")
    policies = {name: policy(name) for name in NAMES}
    with Match.new(loaded, seed=7, level="easy", players={seat: PERSON} if seat else None) as match:
        desk = Desk(match, seat or "public", policies)
        for _ in range(rounds):
            if not desk.over:
                if seat:
                    desk.add("protest:velmora>osk")
                match.resolve(match.choose(policies) if seat is None else desk.think())
        match.save(path)
    return path


@pytest.mark.parametrize(("seat", "rounds", "viewer"), [
    ("velmora", 9, "Velmora"), ("velmora", 2, "Velmora"), (None, 9, "the facilitator"), (None, 1, "the public")])
async def test_a_replay_reads_a_save_and_leaves_it_as_it_was(tmp_path: Path, seat: str | None, rounds: int,
                                                             viewer: str) -> None:
    """Any save opens on the timeline through the right eyes; walking it and leaving change no byte, and ask nothing."""
    path = kept(tmp_path / "week.detente", seat, rounds)
    before = path.read_bytes()
    app = app_for(Start(load=path, replay=True, round=2))
    async with app.run_test(size=(100, 30)) as pilot:
        await on_timeline(pilot)
        assert at(pilot) == 2
        assert f"Seat: {viewer}." in shown(pilot)
        await press(pilot, "end", "a", "escape", "home", "ctrl+q")
    assert app.return_value == ""
    assert app.fault is None
    assert path.read_bytes() == before
    assert files(tmp_path) == ["week.detente"]


async def test_from_a_replay_a_round_is_played_on_in_the_same_save(tmp_path: Path) -> None:
    """`n` in a replay opens the save; the round that follows is a new line in it, and the old one stays."""
    path = kept(tmp_path / "week.detente")
    app = app_for(Start(load=path, replay=True))
    async with app.run_test(size=(100, 30)) as pilot:
        await on_timeline(pilot)
        await press(pilot, "2", "n", "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and "round 2 of 5" in shown(pilot))
        one_round(app, "gesture:velmora")
        await press(pilot, "ctrl+q", "ctrl+q")
    assert app.return_value == str(path)
    with Match.load(path) as match:
        assert match.round == 3
        assert len(match.branches()) == 2


async def test_a_save_that_another_holds_is_not_played_on_and_the_replay_stays(tmp_path: Path) -> None:
    """Playing on from a save that was opened elsewhere meanwhile is refused in a sentence; the replay goes on."""
    path = kept(tmp_path / "week.detente")
    app = app_for(Start(load=path, replay=True))
    async with app.run_test(size=(100, 30)) as pilot:
        await on_timeline(pilot)
        with Match.load(path) as held:
            await press(pilot, "2", "n", "enter")
            await until(pilot, lambda: isinstance(app.screen, Tell))
            assert "open in another Detente" in shown(pilot)
            assert len(held.branches()) == 1
        await press(pilot, "escape", "3")
        assert at(pilot) == 3
        assert app.start.replay


async def test_a_replay_of_home_leads_back_home(tmp_path: Path) -> None:
    """`DetenteApp.replay` is the way in from the home screen, and esc the way back."""
    path = kept(tmp_path / "week.detente", rounds=2)
    app = app_for(Start())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Home) and app.screen.is_ready)
        app.replay(path)
        await on_timeline(pilot)
        assert at(pilot) == 3
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, Home))
        assert app.desk is None


def files(folder: Path) -> list[str]:
    """The names of all files below a folder that are saves or stand beside one."""
    return [it.name for it in folder.rglob("*.detente*")]


def saves(home: Path) -> list[Path]:
    """The saves of this user."""
    return sorted((home / "saves").glob("*.detente")) if (home / "saves").is_dir() else []


async def test_a_match_that_nobody_plays_is_read_instead_of_refused(tmp_path: Path) -> None:
    """Going on with a match of policies alone opens its timeline, which offers nothing to play on from."""
    path = kept(tmp_path / "week.detente", None)
    app = app_for(Start(load=path))
    async with app.run_test(size=(100, 30)) as pilot:
        page = await on_timeline(pilot)
        assert app.start.replay
        await press(pilot, "1", "n")
        assert app.screen is page


def copied(path: Path) -> Path:
    """A copy of a save that is open."""
    return Path(copyfile(path, path.with_suffix(".copy")))


async def test_leaving_before_anything_is_filed_leaves_no_file(home: Path) -> None:
    """The room, its pages and a look around make no save; leaving says so, and returns no file."""
    async with playing() as pilot:
        app = app_of(pilot)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "l", "escape", "ctrl+q")
        assert isinstance(app.screen, Ask)
        assert "nothing to save" in app.screen.text
        await press(pilot, "ctrl+q")
    assert app.return_value == ""
    assert saves(home) == []


async def test_a_filed_order_is_in_the_file_before_the_next_key(home: Path) -> None:
    """The first order makes the save and is in it at once; so is a round resolved without orders."""
    async with playing() as pilot:
        app = app_of(pilot)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        assert saves(home) == []
        assert app.desk is not None
        app.desk.add("protest:velmora>osk")
        (path,) = saves(home)
        # as after a kill: what is in the file, not what the app would still write
        filed = Match.read(copied(path)).filed("velmora")
        assert filed is not None
        assert filed.moves == ("protest:velmora>osk",)
    async with playing() as pilot:
        app = app_of(pilot)
        assert app.desk is not None
        app.desk.resolve(app.desk.think())
        second = next(it for it in saves(home) if it != path)
        assert Match.read(copied(second)).round == 2


async def test_asked_for_a_save_is_made_though_nothing_was_filed(home: Path) -> None:
    """`s` writes the match whatever was done."""
    async with playing() as pilot:
        app = app_of(pilot)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "s")
        assert len(saves(home)) == 1


async def test_undo_says_that_orders_must_be_filed_again() -> None:
    """The message after undo names the round and what no longer stands."""
    async with playing() as pilot:
        app = app_of(pilot)
        one_round(app)
        app.enter_room()
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "u")
        assert "Round 1 is open again; your 1 order no longer stands and must be filed again." in [
            note.message for note in app._notifications]
