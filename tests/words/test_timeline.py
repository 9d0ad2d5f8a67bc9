"""The timeline, the lines of a match, and two of them side by side."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UsageError
from sim.play import PERSON, Match
from sim.rules import CONTROL, PUBLIC, Orders
from sim.scenario.load import Loaded
from sim.words.desk import Desk
from sim.words.models import Comparison, Situation
from tests.words.seats import Lot, by_lot, desk_of, match_of


def play(desk: Desk, rounds: int, order: str = "") -> None:
    """Rounds in which the desk's seat files one order if it may, and the others choose by lot."""
    lot = Lot()
    for _ in range(rounds):
        if desk.over:
            return
        if order:
            desk.add(order)
        match = desk.match
        match.resolve({seat: lot.choose(match.game, match.view(seat), seat, match.luck())
                       for seat in match.game.seats if seat != desk.seat})


@settings(max_examples=12)
@given(seed=st.integers(0, 1 << 16), rounds=st.integers(1, 6), viewer=st.sampled_from(["velmora", "osk", PUBLIC, CONTROL]))
def test_every_stop_is_what_was_seen_live(loaded_first_round: Loaded, seed: int, rounds: int, viewer: str) -> None:
    """Round by round: the situation, the news and the score are those that the desk showed while the round was open."""
    desk = Desk(match_of(loaded_first_round, seed), viewer, {})
    seen: list[tuple[Situation, int | None]] = []
    while not desk.over and len(seen) < rounds:
        score = desk.score()
        seen.append((desk.situation(), score.raw if score else None))
        by_lot(desk.match)
    for read in (desk, Desk(desk.match, viewer, {})):
        stops = [stop for stop in read.timeline().stops if stop.state == "closed"]
        assert [(read.situation_at(stop.round), stop.score) for stop in stops] == seen
        assert [(stop.date, stop.phase) for stop in stops] == [(now.date, now.phase) for now, _ in seen]
        assert [line for stop in stops for line in read.dispatches(stop.round)] == [
            line for line in read.wire() if line.round <= len(seen)]
    last = desk.timeline().stops[-1]
    assert last.state == ("end" if desk.over else "open")
    assert (last.round, last.date) == (desk.situation().round, desk.situation().date)


def test_stops_name_own_orders_and_where_to_play_on(loaded_first_round: Loaded) -> None:
    """What the seat filed in each round, with its cost, and the entry at which its orders are open again."""
    desk = desk_of(loaded_first_round, "velmora")
    play(desk, 1, "protest:velmora>osk")
    play(desk, 1)
    first, second, third = desk.timeline().stops
    assert [(it.name, it.titles) for it in first.filed] == [("Velmora", ("Protest to Osk in public",))]
    assert (first.spent, first.orders, second.filed[0].titles, third.filed) == (1, 1, (), ())
    assert "Tension +" in " ".join(second.changes)
    desk.go(second.entry)
    assert desk.round == 2
    assert desk.timeline().stops[-1].forks == ("line 1",)


def test_lines_keep_their_numbers_and_hang_from_where_they_leave(loaded_first_round: Loaded) -> None:
    """Lines are numbered as they were begun; where the match stands inside one, the next is there already."""
    desk = desk_of(loaded_first_round, "velmora")
    play(desk, 3)
    desk.branch(2)
    assert [(c.name, c.parent, c.leaves, c.here) for c in desk.branches()] == [
        ("line 1", 0, 0, False), ("line 2", 1, 2, True)]
    play(desk, 1, "protest:velmora>osk")
    desk.branch(1)
    play(desk, 1, "gesture:velmora")
    before = {c.name: (c.parent, c.leaves) for c in desk.branches()}
    assert before == {"line 1": (0, 0), "line 2": (1, 2), "line 3": (1, 1)}
    first = next(c for c in desk.branches() if c.name == "line 1")
    desk.go(first.head)
    assert (desk.round, desk.timeline().line.name) == (4, "line 1")
    assert [stop.forks for stop in desk.timeline().stops] == [("line 3",), ("line 2",), (), ()]
    play(desk, 9)
    assert {c.name: (c.parent, c.leaves) for c in desk.branches()} == before
    ended = next(c for c in desk.branches() if c.name == "line 1")
    assert ended.says == f"{desk.situation().ending}, round {desk.round}"
    page = desk.ending()
    assert page is not None
    assert ended.score == page.scores[0].raw


def test_sealed_orders_wait_on_the_line_where_they_were_filed(loaded_first_round: Loaded) -> None:
    """Orders that were not resolved stand when the match comes back to their line, and its card counts them."""
    desk = desk_of(loaded_first_round, "velmora")
    play(desk, 2)
    there = desk.branches()[0].head
    desk.add("protest:velmora>osk")
    desk.branch(1)
    assert desk.filed() == ()
    assert [card.waiting for card in desk.branches()] == [1, 0]
    desk.go(there)
    assert [item.key for item in desk.filed()] == ["protest:velmora>osk"]
    assert desk.timeline().stops[-1].waiting == 1


def test_a_desk_reads_each_line_as_if_it_had_read_no_other(loaded_flagship: Loaded) -> None:
    """Going to and fro between lines leaves nothing of one in the texts of another."""
    match = match_of(loaded_flagship, seed=4)
    desk = Desk(match, "armenia", {})
    for _ in range(3):
        by_lot(match)
    desk.branch(2)
    match.control("A visit", {"tension": 61})
    play(desk, 3)
    desk.branch(4)
    play(desk, 1)
    for card in desk.branches():
        desk.go(card.head)
        fresh = Desk(match, "armenia", {})
        assert desk.situation() == fresh.situation()
        assert desk.menu() == fresh.menu()
        assert desk.wire() == fresh.wire()
        assert desk.timeline() == fresh.timeline()
        assert desk.reasons() == fresh.reasons()
        assert [desk.situation_at(n) for n in range(1, desk.round + 1)] == [
            fresh.situation_at(n) for n in range(1, desk.round + 1)]


# -- side by side


def two_lines(loaded: Loaded, seat: str, first: str, second: str, *, ended: bool = False) -> tuple[Desk, Comparison]:
    """A desk at two lines that part in round 2 by one order."""
    desk = Desk(Match.new(loaded, seed=3, players={seat: PERSON}), seat, {})
    play(desk, 1)
    for order in (first, second):
        if desk.round > 1 and len(desk.match.entries) > 2:
            desk.branch(2)
        play(desk, 1, order)
        if ended:
            play(desk, 40)
    one, other = sorted(desk.branches(), key=lambda card: card.number)
    return desk, desk.compare(one.head, other.head)


def test_the_first_difference_is_named(loaded_first_round: Loaded) -> None:
    """What the seat filed on either line, the news that only one has, and the tracks that stand differently."""
    _, found = two_lines(loaded_first_round, "velmora", "protest:velmora>osk", "gesture:velmora")
    assert found.fork == 2
    assert found.sentence == ("The lines part in round 2: on line 1 Velmora filed “Protest to Osk in public”, "
                              "on line 2 “A conciliatory gesture”.")
    first = found.rounds[0]
    assert first.left is not None
    assert first.right is not None
    assert any("protests" in it.text for it in first.left.dispatches)
    assert not any("protests" in it.text for it in first.right.dispatches)
    tension = next(track for track in first.tracks if track.name == "tension")
    assert (int(tension.right) - int(tension.left), tension.judged) == (tension.change, "good")
    assert found.scores == ()


def test_both_ended_lines_tell_every_seat_s_score(loaded_first_round: Loaded) -> None:
    """Once both lines have ended, each seat's score stands beside the other line's, the reader's first."""
    desk, found = two_lines(loaded_first_round, "velmora", "protest:velmora>osk", "gesture:velmora", ended=True)
    assert [left.seat for left, _ in found.scores] == ["velmora", "osk"]
    for n, card in enumerate((found.left, found.right)):
        desk.go(card.head)
        page = desk.ending()
        assert page is not None
        assert [pair[n] for pair in found.scores] == list(page.scores)


def test_a_line_that_has_not_gone_on_is_said_to_be_so(loaded_first_round: Loaded) -> None:
    """A line that was only begun differs in nothing yet."""
    desk = desk_of(loaded_first_round, "velmora")
    play(desk, 2)
    desk.branch(2)
    one, other = (card.head for card in desk.branches())
    assert desk.compare(one, other).sentence == (
        "Line 2 has not gone on from round 2; until there it is the same as line 1.")
    assert desk.compare(one, one).sentence == "Line 1 and line 1 do not differ in anything Velmora did or heard."
    with pytest.raises(UsageError, match="choose two of its lines"):
        desk.compare(one, 99)


def _line(match: Match, orders: Mapping[str, Orders]) -> int:
    """A round 3 of its own; its head."""
    match.branch(3)
    for seat, filed in orders.items():
        assert match.file(seat, filed) is None
    match.resolve({})
    return match.head


@pytest.mark.parametrize("viewer", ["armenia", "france", PUBLIC])
def test_nothing_hidden_is_compared(loaded_flagship: Loaded, viewer: str) -> None:
    """Lines that differ by another seat's secret order tell who does not hear of it no more than each line alone does."""
    match = match_of(loaded_flagship, seed=5)
    for _ in range(2):
        by_lot(match)
    secret = [m for m in match.legal_moves("azerbaijan")
              if m.question < 0 and not m.public and viewer not in m.concerned]
    assert secret
    titles = {bound.key: bound.title for bound in loaded_flagship.usable()[1].moves}
    quiet = _line(match, {})
    same = 0
    for move in secret:
        loud = _line(match, {"azerbaijan": Orders((move.key,))})
        found = Desk(match, viewer, {}).compare(quiet, loud)
        assert titles[move.key] not in repr(found)
        heard = [match.heard(viewer, [match.entries[head]]) for head in (quiet, loud)]
        assert (found.rounds == ()) is (heard[0] == heard[1])
        same += heard[0] == heard[1]
        assert titles[move.key] in Desk(match, CONTROL, {}).compare(quiet, loud).sentence
    assert same


def test_lines_are_compared_in_threads_while_the_match_moves(loaded_first_round: Loaded) -> None:
    """A comparison that is being read and a match that goes to other lines meanwhile tell what they told alone."""
    desk = desk_of(loaded_first_round, "velmora")
    for order in ("", "protest:velmora>osk", ""):
        play(desk, 3, order)
        desk.branch(1)
    heads = [card.head for card in desk.branches() if card.round > 1]
    assert len(heads) >= 2
    pairs = [(left, right) for left in heads for right in heads if left != right]
    alone = {pair: Desk(desk.match, "velmora", {}).compare(*pair) for pair in pairs}
    wires = {}
    for head in heads:
        desk.go(head)
        wires[head] = Desk(desk.match, "velmora", {}).wire()

    def told(pair: tuple[int, int]) -> tuple[object, ...]:
        found = desk.compare(*pair)
        return found.rounds, found.sentence

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as pool:
            reading = [(pair, pool.submit(told, pair)) for pair in pairs * 4]
            for head in heads * 12:
                desk.go(head)
                assert desk.wire() == wires[head]
            for pair, found in reading:
                assert found.result() == (alone[pair].rounds, alone[pair].sentence)
    finally:
        sys.setswitchinterval(before)


def test_undo_says_what_stands(loaded_first_round: Loaded) -> None:
    """One sentence: the round is open again, and what was filed in it is used up, or still sealed there."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["ask_talks:osk>velmora"]})
    desk.resolve()
    assert desk.undo() == "Round 1 is open again; you had filed nothing in it."
    desk.add("protest:velmora>osk")
    desk.resolve()
    desk.add("accept.talks:velmora>osk")
    desk.add("protest:velmora>osk")
    desk.resolve()
    assert desk.undo() == "Round 2 is open again; your 1 order and 1 answer no longer stand and must be filed again."
    assert desk.filed() == ()
    desk.add("protest:velmora>osk")
    desk.branch(1)
    desk.add("gesture:velmora")
    there = desk.match.head
    desk.go(next(card.head for card in desk.branches() if card.number == 1))
    while desk.round > 2:
        desk.undo()
    assert desk.undo() == "Round 1 is open again; 1 order that you left there is still filed."
    assert desk.match.head == there
    watching = Desk(desk.match, PUBLIC, {})
    by_lot(watching.match)
    assert watching.undo().startswith("Round 1 is open again")
