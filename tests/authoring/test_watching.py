"""A scenario that is edited under a game: what each save does to it, and which line of the file that comes from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.authoring.watching.bench import Bench, Report
from sim.authoring.watching.blame import hunks
from sim.authoring.watching.files import GONE, SETTLE, Watched
from sim.authoring.watching.scene import scene, settable
from sim.authoring.watching.script import Script
from sim.errors import UsageError
from sim.play.beginning import Beginning
from sim.play.saves import card
from sim.rules import CONTROL
from sim.scenario.load import load, load_files


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Author:
    """Somebody who edits a copy of the small scenario, and the bench that watches."""

    def __init__(self, folder: Path, script: Script) -> None:
        self.folder = folder / "first-round"
        shutil.copytree("scenarios/first-round", self.folder)
        self.file = self.folder / "scenario.yaml"
        self.text = self.file.read_text(encoding="utf-8")
        self.clock = Clock()
        self.bench = Bench(self.folder, str(self.folder), script, self.clock)
        self.bench.open()

    def saves(self, *edits: tuple[str, str]) -> Report:
        """Save the original with these words replaced; the report that comes of it."""
        text = self.text
        for old, new in edits:
            assert old in text
            text = text.replace(old, new, 1)
        self.file.write_text(text, encoding="utf-8")
        return self.seen()

    def seen(self) -> Report:
        """The report once what was written has come to rest."""
        assert self.bench.look() is None
        self.clock.now += 2 * SETTLE
        found = self.bench.look()
        assert found is not None
        return found

    def line(self, words: str) -> int:
        """The line of the file that holds some words."""
        lines = self.file.read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """An author whose game has come to round 4."""
    it = Author(tmp_path, Script(seed=3))
    assert it.bench.close_round(3) == 3
    return it


DRIFT = "drift: {to: 40, by: 2}"
PROTEST = "protests against the conduct of"


def test_the_same_game_is_played_again(author: Author) -> None:
    """A save that changes nothing of the game leaves it equal, entry by entry."""
    before = author.bench.match()
    report = author.saves(("blurb: A bridge", "blurb: The bridge"))
    assert report.loads
    assert report.change is not None
    assert report.change.same
    now = author.bench.match()
    assert now is not before
    assert [entry.events for entry in now.line()] == [entry.events for entry in before.line()]


def test_the_first_dispatch_that_differs_and_its_line(author: Author) -> None:
    """An edited text: before and after stand side by side, and the line is the edited one."""
    change = author.saves((PROTEST, "complains of")).change
    assert change is not None
    assert change.dispatch is not None
    assert change.dispatch.before is not None
    assert change.dispatch.after is not None
    assert PROTEST in change.dispatch.before.text
    assert "complains of" in change.dispatch.after.text
    assert change.blame is not None
    assert change.blame.how == "only"
    assert change.blame.span == (author.line("complains of"),) * 2


def test_what_began_without_a_dispatch_is_told_too(author: Author) -> None:
    """A drift has no dispatch: the first dispatch that differs is later, and the cause is named with its line."""
    change = author.saves((DRIFT, "drift: {to: 40, by: 4}")).change
    assert change is not None
    assert change.cause is not None
    assert change.cause.round == 1
    assert not change.cause.later.told
    assert change.dispatch is not None
    assert change.dispatch.round > 1
    assert change.blame is not None
    assert change.blame.span == (author.line("by: 4"),) * 2


def test_of_several_edits_the_one_responsible_is_found_by_trying(author: Author) -> None:
    """Three places were edited: the one that alone makes the same difference is blamed, wherever it stands."""
    change = author.saves(("title: Storm", "title: A storm"), (DRIFT, "drift: {to: 40, by: 4}"),
                          ("A bridge, a closed lane", "A bridge, one lane")).change
    assert change is not None
    assert change.blame is not None
    assert change.blame.how == "tried"
    assert change.blame.span == (author.line("by: 4"),) * 2


def test_lines_that_were_taken_out_are_told_as_such(author: Author) -> None:
    """Where the responsible lines are gone, it says so and names the place."""
    storm = author.text[author.text.index("injects:"):author.text.index("endings:")]
    report = author.saves((storm, ""))
    assert report.change is not None
    assert report.change.dispatch is not None
    assert report.change.dispatch.after is None
    assert report.change.blame is not None
    assert "taken out" in report.change.blame.sentence


def test_where_it_cannot_be_told_it_says_so(tmp_path: Path) -> None:
    """Many edits at once that only together make the difference: no line is made up."""
    author = Author(tmp_path, Script(seed=3))
    author.bench.close_round(3)
    # neither edit alone changes what was played: the flag of the one is read by the other
    report = author.saves(("flags: {met:", "flags: {warned: {text: A warning.}, met:"),
                          ("change: {tension: 6}, dispatch", "set: {warned: true}, change: {tension: 6}, dispatch"),
                          ("rules: {rumour:", "rules: {echo: {when: warned, change: {tension: 1}, dispatch: An echo.}, rumour:"))
    assert report.loads, report.problems
    change = report.change
    assert change is not None
    assert change.blame is not None
    assert change.blame.how in ("edited", "place", "unknown")
    assert change.blame.sentence


def test_an_order_that_is_no_longer_legal(tmp_path: Path) -> None:
    """It is named with the reason and its line, the rest is played, and it comes back once it is legal again."""
    author = Author(tmp_path, Script(seed=3))
    desk = author.bench.desk("osk")
    assert desk.add("open_lane:osk") is None
    author.bench.follow()
    author.bench.close_round(2)
    report = author.saves(("group: offer, when: lanes > 0, change: {lanes: -1, tension: -6",
                           "group: offer, when: lanes > 1, change: {lanes: -1, tension: -6"))
    assert report.change is not None
    (left,) = report.change.left_out
    assert (left.round, left.seat, left.key, left.known) == (1, "osk", "open_lane:osk", True)
    assert "lanes" in left.because.casefold()
    assert report.change.left_out_by[0].span == (author.line("lanes > 1"),) * 2
    assert author.bench.match().round == 3
    back = author.saves()
    assert back.change is not None
    assert not back.change.left_out
    assert author.bench.match().rounds[0].orders["osk"].moves == ("open_lane:osk",)


def test_a_move_that_is_gone(tmp_path: Path) -> None:
    """Its order is left out under the title that it had."""
    author = Author(tmp_path, Script(seed=3))
    author.bench.desk("osk").add("open_lane:osk")
    author.bench.follow()
    author.bench.close_round()
    report = author.saves(("  open_lane: {", "  give_lane: {"), ("open_lane: 4", "give_lane: 4"))
    assert report.change is not None
    (left,) = report.change.left_out
    assert not left.known
    assert left.title == "Open a lane"


def test_a_game_that_is_over_before(author: Author) -> None:
    """It stops where it ends, says how many rounds were not played, and plays them once it may."""
    report = author.saves(("when: tension >= 95", "when: tension >= 20"))
    assert report.change is not None
    assert author.bench.match().ended
    assert report.change.unplayed == 2
    author.saves()
    assert author.bench.match().round == 4


def test_a_file_that_does_not_load_leaves_the_last_game(author: Author) -> None:
    """Problems are those of `check` with the lines around them; the game stays, is played on, and is played again."""
    stands = author.bench.match()
    report = author.saves(("tier: measures", "tier: messures"))
    assert not report.loads
    assert author.bench.match() is stands
    (problem,) = report.problems
    assert problem.line == author.line("messures")
    assert "messures" in dict(problem.around)[problem.line]
    assert "^" in problem.rendered()
    author.bench.close_round()
    assert len(author.bench.match().rounds) == 4
    assert author.saves().loads
    assert len(author.bench.match().rounds) == 4


def test_what_can_be_ordered_now(author: Author) -> None:
    """Where what was played is the same, moves that opened or closed in the open round are told."""
    report = author.saves(("  protest: {title:", '  wave: {title: "Wave at {target}", by: osk, to: parties, tier: statements, '
                           "group: press, dispatch: A wave.}\n  protest: {title:"))
    assert report.change is not None
    assert report.change.dispatch is None
    assert ("Osk", "Wave at Velmora") in report.change.opened
    assert report.change.blame is not None
    assert report.change.blame.span == (author.line("wave:"),) * 2


# -- files


def watched(tmp_path: Path) -> tuple[Watched, Path, Clock]:
    """A watched copy of the small scenario."""
    clock = Clock()
    folder = tmp_path / "first-round"
    shutil.copytree("scenarios/first-round", folder)
    it = Watched(folder, clock=clock)
    it.first()
    return it, folder / "scenario.yaml", clock


def rewritten(file: Path) -> None:
    """As most editors save."""
    file.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")


def renamed(file: Path) -> None:
    """As editors save that write beside the file and rename."""
    beside = file.with_name(".scenario.yaml.swp")
    beside.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    beside.replace(file)


def briefed(file: Path) -> None:
    """Another file of the folder, which was not there."""
    (file.parent / "briefs").mkdir()
    (file.parent / "briefs" / "osk.md").write_text("# Public\nA lane.\n", encoding="utf-8")


@pytest.mark.parametrize("save", [rewritten, renamed, briefed])
def test_saves_are_seen_once(tmp_path: Path, save: Callable[[Path], None]) -> None:
    """Every way of saving is seen, once, when it has come to rest."""
    it, file, clock = watched(tmp_path)
    assert it.look() is None
    save(file)
    assert it.look() is None
    clock.now += 2 * SETTLE
    seen = it.look()
    assert seen is not None
    assert not seen.gone
    assert it.look() is None


def test_a_save_in_pieces_is_one_save(tmp_path: Path) -> None:
    """As long as a file goes on changing it is waited for."""
    it, file, clock = watched(tmp_path)
    whole = file.read_text(encoding="utf-8") + "# more\n"
    for part in (whole[:100], whole[:2000], whole):
        file.write_text(part, encoding="utf-8")
        assert it.look() is None
        clock.now += SETTLE / 2
        assert it.look() is None
    clock.now += 2 * SETTLE
    seen = it.look()
    assert seen is not None
    assert seen.files["scenario.yaml"] == whole.encode()


def test_a_file_may_be_away_for_a_moment(tmp_path: Path) -> None:
    """Emptied or removed for less than a second is part of a save; for longer it is told, and its return as well."""
    it, file, clock = watched(tmp_path)
    text = file.read_text(encoding="utf-8")
    for gone in (lambda: file.write_text("", encoding="utf-8"), file.unlink):
        gone()
        assert it.look() is None
        clock.now += 2 * SETTLE
        assert it.look() is None
    clock.now += 2 * GONE
    seen = it.look()
    assert seen is not None
    assert "scenario.yaml" in seen.gone
    file.write_text(text, encoding="utf-8")
    assert it.look() is None
    clock.now += 2 * SETTLE
    assert it.look() is not None


def test_the_same_content_is_no_save(tmp_path: Path) -> None:
    """A file that was only touched plays nothing again."""
    it, file, clock = watched(tmp_path)
    file.write_bytes(file.read_bytes())
    assert it.look() is None
    clock.now += 2 * SETTLE
    assert it.look() is None


def test_a_scenario_that_is_not_there(tmp_path: Path) -> None:
    """That is wrong use, and told before anything is shown."""
    with pytest.raises(UsageError):
        Bench(tmp_path / "nowhere").open()


def test_edits_are_found_by_line() -> None:
    """Inserted, changed and removed lines each are a place; what is between them is none."""
    before = load(Path("scenarios/first-round"))
    text = before.files["scenario.yaml"]
    lines = text.split("\n")
    edited = [*lines[:10], "# new", *lines[10:20], lines[20] + " # changed", *lines[21:40], *lines[41:]]
    after = load_files({**before.files, "scenario.yaml": "\n".join(edited)}, "x")
    assert [(it.old_first, it.old_last, it.first, it.last) for it in hunks(before, after)] == [
        (11, 10, 11, 11), (21, 21, 22, 22), (41, 41, 42, 41)]


# -- the game


def test_another_start(author: Author) -> None:
    """A game from any round with any values; every save begins it there again, and its save says so."""
    author.bench.begin(Beginning(3, {"tension": 70, "phase": "talks"}), 11)
    assert author.bench.match().round == 3
    author.bench.close_round()
    report = author.saves((DRIFT, "drift: {to: 40, by: 4}"))
    assert report.change is not None
    match = author.bench.match()
    assert (match.first, match.round, match.seed) == (3, 4, 11)
    kept = author.bench.keep(author.folder.parent / "kept.detente")
    assert card(kept).first == 3


def test_a_start_that_the_scenario_refuses_changes_nothing(author: Author) -> None:
    """The sentence has the nearest name, and the game is what it was."""
    assert "did you mean `tension`" in author.bench.refuses(Beginning(2, {"tensoin": 7}))
    stands = author.bench.match()
    with pytest.raises(UsageError):
        author.bench.begin(Beginning(9))
    assert author.bench.match() is stands


def test_a_start_that_an_edit_takes_away_is_told(author: Author) -> None:
    """The values that were set no longer fit: the last good game stays, and the reason is a sentence."""
    author.bench.begin(Beginning(1, {"lanes": 2}))
    report = author.saves(("max: 2, better: low", "max: 1, better: low"), ("lanes == 2", "lanes == 1"),
                          ("when: lanes < 2", "when: lanes < 1"))
    assert not report.loads
    assert "lanes" in report.trouble
    assert author.bench.match().view(CONTROL).values[author.bench.match().game.index["lanes"]] == 2


def test_undo_keeps_what_was_filed_by_hand(author: Author) -> None:
    """The round before is open again with the author's own orders; those of policies are theirs to choose."""
    author.bench.desk("velmora").add("gesture:velmora")
    author.bench.follow()
    author.bench.close_round()
    author.bench.undo()
    assert author.bench.match().round == 4
    filed = author.bench.match().filed("velmora")
    assert filed is not None
    assert filed.moves == ("gesture:velmora",)
    assert author.bench.match().filed("osk") is None
    assert len(author.bench.script.rounds) == 3


def test_a_seat_can_pass_by_hand(author: Author) -> None:
    """Its policy does not choose then; the same again leaves it to the policy."""
    author.bench.passes("osk")
    author.bench.close_round()
    assert author.bench.match().rounds[-1].orders["osk"].moves == ()
    assert "osk" not in author.bench.match().rounds[-1].choices
    author.bench.passes("osk")
    author.bench.passes("osk")
    assert author.bench.match().filed("osk") is None


def test_the_story_map_is_lit_by_the_game(author: Author) -> None:
    """Where the game stands, where it has been, and with heat how often quick games come there."""
    author.bench.begin(Beginning(2, {"phase": "talks"}))
    found = author.bench.story("phases")
    assert {place.id: place.lit for place in found.places} == {"quarrel": "been", "talks": "now", "alarm": ""}
    assert all(place.heat is None for place in found.places)
    author.bench.heat()
    warm = author.bench.story("phases")
    assert warm.games > 0
    assert warm.places[0].heat == 1
    tracks = author.bench.story("tracks")
    assert tracks.inward
    assert any(way.sign == "+" for way in tracks.places[0].ways)


def test_a_scene_has_everything(author: Author) -> None:
    """One frozen picture of files and game; of the seat that is asked for."""
    found = scene(author.bench, "osk", "tracks")
    assert found.playing is not None
    assert found.playing.seat == "osk"
    assert found.playing.story.what == "tracks"
    assert [seat.capital for seat in found.playing.seats] == ["Velmora", "Osk"]
    names = {it.name: it for it in settable(author.bench)}
    assert names["tension"].range == "0 to 100"
    assert names["phase"].range == "quarrel, talks, alarm"
    assert names["met"].start == "false"


def test_nobody_waits_for_a_save_that_is_stale(author: Author) -> None:
    """What a later save makes stale is left where it is, and the game stays whole."""
    author.file.write_text(author.text.replace(DRIFT, "drift: {to: 40, by: 4}"), encoding="utf-8")
    author.bench.watched.look()
    author.clock.now += 2 * SETTLE
    seen = author.bench.watched.look()
    assert seen is not None
    stands = author.bench.match()
    author.bench.take(seen, lambda: False)
    assert author.bench.match() is stands
    assert author.saves().loads


def test_the_schema_beside_a_scenario_keeps_step(author: Author) -> None:
    """A name that was added can be completed after the save; where no schema lies, none is written."""
    place = author.folder / "scenario.schema.json"
    author.saves(("\ntracks:\n", "\ntracks:\n  patience: {start: 3, title: Patience, text: How long.}\n"))
    assert not place.exists()
    place.write_text("{}", encoding="utf-8")
    author.saves(("\ntracks:\n", "\ntracks:\n  stamina: {start: 3, title: Stamina, text: How long.}\n"))
    assert "stamina" in place.read_text(encoding="utf-8")
