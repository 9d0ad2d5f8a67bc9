"""serve: a host: one lesson, its people's apps, and the web server before them, on one loop in one process."""

from __future__ import annotations

import asyncio
import os
import secrets
import ssl
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sim.errors import UsageError
from sim.serve.addresses import Addresses, addresses, own_names
from sim.serve.facilitator.way_in import WayIn
from sim.serve.guard import Guard
from sim.serve.process import BREATH, Report, Watchdog, bounded, calm, quiet, raise_files, widen
from sim.serve.terminals.channel import Closing, Size
from sim.serve.terminals.sessions import LINGER, Sessions

if TYPE_CHECKING:
    from textual.app import App

    from sim.lesson import Change, Lesson, Person

GATHER: Final = 0.05
"""Seconds in which changes are collected before the screens are told of them."""
SWIFT: Final = 0.01
"""The same once a round has been closed: that everybody waits for."""
LOUD: Final = frozenset({"stage", "clock", "round", "undone", "message"})
"""Kinds of changes that every screen tells at once, before the screens follow one by one."""
MOVED: Final = frozenset({"round", "undone"})
"""Kinds of changes after which the match stands elsewhere."""
STAGE: Final = frozenset({"stage", "clock"})
"""Kinds of changes of which the row over the screens tells all."""
AWAITED: Final = frozenset({"stage", "filed", "seat", "presence"})
"""Kinds of changes after which a round may be closed at once."""
LEFT: Final = frozenset({"stage", "round", "undone"})
"""Kinds of changes after which every app has left a screen."""
QUIET: Final = 1.5
"""Seconds without a key in which memory may be given back."""
OVERDUE: Final = 30
"""So many looks for such a moment are in vain before it is done anyway."""
SPARE: Final = 6
"""Apps that wait for somebody to come, unless said."""
USUAL: Final = Size(120, 40)
LINGERING: Final = 2.0
"""Seconds in which the rest of a form that was refused is still taken, so that its sender reads why."""
SILENT: Final = 20.0
"""Seconds after which a connection that asks for nothing, or does not come to the end of asking, is closed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a host listens."""

    bind: str = "127.0.0.1"
    port: int = 0
    """0: any that is free."""
    certificate: str = ""
    key: str = ""
    names: tuple[str, ...] = ()
    """Further names that it may be asked for by."""
    spare: int = SPARE
    """Apps that are started before anybody comes."""
    linger: float = LINGER

    @property
    def tls(self) -> bool:
        """Whether connections are encrypted."""
        return bool(self.certificate)


class Host:
    """Begins with `open`, ends with `close`; the lesson itself belongs to the caller."""

    def __init__(self, lesson: Lesson, terms: Terms, report: Report,
                 make: Callable[[Lesson], App[Any]] | None = None) -> None:
        """`report` takes what goes wrong inside; `make` gives an app that nobody sits at, the class's own unless said."""
        self.lesson, self.terms, self.report = lesson, terms, bounded(report)
        self._make = make or _class_app
        self.sessions = Sessions(lambda: self._make(lesson), self._admit, self.report, linger=terms.linger)
        self.watchdog = Watchdog(lambda lag: self.report(_Late(lag), "the host"))
        self.way_in = WayIn()
        """Words that lead the facilitator's browsers in."""
        self.version = 1
        """Grows with every change that a page may show."""
        self.flashes: dict[str, tuple[bool, str]] = {}
        """What is told to a person at the top of the next page: whether it went well, and a sentence."""
        self.drafts: dict[str, dict[str, str]] = {}
        """What a person had written in a form that was refused."""
        self.places: dict[str, tuple[object, ...]] = {}
        """Where each person sat when the app was told last."""
        self.keys: dict[str, str] = {}
        """The token with which each person's screen was opened last."""
        self.guard: Guard
        self.addresses: Addresses
        self._born = secrets.randbelow(1 << 31)
        """Where versions begin: a page of the host before this one must not take its own for the newest."""
        self._changes: Counter[tuple[int, str]] = Counter()
        """How many changes concerned a seat of a table; without a seat: everybody there."""
        self._loop: asyncio.AbstractEventLoop
        self._runner: web.AppRunner | None = None
        self._tasks: list[asyncio.Task[Any]] = []
        self._waiting: list[Change] = []
        self._loud = self._spreading = self._looking = False
        self._due: dict[str, asyncio.TimerHandle] = {}
        """What is to begin in a moment."""
        self._warm: asyncio.Future[None] | None = None
        self._roused = asyncio.Event()
        self._calling = 0
        self._quiet: Callable[[], None] | None = None
        self._pool: ThreadPoolExecutor | None = None

    # -- life

    async def open(self) -> None:
        """Listen. Raises `UsageError` where the address or the certificate cannot be used."""
        from sim.serve import shelf
        from sim.serve.web import application

        shelf.read()
        self._loop = asyncio.get_running_loop()
        self._pool = widen(self._loop)
        self._loop.set_exception_handler(self._unheard)
        context = _context(self.terms)
        # the port stands in the names of the cookies, so it must be known before the first page
        self.guard = Guard(own_names() | frozenset(self.terms.names), self.terms.port, tls=self.terms.tls)
        quiet(self.report)
        raise_files()
        self._runner = web.AppRunner(application(self), handle_signals=False, access_log=None, shutdown_timeout=2.0,
                                     keepalive_timeout=SILENT, lingering_time=LINGERING)
        await self._runner.setup()
        try:
            site = web.TCPSite(self._runner, self.terms.bind, self.terms.port, ssl_context=context, backlog=256)
            await site.start()
        except OSError as problem:
            await self._runner.cleanup()
            number = problem.errno or 0
            why = os.strerror(number) if number > 0 else problem.strerror or str(problem)
            raise UsageError(f"The host cannot listen on {self.terms.bind} port {self.terms.port} ({why}); "
                             "choose another --port or --bind.", "D393") from problem
        port = self._runner.addresses[0][1]
        self.guard = Guard(own_names() | frozenset(self.terms.names) | {self.terms.bind}, port, tls=self.terms.tls)
        self.addresses = addresses(self.terms.bind, port, tls=self.terms.tls)
        await self.apart(self.lesson.read_ahead)
        self._quiet = self.lesson.listen(self._heard)
        self.sessions.collector.begin()
        for duty in (self._tick(), self._sweep(), self._give_back(), self._ready(), self.watchdog.watch()):
            self._tasks.append(asyncio.create_task(duty))

    async def close(self) -> None:
        """Tell everybody, stop listening; nothing that was acknowledged is lost, for it is in the file already."""
        if self._quiet is not None:
            self._quiet()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sessions.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        self.sessions.collector.end()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _unheard(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What a task died of that nobody waits for: to the log, not over the teacher's terminal."""
        fault = context.get("exception")
        # a client that goes away while a frame is being pressed is no fault, nor one that speaks no TLS
        if isinstance(fault, BaseException) and not isinstance(fault, ConnectionError | ssl.SSLError | TimeoutError):
            self.report(fault, "the host")

    # -- people

    def _admit(self, app: App[Any], member: str) -> None:
        app.admit(member)  # type: ignore[attr-defined]

    async def session(self, person: Person, token: str, size: Size) -> Any:
        """A person's session, with the app of the place where the person sits now."""
        self.keys[person.id] = token
        place = (person.role, person.table, person.seat)
        if self.places.get(person.id, place) != place:
            await self.sessions.drop(person.id, Closing.MOVED)
        self.places[person.id] = place
        await self._screens_read()
        return await self.sessions.of(person.id, size)

    async def _screens_read(self) -> None:
        """Have the screens imported, which takes longer than all else that a host does before it is open."""
        if self._warm is None:
            self._warm = self._loop.run_in_executor(None, warm)
        await self._warm

    def flash(self, person: str, sentence: str, *, well: bool) -> None:
        """Tell a person something at the top of the next page."""
        self.flashes[person] = (well, sentence)

    def told(self, person: str) -> tuple[bool, str] | None:
        """What is to be told, once."""
        return self.flashes.pop(person, None)

    async def apart(self, act: Callable[[], Any]) -> Any:
        """Something that writes or thinks, off the loop."""
        return await self._loop.run_in_executor(None, act)

    # -- changes

    def _heard(self, change: Change) -> None:
        """In whatever thread the change was made."""
        self._loop.call_soon_threadsafe(self._collect, change)

    def version_for(self, person: Person) -> int:
        """Grows with every change that concerns a person, and with no other: how busy others are is theirs to know."""
        if person.role == "facilitator":
            return self.version
        places = {(table, seat) for table in (0, person.table) for seat in ("", person.seat, *person.seats)}
        return self._born + sum(self._changes[place] for place in places)

    def _collect(self, change: Change) -> None:
        self.version += 1
        self._changes.update((change.table, seat) for seat in (("",) if change.seats is None else change.seats))
        self._waiting.append(change)
        if change.kind in AWAITED:
            self._roused.set()
        if change.kind == "people" and not self._looking:
            self._looking = True
            self._soon("look", self._look_who_is_there)
        moved = any(it.kind in MOVED for it in self._waiting)
        if change.kind in LOUD and change.seats is None and not self._loud and not moved:
            self._loud = True
            self._soon("call", self._call_out)
        if not self._spreading:
            self._spreading = True
            self._soon("spread", self._spread)
        if change.kind in MOVED:
            self._hurry()

    def _soon(self, name: str, duty: Callable[[], Coroutine[Any, Any, None]], seconds: float = GATHER) -> None:
        def begin() -> None:
            del self._due[name]
            self._tasks = [task for task in self._tasks if not task.done()]
            self._tasks.append(asyncio.create_task(duty()))

        self._due[name] = self._loop.call_later(seconds, begin)

    def _hurry(self) -> None:
        """Show at once what came of a round; what was to be called out is told with it."""
        if (call := self._due.pop("call", None)) is not None:
            call.cancel()
            self._loud = False
        if (spread := self._due.pop("spread", None)) is not None:
            spread.cancel()
            self._soon("spread", self._spread, SWIFT)

    async def _call_out(self) -> None:
        """Tell every screen in its one row where the lesson stands now: that takes a moment, and nobody waits for it."""
        self._loud = False
        if any(change.kind in MOVED for change in self._waiting):
            # the screens are about to show what came of it, and tell this where they have
            return
        self._calling += 1
        try:
            await self.sessions.spread(lambda app: app.glance())  # type: ignore[attr-defined]
        finally:
            self._calling -= 1

    async def _spread(self) -> None:
        """Let the screens follow one after the other; what changes meanwhile is gathered for the next time round."""
        try:
            while self._waiting:
                while self._loud or self._calling or self._looking:  # noqa: ASYNC110 looked at seldom, told by nobody
                    await asyncio.sleep(BREATH)
                await calm()
                changes, self._waiting = tuple(dict.fromkeys(self._waiting)), []
                if self.lesson.stage == "resolving" and all(change.kind in STAGE for change in changes):
                    # the row over the screens has told it; what they show follows with the result, a moment later
                    continue
                follow = partial(_follow, changes)
                if any(change.kind in MOVED for change in changes):
                    await self.apart(partial(self.lesson.read_ahead, result=True))
                    await self.sessions.show(follow, lambda app: app.glance(), calm)  # type: ignore[attr-defined]
                    await self.apart(self.lesson.read_ahead)
                else:
                    await self.sessions.spread(follow, calm)
                if any(change.kind in LEFT for change in changes):
                    self.sessions.collector.left()
        except Exception as fault:  # noqa: BLE001 the next change must be told whatever became of this one
            self.report(fault, "what was told to the screens")
        finally:
            self._spreading = False

    async def _look_who_is_there(self) -> None:
        """End the screens of those who were sent away or moved, and of a device whose key was replaced."""
        self._looking = False
        for id, place in list(self.places.items()):
            person = self.lesson.person(id)
            out = person is None or self.lesson.who(self.keys.get(id, "")) is None
            if out or person is None or (person.role, person.table, person.seat) != place:
                self.places.pop(id)
                self.keys.pop(id, None)
                await self.sessions.drop(id, Closing.LEFT if out else Closing.MOVED)

    # -- duties

    async def _tick(self) -> None:
        """The lesson's clock, once a second and whenever a round may be closed; what takes long is done beside the loop."""
        while True:
            try:
                if self.lesson.tick():
                    await self.apart(self.lesson.work)
            except Exception as fault:  # noqa: BLE001 the clock must go on whatever one round did
                self.report(fault, "the clock of the lesson")
            # a second with a limit of its own might take the end of this task for the end of the waiting
            second = self._loop.call_later(1.0, self._roused.set)
            await self._roused.wait()
            second.cancel()
            self._roused.clear()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(30.0)
            await self.sessions.sweep()

    async def _give_back(self) -> None:
        """Collect what was left behind when nobody types; it stops everybody for some tenths of a second."""
        looked = 0
        while True:
            await asyncio.sleep(2.0)
            if self.sessions.collector.wants and not self._spreading:
                looked += 1
                if self.sessions.idle() > QUIET or looked > OVERDUE:
                    self.sessions.collector.tidy()
                    looked = 0

    async def _ready(self) -> None:
        """Keep apps ready for who comes next."""
        while True:
            if self.sessions.spare < self.terms.spare:
                await self._screens_read()
                await self.sessions.begin(self.terms.spare, USUAL)
            await self.sessions.build_ahead(lambda: not (self._spreading or self._loud), calm)
            await asyncio.sleep(0.5)


class _Late(Exception):
    """For the log: the loop was late."""

    def __init__(self, lag: float) -> None:
        super().__init__(f"the loop was {lag:.2f} s late: something held every seat for that long")


def warm() -> None:
    """Import all that the first person's screens need, before anybody waits for them, and have the screens keep little."""
    from importlib import import_module

    for screen in ("room", "resolution", "review", "ending", "negotiation", "treaty", "charts", "relations", "wire",
                   "atlas", "phases", "why", "glossary", "timeline", "dialogs", "sources", "papers", "verbale", "class_page"):
        import_module(f"sim.tui.screens.{screen}")
    import_module("sim.tui.class_app")
    import_module("sim.serve.shelf").warm()
    strips = import_module("sim.tui.light_strips")
    strips.lighten_strips(strips.FRUGAL)


def _follow(changes: tuple[Change, ...], app: App[Any]) -> None:
    app.take_in(changes)  # type: ignore[attr-defined]


def _class_app(lesson: Lesson) -> App[Any]:
    from sim.tui.class_app import ClassApp

    return ClassApp(lesson)


def _context(terms: Terms) -> ssl.SSLContext | None:
    if not terms.tls:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(terms.certificate, terms.key or None)
    except (OSError, ssl.SSLError) as problem:
        raise UsageError(f"The certificate {terms.certificate} or its key cannot be used ({problem}); give both in PEM "
                         "with --tls-cert and --tls-key.", "D394") from problem
    return context
