"""No delegation learns another's secrets, whatever it asks (F6): two lessons equal in its view give it equal answers."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.lesson import FACILITATOR, OBSERVER
from sim.rules import masked
from tests.lesson.classes import Class, two_delegations

SECRET = "The closed lane is our only lever"


def quiet() -> Class:
    """Nothing happens at Osk but that it files."""
    return happened(two_delegations(on_all_filed=False, unfiled="pass", absent="pass"))


def busy() -> Class:
    """At Osk secrets stand otherwise, drafts are struck, words are exchanged, the facilitator notes and plans."""
    room = two_delegations(on_all_filed=False, unfiled="pass", absent="pass")
    lesson, cem = room.lesson, room.people["Cem"]
    lesson.propose(cem, "gesture:osk", round=1)
    lesson.propose(cem, "protest:osk>velmora", round=1)
    lesson.strike(cem, "gesture:osk", round=1)
    lesson.strike(cem, "protest:osk>velmora", round=1)
    lesson.send(cem, (), SECRET)
    lesson.send(cem, ("facilitator",), SECRET)
    lesson.send(FACILITATOR, ("osk",), SECRET, table=1)
    lesson.note(FACILITATOR, SECRET)
    lesson.release(FACILITATOR, 1, lesson.improvise(
        FACILITATOR, 1, {"text": SECRET, "seen": "osk", "change": {"standing": 7}}).id)
    lesson.improvise(FACILITATOR, 1, {"text": SECRET})
    lesson.hold(FACILITATOR, 1, "storm")
    lesson.arm(FACILITATOR, 1, "storm")
    return happened(room)


def happened(room: Class) -> Class:
    """The same in both: orders, a round that closes, a message and a paper of Velmora's."""
    room.come("Eva", OBSERVER)
    room.order("Ani", "protest:velmora>osk")
    room.order("Cem", "gesture:osk")
    room.run("resolve")
    room.look()
    room.lesson.send(room.people["Ani"], ("public",), "Open the lane.")
    room.lesson.open_paper(room.people["Ani"], "A text", ("osk",))
    return room


def everything(room: Class, name: str) -> dict:
    """All that somebody can get a lesson to say."""
    lesson, who = room.lesson, room.people[name]
    desk = lesson.desk(who)
    seat = lesson.person(who).seat
    out = {
        "room": lesson.room(who), "messages": lesson.messages(who), "papers": lesson.papers(who), "waits": desk.waits,
        "situation": desk.situation(), "menu": desk.menu(), "wire": desk.wire(), "series": desk.series(),
        "phases": desk.phases(), "draft": desk.draft(), "timeline": desk.timeline(), "branches": desk.branches(),
        "silent": desk.silent(), "reasons": desk.reasons(), "log": desk.match.log(desk.seat),
        "history": desk.match.history(desk.seat),
    }
    if seat:
        moves = [move.key for move in room.lesson.match(1).game.moves]
        out["sheet"] = lesson.sheet(who)
        out["refusals"] = [lesson.propose(who, key, round=2) for key in moves]
        out["filed"] = lesson.file(who, round=2)
        out["sent"] = lesson.send(who, ("osk",), "Hello.")
        out["drafted"] = lesson.open_paper(who, "Another", ("osk",))
    return out


@pytest.mark.parametrize("name", ["Ani", "Bek", "Eva"])
def test_lessons_that_differ_in_what_osk_alone_knows_are_the_same_to_others(name: str):
    """Every screen and every answer is equal, ids and numbers too; to Osk they are not."""
    one, two = quiet(), busy()
    assert one.lesson.match(1).state != two.lesson.match(1).state
    told, also = everything(one, name), everything(two, name)
    for what, found in told.items():
        # where the match stands among its entries is control's
        assert plain(found) == plain(also[what]), what
    assert SECRET not in str(also)
    assert SECRET in str(two.lesson.messages(two.people["Cem"]))


def plain(found: object) -> str:
    """What is said, without the numbers of entries, which no screen shows."""
    import re

    return re.sub(r"\b(head|entry)=\d+", r"\1", str(found))


def test_a_desk_holds_no_filing_of_another_seat():
    """Nor a line that was taken back: its copy of the match has neither."""
    room = quiet()
    room.lesson.undo(FACILITATOR)
    room.order("Cem", "gesture:osk")
    desk = room.lesson.desk(room.people["Ani"])
    assert desk.match.tree.filed == {}
    assert len(desk.match.entries) == 1
    for view in desk.match.history("velmora"):
        assert view.values == masked(desk.match.game, view.values, "velmora")


def test_changes_name_nobody_whom_they_do_not_concern():
    """What Osk drafts and says to itself is announced to Osk alone, the facilitator's tray to nobody else."""
    room = two_delegations()
    heard = []
    room.lesson.listen(heard.append)
    room.lesson.propose(room.people["Cem"], "gesture:osk", round=1)
    room.lesson.send(room.people["Cem"], (), SECRET)
    assert {change.seats for change in heard} == {frozenset(("osk",))}
    heard.clear()
    room.lesson.hold(FACILITATOR, 1, "storm")
    room.lesson.note(FACILITATOR, SECRET)
    assert {change.seats for change in heard} == {frozenset()}


def test_tables_are_apart():
    """At another table nothing of this one is read, not even what is public."""
    room = two_delegations(tables=2)
    far = room.come("Far", "osk", 2)
    room.lesson.send(room.people["Ani"], ("public",), SECRET)
    room.lesson.open_paper(room.people["Ani"], SECRET, ("osk",))
    assert room.lesson.messages(far) == ()
    assert room.lesson.papers(far) == ()
    with pytest.raises(UsageError, match="another delegation"):
        room.lesson.sheet(far, "velmora", 1)
    # a member's table is its own, whatever it asks for
    assert room.lesson.sheet(far, table=1).table == 2


def test_who_left_reads_nothing_any_more():
    """Every way of looking is closed with the token."""
    room = two_delegations()
    bek = room.people["Bek"]
    room.lesson.remove(FACILITATOR, bek)
    for look in (lambda: room.lesson.room(bek), lambda: room.lesson.messages(bek), lambda: room.lesson.desk(bek),
                 lambda: room.lesson.sheet(bek), lambda: room.lesson.papers(bek)):
        with pytest.raises(UsageError, match="not in this lesson"):
            look()
