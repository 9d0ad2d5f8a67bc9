"""serve: all sessions of a host: started two at a time, kept after a connection is lost, freed when nobody comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from sim.serve.channel import Closing, Size
from sim.serve.process import Collector, Report
from sim.serve.session import Session

if TYPE_CHECKING:
    from textual.app import App

LINGER: Final = 15 * 60.0
"""Seconds that an app waits for its person to come back."""
AT_ONCE: Final = 2
"""Apps that may start at the same time: a whole class joins in the same ten seconds."""


async def _at_once() -> None:
    await asyncio.sleep(0)


class Sessions:
    """One session for each member, and a few that wait for somebody to come."""

    def __init__(self, make: Callable[[], App[Any]], admit: Callable[[App[Any], str], None], report: Report, *,
                 linger: float = LINGER, clock: Callable[[], float] = time.monotonic) -> None:
        """`make` gives an app that nobody sits at, `admit` seats a member there."""
        self._make, self._admit, self._report, self._linger, self._clock = make, admit, report, linger, clock
        self._all: dict[str, Session] = {}
        self._spare: list[Session] = []
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.collector = Collector()

    def __len__(self) -> int:
        return len(self._all)

    def get(self, member: str) -> Session | None:
        """A member's session, if one runs."""
        found = self._all.get(member)
        return found if found is not None and not found.over else None

    async def of(self, member: str, size: Size) -> Session:
        """A member's session, begun if there is none; ready to take keys."""
        found = self.get(member)
        if found is None:
            if member in self._all:
                self.collector.ended()
            while self._spare and (found is None or found.over):
                found = self._spare.pop()
            if found is not None and not found.over:
                self._all[member] = found
                found.seat(member)
            else:
                found = self._all[member] = self._new(size, member)
                await self._started(found)
        await found.ready.wait()
        return found

    async def begin(self, number: int, size: Size) -> None:
        """Start apps before anybody comes: joining is then a matter of a moment."""
        async def one() -> None:
            session = self._new(size)
            await self._started(session)
            self._spare.append(session)

        await asyncio.gather(*(one() for _ in range(number - len(self._spare))))

    @property
    def spare(self) -> int:
        """Apps that wait for somebody."""
        return len(self._spare)

    def _new(self, size: Size, member: str = "") -> Session:
        return Session(self._make, self._admit, size, self._report, member)

    async def _started(self, session: Session) -> None:
        async with self._gate:
            session.start()
            await session.ready.wait()
            self.collector.started()

    async def spread(self, change: Callable[[App[Any]], object], each: Callable[[], Awaitable[object]] = _at_once) -> None:
        """Let every app take in a change, those that are looked at first; `each` is awaited between two of them."""
        running = [session for session in self._all.values() if not session.over]
        running.sort(key=lambda session: not session.attended)
        for session in running:
            app = session.app
            if app is not None and app.is_running:
                app.call_later(change, app)
                await each()

    def idle(self) -> float:
        """Seconds since anybody typed anything."""
        now = time.monotonic()
        return min((now - session.typed for session in self._all.values()), default=now)

    async def sweep(self) -> None:
        """End the apps that nobody has come back to, and forget those that have ended."""
        now = self._clock()
        for member, session in list(self._all.items()):
            if session.over or (not session.attended and now - session.seen > self._linger):
                await self.drop(member)

    async def drop(self, member: str, why: Closing = Closing.LEFT) -> None:
        """End a member's app and its connection."""
        session = self._all.pop(member, None)
        if session is not None:
            await session.stop(why)
            self.collector.ended()

    async def stop(self) -> None:
        """End all."""
        gone = [*self._all.values(), *self._spare]
        self._all, self._spare = {}, []
        await asyncio.gather(*(session.stop() for session in gone))
