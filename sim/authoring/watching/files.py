"""authoring: the files of a scenario as their author saves them: seen when they have changed and come to rest.

Sizes and times are looked at, nothing is asked of the system: it works on every disk, and for editors that write by
renaming. Half-written files are waited for; the same content again is no change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sim.errors import UsageError
from sim.scenario.load import BESIDE, TEXTS, contents
from sim.scenario.names import MAIN

SETTLE: Final = 0.08
"""Seconds without a change after which files are taken as written."""
GONE: Final = 1.0
"""Seconds that a file may be away or empty: some editors write so."""

Signature = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands there now."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By name; empty where there is nothing to read."""
    gone: str = ""
    """A sentence where there is nothing to read."""


class Watched:
    """One scenario's files. `look` is quick, keeps its own count of what it saw, and belongs to one thread at a time."""

    def __init__(self, path: Path, label: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """`path`: a file, or a folder with `scenario.yaml`; `clock`: seconds that only ever grow."""
        self.path = path
        self.label = label or str(path)
        self.clock = clock
        self._signature: Signature = ()
        self._since = 0.0
        self._pending = False
        self._last: Seen | None = None

    def first(self) -> Seen:
        """What stands there at the beginning, whatever it is. Raises `UsageError` if there is nothing."""
        self._signature = self._sign()
        self._last = Seen(contents(self.path, self.label))
        return self._last

    def look(self) -> Seen | None:
        """The files, once they have changed and come to rest; None until then, and after it until the next change."""
        now, signature = self.clock(), self._sign()
        if signature != self._signature:
            self._signature, self._since, self._pending = signature, now, True
        if not self._pending or now - self._since < SETTLE:
            return None
        seen = self._read()
        if self._sign() != signature:
            # written while it was read
            return None
        if (seen.gone or not seen.files[MAIN].strip()) and now - self._since < GONE:
            return None
        self._pending = False
        if seen == self._last:
            return None
        self._last = seen
        return seen

    def _read(self) -> Seen:
        try:
            return Seen(contents(self.path, self.label))
        except UsageError as problem:
            return Seen(gone=problem.sentence)

    def _sign(self) -> Signature:
        return tuple(_stat(name, place) for name, place in self._places())

    def _places(self) -> list[tuple[str, Path]]:
        if not self.path.is_dir():
            return [(MAIN, self.path)]
        found = [(name, self.path / name) for name in (MAIN, *BESIDE)]
        briefs = self.path / "briefs"
        try:
            inside = sorted(briefs.iterdir())
        except OSError:
            inside = []
        return found + [(f"briefs/{it.name}", it) for it in inside if it.name.endswith(TEXTS)]


def _stat(name: str, place: Path) -> tuple[str, int, int, int]:
    try:
        found = place.stat()
    except OSError:
        return name, -1, -1, -1
    return name, found.st_mtime_ns, found.st_size, found.st_ino
