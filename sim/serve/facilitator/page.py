"""serve: the facilitator's page: every seat, the clock, injects, messages at a glance, and a form for every act.

Beside the overview stands one panel at a time for what is looked at closely. It works without a script; with one it keeps
itself fresh.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from sim.errors import DetenteError
from sim.serve import shelf
from sim.serve.addresses import for_page
from sim.serve.doors import known, title
from sim.serve.facilitator.acts import Acts, Said, as_of
from sim.serve.facilitator.board import Board, board, time_of_day
from sim.serve.facilitator.inject_form import KINDS
from sim.serve.facilitator.panels import Panels
from sim.serve.guard import HEADERS, Refused, form_of

if TYPE_CHECKING:
    from sim.lesson import Change, Person
    from sim.serve.host import Host

TRIGGERS: Final = {"brief": "Open the briefing", "begin": "Open the first round", "resolve": "Resolve the round",
                   "pause": "Pause", "resume": "Go on", "debrief": "Open the debrief", "reopen": "Back to the match",
                   "close": "Close the lesson"}
MAIN: Final = ("brief", "begin", "resolve", "resume")
"""Triggers that lead on; the first that is possible is the page's main button."""
STREAMS: Final = 16
"""Pages of facilitators that may be kept fresh at once."""
BEAT: Final = 15.0
"""Seconds after which a page is freshened though nothing has changed: it says how long ago things were."""
GATHER: Final = 0.15
_KEPT: Final = 40
_PLACE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


class FacilitatorPage:
    """For the one person with the host's secret."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._acts = Acts(host.lesson)
        self._panels = Panels(host)
        self._said: OrderedDict[str, Said] = OrderedDict()
        self._streams: set[asyncio.Event] = set()
        self._ending = False

    # -- reading

    async def page(self, request: web.Request) -> web.Response:
        """Everything on one page."""
        host = self._host
        try:
            person, token = known(host, request, facilitator=True)
        except Refused:
            raise web.HTTPSeeOther("/facilitator/enter") from None
        said = self._said.pop(request.query.get("said", ""), None)
        shows, at = self._shows(request), place(request.query.get("open", ""))
        values = await host.apart(lambda: self._values(person, at, said, shows=shows))
        return shelf.page("facilitator", **values, seal=host.guard.seal(token), said=said, secrets=shows,
                          once=lambda: secrets.token_urlsafe(12), version=host.version)

    def _values(self, person: Person, at: str, said: Said | None, *, shows: bool) -> dict[str, Any]:
        host, lesson = self._host, self._host.lesson
        now = board(lesson, secrets=shows)
        control = now.control
        main = next((name for name in MAIN if name in control.may), "")
        names = {row.id: row.name for row in now.tables[0].seats}
        return {
            "title": title(host), "board": now, "control": control, "names": names, "many": len(now.tables) > 1,
            "left": None if control.left is None else math.ceil(control.left), "main": main, "as_of": as_of(lesson),
            "triggers": [(id, TRIGGERS[id]) for id in control.may if id in TRIGGERS and id != main],
            "TRIGGERS": TRIGGERS, "open": at, "panel": self._panel(person, at, now, said, shows=shows), "kinds": KINDS,
            "address": host.addresses.first, "addresses": [host.addresses.at(name) for name in host.addresses.hosts[:-1]],
            "picture": Markup(for_page(host.addresses.first)),  # noqa: S704 drawn by segno here
            "lag": host.watchdog.worst, "screens": len(host.sessions), "path": str(lesson.path or ""),
            "limits": lesson.plan.limits, "time_of_day": time_of_day, "plan": lesson.plan,
            "revealed": lesson.revealed, "questions": lesson.loaded.usable()[0].about.questions, "undone": any(match.rounds for match in lesson.matches),
        }

    def _panel(self, person: Person, at: str, now: Board, said: Said | None, *, shows: bool) -> dict[str, Any] | None:
        """What is looked at closely; None for the usual side of the page, or where an address leads nowhere any more."""
        try:
            return self._panels.of(person, at, now, said, shows=shows)
        except (DetenteError, LookupError, ValueError):
            return None

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

    # -- staying fresh

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Tells the page's script that there is something new, never what: that it reads like everybody else."""
        host = self._host
        _, token = known(host, request, facilitator=True)
        if len(self._streams) >= STREAMS or self._ending:
            raise Refused(503, "Too many of these pages are open.")
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def hear(_: Change) -> None:
            loop.call_soon_threadsafe(changed.set)

        quiet = host.lesson.listen(hear)
        self._streams.add(changed)
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        try:
            await stream.prepare(request)
            while not self._ending and host.lesson.who(token) is not None:
                await stream.write(f"data: {host.version}\n\n".encode())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), BEAT)
                # a round that closes makes many changes: one look is enough
                await asyncio.sleep(GATHER)
                changed.clear()
        except ConnectionError:
            pass
        finally:
            quiet()
            self._streams.discard(changed)
        return stream

    async def end(self, _: web.Application) -> None:
        """Let go of the pages that listen: the host closes."""
        self._ending = True
        for changed in self._streams:
            changed.set()

    # -- acting

    async def act(self, request: web.Request) -> web.Response:
        """One form. Answers with a question, or leads back to the page."""
        host, act = self._host, request.match_info["act"]
        person, token = known(host, request, facilitator=True)
        form = await form_of(request)
        host.guard.check_seal(token, form.get("seal"))
        at = place(str(form.get("back", "")))
        if act == "secrets":
            self._switch(form.get("show") == "yes", at)
        if act == "device":
            words = host.way_in.offer(token, here=False)
            self._led(Said(ok=True, sentence=words, act=act), at or "device")
        if act not in self._acts:
            raise Refused(404, "There is no such form.")
        shows = self._shows(request)
        asked = await host.apart(lambda: self._acts.question(act, person, form))
        if asked is None:
            said = await host.apart(lambda: self._acts.do(act, person, form))
            self._led(said, "tray" if said.ok and act in ("improvise", "discard") else at)
        fields = [(name, str(value)) for name, value in form.items() if name not in ("seal", "sure")]
        return shelf.page("sure", act=act, asked=asked, fields=fields, seal=host.guard.seal(token), secrets=shows,
                          back=_address(at))

    def _led(self, said: Said, at: str) -> NoReturn:
        """Back to the page, which says once what came of it."""
        key = secrets.token_urlsafe(6)
        self._said[key] = said
        while len(self._said) > _KEPT:
            self._said.popitem(last=False)
        raise web.HTTPSeeOther(_address(at, key))

    def _switch(self, show: bool, at: str) -> NoReturn:
        """Show secrets on this browser until it is closed, or no longer."""
        response = web.HTTPSeeOther(_address(at))
        if show:
            response.set_cookie(self._cookie, "shown", httponly=True, samesite="Strict", secure=self._host.terms.tls, path="/")
        else:
            response.del_cookie(self._cookie, path="/")
        raise response

    @property
    def _cookie(self) -> str:
        return f"{self._host.guard.facilitator_cookie}-secrets"

    def _shows(self, request: web.Request) -> bool:
        return request.cookies.get(self._cookie) == "shown"


def place(given: str) -> str:
    """The name of a panel as an address has it: nothing but letters, digits, dots and dashes."""
    return given if len(given) <= 60 and set(given) <= _PLACE else ""


def _address(at: str, said: str = "") -> str:
    query = "&".join(f"{name}={quote(value)}" for name, value in (("open", at), ("said", said)) if value)
    return f"/facilitator{f'?{query}' if query else ''}{'#panel' if at else ''}"
