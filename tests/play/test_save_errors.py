"""Every way in which a save can fail is one sentence: what, where, what to do; and what was saved is kept."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.play import PERSON, Match
from sim.play.journal import CODES, _seal
from sim.play.saves import card
from sim.rules import Orders
from sim.rules.luck import Given
from tests.play.players import LOT, new_match, play

NOBODY = 65534


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """A save of three rounds and a branch."""
    path = tmp_path / "m.detente"
    match = play(new_match(3), 3)
    match.branch(2)
    play(match, 1)
    match.save(path)
    match.close()
    return path


@pytest.fixture
def plain_user() -> Iterator[Path]:
    """A folder for somebody who is not root: root may write everywhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        was_root = os.geteuid() == 0
        if was_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if was_root:
                os.seteuid(0)
            folder.chmod(0o755)


def sentence(path: Path, code: str, act: Callable[[], object]) -> str:
    """The sentence of the error, which names the file and is one."""
    with pytest.raises(SaveError) as caught:
        act()
    told = caught.value.sentence
    assert caught.value.code == code, told
    assert code in CODES
    assert str(path) in told
    assert "\n" not in told
    assert told.endswith(".")
    assert ";" in told or ":" in told, "it does not say what to do"
    return told


def alter(path: Path, *statements: str) -> None:
    """Change a save behind the journal's back."""
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def a_text_file(path: Path) -> None:
    """Text under the name of a save."""
    path.write_text("The minutes of a meeting.\n" * 400)


def nothing(path: Path) -> None:
    """A file of no bytes."""
    path.write_bytes(b"")


def another_database(path: Path) -> None:
    """A database of some other program."""
    path.unlink()
    alter(path, "CREATE TABLE minutes (text)")


def older(path: Path) -> None:
    """The form before the first."""
    alter(path, "PRAGMA user_version = 0")


def newer(path: Path) -> None:
    """A form of the future."""
    alter(path, "PRAGMA user_version = 2")


def half(path: Path) -> None:
    """The first half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scrambled(path: Path) -> None:
    """A page of noise."""
    data = bytearray(path.read_bytes())
    data[5000:9000] = random.Random(1).randbytes(4000)
    path.write_bytes(data)


def a_changed_order(path: Path) -> None:
    """Other orders than were sealed."""
    alter(path, "UPDATE entries SET orders = '{}' WHERE id = 2")


def a_missing_entry(path: Path) -> None:
    """An entry taken out of the line."""
    alter(path, "DELETE FROM entries WHERE id = 1")


def a_missing_seed(path: Path) -> None:
    """A match without its seed."""
    alter(path, "DELETE FROM meta WHERE key = 'seed'")


def a_head_nowhere(path: Path) -> None:
    """A place that no entry has, properly sealed."""
    alter(path, f"UPDATE meta SET value = '77', seal = '{_seal('head', '77')}' WHERE key = 'head'")


def a_trigger(path: Path) -> None:
    """A trigger that would run at the next round."""
    alter(path, "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END")


def gone(path: Path) -> None:
    """No file."""
    path.unlink()


def a_folder(path: Path) -> None:
    """A folder of that name."""
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    """A pipe, which would block whoever opens it."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(("harm", "code", "part"), [
    (a_text_file, "D201", "is not a save of Detente"),
    (nothing, "D201", "is not a save of Detente"),
    (another_database, "D201", "is not a save of Detente"),
    (a_folder, "D201", "is a folder"),
    (a_pipe, "D201", "is not a save"),
    (older, "D202", "an older version"),
    (newer, "D202", "update Detente"),
    (half, "D203", "restore it from a copy"),
    (scrambled, "D203", "restore it from a copy"),
    (a_changed_order, "D203", "restore it from a copy"),
    (a_missing_entry, "D203", "restore it from a copy"),
    (a_missing_seed, "D203", "restore it from a copy"),
    (a_head_nowhere, "D203", "restore it from a copy"),
    (a_trigger, "D203", "its tables are not those of a save"),
    (gone, "D204", "There is no save at"),
])
@pytest.mark.parametrize("way", [Match.load, Match.read])
def test_what_is_wrong_with_a_file_is_said(save: Path, harm: Callable[[Path], None], code: str, part: str,
                                           way: Callable[[Path], Match]):
    """Each harm has its sentence, for playing on and for reading, and the file is left as it was."""
    harm(save)
    before = save.read_bytes() if save.is_file() else None
    assert part in sentence(save, code, lambda: way(save))
    assert (save.read_bytes() if save.is_file() else None) == before
    assert [item.name for item in save.parent.iterdir()] == ([] if code == "D204" else [save.name])


def test_a_file_of_someone_elses_database_is_not_touched(tmp_path: Path):
    """A database in WAL mode, which SQLite would convert, stays byte for byte what it is."""
    path = tmp_path / "other.db"
    alter(path, "PRAGMA journal_mode = WAL", "CREATE TABLE minutes (text)")
    before = path.read_bytes()
    sentence(path, "D201", lambda: Match.load(path))
    assert path.read_bytes() == before


def test_no_changed_byte_goes_unnoticed(save: Path):
    """A save with one byte changed anywhere loads as the same match, or says that it cannot be trusted."""
    whole, good, rng = Match.read(save), save.read_bytes(), random.Random(4)
    noticed = 0
    for _ in range(60):
        data = bytearray(good)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        save.write_bytes(data)
        try:
            assert Match.read(save) == whole
        except SaveError:
            noticed += 1
    assert noticed > 20


@pytest.mark.parametrize(("old", "new", "part"), [
    ("format: 1", "format: 9", "a scenario that this version of Detente cannot use"),
    ("tension", "tenseness", "`tension`, which this version"),
    ("gesture", "gestures", "gesture:"),
    ("{rumour: {when", "{hearsay: {when", "`rumour`, which this version"),
])
def test_a_save_that_this_version_cannot_follow_is_said(tmp_path: Path, old: str, new: str, part: str):
    """Where the embedded scenario or a name in the journal means nothing any more, the version that made it is named."""
    save = tmp_path / "m.detente"
    with new_match(3) as match:
        match.file("velmora", Orders(("gesture:velmora",)))
        match.control("Tempers rise", {"tension": 80})
        match.resolve(luck=Given(match.luck(), rules={"rumour": True}))
        match.save(save)
    with closing(sqlite3.connect(save)) as db, db:
        (text,) = db.execute("SELECT text FROM files WHERE name = 'scenario.yaml'").fetchone()
        text = text.replace(old, new)
        db.execute("UPDATE files SET text = ?, seal = ? WHERE name = 'scenario.yaml'", (text, _seal("scenario.yaml", text)))
    for way in (Match.load, Match.read):
        told = sentence(save, "D209", lambda way=way: way(save))
        assert "the version that made it, detente" in told
        assert part in told


def test_a_file_that_is_there_is_not_overwritten(save: Path):
    """Saving a new match under its name is refused."""
    before = save.read_bytes()
    assert "choose another name" in sentence(save, "D208", lambda: new_match().save(save))
    assert save.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    """A save cannot be made in a folder that does not exist, and no folder is made up."""
    path = tmp_path / "none" / "m.detente"
    assert "choose a folder that exists" in sentence(path, "D205", lambda: new_match().save(path))
    assert not path.parent.exists()


def test_a_folder_that_may_only_be_read_is_said(plain_user: Path):
    """Saving there fails in a sentence; a save that lies there can be read but not played on."""
    path = plain_user / "m.detente"
    with new_match() as match:
        match.save(path)
    plain_user.chmod(0o555)
    sentence(plain_user / "n.detente", "D205", lambda: new_match().save(plain_user / "n.detente"))
    sentence(path, "D205", lambda: Match.load(path))
    assert Match.read(path) == match
    plain_user.chmod(0o755)
    path.chmod(0o444)
    sentence(path, "D205", lambda: Match.load(path))
    assert Match.read(path) == match
    path.chmod(0o000)
    sentence(path, "D205", lambda: Match.load(path))


def test_a_full_disk_loses_nothing(tmp_path: Path):
    """The round stays open with its sealed orders, the file keeps what it had, and the same call works later."""
    path = tmp_path / "m.detente"
    match = new_match(3, velmora=PERSON)
    match.save(path)
    db = match._journal._db
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages}")
    told = ""
    while not told:
        if match.ended:
            match.branch(1)
        try:
            match.file("velmora", Orders(("protest:velmora>osk",)))
            state, head = match.state, match.head
            match.resolve(match.choose(LOT))
        except SaveError as problem:
            told = problem.sentence
    assert "the disk is full; free some space" in told
    assert (match.state, match.head) == (state, head)
    assert match.filed("velmora") == Orders(("protest:velmora>osk",))
    db.execute(f"PRAGMA max_page_count = {pages * 10}")
    match.resolve(match.choose(LOT))
    assert match.rounds[-1].orders["velmora"] == Orders(("protest:velmora>osk",))
    match.close()
    assert Match.read(path) == match


def test_a_disk_that_is_full_from_the_start_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A save that cannot be written whole is not left behind half."""
    real = sqlite3.connect

    def small(*args, **rest):
        db = real(*args, **rest)
        db.execute("PRAGMA max_page_count = 3")
        return db

    monkeypatch.setattr(sqlite3, "connect", small)
    path = tmp_path / "m.detente"
    match = new_match()
    sentence(path, "D206", lambda: match.save(path))
    assert list(tmp_path.iterdir()) == []
    assert match.path is None


LIMITED = """
import resource, sys
from pathlib import Path
from sim.errors import SaveError
from sim.play import Match
from tests.play.players import play
path = Path(sys.argv[1])
with Match.load(path) as match:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, resource.RLIM_INFINITY))
    while True:
        try:
            play(match, 1)
        except SaveError as problem:
            print(len(match.rounds), problem.code, problem.sentence)
            break
        if match.ended:
            match.branch(1)
"""


def test_a_file_that_may_not_grow_loses_nothing(save: Path):
    """At a limit of the system on the size of files the last closed round is still there."""
    done = subprocess.run([sys.executable, "-c", LIMITED, str(save)], cwd=Path(__file__).parents[2], text=True,
                          capture_output=True, check=True)
    rounds, code, told = done.stdout.strip().split(" ", 2)
    assert code == "D206"
    assert "What was saved before is kept." in told
    assert len(Match.read(save).rounds) == int(rounds)


def test_a_save_that_is_moved_away_while_it_is_open_is_said(save: Path, tmp_path: Path):
    """Nothing is written into the void: the round is not closed, and saving under a name again keeps all."""
    match = Match.load(save)
    save.rename(tmp_path / "away")
    sentence(save, "D204", lambda: play(match, 1))
    match.save(save)
    play(match, 1)
    match.close()
    assert Match.read(save) == match


def test_one_process_cannot_have_a_save_twice(save: Path):
    """A second match on the same file is refused, also in the same process, and the first plays on."""
    with Match.load(save) as match:
        for way in (Match.load, Match.read, card):
            assert "close it there first" in sentence(save, "D207", lambda way=way: way(save))
        play(match, 1)
    assert Match.read(save) == match


def test_names_with_every_kind_of_sign_work(tmp_path: Path):
    """A file's name is not read as part of an address."""
    path = tmp_path / "a?mode=ro#1 %41 ü.detente"
    with new_match() as match:
        match.save(path)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    assert Match.read(path) == match
