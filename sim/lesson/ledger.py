"""lesson: the lesson's own tables beside its matches, in the one file.

One file for all tables: a filing and the acknowledgement that a person got for it, or a round that closes at four
tables and the clock that starts anew, are one transaction; a lock keeps a second process out of all of it; and to copy
a lesson is to copy a file. SQLite's rollback journal with full sync, as for every save: a commit is on the disk before
anybody is told, and measured it costs a class of sixty nothing that it would notice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.errors import SaveError
from sim.lesson.acts import Act
from sim.play.entries import dumps
from sim.play.journal import LESSON, seal, sealed
from sim.play.volume import Volume, connect, damaged, told

VERSION: Final = 1
"""The form of the lesson's tables."""

_SCHEMA: Final = (
    f"CREATE TABLE {LESSON}meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID",
    f"CREATE TABLE {LESSON}acts (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, place INTEGER NOT NULL,"
    " by TEXT NOT NULL, data TEXT NOT NULL, round INTEGER NOT NULL, at REAL NOT NULL, once TEXT NOT NULL,"
    " ask TEXT NOT NULL, seal TEXT NOT NULL)",
)


class Ledger:
    """The acts of a lesson in its file."""

    def __init__(self, volume: Volume) -> None:
        """A file that is open, with the matches of the lesson in it."""
        self.volume = volume

    def create(self, meta: Mapping[str, Any]) -> None:
        """Make the tables. Raises `SaveError`."""
        with self.volume.writing():
            for table in _SCHEMA:
                self.volume.db.execute(table)
            self.put("form", VERSION)
            for key, value in meta.items():
                self.put(key, value)

    def read(self) -> tuple[dict[str, Any], list[Act]]:
        """What was put, and all acts in order. Raises `SaveError` for what is damaged or of another form."""
        db, path = self.volume.db, self.volume.path
        held = {sql for (sql,) in db.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) = 'lesson_'")}
        if held != set(_SCHEMA):
            raise damaged(path, "its tables are not those of a lesson")
        try:
            meta = {key: json.loads(value) for key, value in sealed(db, "SELECT key, value, seal FROM lesson_meta")}
            if meta.get("form") != VERSION:
                raise SaveError(f"{path} is a lesson of another form; open it with the version that made it.", "D202")
            acts = [Act(kind, place, by, json.loads(data), round, at, once, ask, id)
                    for id, kind, place, by, data, round, at, once, ask in sealed(
                        db, "SELECT id, kind, place, by, data, round, at, once, ask, seal FROM lesson_acts ORDER BY id")]
        except (ValueError, TypeError, RecursionError) as problem:
            raise damaged(path, str(problem)) from problem
        if [act.id for act in acts] != list(range(1, len(acts) + 1)):
            raise damaged(path, "acts of the lesson are missing")
        return meta, acts

    def add(self, act: Act) -> None:
        """Write an act, inside a transaction."""
        row = (act.id, act.kind, act.table, act.by, dumps(dict(act.data)), act.round, act.at, act.once, act.ask)
        self.volume.db.execute("INSERT INTO lesson_acts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, seal(*row)))

    def rescue(self) -> bool:
        """Write the whole lesson anew where its file was removed under way; whether that was needed. Raises `SaveError`.

        The removed file stands open still, with everything in it; once this process ends it would be gone for good.
        """
        volume = self.volume
        if volume.path.exists():
            return False
        try:
            os.close(os.open(volume.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as problem:
            raise SaveError(f"{volume.path} was removed and cannot be written anew ({problem.strerror}); see to its folder.",
                            "D204") from problem
        fresh = connect(volume.path)
        try:
            with told(volume.path, "written anew"):
                volume.db.backup(fresh)
        except BaseException:
            fresh.close()
            volume.path.unlink(missing_ok=True)
            raise
        volume.take(fresh)
        return True

    def put(self, key: str, value: Any) -> None:
        """Write what is only known by its last value, inside a transaction."""
        text = dumps(value)
        self.volume.db.execute("INSERT OR REPLACE INTO lesson_meta VALUES (?, ?, ?)", (key, text, seal(key, text)))


def read_acts(path: Path) -> tuple[dict[str, Any], list[Act], int]:
    """What a lesson's file holds of the lesson, and for how many tables. The file is only read. Raises `SaveError`."""
    volume = Volume(path, connect(path))
    try:
        with told(path, "read"):
            found = {name for (name,) in volume.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if f"{LESSON}acts" not in found:
                raise SaveError(f"{path} is a match and no lesson; nobody talked in it.", "D210")
            return *Ledger(volume).read(), sum(name.endswith("entries") for name in found)
    finally:
        volume.close()
