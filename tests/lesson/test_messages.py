"""Messages, notes verbales and papers: who reads them, what they may be, and what the facilitator can take away."""

from __future__ import annotations

import pytest

from sim.lesson import FACILITATOR, OBSERVER, Limits
from tests.lesson.classes import Class, flagship, two_delegations

THREE = ("armenia", "azerbaijan", "russia")


def three_delegations(**change) -> Class:
    """Ani, Bek and Cem head three seats of the large scenario; round 1 is open."""
    room = Class(loaded=flagship(), until=3, **change)
    for name, seat in zip(("Ani", "Bek", "Cem"), THREE, strict=True):
        room.come(name, seat)
    room.run("begin")
    return room


def texts(room: Class, name: str) -> list[str]:
    """What somebody reads."""
    return [message.text for message in room.lesson.messages(room.people[name])]


def test_messages_reach_whom_they_are_for():
    """Bilateral, to several, to one's own delegation, to the facilitator, to everybody; nobody else reads them."""
    room = three_delegations()
    room.come("Dag", "armenia")
    room.come("Eva", OBSERVER)
    ani = room.people["Ani"]
    for to, text in (((), "Among us."), (("russia",), "To Moscow."), (("azerbaijan", "russia"), "To both."),
                     (("facilitator",), "Help."), (("public",), "To all.")):
        assert room.lesson.send(ani, to, text).ok
    assert texts(room, "Dag") == ["Among us.", "To Moscow.", "To both.", "Help.", "To all."]
    assert texts(room, "Bek") == ["To both.", "To all."]
    assert texts(room, "Cem") == ["To Moscow.", "To both.", "To all."]
    assert texts(room, "Eva") == ["To all."]
    assert len(room.lesson.messages(FACILITATOR)) == 5
    last = room.lesson.messages(room.people["Cem"])[1]
    assert (last.sender, last.name, last.to, last.round, last.number) == ("armenia", "Ani", ("azerbaijan", "russia"), 1, 2)


def test_the_facilitator_writes_to_seats_and_to_everybody():
    """A seat's answer to the facilitator is read by nobody else; a broadcast reaches all tables, or one."""
    room = three_delegations(tables=2)
    far = room.come("Far", "armenia", 2)
    assert room.lesson.send(FACILITATOR, ("armenia",), "Your government asks why.", table=1).ok
    assert room.lesson.broadcast(FACILITATOR, "Five minutes.").ok
    assert room.lesson.broadcast(FACILITATOR, "Table two only.", table=2).ok
    assert texts(room, "Ani") == ["Your government asks why.", "Five minutes."]
    assert texts(room, "Bek") == ["Five minutes."]
    assert texts(room, "Far") == ["Five minutes.", "Table two only."]
    assert room.lesson.room(far).broadcast == "Table two only."


def test_ids_and_numbers_tell_nothing_of_what_others_write():
    """The same message has the same id and number whether others wrote before it or not."""
    quiet, busy = three_delegations(), three_delegations()
    for _ in range(3):
        busy.lesson.send(busy.people["Bek"], ("russia",), "Between us.")
    busy.lesson.open_paper(busy.people["Bek"], "A text", ("russia",))
    for room in (quiet, busy):
        room.lesson.send(room.people["Ani"], ("public",), "Hello.")
    assert quiet.lesson.messages(quiet.people["Ani"]) == busy.lesson.messages(busy.people["Ani"])
    answers = [room.lesson.open_paper(room.people["Ani"], "Ours", ("russia",)) for room in (quiet, busy)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("to", "text", "code"), [
    (("ruritania",), "Hello.", "L017"), (("russia",), "  \n ", "L016"), (("russia",), "x" * 2001, "L016"),
    (("russia",), "A\x1b[2J", "L016"), (("russia",), "a\u202eb", "L016"),
])
def test_messages_that_cannot_be_sent(to: tuple[str, ...], text: str, code: str):
    """Each is refused in one sentence and stored nowhere."""
    room = three_delegations()
    answer = room.lesson.send(room.people["Ani"], to, text)
    assert (answer.ok, answer.code) == (False, code)
    assert answer.sentence.endswith(".")
    assert texts(room, "Ani") == []


def test_a_note_verbale_has_its_form():
    """The third person, a number of its own, a subject, what it asks; only the head sends it, and to delegations alone."""
    room = three_delegations()
    room.come("Dag", "armenia")
    form = {"subject": "Border posts", "asks": "consultations"}
    answer = room.lesson.send(room.people["Ani"], ("russia",), "Posts were moved.", kind="verbale", form=form)
    assert answer.ok
    (note,) = room.lesson.messages(room.people["Cem"])
    assert note.kind == "verbale"
    assert note.text.startswith("Note verbale No. 1: Border posts\n\nThe Ministry of Foreign Affairs in Yerevan presents its "
                                "compliments to Moscow")
    assert "proposes consultations at an early date." in note.text
    reply = room.lesson.send(room.people["Cem"], ("armenia",), "Noted.", kind="verbale",
                             form={"subject": "Your note", "asks": "nothing", "reply_to": note.id})
    assert reply.ok
    again = room.lesson.send(room.people["Ani"], ("russia",), "Again.", kind="verbale", form=form)
    assert room.lesson.messages(room.people["Cem"])[-1].form["number"] == "2"
    assert again.ok
    for who, to, change, code in ((room.people["Dag"], ("russia",), {}, "L005"), (room.people["Ani"], ("public",), {}, "L017"),
                                  (room.people["Ani"], (), {}, "L017"), (room.people["Ani"], ("russia",), {"asks": "war"}, "L019"),
                                  (room.people["Bek"], ("armenia",), {"reply_to": note.id}, "L019"),
                                  (room.people["Ani"], ("russia",), {"subject": ""}, "L016")):
        assert room.lesson.send(who, to, "Text.", kind="verbale", form={**form, **change}).code == code


def test_what_is_hidden_keeps_its_place():
    """Its text is gone from every screen but the facilitator's, with the reason, and can come back."""
    room = three_delegations()
    id = room.lesson.send(room.people["Ani"], ("public",), "Rude words.").id
    assert room.lesson.hide(FACILITATOR, id, True, "Rude.").ok
    (message,) = room.lesson.messages(room.people["Bek"])
    assert (message.text, message.hidden, message.why, message.number) == ("", True, "Rude.", 1)
    assert room.lesson.messages(FACILITATOR)[0].text == "Rude words."
    assert room.lesson.hide(FACILITATOR, id, False).ok
    assert texts(room, "Bek") == ["Rude words."]
    assert not room.lesson.hide(room.people["Bek"], id, True).ok
    assert not room.lesson.hide(FACILITATOR, "000000000000", True).ok


def test_who_is_muted_reads_and_orders():
    """But writes neither messages nor papers until it may again."""
    room = two_delegations()
    ani = room.people["Ani"]
    assert room.lesson.mute(FACILITATOR, ani, True).ok
    assert room.lesson.send(ani, ("osk",), "Hello.").code == "L018"
    assert room.lesson.open_paper(ani, "A text", ("osk",)).code == "L018"
    assert room.lesson.propose(ani, "gesture:velmora", round=1).ok
    room.lesson.mute(FACILITATOR, ani, False)
    assert room.lesson.send(ani, ("osk",), "Hello.").ok


def test_messages_are_limited_in_number():
    """So many a minute and person; a request that comes twice is one message."""
    room = two_delegations(limits=Limits(messages_a_minute=2))
    ani = room.people["Ani"]
    assert room.lesson.send(ani, ("osk",), "One.", once="1").id == room.lesson.send(ani, ("osk",), "One.", once="1").id
    room.lesson.send(ani, ("osk",), "Two.")
    refused = room.lesson.send(ani, ("osk",), "Three.")
    assert (refused.code, "2 messages within a minute" in refused.sentence) == ("L015", True)
    assert texts(room, "Cem") == ["One.", "Two."]
    room.clock.step(60)
    assert room.lesson.send(ani, ("osk",), "Three.").ok


def test_the_lobby_and_the_closed_lesson():
    """In the lobby a delegation talks among itself and to the facilitator; in a closed lesson nobody writes."""
    room = Class()
    ani = room.come("Ani", "velmora")
    room.come("Cem", "osk")
    assert room.lesson.send(ani, ("osk",), "Hello.").code == "L010"
    assert room.lesson.send(ani, (), "Who heads?").ok
    assert room.lesson.send(ani, ("facilitator",), "We are here.").ok
    room.run("close")
    assert room.lesson.send(ani, (), "Bye.").code == "L010"


def test_what_is_unread_is_counted():
    """Until it is read up to a number; new messages alone can be asked for."""
    room = two_delegations()
    for n in range(3):
        room.lesson.send(room.people["Ani"], ("osk",), f"{n}")
    cem = room.people["Cem"]
    assert room.lesson.room(cem).unread == 3
    room.lesson.read_up_to(cem, 2)
    assert room.lesson.room(cem).unread == 1
    assert [m.text for m in room.lesson.messages(cem, since=2)] == ["2"]


def test_listeners_hear_only_for_whom_a_message_is():
    """The change names the seats that read it and no word of it."""
    room = three_delegations()
    heard = []
    room.lesson.listen(heard.append)
    room.lesson.send(room.people["Ani"], ("russia",), "Secret words.")
    assert heard[0].seats == frozenset(("armenia", "russia"))
    assert "Secret" not in str(heard)


# -- papers


def test_a_paper_grows_from_brackets():
    """A wording is in brackets until every other party agrees; then it is the text and the other wordings go."""
    room = three_delegations()
    ani, bek, cem = (room.people[name] for name in ("Ani", "Bek", "Cem"))
    id = room.lesson.open_paper(ani, "Non-paper", ("azerbaijan", "russia")).id

    def paper():
        return room.lesson.papers(bek)[0]

    assert room.lesson.bracket(ani, id, 0, "The sides withdraw.", base=0).ok
    assert room.lesson.bracket(bek, id, 1, "The sides consult.", base=paper().revision).ok
    assert paper().lines() == ("1. [armenia: The sides withdraw.] [azerbaijan: The sides consult.]",)
    assert room.lesson.agree(cem, id, 1, "azerbaijan", base=paper().revision).ok
    assert paper().paragraphs[0].brackets[1].agreed == ("azerbaijan", "russia")
    assert room.lesson.agree(ani, id, 1, "azerbaijan", base=paper().revision).ok
    assert paper().lines() == ("1. The sides consult.",)
    assert room.lesson.bracket(cem, id, 1, "", base=paper().revision).ok
    assert paper().lines() == ("1. The sides consult. [russia: strike]",)
    for who in (ani, bek):
        assert room.lesson.agree(who, id, 1, "russia", base=paper().revision).ok
    assert paper().paragraphs == ()
    assert "binds nobody" in paper().note


def test_a_paper_has_no_effect_on_the_match():
    """The state is the same before and after a whole text was agreed."""
    room = two_delegations()
    before = room.lesson.match(1).state
    id = room.lesson.open_paper(room.people["Ani"], "Deal", ("osk",)).id
    room.lesson.bracket(room.people["Ani"], id, 0, "Osk opens both lanes.", base=0)
    room.lesson.agree(room.people["Cem"], id, 1, "velmora", base=1)
    assert room.lesson.papers(room.people["Cem"])[0].lines() == ("1. Osk opens both lanes.",)
    assert room.lesson.match(1).state == before


def test_who_has_not_seen_the_latest_wording_is_told_so():
    """A yes to what has changed meanwhile is no yes; other paragraphs do not matter."""
    room = two_delegations()
    ani, cem = room.people["Ani"], room.people["Cem"]
    id = room.lesson.open_paper(ani, "Deal", ("osk",)).id
    room.lesson.bracket(ani, id, 0, "One lane.", base=0)
    room.lesson.bracket(ani, id, 0, "Engineers meet.", base=0)
    assert room.lesson.bracket(ani, id, 1, "Both lanes.", base=2).ok
    stale = room.lesson.agree(cem, id, 1, "velmora", base=2)
    assert (stale.ok, stale.code) == (False, "L040")
    assert room.lesson.agree(cem, id, 2, "velmora", base=2).ok
    assert room.lesson.unbracket(ani, id, 1, base=9).ok
    assert room.lesson.agree(cem, id, 1, "velmora", base=9).code == "L040"


def test_a_paper_is_its_parties_alone():
    """Others do not learn that there is one; members draft, heads agree; the facilitator takes a wording out."""
    room = three_delegations()
    ani, bek, cem = (room.people[name] for name in ("Ani", "Bek", "Cem"))
    dag = room.come("Dag", "azerbaijan")
    id = room.lesson.open_paper(ani, "Two of us", ("azerbaijan",)).id
    assert room.lesson.papers(cem) == ()
    for known in (id, "000000000000"):
        answer = room.lesson.bracket(cem, known, 0, "Me too.", base=0)
        assert (answer.code, answer.sentence) == ("L041", "You have no part in such a paper.")
    assert room.lesson.bracket(dag, id, 0, "Something rude.", base=0).ok
    assert room.lesson.agree(dag, id, 1, "azerbaijan", base=1).code == "L005"
    assert room.lesson.agree(bek, id, 1, "azerbaijan", base=1).again
    assert room.lesson.unbracket(FACILITATOR, id, 1, base=1, whose="azerbaijan").ok
    assert room.lesson.papers(FACILITATOR)[0].paragraphs == ()
    assert room.lesson.open_paper(ani, "Alone", ()).code == "L017"
