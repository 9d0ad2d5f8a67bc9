"""No seat learns another's secrets from views, log, reasons or export (F6)."""

from __future__ import annotations

import json

import pytest

from sim.errors import UsageError
from sim.play import PERSON, Choice, Match, Reason
from sim.play.briefs import brief
from sim.play.export import export_log
from sim.play.reasons import shown
from sim.rules import Orders, masked
from tests.play.players import LOT, first_round, new_match, play

OTHERS = ("velmora", "public")


def secretly(standing: int) -> Match:
    """A match of which only the value that Osk alone sees is different."""
    match = new_match(6)
    match.control("The cabinet of Osk meets", {"standing": standing})
    return play(match, 3)


@pytest.mark.parametrize("viewer", OTHERS)
def test_a_hidden_value_leaves_no_trace_for_others(viewer: str):
    """Two matches that differ in what Osk alone sees are the same to the others, in every way of looking."""
    one, two = secretly(20), secretly(80)
    assert one.state != two.state
    assert one.view(viewer) == two.view(viewer)
    assert one.history(viewer) == two.history(viewer)
    assert one.log(viewer) == two.log(viewer)
    assert export_log(one, viewer) == export_log(two, viewer)
    assert export_log(one, "osk") != export_log(two, "osk")


def test_views_along_a_match_are_masked():
    """Every view of every round holds the public estimate in place of what its viewer does not see."""
    match = play(new_match(3))
    for viewer in OTHERS:
        for view, true in zip(match.history(viewer), match.history("control"), strict=True):
            assert view.values == masked(match.game, true.values, viewer)
            assert not view.visible[match.game.index["standing"]]


def test_the_public_does_not_hear_of_what_concerns_two_seats():
    """A proposal that is seen by its parties is in their logs and not in the public one, before and after undo."""
    match = new_match(velmora=PERSON, osk=PERSON)
    match.file("velmora", Orders(("ask_talks:velmora>osk",)))
    match.resolve()
    assert "ask_talks" in str(match.log("osk"))
    assert "ask_talks" not in str(match.log("public"))
    assert "talks" not in str(export_log(match, "public")["rounds"])
    match.undo()
    assert "ask_talks" not in str(match.log("osk"))


@pytest.mark.parametrize("viewer", ["velmora", "osk", "public"])
def test_an_export_holds_the_viewers_own_and_the_public_part(viewer: str):
    """It has every public brief and its own, and no other brief, persona, seed, player or reason."""
    match = play(new_match(987654321))
    match.hand("velmora", "a-policy-by-name")
    text = json.dumps(export_log(match, viewer))
    for seat in ("velmora", "osk"):
        both = brief(match.scenario, match.files, seat)
        assert both.public
        assert both.confidential
        assert json.dumps(both.public)[1:-1] in text
        assert (json.dumps(both.confidential)[1:-1] in text) == (viewer == seat)
        filed_by = {who for orders in export_log(match, viewer)["orders"].values() for who in orders}
        assert filed_by <= {viewer}
    for secret in ("weights", "reasons", "factors", "987654321", "a-policy-by-name", "fired.storm"):
        assert secret not in text


def test_controls_export_is_complete():
    """Control takes away seed, players, every order, every choice and every event."""
    match = play(new_match(11))
    out = export_log(match, "control")
    assert (out["seed"], out["players"]) == (11, {"velmora": "lot", "osk": "lot"})
    assert sum(len(item["events"]) for item in out["rounds"]) == len(match.log("control"))
    assert {n: {seat: Choice.from_json(c) for seat, c in by.items()} for n, by in out["choices"].items()} == {
        str(played.round): dict(played.choices) for played in match.rounds}


def reasoned(level: str) -> Match:
    """A match in which a policy gave reasons for a public order, for one between two seats, and for a pass."""
    match = Match.new(first_round(), seed=1, players={"velmora": PERSON, "osk": "lot"}, level=level)
    game = match.game
    tense = next(n for n, text in enumerate(game.cond_text) if text.startswith("tension"))
    reason = Reason("order", "protest:osk>velmora", "", 80, 500, ((tense, 32),), 9, (("gesture:osk", 40),), ())
    secret = Reason("order", "ask_talks:osk>velmora", "", 30, 500)
    match.resolve({"osk": Choice(Orders(("protest:osk>velmora", "ask_talks:osk>velmora")),
                                 (reason, secret, Reason("pass", weight=4)))})
    return match


def test_reasons_are_shown_as_far_as_both_sides_see():
    """On easy others read conditions and rivals they can see, no weight and no pass; the seat and control read all."""
    match = reasoned("easy")
    whole = match.rounds[0].choices["osk"].reasons
    assert match.reasons("control") == match.reasons("osk") == {"osk": whole}
    mine = match.reasons("velmora")["osk"]
    assert [reason.move for reason in mine] == ["protest:osk>velmora", "ask_talks:osk>velmora"]
    assert {(reason.weight, reason.total, reason.gain) for reason in mine} == {(0, 0, 0)}
    assert mine[0].factors == whole[0].factors
    assert [reason.move for reason in match.reasons("public")["osk"]] == ["protest:osk>velmora"]


def test_on_standard_reasons_wait_for_the_ending():
    """Before the ending nothing is told to others."""
    match = reasoned("standard")
    assert match.reasons("velmora") == {}
    assert match.reasons("control") != {}
    play(match)
    assert "osk" in match.reasons("velmora", 1)


def test_a_reason_that_rests_on_a_hidden_value_is_left_out():
    """Conditions and rivals over variables the viewer does not see are dropped, at home they are kept."""
    game = new_match().game
    # talks are offered in confidence: the public does not see whether an offer lies there
    offered = game.moves[game.by_key["accept.talks:osk>velmora"]].cond
    choice = Choice(Orders(("gesture:osk",)), (Reason(
        "order", "gesture:osk", "", 5, 9, ((offered, 32),), 0, (("accept.talks:osk>velmora", 2),), (offered,)),))
    (told,) = shown(game, choice, "osk", "public", told=True)
    assert (told.factors, told.rivals, told.otherwise) == ((), (), ())
    (told,) = shown(game, choice, "osk", "velmora", told=True)
    assert (told.factors, told.otherwise) == (((offered, 32),), (offered,))


def test_policies_are_given_their_own_view():
    """What a policy is handed is its seat's view of the open round and nothing more."""
    match = secretly(3)
    given = []

    class Nosy:
        name = "nosy"

        def choose(self, game, seen, seat, luck):
            given.append((seat, seen))
            return Choice()

    match.hand("velmora", "nosy")
    match.choose({**LOT, "nosy": Nosy()})
    assert given == [("velmora", match.view("velmora"))]


def test_an_unknown_viewer_sees_nothing():
    """A viewer that is no seat is refused instead of being shown something."""
    match = new_match()
    for look in (match.view, match.log, match.history, match.reasons, lambda v: export_log(match, v)):
        with pytest.raises(UsageError, match="no seat `ozk`"):
            look("ozk")
