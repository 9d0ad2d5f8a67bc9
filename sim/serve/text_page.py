"""serve: the text page of a member: all of the game as plain HTML, for phones and screen readers; no script is needed.

It is made from the view-models of line mode, and every form says which round and which person it was made for.
"""

from __future__ import annotations

import asyncio
import math
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from multidict import MultiDictProxy

from sim.lesson.messages import ASKS
from sim.plain import map_page, move_pages, round_pages, text_pages
from sim.serve import shelf
from sim.serve.doors import known, place, title
from sim.serve.guard import Refused
from sim.serve.statements import blocks

if TYPE_CHECKING:
    from sim.lesson import Answer, Message, Person, SeatDesk
    from sim.serve.host import Host
    from sim.words.models import Menu, MenuItem

Form = Mapping[str, Any]
ANCHORS: Final = {"propose": "sheet", "strike": "sheet", "file": "sheet", "unfile": "sheet", "send": "messages",
                  "read": "messages", "open_paper": "papers", "bracket": "papers", "agree": "papers",
                  "unbracket": "papers", "take_head": "people", "pass_head": "people", "rename": "people"}
"""The acts of the page, and where on it one comes back to."""


class TextPage:
    """Reads and acts for the person of the cookie; keeps one desk for each."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._desks: dict[str, tuple[tuple[object, ...], SeatDesk]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def page(self, request: web.Request) -> web.Response:
        """Everything on one page; parts are reached by the links at its top."""
        host = self._host
        try:
            person, token = known(host, request, facilitator=False)
        except Refused:
            raise web.HTTPSeeOther("/") from None
        async with self._locks.setdefault(person.id, asyncio.Lock()):
            values = await host.apart(lambda: self._values(person))
        flash = host.told(person.id)
        return shelf.page("text", **values, seal=host.guard.seal(token), flash=flash, version=host.version,
                          written=host.drafts.pop(person.id, {}), once=lambda: secrets.token_urlsafe(12))

    async def act(self, request: web.Request) -> web.Response:
        """One form."""
        host, act = self._host, request.match_info["act"]
        person, token = known(host, request, facilitator=False)
        form = await request.post()
        host.guard.check_seal(token, form.get("seal"))
        if act not in ANCHORS:
            raise Refused(404, "There is no such form.")
        answer = await host.apart(lambda: self._act(act, person, form))
        host.flash(person.id, answer.sentence, well=answer.ok)
        if not answer.ok:
            host.drafts[person.id] = {name: str(form[name])[:4000] for name in ("text", "subject", "title") if name in form}
        raise web.HTTPSeeOther(f"/text#{ANCHORS[act]}")

    # -- acting

    def _act(self, act: str, person: Person, form: MultiDictProxy[Any]) -> Answer:
        lesson, who = self._host.lesson, person.id
        once = _text(form, "once", 40)
        deeds: dict[str, Callable[[], Answer]] = {
            "propose": lambda: lesson.propose(who, _text(form, "key"), round=_number(form, "round"), once=once),
            "strike": lambda: lesson.strike(who, _text(form, "key"), round=_number(form, "round"), once=once),
            "file": lambda: lesson.file(who, round=_number(form, "round"), once=once),
            "unfile": lambda: lesson.unfile(who, round=_number(form, "round"), once=once),
            "send": lambda: self._send(person, form, once),
            "open_paper": lambda: lesson.open_paper(who, _text(form, "title"), tuple(map(str, form.getall("party", ()))),
                                                    once=once),
            "bracket": lambda: lesson.bracket(who, _text(form, "paper"), _number(form, "paragraph"),
                                              _text(form, "text", 4000), base=_number(form, "base"), once=once),
            "agree": lambda: lesson.agree(who, _text(form, "paper"), _number(form, "paragraph"), _text(form, "bracket"),
                                          base=_number(form, "base"), once=once),
            "unbracket": lambda: lesson.unbracket(who, _text(form, "paper"), _number(form, "paragraph"),
                                                  base=_number(form, "base"), once=once),
            "take_head": lambda: lesson.take_head(who),
            "pass_head": lambda: lesson.pass_head(who, _text(form, "to")),
            "rename": lambda: lesson.rename(who, _text(form, "name")),
        }
        return deeds[act]()

    def _send(self, person: Person, form: MultiDictProxy[Any], once: str) -> Answer:
        chosen = [str(to) for to in form.getall("to", ())]
        alone = next((to for to in ("public", "facilitator") if to in chosen), None)
        to = (alone,) if alone else tuple(seat for seat in chosen if seat != "own")
        text, subject = _text(form, "text", 4000), _text(form, "subject", 200)
        if form.get("kind") == "verbale":
            return self._host.lesson.send(person.id, to, text, kind="verbale",
                                          form={"subject": subject, "asks": _text(form, "asks", 1000)}, once=once)
        return self._host.lesson.send(person.id, to, text, once=once)

    # -- reading

    def _desk(self, person: Person) -> SeatDesk:
        sits = (person.role, person.table, person.seat)
        kept = self._desks.get(person.id)
        if kept is None or kept[0] != sits:
            kept = self._desks[person.id] = (sits, self._host.lesson.desk(person.id))
        if kept[1].behind:
            kept[1].refresh()
        return kept[1]

    def _values(self, person: Person) -> dict[str, Any]:
        lesson, desk = self._host.lesson, self._desk(person)
        room, menu, now = lesson.room(person.id), desk.menu(), desk.situation()
        messages = lesson.messages(person.id)
        if messages:
            lesson.read_up_to(person.id, messages[-1].number)
        sheet = lesson.sheet(person.id) if person.seat else None
        titles = {item.key: item for item in _items(menu)}
        names = {**{seat.seat: seat.name for seat in room.seats}, "public": "everybody", "facilitator": "the facilitator"}
        ending = desk.ending() if desk.over else None
        negotiation = desk.negotiation()
        return {
            "title": title(self._host), "person": person, "place": place(self._host, person), "room": room, "now": now,
            "left": None if room.left is None else math.ceil(room.left), "over": desk.over,
            "menu": menu, "sheet": sheet, "titles": titles, "sentence": round_pages.sentence,
            "why_not": round_pages.why_not, "details": lambda item: blocks(move_pages.answers(item)),
            "heading": blocks(round_pages.heading(now)),
            "news": blocks(round_pages.dispatches(desk.dispatches())),
            "tracks": blocks(round_pages.tracks(now.tracks)),
            "map": blocks(map_page.chart(desk.map(), "")),
            "draft": [(blocks(text_pages.draft((part,), "", [c for c in negotiation.checks if c.part == part.id])),
                       [titles[key] for clause in part.clauses for key in clause.acts if key in titles])
                      for part in negotiation.parts],
            "provisions": blocks(text_pages.provisions(desk.provisions(), "")),
            "brief": blocks(text_pages.brief(desk.brief())),
            "wire": blocks(round_pages.dispatches(desk.wire(), dated=True)),
            "glossary": blocks(text_pages.glossary(desk.glossary(), "")),
            "ending": blocks((*text_pages.ending(ending), *text_pages.scores(ending.scores), *text_pages.debrief(ending)))
            if ending is not None else None,
            "messages": messages, "papers": lesson.papers(person.id),
            "others": [seat for seat in room.seats if seat.seat and seat.seat != person.seat],
            "mates": [mate for mate in room.members if not mate.me], "asks": tuple(ASKS),
            "named": names.get, "from_whom": lambda message: _sender(message, names),
            "to_whom": lambda message: ", ".join(names.get(to, to) for to in message.to) or "the own delegation",
        }


def _sender(message: Message, names: Mapping[str, str]) -> str:
    seat = names.get(message.sender, message.sender)
    return f"{seat} ({message.name})" if message.name and message.name != seat else seat


def _items(menu: Menu) -> list[MenuItem]:
    asked = [answer for question in menu.questions for answer in question.answers]
    return [*asked, *(item for group in menu.groups for item in group.items)]


def _text(form: Form, name: str, most: int = 200) -> str:
    return str(form.get(name, ""))[:most].strip()


def _number(form: Form, name: str) -> int:
    given = str(form.get(name, ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
