"""A match: sealed filings, rounds, the tree of entries, control events."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.play import PERSON, Match, Solo
from sim.play.protocols import Choice
from sim.rules import IllegalOrders, Orders, fold, initial
from tests.play.players import LOT, first_round, new_match, play

GESTURE = Orders(("gesture:velmora",))
PROTEST = Orders(("protest:velmora>osk",))


def test_a_new_match_stands_at_the_opening_of_its_first_round():
    """Round 1 is open, nobody has filed, and seats nobody is named for are played by the level's policy."""
    match = Match.new(first_round(), seed=1, players={"osk": PERSON}, level="easy")
    assert (match.round, match.state.open, match.ended) == (1, True, False)
    assert match.players == {"velmora": "persona", "osk": PERSON}
    assert match.waiting() == ("osk",)
    assert [event.kind for event in match.log("public")] == ["opened"]


@pytest.mark.parametrize(("arguments", "part"), [
    ({"until": "weak"}, "did you mean `week`?"),
    ({"until": 6}, "choose 1 to 5"),
    ({"level": "hardest"}, "easy, standard, hard"),
    ({"players": {"velmara": PERSON}}, "did you mean `velmora`?"),
])
def test_what_a_match_cannot_be_made_of_is_said(arguments: dict, part: str):
    """An unknown leg, level, seat and a number of rounds beyond the clock are refused in a sentence."""
    with pytest.raises(UsageError) as caught:
        Match.new(first_round(), seed=1, **arguments)
    assert part in caught.value.sentence


def test_until_makes_a_round_the_last_one():
    """A match until round 2 ends at its close."""
    match = Match.new(first_round(), seed=1, until=2)
    match.resolve()
    match.resolve()
    assert match.ended
    assert match.round == 2


def test_filed_orders_are_sealed_until_the_round_is_resolved():
    """What one seat files changes nothing that any other viewer sees, hears of, or may do."""
    match = new_match(velmora=PERSON, osk=PERSON)
    before = [(match.view(v), match.log(v), match.history(v)) for v in ("osk", "public", "control")]
    legal = match.legal_moves("osk")
    assert match.file("velmora", PROTEST) is None
    assert [(match.view(v), match.log(v), match.history(v)) for v in ("osk", "public", "control")] == before
    assert match.legal_moves("osk") == legal
    assert match.filed("osk") is None
    assert match.waiting() == ("osk",)
    match.resolve()
    assert "protest:velmora>osk" in {event.id for event in match.log("public", 1)}


def test_a_later_filing_replaces_and_a_withdrawal_removes():
    """Only the last filing counts; a withdrawn one is a pass; a refused one changes nothing."""
    match = new_match(velmora=PERSON, osk=PERSON)
    match.file("velmora", PROTEST)
    match.file("velmora", GESTURE)
    refusal = match.file("velmora", Orders(("inspect:velmora",)))
    assert refusal is not None
    assert refusal.code == "closed"
    assert match.filed("velmora") == GESTURE
    match.resolve()
    assert match.rounds[0].orders == {"velmora": GESTURE}
    match.file("velmora", PROTEST)
    match.withdraw("velmora")
    match.resolve()
    assert match.rounds[1].orders == {}


def test_what_a_seat_filed_goes_before_what_a_policy_chose_for_it():
    """A filing that came in while a policy was choosing for the seat is what counts."""
    match = new_match()
    choices = match.choose(LOT)
    match.file("velmora", GESTURE)
    match.resolve(choices)
    assert match.rounds[0].orders["velmora"] == GESTURE
    assert "velmora" not in match.rounds[0].choices


def test_an_illegal_choice_changes_nothing():
    """A policy that breaks the rules is the caller's mistake; the match stands where it stood."""
    match, same = new_match(), new_match()
    with pytest.raises(IllegalOrders):
        match.resolve({"velmora": Choice(Orders(("open_lane:osk",)))})
    assert match == same


def test_states_are_the_fold_of_the_journal():
    """The present state is the start with the events of the line folded into it, in every round of every branch (F5)."""
    match = play(new_match(3))
    match.branch(2)
    play(match, 2)
    state = initial(match.game, match.seed)
    for entry in match.line():
        state = fold(state, entry.events)
    assert state == match.state
    assert [played.opening.round for played in match.rounds] == [1, 2, 3]
    assert [played.closing.open for played in match.rounds] == [False] * 3


def test_the_same_seed_and_choices_give_the_same_match():
    """Two matches of one seed are equal, one of another seed is not."""
    assert play(new_match(7)) == play(new_match(7))
    assert play(new_match(7)) != play(new_match(8))


def test_undo_goes_back_one_round_and_loses_nothing():
    """After undo the state, menu and log are those of the earlier opening; the undone round is still a branch."""
    match = play(new_match(2), 2)
    state, log, tip = match.state, match.log("osk"), match.head
    play(match, 1)
    undone, after = match.head, match.state
    match.undo()
    assert (match.state, match.log("osk"), match.head) == (state, log, tip)
    assert [branch.head for branch in match.branches()] == [tip, undone]
    match.go(undone)
    assert match.state == after


def test_undo_reopens_a_match_that_has_ended_and_stops_at_the_start():
    """Every round can be taken back, the last one too; then there is a sentence."""
    match = play(new_match(2))
    closed = len(match.rounds)
    for _ in range(closed):
        match.undo()
        assert not match.ended
    assert match.round == 1
    with pytest.raises(UsageError, match="no earlier round"):
        match.undo()


def test_a_branch_shares_its_past_and_its_luck():
    """Other orders from round 2 on make a sibling; the same orders from there repeat the same events (F4)."""
    match = play(new_match(4), 3)
    first = match.line()
    match.branch(2)
    match.resolve(dict(first[2].choices))
    assert match.line()[-1].events == first[2].events
    assert match.line()[-1].parent == first[2].parent
    match.branch(2)
    match.file("velmora", GESTURE)
    match.resolve(match.choose(LOT))
    assert match.line()[:2] == first[:2]
    assert {branch.fork for branch in match.branches()} == {0, 2}
    with pytest.raises(UsageError, match="has not been played"):
        match.branch(9)


def test_filings_wait_where_they_were_filed():
    """Going to another branch and back finds the sealed orders again."""
    match = play(new_match(1, velmora=PERSON), 1)
    here = match.head
    match.file("velmora", GESTURE)
    match.undo()
    assert match.filed("velmora") is None
    match.go(here)
    assert match.filed("velmora") == GESTURE


def test_a_trend_has_one_view_for_each_round():
    """History holds the opening of each round and the present, or the end, last."""
    match = play(new_match(2), 2)
    assert [view.round for view in match.history("velmora")] == [1, 2, 3]
    assert match.history("velmora")[-1] == match.view("velmora")
    play(match)
    views = match.history("public")
    assert [bool(view.ending) for view in views[-2:]] == [False, True]


def test_a_control_event_is_journaled_and_folded():
    """Its title is heard by all, its changes by those who see the variable, and the round goes on."""
    match = new_match()
    match.control("A mediator arrives", {"tension": 30, "met": True, "phase": "talks", "standing": 9})
    view = match.view("velmora")
    value = dict(zip(match.game.names, view.values, strict=True))
    assert (value["tension"], value["met"], value["phase"]) == (30, 1, 1)
    event = match.log("velmora")[-1]
    assert (event.kind, event.id) == ("control", "A mediator arrives")
    assert {match.game.names[var] for var, _, _ in event.changes} == {"tension", "met", "phase"}
    assert "standing" in {match.game.names[var] for var, _, _ in match.log("control")[-1].changes}
    assert match.round == 1
    play(match, 1)
    match.undo()
    assert match.state.values[match.game.index["tension"]] == 30


@pytest.mark.parametrize(("title", "changes", "part"), [
    ("", {}, "a title"),
    ("A\x1b[2J", {}, "printable"),
    ("Calm", {"tensoin": 3}, "did you mean `tension`?"),
    ("Calm", {"tension": 101}, "between 0 and 100"),
    ("Calm", {"phase": "talk"}, "did you mean `talks`?"),
    ("Calm", {"tension": "low"}, "takes a number"),
    ("Calm", {"round": 3}, "belongs to the clock"),
])
def test_a_control_event_must_fit_the_scenario(title: str, changes: dict, part: str):
    """What the scenario does not know is refused in a sentence, and nothing has happened."""
    match, same = new_match(), new_match()
    with pytest.raises(UsageError) as caught:
        match.control(title, changes)
    assert part in caught.value.sentence
    assert match == same


def test_a_control_event_takes_back_orders_that_no_longer_hold():
    """Orders whose move it closes are taken back and their seat is named; the others stay filed."""
    match = new_match(velmora=PERSON, osk=PERSON)
    match.file("velmora", GESTURE)
    match.file("osk", Orders(("close_lane:osk",)))
    assert match.control("Both lanes closed", {"lanes": 2}) == ("osk",)
    assert match.filed("velmora") == GESTURE
    assert match.filed("osk") is None
    match.resolve()
    assert match.rounds[0].orders == {"velmora": GESTURE}


def test_a_match_that_is_over_says_so():
    """After the ending there is nothing to resolve, to file or to control."""
    match = play(new_match(2))
    refusal = match.file("velmora", GESTURE)
    assert refusal is not None
    assert refusal.code == "over"
    assert (match.choose(LOT), match.waiting()) == ({}, ())
    for act in (match.resolve, lambda: match.control("Late", {})):
        with pytest.raises(UsageError, match="is over"):
            act()


def test_a_seat_changes_hands():
    """A seat that is handed to a person waits for orders; a policy that is not there is named."""
    match = new_match()
    match.hand("osk", PERSON)
    assert match.waiting() == ("osk",)
    assert set(match.choose(LOT)) == {"velmora"}
    match.hand("osk", "chance")
    with pytest.raises(UsageError, match="no policy `chance`"):
        match.choose(LOT)


def test_solo_plays_a_seat_to_the_ending_and_tells_who_listens():
    """The client of one person files, closes rounds, hears what its seat hears, and tells its listener of each."""
    client = Solo(new_match(5, velmora=PERSON), "velmora", LOT)
    told: list[int] = []
    end = client.listen(lambda: told.append(client.view().round))
    while not client.ended:
        assert client.file(Orders((client.legal_moves()[0].key,))) is None
        heard = client.close_round()
        assert heard
        assert set(heard) <= set(client.log())
    rounds = len(client.match.rounds)
    assert len(told) == 2 * rounds
    end()
    client.undo()
    assert len(told) == 2 * rounds
    watcher = Solo(client.match, "public", LOT)
    assert (watcher.legal_moves(), watcher.filed()) == ((), None)
