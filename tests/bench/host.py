"""Thirty seats on loopback beside textual-serve's, in one run: memory, joining, keys, rounds shown to all, refresh.

    python -m tests.bench.host [--seats 30] [--size 120x40] [--ready 0] [--rounds 2] [--peer-seats 10]

The host and its clients share this machine, so the figures are the worst that a machine of this size shows; the processor's
seconds beside them are the host's own, whatever else the machine does. textual-serve starts a process for each seat, so its
half has fewer, and the class is measured at that number too. Bounded: every step gives up after a minute.
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
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.bench.terminals import Holds, Terminal, all_shown, cursor, has, joined, memory, spread, worked

ROOT = Path(__file__).parents[2]
SCENARIO = "border-standoff-2021"
PAGES = ("", "t", "w", "n", "p", "k")
"""Keys that lead from the situation room to a page; nothing: who stays there."""


@dataclass
class Room:
    """A running class: its host, and one terminal for each seat."""

    base: str
    pid: int
    web: aiohttp.ClientSession
    cookies: list[str]
    facilitator: tuple[str, str]
    size: str
    heads: int
    """So many came in first, each heading a delegation."""
    clients: list[Terminal] = field(default_factory=list)

    async def connect(self, index: int) -> Terminal:
        """One more terminal before a seat."""
        return Terminal(await self.web.ws_connect(f"{self.base}/ws/blocks?{self.size}", max_msg_size=0, compress=15,
                                                  headers={"Cookie": self.cookies[index]}))

    async def acted(self, act: str, **form: str) -> None:
        """A form of the facilitator's page."""
        cookie, seal = self.facilitator
        data = {"seal": seal, "once": secrets.token_hex(4), "sure": "yes", **form}
        async with self.web.post(f"{self.base}/facilitator/{act}", data=data, headers={"Cookie": cookie},
                                 allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()

    async def file(self, round: int) -> Callable[[], Awaitable[object]]:
        """Every delegation but one files its sheet; the form of the last one, which closes the round."""
        async def sent(cookie: str, seal: str) -> None:
            data = {"seal": seal, "once": secrets.token_hex(4), "round": str(round)}
            async with self.web.post(f"{self.base}/text/file", data=data, headers={"Cookie": cookie},
                                     allow_redirects=False) as answer:
                assert answer.status == 303, await answer.text()

        waiting = []
        for cookie in self.cookies[:self.heads]:
            async with self.web.get(f"{self.base}/text/orders", headers={"Cookie": cookie}) as page:
                waiting.append((cookie, _seal(await page.text())))
        for cookie, seal in waiting[:-1]:
            await sent(cookie, seal)
        return lambda: sent(*waiting[-1])

    async def step(self, what: str, holds: Holds, act: Callable[[], Awaitable[object]]) -> None:
        """Do something and print how long every seat waited to be shown it."""
        before = worked(self.pid)
        times = await all_shown(self.clients, holds, act)
        print(f"  {what:<34} {spread(times)}; host {worked(self.pid) - before:.2f} s of processor", flush=True)

    async def type(self, keys: str) -> None:
        """Everybody presses the same."""
        for client in self.clients:
            await client.keys(keys)


@asynccontextmanager
async def room(number: int, width: int, height: int, spare: int) -> AsyncIterator[Room]:
    """A host that people can join, and its end."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: ASYNC220 its output is read below
            [sys.executable, "-u", "-m", "sim.cli", "--log", f"{folder}/log", "host", SCENARIO, "--bind", "127.0.0.1",
             "--port", "0", "--save", f"{folder}/lesson.detente", "--ready", str(spare)],
            stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "DETENTE_HOME": folder, "PYTHONPATH": str(ROOT)})
        try:
            printed = await asyncio.to_thread(_until_open, process)
            print(f"detente host, {number} seats at {width}x{height}, {spare} screens started before; "
                  f"open after {time.perf_counter() - begun:.1f} s", flush=True)
            base = re.search(r"Join at: +(\S+)", printed)[1]  # type: ignore[index]
            secret = re.search(r"Secret: +(\S+)", printed)[1]  # type: ignore[index]
            codes = re.findall(r"/j/(\S+)", printed)[:-1]
            async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers={"Origin": base}) as web:
                await asyncio.sleep(2 + 0.4 * spare)
                cookies = [await _came_in(web, base, codes[i % len(codes)], f"N{i}") for i in range(number)]
                yield Room(base, process.pid, web, cookies, await _facilitator(web, base, secret),
                           f"width={width}&height={height}", min(number, len(codes)))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            told = _log(Path(folder, "log"))
            late = re.findall(r"the loop was ([0-9.]+) s late", told)
            others = len(re.findall(r"(?m)^\d{4}-", told)) - len(late)
            print(f"  log                                the loop {len(late)} times more than 0.5 s late, at worst "
                  f"{max(map(float, late), default=0):.1f} s; {others} other faults", flush=True)


async def ours(number: int, width: int, height: int, spare: int, rounds: int) -> None:
    """A class from joining to its third round, and on to a later one."""
    async with room(number, width, height, spare) as at:
        before = worked(at.pid)
        at.clients, seconds = await joined(at.connect, has("At the table"), number)
        print(f"  join all at once                   {seconds:.2f} s until the last one is shown its screen; "
              f"host {worked(at.pid) - before:.2f} s of processor")
        await asyncio.sleep(2)
        print(f"  memory                             {memory(at.pid):.0f} MB")
        await at.step("briefing opened, shown", has("Brief ·"), lambda: at.acted("trigger", name="brief"))
        await asyncio.sleep(3)
        await at.step("round opened, told over the brief", has("Your turn"), lambda: at.acted("trigger", name="begin"))
        await asyncio.sleep(2)
        await at.step("all press enter: situation room", has("Moves"), lambda: at.type("\r"))
        await asyncio.sleep(4)
        print(f"  cursor key                         {spread(await cursor(at.clients))}")
        await at.step("told to everybody", has("Five"), lambda: at.acted("broadcast", text="Five minutes more"))
        await asyncio.sleep(2)
        await at.step("round closed by click, result shown", has("Round 1 ·"), lambda: at.acted("trigger", name="resolve"))
        await asyncio.sleep(3)
        await at.step("all press enter: next round", has("Moves"), lambda: at.type("\r"))
        await asyncio.sleep(3)
        for index, client in enumerate(at.clients):
            await client.keys(PAGES[index % len(PAGES)])
        last = await at.file(2)
        await asyncio.sleep(4)
        await at.step("… by last filing, seats on pages", has("Round 2 ·"), last)
        await asyncio.sleep(3)
        await at.step("all press enter: next round", has("Moves"), lambda: at.type("\r"))
        await asyncio.sleep(2)
        again = []
        for index in range(min(number, 10)):
            begun = time.perf_counter()
            client = await at.connect(index)
            again.append(await client.shown(has("Moves")) - begun)
            at.clients[index] = client
        print(f"  refresh                            {spread(again)}, state kept")
        print(f"  memory at the end                  {memory(at.pid):.0f} MB", flush=True)
        for round in range(3, rounds + 1):
            for index, client in enumerate(at.clients):
                await client.keys(PAGES[(index + round) % len(PAGES)])
            await asyncio.sleep(5)
            await at.step(f"round {round} closed, result shown", has(f"Round {round} ·"), lambda: at.acted("trigger", name="resolve"))
            await asyncio.sleep(3)
            await at.type("\r")
            await asyncio.sleep(6)
            print(f"  memory after round {round:<15} {memory(at.pid):.0f} MB", flush=True)


async def theirs(number: int, width: int, height: int) -> None:
    """The same app for one person each, hosted by textual-serve."""
    with tempfile.TemporaryDirectory() as folder:
        # the verb itself plays line by line where it has no terminal, and textual-serve gives none
        alone = Path(folder, "alone.py")
        alone.write_text(  # noqa: ASYNC240 before anything runs
            "from sim.cli.verbs.play import show\nfrom sim.tui.start import Start\n"
            f"show(Start(scenario={SCENARIO!r}, seat='armenia', until='election', level='standard', seed=1))\n",
            encoding="utf-8")
        command = f"{sys.executable} {alone}"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        code = f"from textual_serve.server import Server; Server({command!r}, port={port}).serve()"
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,  # noqa: ASYNC220
                                   cwd=ROOT, env={**os.environ, "DETENTE_HOME": folder, "PYTHONPATH": str(ROOT)})
        clients: list[Terminal] = []
        try:
            print(f"textual-serve, {number} seats at {width}x{height}", flush=True)
            async with aiohttp.ClientSession() as web:
                for _ in range(200):
                    with contextlib.suppress(aiohttp.ClientError):
                        await (await web.get(f"http://localhost:{port}/")).read()
                        break
                    await asyncio.sleep(0.1)

                async def connect(_: int) -> Terminal:
                    client = Terminal(await web.ws_connect(f"ws://localhost:{port}/ws?width={width}&height={height}",
                                                           max_msg_size=0))
                    await client.socket.send_str(json.dumps(["resize", {"width": width, "height": height}]))
                    return client

                clients, seconds = await joined(connect, has("Brief ·"), number)
                print(f"  join all at once                   {seconds:.2f} s until the last one is shown its screen")
                await asyncio.sleep(2)
                print(f"  memory                             {memory(process.pid):.0f} MB")
                times = await all_shown(clients, has("Moves"), lambda: _typed(clients, "\r"))
                print(f"  all press enter: situation room    {spread(times)}")
                await asyncio.sleep(4)
                print(f"  cursor key                         {spread(await cursor(clients))}")
                begun = time.perf_counter()
                client = await connect(0)
                await client.shown(has("Brief ·"))
                print(f"  refresh                            {1000 * (time.perf_counter() - begun):.0f} ms, a new process, "
                      "state lost; a round is one person's, so there is nothing to show to all", flush=True)
                for each in (*clients, client):
                    await each.socket.close()
        except TimeoutError:
            print(f"  {number} processes were not shown within a minute: fewer seats are needed for a comparison")
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _log(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def _typed(clients: list[Terminal], keys: str) -> None:
    for client in clients:
        await client.keys(keys)


def _until_open(process: subprocess.Popen[str]) -> str:
    lines = []
    assert process.stdout is not None
    while "Ctrl-C ends" not in (line := process.stdout.readline()):
        assert line, "the host ended"
        lines.append(line)
    return "".join(lines)


async def _came_in(web: aiohttp.ClientSession, base: str, code: str, name: str) -> str:
    async with web.post(f"{base}/join", data={"code": code, "name": name}, allow_redirects=False) as answer:
        assert answer.status == 303, await answer.text()
        return answer.headers["Set-Cookie"].split(";")[0]


async def _facilitator(web: aiohttp.ClientSession, base: str, secret: str) -> tuple[str, str]:
    async with web.post(f"{base}/facilitator/enter", data={"secret": secret}, allow_redirects=False) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    async with web.get(f"{base}/facilitator", headers={"Cookie": cookie}) as answer:
        return cookie, _seal(await answer.text())


def _seal(page: str) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


async def main() -> None:
    """The class at its number, then the class and textual-serve at theirs."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seats", type=int, default=30)
    asked.add_argument("--size", default="120x40")
    asked.add_argument("--ready", type=int, default=0, help="screens started before anybody comes")
    asked.add_argument("--peer-seats", type=int, default=10, help="seats beside textual-serve's as many; 0: without it")
    asked.add_argument("--rounds", type=int, default=2, help="rounds that are played")
    given = asked.parse_args()
    width, height = map(int, given.size.split("x"))
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    await ours(given.seats, width, height, given.ready, given.rounds)
    if given.peer_seats:
        if given.peer_seats != given.seats:
            await ours(given.peer_seats, width, height, given.ready, given.rounds)
        await theirs(given.peer_seats, width, height)


if __name__ == "__main__":
    asyncio.run(main())
