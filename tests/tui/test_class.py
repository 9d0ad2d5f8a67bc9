"""What a delegation meets in the app: one sheet, messages, notes, papers, the class, the debrief."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from sim.lesson import FACILITATOR
from sim.tui.class_app import ClassApp
from tests.lesson.classes import Class, two_delegations
from tests.tui.conftest import press, shown, until

SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def room() -> Class:
    """Ani heads Velmora, Bek belongs to it, Cem heads Osk; the first round is open."""
    return two_delegations()


@asynccontextmanager
async def sitting(room: Class, name: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[str]]:
    """The app of somebody, in the situation room."""
    app = ClassApp(room.lesson)
    app.animation_level = "none"
    app.admit(room.people[name])
    quiet = room.lesson.listen(lambda change: app.call_later(app.take_in, [change]) if app.is_running else None)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.desk is not None and at(pilot) == "Briefing")
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot) == "ClassRoom" and app.screen.is_ready)
        yield pilot
        quiet()
        if app.fault is not None:
            raise app.fault


def at(pilot: Pilot[str]) -> str:
    """The name of the screen."""
    return type(pilot.app.screen).__name__


async def opened(pilot: Pilot[str], key: str, name: str) -> None:
    """Press a key that opens a page."""
    await press(pilot, key)
    await until(pilot, lambda: at(pilot) == name and getattr(pilot.app.screen, "is_ready", True))


async def test_a_sheet_says_who_proposed_what_and_only_the_head_files(room: Class) -> None:
    """Bek proposes and is told who files; Ani files, takes back; Bek sees that it is filed and that it changed."""
    async with sitting(room, "Bek") as bek:
        await press(bek, "enter")
        key = room.lesson.sheet(room.people["Bek"]).lines[0].key
        assert "by Bek" in shown(bek)
        assert "Your turn: put moves on the sheet; Ani files it." in shown(bek)
        await press(bek, "r")
        assert at(bek) == "ClassRoom"
        room.lesson.file(room.people["Ani"], round=1)
        await until(bek, lambda: "Filed." in shown(bek))
        assert "File the orders" not in shown(bek)
        assert "Your orders are filed. Waiting for Osk." in shown(bek)
        room.lesson.strike(room.people["Ani"], key, round=1)
        await until(bek, lambda: "The sheet has changed since it was filed" in shown(bek))
        assert "File the orders" in shown(bek)
        assert "by Bek" not in shown(bek)
    async with sitting(room, "Ani") as ani:
        await press(ani, "u")
        await until(ani, lambda: "files an empty sheet" in shown(ani))
        assert room.lesson.match(1).filed("velmora") is None


async def test_messages_are_marked_read_answered_and_written(room: Class) -> None:
    """The strip counts them; the page marks what is new; enter on one answers its people; what is hidden shows so."""
    cem = room.people["Cem"]
    async with sitting(room, "Ani") as pilot:
        room.lesson.send(cem, ("velmora",), "Shall we meet?")
        hidden = room.lesson.send(cem, ("public",), "UNHEARD-OF").id
        room.lesson.hide(FACILITATOR, hidden, True, "unkind")
        await until(pilot, lambda: "2 unread messages" in shown(pilot))
        await opened(pilot, "n", "MessagesPage")
        assert "● Osk (Cem) to you" in shown(pilot)
        assert "The facilitator has hidden this message: unkind." in shown(pilot)
        assert "UNHEARD-OF" not in shown(pilot)
        assert room.lesson.room(room.people["Ani"]).unread == 0
        page = pilot.app.screen.query_one("#list")
        page.focus()
        page.select_line(page.shown[0].id)
        await press(pilot, "enter", *"Yes", "enter")
        sent = room.lesson.messages(cem)[-1]
        assert (sent.text, sent.to) == ("Yes", ("osk",))
        await press(pilot, "f7")
        assert "With Osk" in pilot.app.screen.query_one("#said").border_title
        assert "Yes" in shown(pilot)
        assert "hidden this message" not in shown(pilot)
        await press(pilot, "f7")
        assert "hidden this message" in shown(pilot)
        await press(pilot, "escape")
        assert at(pilot) == "ClassRoom"


async def test_who_is_muted_is_told_and_can_not_write(room: Class) -> None:
    """The line in which one writes says why it is closed."""
    async with sitting(room, "Bek") as pilot:
        room.lesson.mute(FACILITATOR, room.people["Bek"], True)
        await until(pilot, lambda: pilot.app.room.me.muted)
        await opened(pilot, "n", "MessagesPage")
        line = pilot.app.screen.query_one("#line")
        assert line.disabled
        assert "muted you" in line.placeholder
        await press(pilot, "escape")
        await opened(pilot, "k", "ClassPage")
        assert "The facilitator has muted you" in shown(pilot)


async def test_a_note_verbale_has_its_form(room: Class) -> None:
    """Enter on a note answers it; addressee and subject are filled in; what is half written is kept."""
    form = {"subject": "The bridge", "asks": "information", "reply_to": ""}
    note = room.lesson.send(room.people["Cem"], ("velmora",), "The lane is closed.", kind="verbale", form=form).id
    async with sitting(room, "Ani", (80, 24)) as pilot:
        await opened(pilot, "n", "MessagesPage")
        page = pilot.app.screen.query_one("#list")
        page.focus()
        page.select_line(f"message:{note}")
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot) == "VerbalePage" and pilot.app.screen.is_ready)
        await press(pilot, *"Noted", "escape")
        await until(pilot, lambda: at(pilot) == "MessagesPage")
        await opened(pilot, "f8", "VerbalePage")
        await until(pilot, lambda: "Noted" in shown(pilot))
        asks = pilot.app.screen.query_one("#note-asks")
        asks.focus()
        asks.select_line("protest")
        await press(pilot, "enter", "f9")
        await until(pilot, lambda: at(pilot) == "MessagesPage")
        sent = room.lesson.messages(room.people["Cem"])[-1]
        assert sent.form == {"number": "1", "subject": "The bridge", "asks": "protest", "reply_to": note}
        assert "Noted" in sent.text
        assert "answers note No. 1" in shown(pilot)


async def test_notes_are_the_heads_to_write(room: Class) -> None:
    """For the others of a delegation there is no such key."""
    async with sitting(room, "Bek") as pilot:
        await opened(pilot, "n", "MessagesPage")
        await press(pilot, "f8")
        assert at(pilot) == "MessagesPage"


@pytest.mark.parametrize("size", SIZES)
async def test_a_paper_is_drafted_on_its_page(room: Class, size: tuple[int, int]) -> None:
    """Open, propose, see the other's brackets live, agree; versions; it says that it binds nobody."""
    cem = room.people["Cem"]
    async with sitting(room, "Ani", size) as pilot:
        await opened(pilot, "a", "PapersPage")
        await opened(pilot, "o", "NewPaper")
        await press(pilot, *"Deal", "f9")
        await until(pilot, lambda: "Deal" in shown(pilot))
        await opened(pilot, "p", "WordingDialog")
        await press(pilot, *"Both", "enter")
        await until(pilot, lambda: "[Both]" in shown(pilot))
        assert "This paper binds nobody" in pilot.app.screen.query_one("#binds").content
        paper = room.lesson.papers(cem)[0]
        room.lesson.bracket(cem, paper.id, 1, "One", base=paper.revision)
        await until(pilot, lambda: "[One]" in shown(pilot))
        assert "Osk wants this; enter agrees for you" in shown(pilot)
        text = pilot.app.screen.query_one("#text")
        text.focus()
        text.select_line("b:1:osk")
        await press(pilot, "enter")
        await until(pilot, lambda: "1. One" in shown(pilot))
        await opened(pilot, "v", "Versions")
        assert "Velmora agreed last" in shown(pilot)
        assert "Osk put its own wording in brackets" in shown(pilot)


async def test_a_wording_that_was_overtaken_is_refused_with_its_reason(room: Class) -> None:
    """What was begun on an older version does not fall on a newer one unseen."""
    ani, cem = room.people["Ani"], room.people["Cem"]
    paper = room.lesson.open_paper(cem, "Deal", ("velmora",)).id
    room.lesson.bracket(cem, paper, 0, "One", base=0)
    async with sitting(room, "Ani") as pilot:
        assert "1 paper changed" in shown(pilot)
        await opened(pilot, "a", "PapersPage")
        await opened(pilot, "b", "WordingDialog")
        room.lesson.bracket(cem, paper, 1, "Two", base=1)
        await press(pilot, *"xyz", "enter")
        await until(pilot, lambda: at(pilot) == "PapersPage" and "[Two]" in shown(pilot))
        assert [b.text for b in room.lesson.papers(ani)[0].paragraphs[0].brackets] == ["Two"]


async def test_the_lead_is_passed_on_from_the_page_of_the_class(room: Class) -> None:
    """The head passes it on after a question; who sits where and who has filed stands beside it."""
    async with sitting(room, "Ani") as pilot:
        await opened(pilot, "k", "ClassPage")
        assert "Osk      1 of 1 here   still choosing" in shown(pilot)
        people = pilot.app.screen.query_one("#people")
        people.select_line(f"member:{room.people['Bek']}")
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "You are Ani, of the delegation of Velmora" in shown(pilot))
        assert room.lesson.person(room.people["Bek"]).head


@pytest.mark.parametrize("size", SIZES)
async def test_the_debrief_opens_on_every_screen_and_closes_again(room: Class, size: tuple[int, int]) -> None:
    """Without an ending it tells where the match stands; what was hidden comes with the facilitator's leave; play goes on."""
    async with sitting(room, "Ani", size) as pilot:
        await opened(pilot, "n", "MessagesPage")
        room.run("debrief")
        await until(pilot, lambda: at(pilot) == "Ending" and pilot.app.screen.is_ready)
        assert "Not played to an ending" in shown(pilot)
        assert "0:00" not in shown(pilot)
        await press(pilot, "v")
        assert "Osk " not in pilot.app.screen.query_one("#scores").describe()
        room.lesson.reveal(FACILITATOR, True)
        await until(pilot, lambda: pilot.app.may_reveal)
        await press(pilot, "v")
        await until(pilot, lambda: "Osk " in pilot.app.screen.query_one("#scores").describe())
        await opened(pilot, "l", "TimelinePage")
        await press(pilot, "v")
        await until(pilot, lambda: pilot.app.desk.seat == "velmora" and at(pilot) == "TimelinePage" and pilot.app.screen.is_ready)
        room.run("reopen")
        await until(pilot, lambda: at(pilot) == "ClassRoom" and pilot.app.screen.is_ready)
        assert pilot.app.desk.seat == "velmora"
        await press(pilot, "enter")
        await until(pilot, lambda: room.lesson.sheet(room.people["Ani"]).lines)
