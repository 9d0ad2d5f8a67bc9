"""serve: the websocket of a terminal: frames out, keys in. Whatever comes in, it can only slow or end itself."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSMsgType, web

from sim.serve.guard import Bucket
from sim.serve.terminals.channel import SENTENCES, Closing, Size

if TYPE_CHECKING:
    from sim.serve.terminals.session import Session

HEARTBEAT: Final = 20.0
"""Seconds between two pings; a client that answers none is gone."""
EVENTS: Final = 200.0
"""Messages and keys a second that a terminal may send for long; a moving mouse sends about sixty."""
TOLD: Final = 64
"""Words beside the screen that may wait for a slow client; the oldest are dropped."""
PARTING: Final = 5.0
"""Seconds in which a client must take what waits once its connection is to end; then it is cut."""
UNREAD: Final = 1003
"""Close code: what came is nothing that a terminal sends."""


class WebSocketChannel:
    """Frames are joined into one message for each turn of the loop; what waits is counted for the session."""

    def __init__(self, socket: web.WebSocketResponse, drained: Callable[[], None], cut: Callable[[], None]) -> None:
        """`drained` is called whenever nothing waits any more; `cut` ends the connection without a word."""
        self._socket, self._drained, self._cut = socket, drained, cut
        self._waiting: list[bytes] = []
        self._told: deque[str] = deque(maxlen=TOLD)
        self._size = 0
        self._more = asyncio.Event()
        self._why: Closing | None = None
        self._parting: asyncio.TimerHandle | None = None
        self._task = asyncio.create_task(self._pump(), name="frames")

    @property
    def backlog(self) -> int:
        """Bytes that wait, those included which the network is taking."""
        return self._size

    def write(self, data: bytes) -> None:
        """Send bytes for the terminal."""
        if self._why is None:
            self._waiting.append(data)
            self._size += len(data)
            self._more.set()

    def tell(self, kind: str, value: object) -> None:
        """Send something beside the screen."""
        self._told.append(json.dumps([kind, value]))
        self._more.set()

    def close(self, why: Closing) -> None:
        """Send what waits, then end."""
        if self._why is None:
            self._why = why
            self._more.set()
            self._parting = asyncio.get_running_loop().call_later(PARTING, self._cut)  # who reads nothing never sees the end

    async def end(self) -> None:
        """The connection is gone: stop sending."""
        self._task.cancel()
        if self._parting is not None:
            self._parting.cancel()
        await asyncio.wait([self._task])

    async def _pump(self) -> None:
        try:
            while True:
                await self._more.wait()
                self._more.clear()
                waiting, self._waiting = self._waiting, []
                told = [*self._told]
                self._told.clear()
                if waiting:
                    data = b"".join(waiting)
                    await self._socket.send_bytes(data)
                    self._size -= len(data)
                for text in told:
                    await self._socket.send_str(text)
                if self._why is not None:
                    await self._socket.close(code=int(self._why), message=SENTENCES[self._why].encode()[:120])
                    return
                if not self._waiting:
                    self._drained()
        except (ConnectionError, RuntimeError):
            # the client is gone; the reader of this connection sees it too
            return


async def converse(socket: web.WebSocketResponse, session: Session, size: Size, now: Callable[[], float],
                   cut: Callable[[], None]) -> None:
    """Put a connected terminal before a session until either ends."""
    channel = WebSocketChannel(socket, session.drained, cut)
    measure = Bucket(EVENTS, 5 * EVENTS, now)
    session.attach(channel, size)
    try:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                await socket.close(code=UNREAD)
                break
            if not session.holds(channel):
                continue
            events = _taken_in(session, channel, message.data)
            if events is None:
                await socket.close(code=UNREAD)
                break
            # who sends more than a person can is read more slowly, which the network makes the sender feel
            if wait := measure.take(1 + events):
                await asyncio.sleep(wait)
    finally:
        session.detach(channel)
        await channel.end()


def _taken_in(session: Session, channel: WebSocketChannel, text: str) -> int | None:
    """Handle one message; how many keys were in it, or None for what no terminal sends."""
    try:
        read: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match read:
        case ["stdin", str(data)]:
            return session.feed(data)
        case ["resize", {"width": width, "height": height}]:
            session.resize(Size.of(width, height))
        case ["ping", str(mark)]:
            channel.tell("pong", mark[:64])
        case ["focus" | "blur" as where]:
            session.focus(where == "focus")
        case _:
            return None
    return 0
