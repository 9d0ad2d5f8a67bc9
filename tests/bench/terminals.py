"""Clients of a host for its load script: terminals that count what they are shown, and what a process takes of the machine."""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import aiohttp

PATIENCE = 60.0
"""Seconds after which a client gives up: what a person is not shown by then they are not shown at all."""
Holds = Callable[[bytes], object]


def memory(pid: int) -> float:
    """Megabytes that are a process's own share, with all its children's."""
    found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return (int(found[1]) / 1024 if found else 0.0) + sum(memory(int(child)) for child in children)


def worked(pid: int) -> float:
    """Seconds that a process has had of the processors, without its children's."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spread(times: Sequence[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(1000 * t for t in times)
    return f"median {statistics.median(ordered):.0f}, p95 {ordered[int(0.95 * (len(ordered) - 1))]:.0f}, worst {ordered[-1]:.0f} ms"


def has(text: str) -> Holds:
    """Whether a text was painted."""
    sought = text.encode()
    return lambda data: sought in data


class Terminal:
    """One terminal: counts what it is shown."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket, self.data, self.came = socket, b"", asyncio.Event()
        self.task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.data = (self.data + message.data)[-200_000:]
                self.came.set()

    async def shown(self, holds: Holds) -> float:
        """Wait until what has come since the last `forget` fulfils a condition; when it did."""
        end = time.perf_counter() + PATIENCE
        while not holds(self.data):
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), max(0.01, end - time.perf_counter()))
        return time.perf_counter()

    def forget(self) -> None:
        """Count from here."""
        self.data = b""

    async def keys(self, keys: str) -> None:
        """Type."""
        await self.socket.send_str(json.dumps(["stdin", keys]))


async def all_shown(clients: Sequence[Terminal], holds: Holds, act: Callable[[], Awaitable[object]]) -> list[float]:
    """Do something and wait until every terminal shows it; the seconds that each waited from before it was asked for."""
    for client in clients:
        client.forget()
    begun = time.perf_counter()
    waiting = [asyncio.create_task(client.shown(holds)) for client in clients]
    try:
        await act()
        return [at - begun for at in await asyncio.gather(*waiting)]
    finally:
        for task in waiting:
            task.cancel()


async def joined(connect: Callable[[int], Awaitable[Terminal]], holds: Holds, number: int) -> tuple[list[Terminal], float]:
    """Join all at once; the seconds until the last one is shown its screen."""
    started = time.perf_counter()

    async def one(index: int) -> tuple[Terminal, float]:
        client = await connect(index)
        return client, await client.shown(holds) - started

    both = await asyncio.gather(*(one(index) for index in range(number)))
    return [client for client, _ in both], max(at for _, at in both)


async def cursor(clients: Sequence[Terminal], turns: int = 6) -> list[float]:
    """One key a second from everybody, down and up; how long each took to be painted."""
    times: list[float] = []

    async def human(client: Terminal, index: int) -> None:
        for turn in range(turns):
            await asyncio.sleep(((index * 37 + turn * 61) % 100) / 100)
            client.forget()
            begun = time.perf_counter()
            await client.keys(("\x1b[B", "\x1b[A")[turn % 2])
            times.append(await client.shown(bool) - begun)
            await asyncio.sleep(0.3)

    await asyncio.gather(*(human(client, index) for index, client in enumerate(clients)))
    return times
