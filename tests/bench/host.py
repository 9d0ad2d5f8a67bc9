"""Thirty seats on loopback beside textual-serve's, in one run: memory, joining, keys, a round told to all, refresh.

    python tests/bench/host.py [--seats 30] [--size 120x40] [--peer/--no-peer]

The host and its clients share this machine, so the figures are the worst that a machine of this size shows. Bounded:
about a minute with the peer.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]
SCENARIO = "border-standoff-2021"
PATIENCE = 90.0


def megabytes(pid: int) -> float:
    """Memory that is a process's own share, with all its children's."""
    found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return (int(found[1]) / 1024 if found else 0.0) + sum(megabytes(int(child)) for child in children)


class Client:
    """One terminal: counts what it is shown."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket, self.data, self.came = socket, b"", asyncio.Event()
        self.task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.data = (self.data + message.data)[-200_000:]
                self.came.set()

    async def shown(self, holds: Callable[[bytes], object]) -> float:
        """Wait until what has come since the last `forget` fulfils a condition; when it did."""
        end = time.perf_counter() + PATIENCE
        while not holds(self.data):
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), end - time.perf_counter())
        return time.perf_counter()

    def forget(self) -> None:
        """Count from here."""
        self.data = b""

    async def keys(self, keys: str) -> None:
        """Type."""
        await self.socket.send_str(json.dumps(["stdin", keys]))


def spread(times: list[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(1000 * t for t in times)
    return f"median {statistics.median(ordered):.0f}, p95 {ordered[int(0.95 * (len(ordered) - 1))]:.0f}, worst {ordered[-1]:.0f} ms"


async def joined(connect: Callable[[int], object], clients_ready: Callable[[bytes], object], number: int,
                 pid: int) -> list[Client]:
    """Join all at once."""
    started = time.perf_counter()

    async def one(index: int) -> tuple[Client, float]:
        client = await connect(index)  # type: ignore[misc]
        at = await client.shown(clients_ready)
        return client, at - started

    both = await asyncio.gather(*(one(index) for index in range(number)))
    clients = [client for client, _ in both]
    print(f"  join all at once   {max(t for _, t in both):.1f} s until the last one is shown its screen")
    await asyncio.sleep(3)
    print(f"  memory             {megabytes(pid):.0f} MB")
    return clients


async def keys(clients: list[Client]) -> None:
    """To the situation room, and there one key a second each: down and up."""
    for client in clients:
        client.forget()
        await client.keys("\r")
    await asyncio.gather(*(client.shown(lambda data: b"Moves" in data) for client in clients))
    await asyncio.sleep(4)
    times: list[float] = []

    async def human(client: Client, index: int) -> None:
        for turn in range(6):
            await asyncio.sleep(((index * 37 + turn * 61) % 100) / 100)
            client.forget()
            begun = time.perf_counter()
            await client.keys(("\x1b[B", "\x1b[A")[turn % 2])
            times.append(await client.shown(bool) - begun)
            await asyncio.sleep(0.3)

    await asyncio.gather(*(human(client, index) for index, client in enumerate(clients)))
    print(f"  cursor key         {spread(times)}")


async def ours(number: int, width: int, height: int, spare: int) -> None:
    """The class."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: ASYNC220 its output is read below
            [sys.executable, "-u", "-m", "sim.cli", "host", SCENARIO, "--bind", "127.0.0.1", "--port", "0", "--save",
             f"{folder}/lesson.detente", "--ready", str(spare)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "DETENTE_HOME": folder, "PYTHONPATH": str(ROOT)})
        try:
            printed = await asyncio.to_thread(_until_end, process)
            base = re.search(r"Join at: +(\S+)", printed)[1]  # type: ignore[index]
            secret = re.search(r"Secret: +(\S+)", printed)[1]  # type: ignore[index]
            codes = re.findall(r"/j/(\S+)", printed)[:-1]
            print(f"detente host, {number} seats at {width}x{height}, {spare} screens started before")
            await asyncio.sleep(2 + 0.5 * spare)
            async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers={"Origin": base}) as web:
                cookies = [await _joined(web, base, codes[i % len(codes)], f"N{i}") for i in range(number)]

                async def connect(index: int) -> Client:
                    return Client(await web.ws_connect(f"{base}/ws/blocks?width={width}&height={height}", max_msg_size=0,
                                                       compress=15, headers={"Cookie": cookies[index]}))

                clients = await joined(connect, lambda data: b"At the table" in data, number, process.pid)
                for client in clients:
                    client.forget()
                facilitator, seal = await _facilitator(web, base, secret)
                begun = time.perf_counter()
                form = {"seal": seal, "name": "begin", "once": secrets.token_hex(4)}
                told = asyncio.gather(*(client.shown(lambda data: "Brief ·".encode() in data) for client in clients))
                await web.post(f"{base}/facilitator/trigger", data=form, headers={"Cookie": facilitator}, allow_redirects=False)
                print(f"  round opened       {spread([at - begun for at in await told])} until a seat is shown it")
                await keys(clients)
                for client in clients:
                    client.forget()
                begun = time.perf_counter()
                form = {"seal": seal, "text": "Five minutes more", "once": secrets.token_hex(4)}
                told = asyncio.gather(*(client.shown(lambda data: b"Five" in data) for client in clients))
                await web.post(f"{base}/facilitator/broadcast", data=form, headers={"Cookie": facilitator}, allow_redirects=False)
                print(f"  told to everybody  {spread([at - begun for at in await told])} until a seat is shown it")
                again = []
                for index in range(min(number, 10)):
                    begun = time.perf_counter()
                    client = await connect(index)
                    again.append(await client.shown(lambda data: b"Moves" in data) - begun)
                print(f"  refresh            {spread(again)}, state kept")
                print(f"  memory at the end  {megabytes(process.pid):.0f} MB")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


async def theirs(number: int, width: int, height: int) -> None:
    """The same app for one person each, hosted by textual-serve."""
    with tempfile.TemporaryDirectory() as folder:
        command = f"{sys.executable} -m sim.cli play {SCENARIO} --seat armenia --until election --seed 1"
        code = f"from textual_serve.server import Server; Server({command!r}, port=8877).serve()"
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,  # noqa: ASYNC220
                                   cwd=ROOT, env={**os.environ, "DETENTE_HOME": folder, "PYTHONPATH": str(ROOT)})
        try:
            print(f"textual-serve, {number} seats at {width}x{height}")
            async with aiohttp.ClientSession() as web:
                for _ in range(100):
                    with contextlib.suppress(aiohttp.ClientError):
                        await (await web.get("http://localhost:8877/")).read()
                        break
                    await asyncio.sleep(0.1)

                async def connect(_: int) -> Client:
                    client = Client(await web.ws_connect(f"ws://localhost:8877/ws?width={width}&height={height}", max_msg_size=0))
                    await client.socket.send_str(json.dumps(["resize", {"width": width, "height": height}]))
                    return client

                clients = await joined(connect, lambda data: b"goals" in data, number, process.pid)
                await keys(clients)
                begun = time.perf_counter()
                client = await connect(0)
                await client.shown(lambda data: b"goals" in data)
                print(f"  refresh            {1000 * (time.perf_counter() - begun):.0f} ms, a new process, state lost")
                for client in clients:
                    await client.socket.close()
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _until_end(process: subprocess.Popen[str]) -> str:
    lines = []
    assert process.stdout is not None
    while "Ctrl-C ends" not in (line := process.stdout.readline()):
        assert line, "the host ended"
        lines.append(line)
    return "".join(lines)


async def _joined(web: aiohttp.ClientSession, base: str, code: str, name: str) -> str:
    async with web.post(f"{base}/join", data={"code": code, "name": name}, allow_redirects=False) as answer:
        assert answer.status == 303, await answer.text()
        return answer.headers["Set-Cookie"].split(";")[0]


async def _facilitator(web: aiohttp.ClientSession, base: str, secret: str) -> tuple[str, str]:
    async with web.post(f"{base}/facilitator/enter", data={"secret": secret}, allow_redirects=False) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    async with web.get(f"{base}/facilitator", headers={"Cookie": cookie}) as answer:
        found = re.search(r'name="seal" value="([^"]+)"', await answer.text())
        assert found is not None
        return cookie, found[1]


async def main() -> None:
    """Both, one after the other."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seats", type=int, default=30)
    asked.add_argument("--size", default="120x40")
    asked.add_argument("--ready", type=int, default=0, help="screens started before anybody comes")
    asked.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True)
    given = asked.parse_args()
    width, height = map(int, given.size.split("x"))
    await ours(given.seats, width, height, given.ready)
    if given.peer:
        await theirs(given.seats, width, height)


if __name__ == "__main__":
    asyncio.run(main())
