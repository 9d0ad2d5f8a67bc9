"""What was acknowledged is on the disk: kills, restarts, a second process, a full disk, a damaged file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.lesson import FACILITATOR, OBSERVER, Lesson, read_record
from sim.play import Match
from tests.lesson.classes import Class, restarted, two_delegations
from tests.lesson.kills import a_lesson, started, survive
from tests.play.players import new_match


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a lesson is kept."""
    return tmp_path / "class.detente"


def test_ten_kills_lose_nothing_that_was_acknowledged(path: Path):
    """Ten times SIGKILL at instants drawn from a seed, half of them in the midst of SQLite's writing."""
    assert survive(path, 2021, 10) > 80


def busy(path: Path) -> Class:
    """A lesson in its second round in which everything has happened that can be kept."""
    room = two_delegations(path=path, tables=2)
    room.come("Eva", OBSERVER)
    room.order("Ani", "gesture:velmora")
    room.order("Cem", "protest:osk>velmora")
    room.look()
    lesson, ani = room.lesson, room.people["Ani"]
    lesson.propose(ani, "gesture:velmora", round=2, once="p")
    lesson.file(ani, round=2, once="f")
    lesson.propose(room.people["Bek"], "protest:velmora>osk", round=2)
    lesson.send(ani, ("osk",), "Let us talk.", once="m")
    id = lesson.open_paper(ani, "A text", ("osk",)).id
    lesson.bracket(ani, id, 0, "Both lanes open.", base=0)
    lesson.give(FACILITATOR, 2, "osk", "persona")
    lesson.merge(FACILITATOR, 2, "velmora", "osk")
    lesson.hold(FACILITATOR, 1, "storm")
    lesson.improvise(FACILITATOR, 1, {"text": "A rumour.", "change": {"tension": 2}})
    lesson.note(FACILITATOR, "Good.")
    lesson.mute(FACILITATOR, room.people["Bek"], True)
    lesson.pass_head(ani, room.people["Bek"])
    lesson.set_clock(FACILITATOR, minutes=7)
    room.wait(60)
    return room


def whole(room: Class) -> tuple:
    """Everything that screens show, but for who is there and what was read: that is not kept."""
    lesson = room.lesson
    people = [room.people[name] for name in ("Ani", "Bek", "Cem", "Eva")]
    return ([lesson.person(who) for who in people], [[replace(it, new=False) for it in lesson.messages(who)] for who in people], [[replace(it, seen=0) for it in lesson.papers(who)] for who in people],
            [lesson.sheet(who).lines for who in people[:3]], [lesson.sheet(who).filed for who in people[:3]],
            [lesson.desk(who).situation() for who in people], lesson.tray(FACILITATOR, 1), lesson.stage, lesson.plan,
            lesson.control_room(FACILITATOR).notes, [match.players for match in lesson.matches],
            [(lesson.seating.place(table, seat)) for table in (1, 2) for seat in ("velmora", "osk", OBSERVER)])


def test_a_restart_restores_everything(path: Path):
    """People with their tokens, seats, sheets, filings, messages, papers, tray, notes, stage; nobody is there yet."""
    room = busy(path)
    before, matches = whole(room), list(room.lesson.matches)
    left = room.lesson.timer.left
    restarted(room)
    assert whole(room) == before
    assert list(room.lesson.matches) == matches
    assert left <= room.lesson.timer.left <= left + 5
    assert room.lesson.timer.running
    for name in ("Ani", "Bek", "Cem", "Eva"):
        assert room.lesson.who(room.tokens[name]).id == room.people[name]
    assert all(not line.present for seat in room.lesson.control_room(FACILITATOR).tables[0].seats for line in seat.people)


def test_a_request_is_remembered_over_a_restart(path: Path):
    """What a client sends again because the host died is answered as done."""
    room = restarted(busy(path))
    ani = room.people["Ani"]
    acts = len(room.lesson.acts)
    assert room.lesson.file(ani, round=2, once="f").again
    assert room.lesson.propose(ani, "gesture:velmora", round=2, once="p").again
    assert room.lesson.send(ani, ("osk",), "Let us talk.", once="m").again
    assert len(room.lesson.acts) == acts


@pytest.mark.parametrize("stage", ["lobby", "briefing", "orders", "paused", "debrief", "closed"])
def test_every_stage_survives(path: Path, stage: str):
    """With the clock as it was; a pause resumes to where it began."""
    room = Class(path=path)
    triggers = {"lobby": (), "briefing": ("brief",), "orders": ("brief", "begin"), "paused": ("brief", "pause"),
                "debrief": ("begin", "debrief"), "closed": ("close",)}[stage]
    room.run(*triggers)
    restarted(room)
    assert room.lesson.stage == stage
    assert room.lesson.timer.running == (stage in ("briefing", "orders"))
    if stage == "paused":
        room.run("resume")
        assert room.lesson.stage == "briefing"


def test_a_host_that_dies_while_a_round_resolves_resolves_it_when_it_is_back(path: Path):
    """Once, at every table."""
    room = two_delegations(path=path, tables=2)
    room.order("Ani", "gesture:velmora")
    room.run("resolve")
    restarted(room)
    assert room.lesson.stage == "resolving"
    room.look()
    assert [match.round for match in room.lesson.matches] == [2, 2]
    assert room.lesson.matches[0].rounds[0].orders["velmora"].moves == ("gesture:velmora",)
    room.look()
    assert [match.round for match in room.lesson.matches] == [2, 2]


def test_a_running_clock_is_written_down(path: Path):
    """Without any act a restart gives back a few seconds at most; a round nearly over gets half a minute."""
    room = two_delegations(path=path)
    room.wait(120)
    assert 180 <= restarted(room).lesson.timer.left <= 190
    room.wait(178)
    assert restarted(room).lesson.timer.left == room.lesson.plan.limits.least_after_restart


def test_two_processes_cannot_have_one_lesson(path: Path):
    """The second is refused at once, the file can be neither read nor copied meanwhile; a killed host lets go of it."""
    a_lesson(path, 1)
    with started(path, 1, 0) as process:
        assert process.stdout is not None
        assert "resumed" in process.stdout.readline()
        for attempt in (Lesson.resume, Match.read, read_record):
            with pytest.raises(SaveError) as caught:
                attempt(path)
            assert caught.value.code == "D207"
        process.kill()
    Lesson.resume(path).close_file()


def full(lesson: Lesson) -> None:
    """Let the disk be full from now on."""
    (pages,) = lesson._volume.db.execute("PRAGMA page_count").fetchone()
    lesson._volume.db.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_acknowledges_nothing_and_the_lesson_goes_on(path: Path):
    """One sentence for the person and one for the facilitator; with space again the same request is carried out."""
    room = two_delegations(path=path, on_all_filed=False)
    ani = room.people["Ani"]
    full(room.lesson)
    answers = []
    while not answers or answers[-1].ok:
        answers.append(room.lesson.send(ani, ("osk",), "x" * 1900, once=f"{len(answers)}"))
        room.clock.step(30)
    refused = answers[-1]
    assert (refused.code, "\n" in refused.sentence) == ("D206", False)
    assert "disk is full" in refused.sentence
    assert "Nothing was done" in refused.sentence
    assert room.lesson.trouble in refused.sentence
    assert len(room.lesson.messages(room.people["Cem"])) == len(answers) - 1
    room.lesson._volume.db.execute("PRAGMA max_page_count = 1000000")
    again = room.lesson.send(ani, ("osk",), "x" * 1900, once=f"{len(answers) - 1}")
    assert (again.ok, again.again) == (True, False)
    assert room.lesson.trouble == ""
    kept = len(room.lesson.acts)
    assert len(restarted(room).lesson.acts) == kept


def test_an_order_that_cannot_be_stored_is_not_acknowledged(path: Path):
    """Neither drafted nor filed nor taken back; the same requests are carried out once the file can be written again."""
    room = two_delegations(path=path)
    ani = room.people["Ani"]
    room.order("Ani", "gesture:velmora")

    def requests():
        return (room.lesson.propose(ani, "protest:velmora>osk", round=1, once="1"), room.lesson.file(ani, round=1, once="2"),
                room.lesson.unfile(ani, round=1, once="3"), room.lesson.leave(room.people["Bek"]))

    room.lesson._volume.db.execute("PRAGMA query_only = ON")
    assert not any(answer.ok for answer in requests())
    assert room.lesson.match(1).filed("velmora").moves == ("gesture:velmora",)
    assert room.lesson.sheets.keys(1, "velmora") == ("gesture:velmora",)
    assert room.lesson.join(room.code("osk"), "Dag")[1] == ""
    room.lesson._volume.db.execute("PRAGMA query_only = OFF")
    assert [(answer.ok, answer.again) for answer in requests()] == [(True, False)] * 4
    assert room.lesson.match(1).filed("velmora") is None


def test_a_round_that_cannot_be_stored_is_tried_again(path: Path):
    """It closes at no table; nothing that anybody reads has changed; once there is space it closes at all."""
    room = two_delegations(path=path, tables=2)
    room.order("Ani", "gesture:velmora")
    room.run("resolve")
    states = [match.state for match in room.lesson.matches]
    room.lesson._volume.db.execute("PRAGMA query_only = ON")
    assert room.lesson.tick()
    room.lesson.work()
    assert [match.state for match in room.lesson.matches] == states
    assert room.lesson.stage == "resolving"
    assert room.lesson.trouble
    assert room.lesson.match(1).filed("velmora") is not None
    assert not room.lesson.tick(), "it is not tried again at once"
    room.lesson._volume.db.execute("PRAGMA query_only = OFF")
    room.clock.step(3)
    room.look()
    assert [match.round for match in room.lesson.matches] == [2, 2]
    assert room.lesson.trouble == ""


def test_what_fails_in_part_has_not_happened_at_all(path: Path, monkeypatch: pytest.MonkeyPatch):
    """A round whose second table cannot be written is open at the first too, in memory and in the file."""
    room = two_delegations(path=path, tables=2)
    room.run("resolve")
    one, two = room.lesson.matches
    real = type(two).resolve

    def torn(match, *args, **rest):
        events = real(match, *args, **rest)
        if match is two:
            raise SaveError("The disk is full; free some space.", "D206")
        return events

    monkeypatch.setattr(type(two), "resolve", torn)
    room.look()
    assert (one.round, two.round) == (1, 1)
    monkeypatch.undo()
    restarted(room)
    assert [match.round for match in room.lesson.matches] == [1, 1]
    room.look()
    assert [match.round for match in room.lesson.matches] == [2, 2]


def test_a_lessons_file_is_a_save_to_who_reads_it(path: Path):
    """`replay` reads the match of any table; to play on alone is refused, and so is a match as a lesson."""
    room = busy(path)
    first = room.lesson.matches[0]
    room.lesson.close_file()
    assert Match.read(path) == first
    assert Match.read(path, 2) == room.lesson.matches[1]
    with pytest.raises(SaveError) as caught:
        Match.load(path)
    assert caught.value.code == "D210"
    alone = path.with_name("alone.detente")
    match = new_match()
    match.save(alone)
    match.close()
    for attempt in (Lesson.resume, read_record):
        with pytest.raises(SaveError) as caught:
            attempt(alone)
        assert caught.value.code == "D210"
    with pytest.raises(SaveError) as caught:
        Match.read(path, 3)
    assert "no table 3" in caught.value.sentence


@pytest.mark.parametrize("harm", [
    "UPDATE lesson_acts SET data = '{}' WHERE id = 9", "DELETE FROM lesson_acts WHERE id = 9",
    "UPDATE lesson_meta SET value = '1' WHERE key = 'salt'", "ALTER TABLE lesson_acts ADD COLUMN more TEXT",
    "UPDATE t2_entries SET orders = '{}' WHERE id = 1", "CREATE TABLE other (x)",
    "CREATE TRIGGER lesson_x AFTER INSERT ON lesson_acts BEGIN DELETE FROM lesson_acts; END",
])
def test_a_damaged_file_is_not_trusted(path: Path, harm: str):
    """Changed rows, missing rows and tables that are not ours are noticed before anything is shown."""
    busy(path).lesson.close_file()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(harm)
    with pytest.raises(SaveError) as caught:
        Lesson.resume(path)
    assert caught.value.code == "D203"


def test_a_file_that_is_there_is_not_overwritten(path: Path):
    """Neither a match nor a lesson, and nothing is left of the attempt."""
    Class(path=path).lesson.close_file()
    before = path.read_bytes()
    with pytest.raises(SaveError) as caught:
        Class(path=path)
    assert caught.value.code == "D208"
    assert path.read_bytes() == before
