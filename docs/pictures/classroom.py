"""Makes the pictures of docs/teaching.md: a class over real sockets, photographed by Chromium.

    python -m docs.pictures.classroom            # all
    python -m docs.pictures.classroom phone      # one

Scenario, seed, orders and messages are fixed, so that the pictures change only when the product does; codes and clocks
are drawn anew each time. Needs Chromium and the extra `dev`.
"""

from __future__ import annotations

import asyncio
import base64
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from sim.lesson import FACILITATOR, Lesson, plan_of
from sim.report.paper import PLAYERS, Paper
from sim.scenario.load import Loaded, load
from sim.serve.host import Host, Terms
from sim.words.catalog import Catalog
from tests.serve.chromium import Tab, browser, found

HERE: Final = Path(__file__).parent
SCENARIO: Final = HERE.parents[1] / "scenarios/border-standoff-2021"
SEED: Final = 2021
ROUNDS: Final = 2
"""Closed before the pictures are taken."""
MEMBERS: Final = ("Student 1", "Student 2")
PAGE: Final = (794, 1123)
"""A4 in the pixels of a browser."""


class Classroom:
    """A host on this machine with two people in each delegation but one, which a policy plays."""

    def __init__(self, loaded: Loaded) -> None:
        self.lesson, self.secret = Lesson.new(loaded, plan_of(loaded.usable()[0], "hour"), seed=SEED)
        self.host = Host(self.lesson, Terms(), lambda fault, where: print(where, fault, file=sys.stderr))
        self.people: dict[str, str] = {}

    @property
    def base(self) -> str:
        """The host's address."""
        return self.host.addresses.first

    def code(self, seat: str) -> str:
        """The code of a seat."""
        return next(it.code for it in self.lesson.control_room(FACILITATOR).tables[0].seats if it.status.seat == seat)

    def play(self) -> None:
        """People come in, two rounds are played, the third is open, and something is said in it."""
        lesson = self.lesson
        for seat in lesson.seats[:-1]:
            for name in MEMBERS:
                answer, _ = lesson.join(self.code(seat), name)
                lesson.connected(answer.id)
                self.people.setdefault(seat, answer.id)
        lesson.trigger(FACILITATOR, "begin")
        for _ in range(ROUNDS):
            self.order(lesson.seats[:-1])
            lesson.trigger(FACILITATOR, "resolve")
            lesson.work()
        self.order(lesson.seats[:2])
        first, second = lesson.seats[:2]
        lesson.send(self.people[first], (second,), "Before anything is said in public: would your commanders meet ours?")
        lesson.send(self.people[second], ("public",), "We have answered every call that was made to us.")
        lesson.note(FACILITATOR, "Both quote the same call, and differ in what was said.")

    def order(self, seats: tuple[str, ...]) -> None:
        """Some seats file the first of their moves that can be ordered."""
        for seat in seats:
            who = self.people[seat]
            number = self.lesson.match(1).round
            for group in self.lesson.desk(who).menu().groups:
                key = next((item.key for item in group.items if item.legal), None)
                if key is not None and self.lesson.propose(who, key, round=number).ok and len(
                        self.lesson.sheet(who).lines) > 1:
                    break
            self.lesson.file(who, round=number)

    def rejoin(self, seat: str) -> str:
        """A new key for the head of a delegation, whose browser is about to be photographed."""
        _, token = self.lesson.readmit(FACILITATOR, self.people[seat])
        return token


async def facilitator(room: Classroom, tab: Tab) -> bytes:
    """The page as the class may see it on the wall."""
    await sized(tab, 1280, 520)
    await tab.open(f"{room.base}/facilitator/enter")
    await tab.until("!!document.querySelector('#secret')")
    await filled(tab, "#secret", room.secret)
    await tab.until("!!document.querySelector('#board')")
    return await taken(tab)


async def seat(room: Classroom, tab: Tab) -> bytes:
    """The situation room of the first seat."""
    await sized(tab, 1280, 800)
    await joined(room, tab, room.lesson.seats[0])
    await tab.open(f"{room.base}/seat")
    await tab.until("!!document.querySelector('#veil') && document.querySelector('#veil').hidden")
    await asyncio.sleep(4)
    return await taken(tab)


async def phone(room: Classroom, tab: Tab) -> bytes:
    """The text page of the same seat, on a phone's width."""
    await sized(tab, 390, 800, scale=1.5)
    await joined(room, tab, room.lesson.seats[0])
    await tab.open(f"{room.base}/text/orders")
    await tab.until("!!document.querySelector('#sheet')")
    return await taken(tab)


async def packet(room: Classroom, tab: Tab) -> bytes:
    """The first two pages of a printed packet, side by side."""
    loaded = room.lesson.loaded
    name = f"{PLAYERS}/packet-{room.lesson.seats[0]}.html"
    page = Paper(Catalog(loaded.usable()[1]), loaded.files, {}, loaded.map, "hour", short=True).sheets()[name]
    # on a screen there are no margins of paper
    page = page.replace("</style>", "html { overflow: hidden } body { padding: 15mm 16mm !important; max-width: none !important }</style>")
    public, _, own = page.partition('<section class="page">')
    sides = []
    for side in (f"{public}</body></html>", f"{public.partition('<body>')[0]}<body><section>{own}"):
        await sized(tab, *PAGE)
        await shown(tab, side)
        sides.append(base64.b64encode(await taken(tab)).decode())
    await sized(tab, 1040, 740)
    pictures = "".join(f'<img src="data:image/png;base64,{it}" style="width:490px;border:1px solid #888">' for it in sides)
    await shown(tab, f'<body style="margin:0;padding:14px;background:#ddd;display:flex;gap:20px">{pictures}</body>')
    return await taken(tab)


SCENES: Final[dict[str, Callable[[Classroom, Tab], Awaitable[bytes]]]] = {
    "facilitator": facilitator, "seat": seat, "phone": phone, "packet": packet}


async def sized(tab: Tab, width: int, height: int, scale: float = 1) -> None:
    """The size of the page."""
    await tab.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                   mobile=width < 600)


async def filled(tab: Tab, field: str, text: str) -> None:
    """Write into a field and send its form."""
    await tab.ask(f"(() => {{ const it = document.querySelector('{field}'); it.value = {text!r}; it.form.submit(); }})()")


async def joined(room: Classroom, tab: Tab, seat: str) -> None:
    """Come in as somebody who sits there already."""
    await tab.open(room.base)
    await tab.until("!!document.querySelector('#code')")
    await tab.ask(f"document.querySelector('#name').value = {MEMBERS[0]!r}")
    await filled(tab, "#code", room.rejoin(seat))
    await tab.until("!location.pathname.startsWith('/join') && location.pathname.length > 1")


async def shown(tab: Tab, page: str) -> None:
    """A page that is nowhere but here."""
    await tab.open("about:blank")
    await tab.until("document.readyState == 'complete'")
    tree = await tab.send("Page.getFrameTree")
    await tab.send("Page.setDocumentContent", frameId=tree["frameTree"]["frame"]["id"], html=page)
    await tab.until("[...document.images].every(it => it.complete)")


async def taken(tab: Tab) -> bytes:
    """The picture."""
    await asyncio.sleep(0.4)
    return base64.b64decode((await tab.send("Page.captureScreenshot", format="png"))["data"])


async def main(names: list[str]) -> None:
    """Take the pictures."""
    path = found()
    if path is None:
        sys.exit("There is no Chromium here; install it, then try again.")
    room = Classroom(load(SCENARIO, SCENARIO.name))
    await room.host.open()
    try:
        await asyncio.to_thread(room.play)
        for name in names:
            async with browser(path) as tab:
                (HERE / f"{name}.png").write_bytes(await SCENES[name](room, tab))
    finally:
        await room.host.close()


if __name__ == "__main__":
    if "TEXTUAL_COLOR_SYSTEM" not in os.environ:
        # Textual reads it when it is imported, which the host does before anything here runs
        os.execve(sys.executable, [sys.executable, "-m", "docs.pictures.classroom", *sys.argv[1:]],  # noqa: S606 itself
                  {**os.environ, "TEXTUAL_COLOR_SYSTEM": "truecolor"})
    with tempfile.TemporaryDirectory() as home:
        os.environ["DETENTE_HOME"] = home
        os.environ.pop("NO_COLOR", None)
        asyncio.run(main(sys.argv[1:] or list(SCENES)))
