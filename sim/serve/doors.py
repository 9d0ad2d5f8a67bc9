"""serve: coming in and going out: a code and a name become a cookie, the host's secret becomes the facilitator's."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NoReturn

from aiohttp import web

from sim.serve import shelf
from sim.serve.guard import Refused, form_of

if TYPE_CHECKING:
    from sim.lesson import Answer, Person
    from sim.serve.host import Host


COMINGS: Final = 200
"""Join forms that are remembered."""


class Doors:
    """The pages before anybody is known."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._comings: OrderedDict[tuple[str, str, str], asyncio.Future[tuple[Answer, str]]] = OrderedDict()

    async def home(self, request: web.Request) -> web.Response:
        """Where a code is typed."""
        return self._page(request, "")

    async def invited(self, request: web.Request) -> web.Response:
        """A join link or QR: the code is filled in; it is no token and may be kept by the browser."""
        return self._page(request, request.match_info["code"][:40])

    async def join(self, request: web.Request) -> web.Response:
        """Exchange code and name for a cookie."""
        host, address = self._host, request.remote or ""
        form = await form_of(request)
        code, name, once = (str(form.get(field, ""))[:80].strip() for field in ("code", "name", "once"))
        # who lost a device is given a new key by the facilitator, and types it in place of the code
        known_by = host.lesson.who(code)
        if known_by is not None and known_by.role != "facilitator":
            token, answer = code, None
        else:
            host.guard.failures.check(address)
            if host.lesson.code_leads_to(code) is None:
                # counted before anything is waited for: many guesses may come at once
                host.guard.failures.note(address)
            answer, token = await self._come(code, name, once)
        if not token:
            return self._page(request, code, name, answer.sentence if answer else "", status=403)
        response = web.HTTPSeeOther("/text/now" if form.get("to") == "text" else "/seat")
        host.guard.keep(response, host.guard.seat_cookie, token)
        raise response

    async def _come(self, code: str, name: str, once: str) -> tuple[Answer, str]:
        """Join; a form that is sent twice, as by a double click or after a lost answer, brings in one person."""
        host, key = self._host, (once, code, name)
        coming = self._comings.get(key) if once else None
        if coming is None or (coming.done() and host.lesson.who(coming.result()[1]) is None):
            coming = asyncio.ensure_future(host.apart(lambda: host.lesson.join(code, name)))
            self._comings[key] = coming
            while len(self._comings) > COMINGS:
                self._comings.popitem(last=False)
        return await asyncio.shield(coming)

    async def leave(self, request: web.Request) -> NoReturn:
        """Give up the seat; the cookie ends with it."""
        host = self._host
        person, token = self.person(request)
        form = await form_of(request)
        host.guard.check_seal(token, form.get("seal"))
        await host.apart(lambda: host.lesson.leave(person.id))
        response = web.HTTPSeeOther("/")
        host.guard.forget(response, host.guard.seat_cookie)
        raise response

    async def entrance(self, request: web.Request) -> web.Response:
        """Where the facilitator's words or secret are typed."""
        return shelf.page("enter", problem="", here=same_machine(request))

    async def enter(self, request: web.Request) -> web.Response:
        """Exchange three words, or the secret, for a cookie."""
        host, address = self._host, request.remote or ""
        form = await form_of(request)
        token = str(form.get("secret", ""))[:200].strip()
        person = host.lesson.who(token)
        if person is None:
            host.guard.failures.check(address)
            token = host.way_in.take(token, here=same_machine(request))
            person = host.lesson.who(token) if token else None
        if person is None or person.role != "facilitator":
            host.guard.failures.check(address)
            host.guard.failures.note(address)
            return shelf.page("enter", 403, here=same_machine(request),
                              problem="Nothing is opened by that. Words are good once, those on the terminal on the host's own "
                                      "machine alone; look at them again.")
        response = web.HTTPSeeOther("/facilitator")
        host.guard.keep(response, host.guard.facilitator_cookie, token)
        raise response

    async def step_out(self, request: web.Request) -> NoReturn:
        """Forget the facilitator's cookie on this browser; the lesson goes on."""
        host = self._host
        _, token = self.facilitator(request)
        form = await form_of(request)
        host.guard.check_seal(token, form.get("seal"))
        response = web.HTTPSeeOther("/facilitator/enter")
        host.guard.forget(response, host.guard.facilitator_cookie)
        raise response

    # -- who asks

    def person(self, request: web.Request) -> tuple[Person, str]:
        """The member or observer that a request comes from, and the token. Raises `Refused`."""
        return known(self._host, request, facilitator=False)

    def facilitator(self, request: web.Request) -> tuple[Person, str]:
        """The facilitator, if the request comes from there. Raises `Refused`."""
        return known(self._host, request, facilitator=True)

    def _page(self, request: web.Request, code: str, name: str = "", problem: str = "", status: int = 200) -> web.Response:
        host = self._host
        leads = host.lesson.code_leads_to(code) if code else None
        if code and status == 200:
            host.guard.failures.check(request.remote or "")
            if leads is None:
                host.guard.failures.note(request.remote or "")
                problem = "This code leads nowhere. Look at it again, or ask your teacher."
        token = request.cookies.get(host.guard.seat_cookie, "")
        person = host.lesson.who(token) if token else None
        return shelf.page("join", status, title=title(host), code=code, name=name, problem=problem, person=person,
                          place=place(host, person) if person else "", leads=leads.name if leads else "",
                          once=secrets.token_urlsafe(12))


def known(host: Host, request: web.Request, *, facilitator: bool) -> tuple[Person, str]:
    """Who a request comes from, by its cookie. Raises `Refused` for strangers, and counts wrong tokens."""
    guard = host.guard
    token = request.cookies.get(guard.facilitator_cookie if facilitator else guard.seat_cookie, "")
    if token:
        # a right one is never made to wait: others behind the same address may have guessed wrong
        person = host.lesson.who(token[:200])
        if person is not None and (person.role == "facilitator") is facilitator:
            return person, token
        guard.failures.check(request.remote or "")
        guard.failures.note(request.remote or "")
    raise Refused(403, "Only the facilitator comes in here." if facilitator else
                  "You have no seat here yet. Join with the code that your teacher gave you.")


def same_machine(request: web.Request) -> bool:
    """Whether a request comes from the machine on which the host runs: both ends of its connection are the same."""
    ends = [request.transport.get_extra_info(name) for name in ("peername", "sockname")] if request.transport else []
    return len(ends) == 2 and all(isinstance(end, tuple) for end in ends) and ends[0][0] == ends[1][0]


def title(host: Host) -> str:
    """The scenario's title."""
    return str(host.lesson.loaded.usable()[0].title)


def place(host: Host, person: Person) -> str:
    """Where a person sits, in words."""
    room = host.lesson.room(person.id)
    mine = next((seat.name for seat in room.seats if seat.seat == person.seat), "")
    table = f"table {person.table}, " if len(host.lesson.tables) > 1 and person.table else ""
    return f"{table}{mine}" if mine else f"{table}observer"
