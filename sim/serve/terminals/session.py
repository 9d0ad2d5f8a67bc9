"""serve: one member's app with zero or one terminal before it: the app outlives the connection, a new tab takes it over."""

from __future__ import annotations

import asyncio
import secrets
import sys
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual import events

from sim.serve.process import Report
from sim.serve.terminals.channel import ENTER, HIGH_WATER, Channel, Closing, Size
from sim.serve.terminals.driver import SessionDriver

if TYPE_CHECKING:
    from textual.app import App

FRESH: Final = 3
"""How often within `MINUTE` an app that failed is begun anew before the person is told."""
MINUTE: Final = 60.0
PAINTED: Final = 10.0
"""Seconds within which an app has painted what it was told, or what stands on its terminal is painted whole."""
FOLLOWED: Final = 20.0
"""Seconds within which an app that is behind the picture on its terminal has been told to follow."""
_HELD: Final = 64
"""Messages of keys that are kept for an app that is behind the picture on its terminal."""
_FILES: Final = 4
"""Files that wait to be fetched."""


class Session:
    """Runs one app after the other: a new one in the place of one that failed, none after one that was left."""

    def __init__(self, make: Callable[[], App[Any]], admit: Callable[[App[Any], str], None], size: Size,
                 report: Report, member: str = "") -> None:
        """`make` gives an app that nobody sits at, `admit` seats a member there. Nothing runs yet."""
        self.member = member
        self.size = size
        self.ready = asyncio.Event()
        """Set once the first app takes keys."""
        self.app: App[Any] | None = None
        self.seen = time.monotonic()
        """When a terminal was last before it."""
        self.typed = self.seen
        """When a key last came."""
        self.failed: deque[float] = deque(maxlen=FRESH)
        self.files: dict[str, tuple[str, bytes]] = {}
        self._make, self._admit, self._report = make, admit, report
        self._channel: Channel | None = None
        self._dropped = False
        self._task: asyncio.Task[None] | None = None
        self._stopping: Closing | None = None
        self.ahead = False
        """Whether the terminal shows what the app does not yet: a picture that another app of the same seat has painted."""
        self._held: list[str] | None = None
        """Keys that are meant for what the picture shows."""
        self._overdue: asyncio.TimerHandle | None = None

    # -- running

    def start(self) -> None:
        """Run the app, in a task and so in a context of its own."""
        self._task = asyncio.create_task(self._run(), name="a member's app")

    def seat(self, member: str) -> None:
        """Give an app that was started before anybody came to a member."""
        self.member = member
        if self.app is not None:
            self._admit(self.app, member)

    @property
    def over(self) -> bool:
        """Whether it has ended, by the person or for good."""
        return self._task is not None and self._task.done()

    @property
    def attended(self) -> bool:
        """Whether a terminal is before it."""
        return self._channel is not None

    async def _run(self) -> None:
        why = Closing.LEFT
        try:
            while True:
                fault = await self._one()
                if fault is None or self._stopping is not None:
                    why = self._stopping or Closing.LEFT
                    return
                self._report(fault, f"the screen of member {self.member or 'nobody'}")
                now = time.monotonic()
                if len(self.failed) == FRESH and now - self.failed[0] < MINUTE:
                    why = Closing.BROKEN
                    return
                self.failed.append(now)
        finally:
            self.ready.set()
            self.app = None
            self._caught_up()
            if self._channel is not None:
                self._channel.close(why)
                self._channel = None

    async def _one(self) -> BaseException | None:
        """One app from start to end; what it failed of, or None where the person left."""
        try:
            app = self._make()
            if self.member:
                self._admit(app, self.member)
        except Exception as fault:  # noqa: BLE001 one seat's failure is not the others'
            return fault
        self.app = app
        # called as a factory by the app; the class itself would need the session from somewhere global
        app.driver_class = partial(SessionDriver, outlet=self)  # type: ignore[assignment]
        # the app would put a capture of its own over the process's streams, and leave another app's there at its end
        app._capture_stdout, app._capture_stderr = sys.stdout, sys.stderr  # type: ignore[assignment]  # noqa: SLF001
        try:
            await app.run_async(size=(self.size.width, self.size.height))
        except Exception as fault:  # noqa: BLE001 see above
            return fault
        kept = getattr(app, "fault", None)
        if kept is None and app.return_code == 1:
            kept = app._exception  # noqa: SLF001 an app that does not keep it itself
        return kept if isinstance(kept, BaseException) else None

    async def stop(self, why: Closing = Closing.HOST_ENDS) -> None:
        """End the app and the connection."""
        self._stopping = why
        if self._task is None:
            return
        if self.app is not None and not self._task.done():
            self.app.exit()
        await asyncio.wait([self._task], timeout=3)
        if not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task], timeout=1)

    # -- the terminal

    def attach(self, channel: Channel, size: Size) -> None:
        """Put a terminal before the app; the one that was there is told that a newer one has it now."""
        self._caught_up()
        before, self._channel = self._channel, channel
        if before is not None:
            before.close(Closing.TAKEN)
        self.seen = time.monotonic()
        self._dropped = False
        self.size = size
        if self.over:
            channel.close(Closing.LEFT)
            return
        driver = self.driver
        if driver is not None:
            self.output(ENTER)
            driver.resize(size)
            self.repaint()

    def detach(self, channel: Channel) -> None:
        """The terminal is gone; the app goes on unseen. Nothing happens if another one has it already."""
        if self._channel is channel:
            self._channel = None
            self.seen = time.monotonic()

    def holds(self, channel: Channel) -> bool:
        """Whether this terminal is the one before the app."""
        return self._channel is channel

    @property
    def driver(self) -> SessionDriver | None:
        """The app's driver, while one runs."""
        driver = self.app._driver if self.app is not None else None  # noqa: SLF001
        return driver if isinstance(driver, SessionDriver) else None

    def feed(self, text: str) -> int:
        """What was typed; how many events it made."""
        self.typed = time.monotonic()
        if self._held is not None:
            if len(self._held) < _HELD:
                self._held.append(text)
            return 1
        driver = self.driver
        return driver.feed(text) if driver is not None else 0

    def resize(self, size: Size) -> None:
        """The terminal has another size now."""
        if size != self.size:
            if self.ahead:
                # the picture was of another size
                self._caught_up(whole=True)
            self.size = size
            if (driver := self.driver) is not None:
                driver.resize(size)

    def focus(self, here: bool) -> None:
        """Whether the person looks at the terminal."""
        if self.app is not None:
            self.app.post_message(events.AppFocus() if here else events.AppBlur())

    def drained(self) -> None:
        """The client has taken all that waited: what it missed is painted whole."""
        if self._dropped:
            self._dropped = False
            self.repaint()

    def repaint(self) -> None:
        """Paint the whole screen again."""
        app = self.app

        def whole() -> None:
            assert app is not None
            if app.is_running and app.screen_stack:
                app.screen.refresh(layout=True)
                app.refresh(repaint=True)

        if app is not None:
            app.call_later(whole)

    # -- what all of a seat see

    @property
    def alike(self) -> tuple[object, ...] | None:
        """Equal for sessions whose terminals will show the same once a round was closed; None for one that stands alone."""
        app = self.app
        if app is None or not app.is_running or not self.attended:
            return None
        seen = getattr(app, "alike", None)
        return None if seen is None else (*seen, self.size)

    def hush(self) -> None:
        """Let the app's clock rest until it has been told to follow: nobody's result waits for a second to be painted."""
        if self.app is not None:
            self.app.hushed = True  # type: ignore[attr-defined]

    def follow(self, change: Callable[[App[Any]], object], seen: Callable[[], None] | None = None) -> None:
        """Let the app take in a change; `seen` is called once it has painted a new screen for it, or is overdue."""
        app = self.app

        def done() -> None:
            self._caught_up()
            if seen is not None:
                seen()

        if app is None or not app.is_running:
            done()
            return
        self.ahead = False
        if seen is not None or self._held is not None:
            app.on_seen = done  # type: ignore[attr-defined]
        if self._held is not None:
            self._wait(PAINTED, partial(self._caught_up, whole=True))
        app.call_later(self._follows, change, done)

    def _follows(self, change: Callable[[App[Any]], object], done: Callable[[], None]) -> None:
        app = self.app
        if app is None:
            return
        app.hushed = False  # type: ignore[attr-defined]
        change(app)
        if not app.coming and getattr(app, "on_seen", None) is not None:  # type: ignore[attr-defined]
            # nothing new is shown for it
            app.on_seen = None  # type: ignore[attr-defined]
            done()

    def look(self, glance: Callable[[App[Any]], object]) -> None:
        """Let the app do something when its turn comes."""
        app = self.app
        if app is not None and app.is_running:
            app.call_later(glance, app)

    def picture(self) -> bytes:
        """What a seat sees of a closed round, as this terminal shows it; empty where it shows anything else."""
        app = self.app
        rows = app.result() if app is not None and app.is_running else []  # type: ignore[attr-defined]
        if app is None or not rows:
            return b""
        painted = "".join(f"\x1b[{number};1H{row.render(app.console)}" for number, row in enumerate(rows, 2))
        return f"\x1b[?2026h{painted}\x1b[?2026l".encode()

    def show_ahead(self, picture: bytes) -> None:
        """Show what the app will paint in a moment; keys are kept until it has."""
        self.output(picture.decode())
        self.ahead, self._held = True, []
        # should it never be told to follow, it goes on as it was
        self._wait(FOLLOWED, partial(self._caught_up, whole=True))

    def _wait(self, seconds: float, act: Callable[[], None]) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
        self._overdue = asyncio.get_running_loop().call_later(seconds, act)

    def _caught_up(self, *, whole: bool = False) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
        held, self._held = self._held, None
        self.ahead = False
        if whole:
            self.repaint()
        for text in held or ():
            self.feed(text)

    # -- what the driver writes to

    def output(self, text: str) -> None:
        """To the terminal, if there is one that keeps up, and if it does not show already what is to come."""
        channel = self._channel
        if channel is None or self.ahead:
            return
        if self._dropped or channel.backlog > HIGH_WATER:
            self._dropped = True
            return
        channel.write(text.encode("utf-8", "replace"))

    def tell(self, kind: str, value: object) -> None:
        """To the client beside the screen."""
        if self._channel is not None:
            self._channel.tell(kind, value)

    def deliver(self, name: str, data: bytes) -> None:
        """Keep a file until the client fetches it, and tell it so."""
        key = secrets.token_urlsafe(16)
        self.files[key] = (name, data)
        while len(self.files) > _FILES:
            self.files.pop(next(iter(self.files)))
        self.tell("deliver_file_start", key)

    def started(self) -> None:
        """The driver runs; the session is ready when the app handles messages, which is after its first screen stands."""
        assert self.app is not None
        self.app.call_later(self.ready.set)
