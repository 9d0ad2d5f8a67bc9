"""People: codes, tokens, names, heads of delegation, presence, seats that change hands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sim.lesson import FACILITATOR, OBSERVER
from sim.lesson.tokens import ALPHABET, hashed, new_code, shown, tidied
from sim.play import PERSON
from tests.lesson.classes import Class, bytes_of, two_delegations


def test_codes_are_short_and_cannot_be_misread():
    """Six signs of an alphabet in which nothing looks like anything else; typed with dashes and small letters they count."""
    assert not set(ALPHABET) & set("01258OILSZB")
    draw = bytes_of(3)
    codes = {new_code((), draw) for _ in range(300)}
    assert len(codes) == 300
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert all(tidied(f" {shown(code).lower()} ") == code for code in codes)


def test_every_seat_of_every_table_has_its_own_code():
    """Codes differ between mirror tables and lead to their seat; a wrong one is refused in a sentence."""
    room = Class(tables=3)
    codes = [room.code(seat, table) for table in (1, 2, 3) for seat in ("velmora", "osk", OBSERVER)]
    assert len(set(codes)) == 9
    assert (room.lesson.code_leads_to(codes[4]).table, room.lesson.code_leads_to(codes[4]).seat) == (2, "osk")
    answer, token = room.lesson.join("AAAAAA", "Ani")
    assert (answer.ok, answer.code, token) == (False, "L002", "")


def test_a_token_leads_to_its_person_and_only_its_hash_is_stored(tmp_path: Path):
    """The file holds neither token; a forged one, and one letter changed, lead to nobody."""
    room = Class(path=tmp_path / "l.detente")
    ani = room.come("Ani", "velmora")
    token = room.tokens["Ani"]
    assert room.lesson.who(token).id == ani
    assert room.lesson.who(room.token).role == "facilitator"
    for forged in ("", "x", token[:-1] + ("0" if token[-1] != "0" else "1"), hashed(token), "é" * 64):
        assert room.lesson.who(forged) is None
    room.lesson.close_file()
    with closing(sqlite3.connect(tmp_path / "l.detente")) as db:
        whole = "\n".join(db.iterdump())
    assert token not in whole
    assert room.token not in whole
    assert hashed(token) in whole


def test_tokens_can_be_taken_back():
    """Who leaves or is sent out is not known any more; a fresh token ends the old one; the facilitator's too."""
    room = Class()
    ani, bek = room.come("Ani", "velmora"), room.come("Bek", "velmora")
    assert room.lesson.leave(ani).ok
    assert room.lesson.who(room.tokens["Ani"]) is None
    assert not room.lesson.rename(ani, "Anahit").ok
    answer, token = room.lesson.readmit(FACILITATOR, bek)
    assert answer.ok
    assert room.lesson.who(room.tokens["Bek"]) is None
    assert room.lesson.who(token).id == bek
    assert room.lesson.remove(FACILITATOR, bek).ok
    assert room.lesson.who(token) is None
    fresh = room.lesson.facilitator_token()
    assert room.lesson.who(room.token) is None
    assert room.lesson.who(fresh).id == FACILITATOR


def test_names_are_told_apart_and_kept_clean():
    """A second Ani of a delegation is Ani 2; what cannot be printed or is too long is refused."""
    room = Class()
    room.come("Ani", "velmora")
    assert room.lesson.person(room.come("ani", "velmora")).name == "ani 2"
    assert room.lesson.person(room.come("  Ani ", "osk")).name == "Ani"
    for name in ("", "   ", "x" * 41, "A\x1b[2Jni", "A\u202eni"):
        answer, _ = room.lesson.join(room.code("osk"), name)
        assert (answer.ok, answer.code) == (False, "L016")


def test_the_first_heads_and_the_next_follows():
    """Who came first heads; the head can be passed on; when the head leaves the next in order follows."""
    room = Class()
    ani, bek, cem = (room.come(name, "velmora") for name in ("Ani", "Bek", "Cem"))
    assert room.lesson.person(ani).head
    assert not room.lesson.pass_head(bek, bek).ok
    assert room.lesson.pass_head(ani, cem).ok
    assert room.lesson.person(cem).head
    assert not room.lesson.person(ani).head
    room.lesson.leave(cem)
    assert room.lesson.person(ani).head
    other = room.come("Dag", "osk")
    assert room.lesson.pass_head(ani, other).code == "L006"


def test_a_head_who_is_away_can_be_replaced():
    """Not while the head is there, nor a moment after; then any member may, and a head who returns is a member."""
    room = Class()
    ani, bek = room.come("Ani", "velmora"), room.come("Bek", "velmora")
    assert "is there" in room.lesson.take_head(bek).sentence
    room.lesson.disconnected(ani)
    assert "a moment ago" in room.lesson.take_head(bek).sentence
    room.clock.step(room.lesson.plan.limits.head_away)
    assert room.lesson.take_head(bek).ok
    room.lesson.connected(ani)
    assert not room.lesson.person(ani).head


def test_presence_counts_screens():
    """Two screens and one that goes leave somebody there; listeners hear of coming and going alone."""
    room = Class()
    ani = room.come("Ani", "velmora")
    heard = []
    room.lesson.listen(lambda change: heard.append(change.kind))
    room.lesson.connected(ani)
    room.lesson.disconnected(ani)
    assert heard == []
    room.clock.step(7)
    room.lesson.disconnected(ani)
    room.lesson.disconnected(ani)
    room.clock.step(5)
    assert heard == ["presence"]
    (line,) = room.lesson.control_room(FACILITATOR).tables[0].seats[0].people
    assert (line.present, line.away) == (False, 5.0)


def test_who_reads_the_text_page_is_there():
    """A page keeps its reader's seat from a policy while a round is talked over, and is waited for; not for ever."""
    room = Class()
    room.come("Cem", "osk")
    answer, _ = room.lesson.join(room.code("velmora"), "Ani")
    heard = []
    room.lesson.listen(lambda change: heard.append(change.kind))
    room.lesson.reads(answer.id)
    room.lesson.reads(answer.id)
    assert heard == ["presence"]
    room.run("begin")
    room.wait(room.lesson.plan.limits.reading - 10)
    seat = room.lesson.control_room(FACILITATOR).tables[0].seats[0]
    assert (seat.status.present, seat.status.waited_for) == (1, True)
    room.wait(10 + room.lesson.plan.limits.away)
    seat = room.lesson.control_room(FACILITATOR).tables[0].seats[0]
    assert (seat.status.present, seat.status.waited_for) == (0, False)


def test_observers_read_along():
    """An observer has a desk of the public and no sheet; it can file for nobody."""
    room = two_delegations()
    guest = room.come("Eva", OBSERVER)
    assert room.lesson.desk(guest).seat == "public"
    assert room.lesson.file(guest, round=1).code == "L006"
    assert room.lesson.room(guest).members == ()


def test_a_seat_changes_hands_in_the_midst_of_a_round():
    """Given to a policy its delegation cannot file; given back before the round resolves, nothing was filed for it."""
    room = two_delegations()
    ani = room.people["Ani"]
    assert room.lesson.give(FACILITATOR, 1, "velmora", "persona").ok
    assert room.lesson.match(1).players["velmora"] == "persona"
    assert "policy plays" in room.lesson.file(ani, round=1).sentence
    assert room.lesson.match(1).filed("velmora") is None
    assert room.lesson.give(FACILITATOR, 1, "velmora", "delegation").ok
    assert room.lesson.match(1).players["velmora"] == PERSON
    assert room.lesson.file(ani, round=1).ok
    assert "Nobody called" in room.lesson.give(FACILITATOR, 1, "osk", "chance").sentence


def test_the_facilitator_takes_a_seat():
    """Only after taking it can the facilitator file for it, and its delegation cannot meanwhile."""
    room = two_delegations()
    assert "take the seat first" in room.lesson.file(FACILITATOR, round=1, seat="osk", table=1).sentence
    assert room.lesson.take(FACILITATOR, 1, "osk").ok
    assert "facilitator plays" in room.lesson.file(room.people["Cem"], round=1).sentence
    assert room.lesson.propose(FACILITATOR, "gesture:osk", round=1, seat="osk", table=1).ok
    assert room.lesson.file(FACILITATOR, round=1, seat="osk", table=1).ok
    assert room.lesson.match(1).filed("osk").moves == ("gesture:osk",)


def test_merged_seats_are_played_by_one_delegation():
    """The people of both act for both, one head files for each, a newcomer joins them; given back they are apart."""
    room = two_delegations()
    assert room.lesson.merge(FACILITATOR, 1, "osk", "velmora").ok
    ani, cem = room.people["Ani"], room.people["Cem"]
    assert room.lesson.person(cem).seats == ("velmora", "osk")
    assert not room.lesson.person(cem).head
    room.order("Ani", "gesture:velmora")
    room.order("Ani", "gesture:osk", seat="osk")
    room.look()
    assert room.lesson.match(1).round == 2
    assert room.lesson.person(room.come("Dag", "osk")).seat == "velmora"
    assert room.lesson.desk(ani, "osk").seat == "osk"
    assert room.lesson.give(FACILITATOR, 1, "osk", "delegation").ok
    assert room.lesson.person(ani).seats == ("velmora",)
    assert room.lesson.move(FACILITATOR, cem, 1, "osk").ok
    assert room.lesson.person(cem).head
    assert not room.lesson.merge(FACILITATOR, 1, "osk", "osk").ok


def test_a_new_code_ends_the_old_one():
    """Who comes late with the old code is told that it leads nowhere."""
    room = Class()
    old = room.code("osk")
    answer = room.lesson.new_code(FACILITATOR, 1, "osk")
    assert not room.lesson.join(old, "Ani")[0].ok
    assert room.lesson.join(answer.id, "Ani")[0].ok


def test_too_many_people_and_too_many_at_once():
    """Both are refused in a sentence."""
    from sim.lesson import Limits

    room = Class(limits=Limits(people=2, joins_a_minute=3))
    room.come("Ani", "velmora")
    room.come("Bek", "velmora")
    assert room.lesson.join(room.code("osk"), "Cem")[0].code == "L007"
    assert room.lesson.join(room.code("osk"), "Cem")[0].code == "L015"
