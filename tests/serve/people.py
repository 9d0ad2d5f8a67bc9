"""A class over real sockets: a host on loopback, and people who join it as a browser or a terminal would."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Self

import aiohttp
import pyte

from sim.lesson import FACILITATOR, Clock, Lesson, Plan
from sim.scenario.load import Loaded, load
from sim.serve.host import Host, Terms

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLAN = Plan("test", until=3, minutes=None, briefing=None, on_all_filed=True)
PATIENCE = 15.0


@dataclass
class Class:
    """A running host and what its tests need of it."""

    host: Host
    lesson: Lesson
    secret: str
    faults: list[tuple[BaseException, str]] = field(default_factory=list)

    @property
    def base(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return self.host.addresses.first

    def code(self, seat: str, table: int = 1) -> str:
        """The code of a seat, `observer` for the bench."""
        room = self.lesson.control_room(FACILITATOR).tables[table - 1]
        return room.observer_code if seat == "observer" else next(s.code for s in room.seats if s.status.seat == seat)

    def begin(self) -> None:
        """Open the first round."""
        assert self.lesson.trigger(FACILITATOR, "begin").ok


@asynccontextmanager
async def classroom(scenario: str | Loaded = "first-round", plan: Plan = PLAN, path: Path | None = None, *, make: Any = None,
                    strict: bool = True, clock: Clock | None = None, seed: int = 7, **terms: Any) -> AsyncIterator[Class]:
    """A host of a new lesson, or of the one in `path`; what went wrong inside it fails the test unless not `strict`."""
    if path is not None and path.exists():  # noqa: ASYNC240 before anything runs
        lesson = Lesson.resume(path)
        secret = lesson.facilitator_token()
    else:
        found = load(SCENARIOS / scenario, scenario) if isinstance(scenario, str) else scenario
        lesson, secret = Lesson.new(found, plan, path=path, seed=seed, clock=clock)
    faults: list[tuple[BaseException, str]] = []
    host = Host(lesson, Terms(**{"spare": 0, **terms}), lambda fault, where: faults.append((fault, where)), make)
    await host.open()
    try:
        yield Class(host, lesson, secret, faults)
    finally:
        await host.close()
        lesson.close_file()
    late = [fault for fault in faults if "late" not in str(fault[0])]
    if strict and late:
        raise late[0][0]


class Browser:
    """A person's browser: cookies, forms, the origin that every browser sends."""

    def __init__(self, base: str, **headers: str) -> None:
        self.base = base
        self.web = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.web.close()

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and page; redirects are followed."""
        async with self.web.get(self.base + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, form: dict[str, Any] | list[tuple[str, Any]], *, follow: bool = True,
                   origin: str | None = "own", **headers: str) -> tuple[int, str]:
        """Send a form as the own page would, or from another origin."""
        if origin is not None:
            headers["Origin"] = self.base if origin == "own" else origin
        data = aiohttp.FormData(form if isinstance(form, list) else list(form.items()))
        async with self.web.post(self.base + path, data=data, headers=headers, allow_redirects=follow) as answer:
            return answer.status, await answer.text()

    async def join(self, code: str, name: str) -> None:
        """Come in."""
        status, page = await self.post("/join", {"code": code, "name": name, "to": "text"}, follow=False)
        assert status == 303, page

    async def press(self, path: str, page: str, form: int | str = 0, **fields: Any) -> tuple[int, str]:
        """Send a form of a page that leads to `path`: the one with that number, or in which a text stands."""
        found = [f for f in re.findall(rf'<form[^>]*action="{re.escape(path)}".*?</form>', page, re.DOTALL)
                 if not isinstance(form, str) or form in f]
        assert found, f"no form for {path}"
        chosen = found[form] if isinstance(form, int) else found[0]
        given = {unescape(n): unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', chosen)}
        return await self.post(path, {**given, **fields})

    async def terminal(self, size: tuple[int, int] = (120, 40), look: str = "blocks", origin: str | None = "own",
                       **options: Any) -> Terminal:
        """The terminal page's websocket. Raises what aiohttp raises where it is refused."""
        headers = {} if origin is None else {"Origin": self.base if origin == "own" else origin}
        socket = await self.web.ws_connect(f"{self.base}/ws/{look}?width={size[0]}&height={size[1]}", headers=headers,
                                           max_msg_size=0, compress=15, **options)
        return Terminal(socket, size)


class Terminal:
    """What the terminal of a seat shows, read as a terminal reads it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, size: tuple[int, int]) -> None:
        self.socket = socket
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.told: list[Any] = []
        self.bytes = 0
        self.reading = True
        self._task = asyncio.create_task(self._read())

    @property
    def text(self) -> str:
        """The screen, row by row."""
        return "\n".join(self.screen.display)

    async def keys(self, keys: str) -> None:
        """Type."""
        await self.socket.send_str(json.dumps(["stdin", keys]))

    async def resize(self, width: int, height: int) -> None:
        """Another size."""
        self.screen.resize(height, width)
        await self.socket.send_str(json.dumps(["resize", {"width": width, "height": height}]))

    async def until(self, text: str | Callable[[str], object]) -> None:
        """Wait until it shows a text."""
        holds = (lambda now: text in now) if isinstance(text, str) else text
        end = asyncio.get_running_loop().time() + PATIENCE
        while not holds(self.text):
            assert asyncio.get_running_loop().time() < end, f"never showed {text!r}:\n{self.text}"
            await asyncio.sleep(0.01)

    async def closed(self) -> int:
        """Wait until the host has closed it; why."""
        await asyncio.wait_for(asyncio.shield(self._task), PATIENCE)
        return self.socket.close_code or 0

    async def end(self) -> None:
        """Close it, as a tab is closed."""
        await self.socket.close()
        await asyncio.wait([self._task], timeout=2)

    def pause(self, stopped: bool) -> None:
        """Take nothing from the network for a while, as a machine that is busy or asleep."""
        transport = self.socket._response.connection.transport  # type: ignore[union-attr]
        transport.pause_reading() if stopped else transport.resume_reading()

    def cut(self) -> None:
        """Cut the line, as a network does."""
        transport = self.socket.get_extra_info("transport") or self.socket._conn.transport  # type: ignore[union-attr]
        transport.abort()

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.bytes += len(message.data)
                self._stream.feed(message.data)
            elif message.type is aiohttp.WSMsgType.TEXT:
                self.told.append(json.loads(message.data))


async def until(holds: Callable[[], object], what: str = "it") -> None:
    """Wait until something holds."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while not holds():
        assert asyncio.get_running_loop().time() < end, f"{what} never came about"
        await asyncio.sleep(0.01)
