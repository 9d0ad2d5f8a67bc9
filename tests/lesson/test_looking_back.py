"""What a seat is told to do, what it has not read, how a paper came about, and what the debrief shows before an ending."""

from __future__ import annotations

import pytest

from sim.lesson import FACILITATOR
from tests.lesson.classes import restarted, two_delegations


def now(room, name):
    """What somebody's first line says."""
    return room.lesson.room(room.people[name]).now


def test_everybody_is_told_what_to_do_now():
    """The head files, the others propose, who has filed waits, a changed sheet is not what was filed; paused is paused."""
    room = two_delegations()
    assert now(room, "Ani") == "Your turn: choose moves, then file the sheet."
    assert now(room, "Bek") == "Your turn: put moves on the sheet; Ani files it."
    room.order("Ani", "gesture:velmora")
    assert now(room, "Ani") == now(room, "Bek") == "Your orders are filed. Waiting for Osk."
    room.lesson.strike(room.people["Ani"], "gesture:velmora", round=1)
    assert now(room, "Ani") == "The sheet has changed since you filed it; file it again."
    assert now(room, "Bek") == "The sheet has changed since it was filed."
    room.run("pause")
    assert "paused" in now(room, "Cem")
    room.run("resume", "debrief")
    assert now(room, "Cem").startswith("The debrief is open")


def test_ones_own_message_is_no_news_and_reading_takes_the_mark_away(tmp_path):
    """A message is new to who did not write it until they have read up to it; each for themselves, also after a restart."""
    room = two_delegations(path=tmp_path / "lesson.detente")
    ani, bek = room.people["Ani"], room.people["Bek"]
    room.lesson.send(ani, ("osk",), "One.")
    room.lesson.send(room.people["Cem"], ("velmora",), "Two.")
    assert [m.new for m in room.lesson.messages(ani)] == [False, True]
    assert [m.new for m in room.lesson.messages(bek)] == [True, True]
    room.lesson.read_up_to(bek, 2)
    assert (room.lesson.room(ani).unread, room.lesson.room(bek).unread) == (1, 0)
    restarted(room)
    assert (room.lesson.room(ani).unread, room.lesson.room(bek).unread) == (1, 0)


def test_a_paper_tells_its_versions_and_who_has_not_looked(tmp_path):
    """Every change is a version with the text as it stood; a change of others is new until looked at, also after a restart."""
    room = two_delegations(path=tmp_path / "lesson.detente")
    ani, cem = room.people["Ani"], room.people["Cem"]
    paper = room.lesson.open_paper(ani, "Statement", ("osk",)).id
    assert (room.lesson.room(ani).papers, room.lesson.room(cem).papers) == (0, 1)
    room.lesson.bracket(ani, paper, 0, "One.", base=0)
    room.lesson.bracket(cem, paper, 1, "Two.", base=1)
    room.lesson.agree(ani, paper, 1, "osk", base=2)
    found = room.lesson.papers(cem)[0]
    assert [(v.revision, v.seat, v.did) for v in found.versions] == [
        (1, "velmora", "proposed"), (2, "osk", "bracketed"), (3, "velmora", "taken")]
    assert [v.paragraphs[0].text for v in found.versions] == ["", "", "Two."]
    room.lesson.look_at(cem, paper, 3)
    assert (room.lesson.room(cem).papers, room.lesson.papers(cem)[0].seen) == (0, 3)
    assert restarted(room).lesson.room(cem).papers == 0
    assert room.lesson.papers(ani)[0].versions == found.versions


def test_the_debrief_before_an_ending_shows_where_it_stands_and_the_own_score_alone():
    """One score, one closed round, no ending; played on, the desk is as before."""
    room = two_delegations()
    room.order("Ani", "gesture:velmora")
    room.order("Cem")
    room.look()
    desk = room.lesson.desk(room.people["Cem"])
    assert (desk.over, desk.ending()) == (False, None)
    room.run("debrief")
    page = desk.ending()
    assert (desk.over, page.id) == (True, "")
    assert [score.seat for score in page.scores] == ["osk"]
    assert len(page.points) == 2
    assert "One round has been played" in page.text
    room.run("reopen")
    assert (desk.over, desk.ending()) == (False, None)


@pytest.mark.parametrize("name", ["Ani", "Cem"])
def test_what_was_hidden_is_shown_in_the_debrief_once_it_is_allowed_and_never_before(name, tmp_path):
    """A desk on everything: only in the debrief, only when revealed, without rounds that were taken back; journaled."""
    room = two_delegations(path=tmp_path / "lesson.detente")
    who = room.people[name]
    room.order("Ani", "protest:velmora>osk")
    room.order("Cem")
    room.look()
    room.lesson.undo(FACILITATOR)
    room.order("Ani")
    room.order("Cem")
    room.look()
    assert not room.lesson.reveal(who, True).ok
    assert room.lesson.reveal(FACILITATOR, True).ok
    assert room.lesson.everything(who) is None
    room.run("debrief")
    whole = room.lesson.everything(who)
    assert [score.seat for score in whole.ending().scores] == ["velmora", "osk"]
    assert len(whole.branches()) == 1
    assert whole.add("protest:velmora>osk") is not None
    assert restarted(room).lesson.everything(who) is not None
    room.lesson.reveal(FACILITATOR, False)
    assert room.lesson.everything(who) is None
    assert not room.lesson.room(who).revealed
