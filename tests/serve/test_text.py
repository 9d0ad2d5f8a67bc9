"""The text page: a whole small match with forms only, a negotiation, and what every part owes its readers."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sim.lesson import FACILITATOR, Plan
from tests.serve.people import Browser, Class, classroom, until

THREE = Plan("test", until=3, minutes=5, briefing=5)
OPEN_ENDED = Plan("test", until=4, minutes=None, briefing=None)
PARTS = ("now", "orders", "messages", "draft", "papers", "read", "class")


async def seated(room: Class, browser: Browser, seat: str, name: str) -> str:
    """Join on the text page and open it, as a browser does at once; the person's id."""
    await browser.join(room.code(seat), name)
    await browser.get("/text/now")
    return next(person.id for person in room.lesson.people() if person.name == name)


async def test_a_whole_small_match_with_forms_only() -> None:
    """Brief, orders by two of a delegation, answers, a message, a note and its answer, a paper, three rounds, debrief."""
    async with classroom(plan=THREE) as room, Browser(room.base) as ada, Browser(room.base) as bek, Browser(room.base) as cem:
        for browser, seat, name in ((ada, "velmora", "Ada"), (bek, "velmora", "Bek"), (cem, "osk", "Cem")):
            await seated(room, browser, seat, name)
        _, page = await ada.get("/text/now")
        assert "Wait for the facilitator" in page
        assert "<strong>Osk</strong>: 1 of 1 here" in page
        room.lesson.trigger(FACILITATOR, "brief")
        _, page = await ada.get("/text/read")
        assert "Your red lines" in page or "Your goals" in page
        room.begin()

        _, page = await bek.get("/text/orders?find=talks")
        assert "protest" not in page.lower().split('id="moves"')[1]
        _, page = await bek.press("/text/propose", page, "Ask Osk for talks")
        assert "On the sheet: Ask Osk for talks." in page
        assert "<h1>Velmora: Orders</h1>" in page
        assert 'action="/text/file"' not in page
        assert "Ada files it" in page
        _, page = await ada.get("/text/now")
        assert "Look at the sheet: 1 of" in page
        _, page = await ada.get("/text/orders")
        assert "proposed by Bek" in page
        _, page = await ada.press("/text/file", page)
        assert "Filed for round 1: 1 line." in page
        assert "Waiting for Osk." in page
        _, page = await bek.get("/text/orders")
        assert "Filed." in page

        _, page = await cem.get("/text/messages")
        _, page = await cem.press("/text/send", page, 'id="message-text"', to="velmora", text="We can meet on Tuesday.")
        assert "The message is sent." in page
        _, page = await cem.press("/text/send", page, 'name="kind"', to="velmora", subject="The bridge", asks="information",
                                  reply_to="", text="The lane is closed for repairs.")
        assert "The note is sent." in page
        assert "The Ministry requests information on the matter." in page
        _, page = await ada.get("/text/now")
        assert "Read 2 new messages" in page
        _, page = await ada.get("/text/messages")
        assert page.count("<b>New.</b>") == 2
        room.lesson.broadcast(FACILITATOR, "Ten minutes left.")
        _, page = await ada.get("/text/messages?with=osk")
        assert "We can meet on Tuesday." in page.partition("messages-live")[2]
        assert "Ten minutes left." not in page.partition("messages-live")[2]
        assert room.lesson.room(room.lesson.people()[1].id).unread == 1
        _, page = await ada.get("/text/messages")
        assert "Ten minutes left." in page.partition("messages-live")[2]
        note = re.findall(r"/text/messages\?answer=([0-9a-f]+)#verbale", page)[-1]
        _, page = await ada.get(f"/text/messages?answer={note}")
        assert "<b>New.</b>" not in page
        assert '<details id="verbale" open>' in page
        _, page = await ada.press("/text/send", page, 'name="kind"', to="osk", subject="The bridge", asks="consultations",
                                  reply_to=note, text="Velmora takes note.")
        sent = room.lesson.messages(FACILITATOR)[-1]
        assert (sent.form["reply_to"], sent.form["asks"]) == (note, "consultations")
        _, page = await bek.get("/text/messages")
        assert 'id="verbale"' not in page

        _, page = await ada.get("/text/papers")
        _, page = await ada.press("/text/open_paper", page, title="Joint statement", party="osk")
        assert "This paper binds nobody" in page
        _, page = await ada.press("/text/bracket", page, 'name="paragraph" value="0"', text="Both lanes stay open.")
        _, other = await cem.get("/text/papers")
        assert "Velmora wants this; you have not agreed." in other
        _, other = await cem.press("/text/bracket", other, 'name="paragraph" value="1"', text="One lane stays open.")
        assert "You want this; Velmora has not agreed." in other
        _, stale = await ada.press("/text/agree", page.replace("/text/unbracket", "/text/agree"), text="", bracket="osk")
        assert "changed since you read it" in stale
        _, page = await ada.get("/text/papers")
        _, page = await ada.press("/text/agree", page)
        assert "<strong>1.</strong> One lane stays open." in page
        assert "3 versions" in page

        _, other = await cem.press("/text/file", (await cem.get("/text/orders"))[1])
        await until(lambda: room.lesson.match(1).round == 2)
        _, other = await cem.get("/text/orders")
        assert "Velmora proposes talks" in other
        _, other = await cem.press("/text/propose", other, "Meet Velmora")
        assert "Your answer." in other
        for number in (2, 3):
            for browser in (ada, cem):
                _, page = await browser.press("/text/file", (await browser.get("/text/orders"))[1])
            await until(lambda: room.lesson.match(1).ended or room.lesson.match(1).round == number + 1)  # noqa: B023
        await until(lambda: room.lesson.stage == "debrief")
        _, page = await ada.get("/text/debrief")
        assert "The match has ended" in page
        assert "Questions for afterwards" in page
        assert "Velmora and Osk meet at the bridge" in page or "Osk and Velmora meet at the bridge" in page
        _, page = await ada.get("/text/orders")
        assert "no more orders are given" in page


async def test_a_clause_is_tabled_agreed_and_signed_from_the_draft() -> None:
    """Every step of a negotiation is a form beside the clause that it is about; it comes back to the draft."""
    async with classroom("border-standoff-2021", OPEN_ENDED) as room, Browser(room.base) as ada, Browser(room.base) as cem:
        await seated(room, ada, "armenia", "Ada")
        await seated(room, cem, "azerbaijan", "Cem")
        room.begin()
        opened = room.lesson.improvise(FACILITATOR, 1, {"text": "A line is opened and the fire stops.", "change": {"channel": 2},
                                                     "set": {"ceasefire": True}})
        assert room.lesson.release(FACILITATOR, 1, opened.id).ok

        async def order(browser: Browser, *titles: str) -> str:
            page = (await browser.get("/text/draft"))[1]
            for title in titles:
                _, page = await browser.press("/text/propose", page, title)
                assert ": Draft</h1>" in page
                assert f"On the sheet: {title}" in page
            await browser.press("/text/file", (await browser.get("/text/orders"))[1])
            return page

        await order(ada, "Table a clause: ICRC access")
        await order(cem)
        await until(lambda: room.lesson.match(1).round == 2)
        _, page = await cem.get("/text/draft")
        assert "Yerevan has said yes; Baku has not" in page
        await order(cem, "Agree: ICRC access")
        await order(ada)
        await until(lambda: room.lesson.match(1).round == 3)
        _, page = await ada.get("/text/draft")
        assert 'Put it on the sheet<span class="unseen">: Sign the part: Humanitarian part' in page
        await order(ada, "Sign the part: Humanitarian part")
        _, page = await cem.get("/text/sources?of=clause&which=exchange&from=draft")
        assert "Who says so" in page
        assert "not at hand" not in page
        assert (await cem.get("/text/sources?of=wire&which=9999"))[1].count("not there any more") == 1


async def test_the_debrief_of_a_match_that_was_not_played_out_and_what_the_facilitator_reveals() -> None:
    """Where it stands and the own score; everybody's scores and secret orders only once they are allowed."""
    async with classroom(plan=OPEN_ENDED) as room, Browser(room.base) as ada, Browser(room.base) as cem:
        await seated(room, ada, "velmora", "Ada")
        osk = await seated(room, cem, "osk", "Cem")
        assert "/text/debrief" not in (await ada.get("/text/now"))[1]
        room.begin()
        _, page = await cem.press("/text/propose", (await cem.get("/text/orders"))[1], "Protest to Velmora")
        await cem.press("/text/file", page)
        room.lesson.trigger(FACILITATOR, "resolve")
        await until(lambda: room.lesson.match(1).round == 2)
        assert room.lesson.trigger(FACILITATOR, "debrief").ok
        _, page = await ada.get("/text/debrief")
        assert "One round has been played" in page
        assert "<h3>Velmora</h3>" in page
        assert "<h3>Osk</h3>" not in page
        room.lesson.reveal(FACILITATOR, True)
        _, page = await ada.get("/text/debrief")
        assert "<h3>Osk</h3>" in page
        assert "secrets included" in page
        assert room.lesson.everything(osk).situation().viewer == "Everything"
        assert room.lesson.trigger(FACILITATOR, "reopen").ok
        status, page = await ada.get("/text/debrief")
        assert status == 200
        assert "<h1>Velmora: Now</h1>" in page


async def test_who_is_muted_or_only_watches_is_told_and_what_is_hidden_shows_so() -> None:
    """No form to write with, and the reason; a hidden message keeps its place, and its text is on no page."""
    async with classroom(plan=OPEN_ENDED) as room, Browser(room.base) as ada, Browser(room.base) as eve:
        person = await seated(room, ada, "velmora", "Ada")
        await eve.join(room.code("observer"), "Eve")
        room.begin()
        sent = room.lesson.send(person, ("public",), "UNHEARD-OF words")
        room.lesson.hide(FACILITATOR, sent.id, True, "not for this room")
        room.lesson.mute(FACILITATOR, person, True)
        for browser, why in ((ada, "muted you"), (eve, "Observers read along")):
            for part in ("messages", "papers", "orders"):
                _, page = await browser.get(f"/text/{part}")
                assert "UNHEARD-OF" not in page
                assert not re.search(r'action="/text/(send|open_paper)"', page)
            _, page = await browser.get("/text/messages")
            assert "Hidden by the facilitator: not for this room." in page
            assert why in page
        assert 'action="/text/propose"' not in (await eve.get("/text/orders"))[1]


async def test_what_is_looked_for_by_the_script_reads_nothing_for_anybody() -> None:
    """The page's own refresh leaves marks, sentences and refused texts to the reader."""
    async with classroom(plan=OPEN_ENDED) as room, Browser(room.base) as ada:
        person = await seated(room, ada, "velmora", "Ada")
        room.begin()
        room.lesson.broadcast(FACILITATOR, "A word to all.")
        _, page = await ada.get("/text/messages")
        await ada.press("/text/send", page, 'id="message-text"', to="osk", text="b" * 2500)
        room.lesson.broadcast(FACILITATOR, "Another word.")
        for _ in range(2):
            _, live = await ada.get("/text/messages", **{"X-Detente-Live": "1"})
            assert live.count("<b>New.</b>") == 1
            assert "bbb" not in live
        assert room.lesson.room(person).unread == 1
        _, page = await ada.get("/text/messages")
        assert "b" * 2500 in page or room.lesson.room(person).unread == 0
        assert room.lesson.room(person).unread == 0


class Outline(HTMLParser):
    """What assistive software makes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.fields: list[dict[str, str | None]] = []
        self.labelled: set[str] = set()
        self.links: list[str] = []
        self.named_by: list[str] = []
        self._in_label = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [given["id"]] if given.get("id") else []
        self.named_by += (given.get("aria-labelledby") or "").split()
        if tag == "label":
            self._in_label += 1
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.append({**given, "inside": "yes" if self._in_label else ""})
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.links.append(given["href"][1:])

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1


async def test_every_part_is_in_order_for_assistive_software() -> None:
    """One first heading, none skipped; every field has its label; ids are single and what is pointed at is there."""
    async with classroom("border-standoff-2021", OPEN_ENDED) as room, Browser(room.base) as ada:
        person = await seated(room, ada, "armenia", "Ada")
        room.begin()
        room.lesson.trigger(FACILITATOR, "resolve")
        await until(lambda: room.lesson.match(1).round == 2)
        paper = room.lesson.open_paper(person, "Statement", ("azerbaijan",)).id
        room.lesson.bracket(person, paper, 0, "The road stays open.", base=0)
        for part in (*PARTS, ""):
            _, page = await ada.get(f"/text/{part}".rstrip("/"))
            it = Outline(page)
            assert it.headings.count(1) == 1
            assert all(after <= before + 1 for before, after in zip(it.headings, it.headings[1:], strict=False)), part
            assert [id for id, times in Counter(it.ids).items() if times > 1] == []
            for field in it.fields:
                assert field["inside"] or field.get("id") in it.labelled, (part, field)
            assert set(it.links) | set(it.named_by) <= set(it.ids)
            assert it.links[0] == "main"
            assert 'aria-live="polite"' in page
            assert 'role="status"' in page


ASSETS = Path(__file__).parents[2] / "sim" / "serve" / "assets"


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_colour_of_the_page_is_legible(ground: str) -> None:
    """Text and links on both grounds stand at 4.5 to 1 or more (WCAG 2, AA)."""
    css = (ASSETS / "detente.css").read_text(encoding="utf-8")
    found = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[("light", "dark").index(ground)]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", found))
    for front in ("text", "quiet", "main", "good", "bad", "mark"):
        for back in ("ground", "panel"):
            assert contrast(colours[front], colours[back]) >= 4.5, (front, back)
    assert contrast(colours["on-main"], colours["main"]) >= 4.5
    assert contrast(colours["ground"], colours["bad"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    def light(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
