"""play: an open save as a file: its connection, its lock, its transactions, and SQLite's errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sim.errors import SaveError

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
    "D210": "a save that belongs to a lesson",
}
"""Every code of a `SaveError` with what it is about."""


class Volume:
    """An open file: its connection, its lock, and its transactions, which may stand inside one another."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.db = connection
        self._node = node(path)
        self._depth = 0
        self._broken = False

    def stands_at(self, path: Path) -> bool:
        """Whether a path leads to this file."""
        return node(path) == self._node

    def take(self, connection: sqlite3.Connection) -> None:
        """Go on with another file at the same path, which holds the same, and hold it. Raises `SaveError`."""
        self.close()
        self.db, self._node = connection, node(self.path)
        self.hold()

    def hold(self) -> None:
        """Keep the lock from the next transaction until the file is closed or the process dies."""
        with told(self.path, "opened"):
            self.db.execute("PRAGMA locking_mode = EXCLUSIVE")

    def close(self) -> None:
        """Let go of the file; nothing is left to be written."""
        with suppress(sqlite3.Error):
            self.db.close()

    @contextmanager
    def writing(self, doing: str = "written") -> Iterator[None]:
        """One transaction that holds the file alone, wholly done or wholly undone; inside another it is part of that.

        Raises `SaveError` where the file cannot be written.
        """
        if self._depth:
            try:
                yield
            except BaseException:
                self._broken = True
                raise
            return
        if node(self.path) != self._node:
            raise SaveError(f"{self.path} was moved or removed while it was open; save the match under a name again.",
                            "D204")
        with told(self.path, doing):
            self.db.execute("BEGIN EXCLUSIVE")
            self._depth, self._broken = 1, False
            try:
                yield
                if self._broken:
                    # part of it failed and somebody went on regardless: half a change is none
                    raise SaveError(f"{self.path} could not be {doing}; try again. What was saved before is kept.", "D206")
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    with suppress(sqlite3.Error):
                        self.db.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0


def damaged(path: Path, detail: str) -> SaveError:
    """The error for a save that cannot be trusted."""
    return SaveError(f"{path} is damaged ({detail}); restore it from a copy.", "D203")


def look(path: Path) -> None:
    """What can be said of a path without opening the file."""
    try:
        if path.is_dir():
            raise SaveError(f"{path} is a folder, not a save; name a file in it.", "D201")
        if not path.exists():
            raise SaveError(f"There is no save at {path}; check the name.", "D204")
        if not path.is_file():
            raise not_a_save(path)
    except OSError as problem:
        raise SaveError(f"{path} cannot be opened ({system(problem)}); check the path and its permissions.",
                        "D205") from problem


def node(path: Path) -> tuple[int, int]:
    """Which file stands at a path; zeros for none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return 0, 0


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for nobody, creates nothing and trusts nothing that the file brings along."""
    with told(path, "opened"):
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
def told(path: Path, doing: str) -> Iterator[None]:
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
        return not_a_save(path)
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


def not_a_save(path: Path) -> SaveError:
    """The error for a file that is something else."""
    return SaveError(f"{path} is not a save of Detente; `detente paths` shows where saves are.", "D201")


def system(problem: OSError) -> str:
    """What the system says of a problem."""
    return problem.strerror or str(problem)
