"""A whole lesson: seats in a browser, on the text page, in a terminal, and two that policies play; lobby to export."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pexpect
import pytest

from sim.lesson import FACILITATOR, Plan, read_record
from sim.scenario.load import Loaded
from tests.serve.chromium import Tab, browser, found
from tests.serve.people import Browser, Class, classroom, until
from tests.terminal import Terminal

CHROMIUM = found()
LESSON = Plan("test", until=2, minutes=10, briefing=5, level="easy")
NO_BRAILLE = """CanvasRenderingContext2D.prototype.fillText = function () {};"""
"""A browser whose fonts draw nothing of braille: the map is then drawn in blocks."""
INJECT = "A convoy of the Red Cross waits at the pass."


class Screen:
    """A seat in the browser, by what its app shows there."""

    def __init__(self, room: Class, tab: Tab, name: str) -> None:
        self._room = room
        self._person = next(person.id for person in room.lesson.people() if person.name == name)
        self.tab = tab

    @property
    def session(self) -> Any:
        """The person's session; None before there is one."""
        return self._room.host.sessions.get(self._person)

    @property
    def at(self) -> str:
        """The name of the screen, once it stands."""
        if self.session is None or self.session.app is None:
            return ""
        screen = self.session.app.screen
        return type(screen).__name__ if getattr(screen, "is_ready", True) else ""

    @property
    def text(self) -> str:
        """What it says, in words."""
        return str(self.session.app.screen.describe()) if self.at else ""

    async def shows(self, text: str) -> None:
        """Wait for a text."""
        await until(lambda: text in self.text, f"{text!r}")

    async def is_at(self, name: str) -> None:
        """Wait for a screen."""
        await until(lambda: self.at == name, name)

    async def keys(self, *keys: tuple[str, int] | str) -> None:
        """Press keys in the browser."""
        for key in keys:
            await self.tab.press(*key) if isinstance(key, tuple) else await self.tab.type(key)


class Shell:
    """`detente join` on a terminal of its own; what it writes is read all the time, for a full line would stop it."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._still = Lock()
        self._over = False
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while not self._over:
            try:
                told = self._terminal.child.read_nonblocking(65536, 0.1)
            except pexpect.TIMEOUT:
                continue
            except (pexpect.EOF, OSError):
                return
            with self._still:
                self._terminal.feed(told)

    @property
    def text(self) -> str:
        """What stands on it."""
        with self._still:
            return self._terminal.text

    def press(self, keys: str) -> None:
        """Type."""
        self._terminal.child.send(keys)

    async def shows(self, text: str) -> None:
        """Wait for a text."""
        await until(lambda: text in self.text, f"{text!r} in the terminal")

    async def past(self) -> None:
        """Through the resolution of a round to what follows it."""
        await self.shows("enter Go on")
        while "enter Go on" in self.text:
            self.press("\r")
            await asyncio.sleep(0.1)

    async def end(self) -> None:
        """Let go of it."""
        self._over = True
        await asyncio.to_thread(self._reader.join)
        await asyncio.to_thread(self._terminal.child.close, force=True)


TAB, DOWN, ENTER, ESCAPE = ("Tab", 9), ("ArrowDown", 40), ("Enter", 13, "\r"), ("Escape", 27)


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")
async def test_a_whole_lesson(tmp_path: Path, loaded_flagship: Loaded) -> None:
    """Lobby, briefing, two rounds with messages and an inject, debrief, export; nobody sees what is not theirs."""
    assert CHROMIUM is not None
    file = tmp_path / "lesson.detente"
    async with classroom(loaded_flagship, LESSON, file) as room, browser(CHROMIUM) as tab, \
            Browser(room.base) as phone:
        lesson = room.lesson
        shell = Shell(await asyncio.to_thread(Terminal.detente, tmp_path, "join", f"{room.base}/j/{room.code('russia')}",
                                              "--name", "Mira", size=(100, 30)))
        try:
            # the lobby
            await tab.open(f"{room.base}/j/{room.code('armenia')}")
            await tab.until("!!document.getElementById('name')")
            await tab.ask("document.getElementById('name').value = 'Ada'; document.querySelector('button').click()")
            await phone.join(room.code("azerbaijan"), "Bek")
            bek = next(person.id for person in lesson.people() if person.name == "Bek")
            await phone.get("/text/now")
            for seat in ("france", "united_states"):
                assert lesson.give(FACILITATOR, 1, seat, "persona").ok
            await tab.until("document.getElementById('veil')?.hidden && !!document.querySelector('textarea')")
            ada = Screen(room, tab, "Ada")
            await ada.shows("You are Ada, head of the delegation of Yerevan.")
            await ada.shows("Baku        1 of 1 here")
            await ada.shows("Paris       a policy plays it")
            assert "<strong>Moscow</strong>: 1 of 1 here" in (await page_with(phone, "now", "Moscow</strong>: 1 of 1"))
            await shell.shows("You are Mira, head of the delegation of Moscow.")

            # the briefing
            assert lesson.trigger(FACILITATOR, "brief").ok
            await ada.shows("Confidential, for your eyes")
            assert "For your eyes only" in (await phone.get("/text/read"))[1]
            await shell.shows("Confidential, for your eyes")
            await ada.keys(ENTER)
            shell.press("\r")
            room.begin()
            await ada.is_at("ClassRoom")
            await shell.shows("Your turn")

            # the first round: a message, a note, an inject, three sheets
            await ada.keys("n")
            await ada.is_at("MessagesPage")
            await until(lambda: ada.session.app.screen.focused is not None)
            ada.session.app.screen.query_one("#to").focus()
            await ada.keys(DOWN, ENTER, TAB, "Let us speak", ENTER)
            await until(lambda: lesson.messages(bek))
            assert lesson.messages(bek)[-1].to == ("azerbaijan",)
            await ada.keys(ESCAPE)
            await ada.is_at("ClassRoom")
            page = await page_with(phone, "messages", "Let us speak")
            _, page = await phone.press("/text/send", page, 'name="kind"', to="armenia", subject="The road",
                                        asks="consultations", reply_to="", text="Baku is ready to meet.")
            await ada.shows("1 unread message")
            own = lesson.improvise(FACILITATOR, 1, {"text": INJECT, "change": {"tension": 3}})
            assert lesson.release(FACILITATOR, 1, own.id).ok
            await ada.shows(INJECT)
            assert INJECT in (await phone.get("/text/now"))[1]
            await ada.keys(ENTER)
            await until(lambda: lesson.sheet(FACILITATOR, "armenia", 1).lines)
            await ada.keys("r")
            await ada.is_at("Review")
            await ada.keys(ENTER)
            await ada.shows("Your orders are filed. Waiting for Baku and Moscow.")
            _, page = await phone.press("/text/propose", (await phone.get("/text/orders"))[1], "Put it on the sheet")
            await phone.press("/text/file", page)
            assert "proposed by Bek" not in ada.text
            shell.press("r")
            await shell.shows("File for round 1")
            shell.press("\r")
            await until(lambda: lesson.match(1).round == 2)
            await ada.is_at("Resolution")
            await shell.shows("enter Go on")

            # the second round, after a refresh of the browser
            session, app = ada.session, ada.session.app
            await tab.send("Page.addScriptToEvaluateOnNewDocument", source=NO_BRAILLE)
            await tab.send("Page.reload")
            await tab.until("document.getElementById('veil')?.hidden && !!document.querySelector('textarea')")
            await until(lambda: session.attended)
            assert ada.session.app is app
            assert app.start.map == "blocks"
            await past(ada)
            assert "1 unread message" in ada.text
            await shell.past()
            assert "Round 2 of 2" in (await phone.get("/text/now"))[1]
            await shell.shows("round 2 of 2")
            await phone.press("/text/file", (await phone.get("/text/orders"))[1])
            await ada.keys("r")
            await ada.is_at("Review")
            await ada.keys(ENTER)
            await ada.shows("Waiting for Moscow")
            shell.press("r")
            await shell.shows("File for round 2")
            shell.press("\r")

            # the debrief
            await until(lambda: lesson.stage == "debrief")
            assert lesson.reveal(FACILITATOR, True).ok
            await past(ada)
            await ada.is_at("Ending")
            await ada.shows("Questions to talk about")
            page = (await phone.get("/text/debrief"))[1]
            assert "The match has ended in round 2" in page
            assert "secrets included" in page
            await shell.past()
            await shell.shows("What happened")
            assert lesson.trigger(FACILITATOR, "close").ok
            await ada.shows("The lesson is closed")
            assert [text for text in tab.refused if "Content Security Policy" in text] == []
        finally:
            await shell.end()
    exported(file)


async def page_with(phone: Browser, part: str, text: str) -> str:
    """A part of the text page, once it holds a text."""
    for _ in range(200):
        page = (await phone.get(f"/text/{part}"))[1]
        if text in page:
            return page
        await asyncio.sleep(0.02)
    raise AssertionError(f"never on {part}: {text}")


async def past(screen: Screen) -> None:
    """Through the resolution of a round to what follows it."""
    await until(lambda: screen.at == "Resolution" and getattr(screen.session.app.screen, "_beats", None) is not None)
    while screen.at == "Resolution":
        await screen.keys(ENTER)
        await asyncio.sleep(0.02)


def exported(file: Path) -> None:
    """What the teacher takes away holds the match, every message and every act, and no token."""
    from click.testing import CliRunner

    from sim.cli.verbs.export import command

    told = CliRunner().invoke(command, [str(file), "--as", "jsonl"], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    kinds = [json.loads(line)["record"] for line in told.output.splitlines()]
    assert {"match", "opening", "order", "event", "end"} <= set(kinds)
    assert "Let us speak" in told.output
    record = read_record(file)[0]
    assert record.match.ended
    assert [said.kind for said in record.messages] == ["message", "verbale"]
    assert {act.kind for act in record.acts} >= {"stage", "filed", "improvised", "released", "closed"}
    assert "hash" not in told.output
