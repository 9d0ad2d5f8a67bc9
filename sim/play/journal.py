"""play: the save, one SQLite file that holds a whole match and is held by one process at a time.

Rollback journal, full sync, one transaction a change: a killed process loses nothing that was acknowledged. Every row
carries a seal over its columns, since SQLite's own check does not notice a changed letter. The file is only ever
opened through SQLite: any other `open` and `close` in the same process would drop its POSIX lock.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sim.errors import SaveError
from sim.play.entries import Row, dumps

APPLICATION: Final = 0x44544E54
"""`DTNT`: marks a file as a save."""
VERSION: Final = 1
"""The form of the tables; another form is another number."""

CODES: Final[dict[str, str]] = {
    "D201": "a file that is not a save",
    "D202": "a save of another version",
    "D203": "a save that is damaged",
    "D204": "a save that is not there",
    "D205": "a place that cannot be written to",
    "D206": "a disk that is full",
    "D207": "a save that another process has open",
    "D208": "a file that is there already",
    "D209": "a save whose scenario this version cannot use",
}
"""Every code of a `SaveError` with what it is about."""

_SCHEMA: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE files (name TEXT PRIMARY KEY, text TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE entries (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, kind TEXT NOT NULL,"
    " round INTEGER NOT NULL, opening TEXT NOT NULL, orders TEXT NOT NULL, choices TEXT NOT NULL,"
    " events TEXT NOT NULL, seal TEXT NOT NULL)",
    "CREATE TABLE filings (entry INTEGER NOT NULL, seat TEXT NOT NULL, orders TEXT NOT NULL, seal TEXT NOT NULL,"
    " PRIMARY KEY (entry, seat)) WITHOUT ROWID",
)
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
    """An open save. Every method that writes has written, to the disk, when it returns."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Made by `create` and `open`."""
        self.path = path
        self._db = connection
        self._node = _node(path)

    @classmethod
    def create(cls, path: Path, content: Content) -> Journal:
        """Write a new save and hold it. Raises `SaveError` if there is a file or it cannot be written."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise SaveError(f"{path} exists already; choose another name, or remove it first.", "D208") from None
        except OSError as problem:
            raise SaveError(f"{path} cannot be created ({_system(problem)}); "
                            "choose a folder that exists and that you may write to.", "D205") from problem
        try:
            journal = cls(path, _connect(path))
            try:
                journal._hold()
                journal._fill(content)
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
    def open(cls, path: Path) -> tuple[Journal, Content]:
        """Open a save, hold it, and read it. Raises `SaveError` if that cannot be done."""
        _look(path)
        journal = cls(path, _connect(path))
        try:
            journal._hold()
            with journal._writing("opened"):
                content = journal._read()
        except BaseException:
            journal.close()
            raise
        return journal, content

    @classmethod
    def read(cls, path: Path) -> Content:
        """Read a save without holding it. Raises `SaveError` if that cannot be done."""
        _look(path)
        journal = cls(path, _connect(path))
        try:
            with _told(path, "read"):
                return journal._read()
        finally:
            journal.close()

    def append(self, row: Row, filings: Mapping[str, str] | None = None) -> None:
        """Write an entry and stand at it; what had been filed at its parent is spent, or stays as `filings`."""
        with self._writing("written"):
            self._insert_row(row)
            self._db.execute("DELETE FROM filings WHERE entry = ?", (row.parent,))
            for seat, orders in (filings or {}).items():
                self._put_filing(row.id, seat, orders)
            self._put_meta("head", str(row.id))

    def set_head(self, entry: int) -> None:
        """Stand at another entry."""
        with self._writing("written"):
            self._put_meta("head", str(entry))

    def set_players(self, players: Mapping[str, str]) -> None:
        """Write who plays each seat."""
        with self._writing("written"):
            self._put_meta("players", dumps(dict(players)))

    def file(self, entry: int, seat: str, orders: str | None) -> None:
        """Write what a seat has filed at an entry; None takes it back."""
        with self._writing("written"):
            if orders is None:
                self._db.execute("DELETE FROM filings WHERE entry = ? AND seat = ?", (entry, seat))
            else:
                self._put_filing(entry, seat, orders)

    def stands_at(self, path: Path) -> bool:
        """Whether a path leads to this file."""
        return _node(path) == self._node

    def close(self) -> None:
        """Let go of the file; nothing is left to be written."""
        with suppress(sqlite3.Error):
            self._db.close()

    def _hold(self) -> None:
        """Keep the lock from the next transaction until the file is closed or the process dies."""
        with _told(self.path, "opened"):
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")

    # -- rows

    def _fill(self, content: Content) -> None:
        with self._writing("written"):
            self._db.execute(f"PRAGMA application_id = {APPLICATION}")
            self._db.execute(f"PRAGMA user_version = {VERSION}")
            for table in _SCHEMA:
                self._db.execute(table)
            for name, text in content.files.items():
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
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (key, value, _seal(key, value)))

    def _insert_row(self, row: Row) -> None:
        self._db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, _seal(*row)))

    def _put_filing(self, entry: int, seat: str, orders: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO filings VALUES (?, ?, ?, ?)",
                         (entry, seat, orders, _seal(entry, seat, orders)))

    def _read(self) -> Content:
        """All of the file, each row against its seal."""
        self._check_form()
        try:
            meta = dict(self._sealed("SELECT key, value, seal FROM meta"))
            if tuple(sorted(meta)) != _KEYS:
                raise ValueError("what the match is made of is incomplete")
            filings: dict[int, dict[str, str]] = {}
            for entry, seat, orders in self._sealed("SELECT entry, seat, orders, seal FROM filings"):
                filings.setdefault(entry, {})[seat] = orders
            rows = self._sealed("SELECT id, parent, kind, round, opening, orders, choices, events, seal"
                                " FROM entries ORDER BY id")
            return Content(
                dict(self._sealed("SELECT name, text, seal FROM files ORDER BY name")), int(meta["seed"]),
                json.loads(meta["until"]), json.loads(meta["players"]), meta["level"], int(meta["head"]),
                tuple(Row(*found) for found in rows), filings, meta["created_by"])
        except (ValueError, TypeError, RecursionError) as problem:
            raise damaged(self.path, str(problem)) from problem

    def _check_form(self) -> None:
        """That the file is a save of this version, whole, and holds our tables and nothing else."""
        if self._pragma("application_id") != APPLICATION or self._pragma("journal_mode") != "delete":
            raise _not_a_save(self.path)
        version = self._pragma("user_version")
        if version != VERSION:
            what = "a newer version of Detente made it; update Detente" if version > VERSION else \
                "an older version of Detente made it; open it with that version"
            raise SaveError(f"{self.path} is a save of form {version}, and this version reads form {VERSION}: {what}.",
                            "D202")
        found = self._pragma("quick_check")
        if found != "ok":
            raise damaged(self.path, str(found))
        tables = [sql for (sql,) in self._db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")]
        if tables != list(_SCHEMA):
            raise damaged(self.path, "its tables are not those of a save")

    def _pragma(self, name: str) -> Any:
        found = self._db.execute(f"PRAGMA {name}").fetchone()
        return found[0] if found else None

    def _sealed(self, query: str) -> Iterator[tuple[Any, ...]]:
        for *columns, seal in self._db.execute(query):
            if seal != _seal(*columns):
                raise ValueError(f"a row was changed: {columns[0]!r}")
            yield tuple(columns)

    @contextmanager
    def _writing(self, doing: str) -> Iterator[None]:
        """One transaction that holds the file alone, wholly done or wholly undone."""
        if _node(self.path) != self._node:
            raise SaveError(f"{self.path} was moved or removed while it was open; save the match under a name again.",
                            "D204")
        with _told(self.path, doing):
            self._db.execute("BEGIN EXCLUSIVE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    with suppress(sqlite3.Error):
                        self._db.execute("ROLLBACK")
                raise


def damaged(path: Path, detail: str) -> SaveError:
    """The error for a save that cannot be trusted."""
    return SaveError(f"{path} is damaged ({detail}); restore it from a copy.", "D203")


def _look(path: Path) -> None:
    """What can be said of a path without opening the file."""
    try:
        if path.is_dir():
            raise SaveError(f"{path} is a folder, not a save; name a file in it.", "D201")
        if not path.exists():
            raise SaveError(f"There is no save at {path}; check the name.", "D204")
        if not path.is_file():
            raise _not_a_save(path)
    except OSError as problem:
        raise SaveError(f"{path} cannot be opened ({_system(problem)}); check the path and its permissions.",
                        "D205") from problem


def _node(path: Path) -> tuple[int, int]:
    """Which file stands at a path; zeros for none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return 0, 0


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for nobody, creates nothing and trusts nothing that the file brings along."""
    with _told(path, "opened"):
        # from any thread: faces resolve off their own loop, one call at a time
        db = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, timeout=0,
                             isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA trusted_schema = OFF")
            db.execute("PRAGMA cell_size_check = ON")
            db.execute("PRAGMA synchronous = FULL")
        except BaseException:
            db.close()
            raise
        return db


@contextmanager
def _told(path: Path, doing: str) -> Iterator[None]:
    """SQLite's errors as a `SaveError`: what, where, what to do."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _save_error(path, doing, problem) from problem


def _save_error(path: Path, doing: str, problem: sqlite3.Error) -> SaveError:
    name = getattr(problem, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SaveError(f"{path} is open in another Detente; close it there first.", "D207")
    if name.startswith("SQLITE_FULL"):
        return SaveError(f"{path} could not be {doing}: the disk is full; free some space and try again. "
                         "What was saved before is kept.", "D206")
    if name.startswith("SQLITE_NOTADB"):
        return _not_a_save(path)
    if name.startswith("SQLITE_CORRUPT"):
        return damaged(path, str(problem))
    if name.startswith("SQLITE_READONLY"):
        return SaveError(f"{path} cannot be {doing}: it may only be read; copy it to a folder that you may write to.",
                         "D205")
    if name.startswith("SQLITE_CANTOPEN"):
        return SaveError(f"{path} cannot be {doing}: it or its folder is closed to you; "
                         "check its permissions, or copy it to a folder that you may write to.", "D205")
    if name.startswith("SQLITE_IOERR"):
        return SaveError(f"{path} could not be {doing} ({problem}); see whether the disk is there and has space, "
                         "and try again. What was saved before is kept.", "D206")
    return SaveError(f"{path} could not be {doing} ({problem}); try again, or restore it from a copy.", "D203")


def _not_a_save(path: Path) -> SaveError:
    return SaveError(f"{path} is not a save of Detente; `detente paths` shows where saves are.", "D201")


def _system(problem: OSError) -> str:
    return problem.strerror or str(problem)


def _seal(*columns: object) -> str:
    return blake2b(dumps(columns).encode(), digest_size=8).hexdigest()
