"""serve: the routes of a host, and what every request passes before it is answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from sim.errors import DetenteError
from sim.serve import doors, shelf
from sim.serve.facilitator import takeaway
from sim.serve.facilitator.page import FacilitatorPage
from sim.serve.guard import HEADERS, LARGEST_FORM, Handler, Refused
from sim.serve.terminals.page import SeatPage
from sim.serve.text.page import TextPage

if TYPE_CHECKING:
    from sim.serve.host import Host


def application(host: Host) -> web.Application:
    """All pages and the websocket of a host."""
    door, seat = doors.Doors(host), SeatPage(host)
    text, control = TextPage(host), FacilitatorPage(host)

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            host.guard.check_host(request)
            if request.method not in ("GET", "HEAD", "POST"):
                return shelf.told(405, "Not here", "Pages are read or forms are sent; nothing else.")
            if request.method == "POST":
                host.guard.check_origin(request, must=False)
            return await handler(request)
        except Refused as refused:
            return shelf.told(refused.status, "That was refused", refused.sentence)
        except web.HTTPException as answer:
            if answer.status == 404:
                return shelf.told(404, "Not here", "There is no such page.")
            if answer.status == 413:
                return shelf.told(413, "Too long", "What you sent is too long.")
            if answer.status < 400:
                raise
            return shelf.told(answer.status, "That was refused", "This request cannot be answered.")
        except DetenteError as problem:
            return shelf.told(409, "That cannot be done", problem.sentence)
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception as fault:  # noqa: BLE001 one page's failure is not the others', and nobody is shown a traceback
            host.report(fault, f"the page {request.match_info.route.resource.canonical if request.match_info.route.resource else '?'}")
            return shelf.told(500, "Something went wrong", "The host made a mistake on this page; what you had sent before "
                                                           "is kept. Tell your teacher if it happens again.")

    async def alive(request: web.Request) -> web.Response:
        return web.Response(text="alive", headers=HEADERS)

    async def version(request: web.Request) -> web.Response:
        person, _ = doors.known(host, request, facilitator=False)
        # only a text page asks: a terminal is told
        host.lesson.reads(person.id)
        return web.Response(text=str(host.version_for(person)), headers=HEADERS)

    app = web.Application(middlewares=[guarded], client_max_size=LARGEST_FORM)
    app.add_routes([
        web.get("/", door.home), web.get("/j/{code}", door.invited), web.post("/join", door.join),
        web.post("/leave", door.leave),
        web.get("/facilitator/enter", door.entrance), web.post("/facilitator/enter", door.enter),
        web.post("/facilitator/leave", door.step_out),
        web.get("/seat", seat.page), web.get("/ws/{look}", seat.socket), web.get("/download/{key}", seat.download),
        web.get("/text", text.page), web.get("/text/{part}", text.page), web.post("/text/{act}", text.act),
        web.get("/facilitator", control.page), web.get("/facilitator/print", control.cards),
        web.get("/facilitator/live", control.live), web.get("/facilitator/take/{file}", takeaway.Takeaway(host).take),
        web.post("/facilitator/{act}", control.act),
        web.get("/alive", alive), web.get("/version", version), web.get("/static/{name}", shelf.asset),
    ])
    app.on_shutdown.append(control.end)
    return app
