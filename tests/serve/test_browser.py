"""A real browser: join by link, play a round, refresh, finish; nothing is asked of any other host."""

from __future__ import annotations

import pytest

from sim.lesson import FACILITATOR, Plan
from tests.serve.chromium import browser, found
from tests.serve.people import classroom, until

CHROMIUM = found()
ONE_ROUND = Plan("test", until=2, minutes=None, briefing=None)


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")
async def test_a_seat_in_a_browser_from_the_link_to_the_ending() -> None:
    """The link leads to the terminal page, keys play, a refresh finds everything as it was, the ending is shown."""
    assert CHROMIUM is not None
    async with classroom(plan=ONE_ROUND, spare=1) as room, browser(CHROMIUM) as tab:
        await tab.open(f"{room.base}/j/{room.code('velmora')}")
        await tab.until("!!document.getElementById('name')")
        await tab.ask("document.getElementById('name').focus()")
        await tab.type("ada")
        await tab.enter()
        await tab.until("document.getElementById('veil')?.hidden && !!document.querySelector('textarea')")
        (session,) = room.host.sessions._all.values()
        room.begin()
        await until(lambda: type(session.app.screen).__name__ == "Briefing", "the brief")
        await tab.enter()
        await until(lambda: getattr(session.app.screen, "is_ready", False)
                    and type(session.app.screen).__name__ == "ClassRoom", "the room")
        await tab.enter()
        await until(lambda: room.lesson.sheet(FACILITATOR, "velmora", 1).lines, "the order")
        app = session.app
        await tab.send("Page.reload")
        await tab.until("document.getElementById('veil')?.hidden && !!document.querySelector('textarea')")
        await until(lambda: session.attended)
        assert session.app is app
        assert type(app.screen).__name__ == "ClassRoom"
        for _ in range(2):
            await until(lambda: type(app.screen).__name__ == "ClassRoom" and app.screen.is_ready, "the room")
            await tab.type("r")
            await until(lambda: type(app.screen).__name__ == "Review")
            await tab.enter()
            await until(lambda: type(app.screen).__name__ == "Resolution", "the round resolved")
            await until(lambda: app.screen._beats is not None)
            while type(app.screen).__name__ == "Resolution":
                await tab.enter()
        await until(lambda: type(app.screen).__name__ == "Ending", "the ending")
        assert room.lesson.stage == "debrief"
        assert all(url.startswith(room.base) for url in tab.requests), tab.requests
        assert [text for text in tab.refused if "Content Security Policy" in text] == []


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")
async def test_the_newer_tab_takes_the_seat_and_the_older_says_so() -> None:
    """The older tab covers itself with the reason and does not fight for the seat."""
    from tests.serve.people import Browser

    assert CHROMIUM is not None
    async with classroom() as room, browser(CHROMIUM) as tab:
        await tab.open(f"{room.base}/j/{room.code('velmora')}")
        await tab.until("!!document.getElementById('name')")
        await tab.ask("document.getElementById('name').value = 'Ada'; document.querySelector('button').click()")
        await tab.until("document.getElementById('veil')?.hidden && !!document.querySelector('textarea')")
        cookies = (await tab.send("Network.getCookies"))["cookies"]
        token = next(c for c in cookies if c["name"] == room.host.guard.seat_cookie)
        assert token["httpOnly"]
        assert token["sameSite"] == "Strict"
        assert await tab.ask("document.cookie") == ""
        async with Browser(room.base, Cookie=f"{token['name']}={token['value']}") as again:
            newer = await again.terminal()
            await newer.until("At the table")
            await tab.until("document.getElementById('veil-text').innerText.includes('another tab')")
            await newer.end()
