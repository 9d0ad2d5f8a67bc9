"""serve: the terminal page of a member, its websocket, and the files that the app hands over."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sim.serve import shelf
from sim.serve.doors import known, place
from sim.serve.guard import HEADERS, LARGEST_FRAME, TERMINAL_POLICY, Refused
from sim.serve.terminals.channel import SENTENCES, Size
from sim.serve.terminals.wire import HEARTBEAT, converse

if TYPE_CHECKING:
    from sim.serve.host import Host

LOOKS: Final = ("braille", "blocks", "ascii")
CONNECTIONS: Final = 400
"""Terminals that may be connected to one host."""
GOODBYE: Final = 2.0
"""Seconds that a client has to answer the end of its connection."""
OF_ONE: Final = 6
"""Of one person: the newest has the seat, those before it are about to end."""


class SeatPage:
    """What a seat's browser asks for."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._connected: Counter[str] = Counter()

    async def page(self, request: web.Request) -> web.Response:
        """The page around the terminal; strangers are led to the door."""
        try:
            person, _ = known(self._host, request, facilitator=False)
        except Refused:
            raise web.HTTPSeeOther("/") from None
        sentences = {int(code): text for code, text in SENTENCES.items()}
        return shelf.page("seat", policy=TERMINAL_POLICY, name=person.name, place=place(self._host, person),
                          sentences=sentences)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """The terminal's connection, only from the host's own page or from `detente join`."""
        host, look = self._host, request.match_info["look"]
        host.guard.check_origin(request, must=True)
        person, token = known(host, request, facilitator=False)
        if look not in LOOKS:
            raise Refused(404, "There is no such screen.")
        if self._connected[person.id] >= OF_ONE or self._connected.total() >= CONNECTIONS:
            raise Refused(503, "This host has as many connections as it can bear.")
        size = Size.of(request.query.get("width"), request.query.get("height"))
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_FRAME, compress=True, timeout=GOODBYE)
        self._connected[person.id] += 1
        host.lesson.connected(person.id)
        try:
            await socket.prepare(request)
            session = await host.session(person, token, size)
            if session.app is not None:
                session.app.draw(look)
            await converse(socket, session, size, asyncio.get_running_loop().time, lambda: _cut(request))
        finally:
            self._connected[person.id] -= 1
            host.lesson.disconnected(person.id)
        return socket

    async def download(self, request: web.Request) -> web.Response:
        """A file that the person's own app has handed over, once."""
        person, _ = known(self._host, request, facilitator=False)
        session = self._host.sessions.get(person.id)
        found = session.files.pop(request.match_info["key"], None) if session is not None else None
        if found is None:
            raise Refused(404, "That file was fetched already, or is not yours.")
        name, data = found
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)[:80] or "file"
        return web.Response(body=data, content_type="application/octet-stream",
                            headers={**HEADERS, "Content-Disposition": f'attachment; filename="{safe}"'})


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
