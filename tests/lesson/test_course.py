"""The machine of a lesson: where it can go, and one sentence for where it cannot."""

from __future__ import annotations

import pytest

from sim.lesson import FACILITATOR
from sim.lesson.course import BY_HAND, SAYS, STAGES, Course
from tests.lesson.classes import Class, two_delegations

GOES = {"goes_on": lambda: "", "is_over": lambda: "The match goes on."}
OVER = {"goes_on": lambda: "It is over.", "is_over": lambda: ""}

LEADS = {
    ("lobby", "brief"): "briefing", ("lobby", "begin"): "orders", ("lobby", "close"): "closed",
    ("briefing", "begin"): "orders", ("briefing", "pause"): "paused", ("briefing", "debrief"): "debrief",
    ("briefing", "close"): "closed", ("orders", "resolve"): "resolving", ("orders", "pause"): "paused",
    ("orders", "debrief"): "debrief", ("orders", "close"): "closed", ("paused", "resume"): "orders",
    ("paused", "debrief"): "debrief", ("paused", "close"): "closed", ("debrief", "reopen"): "orders",
    ("debrief", "close"): "closed",
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("trigger", BY_HAND)
def test_every_trigger_from_every_stage(stage: str, trigger: str):
    """It leads where the table of this test says, or is answered with one sentence and leads nowhere."""
    course = Course(GOES, stage, "orders")
    told = course.why_not(trigger)
    wanted = LEADS.get((stage, trigger))
    assert (told == "") == (wanted is not None)
    assert course.target(trigger) == (wanted or stage)
    assert (trigger in course.possible()) == (wanted is not None)
    if told:
        assert told.endswith(".")
        assert told.count(". ") == 0
        assert "\n" not in told


def test_where_a_match_is_over_only_debrief_and_close_are_left():
    """Nothing can be opened or resolved once no table goes on, and a round that ends it leads to the debrief."""
    assert Course(OVER, "orders").why_not("resolve") == "It is over."
    assert Course(OVER, "debrief").possible() == ("close",)
    assert Course(OVER, "resolving").target("ended") == "debrief"
    assert Course(OVER, "resolving").target("opened") == "resolving"
    assert Course(GOES, "resolving").target("opened") == "orders"


def test_a_pause_goes_back_to_where_it_began():
    """A pause of the briefing is no way into the first round."""
    room = Class()
    room.run("brief", "pause", "resume")
    assert room.lesson.stage == "briefing"
    room.run("begin", "pause", "resume")
    assert room.lesson.stage == "orders"


def test_the_facilitator_alone_pulls_triggers():
    """A member is told so and nothing happens; an unknown trigger names those that there are."""
    room = two_delegations()
    for who, name, part in ((room.people["Ani"], "pause", "facilitator"), (FACILITATOR, "explode", "choose brief"),
                            (FACILITATOR, "opened", "choose brief"), ("nobody", "pause", "not in this lesson")):
        answer = room.lesson.trigger(who, name)
        assert not answer.ok
        assert part in answer.sentence
    assert room.lesson.stage == "orders"
    assert room.lesson.may(room.people["Ani"]) == ()
    assert room.lesson.may(FACILITATOR) == ("resolve", "pause", "debrief", "close")


def test_a_lesson_from_lobby_to_closed():
    """Policies play every seat: the rounds follow one another until the debrief opens by itself."""
    room = Class(on_all_filed=False)
    seen = ["lobby"]
    room.lesson.listen(lambda change: seen.append(room.lesson.stage) if change.kind == "stage" else None)
    room.run("brief", "begin")
    for _ in range(40):
        room.wait(60)
    assert room.lesson.stage == "debrief"
    assert room.lesson.matches[0].ended
    room.run("close")
    assert seen[:4] == ["lobby", "briefing", "orders", "resolving"]
    assert seen[-2:] == ["debrief", "closed"]
    assert set(seen) <= set(SAYS)
