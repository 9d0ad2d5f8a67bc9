"""The last page."""

from __future__ import annotations

import pytest

from sim.rules import CONTROL
from sim.scenario.load import Loaded
from sim.scenario.models import Par
from sim.words import describe
from sim.words.desk import Desk
from sim.words.ending import verdict
from tests.words.seats import by_lot, desk_of, match_of


def test_there_is_no_last_page_before_the_end(loaded_first_round: Loaded) -> None:
    """While the match goes on nobody reads an ending or another's score."""
    assert desk_of(loaded_first_round, "velmora").ending() is None


def test_the_reader_s_goals_come_first_with_the_true_figures(loaded_first_round: Loaded) -> None:
    """At the end every seat's goals are told, the reader's own first, whatever it could see during play."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["close_lane:osk"]})
    while not desk.over:
        desk.resolve()
    page = desk.ending()
    assert page is not None
    assert (page.id, page.date, page.round) == ("quarrel", "6 March 2030", 5)
    assert [score.seat for score in page.scores] == ["velmora", "osk"]
    assert (page.scores[1].goals[0].title, page.scores[1].goals[0].says) == ("Standing", "Standing at home is 56.")
    assert page.questions == ("Which of your sentences could you not take back?", "What did the other side need from you?")


def test_turning_points_name_the_round_and_its_cause(loaded_first_round: Loaded) -> None:
    """The largest change of the reader's score is told with the dispatch that brought it."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": {2: ["close_lane:osk"]}})
    while not desk.over:
        desk.resolve()
    page = desk.ending()
    assert page is not None
    assert page.turning[0].startswith("In round 2 (2 March 2030) Velmora lost 34 points. "
                                      "−34.8: Osk closes a lane and speaks of repairs.")


def test_a_score_stands_beside_par_and_is_never_ranked() -> None:
    """The sentence of the design, above, below, at par and without one."""
    par = Par(median=55, low=45, high=67)
    assert verdict("Yerevan", 62, par) == (
        "Yerevan 62, which is 7 above what personas usually reach here (55; middle half 45 to 67).")
    assert verdict("Yerevan", 50, par).startswith("Yerevan 50, which is 5 below what")
    assert verdict("Yerevan", 55, par).startswith("Yerevan 55, which is exactly what")
    assert verdict("Yerevan", 55, None) == "Yerevan 55 of 100."


def test_human_cost_is_told_where_it_was_taken(loaded_flagship: Loaded) -> None:
    """Where people died or were hurt the page says before the figures what that took from every goal."""
    match = match_of(loaded_flagship, seed=2, until=1)
    match.control("Fire", {"deaths": 4, "severity": 2})
    desk = Desk(match, "armenia", {})
    by_lot(match)
    page = desk.ending()
    assert page is not None
    cost = 6 * match.view(CONTROL).values[match.game.index["severity"]] + match.view(CONTROL).values[match.game.index["deaths"]]
    own = page.scores[0]
    assert all(s.taken == f"The human cost took {cost} from every goal; each figure is what was left." for s in page.scores)
    assert describe.score(own).index(own.taken) < describe.score(own).index(own.goals[0].title)
    posts = match.view(CONTROL).values[match.game.index["positions"]]
    assert own.goals[0].figure == max(0, 100 - 15 * posts - cost)


def test_the_score_is_told_round_by_round(loaded_first_round: Loaded) -> None:
    """The course begins with the start and ends with the score itself; the turning rounds are its largest steps."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": {2: ["close_lane:osk"], 4: ["open_lane:osk"]}})
    while not desk.over:
        desk.resolve()
    page = desk.ending()
    assert page is not None
    assert [point.label for point in page.points] == ["start", "1", "2", "3", "4", "5"]
    assert page.course[-1] == page.scores[0].raw
    steps = {n: page.course[n] - page.course[n - 1] for n in range(1, len(page.course))}
    largest = sorted(steps, key=lambda n: -abs(steps[n]))[:2]
    assert [turn.round for turn in page.turns] == sorted(largest)
    for turn in page.turns:
        assert abs(turn.change / 100 - steps[turn.round]) <= 1
    assert page.turns[0].causes[0] == ("−34.8", "Osk closes a lane and speaks of repairs.")


def test_who_watches_has_no_course(loaded_first_round: Loaded) -> None:
    """The public has no score of its own, and reads those of the seats."""
    desk = desk_of(loaded_first_round, "public")
    while not desk.over:
        desk.resolve()
    page = desk.ending()
    assert page is not None
    assert (page.points, page.course, page.turns, page.key_tracks) == ((), (), (), ())
    assert len(page.scores) == 2


@pytest.mark.parametrize("seat", ["armenia", "azerbaijan", "russia", "france", "united_states"])
def test_key_tracks_are_what_goals_rest_on_and_never_deaths(loaded_flagship: Loaded, seat: str) -> None:
    """What takes from every goal is nothing to be won, and what a seat does not see is not named."""
    match = match_of(loaded_flagship, seed=5, until="election")
    while not match.ended:
        by_lot(match)
    desk = Desk(match, seat, {})
    page = desk.ending()
    assert page is not None
    assert page.key_tracks
    assert not {"deaths", "severity"} & set(page.key_tracks)
    assert all(desk.series().one(name) is not None for name in page.key_tracks)
    assert page.course[-1] == page.scores[0].raw


def test_the_causes_of_a_turning_round_add_up_to_its_change(loaded_flagship: Loaded) -> None:
    """What the named causes leave of the change is told as a last line, so that the points add up to half a point."""
    rests = 0
    for seed in range(1, 5):
        match = match_of(loaded_flagship, seed=seed, until=1)
        while not match.ended:
            by_lot(match)
        page = Desk(match, "armenia", {}).ending()
        assert page is not None
        for turn, told in zip(page.turns, page.turning, strict=True):
            if not turn.causes:
                continue
            total = sum(float(points.replace("−", "-")) for points, _ in turn.causes)
            assert abs(total - turn.change / 100) < 0.75
            if turn.causes[-1][1].lower().startswith(("the rest, in small parts", "all the rest")):
                rests += 1
                assert turn.causes[-1][1] in told
    assert rests
