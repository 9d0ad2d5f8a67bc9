"""serve: all sessions of a host: started two at a time, kept after a connection is lost, freed when nobody comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sim.serve.process import Collector, Report
from sim.serve.terminals.channel import Closing, Size

if TYPE_CHECKING:
    from textual.app import App

    from sim.serve.terminals.session import Session

LINGER: Final = 15 * 60.0
"""Seconds that an app waits for its person to come back."""
LEADING: Final = 8
"""Seats that paint what is new for all their people at the same time."""
AT_ONCE: Final = 2
"""Apps that may start at the same time: a whole class joins in the same ten seconds."""


RESTING: Final = 0.7
"""Seconds without a key in which screens may be built ahead."""
PATIENCE: Final = 5.0
"""Seconds that an app has for it."""


def _built(done: asyncio.Future[bool], app: App[Any]) -> None:
    if not done.done():
        done.set_result(app.build_ahead())  # type: ignore[attr-defined]


def _seen(painted: asyncio.Future[None]) -> None:
    if not painted.done():
        painted.set_result(None)


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
        # brings in what screens are made of, which a host that nobody has come to does not need
        from sim.serve.terminals.session import Session

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

    async def show(self, change: Callable[[App[Any]], object], glance: Callable[[App[Any]], object],
                   each: Callable[[], Awaitable[object]] = _at_once) -> None:
        """Like `spread`, for a change after which all people of a seat see the same.

        One of them paints it; the others' terminals show that picture at once, and their apps follow one by one. Who has
        no such picture tells by `glance` that something is new until it is their turn.
        """
        from sim.serve.terminals.session import PAINTED

        groups: dict[object, list[Session]] = {}
        for session in self._all.values():
            if not session.over:
                groups.setdefault(session.alike or session, []).append(session)
                session.hush()
        first = sorted(groups.values(), key=lambda group: (not group[0].attended, -len(group)))
        gate = asyncio.Semaphore(LEADING)

        async def lead(group: list[Session]) -> None:
            async with gate:
                painted = asyncio.get_running_loop().create_future()
                group[0].follow(change, partial(_seen, painted))
                if len(group) == 1 and not group[0].attended:
                    return
                await asyncio.wait([painted], timeout=PAINTED)
                picture = group[0].picture() if len(group) > 1 else b""
                for other in group[1:] if picture else ():
                    other.show_ahead(picture)

        with self.collector.held():
            await asyncio.gather(*(lead(group) for group in first))
            # until it is on its way to everybody
            await each()
        behind = [session for group in first for session in group[1:]]
        for session in behind:
            if not session.ahead:
                session.look(glance)
        for session in behind:
            session.follow(change)
            await each()

    async def build_ahead(self, free: Callable[[], bool], calm: Callable[[], Awaitable[object]]) -> None:
        """Let apps build the screens that come next, one after the other, while the host is `free` and nobody types."""
        for session in list(self._all.values()):
            if not free() or self.idle() < RESTING:
                return
            if session.over or not session.attended or not hasattr(session.app, "build_ahead"):
                continue
            built = asyncio.get_running_loop().create_future()
            session.look(partial(_built, built))
            await asyncio.wait([built], timeout=PATIENCE)
            if built.done() and built.result():
                await calm()

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
