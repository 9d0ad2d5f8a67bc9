"""The clock of a round: time that runs, stands, is given, and clocks of the machine that jump."""

from __future__ import annotations

from sim.lesson import FACILITATOR
from sim.lesson.clock import LONGEST_STEP, Timer
from sim.lesson.rehearsal import FastClock
from tests.lesson.classes import two_delegations


def test_time_runs_only_while_it_should():
    """It stands until it goes, stands in a pause, and never falls below nothing."""
    clock = FastClock()
    timer = Timer(clock, 60)
    clock.step(10)
    assert timer.left == 60
    timer.go()
    clock.step(10)
    timer.stop()
    clock.step(10)
    assert timer.left == 50
    timer.extend(-100)
    assert timer.over
    assert Timer(clock).left is None


def test_a_jump_of_the_clock_costs_no_round():
    """Forward by a day it counts as a few seconds, backward as none; the clock of the day is not looked at."""
    room = two_delegations()
    room.clock.now += 86_400
    assert not room.lesson.tick()
    assert room.lesson.timer.left == 300 - LONGEST_STEP
    room.clock.now -= 500
    assert room.lesson.timer.left == 300 - LONGEST_STEP
    room.clock._wall -= 10 * 365 * 86_400
    room.lesson.tick()
    assert room.lesson.stage == "orders"
    room.clock.step(10)
    assert room.lesson.timer.left == 290 - LONGEST_STEP


def test_a_round_closes_when_time_has_run_out():
    """Not before; then the next one has its full time."""
    room = two_delegations()
    room.wait(290)
    assert room.lesson.match(1).round == 1
    room.wait(20)
    assert room.lesson.match(1).round == 2
    assert room.lesson.timer.left > 280


def test_a_round_closes_when_everybody_who_is_there_has_filed():
    """At once, and not while somebody who is there has not."""
    room = two_delegations()
    room.order("Ani")
    room.look()
    assert room.lesson.match(1).round == 1
    room.order("Cem")
    room.look()
    assert room.lesson.match(1).round == 2


def test_a_page_that_is_loaded_anew_is_no_absence():
    """A seat whose only screen goes for some seconds is waited for; gone for longer it is not, and a policy plays it."""
    room = two_delegations()
    room.order("Ani", "gesture:velmora")
    room.lesson.disconnected(room.people["Cem"])
    room.wait(10)
    assert room.lesson.match(1).round == 1
    room.lesson.connected(room.people["Cem"])
    room.wait(30)
    assert room.lesson.match(1).round == 1
    room.lesson.disconnected(room.people["Cem"])
    room.wait(20)
    (played,) = room.lesson.match(1).rounds
    assert "osk" in played.choices


def test_nobody_there_is_not_everybody():
    """A class that has not come yet does not race through the rounds."""
    room = two_delegations()
    for who in room.people.values():
        room.lesson.disconnected(who)
    room.look()
    assert room.lesson.match(1).round == 1


def test_the_facilitator_can_keep_both_from_happening():
    """Neither all filed nor time resolves then; the facilitator is told once that time is up, and resolves."""
    room = two_delegations(on_all_filed=False, on_time=False)
    heard = []
    room.lesson.listen(lambda change: heard.append(change.kind))
    room.order("Ani")
    room.order("Cem")
    room.wait(400)
    assert room.lesson.match(1).round == 1
    assert heard.count("clock") == 1
    assert room.lesson.control_room(FACILITATOR).time_is_up
    room.run("resolve")
    assert room.lesson.file(room.people["Ani"], round=1).code == "L010"
    room.look()
    assert room.lesson.match(1).round == 2


def test_pause_extend_and_other_minutes():
    """A pause stops the clock, minutes are added, and rounds to come take the new number; 0 is without a limit."""
    room = two_delegations()
    room.wait(60)
    room.run("pause")
    room.wait(600)
    assert room.lesson.timer.left == 240
    room.run("resume")
    assert room.lesson.extend(FACILITATOR, 2).ok
    assert room.lesson.timer.left == 360
    assert room.lesson.set_clock(FACILITATOR, minutes=1).ok
    assert room.lesson.timer.left == 360
    room.wait(361)
    assert room.lesson.match(1).round == 2
    assert 40 < room.lesson.timer.left <= 60
    assert room.lesson.set_clock(FACILITATOR, minutes=0).ok
    room.wait(120)
    assert room.lesson.room(room.people["Ani"]).left is None
    assert not room.lesson.extend(FACILITATOR, 1).ok
    for minutes in (-1, 1e9):
        assert not room.lesson.set_clock(FACILITATOR, minutes=minutes).ok
    assert not room.lesson.extend(room.people["Ani"], 9).ok


def test_mirror_tables_keep_step():
    """A round closes at all tables together; a table whose match is over waits for the others."""
    room = two_delegations(tables=2)
    room.come("Dag", "velmora", 2)
    room.order("Ani")
    room.order("Cem")
    room.look()
    assert [match.round for match in room.lesson.matches] == [1, 1]
    assert room.lesson.desk(room.people["Ani"]).waits == "Waiting for the other tables."
    room.order("Dag")
    room.look()
    assert [match.round for match in room.lesson.matches] == [2, 2]
    one, two = room.lesson.matches
    assert one.seed != two.seed
    one.control("It begins", {"tension": 100})
    room.run("resolve")
    room.look()
    assert (one.ended, two.ended, room.lesson.stage) == (True, False, "orders")
    assert "over at this table" in room.lesson.desk(room.people["Ani"]).waits
    assert room.lesson.file(room.people["Ani"], round=2).code == "L011"
    for _ in range(5):
        room.run(*(["resolve"] if room.lesson.stage == "orders" else []))
        room.look()
    assert room.lesson.stage == "debrief"
