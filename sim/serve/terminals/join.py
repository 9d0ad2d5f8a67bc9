"""serve: `detente join`: this terminal before a seat of a host elsewhere. Bytes pass through; nothing is run here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import ssl
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from sim.errors import UsageError
from sim.serve.terminals.channel import LEAVE, SENTENCES, Closing

TRIES: Final = 8
"""How often a lost connection is sought again, each time a little later."""
_LEAVE_KEY: Final = "\x1d"
"""Ctrl-] leaves at once, whatever the app at the other end does."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a join address leads."""

    base: str
    code: str


def place_of(address: str) -> Place:
    """The host and the code of an address as it is printed or scanned. Raises `UsageError`."""
    text = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"`{address}` is no address of a host; it looks like http://192.168.1.20:8750/j/CODE.", "D396")
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = parts.path.strip("/").split("/")
    return Place(f"{parts.scheme}://{name}{port}", path[1] if len(path) == 2 and path[0] == "j" else "")


async def join(place: Place, code: str, name: str, look: str, trust: str = "") -> str:
    """Join and show the seat until either side ends it; the last sentence for the person. Raises `UsageError`.

    `trust`: a certificate to trust beside the system's own, for a host that has signed one for itself.
    """
    # an address without a name is what a class has, and cookies of such an address are refused unless said otherwise
    jar = aiohttp.CookieJar(unsafe=True)
    headers = {"Origin": place.base}
    context = _context(trust)
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(cookie_jar=jar, headers=headers, connector=connector) as web:
        await _enter(web, place, code, name)
        with _raw():
            try:
                return await _shown(web, place, look)
            finally:
                sys.stdout.write(LEAVE)
                sys.stdout.flush()


async def _enter(web: aiohttp.ClientSession, place: Place, code: str, name: str) -> None:
    form = {"code": code, "name": name, "once": secrets.token_urlsafe(12), "to": "seat"}
    try:
        async with web.post(f"{place.base}/join", data=form, allow_redirects=False) as answer:
            if answer.status == 303:
                return
            told = await answer.text()
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ServerFingerprintMismatch) as problem:
        raise UsageError(f"The certificate of {place.base} is not one that this machine trusts; ask the teacher for the "
                         "file, and give it with --tls-cert.", "D397") from problem
    except (aiohttp.ClientError, TimeoutError, OSError) as problem:
        raise UsageError(f"No host answers at {place.base} ({problem}); look at the address, and whether this machine is "
                         "in the same network.", "D397") from problem
    raise UsageError(_problem(told) or f"The host at {place.base} refused (status {answer.status}).", "D398")


def _context(trust: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if trust:
        try:
            context.load_verify_locations(trust)
        except (OSError, ssl.SSLError) as problem:
            raise UsageError(f"{trust} is no certificate that can be read ({problem.strerror or problem}); give one in PEM "
                             "with --tls-cert.", "D394") from problem
    return context


async def _shown(web: aiohttp.ClientSession, place: Place, look: str) -> str:
    """Connect, and connect again where the connection is lost."""
    tries = 0
    while True:
        try:
            done = await _connected(web, place, look)
            if done is not None:
                return done
            tries = 0
        except (aiohttp.ClientError, TimeoutError, OSError):
            tries += 1
        if tries >= TRIES:
            return "The connection is lost. Your seat is kept; the same command comes back to it."
        await asyncio.sleep(min(4.0, 0.5 * (tries + 1)))


async def _connected(web: aiohttp.ClientSession, place: Place, look: str) -> str | None:
    """One connection; the sentence it ended with, or None where it was lost."""
    width, height = shutil.get_terminal_size()
    address = f"{place.base.replace('http', 'ws', 1)}/ws/{look}?width={width}&height={height}"
    loop = asyncio.get_running_loop()
    left = asyncio.Event()
    async with web.ws_connect(address, heartbeat=20, compress=15, max_msg_size=0) as socket:
        tasks: set[asyncio.Task[Any]] = set()

        def send(*message: object) -> None:
            task = loop.create_task(_sent(socket, json.dumps(message)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        def typed() -> None:
            data = os.read(sys.stdin.fileno(), 4096).decode("utf-8", "replace")
            if not data or _LEAVE_KEY in data:
                left.set()
                tasks.add(loop.create_task(socket.close()))
            else:
                send("stdin", data)

        def resized() -> None:
            columns, rows = shutil.get_terminal_size()
            send("resize", {"width": columns, "height": rows})

        loop.add_reader(sys.stdin.fileno(), typed)
        loop.add_signal_handler(signal.SIGWINCH, resized)
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.BINARY:
                    sys.stdout.buffer.write(message.data)
                    sys.stdout.buffer.flush()
        finally:
            loop.remove_reader(sys.stdin.fileno())
            loop.remove_signal_handler(signal.SIGWINCH)
        if left.is_set():
            return SENTENCES[Closing.LEFT]
        code = socket.close_code
    if code == Closing.MOVED:
        return None
    return next((SENTENCES[why] for why in Closing if code == why), None)


async def _sent(socket: aiohttp.ClientWebSocketResponse, text: str) -> None:
    # what is typed while the connection goes away is lost with it, as on any line
    with contextlib.suppress(ConnectionError, RuntimeError):
        await socket.send_str(text)


@contextlib.contextmanager
def _raw() -> Iterator[None]:
    """The terminal passes every key; as it was afterwards, whatever happens."""
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setraw(descriptor)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _problem(page: str) -> str:
    """The sentence of a refusal, out of the page that tells it."""
    import html
    import re

    found = re.search(r'<p class="problem"[^>]*>(.*?)</p>|<h1>[^<]*</h1>\s*<p>(.*?)</p>', page, re.DOTALL)
    text = html.unescape(next((part for part in found.groups() if part), "")) if found else ""
    return "".join(character for character in text if character.isprintable()).strip()
