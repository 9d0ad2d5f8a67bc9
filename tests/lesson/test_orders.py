"""Orders: the sheet of a delegation, filing it, requests that come twice or too late, what counts at the end."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.lesson import FACILITATOR
from tests.lesson.classes import two_delegations


def test_a_delegation_drafts_together_and_its_head_files():
    """Each sees who put what on the sheet; a member cannot file; what is filed is the sheet."""
    room = two_delegations()
    ani, bek = room.people["Ani"], room.people["Bek"]
    assert room.lesson.propose(bek, "gesture:velmora", round=1).ok
    assert room.lesson.propose(ani, "protest:velmora>osk", round=1).ok
    sheet = room.lesson.sheet(ani)
    assert [(line.key, line.by, line.filed) for line in sheet.lines] == [
        ("gesture:velmora", "Bek", False), ("protest:velmora>osk", "Ani", False)]
    assert (sheet.may_file, room.lesson.sheet(bek).may_file) == (True, False)
    assert "Ani heads the delegation and files" in room.lesson.file(bek, round=1).sentence
    assert room.lesson.file(ani, round=1).ok
    assert room.lesson.match(1).filed("velmora").moves == ("gesture:velmora", "protest:velmora>osk")
    assert room.lesson.sheet(bek).filed == ("gesture:velmora", "protest:velmora>osk")
    assert all(line.filed for line in room.lesson.sheet(bek).lines)


def test_another_delegations_sheet_cannot_be_read():
    """Neither by name of the seat nor by way of its desk."""
    room = two_delegations()
    for look in (lambda: room.lesson.sheet(room.people["Cem"], "velmora"),
                 lambda: room.lesson.desk(room.people["Cem"], "velmora")):
        with pytest.raises(UsageError, match="another delegation"):
            look()
    assert room.lesson.propose(room.people["Cem"], "gesture:velmora", round=1, seat="velmora").code == "L006"


def test_lines_are_struck_by_their_author_or_the_head():
    """Another member is told whom to ask; a line that is gone is said to be gone."""
    room = two_delegations()
    ani, bek = room.people["Ani"], room.people["Bek"]
    room.lesson.propose(ani, "gesture:velmora", round=1)
    room.lesson.propose(bek, "protest:velmora>osk", round=1)
    assert room.lesson.strike(bek, "gesture:velmora", round=1).code == "L005"
    assert room.lesson.strike(ani, "protest:velmora>osk", round=1).ok
    assert room.lesson.strike(bek, "protest:velmora>osk", round=1).code == "L013"
    assert room.lesson.sheets.keys(1, "velmora") == ("gesture:velmora",)


@pytest.mark.parametrize(("key", "part"), [
    ("inspect:velmora", "is not possible now: it needs that"),
    ("gesture:osk", "not a move of your seat"),
    ("no such thing", "There is no move"),
])
def test_what_the_rules_refuse_is_refused_with_their_reason(key: str, part: str):
    """Legality comes from the rules alone; the sheet is as it was."""
    room = two_delegations()
    answer = room.lesson.propose(room.people["Ani"], key, round=1)
    assert (answer.ok, answer.code) == (False, "L012")
    assert part in answer.sentence
    assert room.lesson.sheets.keys(1, "velmora") == ()


def test_a_request_that_comes_twice_is_done_once():
    """The second is answered like the first and says so; under the same number nothing else can be asked."""
    room = two_delegations()
    ani = room.people["Ani"]
    room.lesson.propose(ani, "gesture:velmora", round=1, once="a")
    first = room.lesson.file(ani, round=1, once="b")
    acts = len(room.lesson.acts)
    again = room.lesson.file(ani, round=1, once="b")
    assert (again.ok, again.again, again.sentence) == (True, True, first.sentence)
    assert room.lesson.propose(ani, "gesture:velmora", round=1, once="a").again
    assert room.lesson.file(ani, round=1, once="a").code == "L014"
    assert room.lesson.file(ani, round=1, once="x" * 65).code == "L014"
    assert len(room.lesson.acts) == acts
    # the number is the person's own
    assert not room.lesson.propose(room.people["Bek"], "protest:velmora>osk", round=1, once="a").again


def test_a_duplicate_of_an_earlier_round_is_answered_as_done():
    """A filing that arrives again after the round closed is told as done, and nothing is filed in the new one."""
    room = two_delegations()
    ani = room.people["Ani"]
    assert room.lesson.file(ani, round=1, once="b").ok
    room.order("Cem", "gesture:osk")
    room.look()
    assert room.lesson.match(1).round == 2
    assert room.lesson.file(ani, round=1, once="b").again
    assert room.lesson.match(1).filed("velmora") is None


def test_orders_for_a_round_that_is_not_open_are_answered_and_not_applied():
    """Late or early, for drafting and filing alike."""
    room = two_delegations()
    room.order("Ani", "gesture:velmora")
    room.order("Cem")
    room.look()
    for number in (1, 3, -1):
        for act in (lambda n: room.lesson.file(room.people["Ani"], round=n),
                    lambda n: room.lesson.propose(room.people["Ani"], "gesture:velmora", round=n),
                    lambda n: room.lesson.unfile(room.people["Ani"], round=n)):
            answer = act(number)
            assert (answer.ok, answer.code) == (False, "L011")
            assert "round 2 is" in answer.sentence
    assert room.lesson.match(1).filed("velmora") is None


def test_what_was_filed_can_be_taken_back_and_filed_anew():
    """While the round is open; the sheet stays, and differs from nothing any more."""
    room = two_delegations()
    ani = room.people["Ani"]
    room.order("Ani", "gesture:velmora")
    assert room.lesson.propose(ani, "protest:velmora>osk", round=1).ok
    assert room.lesson.sheet(ani).differs
    assert room.lesson.match(1).filed("velmora").moves == ("gesture:velmora",)
    assert room.lesson.unfile(ani, round=1).ok
    assert room.lesson.match(1).filed("velmora") is None
    assert room.lesson.file(ani, round=1).ok
    assert len(room.lesson.match(1).filed("velmora").moves) == 2


def test_nothing_is_filed_while_paused_and_sheets_can_be_drafted():
    """In the lobby not even that."""
    room = two_delegations()
    room.run("pause")
    assert room.lesson.file(room.people["Ani"], round=1).code == "L010"
    assert room.lesson.propose(room.people["Ani"], "gesture:velmora", round=1).ok


def test_an_unfiled_sheet_counts_when_time_runs_out():
    """What stands on it and still fits; who has nothing on it and is there passes; nobody there: a policy."""
    room = two_delegations()
    room.lesson.propose(room.people["Bek"], "gesture:velmora", round=1)
    room.lesson.disconnected(room.people["Cem"])
    room.wait(301)
    (played,) = room.lesson.match(1).rounds
    assert played.orders["velmora"].moves == ("gesture:velmora",)
    assert "velmora" not in played.choices
    assert "osk" in played.choices


def test_a_plan_can_let_the_unfiled_and_the_absent_pass():
    """Then neither sheet nor policy counts."""
    room = two_delegations(unfiled="pass", absent="pass")
    room.lesson.propose(room.people["Bek"], "gesture:velmora", round=1)
    room.lesson.disconnected(room.people["Cem"])
    room.wait(301)
    (played,) = room.lesson.match(1).rounds
    assert dict(played.orders) == {}
    assert dict(played.choices) == {}


def test_no_more_than_the_limits_allow():
    """Changes of a sheet within a minute are counted per person, and a minute later they are possible again."""
    from sim.lesson import Limits

    room = two_delegations(limits=Limits(orders_a_minute=2))
    ani = room.people["Ani"]
    for _ in range(2):
        room.lesson.propose(ani, "gesture:velmora", round=1)
    assert room.lesson.strike(ani, "gesture:velmora", round=1).code == "L015"
    assert room.lesson.propose(room.people["Bek"], "protest:velmora>osk", round=1).ok
    room.clock.step(61)
    assert room.lesson.strike(ani, "gesture:velmora", round=1).ok


def test_waiting_is_told():
    """Whose turn it is, who is waited for, and what else."""
    room = two_delegations()
    desk = room.lesson.desk(room.people["Ani"])
    assert desk.waits == ""
    room.order("Ani")
    assert desk.waits == "Waiting for Osk."
    room.lesson.disconnected(room.people["Cem"])
    assert desk.waits == "Waiting for Osk.", "a page that is loaded anew is no absence"
    room.clock.step(20)
    room.lesson.set_clock(FACILITATOR, on_all_filed=False)
    assert desk.waits == "Waiting for the time to run out."
    room.lesson.set_clock(FACILITATOR, on_time=False)
    assert desk.waits == "Waiting for the facilitator."
    room.run("pause")
    assert desk.waits == "The facilitator has paused the lesson."
