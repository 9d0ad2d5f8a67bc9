"""serve: what the teacher takes out of the room: transcript, records, and the key to the pseudonyms in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiohttp import web

from sim.serve.doors import known
from sim.serve.guard import HEADERS, Refused

if TYPE_CHECKING:
    from sim.serve.host import Host

STAGES: Final = ("debrief", "closed")
"""While it can be taken: before, the lesson changes under the reader."""
FILES: Final = {"transcript.md": "text/markdown", "records.jsonl": "application/jsonl", "names.csv": "text/csv"}


class Takeaway:
    """Files for the facilitator's own machine; all of them hold every seat's secrets."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def take(self, request: web.Request) -> web.Response:
        """One of the files, of all tables."""
        host, name = self._host, request.match_info["file"]
        known(host, request, facilitator=True)
        if name not in FILES:
            raise Refused(404, "There is no such file.")
        if host.lesson.stage not in STAGES:
            raise Refused(409, "The lesson goes on; open the debrief first.")
        real = request.query.get("people") == "names"
        text = await host.apart(lambda: self._made(name, real=real))
        scenario = host.lesson.loaded.usable()[0].id
        return web.Response(text=text, content_type=FILES[name], charset="utf-8", headers={
            **HEADERS, "Content-Disposition": f'attachment; filename="{scenario}-{name}"'})

    def _made(self, name: str, *, real: bool) -> str:
        from sim.lesson.leaving import class_records, class_transcript, names_of
        from sim.lesson.pseudonyms import key_of
        from sim.report.records import lines
        from sim.rules import CONTROL

        lesson = self._host.lesson
        with lesson.held():
            found = tuple(lesson.record(table) for table in lesson.tables)
            if name == "names.csv":
                return key_of(person for it in found for person in it.people)
            names = names_of(found, real=real)
            if name == "records.jsonl":
                return "".join(f"{line}\n" for it in found for line in lines(class_records(it, CONTROL, names)))
            return "\n".join(class_transcript(it, CONTROL, names, many=len(found) > 1) for it in found)
