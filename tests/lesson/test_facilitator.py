"""What a facilitator does to a match: injects, rounds that are taken back; and what seats learn of it."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.lesson import FACILITATOR, OBSERVER
from sim.play import Match
from sim.rules import CONTROL, due, fold, release
from tests.lesson.classes import Class, flagship, two_delegations

BLOCK = {"text": "A mediator arrives at the bridge.", "change": {"tension": -9}, "set": {"met": True}}


def value(match: Match, name: str) -> int:
    """A variable as it is."""
    return match.state.values[match.game.index[name]]


def close(room: Class, times: int = 1) -> None:
    """Close rounds by hand."""
    for _ in range(times):
        room.run("resolve")
        room.look()


def item(room: Class, id: str, table: int = 1):
    """An inject of the tray."""
    return next(it for it in room.lesson.tray(FACILITATOR, table) if it.id == id)


# -- injects of the scenario


def test_an_inject_comes_by_itself_unless_it_is_held():
    """The storm of round 3 comes; held it does not come, in no later round either; released it happens at once."""
    room, held = two_delegations(), two_delegations()
    assert held.lesson.hold(FACILITATOR, 1, "storm").ok
    close(room, 2)
    close(held, 2)
    assert (item(room, "storm").status, item(held, "storm").status) == ("released", "held")
    assert item(held, "storm").due
    close(held)
    assert value(held.lesson.match(1), "fired.storm") == 0
    tension = value(held.lesson.match(1), "tension")
    assert held.lesson.release(FACILITATOR, 1, "storm").ok
    assert value(held.lesson.match(1), "tension") == tension + 2
    assert held.lesson.match(1).log("velmora")[-1].id == "storm"
    assert held.lesson.release(FACILITATOR, 1, "storm").code == "L030"


def test_an_inject_can_be_released_before_it_is_due():
    """It happens then, and not again when it is due; on the wire it is told in the author's words."""
    room = two_delegations()
    assert room.lesson.release(FACILITATOR, 1, "storm", once="s").ok
    assert room.lesson.release(FACILITATOR, 1, "storm", once="s").again
    for late in (room.lesson.hold(FACILITATOR, 1, "storm"), room.lesson.queue(FACILITATOR, 1, "storm", 3)):
        assert (late.ok, "has happened already" in late.sentence) == (False, True)
    desk = room.lesson.desk(room.people["Ani"])
    assert any("storm damages the railing" in line.text for line in desk.dispatches())
    close(room, 3)
    assert [event.round for event in room.lesson.match(1).log(CONTROL) if event.id == "storm"] == [1]


def test_a_held_inject_can_be_armed_again():
    """It comes with the next opening at which its condition holds."""
    room = two_delegations()
    room.lesson.hold(FACILITATOR, 1, "storm")
    assert room.lesson.arm(FACILITATOR, 1, "storm").ok
    close(room, 2)
    assert item(room, "storm").status == "released"


def test_an_inject_can_be_planned_for_a_round():
    """It comes with that opening, due or not; a round that is past or beyond the end is refused."""
    room = two_delegations()
    for number in (1, 0, 6):
        assert room.lesson.queue(FACILITATOR, 1, "storm", number).code == "L030"
    assert room.lesson.queue(FACILITATOR, 1, "storm", 2).ok
    assert (item(room, "storm").status, item(room, "storm").at) == ("queued", 2)
    close(room)
    assert item(room, "storm").status == "released"
    assert room.lesson.match(1).log("velmora")[-1].id == "storm"


def test_an_edited_inject_comes_in_its_place():
    """When it is due it comes in the facilitator's words, with those changes, once; discarded the author's stand again."""
    room = two_delegations()
    block = {"text": "Hail breaks the railing.", "change": {"tension": 5}}
    assert room.lesson.edit(FACILITATOR, 1, "storm", block).ok
    assert (item(room, "storm").edited, item(room, "storm").text) == (True, "Hail breaks the railing.")
    close(room, 2)
    (event,) = [event for event in room.lesson.match(1).log(CONTROL) if event.kind == "control"]
    assert (event.round, event.id) == (3, "Hail breaks the railing.")
    close(room, 2)
    told = [event.id for event in room.lesson.match(1).log(CONTROL)]
    assert (told.count("Hail breaks the railing."), told.count("storm")) == (1, 0)
    other = two_delegations()
    other.lesson.edit(FACILITATOR, 1, "storm", block)
    other.lesson.discard(FACILITATOR, 1, "storm")
    close(other, 2)
    assert "storm" in [event.id for event in other.lesson.match(1).log(CONTROL)]


def test_trays_of_mirror_tables_are_their_own():
    """Held at one table an inject comes at the other."""
    room = two_delegations(tables=2)
    room.lesson.hold(FACILITATOR, 2, "storm")
    close(room, 2)
    assert (item(room, "storm", 1).status, item(room, "storm", 2).status) == ("released", "held")


def test_a_release_takes_the_branch_that_can_happen():
    """Of the large scenario's injects in two forms the one whose own condition holds is taken, before its time too."""
    match = Match.new(flagship(), seed=1, players={})
    for csto, change in ((0, False), (1, True)):
        state = fold(match.state, ())
        values = list(state.values)
        values[match.game.index["csto"]] = csto
        from dataclasses import replace

        state = replace(state, values=tuple(values))
        assert "dushanbe" not in due(match.game, state)
        (event,) = release(match.game, state, "dushanbe")
        assert (match.game.index["russia.credit.armenia"] in {var for var, _, _ in event.changes}) == change


# -- injects of the facilitator's own


def test_an_improvised_inject_is_a_control_event():
    """Checked, held, tried out, released; journaled and folded: a replay of the match has it."""
    room = two_delegations()
    answer = room.lesson.improvise(FACILITATOR, 1, BLOCK, once="i")
    assert room.lesson.improvise(FACILITATOR, 1, BLOCK, once="i").id == answer.id
    assert (item(room, answer.id).status, item(room, answer.id).own) == ("held", True)
    before = room.lesson.match(1).state
    dry = room.lesson.dry_run(FACILITATOR, 1, answer.id)
    assert dry.ok
    assert dry.text == "A mediator arrives at the bridge."
    assert {(e.title, e.before, e.after) for e in dry.effects} >= {("Tension", "50", "41")}
    assert dry.readers is None
    assert room.lesson.match(1).state == before
    assert room.lesson.release(FACILITATOR, 1, answer.id).ok
    match = room.lesson.match(1)
    assert (value(match, "tension"), value(match, "met")) == (41, 1)
    assert match.entries[match.head].kind == "control"
    assert item(room, answer.id).status == "released"
    assert room.lesson.release(FACILITATOR, 1, answer.id).code == "L030"


@pytest.mark.parametrize(("block", "part"), [
    ({"text": "X", "change": {"tensoin": 3}}, "did you mean `tension`?"),
    ({"text": "X", "set": {"phase": "talk"}}, "did you mean `talks`?"),
    ({"text": "X", "set": {"lanes": 9}}, "runs from 0 to 2"),
    ({"text": "X", "change": {"round": 1}}, "kept by the rules"),
    ({"text": "X", "change": {"fired.storm": 1}}, "kept by the rules"),
    ({"text": "X", "change": {"phase": 1}}, "has statuses"),
    ({"text": "X", "change": {"tension": 1}, "set": {"tension": 2}}, "touched twice"),
    ({"text": "X", "seen": "ozk"}, "no actor or group `ozk`"),
    ({"text": "X", "when": "always"}, "`when` is not a key"),
    ({"change": {"tension": 1}}, "`text` is missing"),
    ({"text": "x" * 1001}, "too long"),
    ("text: [", "line 1"),
    ("", "cannot be used"),
    ({"text": "A\x1b[2J"}, ""),
])
def test_what_does_not_fit_the_scenario_is_refused_by_its_own_checker(block, part: str):
    """With the author's diagnostics, in one sentence; nothing lies in the tray and nothing has happened."""
    room = two_delegations()
    before = room.lesson.match(1).state
    answer = room.lesson.improvise(FACILITATOR, 1, block)
    assert not answer.ok
    assert part in answer.sentence
    assert "\n" not in answer.sentence
    assert room.lesson.match(1).state == before
    assert len(room.lesson.tray(FACILITATOR, 1)) == 1


def test_diagnostics_name_their_line():
    """A block that is written as YAML is told where it is wrong; a right one has nothing against it."""
    room = two_delegations()
    (found,) = room.lesson.check_block("text: A rumour.\nchange:\n  tension: 3\n  lane: 1\n")
    assert (found.code, found.span.line) == ("R010", 4)
    assert room.lesson.check_block(BLOCK) == ()
    dry = room.lesson.dry_run(FACILITATOR, 1, block="text: A rumour.\nchange: {lane: 1}\n")
    assert (dry.ok, [d.code for d in dry.diagnostics]) == (False, ["R010"])


def test_an_inject_for_one_seat_is_read_by_it_alone():
    """Others see what it changed in sight and no word; what it changed out of sight they do not see."""
    room = two_delegations()
    block = {"text": "Your engineers doubt the repairs.", "seen": ["osk"], "change": {"standing": 4, "tension": 1}}
    answer = room.lesson.improvise(FACILITATOR, 1, block)
    dry = room.lesson.dry_run(FACILITATOR, 1, answer.id)
    assert dry.readers == ("Osk",)
    assert {e.title: e.seen for e in dry.effects} == {"Osk at home": ("Osk",), "Tension": None}
    room.lesson.release(FACILITATOR, 1, answer.id)
    match = room.lesson.match(1)
    assert match.log("osk")[-1].id == "Your engineers doubt the repairs."
    event = match.log("velmora")[-1]
    assert (event.kind, event.id, event.seen, len(event.changes)) == ("control", "", (), 1)
    assert "engineers doubt" not in str(room.lesson.desk(room.people["Ani"]).wire())
    assert "engineers doubt" in str(room.lesson.desk(room.people["Cem"]).wire())
    quiet = {"text": "A hint.", "seen": "osk", "change": {"standing": 1}}
    room.lesson.release(FACILITATOR, 1, room.lesson.improvise(FACILITATOR, 1, quiet).id)
    assert match.log("velmora")[-1] == event
    assert len(room.lesson.desk(room.people["Ani"]).chronicle().chapters) == 1


def test_ranges_are_thrown_by_keyed_chance():
    """A dry run and the release after it throw the same dice."""
    room = two_delegations()
    answer = room.lesson.improvise(FACILITATOR, 1, {"text": "A rumour.", "change": {"tension": "1..30"}})
    dry = room.lesson.dry_run(FACILITATOR, 1, answer.id)
    room.lesson.release(FACILITATOR, 1, answer.id)
    assert dry.effects[0].after == str(value(room.lesson.match(1), "tension"))


def test_orders_that_no_longer_hold_are_handed_back():
    """The dry run names their seat, the release says so, the sheet stays, and who is waited for is told again."""
    room = two_delegations()
    room.order("Cem", "close_lane:osk")
    answer = room.lesson.improvise(FACILITATOR, 1, {"text": "The bridge is shut.", "set": {"lanes": 2}})
    assert room.lesson.dry_run(FACILITATOR, 1, answer.id).falling == ("Osk",)
    told = room.lesson.release(FACILITATOR, 1, answer.id)
    assert "Osk" in told.sentence
    assert room.lesson.match(1).filed("osk") is None
    assert room.lesson.sheets.keys(1, "osk") == ("close_lane:osk",)


def test_the_tray_is_the_facilitators():
    """Members can neither look into it nor do anything to it."""
    room = two_delegations()
    ani = room.people["Ani"]
    for look in (lambda: room.lesson.tray(ani, 1), lambda: room.lesson.dry_run(ani, 1, "storm"),
                 lambda: room.lesson.control_room(ani)):
        with pytest.raises(UsageError, match="facilitator"):
            look()
    for answer in (room.lesson.hold(ani, 1, "storm"), room.lesson.release(ani, 1, "storm"),
                   room.lesson.improvise(ani, 1, BLOCK), room.lesson.edit(ani, 1, "storm", BLOCK),
                   room.lesson.undo(ani), room.lesson.broadcast(ani, "Hear!"), room.lesson.note(ani, "Hm"),
                   room.lesson.take(ani, 1, "osk"), room.lesson.merge(ani, 1, "osk", "velmora"),
                   room.lesson.remove(ani, room.people["Cem"]), room.lesson.new_code(ani, 1, "osk"),
                   room.lesson.set_clock(ani, minutes=1), room.lesson.mute(ani, room.people["Cem"], True)):
        assert (answer.ok, answer.code) == (False, "L004")
    assert not room.lesson.hold(FACILITATOR, 1, "strom").ok
    assert not room.lesson.hold(FACILITATOR, 9, "storm").ok


# -- taking back


def test_a_round_is_taken_back():
    """Its orders lie on the sheets again, unfiled; its events are in no seat's log; everybody is told; the clock is anew."""
    room = two_delegations()
    room.order("Ani", "protest:velmora>osk")
    room.order("Cem", "close_lane:osk")
    room.look()
    room.wait(100)
    heard = []
    room.lesson.listen(lambda change: heard.append(change.kind))
    assert room.lesson.undo(FACILITATOR).ok
    match = room.lesson.match(1)
    assert (match.round, match.filed("velmora"), match.filed("osk")) == (1, None, None)
    assert room.lesson.sheets.keys(1, "osk") == ("close_lane:osk",)
    assert "protest" not in str(match.log("osk"))
    assert room.lesson.timer.left == 300
    told = room.lesson.messages(room.people["Bek"])[-1]
    assert told.kind == "broadcast"
    assert "taken back round 1" in told.text
    assert {"undone", "message", "clock"} <= set(heard)
    assert room.lesson.file(room.people["Ani"], round=1).ok
    desk = room.lesson.desk(room.people["Ani"])
    assert len(desk.branches()) == 1
    assert len(room.lesson.desk(FACILITATOR).branches()) == 2


def test_what_was_released_in_a_round_that_is_taken_back_is_not_released():
    """An improvised inject of that round can be released anew, a planned one comes again with its round."""
    room = two_delegations()
    close(room)
    own = room.lesson.improvise(FACILITATOR, 1, BLOCK).id
    room.lesson.release(FACILITATOR, 1, own)
    room.lesson.queue(FACILITATOR, 1, "storm", 3)
    close(room)
    assert item(room, "storm").status == "released"
    room.lesson.undo(FACILITATOR, 1)
    assert (item(room, "storm").status, item(room, own).status) == ("queued", "released")
    room.lesson.undo(FACILITATOR, 1)
    assert item(room, own).status == "held"
    close(room, 2)
    assert item(room, "storm").status == "released"


def test_taking_back_the_last_round_opens_the_lesson_again():
    """From the debrief back to orders; without a round behind it there is nothing to take back."""
    room = two_delegations()
    assert room.lesson.undo(FACILITATOR).code == "L010"
    while room.lesson.stage == "orders":
        close(room)
    assert room.lesson.stage == "debrief"
    assert not room.lesson.trigger(FACILITATOR, "reopen").ok
    assert room.lesson.undo(FACILITATOR).ok
    assert room.lesson.stage == "orders"


def test_only_one_table_can_be_taken_back():
    """The other stays where it is."""
    room = two_delegations(tables=2)
    close(room, 2)
    assert room.lesson.undo(FACILITATOR, 2).ok
    assert [match.round for match in room.lesson.matches] == [3, 2]


# -- seeing everything


def test_the_facilitator_sees_everything():
    """People, who is there, sheets, codes, trays, notes, and any seat's desk; control's shows every secret."""
    room = two_delegations()
    room.come("Eva", OBSERVER)
    room.lesson.propose(room.people["Bek"], "gesture:velmora", round=1)
    assert room.lesson.note(FACILITATOR, "Bek leads, Ani files.", table=1, about="velmora").ok
    seen = room.lesson.control_room(FACILITATOR)
    (table,) = seen.tables
    assert [line.name for line in table.seats[0].people] == ["Ani", "Bek"]
    assert [line.key for line in table.seats[0].sheet.lines] == ["gesture:velmora"]
    assert [line.name for line in table.observers] == ["Eva"]
    assert table.seats[0].code.replace("-", "") == room.code("velmora")
    assert [it.id for it in table.tray] == ["storm"]
    assert (seen.notes[0].text, seen.notes[0].round, seen.notes[0].at) == ("Bek leads, Ani files.", 1, room.clock.wall())
    assert room.lesson.desk(FACILITATOR).seat == "control"
    assert room.lesson.desk(FACILITATOR, "osk").seat == "osk"


def test_the_debrief_opens_for_everybody():
    """One trigger, and every room says so."""
    room = two_delegations()
    heard = []
    room.lesson.listen(heard.append)
    room.run("debrief")
    assert [(change.kind, change.table, change.seats) for change in heard] == [("stage", 0, None)]
    assert {room.lesson.room(who).stage for who in room.people.values()} == {"debrief"}
