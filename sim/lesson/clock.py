"""lesson: the clock of a round, which a jump of the machine's clocks cannot empty."""

from __future__ import annotations

import time
from typing import Final, Protocol

LONGEST_STEP: Final = 15.0
"""Seconds that count at most between two looks at the clock: a lid that was closed for an hour costs a class no round."""


class Clock(Protocol):
    """Where time comes from."""

    def monotonic(self) -> float:
        """Seconds from some instant on, never set by anybody."""
        ...

    def wall(self) -> float:
        """Seconds since 1970, for what people read."""
        ...


class SystemClock:
    """The clocks of this machine."""

    def monotonic(self) -> float:
        """The system's monotonic clock."""
        return time.monotonic()

    def wall(self) -> float:
        """The system's clock of the day."""
        return time.time()


class Timer:
    """What is left of a stretch of time."""

    def __init__(self, clock: Clock, left: float | None = None) -> None:
        """`left` in seconds; None is no limit. It stands until `go`."""
        self._clock = clock
        self._left = left
        self._last = clock.monotonic()
        self.running = False

    @property
    def left(self) -> float | None:
        """Seconds left, 0 at the least; None without a limit."""
        self._advance()
        return self._left

    @property
    def over(self) -> bool:
        """Whether the time has run out."""
        return self.left == 0

    def set(self, seconds: float | None) -> None:
        """Begin a stretch; whether it runs does not change."""
        self._advance()
        self._left = seconds

    def extend(self, seconds: float) -> None:
        """Add to what is left, or take from it."""
        if (left := self.left) is not None:
            self._left = max(0.0, left + seconds)

    def go(self) -> None:
        """Run from now on."""
        self._advance()
        self.running = True

    def stop(self) -> None:
        """Stand still from now on."""
        self._advance()
        self.running = False

    def _advance(self) -> None:
        now = self._clock.monotonic()
        step = min(max(0.0, now - self._last), LONGEST_STEP)
        self._last = now
        if self.running and self._left is not None:
            self._left = max(0.0, self._left - step)
