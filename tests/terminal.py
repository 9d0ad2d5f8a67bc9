"""A program on a pseudo-terminal, as a person sits before it: keys in, what stands on the screen out."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pexpect
import pyte

from tests.cli.process import REPOSITORY, surroundings

QUIET = 0.08
"""Seconds without a byte after which a repaint is taken as finished."""
PATIENCE = 60.0


class Terminal:
    """Reads with `pyte`, so that a text is found wherever and in however many pieces it was written."""

    def __init__(self, home: Path | str, *arguments: str, size: tuple[int, int] = (80, 24), **more: str) -> None:
        """Python with these arguments; `home` holds the saves, `size` is columns and rows, `more` environment."""
        env = {key: value for key, value in surroundings(home, COLORTERM="truecolor").items() if key != "NO_COLOR"} | more
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.started = self._came = time.perf_counter()
        self.child = pexpect.spawn(sys.executable, list(arguments), env=env,  # type: ignore[arg-type]
                                   dimensions=(size[1], size[0]), cwd=str(REPOSITORY), timeout=PATIENCE)
        self.child.delaybeforesend = None

    @classmethod
    def detente(cls, home: Path | str, *arguments: str, size: tuple[int, int] = (80, 24), **more: str) -> Self:
        """The product itself."""
        return cls(home, "-m", "sim.cli", *arguments, size=size, **more)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What stands on the screen, row by row."""
        return "\n".join(self.screen.display)

    def press(self, keys: str, then: str = "") -> None:
        """Type; and wait for a text, if one is given."""
        self.child.send(keys)
        if then:
            self.until(lambda text: then in text)

    def until(self, holds: Callable[[str], object]) -> float:
        """Read until the screen's text fulfils a condition; seconds from the spawn to the bytes that did it."""
        end = time.monotonic() + PATIENCE
        while not holds(self.text):
            assert time.monotonic() < end, self.text
            assert self._read(0.2) >= 0, self.text
        return self._came - self.started

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

    def left(self) -> tuple[int, str]:
        """Wait for its end: exit code, and what it printed at last."""
        self.child.expect(pexpect.EOF, timeout=PATIENCE)
        said = (self.child.before or b"").decode(errors="replace")
        self.child.close()
        return self.child.exitstatus or 0, said

    def memory(self) -> float:
        """Resident megabytes of the process now."""
        status = Path(f"/proc/{self.child.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found is not None
        return int(found[1]) / 1024

    def feed(self, data: bytes) -> None:
        """Take what somebody else has read of it."""
        self._stream.feed(data)

    def _read(self, seconds: float) -> int:
        """How many bytes came; -1 where the program has ended."""
        try:
            data = self.child.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            return 0
        except pexpect.EOF:
            return -1
        # before the bytes are drawn here, which is no part of what is measured
        self._came = time.perf_counter()
        self._stream.feed(data)
        return len(data)
