"""serve: what the whole process is set to before and while many apps share it: environment, collector, threads, lag.

Each of these is a cure for something that was seen to break when thirty Textual apps share one loop; the tests under
`tests/serve/test_cures.py` show what each of them prevents.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

THREADS: Final = 256
"""On Windows every timer of Textual sleeps in a thread of its own: about five a seat."""
THRESHOLDS: Final = (20_000, 5, 1_000_000)
"""Of the collector: a collection of the oldest generation walks every widget of every seat, 0.4 s at thirty seats."""
GONE: Final = 8
"""How many apps may have ended before their memory is collected, which stops everybody for a moment."""
BEAT: Final = 0.25
"""Seconds between two looks at the loop's lag."""
BREATH: Final = 0.003
"""Seconds: a loop that comes back within twice of them is calm."""
LONGEST: Final = 0.25
"""Seconds for which calm is waited for."""
LATE: Final = 0.5
"""Seconds of lag that are reported."""
REPORTS: Final = 30
"""Faults a minute that are written to the log."""
Report = Callable[[BaseException, str], object]
"""Takes an exception and where it happened; writes it where the host's owner looks."""


def set_surroundings() -> None:
    """Set what Textual reads from the environment when it is imported; call it before the first import of Textual.

    Colours belong to the people's browsers, whatever the host's own terminal can show.
    """
    os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
    # more frames than these are lost on a network, and cost everybody
    os.environ.setdefault("TEXTUAL_FPS", "30")
    os.environ.pop("NO_COLOR", None)


class Collector:
    """Keeps the garbage collector from walking all seats: what runs is frozen, what has ended is collected in one go."""

    def __init__(self) -> None:
        self._gone = 0
        self.wants = False
        """Whether screens have been left since the last collection, which nobody but it can give back."""
        self._before: tuple[int, int, int] | None = None

    def begin(self) -> None:
        """Set the thresholds; everything that stands now is left alone from now on."""
        self._before = gc.get_threshold()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)

    def started(self) -> None:
        """An app stands: leave it alone from now on."""
        if self._before is not None:
            gc.collect(1)
            gc.freeze()

    def ended(self) -> None:
        """An app has ended; after a few of them what they held is to be given back."""
        self._gone += 1
        self.wants = self.wants or self._gone >= GONE

    def left(self) -> None:
        """Every app has left a screen or two behind, as after a round."""
        self.wants = True

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Collect nothing meanwhile: what everybody waits for is painted first."""
        was = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was:
                gc.enable()

    def tidy(self) -> None:
        """Give back what was left behind. Stops everybody for up to half a second, so call it in a calm moment."""
        if self._before is None or not (self._gone or self.wants):
            return
        self._gone, self.wants = 0, False
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _give_up_the_free()

    def end(self) -> None:
        """As it was before `begin`."""
        if self._before is not None:
            gc.set_threshold(*self._before)
            gc.unfreeze()
            self._before = None


def _give_up_the_free() -> None:
    """Hand free memory back to the system, where its C library keeps it: ten megabytes in a class of thirty."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def widen(loop: asyncio.AbstractEventLoop) -> ThreadPoolExecutor:
    """Give the loop threads enough for every seat's timers and files."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="detente")
    loop.set_default_executor(pool)
    return pool


def raise_files() -> None:
    """Allow as many open files as the system lets this process have: every connection is one."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def bounded(report: Report, clock: Callable[[], float] = time.monotonic) -> Report:
    """The same, but at most `REPORTS` a minute: nobody can fill the disk with what they make go wrong."""
    told: deque[float] = deque(maxlen=REPORTS)

    def tell(fault: BaseException, where: str) -> None:
        now = clock()
        if len(told) < REPORTS or now - told[0] >= 60:
            told.append(now)
            report(fault, where)

    return tell


class _ToReport(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        # what a stranger sends that is no HTTP is no fault of the host, and would fill its log
        if fault is not None and not type(fault).__module__.startswith("aiohttp.") and not isinstance(fault, OSError):
            self._report(fault, "the web server")


def quiet(report: Report) -> None:
    """Let the libraries' own logs write nothing on the teacher's terminal: they quote what strangers send."""
    for name in ("aiohttp", "asyncio"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.handlers = [_ToReport(report)]


async def calm() -> None:
    """Wait until the loop has nothing urgent to do, but not for ever: keys go before what can wait."""
    clock = time.perf_counter
    end = clock() + LONGEST
    while True:
        before = clock()
        await asyncio.sleep(BREATH)
        now = clock()
        if now - before < 2 * BREATH or now > end:
            return


class Watchdog:
    """Watches how late the loop is: one slow handler stops every seat, and nobody would know why."""

    def __init__(self, late: Callable[[float], object], clock: Callable[[], float] = time.perf_counter) -> None:
        """`late` is called with the seconds of a lag above `LATE`."""
        self._late, self._clock = late, clock
        self.worst = 0.0
        """Seconds, since the start."""
        self.last = 0.0

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            before = self._clock()
            await asyncio.sleep(BEAT)
            self.note(self._clock() - before - BEAT)

    def note(self, lag: float) -> None:
        """Take one measurement, in seconds."""
        self.last = max(0.0, lag)
        self.worst = max(self.worst, self.last)
        if lag > LATE:
            self._late(lag)
