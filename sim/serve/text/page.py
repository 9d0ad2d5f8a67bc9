"""serve: the text page of a member: all of the game as plain HTML, for phones and screen readers; no script is needed.

It is read in parts, or whole at `/text`; every form says which round it was made for and is applied once.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sim.serve import shelf
from sim.serve.doors import known, place, title
from sim.serve.guard import Form, Refused, form_of
from sim.serve.text.reading import PARTS, Reading

if TYPE_CHECKING:
    from sim.lesson import Answer, Person, SeatDesk
    from sim.serve.host import Host

HOMES: Final = {"propose": "orders", "strike": "orders", "file": "orders", "unfile": "orders", "send": "messages",
                "open_paper": "papers", "bracket": "papers", "agree": "papers", "unbracket": "papers",
                "take_head": "class", "pass_head": "class", "rename": "class"}
"""The acts of the page, and the part to which each belongs."""
KEPT: Final = ("text", "subject", "title", "paper", "paragraph", "asks", "reply_to", "kind")
"""What is kept of a form that was refused, beside those it was meant for."""
LIVE: Final = "X-Detente-Live"
"""A request with this header is the page's own script, which looks for what is new; nobody reads by it."""


class TextPage:
    """Reads and acts for the person of the cookie; keeps one desk for each."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._desks: dict[str, tuple[tuple[object, ...], SeatDesk]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def page(self, request: web.Request) -> web.Response:
        """A part, or the whole."""
        host, part = self._host, request.match_info.get("part", "")
        try:
            person, token = known(host, request, facilitator=False)
        except Refused:
            raise web.HTTPSeeOther("/") from None
        if part and part not in (*PARTS, "sources"):
            raise Refused(404, "There is no such part of the page.")
        live = LIVE in request.headers
        host.lesson.reads(person.id)
        more = {"part": part, "title": title(host), "place": place(host, person), "seal": host.guard.seal(token),
                "version": host.version_for(person), "once": _once, "query": request.query, "live": live,
                "flash": None if live else host.told(person.id),
                "written": {} if live else host.drafts.pop(person.id, {})}
        async with self._locks.setdefault(person.id, asyncio.Lock()):
            # made and written beside the loop: the page of a long match is long
            return await host.apart(lambda: self._page(person, part, live, more))  # type: ignore[no-any-return]

    def _page(self, person: Person, part: str, live: bool, more: Mapping[str, Any]) -> web.Response:
        reading = Reading(self._host.lesson, person, self._desk(person), self._host.lesson.everything(person.id))
        if part == "sources":
            found = reading.sources(*(str(more["query"].get(name, ""))[:200] for name in ("of", "which")))
            return shelf.page("text_sources", r=reading, found=found, person=person, **more)
        if part == "debrief" and not reading.over:
            raise web.HTTPSeeOther("/text/now")
        response = shelf.page("text", r=reading, person=person, parts=[part] if part else list(reading.parts), **more)
        if not live:
            self._has_read(reading, part, str(more["query"].get("with", "")))
        return response

    def _has_read(self, reading: Reading, part: str, thread: str) -> None:
        lesson, who = self._host.lesson, reading.person.id
        # what is not shown has not been read
        shown = reading.among(thread)
        if part in ("", "messages") and reading.messages and not any(
                message.new and message not in shown for message in reading.messages):
            lesson.read_up_to(who, reading.messages[-1].number)
        for paper in reading.papers if part in ("", "papers") else ():
            lesson.look_at(who, paper.id, paper.revision)

    async def act(self, request: web.Request) -> web.Response:
        """One form."""
        host, act = self._host, request.match_info["act"]
        person, token = known(host, request, facilitator=False)
        form = await form_of(request)
        host.guard.check_seal(token, form.get("seal"))
        if act not in HOMES:
            raise Refused(404, "There is no such form.")
        host.lesson.reads(person.id)
        answer = await host.apart(lambda: self._act(act, person, form))
        told = answer.sentence or ("" if answer.again else self._told(act, form))
        if told:
            host.flash(person.id, told, well=answer.ok)
        if not answer.ok:
            host.drafts[person.id] = {"act": act, "to": " ".join(map(str, form.getall("to", ()))),
                                      **{name: str(form[name])[:4000] for name in KEPT if name in form}}
        back = _text(form, "back")
        raise web.HTTPSeeOther(f"/text/{back}" if back in PARTS else f"/text#{HOMES[act]}")

    # -- acting

    def _act(self, act: str, person: Person, form: Form) -> Answer:
        lesson, who = self._host.lesson, person.id
        once = _text(form, "once", 40)
        paper, number, base = _text(form, "paper"), _number(form, "paragraph"), _number(form, "base")
        deeds: dict[str, Callable[[], Answer]] = {
            "propose": lambda: lesson.propose(who, _text(form, "key"), round=_number(form, "round"), once=once),
            "strike": lambda: lesson.strike(who, _text(form, "key"), round=_number(form, "round"), once=once),
            "file": lambda: lesson.file(who, round=_number(form, "round"), once=once),
            "unfile": lambda: lesson.unfile(who, round=_number(form, "round"), once=once),
            "send": lambda: self._send(person, form, once),
            "open_paper": lambda: lesson.open_paper(who, _text(form, "title"), tuple(map(str, form.getall("party", ()))),
                                                    once=once),
            "bracket": lambda: lesson.bracket(who, paper, number, _text(form, "text", 4000), base=base, once=once),
            "agree": lambda: lesson.agree(who, paper, number, _text(form, "bracket"), base=base, once=once),
            "unbracket": lambda: lesson.unbracket(who, paper, number, base=base, once=once),
            "take_head": lambda: lesson.take_head(who),
            "pass_head": lambda: lesson.pass_head(who, _text(form, "to")),
            "rename": lambda: lesson.rename(who, _text(form, "name")),
        }
        return deeds[act]()

    def _send(self, person: Person, form: Form, once: str) -> Answer:
        chosen = [str(to) for to in form.getall("to", ())]
        alone = next((to for to in ("public", "facilitator") if to in chosen), None)
        to = (alone,) if alone else tuple(seat for seat in chosen if seat != "own")
        text = _text(form, "text", 6000)
        if form.get("kind") == "verbale":
            note = {"subject": _text(form, "subject", 300), "asks": _text(form, "asks") or "nothing",
                    "reply_to": _text(form, "reply_to")}
            return self._host.lesson.send(person.id, to, text, kind="verbale", form=note, once=once)
        return self._host.lesson.send(person.id, to, text, once=once)

    def _told(self, act: str, form: Form) -> str:
        """What is said of an act that went well and says nothing of itself."""
        catalog = self._host.lesson.catalog
        moves, key = catalog.moves, _text(form, "key")
        named = moves[key].title if key in moves else "It"
        if act == "send":
            kind = "The note" if form.get("kind") == "verbale" else "The message"
            return f"{kind} is sent."
        return {"propose": f"On the sheet: {named}.", "strike": f"Off the sheet: {named}.",
                "unfile": "Taken back. Nothing is filed now; the sheet stays.", "open_paper": "The paper is open.",
                "bracket": "Your wording is in brackets.", "agree": "You agree to that wording.",
                "unbracket": "Your brackets are withdrawn.", "take_head": "You head the delegation now.",
                "pass_head": "The lead is passed on.", "rename": "Your name is changed."}.get(act, "")

    # -- reading

    def _desk(self, person: Person) -> SeatDesk:
        sits = (person.role, person.table, person.seat)
        kept = self._desks.get(person.id)
        if kept is None or kept[0] != sits:
            kept = self._desks[person.id] = (sits, self._host.lesson.desk(person.id))
        if kept[1].behind:
            kept[1].refresh()
        return kept[1]


def _once() -> str:
    return secrets.token_urlsafe(12)


def _text(form: Form, name: str, most: int = 200) -> str:
    return str(form.get(name, ""))[:most].strip()


def _number(form: Form, name: str) -> int:
    given = str(form.get(name, ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
