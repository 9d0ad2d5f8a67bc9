"""The facilitator's page: every act through its own form, what is asked first, what a wall may show."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
import pytest_asyncio

from sim.lesson import FACILITATOR, Plan
from tests.serve.people import Browser, Class, classroom, until

pytestmark = pytest.mark.asyncio(loop_scope="module")
PLAN = Plan("test", until=5, minutes=5, briefing=5, on_all_filed=False, absent="pass")
PAGE = "/facilitator"


@dataclass
class Desk:
    """A facilitator's browser before the host that the tests of this module share."""

    room: Class
    browser: Browser

    @property
    def lesson(self) -> Any:
        """The lesson behind it."""
        return self.room.lesson

    @property
    def match(self) -> Any:
        """The match of table 1."""
        return self.lesson.match(1)

    async def page(self, at: str = "") -> str:
        """The page with a panel."""
        status, page = await self.browser.get(f"{PAGE}?open={at}" if at else PAGE)
        assert status == 200, page
        return page

    async def do(self, act: str, at: str = "", form: int | str = 0, sure: bool = False, **fields: Any) -> str:
        """Press a button of the page, and the one that asks again if need be; the page that comes back."""
        status, page = await self.browser.press(f"{PAGE}/{act}", await self.page(at), form, **fields)
        assert status == 200, page
        if sure:
            assert "No, back" in page, "nothing was asked first"
            status, page = await self.browser.press(f"{PAGE}/{act}", page)
            assert status == 200, page
        return page

    async def secrets(self, show: bool) -> None:
        """Turn the switch."""
        page = await self.page()
        if ("Secrets are shown" in page) is not show:
            await self.browser.press(f"{PAGE}/secrets", page)

    def come(self, seat: str, name: str) -> str:
        """Somebody joins and opens a screen; their id."""
        answer, _ = self.lesson.join(self.room.code(seat), name)
        self.lesson.connected(answer.id)
        return answer.id

    def tray(self, item: str) -> Any:
        """An inject as it stands now."""
        return next(it for it in self.lesson.tray(FACILITATOR, 1) if it.id == item)


def said(page: str) -> str:
    """What the page says came of the last form."""
    found = re.search(r'<p class="(?:said|problem) flash"[^>]*>(.*?)</p>', page, re.DOTALL)
    return unescape(found[1]) if found else ""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Desk]:
    """One host for the whole module, with the facilitator's browser."""
    async with classroom(plan=PLAN) as room, Browser(room.base) as browser:
        status, page = await browser.post("/facilitator/enter", {"secret": room.secret})
        assert status == 200, page
        yield Desk(room, browser)


@pytest_asyncio.fixture(loop_scope="module")
async def desk(shared: Desk) -> Desk:
    """The first round open, nobody there, secrets shown."""
    lesson = shared.lesson
    for person in lesson.people()[1:]:
        lesson.remove(FACILITATOR, person.id)
    if lesson.stage == "lobby":
        lesson.trigger(FACILITATOR, "begin")
    if lesson.stage == "debrief":
        lesson.trigger(FACILITATOR, "reopen")
    while lesson.match(1).rounds:
        assert lesson.undo(FACILITATOR).ok
    for seat in lesson.seats:
        lesson.give(FACILITATOR, 1, seat, "delegation")
    for item in lesson.tray(FACILITATOR, 1):
        lesson.discard(FACILITATOR, 1, item.id)
    lesson.arm(FACILITATOR, 1, "storm")
    assert (lesson.stage, lesson.match(1).round) == ("orders", 1)
    await shared.secrets(True)
    return shared


async def resolve(desk: Desk) -> None:
    """Close a round; the host's clock does the work."""
    number = desk.match.round
    assert desk.lesson.trigger(FACILITATOR, "resolve").ok
    await until(lambda: desk.match.round > number, "the next round")


# -- injects


async def test_an_inject_is_planned_held_and_let_come_again(desk: Desk) -> None:
    """Each from its own form; a round that is not to come is refused in a sentence, and nothing changes."""
    await desk.do("queue", "item.1.1", round="3")
    assert (desk.tray("storm").status, desk.tray("storm").at) == ("queued", 3)
    page = await desk.do("queue", "item.1.1", round="1")
    assert "rounds 2 to 5" in said(page)
    assert desk.tray("storm").at == 3
    await desk.do("hold", "tray")
    assert desk.tray("storm").status == "held"
    await desk.do("arm", "tray")
    assert desk.tray("storm").status == "armed"


async def test_a_release_asks_first_with_what_it_would_do(desk: Desk) -> None:
    """The question shows the dry run and nothing has happened; the answer releases it once, however often it is sent."""
    await resolve(desk)
    before = desk.match.state
    _, asked = await desk.browser.press(f"{PAGE}/release", await desk.page("item.1.1"))
    assert "Release this inject now?" in asked
    assert desk.tray("storm").text.split(".")[0] in unescape(asked)
    assert desk.match.state == before
    for _ in range(2):
        _, page = await desk.browser.press(f"{PAGE}/release", asked)
        assert "Released" in said(page)
    assert desk.tray("storm").status == "released"
    assert sum("storm" in event.id for entry in desk.match.line() for event in entry.events) == 1
    desk.lesson.undo(FACILITATOR)
    assert desk.tray("storm").status == "armed"


async def test_an_improvised_inject_with_a_wrong_effect_is_told_at_its_field(desk: Desk) -> None:
    """The checker's words stand at the line that is wrong, what was typed stands in its fields, the tray is as it was."""
    page = await send_inject(desk, "improvise", "new", [("tension", "3"), ("lane", "1"), ("lanes", "9"), ("tension", "")])
    rows = re.findall(r'<div class="effect">.*?</div>', page, re.DOTALL)
    wrong = [unescape(" ".join(re.findall(r'class="wrong"[^>]*>(.*?)<', row))) for row in rows]
    assert wrong[:4] == ["", "", "", "Write how much, or to what."]
    page = await send_inject(desk, "improvise", "new", [("tension", "3"), ("lane", "1"), ("lanes", "9")])
    rows = re.findall(r'<div class="effect">.*?</div>', page, re.DOTALL)
    wrong = [unescape(" ".join(re.findall(r'class="wrong"[^>]*>(.*?)<', row))) for row in rows]
    assert wrong[0] == ""
    assert "`lane`" in wrong[1]
    assert "Did you mean `lanes`?" in wrong[1]
    assert 'aria-invalid="true"' in rows[1]
    assert 'value="9"' in rows[2]
    assert "Rumours at the bridge." in page
    assert [it.id for it in desk.lesson.tray(FACILITATOR, 1)] == ["storm"]


async def test_an_improvised_inject_is_tried_kept_and_edited(desk: Desk) -> None:
    """Trying shows before and after and keeps nothing but what was typed; keeping holds it; editing changes its words."""
    before = desk.match.state
    page = await send_inject(desk, "dry_run", "new", [("tension", "3")])
    found = re.search(r'<tr><th scope="row">Tension</th><td>(\d+)</td><td>(\d+)</td><td>everybody</td>', page)
    assert found
    assert int(found[2]) - int(found[1]) == 3
    assert "Rumours at the bridge." in page
    assert (desk.match.state, len(desk.lesson.tray(FACILITATOR, 1))) == (before, 1)
    page = await send_inject(desk, "improvise", "new", [("tension", "3")])
    assert "held" in said(page)
    own = desk.lesson.tray(FACILITATOR, 1)[-1]
    assert (own.own, own.status, own.text) == (True, "held", "Rumours at the bridge.")
    page = await send_inject(desk, "edit", f"item.1.{number(desk, own.id)}", [("tension", "1..4")], text="Only talk.",
                             item=own.id)
    assert "your words" in said(page)
    assert desk.tray(own.id).text == "Only talk."
    page = await desk.do("dry_run", f"item.1.{number(desk, own.id)}")
    assert "Only talk." in page
    assert desk.match.state == before
    page = await desk.do("discard", f"item.1.{number(desk, own.id)}", sure=True)
    assert [it.id for it in desk.lesson.tray(FACILITATOR, 1)] == ["storm"]


async def send_inject(desk: Desk, act: str, at: str, rows: list[tuple[str, str]], text: str = "Rumours at the bridge.",
                      item: str = "") -> str:
    """Fill in the form of an inject."""
    page = await desk.page(at)
    action = "edit" if item else "improvise"
    form = re.search(rf'<form method="post" action="/facilitator/{action}">.*?</form>', page, re.DOTALL)
    assert form
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    fields = [(unescape(name), unescape(value)) for name, value in hidden]
    fields += [("text", text), *((name, value) for row in rows for name, value in (
        ("name", row[0]), ("kind", "set" if row[0] == "lanes" else "change"), ("value", row[1])))]
    status, page = await desk.browser.post(f"{PAGE}/{act}", fields)
    assert status == 200, page
    return page


def number(desk: Desk, item: str) -> int:
    """The place of an inject in its tray."""
    return [it.id for it in desk.lesson.tray(FACILITATOR, 1)].index(item) + 1


# -- seats


async def test_a_seat_is_taken_played_and_given_back(desk: Desk) -> None:
    """The facilitator drafts and files for it; then a policy plays it, then its delegation again."""
    await desk.do("take", "seat.1.osk")
    page = await desk.page("seat.1.osk")
    assert "you play" in page
    move = re.search(r'<select id="s-move".*?<option value="([^"]+)"', page, re.DOTALL)
    assert move
    await desk.do("propose", "seat.1.osk", key=unescape(move[1]))
    assert desk.lesson.sheet(FACILITATOR, "osk", 1).lines
    await desk.do("file", "seat.1.osk")
    assert desk.match.filed("osk") is not None
    await desk.do("unfile", "seat.1.osk")
    assert desk.match.filed("osk") is None
    await desk.do("strike", "seat.1.osk")
    assert not desk.lesson.sheet(FACILITATOR, "osk", 1).lines
    await desk.do("give", "seat.1.osk", "Let it play", to="persona")
    assert desk.lesson.seating.place(1, "osk").hand == "persona"
    await desk.do("give", "seat.1.osk", "Give it to its delegation")
    assert desk.lesson.seating.place(1, "osk").hand == "delegation"


async def test_seats_are_merged_and_divided(desk: Desk) -> None:
    """Who sat there joins the other delegation; the row says who acts for it; giving it back divides them."""
    ada = desk.come("osk", "Ada")
    await desk.do("merge", "seat.1.osk", into="velmora")
    assert desk.lesson.person(ada).seat == "velmora"
    assert "with Velmora" in await desk.page()
    await desk.do("give", "seat.1.osk", "Give it to its delegation")
    assert desk.lesson.seating.place(1, "osk").into == ""


async def test_a_new_code_is_asked_for_and_ends_the_old_one(desk: Desk) -> None:
    """The question changes nothing; the answer does. Every code has its card, with a picture that phones read."""
    before = desk.room.code("osk")
    await desk.do("code", "seat.1.osk")
    assert desk.room.code("osk") == before
    await desk.do("code", "seat.1.osk", sure=True)
    assert desk.room.code("osk") != before
    assert desk.lesson.code_leads_to(before) is None
    _, cards = await desk.browser.get(f"{PAGE}/print")
    assert cards.count("<svg") == len(desk.lesson.seats) + 1
    assert all(desk.room.code(seat) in cards for seat in (*desk.lesson.seats, "observer"))


# -- people


async def test_people_are_renamed_moved_muted_and_made_head(desk: Desk) -> None:
    """Each from the forms beside the name."""
    ada, ben = desk.come("osk", "Ada"), desk.come("osk", "Ben")
    await desk.do("rename", "people", f'value="{ben}"', name="Benno")
    assert desk.lesson.person(ben).name == "Benno"
    page = await desk.do("rename", "people", f'value="{ben}"', name=" ")
    assert "empty" in said(page)
    await desk.do("head", "people", f'value="{ben}"')
    assert desk.lesson.person(ben).head
    page = await desk.do("mute", "people", f'value="{ada}"')
    assert desk.lesson.person(ada).muted
    assert not desk.lesson.send(ada, ("public",), "Hear me!").ok
    await desk.do("mute", "people", f'value="{ada}"')
    assert not desk.lesson.person(ada).muted
    await desk.do("move", "people", f'value="{ada}"', place="1.velmora")
    assert desk.lesson.person(ada).seat == "velmora"
    await desk.do("move", "people", f'value="{ada}"', place="1.")
    assert desk.lesson.person(ada).role == "observer"


async def test_who_lost_a_device_gets_a_key_that_is_shown_once(desk: Desk) -> None:
    """It leads to the same person; loading the page again shows it no more. Who was sent out can be let in again."""
    ada = desk.come("osk", "Ada")
    page = await desk.do("readmit", "people", f'value="{ada}"', sure=True)
    key = re.search(r"[0-9a-f]{64}", said(page))
    assert key
    assert desk.lesson.who(key[0]).id == ada
    assert key[0] not in await desk.page("people")
    async with Browser(desk.room.base) as lost:
        status, _ = await lost.post("/join", {"code": key[0], "name": "", "to": "text"}, follow=False)
        assert status == 303
    await desk.do("remove", "people", f'value="{ada}"', sure=True)
    assert desk.lesson.person(ada) is None
    page = await desk.do("readmit", "people", f'value="{ada}"', sure=True)
    assert desk.lesson.person(ada) is not None


# -- what is said


async def test_a_message_is_hidden_and_shown_again(desk: Desk) -> None:
    """Off every screen but the facilitator's, with the form that stands under it."""
    ada, ben = desk.come("velmora", "Ada"), desk.come("osk", "Ben")
    sent = desk.lesson.send(ada, ("osk",), "A rude word.").id
    await desk.do("hide", "messages", sent)
    assert [m.text for m in desk.lesson.messages(ben) if m.id == sent] == [""]
    assert "A rude word." in await desk.page("messages")
    await desk.do("hide", "messages", sent)
    assert [m.text for m in desk.lesson.messages(ben) if m.id == sent] == ["A rude word."]


async def test_everybody_or_one_seat_is_told_something(desk: Desk) -> None:
    """A broadcast reaches all, a message its seats; one to nobody is refused, and what was written stands there still."""
    ada, ben = desk.come("velmora", "Ada"), desk.come("osk", "Ben")
    await desk.do("broadcast", "messages", text="Five minutes more.")
    assert desk.lesson.messages(ada)[-1].text == desk.lesson.messages(ben)[-1].text == "Five minutes more."
    await desk.do("send", "seat.1.osk", text="Yes, you may.")
    assert desk.lesson.messages(ben)[-1].text == "Yes, you may."
    assert desk.lesson.messages(ada)[-1].text == "Five minutes more."
    page = await desk.do("send", "messages", text="To whom was this?")
    assert "To whom?" in said(page)
    assert "To whom was this?</textarea>" in page


async def test_a_note_bears_its_time_and_what_it_is_about(desk: Desk) -> None:
    """From the line on the first page and from the panel."""
    await desk.do("note", text="Both speak at once.")
    await desk.do("note", "notes", text="Osk leads.", table="1", about="osk")
    one, two = desk.lesson.control_room(FACILITATOR).notes[-2:]
    assert (one.text, two.text, two.table, two.about, two.round) == ("Both speak at once.", "Osk leads.", 1, "osk", 1)
    assert abs(two.at - desk.lesson.clock.wall()) < 60
    page = await desk.page("notes")
    assert re.search(r"<strong>\d\d:\d\d</strong> Osk leads\.", page)


# -- time


async def test_the_round_is_extended_and_the_clock_set(desk: Desk) -> None:
    """By a button and by a form; what is no number is refused and changes nothing."""
    left = desk.lesson.timer.left
    await desk.do("extend", "", "+3")
    assert 170 < desk.lesson.timer.left - left < 181
    page = await desk.do("clock", "clock", minutes="soon", on_time="on")
    assert "soon" in said(page)
    assert desk.lesson.plan.minutes == 5
    await desk.do("clock", "clock", minutes="6,5", on_time="on")
    assert (desk.lesson.plan.minutes, desk.lesson.plan.on_time, desk.lesson.plan.on_all_filed) == (6.5, True, False)
    await desk.do("clock", "clock", minutes="0", on_time="on")
    assert desk.lesson.plan.minutes is None
    desk.lesson.set_clock(FACILITATOR, minutes=5)


async def test_a_round_is_taken_back_once_however_often_it_is_pressed(desk: Desk) -> None:
    """It is asked first; a form that was made before the round went is refused, not applied to the round before."""
    await resolve(desk)
    await resolve(desk)
    old = await desk.page("table.1")
    _, asked = await desk.browser.press(f"{PAGE}/undo", old)
    assert "Take back round 2?" in asked
    assert desk.match.round == 3
    for expected in ("taken back", "meanwhile"):
        _, page = await desk.browser.press(f"{PAGE}/undo", asked)
        assert expected in said(page)
    assert desk.match.round == 2


async def test_resolving_is_asked_for_while_somebody_is_waited_for(desk: Desk) -> None:
    """With names; pausing and going on are not asked for."""
    desk.come("osk", "Ada")
    page = await desk.do("trigger", "", "Resolve the round")
    assert "Osk has not filed" in page
    assert desk.lesson.stage == "orders"
    await desk.do("trigger", "", "Pause")
    assert desk.lesson.stage == "paused"
    await desk.do("trigger", "", "Go on")
    assert desk.lesson.stage == "orders"


async def test_the_debrief_opens_on_every_screen_and_can_be_left(desk: Desk) -> None:
    """Asked first; then every room says so; back to the match while it is not over."""
    ada = desk.come("osk", "Ada")
    await desk.do("trigger", "", "Open the debrief", sure=True)
    assert desk.lesson.room(ada).stage == "debrief"
    page = await desk.page()
    assert "Questions to talk about" in page
    assert "0 orders in 0 rounds" in page
    assert "nothing yet" not in page
    await desk.do("reveal", "clock")
    assert desk.lesson.revealed
    await desk.do("reveal", "clock")
    await desk.do("trigger", "", "Back to the match")
    assert desk.lesson.room(ada).stage == "orders"


# -- what a wall may show


PANELS = ("", "messages", "tray", "item.1.1", "new", "people", "notes", "join", "clock", "seat.1.osk", "table.1", "eyes.1.osk",
          "eyes.1.", "device", "leave", "nonsense", "seat.9.osk", "item.1.99", "eyes.x")


async def test_without_the_switch_no_panel_shows_a_secret(desk: Desk) -> None:
    """Codes, drafted lines, private messages, coming injects and notes are in no page's source; with it they are."""
    ada = desk.come("velmora", "Ada")
    key = desk.match.legal_moves("velmora")[0].key
    desk.lesson.propose(ada, key, round=1)
    line = desk.lesson.sheet(FACILITATOR, "velmora", 1).lines[0].title
    desk.lesson.send(ada, ("osk",), "UNHEARD-OF between us.")
    desk.lesson.note(FACILITATOR, "UNHEARD-OF note.")
    hidden = desk.lesson.send(ada, ("public",), "UNHEARD-OF and rude.").id
    desk.lesson.hide(FACILITATOR, hidden, True)
    code = desk.lesson.control_room(FACILITATOR).tables[0].seats[0].code
    secrets = ("UNHEARD-OF", line, code, "Storm", desk.tray("storm").text[:30])
    shown = " ".join([unescape(await desk.page(at)) for at in PANELS])
    assert all(secret in shown for secret in secrets)
    await desk.secrets(False)
    for at in PANELS:
        page = unescape(await desk.page(at))
        assert [secret for secret in secrets if secret in page] == [], at
    # a question that is asked shows none either
    page = await desk.do("release", "tray")
    assert "Release this inject now?" in page
    assert desk.tray("storm").text[:30] not in unescape(page)


async def test_only_the_facilitator_with_a_sealed_form_acts(desk: Desk) -> None:
    """No form of the page is taken without its seal, from another origin, or from a member."""
    from sim.serve.facilitator.acts import Acts

    acts = [*Acts(desk.lesson).known, "dry_run", "improvise", "edit", "secrets", "device"]
    done = len(desk.lesson.acts)
    async with Browser(desk.room.base) as member:
        await member.join(desk.room.code("osk"), "Ada")
        done += 1
        for act in acts:
            assert (await desk.browser.post(f"{PAGE}/{act}", {"sure": "yes"}))[0] == 403, act
            assert (await desk.browser.post(f"{PAGE}/{act}", {"sure": "yes"}, origin="https://elsewhere.example"))[0] == 403
        page = await desk.page()
        seal = re.search(r'name="seal" value="([^"]+)"', page)
        assert seal
        for path in (PAGE, f"{PAGE}/print", f"{PAGE}/live"):
            assert "Show secrets" not in (await member.get(path))[1]
        assert (await member.post(f"{PAGE}/trigger", {"seal": seal[1], "name": "close", "sure": "yes"}))[0] == 403
    assert len(desk.lesson.acts) == done
    assert (await desk.browser.post(f"{PAGE}/nonsense", {"seal": seal[1]}))[0] == 404


# -- staying fresh, coming in


async def test_the_page_is_told_that_something_changed_and_never_what(desk: Desk) -> None:
    """A stream of version numbers: one at once, one after each change; a member gets none."""
    async with desk.browser.web.get(f"{desk.room.base}{PAGE}/live") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        first = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 10)
        desk.lesson.note(FACILITATOR, "Something.")
        second = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 10)
    numbers = [re.fullmatch(rb"data: (\d+)\n\n", told) for told in (first, second)]
    assert all(numbers)
    assert int(numbers[1][1]) > int(numbers[0][1])  # type: ignore[index]


async def test_three_words_open_the_page_once(desk: Desk) -> None:
    """From a browser on the host's machine, however they are parted; a second time they open nothing."""
    words = desk.room.host.way_in.offer(desk.room.secret, here=True)
    for status in (200, 403):
        async with Browser(desk.room.base) as other:
            assert (await other.post("/facilitator/enter", {"secret": words.upper().replace(" ", "-")}))[0] == status
            assert ((await other.get(PAGE))[1].count("Resolve the round") > 0) is (status == 200)


async def test_another_device_is_let_in_by_words_of_the_page(desk: Desk) -> None:
    """They stand on the page that asked for them, once, and lead a phone in."""
    page = await desk.do("device", "device")
    words = re.search(r'<p class="words">(.*?)</p>', page)
    assert words
    assert words[1] not in await desk.page("device")
    async with Browser(desk.room.base) as phone:
        assert (await phone.post("/facilitator/enter", {"secret": words[1]}))[0] == 200
        assert "Resolve the round" in (await phone.get(PAGE))[1]
