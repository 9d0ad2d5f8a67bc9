"""Killing a host process at random instants while a class works at it over the network, and what it must hold afterwards."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from sim.lesson import FACILITATOR, Lesson
from sim.lesson.rehearsal import FastClock
from tests.serve.hosts import HostProcess, a_lesson, free_port
from tests.serve.people import Browser

KEYS = {"velmora": ("gesture:velmora", "protest:velmora>osk"), "osk": ("gesture:osk", "protest:osk>velmora")}
IDLE = ("propose", "unfile")
"""What is done without anything being written where it is so already."""
CLASS = (("Ada", "velmora"), ("Bea", "velmora"), ("Cem", "osk"))


@dataclass
class Request:
    """A form that was sent, and whether anybody was told that it was done."""

    act: str
    form: dict[str, str]
    stale: bool = False
    """Whether it is for a round that is not open."""
    done: bool = False


@dataclass
class Member:
    """Somebody at the text page, with the cookie that lasts from host to host."""

    name: str
    seat: str
    id: str
    token: str
    sent: list[Request] = field(default_factory=list)
    seal: str = ""
    """Of the form that was open when the host died; it is sent as it is."""

    async def come(self, host: HostProcess) -> Browser:
        """Open the page again with the cookie alone."""
        port = host.base.rsplit(":", 1)[1]
        browser = Browser(host.base, Cookie=f"detente-seat-{port}={self.token}")
        try:
            status, page = await browser.get("/text")
        except BaseException:
            await browser.web.close()
            raise
        assert (status, f"{self.name}, " in page) == (200, True), f"the session is gone: {status}\n{page}\n{host.told()}"
        if not self.seal:
            found = re.search(r'name="seal" value="([^"]+)"', page)
            assert found is not None
            self.seal = found[1]
        return browser

    async def send(self, browser: Browser, request: Request) -> str:
        """Send a form; what the page that follows says of it: `said`, `problem`, or nothing if it was done before."""
        status, page = await browser.post(f"/text/{request.act}", {**request.form, "seal": self.seal})
        assert status == 200, page
        found = re.search(r'<p class="(said|problem)" role="alert"', page)
        return found[1] if found else ""


def drawn(rng: random.Random, member: Member, round: int, number: str) -> Request:
    """A request: an order drafted, struck, filed or taken back, now and then for another round, or a message."""
    act = rng.choice(("propose", "propose", "strike", "file", "unfile", "send", "send"))
    stale = act != "send" and rng.random() < 0.1
    form = {"once": f"{member.name}-{number}", "round": str(3 - round if stale else round)}
    if act in ("propose", "strike"):
        form["key"] = rng.choice(KEYS[member.seat])
    if act == "send":
        form |= {"text": f"Message {form['once']}.", "to": "public"}
    return Request(act, form, stale)


async def work(host: HostProcess, members: list[Member], rng: random.Random, round: int, stop: int, tag: str) -> int:
    """Let everybody work until the host is killed: once `stop` requests were answered, or at any moment within the first."""
    done = 0
    dead = asyncio.Event()
    if stop == 1:
        asyncio.get_running_loop().call_later(rng.uniform(0, 0.4), host.process.kill)

    async def one(member: Member) -> None:
        nonlocal done
        browser = await member.come(host)
        async with browser:
            for number in range(10_000):
                request = drawn(rng, member, round, f"{tag}-{number}")
                member.sent.append(request)
                # now and then the same form twice at once, as by a double click
                answers = [member.send(browser, request) for _ in range(2 if rng.random() < 0.2 else 1)]
                request.done = "said" in await asyncio.gather(*answers)
                done += 1
                if done >= stop > 1 and not dead.is_set():
                    dead.set()
                    host.process.kill()

    results: list[BaseException] = await asyncio.gather(*(one(member) for member in members), return_exceptions=True)
    host.kill()
    for result in results:
        if not isinstance(result, aiohttp.ClientError | ConnectionError):
            raise result
    return done


async def send_again(host: HostProcess, members: list[Member]) -> None:
    """What a browser does when the host is back: the form nobody answered is sent once more, and so is the one before."""
    for member in members:
        browser = await member.come(host)
        async with browser:
            for request in member.sent[-2:]:
                told = await member.send(browser, request)
                if request.done and request.act not in IDLE:
                    assert told != "problem", f"{request} was acknowledged, and refused when it came again"
                request.done = request.done or told == "said"


def check(path: Path, members: list[Member]) -> tuple[int, int]:
    """Everything acknowledged is in the file, once. Then the lesson goes to another round; how many were checked, and it."""
    with Lesson.resume(path, clock=FastClock()) as lesson:
        kept = Counter((act.by, act.once) for act in lesson.acts if act.once)
        texts = Counter(message.text for message in lesson.messages(FACILITATOR, table=1))
        drafted = {"", *(act.data["key"] for act in lesson.acts if act.kind == "proposed")}
        assert all(number == 1 for number in kept.values()), "something was done twice"
        assert all(number == 1 for text, number in texts.items() if text.startswith("Message")), "a message stands there twice"
        checked = 0
        for member in members:
            assert lesson.who(member.token).id == member.id
            for request in member.sent:
                assert not (request.done and request.stale), "an order for a round that is not open was taken"
                if request.done:
                    checked += 1
                    there = kept[member.id, request.form["once"]] == 1
                    idle = request.act in IDLE and request.form.get("key", "") in drafted
                    assert there or idle, f"{request} was acknowledged and is gone"
                    if request.act == "send":
                        assert texts[request.form["text"]] == 1
        if lesson.match(1).round > 1:
            assert lesson.undo(FACILITATOR).ok
        else:
            assert lesson.trigger(FACILITATOR, "resolve").ok
            lesson.work()
        return checked, lesson.match(1).round


async def at_a_terminal(host: HostProcess, member: Member) -> None:
    """The cookie opens the terminal of the seat as well."""
    browser = await member.come(host)
    async with browser:
        terminal = await browser.terminal((80, 24))
        await terminal.until(lambda screen: member.seat in screen.lower())
        terminal.cut()


async def survive(folder: Path, seed: int, kills: int) -> int:
    """Kill a host `kills` times at instants drawn from the seed; how many acknowledged requests were there each time."""
    rng = random.Random(seed)
    path, port, round = folder / f"{seed}.detente", free_port(), 1
    people = a_lesson(path, people=CLASS)
    members = [Member(name, seat, *people[name]) for name, seat in CLASS]
    checked = 0
    for number in range(kills):
        host = await asyncio.to_thread(HostProcess, path, home=folder, port=port)
        with host:
            await send_again(host, members)
            if number == kills - 1:
                await at_a_terminal(host, members[0])
            await work(host, members, rng, round, rng.choice((1, 1, rng.randint(2, 16))), f"{seed}-{number}")
        found, round = check(path, members)
        checked += found
        for member in members:
            # the round is another one now: what nobody answered must not be taken for it
            member.sent = [request for request in member.sent[-30:] if request.done or request.act == "send"]
    return checked
