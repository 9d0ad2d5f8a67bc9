"""What the facilitator takes out of the room from the page: in the debrief, alone, under pseudonyms unless asked."""

from __future__ import annotations

import json

from sim.lesson import FACILITATOR
from tests.serve.people import Browser, classroom


async def test_the_record_leaves_with_the_teacher_alone() -> None:
    """Not before the debrief, not for a member; then transcript, records and the key, with names only where asked for."""
    async with classroom() as room, Browser(room.base) as teacher, Browser(room.base) as ada:
        await ada.join(room.code("velmora"), "Adaline")
        await teacher.post("/facilitator/enter", {"secret": room.secret})
        person = next(it for it in room.lesson.people() if it.name == "Adaline")
        room.begin()
        assert room.lesson.send(person.id, ("osk",), "Adaline greets you.").ok
        status, page = await teacher.get("/facilitator/take/transcript.md")
        assert status == 409
        assert "open the debrief first" in page
        assert "/facilitator/take/" not in (await teacher.get("/facilitator"))[1]
        assert room.lesson.trigger(FACILITATOR, "debrief").ok
        assert "/facilitator/take/transcript.md" in (await teacher.get("/facilitator"))[1]
        status, text = await teacher.get("/facilitator/take/transcript.md")
        assert status == 200
        assert text.startswith("# First Round")
        assert "greets you" in text
        assert "Adaline" not in text
        _, named = await teacher.get("/facilitator/take/transcript.md?people=names")
        assert "Velmora, Adaline to Osk" in named
        _, lines = await teacher.get("/facilitator/take/records.jsonl")
        assert {"match", "lesson", "message", "end"} <= {json.loads(line)["record"] for line in lines.splitlines()}
        assert "Adaline" not in lines
        assert "Adaline,member,1,velmora" in (await teacher.get("/facilitator/take/names.csv"))[1]
        assert (await teacher.get("/facilitator/take/lesson.detente"))[0] == 404
        for path in ("transcript.md", "records.jsonl", "names.csv"):
            status, page = await ada.get(f"/facilitator/take/{path}")
            assert status == 403
            assert "greets you" not in page
