"""What leaves a lesson: the record for exports and transcripts; and the rehearsal before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.lesson import FACILITATOR, Plan, plan_of, presets, read_record, rehearse
from tests.lesson.classes import flagship, two_delegations
from tests.play.players import first_round


def test_a_record_holds_what_was_said_and_done(tmp_path: Path):
    """From the lesson and from its file alike: people without tokens, messages, papers, notes, filings, the match."""
    room = two_delegations(path=tmp_path / "l.detente", tables=2)
    lesson, ani = room.lesson, room.people["Ani"]
    lesson.send(ani, ("osk",), "Let us talk.")
    lesson.hide(FACILITATOR, lesson.send(ani, ("public",), "Rude.").id, True, "Rude.")
    lesson.open_paper(ani, "A text", ("osk",))
    lesson.note(FACILITATOR, "A good start.", table=1, about="velmora")
    lesson.note(FACILITATOR, "Of table two.", table=2)
    room.order("Ani", "gesture:velmora")
    lesson.leave(room.people["Bek"])
    record = lesson.record(1)
    assert [person.name for person in record.people] == ["Ani", "Bek", "Cem", "The facilitator"]
    assert [(said.name, said.text, said.hidden) for said in record.messages] == [
        ("Ani", "Let us talk.", False), ("Ani", "Rude.", True)]
    assert [paper.title for paper in record.papers] == ["A text"]
    assert [note.text for note in record.notes] == ["A good start."]
    assert {"stage", "proposed", "filed", "paper"} <= {done.kind for done in record.acts}
    assert record.match is lesson.match(1)
    assert room.tokens["Ani"] not in str(record)
    lesson.close_file()
    one, two = read_record(tmp_path / "l.detente")
    assert one == record
    assert [note.text for note in two.notes] == ["Of table two."]
    assert two.messages == ()


def test_a_rehearsal_plays_the_whole_class():
    """By its plan's minutes, every table to its end, the same every time; nothing of it is a file."""
    plan = Plan("try", minutes=4, briefing=6, tables=2, level="easy")
    found = rehearse(first_round(), plan, seed=5)
    assert found == rehearse(first_round(), plan, seed=5)
    assert [table.table for table in found.tables] == [1, 2]
    assert all(table.ending for table in found.tables)
    longest = max(len(table.rounds) for table in found.tables)
    assert found.minutes == 6 + 4 * longest
    assert [played.at for played in max(found.tables, key=lambda t: len(t.rounds)).rounds] == [6 + 4 * n for n in range(longest)]
    storms = [played for table in found.tables for played in table.rounds if played.round == 3]
    assert all(played.injects == ("Storm",) for played in storms)
    with pytest.raises(UsageError, match="minutes for a round"):
        rehearse(first_round(), Plan(minutes=None))


def test_presets_become_plans():
    """A scenario's own, with the debrief that their minutes leave; an hour for one that has none; others are refused."""
    for loaded in (first_round(), flagship()):
        scenario = loaded.usable()[0]
        rounds = sum(leg.rounds for leg in scenario.clock.legs.values())
        for name, plan in presets(scenario).items():
            assert plan_of(scenario, name) == plan
            assert 1 <= plan.until <= rounds
            assert plan.debrief >= 0
        with pytest.raises(UsageError, match="no preset"):
            plan_of(scenario, "fortnight")


@pytest.mark.parametrize("wrong", [{"tables": 0}, {"tables": 13}, {"minutes": -1}, {"briefing": 0}, {"minutes": 1e9}])
def test_a_plan_that_cannot_be_is_refused(wrong: dict):
    """In a sentence, before anything is made."""
    with pytest.raises(UsageError):
        Plan(**wrong)


def test_a_plan_is_read_back():
    """With what a later version may have added left out."""
    plan = Plan("x", until="week", minutes=None, on_time=False)
    assert Plan.from_json({**plan.as_json(), "colour": "blue"}) == plan
