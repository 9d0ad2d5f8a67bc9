"""What a seat can get a host to tell, over every address and every screen: nothing that only others know."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import aiohttp
import pytest

from sim.lesson import FACILITATOR
from sim.serve.shelf import OWN, THEIRS
from sim.serve.text.reading import PARTS
from tests.serve.people import PLAN, Browser, Class, classroom, until

SEED = 918_273_645
MARK = "UNHEARD-OF"
WORDS = 5
"""So many words in a row that only another's brief holds are a leak; screens break longer ones over lines."""
PAGES = {
    "/": ("",), "/seat": ("",), "/text": ("",), "/facilitator": ("", "?eyes=1.azerbaijan", "?open=seat.1.azerbaijan", "?secrets=yes"),
    "/facilitator/enter": ("",), "/facilitator/print": ("",), "/facilitator/live": ("",), "/alive": ("",), "/version": ("",),
    "/j/{code}": ("none",), "/text/{part}": (*PARTS, "sources"), "/static/{name}": (*OWN, *THEIRS), "/download/{key}": ("x",),
    "/ws/{look}": ("blocks",), "/facilitator/take/{file}": ("transcript.md", "records.jsonl", "names.csv"),
}
"""Every address that can be read, with what is put into it; a new one must be added here."""


def runs(text: str) -> set[tuple[str, ...]]:
    """All words of a text in rows of five, each row of the text for itself."""
    out = set()
    for row in text.split("\n"):
        words = re.findall(r"\w+", row.lower())
        out |= {tuple(words[at:at + WORDS]) for at in range(len(words) - WORDS + 1)}
    return out


def told(page: str) -> str:
    """The words of a page, one block a row."""
    return unescape(re.sub(r"<[^>]+>", "\n", page.replace("\n", " ")))


def sentences(part: object) -> Iterator[str]:
    """Every text in a scenario but what its briefs tell in confidence."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from sentences(value) if key != "confidential" else ()
    elif isinstance(part, list | tuple):
        for value in part:
            yield from sentences(value)


def briefs(room: Class) -> dict[str, set[tuple[str, ...]]]:
    """Of each seat what its brief tells it in confidence and nothing else in the scenario holds."""
    mine = {seat: runs(room.lesson.desk(FACILITATOR, seat, 1).brief().confidential) for seat in room.lesson.seats}
    elsewhere = runs("\n".join(sentences(room.lesson.loaded.usable()[0].model_dump(mode="json"))))
    return {seat: mine[seat] - elsewhere - {run for other in mine if other != seat for run in mine[other]} for seat in mine}


async def busy(room: Class, mine: str, other: str) -> list[str]:
    """Somebody else does everything that leaves a trace, under a mark; the secrets that are no sentences."""
    lesson = room.lesson
    third = next(seat for seat in lesson.seats if seat not in (mine, other))
    answer, token = lesson.join(room.code(other), f"{MARK} Ben")
    ben = answer.id
    lesson.connected(ben)
    _, watching = lesson.join(room.code("observer"), f"{MARK} Obi")
    assert lesson.trigger(FACILITATOR, "begin").ok
    item = next(item for group in lesson.desk(ben).menu().groups for item in group.items if item.legal)
    assert lesson.propose(ben, item.key, round=1).ok
    for to in ((), ("facilitator",), (third,)):
        assert lesson.send(ben, to, f"{MARK} said to {to}").ok
    paper = lesson.open_paper(ben, f"{MARK} paper", (third,))
    assert lesson.bracket(ben, paper.id, 0, f"{MARK} paragraph", base=0).ok
    assert lesson.note(FACILITATOR, f"{MARK} note").ok
    assert lesson.send(FACILITATOR, (other,), f"{MARK} hint", table=1).ok
    inject = lesson.improvise(FACILITATOR, 1, {"text": f"{MARK} for one.", "title": f"{MARK} title", "seen": other})
    assert lesson.release(FACILITATOR, 1, inject.id).ok
    assert lesson.improvise(FACILITATOR, 1, {"text": f"{MARK} not yet."}).ok
    assert lesson.file(ben, round=1).ok
    codes = [room.code(seat) for seat in (*lesson.seats, "observer")]
    return [MARK, token, watching, room.secret, ben, str(SEED), *codes, *(code.replace("-", "") for code in codes)]


@pytest.mark.parametrize("stage", ["orders", "debrief"])
async def test_no_address_tells_a_seat_what_others_keep(stage: str) -> None:
    """Every page, file and refusal, as a member: no brief, draft, message, paper, note, code, token or seed of others."""
    async with classroom("border-standoff-2021", replace(PLAN, until=1, on_all_filed=False, unfiled="pass", absent="pass"), seed=SEED) as room, \
            Browser(room.base) as ada:
        await ada.join(room.code("armenia"), "Ada")
        secrets = await busy(room, "armenia", "azerbaijan")
        if stage == "debrief":
            assert room.lesson.trigger(FACILITATOR, "resolve").ok
            await until(lambda: room.lesson.stage == "debrief", "the debrief")
        addresses = [path.replace(hole, value) if (hole := re.search(r"\{\w+\}|$", path)[0]) else path + value  # type: ignore[index]
                     for path, values in PAGES.items() for value in values]
        routes = {route.resource.canonical for route in room.host._runner.app.router.routes() if route.method == "GET"}
        assert routes == set(PAGES), "an address that this test does not ask"
        pages = {}
        for address in addresses:
            async with ada.web.get(room.base + address) as answer:
                pages[address] = f"{dict(answer.headers)}\n{(await answer.read()).decode('utf-8', 'replace')}"
        seal = re.search(r'name="seal" value="([^"]+)"', pages["/text"])
        assert seal is not None
        for act, more in (("propose", {"key": "azerbaijan"}), ("file", {}), ("unfile", {}), ("take_head", {}), ("pass_head", {"to": secrets[4]}),
                          ("send", {"to": "azerbaijan", "text": "Hello"}), ("bracket", {"paper": "1", "paragraph": "0", "text": "x"}),
                          ("rename", {"name": "Ada"}), ("none", {})):
            _, pages[f"POST {act}"] = await ada.post(f"/text/{act}", {"seal": seal[1], "round": "1", "base": "0", "seat": "azerbaijan", **more})
        async with Browser(room.base, Cookie=f"{room.host.guard.seat_cookie}={secrets[1]}") as ben:
            assert (await ben.get("/text"))[1].count(MARK) > 5, "not even their owner is told"
        kept = briefs(room)
        assert len(kept["azerbaijan"]) > 40
        assert runs(told(pages["/text"])) & kept["armenia"], "not even the own brief is found"
        for address, page in pages.items():
            if address.startswith("/static/"):
                continue
            shown = runs(told(page))
            for seat in room.lesson.seats:
                assert seat == "armenia" or not shown & kept[seat], (address, seat, shown & kept[seat])
            for secret in secrets:
                assert secret not in page or (address == "POST pass_head" and secret == secrets[4]), (address, secret)


async def test_how_busy_others_are_is_not_told() -> None:
    """What the own page asks whether there is something new does not count what another delegation does among itself."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as stranger:
        await ada.join(room.code("velmora"), "Ada")
        answer, _ = room.lesson.join(room.code("osk"), "Ben")
        room.begin()
        await until(lambda: room.host.version > 3)
        assert (await stranger.get("/version"))[0] == 403
        # whoever reads a page is there, which others are told
        await ada.get("/text/now")
        before, counted = (await ada.get("/version"))[1], room.host.version
        assert room.lesson.propose(answer.id, "gesture:osk", round=1).ok
        assert room.lesson.send(answer.id, (), "Among ourselves").ok
        assert room.lesson.note(FACILITATOR, "They draft").ok
        await until(lambda: room.host.version >= counted + 3)
        assert (await ada.get("/version"))[1] == before
        assert room.lesson.send(answer.id, ("velmora",), "To you").ok
        await until(lambda: room.host.version >= counted + 4)
        assert (await ada.get("/version"))[1] != before


class Painted:
    """What a terminal is sent, as text: what is painted side by side stands side by side."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def by(self, keys: str) -> str:
        """What is painted after some keys, until nothing more is."""
        if keys:
            await self.socket.send_str(json.dumps(["stdin", keys]))
        out = b""
        with contextlib.suppress(TimeoutError):
            while True:
                message = await asyncio.wait_for(self.socket.receive(), 0.25 if out else 5)
                assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message
                out += message.data if message.type is aiohttp.WSMsgType.BINARY else b""
        text = re.sub(r"\x1b\[[0-9;]*H", "\n", out.decode())
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z$]+|[│▌▐]", " ", text).replace("\x1b", "")


async def test_no_screen_tells_a_seat_what_others_keep() -> None:
    """Every key of the room leads somewhere, and nowhere is another's secret; the own brief is among what is shown."""
    async with classroom("border-standoff-2021", replace(PLAN, until=1, on_all_filed=False, unfiled="pass", absent="pass"), seed=SEED) as room, \
            Browser(room.base) as ada:
        await ada.join(room.code("armenia"), "Ada")
        secrets = await busy(room, "armenia", "azerbaijan")
        async with ada.web.ws_connect(f"{room.base}/ws/blocks?width=160&height=60", headers={"Origin": room.base}, max_msg_size=0) as socket:
            painted = Painted(socket)
            seen = {"brief": await painted.by(""), "room": await painted.by("\r")}
            app = next(iter(room.host.sessions._all.values())).app
            depth = len(app.screen_stack)
            keys = [key for key in app.screen.active_bindings if len(key) == 1 and key.isalpha() and key != "r"]
            for key in (*keys, "?", "/", "\x1bOP", "\x1b[15~"):
                seen[key] = await painted.by(key)
                for _ in range(4):
                    if len(app.screen_stack) > depth:
                        seen[f"{key}, back"] = await painted.by("\x1b")
        assert sum(len(text) > 1000 for text in seen.values()) > 10, "the keys led nowhere"
        kept = briefs(room)
        assert runs(seen["brief"]) & kept["armenia"]
        for screen, text in seen.items():
            shown = runs(text)
            for seat in room.lesson.seats:
                assert seat == "armenia" or not shown & kept[seat], (screen, seat, shown & kept[seat])
            assert not [secret for secret in secrets if secret in text], screen
