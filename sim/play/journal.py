"""play: the save, one SQLite file that holds a whole match and is held by one process at a time.

Rollback journal, full sync, one transaction a change: a killed process loses nothing that was acknowledged. Every row
carries a seal over its columns, since SQLite's own check does not notice a changed letter. The file is only ever
opened through SQLite: any other `open` and `close` in the same process would drop its POSIX lock.

A lesson keeps the matches of all its tables in one file: the first is an ordinary save, the tables of the others carry
their number before the name, and the lesson's own begin with `lesson_`; whoever reads the file alone finds the first.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from sim.errors import SaveError
from sim.play.entries import Row, dumps
from sim.play.volume import CODES, Volume, connect, damaged, look, not_a_save, system, told

__all__ = ["CODES", "Content", "Filings", "Journal", "damaged", "seal", "sealed"]

APPLICATION: Final = 0x44544E54
"""`DTNT`: marks a file as a save."""
VERSION: Final = 1
"""The form of the tables; another form is another number."""

_MATCH: Final = (
    "CREATE TABLE {}meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE {}entries (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, kind TEXT NOT NULL,"
    " round INTEGER NOT NULL, opening TEXT NOT NULL, orders TEXT NOT NULL, choices TEXT NOT NULL,"
    " events TEXT NOT NULL, seal TEXT NOT NULL)",
    "CREATE TABLE {}filings (entry INTEGER NOT NULL, seat TEXT NOT NULL, orders TEXT NOT NULL, seal TEXT NOT NULL,"
    " PRIMARY KEY (entry, seat)) WITHOUT ROWID",
)
"""The tables of one match, for a prefix."""
_FILES: Final = "CREATE TABLE files (name TEXT PRIMARY KEY, text TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID"
LESSON: Final = "lesson_"
"""What the names of the tables begin with that a lesson adds, and checks itself."""
_MIRROR: Final = re.compile(r"t([2-9]|[1-9][0-9])_meta")
_KEYS: Final = ("created_by", "head", "level", "players", "seed", "until")

Filings = Mapping[int, Mapping[str, str]]
"""Per entry and seat, the JSON list of move keys filed in the round that the entry opened."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a save holds."""

    files: Mapping[str, str]
    """The scenario's files by name."""
    seed: int
    until: str | int | None
    players: Mapping[str, str]
    level: str
    head: int
    rows: tuple[Row, ...]
    filings: Filings
    created_by: str
    """Which version of Detente made it."""


class Journal:
    """One match in an open save. Every method that writes has written, to the disk, when it returns."""

    def __init__(self, volume: Volume, table: int = 1) -> None:
        """Made by `create`, `open` and `mirror`; `table` counts the matches of a file from 1."""
        self.volume = volume
        self._prefix = _prefix(table)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.volume.path

    @property
    def _db(self) -> sqlite3.Connection:
        return self.volume.db

    @classmethod
    def create(cls, path: Path, content: Content, *mirrors: Content) -> Journal:
        """Write a new save and hold it. Raises `SaveError` if there is a file or it cannot be written.

        `mirrors` are further matches of the same scenario; `mirror` gives their journals.
        """
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise SaveError(f"{path} exists already; choose another name, or remove it first.", "D208") from None
        except OSError as problem:
            raise SaveError(f"{path} cannot be created ({system(problem)}); "
                            "choose a folder that exists and that you may write to.", "D205") from problem
        try:
            journal = cls(Volume(path, connect(path)))
            try:
                journal.volume.hold()
                with journal.volume.writing():
                    journal._begin()
                    for table, other in enumerate((content, *mirrors), 1):
                        one = cls(journal.volume, table)
                        one._fill(other)
            except BaseException:
                journal.close()
                raise
        except BaseException:
            # a file without a match would only be in the way of the next attempt
            with suppress(OSError):
                path.unlink()
            raise
        return journal

    @classmethod
    def open(cls, path: Path, *, lesson: bool = False) -> tuple[Journal, tuple[Content, ...]]:
        """Open a save, hold it, and read its matches. Raises `SaveError` if that cannot be done.

        The save of a lesson is opened as such alone, for its first match is only a part of it.
        """
        look(path)
        journal = cls(Volume(path, connect(path)))
        try:
            journal.volume.hold()
            with journal.volume.writing("opened"):
                contents = journal._read_all()
                if journal._of_lesson() != lesson:
                    raise SaveError(f"{path} is no lesson but a match; `detente play --load` goes on with it." if lesson
                                    else f"{path} is a lesson; `detente host` goes on with it, `detente replay` reads it.",
                                    "D210")
        except BaseException:
            journal.close()
            raise
        return journal, contents

    @classmethod
    def read(cls, path: Path, table: int = 1) -> Content:
        """Read one match of a save without holding it. Raises `SaveError` if that cannot be done."""
        look(path)
        journal = cls(Volume(path, connect(path)))
        try:
            with told(path, "read"):
                found = journal._read_all()
        finally:
            journal.close()
        if not 1 <= table <= len(found):
            raise SaveError(f"{path} holds {len(found)} match{'es' if len(found) > 1 else ''}; "
                            f"there is no table {table}.", "D204")
        return found[table - 1]

    def mirror(self, table: int) -> Journal:
        """The journal of another match in the same file."""
        return Journal(self.volume, table)

    def append(self, row: Row, filings: Mapping[str, str] | None = None) -> None:
        """Write an entry and stand at it; what had been filed at its parent is spent, or stays as `filings`."""
        with self.volume.writing():
            self._insert_row(row)
            self._db.execute(f"DELETE FROM {self._prefix}filings WHERE entry = ?", (row.parent,))
            for seat, orders in (filings or {}).items():
                self._put_filing(row.id, seat, orders)
            self._put_meta("head", str(row.id))

    def set_head(self, entry: int) -> None:
        """Stand at another entry."""
        with self.volume.writing():
            self._put_meta("head", str(entry))

    def set_players(self, players: Mapping[str, str]) -> None:
        """Write who plays each seat."""
        with self.volume.writing():
            self._put_meta("players", dumps(dict(players)))

    def file(self, entry: int, seat: str, orders: str | None) -> None:
        """Write what a seat has filed at an entry; None takes it back."""
        with self.volume.writing():
            if orders is None:
                self._db.execute(f"DELETE FROM {self._prefix}filings WHERE entry = ? AND seat = ?", (entry, seat))
            else:
                self._put_filing(entry, seat, orders)

    def stands_at(self, path: Path) -> bool:
        """Whether a path leads to this file."""
        return self.volume.stands_at(path)

    def close(self) -> None:
        """Let go of the file; nothing is left to be written."""
        self.volume.close()

    # -- rows

    def _begin(self) -> None:
        """What marks a file as a save."""
        self._db.execute(f"PRAGMA application_id = {APPLICATION}")
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _fill(self, content: Content) -> None:
        meta, *others = (table.format(self._prefix) for table in _MATCH)
        first = not self._prefix
        # all matches of a file play one scenario, which stands with the first
        for table in (meta, *([_FILES] if first else []), *others):
            self._db.execute(table)
        for name, text in content.files.items() if first else ():
            self._db.execute("INSERT INTO files VALUES (?, ?, ?)", (name, text, _seal(name, text)))
        for key, value in (("created_by", content.created_by), ("head", str(content.head)),
                           ("level", content.level), ("players", dumps(dict(content.players))),
                           ("seed", str(content.seed)), ("until", dumps(content.until))):
            self._put_meta(key, value)
        for row in content.rows:
            self._insert_row(row)
        for entry, filed in content.filings.items():
            for seat, orders in filed.items():
                self._put_filing(entry, seat, orders)

    def _put_meta(self, key: str, value: str) -> None:
        self._db.execute(f"INSERT OR REPLACE INTO {self._prefix}meta VALUES (?, ?, ?)", (key, value, _seal(key, value)))

    def _insert_row(self, row: Row) -> None:
        self._db.execute(f"INSERT INTO {self._prefix}entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, _seal(*row)))

    def _put_filing(self, entry: int, seat: str, orders: str) -> None:
        self._db.execute(f"INSERT OR REPLACE INTO {self._prefix}filings VALUES (?, ?, ?, ?)",
                         (entry, seat, orders, _seal(entry, seat, orders)))

    def _read_all(self) -> tuple[Content, ...]:
        """All matches of the file, each row against its seal."""
        tables = self._check_form()
        try:
            files = dict(self._sealed("SELECT name, text, seal FROM files ORDER BY name"))
            return tuple(Journal._read(self.mirror(table), files) for table in tables)
        except (ValueError, TypeError, RecursionError) as problem:
            raise damaged(self.path, str(problem)) from problem

    def _read(self, files: Mapping[str, str]) -> Content:
        p = self._prefix
        meta = dict(self._sealed(f"SELECT key, value, seal FROM {p}meta"))
        if tuple(sorted(meta)) != _KEYS:
            raise ValueError("what the match is made of is incomplete")
        filings: dict[int, dict[str, str]] = {}
        for entry, seat, orders in self._sealed(f"SELECT entry, seat, orders, seal FROM {p}filings"):
            filings.setdefault(entry, {})[seat] = orders
        rows = self._sealed("SELECT id, parent, kind, round, opening, orders, choices, events, seal"
                            f" FROM {p}entries ORDER BY id")
        return Content(files, int(meta["seed"]), json.loads(meta["until"]), json.loads(meta["players"]), meta["level"],
                       int(meta["head"]), tuple(Row(*found) for found in rows), filings, meta["created_by"])

    def _check_form(self) -> range:
        """That the file is a save of this version, whole, with nothing in it but our tables; how many matches it holds."""
        if self._pragma("application_id") != APPLICATION or self._pragma("journal_mode") != "delete":
            raise not_a_save(self.path)
        version = self._pragma("user_version")
        if version != VERSION:
            what = "a newer version of Detente made it; update Detente" if version > VERSION else \
                "an older version of Detente made it; open it with that version"
            raise SaveError(f"{self.path} is a save of form {version}, and this version reads form {VERSION}: {what}.",
                            "D202")
        found = self._pragma("quick_check")
        if found != "ok":
            # the first finding says enough; its heading names only the database
            raise damaged(self.path, next((line for line in str(found).splitlines() if not line.startswith("***")), "it is torn"))
        held = [(kind, name, sql) for kind, name, sql in self._db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")]
        more = sum(bool(_MIRROR.fullmatch(name)) for _, name, _ in held)
        tables = range(1, more + 2)
        expected = {_FILES, *(sql.format(_prefix(table)) for table in tables for sql in _MATCH)}
        ours = {sql for kind, name, sql in held if kind != "table" or not name.startswith(LESSON)}
        if ours != expected:
            raise damaged(self.path, "its tables are not those of a save")
        return tables

    def _of_lesson(self) -> bool:
        """Whether a lesson has put its own tables beside the matches."""
        return any(name.startswith(LESSON) for (name,) in self._db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"))

    def _pragma(self, name: str) -> Any:
        found = self._db.execute(f"PRAGMA {name}").fetchone()
        return found[0] if found else None

    def _sealed(self, query: str) -> Iterator[tuple[Any, ...]]:
        return sealed(self._db, query)


def sealed(db: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query whose last column seals the others. Raises ValueError for one that was changed."""
    for *columns, held in db.execute(query):
        if held != _seal(*columns):
            raise ValueError(f"a row was changed: {columns[0]!r}")
        yield tuple(columns)


def _prefix(table: int) -> str:
    return "" if table == 1 else f"t{table}_"


def _seal(*columns: object) -> str:
    """16 hex digits over the columns of a row."""
    return blake2b(dumps(columns).encode(), digest_size=8).hexdigest()


seal = _seal
