"""What a host refuses: strangers, forged tokens, other sites, other names, guesses, oversized and malformed input."""

from __future__ import annotations

import asyncio
import json
import re
from html import unescape

import aiohttp
import pytest

from sim.serve.guard import LARGEST_FORM, LARGEST_FRAME, Bucket, Failures, Refused, same_origin
from sim.serve.terminals.channel import Closing
from tests.serve.people import Browser, classroom, until

FOREIGN = ("https://evil.example", "null", "http://127.0.0.1:1", "file://", "http://127.0.0.1.evil.example")


async def refused(browser: Browser, **options: object) -> int:
    """The status with which a terminal's connection is refused."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as problem:
        await browser.terminal(**options)  # type: ignore[arg-type]
    return problem.value.status


async def test_a_terminal_opens_only_for_a_seat_and_from_the_own_page() -> None:
    """Without a cookie, with a forged one, from another origin or from none, nothing is connected."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as stranger:
        assert await refused(stranger) == 403
        await ada.join(room.code("velmora"), "Ada")
        for origin in (*FOREIGN, None):
            assert await refused(ada, origin=origin) == 403
        assert await refused(ada, look="../secret") in (403, 404)
        cookie = room.host.guard.seat_cookie
        for forged in ("", "0" * 64, room.secret, room.code("velmora"), "x" * 5000):
            async with Browser(room.base, Cookie=f"{cookie}={forged}") as thief:
                assert await refused(thief) in (400, 403)
        assert len(room.host.sessions) == 0


async def test_forms_of_other_sites_do_nothing() -> None:
    """Another origin, a missing seal, or somebody else's seal: the order is not on the sheet."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        room.begin()
        _, mine = await ada.get("/text")
        _, other = await ben.get("/text")
        form = re.search(r'action="/text/propose">.*?</form>', mine, re.DOTALL)
        assert form is not None
        given = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[0])}
        seal = re.search(r'name="seal" value="([^"]+)"', other)
        assert seal is not None
        for origin in FOREIGN:
            assert (await ada.post("/text/propose", given, origin=origin))[0] == 403
        assert (await ada.post("/text/propose", given, **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
        assert (await ada.post("/text/propose", {**given, "seal": seal[1]}))[0] == 403
        assert (await ada.post("/text/propose", {**given, "seal": ""}))[0] == 403
        assert room.lesson.sheet("facilitator", "velmora", 1).lines == ()
        assert (await ada.post("/text/propose", given))[0] == 200
        assert len(room.lesson.sheet("facilitator", "velmora", 1).lines) == 1


async def test_only_the_secret_opens_the_facilitators_page() -> None:
    """A member's cookie, a member's token as the facilitator's cookie, and a wrong secret lead to the door."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        token = next(c.value for c in ada.web.cookie_jar if c.key == room.host.guard.seat_cookie)
        _, page = await ada.get("/facilitator")
        assert "The three words on the host" in page
        assert (await ada.get("/facilitator/print"))[0] == 403
        assert (await ada.post("/facilitator/trigger", {"name": "begin"}))[0] == 403
        assert (await ada.post("/facilitator/enter", {"secret": token}))[0] == 403
        async with Browser(room.base, Cookie=f"{room.host.guard.facilitator_cookie}={token}") as posing:
            assert (await posing.get("/facilitator/print"))[0] == 403
        assert room.lesson.stage == "lobby"
        assert (await ada.post("/facilitator/enter", {"secret": room.secret}))[0] == 200


async def test_a_page_is_asked_for_by_its_own_name_only() -> None:
    """A name of somebody else's that leads here (rebinding) is refused; addresses and this machine's names are not."""
    async with classroom(names=("class.example",)) as room, Browser(room.base) as ada:
        port = room.host.addresses.port
        for name, status in (("evil.example", 421), ("class.example", 200), ("localhost", 200), ("192.168.7.7", 200),
                             ("[::1]", 200), ("", 421)):
            assert (await ada.get("/", Host=f"{name}:{port}"))[0] == status, name


async def test_tokens_are_in_no_address_and_cookies_are_closed() -> None:
    """The cookie is for this host alone and for no script; every page forbids frames and foreign scripts."""
    async with classroom() as room, Browser(room.base) as ada:
        form = {"code": room.code("velmora"), "name": "Ada", "to": "seat"}
        async with ada.web.post(f"{room.base}/join", data=form, headers={"Origin": room.base}, allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/seat"
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
        for path in ("/", "/seat", "/text", "/facilitator/enter", "/nowhere"):
            async with ada.web.get(room.base + path) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "script-src 'self';" in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cache-Control"] == "no-store"
                page = await answer.text()
                assert not re.search(r"https?://(?!127\.0\.0\.1)", page), path


async def test_only_the_files_that_a_page_needs_are_served() -> None:
    """Nothing of a folder can be asked for by its path."""
    async with classroom() as room, Browser(room.base) as ada:
        for name in ("detente.css", "seat.js", "live.js", "terminal.js", "xterm.css", "roboto-mono.ttf"):
            async with ada.web.get(f"{room.base}/static/{name}") as answer:
                assert answer.status == 200
                assert b"fonts.googleapis.com" not in await answer.read()
        for name in ("", "../web.py", "%2e%2e%2fweb.py", "shelf.py", "..%5cweb.py"):
            assert (await ada.get(f"/static/{name}"))[0] == 404


async def test_guesses_of_a_code_are_stopped_and_right_ones_cost_nothing() -> None:
    """After a dozen wrong codes an address waits; a class that joins from one address does not."""
    async with classroom() as room, Browser(room.base) as ada:
        for number in range(20):
            await ada.join(room.code("velmora"), f"N{number}")
        statuses = [(await ada.post("/join", {"code": f"WRONG{n}", "name": "x"}))[0] for n in range(14)]
        assert statuses[:12] == [403] * 12
        assert statuses[12:] == [429] * 2
        assert (await ada.get("/j/WRONGX"))[0] == 429


async def test_too_large_a_form_is_refused() -> None:
    """The host reads no more of it than a form can have."""
    async with classroom() as room, Browser(room.base) as ada:
        status, _ = await ada.post("/join", {"code": "a" * (LARGEST_FORM + 10), "name": "x"})
        assert status == 413


@pytest.mark.parametrize("frame", [
    "", "{", "[]", "null", '["stdin"]', '["stdin", 5]', '["resize", {"width": 1}]', '["resize", [1, 2]]', '["run", "ls"]',
    '["ping", {}]', "[" * 60_000, b"bytes",
], ids=range(12))
async def test_a_malformed_frame_ends_its_connection_and_nothing_else(frame: str | bytes) -> None:
    """The seat stands, and the next connection comes back to it."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        one = await ada.terminal((80, 24))
        await until(lambda: len(room.host.sessions) == 1)
        await (one.socket.send_bytes(frame) if isinstance(frame, bytes) else one.socket.send_str(frame))
        assert await one.closed() == 1003
        session = next(iter(room.host.sessions._all.values()))
        again = await ada.terminal((80, 24))
        await again.until("n messages")
        assert next(iter(room.host.sessions._all.values())) is session
        await again.end()


async def test_an_oversized_frame_ends_its_connection_and_nothing_else() -> None:
    """Also one that is small only while it is compressed."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        for _ in range(2):
            one = await ada.terminal((80, 24))
            await one.until("n messages")
            await one.socket.send_str(json.dumps(["stdin", "a" * (LARGEST_FRAME + 100)]))
            assert await one.closed() in (1009, 1006)
        assert len(room.host.sessions) == 1


async def test_who_was_sent_away_is_out_at_once() -> None:
    """The screen ends, the token opens nothing any more."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        one = await ada.terminal((80, 24))
        await one.until("n messages")
        person = room.lesson.room(next(iter(room.host.places))).me
        room.lesson.remove("facilitator", person.id)
        assert await one.closed() == Closing.LEFT
        assert await refused(ada) == 403


async def test_a_flood_of_keys_slows_only_its_sender() -> None:
    """While one client sends as much as it can, another's key is answered."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        one, two = await ada.terminal((80, 24)), await ben.terminal((80, 24))
        for terminal in (one, two):
            await terminal.until("At the table")

        async def flood() -> None:
            for _ in range(300):
                await one.keys("\x1b[A" * 500)

        flooding = asyncio.create_task(flood())
        await two.keys("n")
        await two.until("then enter sends")
        flooding.cancel()


@pytest.mark.parametrize(("origin", "scheme", "host", "same"), [
    ("http://10.0.0.1:8750", "http", "10.0.0.1:8750", True), ("http://10.0.0.1", "http", "10.0.0.1:80", True),
    ("https://class.local", "https", "class.local", True), ("http://10.0.0.1:8750", "https", "10.0.0.1:8750", False),
    ("http://10.0.0.1:8751", "http", "10.0.0.1:8750", False), ("http://10.0.0.1:8750.evil", "http", "10.0.0.1:8750", False),
    ("null", "http", "10.0.0.1", False), ("", "http", "", False), ("http://a@10.0.0.1:80", "http", "10.0.0.2", False),
])
def test_an_origin_is_the_same_by_scheme_name_and_port(origin: str, scheme: str, host: str, same: bool) -> None:
    """All three, with the usual port where none is named."""
    assert same_origin(origin, scheme, host) is same


def test_failures_are_counted_by_network_and_forgotten_after_a_minute() -> None:
    """A machine with many addresses of IPv6 counts as one."""
    now = [0.0]
    failures = Failures(most=3, clock=lambda: now[0])
    for number in range(3):
        failures.note(f"2001:db8::{number}")
    with pytest.raises(Refused):
        failures.check("2001:db8::ffff")
    failures.check("2001:db8:1::1")
    now[0] = 61
    failures.check("2001:db8::1")


def test_a_measure_fills_again() -> None:
    """What is taken ahead is waited for; what is left over is not saved without end."""
    now = [0.0]
    bucket = Bucket(10, 20, lambda: now[0])
    assert bucket.take(20) == 0
    assert bucket.take(10) == 1
    now[0] = 1
    assert bucket.take(0) == 0
    now[0] = 1000
    assert bucket.take(21) == pytest.approx(0.1)
