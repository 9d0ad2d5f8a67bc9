"""A desk in class: the screens of solo play over a lesson's match."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from sim.errors import SaveError, UsageError
from sim.lesson import FACILITATOR
from sim.tui.table import Desk
from tests.lesson.classes import two_delegations


def test_a_desk_has_all_that_the_screens_ask_for():
    """Every member of the protocol of the terminal app is there, with the same parameters."""
    room = two_delegations()
    desk = room.lesson.desk(room.people["Ani"])
    for name, member in vars(Desk).items():
        if name.startswith("_"):
            continue
        found = getattr(desk, name)
        if inspect.isfunction(member):
            wanted = [p for p in inspect.signature(member).parameters.values() if p.name != "self"]
            have = inspect.signature(found).parameters
            assert all(p.name in have for p in wanted), name


def test_orders_go_to_the_sheet_and_the_head_hands_it_in():
    """What one member adds the other sees; who does not head is told who does; the lesson resolves."""
    room = two_delegations()
    mine, his = room.lesson.desk(room.people["Ani"]), room.lesson.desk(room.people["Bek"])
    assert his.add("gesture:velmora") is None
    assert [item.key for item in mine.filed()] == ["gesture:velmora"]
    assert mine.spending() == (1, 1)
    assert "is not possible now" in mine.add("inspect:velmora")
    assert "Ani heads" in his.hand_in()
    assert room.lesson.match(1).filed("velmora") is None
    assert mine.hand_in() is None
    assert room.lesson.match(1).filed("velmora").moves == ("gesture:velmora",)
    assert mine.think() == {}
    with pytest.raises(UsageError) as caught:
        mine.resolve({})
    assert (caught.value.code, caught.value.sentence) == ("L020", "Waiting for Osk.")


def test_a_line_of_another_is_kept():
    """Removing it is refused in a sentence, as a file that cannot be written would be."""
    room = two_delegations()
    mine, his = room.lesson.desk(room.people["Ani"]), room.lesson.desk(room.people["Bek"])
    mine.add("gesture:velmora")
    with pytest.raises(SaveError, match="Ani put that there"):
        his.remove("gesture:velmora")
    his.remove("protest:velmora>osk")
    mine.remove("gesture:velmora")
    assert mine.filed() == ()


def test_a_desk_stands_still_until_it_is_refreshed():
    """A screen of round 1 goes on saying round 1, its orders are answered as late; refreshed it is in round 2."""
    room = two_delegations()
    desk = room.lesson.desk(room.people["Ani"])
    desk.add("gesture:velmora")
    assert desk.situation().round == 1
    room.order("Ani")
    room.order("Cem", "gesture:osk")
    room.look()
    assert desk.behind
    assert desk.situation().round == 1
    assert desk.filed() == ()
    assert "round 2 is" in desk.add("protest:velmora>osk")
    assert desk.refresh()
    assert not desk.behind
    assert desk.situation().round == 2
    assert any("conciliatory gesture" in line.text for line in desk.dispatches())
    assert desk.add("gesture:velmora") is None


def test_a_desk_goes_back_with_a_round_that_is_taken_back():
    """Its news and its timeline are those of the round before."""
    room = two_delegations()
    desk = room.lesson.desk(room.people["Ani"])
    room.order("Cem", "gesture:osk")
    room.run("resolve")
    room.look()
    desk.refresh()
    assert len(desk.wire()) > 0
    room.lesson.undo(FACILITATOR)
    desk.refresh()
    assert desk.situation().round == 1
    assert "conciliatory" not in str(desk.wire())


def test_steps_that_are_the_facilitators():
    """Undo, branches and another file are refused to members; the facilitator's desk takes a round back."""
    room = two_delegations()
    room.run("resolve")
    room.look()
    desk = room.lesson.desk(room.people["Ani"])
    for act in (desk.undo, lambda: desk.branch(1), lambda: desk.go(0), lambda: desk.save(Path("x")), desk.save):
        with pytest.raises(UsageError) as caught:
            act()
        assert caught.value.code == "L021"
    assert desk.begun is False
    assert "taken back" in room.lesson.desk(FACILITATOR).undo()


def test_who_only_watches_orders_nothing():
    """The facilitator's desk of control and an observer's have no sheet."""
    room = two_delegations()
    eva = room.come("Eva", "observer")
    for desk in (room.lesson.desk(eva), room.lesson.desk(FACILITATOR)):
        assert desk.menu().groups == ()
        assert desk.filed() == ()
        assert desk.sheet() is None
        assert "watches" in desk.add("gesture:velmora")
        assert "watches" in desk.hand_in()
        assert desk.situation().round == 1


def test_at_the_end_every_desk_has_the_last_page():
    """The ending that the terminal app shows."""
    room = two_delegations()
    while room.lesson.stage == "orders":
        room.run("resolve")
        room.look()
    desk = room.lesson.desk(room.people["Ani"])
    assert desk.over
    assert desk.ending().title
    assert desk.waits == "The debrief is open."
