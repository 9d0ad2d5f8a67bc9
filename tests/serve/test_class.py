"""A class through the real server: join by code, play rounds in terminals and on the text page, lose nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.strip import Strip

from sim.lesson import FACILITATOR
from sim.serve.terminals.sessions import Sessions
from tests.serve.people import Browser, Class, classroom, until
from tests.serve.plain_app import SMALL, Desk, Probe, Sink


async def test_two_delegations_play_a_round_in_their_terminals() -> None:
    """Join, wait in the lobby, read the brief, order, file; the round resolves on both screens and the next opens."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        one, two = await ada.terminal(), await ben.terminal((100, 30))
        await one.until("At the table")
        await one.until("1 of 1 here")
        room.begin()
        for terminal in (one, two):
            await terminal.until("Your goals")
            await terminal.keys("\r")
            await terminal.until("Moves")
        await one.keys("\r")
        await until(lambda: room.lesson.sheet(FACILITATOR, "velmora", 1).lines, "the line on the sheet")
        await one.keys("r")
        await one.until("File for round 1")
        await one.keys("\r")
        await one.until("Waiting for Osk")
        await two.keys("r")
        await two.until("File for round 1")
        await two.keys("\r")
        for terminal in (one, two):
            await terminal.until("Round 1")
        await until(lambda: room.lesson.match(1).round == 2, "the second round")
        for terminal in (one, two):
            await terminal.until("Tracks in this round" if terminal is one else "Round 1")
            await terminal.keys(" ")
            await terminal.keys("\r")
            await terminal.until("round 2 of 3")


async def test_a_round_on_the_text_page_without_any_script() -> None:
    """Forms alone: propose, file, read the news, write; what is refused says why and keeps what was written."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        room.lesson.connected(room.lesson.who(token_of(ada, room)).id)
        room.lesson.connected(room.lesson.who(token_of(ben, room)).id)
        room.begin()
        _, page = await ada.get("/text")
        assert 'aria-live="polite"' in page
        assert "head of delegation" in page
        _, page = await ada.press("/text/propose", page, "Put it on the sheet")
        assert "proposed by Ada" in page
        _, page = await ada.press("/text/file", page)
        assert "Filed for round 1: 1 line." in page
        assert "Waiting for Osk." in page
        _, page = await ada.press("/text/send", page, text="<script>alert(1)</script>", to="osk")
        assert "<script>alert(1)</script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        _, page = await ada.press("/text/send", page, text="a" * 3000, to="osk")
        assert "3,000 characters" in page
        assert "a" * 3000 in page
        _, other = await ben.get("/text")
        assert "&lt;script&gt;" in other
        _, other = await ben.press("/text/file", other)
        await until(lambda: room.lesson.match(1).round == 2)
        _, page = await ada.get("/text")
        assert "Round 2 of 3" in page


async def test_a_stale_and_a_doubled_order_are_not_applied_twice_or_to_another_round() -> None:
    """The same form sent twice proposes once; a form of the round before is answered with a sentence."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        room.begin()
        _, old = await ada.get("/text")
        for _ in range(2):
            _, page = await ada.press("/text/propose", old, "Put it on the sheet")
        assert len(room.lesson.sheet(FACILITATOR, "velmora", 1).lines) == 1
        assert room.lesson.trigger(FACILITATOR, "resolve").ok
        await until(lambda: room.lesson.match(1).round == 2)
        _, page = await ada.press("/text/file", old)
        assert "Round 1 is not open; round 2 is" in page
        assert room.lesson.match(1).filed("velmora") is None


async def test_a_seat_sees_nothing_of_another_seats_sheet_or_messages() -> None:
    """What one delegation drafts and writes is on no page and no screen of another."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben, Browser(room.base) as eve:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        await eve.join(room.code("observer"), "Eve")
        room.begin()
        ada_id = room.lesson.who(token_of(ada, room)).id
        room.lesson.send(ada_id, (), "UNHEARD-OF among ourselves")
        room.lesson.send(ada_id, ("facilitator",), "UNHEARD-OF to the teacher")
        _, page = await ada.get("/text")
        _, page = await ada.press("/text/propose", page, "Put it on the sheet")
        assert page.count("UNHEARD-OF") == 2
        for browser in (ben, eve):
            terminal = await browser.terminal()
            await terminal.until(lambda now: "goals" in now or "Brief" in now)
            await terminal.keys("n")
            await terminal.until(lambda now: "then enter sends" in now or "Observers read along" in now)
            _, other = await browser.get("/text")
            assert "UNHEARD-OF" not in other + terminal.text
            assert "proposed by Ada" not in other
            await terminal.end()


async def test_a_lost_line_in_the_midst_of_an_order_keeps_the_seat() -> None:
    """The connection is cut without a word; the next one finds the screen and the order as they were."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        one = await ada.terminal()
        await one.until("At the table")
        room.begin()
        await one.until("Your goals")
        await one.keys("\r")
        await one.until("Moves")
        await one.keys("\r")
        await until(lambda: room.lesson.sheet(FACILITATOR, "velmora", 1).lines)
        await one.keys("r")
        await one.until("File for round 1")
        one.cut()
        again = await ada.terminal((100, 30))
        await again.until("File for round 1")
        assert len(room.host.sessions) == 1
        await again.keys("\r")
        await until(lambda: room.lesson.match(1).round == 2 or room.lesson.match(1).filed("velmora") is not None)


async def test_who_writes_in_the_lobby_goes_on_while_others_come_in() -> None:
    """A page that was opened stays open, with what stands in it, however many join."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        one = await ada.terminal()
        await one.until("At the table")
        await one.keys("n")
        await one.until("then enter sends")
        await one.keys("Half writ")
        await one.until("Half writ")
        await ben.join(room.code("osk"), "Ben")
        app = next(iter(room.host.sessions._all.values())).app
        await until(lambda: any(seat.people for seat in app.room.seats if seat.seat == "osk"), "the other one")
        await one.keys("ten")
        await one.until("Half written")


async def test_a_host_that_is_started_again_has_every_seat(tmp_path: Path) -> None:
    """The same file and port: the cookie opens the seat, and what stood on the sheet stands there."""
    file = tmp_path / "lesson.detente"
    async with classroom(path=file) as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        room.begin()
        room.lesson.connected(room.lesson.who(token_of(ada, room)).id)
        _, page = await ada.get("/text")
        _, page = await ada.press("/text/propose", page, "Put it on the sheet")
        token, port = token_of(ada, room), room.host.addresses.port
    async with classroom(path=file, port=port) as room, \
            Browser(room.base, Cookie=f"{room.host.guard.seat_cookie}={token}") as again:
        _, page = await again.get("/text")
        assert "proposed by Ada" in page
        terminal = await again.terminal()
        await terminal.until("Your goals")
        await terminal.end()


async def test_the_facilitator_leads_from_the_page() -> None:
    """What is pressed there stands on a seat's screen: the first round, a broadcast, the pause."""
    async with classroom() as room, Browser(room.base) as ada, Browser(room.base) as teacher:
        await ada.join(room.code("velmora"), "Ada")
        one = await ada.terminal()
        await one.until("At the table")
        _, page = await teacher.post("/facilitator/enter", {"secret": room.secret})
        _, page = await teacher.press("/facilitator/trigger", page, 'value="begin"')
        assert room.lesson.stage == "orders"
        await one.until("Your goals")
        _, page = await teacher.get("/facilitator?open=messages")
        _, page = await teacher.press("/facilitator/broadcast", page, text="Five minutes more")
        await one.until("Five minutes more")
        _, page = await teacher.press("/facilitator/trigger", page, 'value="pause"')
        await one.until("paused")


async def test_policies_play_where_nobody_sits_and_the_debrief_opens_for_all() -> None:
    """One person and a policy to the last round: the ending stands on the screen and on the text page."""
    async with classroom() as room, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Ada")
        one = await ada.terminal()
        await one.until("At the table")
        room.begin()
        await one.until("Your goals")
        for number in (1, 2, 3):
            await until(lambda: room.lesson.stage == "orders")
            assert room.lesson.trigger(FACILITATOR, "resolve").ok
            await until(lambda: room.lesson.match(1).ended or room.lesson.match(1).round == number + 1)  # noqa: B023
        await until(lambda: room.lesson.stage == "debrief")
        await one.until("The end: Still a quarrel")
        while "enter Go on" in one.text:
            await one.keys("\r")
            await asyncio.sleep(0.05)
        await one.until(lambda now: "How it ended" in now or "Scores" in now)
        _, page = await ada.get("/text")
        assert "The match has ended" in page
        assert "Questions for afterwards" in page or "Scores" in page or "of 100" in page


async def test_a_seat_whose_app_fails_gets_a_fresh_one_and_the_class_goes_on() -> None:
    """A fault inside one screen: reported, the seat plays on, the neighbour's terminal is not touched."""
    async with classroom(strict=False) as room, Browser(room.base) as ada, Browser(room.base) as ben:
        await ada.join(room.code("velmora"), "Ada")
        await ben.join(room.code("osk"), "Ben")
        one, two = await ada.terminal(), await ben.terminal()
        for terminal in (one, two):
            await terminal.until("At the table")
        session = next(s for s in room.host.sessions._all.values() if s.app.room.me.seat == "velmora")
        broken = session.app

        def fail() -> None:
            raise ZeroDivisionError("of this test")

        broken.call_later(fail)
        await until(lambda: session.app is not None and session.app is not broken)
        room.begin()
        for terminal in (one, two):
            await terminal.until("Your goals")
        assert [type(fault) for fault, _ in room.faults if "late" not in str(fault)] == [ZeroDivisionError]


def token_of(browser: Browser, room: Class) -> str:
    """The token in a browser's cookie."""
    return next(cookie.value for cookie in browser.web.cookie_jar if cookie.key == room.host.guard.seat_cookie)


class Seated(Probe):
    """A probe whose screen is all of its seat's."""

    alike = ("velmora",)
    coming = False
    on_seen: Callable[[], None] | None = None

    def result(self) -> list[Strip]:
        return self.screen._compositor.render_strips()[1:]


async def test_a_result_is_painted_once_for_a_seat_and_shown_to_all_who_sit_there() -> None:
    """The second terminal has the first one's picture before its own app is told; it has no row that is somebody's own."""
    desk = Desk()
    sessions = Sessions(Seated, lambda app, who: app.admit(who), desk.report)
    sinks = {}
    for name in ("Ada", "Ben"):
        session = await sessions.of(name, SMALL)
        sinks[name] = Sink()
        session.attach(sinks[name], SMALL)
        await desk.until(lambda: f"READY {name}".encode() in sinks[name].data)  # noqa: B023
    had = []
    begun = len(sinks["Ben"].data)

    def follow(app: Seated) -> None:
        had.append((app.member, b"\x1b[2;1H" in sinks["Ben"].data[begun:], b"READY" in sinks["Ben"].data[begun:]))

    await sessions.show(follow, follow)
    await desk.until(lambda: len(had) == 2)
    assert had == [("Ada", False, False), ("Ben", True, False)]
    await sessions.stop()
    assert not desk.reports


async def test_keys_that_are_meant_for_a_picture_wait_for_the_app_to_follow() -> None:
    """What is typed at a result reaches the app once it shows that result itself, and nothing before."""
    desk = Desk()
    session, sink = await desk.seat("Ada", Seated)
    session.show_ahead(b"the result")
    assert bytes(sink.data).endswith(b"the result")
    session.feed("p")
    app = session.app
    assert isinstance(app, Seated)
    following = []
    session.follow(lambda app: following.append([*app.seen]))
    await desk.until(lambda: "printed" in app.seen)
    assert following == [[]]
    await desk.end()
    assert not desk.reports
