"""What a host does with lines that are cut, clients that are slow, and requests that no browser sends: it answers the others."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import socket
import struct
from dataclasses import replace
from html import unescape

import aiohttp
import pytest

from sim.lesson import FACILITATOR
from sim.lesson.rehearsal import FastClock
from sim.serve import guard, host
from sim.serve.guard import Refused
from sim.serve.process import REPORTS, bounded
from sim.serve.terminals import page as seat_page
from sim.serve.terminals import wire
from sim.serve.terminals.channel import HIGH_WATER, Closing
from sim.serve.terminals.page import OF_ONE
from tests.serve.people import PLAN, Browser, Class, Terminal, classroom, until

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mred"


def token_of(browser: Browser, room: Class) -> str:
    """The token in a browser's cookie."""
    return next(cookie.value for cookie in browser.web.cookie_jar if cookie.key == room.host.guard.seat_cookie)


async def form(browser: Browser, act: str) -> dict[str, str]:
    """What the text page puts into a form for an act."""
    _, page = await browser.get("/text")
    found = re.search(rf'action="/text/{act}".*?</form>', page, re.DOTALL)
    assert found is not None
    return {unescape(name): unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0])}


class Line:
    """A connection on which anything can be sent."""

    def __init__(self, room: Class) -> None:
        self.socket = socket.create_connection(("127.0.0.1", room.host.addresses.port))
        self.socket.setblocking(False)

    async def send(self, data: bytes) -> None:
        """Send it all."""
        await asyncio.get_running_loop().sock_sendall(self.socket, data)

    async def rest(self) -> bytes:
        """All that comes until the host closes it."""
        out = b""
        try:
            async with asyncio.timeout(10):
                while data := await asyncio.get_running_loop().sock_recv(self.socket, 65536):
                    out += data
        except ConnectionError:
            pass
        return out

    def reset(self) -> None:
        """Cut it without the polite end of TCP."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def posted(path: str, body: bytes, room: Class, *headers: str, length: int | None = None,
           kind: str = "application/x-www-form-urlencoded") -> bytes:
    """A form as bytes."""
    head = (f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{room.host.addresses.port}", f"Origin: {room.base}",
            f"Content-Type: {kind}", f"Content-Length: {len(body) if length is None else length}", *headers)
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


async def test_an_order_whose_line_is_cut_is_done_once_or_not_at_all() -> None:
    """A reset after the whole body: done, and the same form again changes nothing. After half of it: not done."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        room.begin()
        given = await form(ada, "propose")
        cookie = f"Cookie: {room.host.guard.seat_cookie}={token_of(ada, room)}"
        body = "&".join(f"{name}={value.replace(':', '%3A').replace('>', '%3E')}" for name, value in given.items()).encode()
        for part in (body[:20], body[:-9], b""):
            line = Line(room)
            await line.send(posted("/text/propose", part, room, cookie, length=len(body)))
            line.reset()
        assert (await ada.get("/alive"))[0] == 200
        assert room.lesson.sheet(FACILITATOR, "velmora", 1).lines == ()
        line = Line(room)
        await line.send(posted("/text/propose", body, room, cookie))
        line.reset()
        await until(lambda: room.lesson.sheet(FACILITATOR, "velmora", 1).lines, "the order")
        acts = len(room.lesson.acts)
        assert (await ada.post("/text/propose", given))[0] == 200
        assert len(room.lesson.acts) == acts


async def test_a_client_that_reads_nothing_misses_frames_and_is_then_shown_the_newest_whole() -> None:
    """What waits for it stays small, its neighbour is answered, and once it reads again its screen is right."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        slow, other = await ada.terminal((80, 24)), await ben.terminal((80, 24))
        for terminal in (slow, other):
            await terminal.until("At the table")
        slow.pause(True)
        session = next(s for s in room.host.sessions._all.values() if s.app.room.me.seat == "velmora")
        frame = 64 * 1024
        for _ in range(2000):
            session.output(os.urandom(frame // 2).hex())
            assert session._channel.backlog <= HIGH_WATER + frame
            if session._dropped:
                break
            await asyncio.sleep(0)
        assert session._dropped, "2,000 frames were kept for a client that reads nothing"
        await other.keys("n")
        await other.until(lambda screen: "At the table" not in screen)
        slow.pause(False)
        await slow.until("At the table")
        assert not session._dropped


async def test_a_stuck_client_gives_way_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that reads nothing is cut after a moment once the seat was opened elsewhere; one person has a few lines at most."""
    monkeypatch.setattr(wire, "PARTING", 0.05)
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        stuck = await ada.terminal((80, 24))
        await stuck.until("At the table")
        stuck.pause(True)
        session = next(iter(room.host.sessions._all.values()))
        full = 0
        while full < 100:
            # what the network itself still takes is drained within a few turns
            session.output(os.urandom(32 * 1024).hex())
            await asyncio.sleep(0.001)
            full = full + 1 if session._dropped else 0
        newer = await ada.terminal((80, 24))
        await newer.until("At the table")
        person = room.lesson.who(token_of(ada, room)).id
        await until(lambda: room.lesson.register.presence(person).screens == 1, "the end of the stuck one")
        monkeypatch.setattr(wire, "PARTING", 60)
        waiting: list[Terminal] = []
        refused = 0
        for _ in range(OF_ONE + 2):
            try:
                waiting.append(await ada.terminal((80, 24), autoclose=False, autoping=False))
            except aiohttp.WSServerHandshakeError as problem:
                refused = problem.status
                break
        assert refused in (0, 503)
        assert (await ada.get("/text"))[0] == 200
        assert len(room.host.sessions) == 1


async def test_who_never_comes_to_an_end_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that say nothing, half a request or half a form are closed; meanwhile and afterwards others are answered."""
    monkeypatch.setattr(host, "SILENT", 0.5)
    monkeypatch.setattr(host, "LINGERING", 0.1)
    monkeypatch.setattr(guard, "FORM_SECONDS", 0.3)
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        lines = [Line(room) for _ in range(120)]
        for number, line in enumerate(lines):
            await line.send((b"", b"GET / HTTP/1.1\r\nHost: loc", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")[number % 3])
        half = Line(room)
        await half.send(posted("/join", b"code=", room, length=500))
        assert (await ada.get("/text"))[0] == 200
        assert (await half.rest()).startswith(b"HTTP/1.1 408")
        assert set(await asyncio.gather(*(line.rest() for line in lines))) == {b""}
        assert (await ada.get("/text"))[0] == 200


FRAMES = {
    "not masked": b"\x81\x02hi", "reserved bits": b"\xf1\x82\0\0\0\0hi", "unknown opcode": b"\x83\x82\0\0\0\0hi",
    "endless": b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", "long ping": b"\x89\xfe\x01\x00\0\0\0\0" + bytes(256),
    "not UTF-8": b"\x81\x82\0\0\0\0\xff\xfe", "a continuation of nothing": b"\x80\x82\0\0\0\0hi",
    "not deflated": b"\xc1\x82\0\0\0\0\xff\xff", "close without a code": b"\x88\x81\0\0\0\0\x01",
    "half a frame": b"\x81\xfe\x10\x00\0\0\0\0half",
}


async def test_what_is_no_frame_ends_its_connection_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that break the websocket's rules; the seat stands."""
    monkeypatch.setattr(seat_page, "GOODBYE", 0.05)
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        head = (f"GET /ws/blocks?width=80&height=24 HTTP/1.1\r\nHost: 127.0.0.1:{room.host.addresses.port}\r\n"
                f"Origin: {room.base}\r\nCookie: {room.host.guard.seat_cookie}={token_of(ada, room)}\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
        for what, frame in FRAMES.items():
            line = Line(room)
            await line.send(head.encode() + frame)
            if what == "half a frame":
                line.reset()
                continue
            assert (await line.rest()).startswith(b"HTTP/1.1 101"), what
        assert len(room.host.sessions) == 1
        terminal = await ada.terminal((80, 24))
        await terminal.until("At the table")


FORMS = (
    (b"code=A", "multipart/form-data; boundary=x"), (b"--x\r\n\r\nA\r\n--x--", "multipart/form-data; boundary=x"),
    (b"code=\\ud800", "application/x-www-form-urlencoded; charset=unicode_escape"),
    (b"code=A", "application/x-www-form-urlencoded; charset=none-such"), (b"code=\xff\xfe", "application/x-www-form-urlencoded"),
    (b'{"code": "A"}', "application/json"), (b"code=%ff%00%0d%0a&name=%ed%a0%80", "application/x-www-form-urlencoded"),
    (b"a&" * 20_000, "application/x-www-form-urlencoded"), (b"", "application/x-www-form-urlencoded"), (b"code=A", "\xff"),
)


@pytest.mark.parametrize("path", ["/join", "/facilitator/enter", "/text/send"])
async def test_what_is_no_form_is_refused_and_is_no_fault(path: str) -> None:
    """Other encodings, other kinds, surrogates, thousands of fields: an answer below 500, and nothing in the log."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        for body, kind in FORMS:
            line = Line(room)
            await line.send(posted(path, body, room, f"Cookie: {room.host.guard.seat_cookie}={token_of(ada, room)}",
                                   "Connection: close", kind=kind))
            answer = await line.rest()
            assert answer.startswith(b"HTTP/1.1 4"), (body[:40], answer[:200])
        assert room.faults == []
        assert [person.name for person in room.lesson.people()] == ["The facilitator", "Ada"]


PATHS = (
    "/static/../web.py", "/static/%2e%2e/web.py", "/static/..%2f..%2fetc%2fpasswd", "//evil.example/static/seat.js",
    "/static/....//....//etc/passwd", "/static/%00", "/j/%ff%fe", "/j/%0d%0aSet-Cookie:%20a=b", "/download/../text", "/text/../facilitator",
    "/facilitator/take/../../lesson", "/facilitator/take/%2e%2e%2flesson.detente", "/pages/text.html", "/.git/config", "/j/" + "A" * 7000,
    "http://evil.example/", "/ws/..", "/%c0%ae%c0%ae/etc/passwd",
)


async def test_no_path_leads_out_of_the_pages() -> None:
    """Nothing of the disk is read, no header is made of what was asked for, and nothing is a fault."""
    async with classroom() as room:
        for path in (*PATHS, "/j/\xff\xfe", "/static/\udcff"):
            line = Line(room)
            await line.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1", "surrogateescape"))
            answer = await line.rest()
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head[9:12] in (b"200", b"303", b"400", b"403", b"404", b"421"), (path, answer[:300])
            assert b"a=b" not in head
            assert b"root:" not in body
            assert b"import annotations" not in body
            if head[9:12] == b"200":
                assert path.startswith(("/j/", "http:")), path
            room.host.guard.failures._seen.clear()
        assert room.faults == []


@pytest.mark.parametrize("host_header", ["", "Host: evil.example\r\n", "Host: \xff\r\n", "Host: localhost\r\nHost: evil.example\r\n", "Host: [::1\r\n",
                                         "Host: localhost@evil.example\r\n"])
async def test_a_request_without_a_name_of_the_host_is_refused(host_header: str) -> None:
    """Also one without any, for which no name server is asked."""
    async with classroom() as room:
        line = Line(room)
        await line.send(f"GET / HTTP/1.0\r\n{host_header}\r\n".encode("latin-1"))
        assert (await line.rest())[9:12] in (b"421", b"400")
        assert room.faults == []


async def test_names_and_messages_are_shown_as_text_and_never_as_commands() -> None:
    """Escape sequences are refused; line ends, markup of pages and of the app's own screens are only letters."""
    async with classroom(plan=replace(PLAN, absent="pass")) as room, Browser(room.base) as ada, Browser(room.base) as ben, \
            Browser(room.base) as teacher:
        for name in (ESCAPES, "Ada\u202e", "a\x00b", "\x9b31m", "Ada\ud800"):
            answer, token = room.lesson.join(room.code("velmora"), name)
            assert (answer.ok, token) == (False, "")
            assert answer.sentence.isprintable()
        status, page = await ada.post("/join", {"code": room.code("velmora"), "name": ESCAPES})
        assert status == 403
        assert "cannot be printed" in page
        await ada.join(room.code("velmora"), "Ada\r\nSet-Cookie: a=b")
        assert [cookie.key for cookie in ada.web.cookie_jar] == [room.host.guard.seat_cookie]
        await ben.join(room.code("osk"), "[b]<b>Ben</b>[/b]")
        room.begin()
        terminal = await ben.terminal((120, 40))
        await terminal.until(lambda screen: screen.strip())
        person = room.lesson.who(token_of(ada, room)).id
        assert not room.lesson.send(person, ("osk",), f"Dear all {ESCAPES}").ok
        assert not room.lesson.open_paper(person, ESCAPES, ("osk",)).ok
        assert not room.lesson.rename(person, ESCAPES).ok
        marked = "[red]Hot[/red] [@click=app.quit]here[/] <img src=x onerror=alert(1)>"
        assert room.lesson.send(person, ("osk",), marked).ok
        assert room.lesson.open_paper(person, "[b]Paper[/b]", ("osk",)).ok
        _, page = await ben.get("/text")
        assert "&lt;img src=x" in page
        assert "<img" not in page
        await terminal.keys("\r")
        await terminal.until("Moves")
        await terminal.keys("n")
        await terminal.until("[@click=app.quit]here[/]")
        await teacher.post("/facilitator/enter", {"secret": room.secret})
        status, page = await teacher.get("/facilitator")
        assert status == 200
        assert "<b>Ben" not in page
        assert "<img" not in page
        for text in (page, terminal.text, str(room.lesson.acts)):
            assert not any(ord(c) < 32 and c not in "\n\t" for c in text)


SENDS = (("/join", {"code": "", "name": "Eve"}), ("/leave", {}), ("/text/send", {"text": "x", "to": "public"}), ("/text/file", {"round": "1"}),
         ("/facilitator/enter", {"secret": ""}), ("/facilitator/leave", {}), ("/facilitator/trigger", {"name": "close"}),
         ("/facilitator/broadcast", {"text": "x"}))


async def test_no_form_of_another_site_does_anything() -> None:
    """Every form, with the cookies of a member and of the facilitator, from elsewhere or without its seal."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        await ada.post("/facilitator/enter", {"secret": room.secret})
        room.begin()
        before = len(room.lesson.acts), room.lesson.stage
        for path, given in SENDS:
            filled = {**given, "code": room.code("osk"), "secret": room.secret} if "/join" in path or "enter" in path else given
            for origin, site in (("https://evil.example", "cross-site"), ("null", "cross-site"), (None, "cross-site"),
                                 (room.base.replace("127.0.0.1", "localhost"), "same-site")):
                status, _ = await ada.post(path, filled, origin=origin, **{"Sec-Fetch-Site": site})
                assert status == 403, (path, origin)
            if "/join" not in path and "enter" not in path:
                for seal in ({}, {"seal": ""}, {"seal": "0" * 40}, {"seal": "é"}):
                    assert (await ada.post(path, {**given, **seal}))[0] == 403, path
        assert (len(room.lesson.acts), room.lesson.stage) == before


async def test_a_token_opens_its_own_seat_and_only_from_its_cookie() -> None:
    """Forged, taken back, another's, in an address or a header: on every page it is a stranger's."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        mine, other = token_of(ada, room), token_of(ben, room)
        cookie, control = room.host.guard.seat_cookie, room.host.guard.facilitator_cookie
        old = room.secret
        new = room.lesson.facilitator_token()
        pages = ("/seat", "/text", "/text/now", "/text/sources", "/download/x", "/facilitator", "/facilitator/print", "/facilitator/live",
                 "/facilitator/take/transcript")
        for headers in ({}, {"Authorization": f"Bearer {mine}"}, {"Cookie": f"{cookie}={'0' * 64}"}, {"Cookie": f"{cookie}={mine[:-1]}"},
                        {"Cookie": f"{cookie}={mine.upper()}x"}, {"Cookie": f"{control}={mine}; {cookie}={new}"},
                        {"Cookie": f"{control}={old}"}, {"Cookie": f"{cookie}x={mine}"}):
            room.host.guard.failures._seen.clear()
            async with Browser(room.base, **headers) as thief:
                for page in pages:
                    async with thief.web.get(f"{room.base}{page}?token={mine}&{cookie}={other}", allow_redirects=False) as answer:
                        assert answer.status in (303, 403, 404), (headers, page)
                        assert answer.status != 303 or answer.headers["Location"] in ("/", "/facilitator/enter")
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await thief.terminal()
        _, page = await ada.get(f"/text?seat=osk&table=1&token={other}&who={room.lesson.who(other).id}")
        assert "Velmora" in page
        assert "Ada" in page
        # a device that was lost, and its person let in anew
        terminal = await ada.terminal((80, 24))
        await terminal.until("At the table")
        _, fresh = room.lesson.readmit(FACILITATOR, room.lesson.who(mine).id)
        assert await terminal.closed() == Closing.LEFT
        async with ada.web.get(f"{room.base}/seat", allow_redirects=False) as answer:
            assert answer.status == 303
        async with Browser(room.base, Cookie=f"{cookie}={fresh}") as again:
            assert (await again.get("/text"))[0] == 200


async def test_who_guesses_waits_and_nobody_else_does() -> None:
    """Guesses that come all at once are counted too; a right cookie from the same address is never made to wait."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        answers = await asyncio.gather(*(ada.post("/join", {"code": f"GUESS{n}", "name": "x"}) for n in range(40)))
        assert sorted(status for status, _ in answers) == [403] * 12 + [429] * 28
        assert (await ada.post("/join", {"code": room.code("osk"), "name": "x"}))[0] == 429
        assert (await ada.get("/text"))[0] == 200
        assert (await ada.post("/facilitator/enter", {"secret": room.secret}))[0] == 200
        terminal = await ada.terminal((80, 24))
        await terminal.until("At the table")


async def test_a_double_click_on_join_brings_in_one_person() -> None:
    """The same form at once or again gives the same person a cookie; another form is another person."""
    async with classroom() as room, Browser(room.base) as ada:
        sent = {"code": room.code("velmora"), "name": "Ada", "once": secrets.token_hex(8), "to": "text"}
        answers = await asyncio.gather(*(ada.post("/join", sent, follow=False) for _ in range(3)))
        assert [status for status, _ in answers] == [303] * 3
        assert [person.name for person in room.lesson.people()] == ["The facilitator", "Ada"]
        assert (await ada.get("/text"))[0] == 200
        await ada.post("/join", {**sent, "once": "another"})
        assert len(room.lesson.people()) == 3


async def test_a_flood_of_messages_is_stopped_for_its_sender_alone() -> None:
    """After a dozen within a minute the sender is asked to wait; another's message arrives."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        room.begin()
        one, two = (room.lesson.who(token_of(browser, room)).id for browser in (ada, ben))
        limit = room.lesson.plan.limits.messages_a_minute
        answers = [room.lesson.send(one, ("public",), f"Spam {n}") for n in range(limit + 5)]
        assert [answer.ok for answer in answers] == [True] * limit + [False] * 5
        assert "wait a moment" in answers[-1].sentence
        assert room.lesson.send(two, ("public",), "Sense").ok
        _, page = await ben.get("/text")
        assert page.count("Spam") == limit


async def test_the_clock_of_the_day_may_jump() -> None:
    """Forward a day and back a year: the round has the time it had, order and cookies are kept."""
    clock = FastClock(1_700_000_000.0)
    async with classroom(plan=replace(PLAN, minutes=5), clock=clock) as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        room.begin()
        person = room.lesson.who(token_of(ada, room)).id
        for jump in (0.0, 86_400.0, -31_536_000.0):
            clock._wall += jump
            assert room.lesson.send(person, ("public",), f"After {jump:.0f}").ok
            room.lesson.tick()
            assert room.lesson.room(person).left == 300
            assert room.lesson.stage == "orders"
            assert (await ada.get("/text"))[0] == 200
        texts = [message.text for message in room.lesson.messages(person)]
        assert texts == ["After 0", "After 86400", "After -31536000"]


async def test_the_facilitators_page_opens_while_everything_changes() -> None:
    """Members write and draft in other threads as it is made; every time it is whole."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as teacher:
        await ada.join(room.code("velmora"), "Ada")
        await teacher.post("/facilitator/enter", {"secret": room.secret})
        person = room.lesson.who(token_of(ada, room)).id
        room.begin()
        busy = True

        def work() -> None:
            number = 0
            while busy:
                number += 1
                room.lesson.connected(person)
                room.lesson.rename(person, f"Ada {number % 7}")
                room.lesson.propose(person, "gesture:velmora", round=1)
                room.lesson.strike(person, "gesture:velmora", round=1)
                room.lesson.note(FACILITATOR, f"Note {number % 7}")
                room.lesson.disconnected(person)

        working = asyncio.create_task(asyncio.to_thread(work))
        try:
            answers = await asyncio.gather(*(teacher.get("/facilitator") for _ in range(12)))
        finally:
            busy = False
            await working
        assert {status for status, _ in answers} == {200}


def test_faults_are_written_down_a_few_a_minute() -> None:
    """Nobody fills the disk by making the same thing go wrong again and again."""
    now, kept = [0.0], []
    report = bounded(lambda fault, where: kept.append(where), lambda: now[0])
    for number in range(10 * REPORTS):
        report(ValueError(), str(number))
    assert len(kept) == REPORTS
    now[0] = 61.0
    report(ValueError(), "later")
    assert kept[-1] == "later"


def test_a_form_is_sealed_for_its_person_alone_and_after_a_restart_too() -> None:
    """The seal follows from the token, and the token not from it."""
    one, again = (guard.Guard(frozenset(), 1, tls=False) for _ in range(2))
    token, other = secrets.token_hex(32), secrets.token_hex(32)
    again.check_seal(token, one.seal(token))
    with pytest.raises(Refused):
        again.check_seal(other, one.seal(token))
    assert one.seal(token) not in token
