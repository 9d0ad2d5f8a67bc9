"""The facilitator's page in a real browser: it keeps itself fresh, loses nothing that is typed, fits, and can be read."""

from __future__ import annotations

import pytest

from sim.lesson import FACILITATOR, Plan
from tests.serve.chromium import Tab, browser, found
from tests.serve.people import Class, classroom, until

CHROMIUM = found()
CONTRAST = """(() => {
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const parse = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return { rgb: n.slice(0, 3), alpha: n.length > 3 ? n[3] : 1 }; };
  const behind = (element) => { for (let e = element; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.alpha > .99) { return c.rgb; } } return [255, 255, 255]; };
  const bad = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim());
    if (!own || !element.offsetParent || element.closest("option, svg, .qr")) { continue; }
    const [one, two] = [light(parse(getComputedStyle(element).color).rgb), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) { bad.push(element.className + ": " + element.textContent.trim().slice(0, 30) + " " + ratio.toFixed(2)); }
  }
  return bad;
})()"""
PANELS = ("", "seat.1.osk", "item.1.1", "new", "messages", "join")


async def shown(tab: Tab, width: int, height: int, *, dark: bool) -> None:
    """A screen of a size, light or dark."""
    await tab.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
    await tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])


async def entered(tab: Tab, room: Class) -> None:
    """The page, opened with the words of the terminal."""
    words = room.host.way_in.offer(room.secret, here=True)
    await tab.open(f"{room.base}/facilitator")
    await tab.until("!!document.getElementById('secret')")
    await tab.ask(f"document.getElementById('secret').value = {words!r}; document.querySelector('button').click()")
    await tab.until("!!document.getElementById('board') && document.readyState === 'complete'")


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")
async def test_it_keeps_itself_fresh_and_loses_nothing_that_is_typed() -> None:
    """People, orders and messages come into the page; half a note, its cursor and what is folded out stay; it fits and is read."""
    assert CHROMIUM is not None
    async with classroom(plan=Plan("test", until=3, minutes=5, briefing=None), spare=0) as room, browser(CHROMIUM) as tab:
        lesson = room.lesson
        await shown(tab, 1366, 768, dark=False)
        await entered(tab, room)
        await tab.ask("document.getElementById('q-note').focus()")
        await tab.type("half a")
        answer, _ = lesson.join(room.code("osk"), "Ada")
        lesson.connected(answer.id)
        await tab.until("document.getElementById('board').innerText.includes('Ada')")
        lesson.trigger(FACILITATOR, "begin")
        key = lesson.match(1).legal_moves("osk")[0].key
        lesson.propose(answer.id, key, round=1)
        lesson.send(answer.id, ("facilitator",), "May we?")
        await tab.until("document.getElementById('board').innerText.includes('drafting, 1 line')")
        await tab.until("document.getElementById('board').innerText.includes('1 for you')")
        assert await tab.ask("document.getElementById('q-note').value") == "half a"
        assert await tab.ask("document.activeElement.id") == "q-note"
        await tab.type(" note")
        await tab.enter()
        await until(lambda: lesson.control_room(FACILITATOR).notes, "the note")
        assert lesson.control_room(FACILITATOR).notes[0].text == "half a note"
        await tab.until("document.getElementById('said')?.innerText === 'Noted.' && document.readyState === 'complete'")
        clock = await tab.ask("document.querySelector('.clock').textContent")
        await tab.until(f"document.querySelector('.clock').textContent !== {clock!r}")

        await tab.ask("document.querySelector('.switch button').click()")
        await tab.until("document.body?.classList.contains('open-secrets')")
        for panel in PANELS:
            await tab.open(f"{room.base}/facilitator?open={panel}")
            await tab.until(f"location.search.endsWith('={panel}') && document.readyState === 'complete'")
            for width, height, dark in ((1366, 768, False), (390, 844, True)):
                await shown(tab, width, height, dark=dark)
                assert await tab.ask("document.documentElement.scrollWidth <= innerWidth"), (panel, width)
                assert await tab.ask(CONTRAST) == [], (panel, dark)

        await shown(tab, 1366, 768, dark=False)
        await tab.open(f"{room.base}/facilitator?open=people")
        await tab.until("!!document.querySelector('details.one')")
        await tab.ask("document.querySelector('details.one').open = true; document.querySelector('details.one [name=name]').focus()")
        await tab.type("x")
        lesson.extend(FACILITATOR, 1)
        assert lesson.join(room.code("osk"), "Ben")[0].ok
        await tab.until("document.getElementById('people-all').innerText.includes('Ben')")
        assert await tab.ask("document.querySelector('details.one').open")
        assert "x" in await tab.ask("document.querySelector('details.one [name=name]').value")
        assert all(url.startswith((room.base, "data:")) for url in tab.requests), tab.requests
        assert tab.refused == []
