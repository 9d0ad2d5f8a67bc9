"""serve: the facilitator's page: who is there, the clock, orders, injects, messages; a form for every act."""

from __future__ import annotations

import math
import secrets
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from markupsafe import Markup

from sim.plain import round_pages, text_pages
from sim.serve import shelf
from sim.serve.addresses import for_page
from sim.serve.doors import known, title
from sim.serve.facilitator_acts import ACTS, Acts
from sim.serve.guard import Refused
from sim.serve.statements import blocks

if TYPE_CHECKING:
    from sim.lesson import Message, Person
    from sim.serve.host import Host

TRIGGERS: Final = {"brief": "Open the briefing", "begin": "Open the first round", "resolve": "Resolve the round",
                   "pause": "Pause", "resume": "Go on", "debrief": "Open the debrief", "reopen": "Back to the match",
                   "close": "Close the lesson"}
POLICIES: Final = ("persona", "one-ply")
_MESSAGES: Final = 60
"""The last ones; all of them are in the record."""


class FacilitatorPage:
    """For the one person with the host's secret."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._acts = Acts(host)

    async def page(self, request: web.Request) -> web.Response:
        """Everything on one page."""
        host = self._host
        try:
            person, token = known(host, request, facilitator=True)
        except Refused:
            raise web.HTTPSeeOther("/facilitator/enter") from None
        eyes = request.query.get("eyes", "")[:60]
        values = await host.apart(lambda: self._values(person, eyes))
        return shelf.page("facilitator", **values, seal=host.guard.seal(token), flash=host.told(person.id),
                          once=lambda: secrets.token_urlsafe(12), version=host.version)

    async def cards(self, request: web.Request) -> web.Response:
        """Codes and pictures, one card for each seat, to be printed and cut."""
        host = self._host
        person, _ = known(host, request, facilitator=True)
        control = await host.apart(lambda: host.lesson.control_room(person.id))
        places = [(seat.status.name, seat.code, table.table) for table in control.tables for seat in table.seats]
        places += [("Observer", table.observer_code, table.table) for table in control.tables]
        made = [(name, code, table, Markup(for_page(f"{host.addresses.first}/j/{code}")))  # noqa: S704 drawn by segno here
                for name, code, table in places]
        return shelf.page("cards", title=title(host), cards=made, address=host.addresses.first,
                          many=len(host.lesson.tables) > 1)

    async def act(self, request: web.Request) -> web.Response:
        """One form."""
        host, act = self._host, request.match_info["act"]
        person, token = known(host, request, facilitator=True)
        form = await request.post()
        host.guard.check_seal(token, form.get("seal"))
        if act not in ACTS:
            raise Refused(404, "There is no such form.")
        well, sentence = await host.apart(lambda: self._acts.do(act, person, form))
        host.flash(person.id, sentence or "Done.", well=well)
        raise web.HTTPSeeOther(f"/facilitator#{ACTS[act]}")

    # -- reading

    def _values(self, person: Person, eyes: str) -> dict[str, Any]:
        host, lesson = self._host, self._host.lesson
        control = lesson.control_room(person.id)
        seats = {seat.status.seat: seat.status.name for seat in control.tables[0].seats}
        scenario = lesson.loaded.usable()[0]
        messages = lesson.messages(person.id)[-_MESSAGES:]
        return {
            "title": title(host), "control": control, "seats": seats, "many": len(control.tables) > 1,
            "left": None if control.left is None else math.ceil(control.left),
            "triggers": [(id, TRIGGERS[id]) for id in control.may if id in TRIGGERS],
            "policies": POLICIES, "sentence": round_pages.sentence,
            "messages": messages, "from_whom": lambda message: _sender(message, seats),
            "to_whom": lambda message: ", ".join(_named(to, seats) for to in message.to) or "the own delegation",
            "papers": [paper for table in control.tables for paper in lesson.papers(person.id, table.table)],
            "tracks": [(id, track.title) for id, track in scenario.tracks.items()],
            "address": host.addresses.first, "picture": Markup(for_page(host.addresses.first)),  # noqa: S704 see above
            "last_dry_run": self._acts.last, "lag": host.watchdog.worst, "screens": len(host.sessions),
            "seen": self._seen(person, eyes) if eyes else None, "eyes": eyes,
        }

    def _seen(self, person: Person, eyes: str) -> dict[str, Any]:
        """A table through the eyes of one seat, or all that is hidden."""
        table, _, seat = eyes.partition(".")
        if not table.isdecimal() or int(table) not in self._host.lesson.tables:
            raise Refused(404, "There is no such table.")
        desk = self._host.lesson.desk(person.id, seat, int(table))
        now = desk.situation()
        return {"who": now.viewer, "heading": blocks(round_pages.heading(now)),
                "tracks": blocks(round_pages.tracks(now.tracks)),
                "news": blocks(round_pages.dispatches(desk.dispatches())),
                "draft": blocks(text_pages.draft(desk.draft(), "")),
                "reasons": blocks(text_pages.reasons(desk.reasons(), "No round has been closed yet."))}


def _named(id: str, seats: dict[str, str]) -> str:
    return {"public": "everybody", "facilitator": "the facilitator"}.get(id) or seats.get(id, id)


def _sender(message: Message, seats: dict[str, str]) -> str:
    seat = _named(message.sender, seats)
    return f"{seat} ({message.name})" if message.name and message.name.lower() != seat.lower() else seat
