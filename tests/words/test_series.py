"""Tracks over the rounds, what moved them, and what seats are to one another."""

from __future__ import annotations

import pytest

from sim.play import Match
from sim.rules import CONTROL, PUBLIC
from sim.rules.views import sees
from sim.scenario.load import Loaded
from sim.words.desk import Desk
from tests.words.seats import by_lot, desk_of, match_of

VIEWERS = ["armenia", "azerbaijan", "russia", PUBLIC, CONTROL]


@pytest.fixture(scope="module")
def played(loaded_flagship: Loaded) -> Match:
    """A whole match of the large scenario, played by lot."""
    match = match_of(loaded_flagship, seed=5, until="election")
    while not match.ended:
        by_lot(match)
    return match


@pytest.mark.parametrize("viewer", VIEWERS)
def test_values_are_those_on_which_orders_were_filed(played: Match, viewer: str) -> None:
    """Each point is a round's opening as the chronicle has it; the last stands after the close."""
    desk = Desk(played, viewer, {})
    chapters = desk.chronicle().chapters
    model = desk.series()
    assert [point.label for point in model.points] == [*(str(c.round) for c in chapters), "end"]
    for line in model.series:
        var = played.game.index[line.name]
        assert line.values == (*(c.opening[var] for c in chapters), chapters[-1].after[var])


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_reads_no_series_of_a_track_hidden_from_it(played: Match, viewer: str) -> None:
    """Every listed track in the viewer's sight has a series, and no other."""
    model = Desk(played, viewer, {}).series()
    tracks = played.loaded.usable()[0].tracks
    expected = {n for n, t in tracks.items() if t.shown and sees(played.game, viewer, played.game.index[n])}
    assert {line.name for line in model.series} == expected
    # control and who sees all of a kind are told everything; a seat is not
    assert ("azerbaijan.trust.armenia" in expected) == (viewer in ("azerbaijan", CONTROL))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_moved_a_value_adds_up_to_its_change(played: Match, viewer: str) -> None:
    """No cause is left out and none is counted twice, whatever the viewer may know of it; each has a name."""
    for line in Desk(played, viewer, {}).series().series:
        for at in range(1, len(line.values)):
            assert line.change(at) == line.values[at] - line.values[at - 1]
            assert all(moved.text and moved.change for moved in line.moved[at])


def test_a_cause_is_the_dispatch_that_told_of_it(loaded_first_round: Loaded) -> None:
    """A move is named by its dispatch, drift by its name; what eases is judged so."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": {2: ["protest:osk>velmora"]}})
    desk.resolve()
    desk.resolve()
    tension = desk.series().one("tension")
    assert tension is not None
    told = {moved.text: moved.change for moved in tension.moved[2]}
    assert told["Osk protests against the conduct of Velmora."] == 6
    assert told["Drift"] == -2
    assert (tension.judged(6), tension.judged(-2)) == ("bad", "good")


def test_points_tell_where_another_phase_began(played: Match) -> None:
    """The points that are marked are those whose phase differs from the one before."""
    model = Desk(played, PUBLIC, {}).series()
    phases = [point.phase for point in model.points]
    assert model.turned == tuple(n for n in range(1, len(phases)) if phases[n] != phases[n - 1])
    assert phases[0] == "Incident"


def test_undo_takes_the_last_point_back(loaded_first_round: Loaded) -> None:
    """The series follow the match, also backwards."""
    desk = desk_of(loaded_first_round, "velmora")
    desk.resolve()
    assert len(desk.series().points) == 2
    desk.undo()
    assert len(desk.series().points) == 1


# -- relations


def test_what_a_seat_does_not_see_of_others_is_counted_and_not_told(played: Match) -> None:
    """Yerevan reads its own trust; of Baku's it reads that there is one."""
    model = Desk(played, "armenia", {}).relations()
    own, other = model.between("armenia", "azerbaijan"), model.between("azerbaijan", "armenia")
    assert own is not None
    assert other is not None
    assert ([line.name for line in own.series], own.kinds, own.hidden) == (["armenia.trust.azerbaijan"], ("trust",), 0)
    assert (other.series, other.hidden) == ((), 1)
    assert "azerbaijan.trust.armenia" not in repr(model)
    series = Desk(played, "armenia", {}).series().one("armenia.trust.azerbaijan")
    assert own.series[0] == series


def test_control_sees_all_relations(played: Match) -> None:
    """Nothing is hidden from control."""
    model = Desk(played, CONTROL, {}).relations()
    assert all(relation.hidden == 0 for relation in model.relations)
    both = [model.between("armenia", "azerbaijan"), model.between("azerbaijan", "armenia")]
    assert all(relation is not None and relation.series for relation in both)


def test_the_own_seat_stands_first(played: Match) -> None:
    """The rows begin with the reader's own seat; every seat has its row."""
    model = Desk(played, "russia", {}).relations()
    assert model.actors[0] == ("russia", "Moscow", "RUS")
    assert {actor for actor, _, _ in model.actors} == set(played.game.seats)


def test_an_open_offer_stands_between_its_two_sides_alone(loaded_flagship: Loaded) -> None:
    """Who made an offer and who got it read it in their matrix; nobody else does."""
    match = match_of(loaded_flagship, seed=2)
    desks = {seat: Desk(match, seat, {}) for seat in ("armenia", "russia", "france")}
    assert desks["armenia"].add("call:armenia>russia") is None
    match.resolve({})
    standing = {}
    for seat, desk in desks.items():
        relation = desk.relations().between("armenia", "russia")
        standing[seat] = relation.standing[-1] if relation is not None else ()
    assert len(standing["armenia"]) == len(standing["russia"]) == 1
    assert standing["armenia"][0].endswith("Moscow has not answered.")
    assert standing["russia"][0].endswith("You have not answered.")
    assert standing["france"] == ()


def test_a_scenario_without_such_tracks_has_no_relations(loaded_first_round: Loaded) -> None:
    """No track of first-round names two seats."""
    assert desk_of(loaded_first_round, "velmora").relations().relations == ()
