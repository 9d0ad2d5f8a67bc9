"""A program on a pseudo-terminal, as a person sits before it: keys in, what stands on the screen out, with times."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import pexpect
import pyte

QUIET = 0.08
"""Seconds without a byte after which a repaint is taken as finished."""


class Terminal:
    """Reads with `pyte`, so that a text is found wherever and in however many pieces it was written."""

    def __init__(self, program: str, arguments: Sequence[str], home: str, size: tuple[int, int] = (120, 40)) -> None:
        """Spawn; `home` holds the saves, `size` is columns and rows."""
        env = {**os.environ, "DETENTE_HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        env.pop("NO_COLOR", None)
        # an installed program has its bytecode
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.started = time.perf_counter()
        self._child = pexpect.spawn(program, list(arguments), env=env, dimensions=(size[1], size[0]), timeout=60)
        self._child.delaybeforesend = None
        self._came = self.started

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.close(force=True)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, keys: str) -> None:
        """Type."""
        self._child.send(keys)

    def until(self, holds: Callable[[str], object], seconds: float = 30) -> float:
        """Read until the screen's text fulfils a condition; the time since the start. Raises `TimeoutError`."""
        end = time.perf_counter() + seconds
        while not holds(self.text):
            if time.perf_counter() > end:
                raise TimeoutError(f"It never came about; the screen says:\n{self.text}")
            self._read(0.05)
        return time.perf_counter() - self.started

    def settle(self) -> tuple[float, float, int]:
        """Read until nothing comes: seconds until the first byte and until the last, and how many bytes."""
        asked = time.perf_counter()
        first = last = 0.0
        count = 0
        while (got := self._read(QUIET if count else 1.0)) > 0:
            last = self._came - asked
            first = first or last
            count += got
        return first, last, count

    def memory(self) -> float:
        """Resident megabytes of the process now."""
        status = Path(f"/proc/{self._child.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found is not None
        return int(found[1]) / 1024

    def _read(self, seconds: float) -> int:
        try:
            data = self._child.read_nonblocking(65536, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return 0
        # before the bytes are drawn here, which is no part of what is measured
        self._came = time.perf_counter()
        self._stream.feed(data)
        return len(data)
