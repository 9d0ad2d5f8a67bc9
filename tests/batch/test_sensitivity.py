"""What odds hang on: starts that are moved, compared game by game on the same luck."""

from __future__ import annotations

import pytest

from sim.batch.executors import Here
from sim.batch.odds import played
from sim.batch.sensitivity import Variation, ranked, shifts, variations
from sim.batch.series import Record, Series
from sim.errors import UsageError
from sim.rules import Game

TRACKS = ["tension", "lanes", "standing"]
PERSONAS = {"velmora": "persona", "osk": "persona"}


def recorded(game: Game, games: int, size: int, **starts: int) -> Record:
    """Games of the first scenario with other starts."""
    record = Record(Series(game, 7, PERSONAS, starts))
    for _ in played([record.series], games, Here(), size, [record]):
        pass
    return record


def test_starts_are_moved_by_a_share_of_themselves(first_round: Game) -> None:
    """A fifth unless said, at least one, never out of the range; points where points are asked."""
    assert variations(first_round, TRACKS, ["tracks"]) == (
        Variation("tension", 50, 40), Variation("tension", 50, 60), Variation("lanes", 1, 0), Variation("lanes", 1, 2),
        Variation("standing", 50, 40), Variation("standing", 50, 60))
    assert variations(first_round, TRACKS, ["tension=±10%"]) == (Variation("tension", 50, 45), Variation("tension", 50, 55))
    assert variations(first_round, TRACKS, ["tension=+-7"]) == (Variation("tension", 50, 43), Variation("tension", 50, 57))
    assert variations(first_round, TRACKS, ["lanes=1", "tension = 80 %"]) == (
        Variation("lanes", 1, 0), Variation("lanes", 1, 2), Variation("tension", 50, 10), Variation("tension", 50, 90))
    assert variations(first_round, TRACKS, ["tension=60"])[1] == Variation("tension", 50, 100)


def test_the_last_word_on_a_track_counts(first_round: Game) -> None:
    """`tracks` and then one of them by another amount."""
    found = variations(first_round, TRACKS, ["tracks", "tension=2"])
    assert found[:2] == (Variation("tension", 50, 48), Variation("tension", 50, 52))
    assert len(found) == 6


@pytest.mark.parametrize(("asked", "said"), [
    ("tenson", "did you mean `tension`"), ("tension=much", "is no variation"), ("tension=0", "is no variation"),
    ("met", "There is no track"), ("tension=-", "is no variation")])
def test_what_cannot_be_varied_is_refused(first_round: Game, asked: str, said: str) -> None:
    """In a sentence that says what to write."""
    with pytest.raises(UsageError, match=said):
        variations(first_round, TRACKS, [asked])


def test_pairs_share_their_luck(first_round: Game) -> None:
    """The same start differs in no game; a track that only a score reads moves that score in every game alike."""
    written = recorded(first_round, 40, 10)
    same = shifts(Variation("tension", 50, 50), written, recorded(first_round, 40, 10, tension=50))
    assert all(shift.by.difference == 0 and shift.before == shift.after for shift in same)
    moved = {shift.id: shift for shift in shifts(
        Variation("standing", 50, 60), written, recorded(first_round, 40, 10, standing=60))}
    assert (moved["osk"].by.difference, moved["osk"].by.low, moved["osk"].by.high) == (5, 5, 5)
    assert moved["velmora"].by.difference == 0
    assert all(moved[name].by.difference == 0 for name in ("war", "open_bridge", "quarrel"))


def test_shifts_add_up(first_round: Game) -> None:
    """Before and after are shares of the same games; what one ending loses the others win; the largest comes first."""
    found = shifts(Variation("lanes", 1, 2), recorded(first_round, 200, 50), recorded(first_round, 200, 50, lanes=2))
    endings = ranked(found, "ending")
    assert {shift.games for shift in found} == {200}
    assert sum(shift.by.difference for shift in endings) == pytest.approx(0)
    assert all(shift.after - shift.before == pytest.approx(shift.by.difference) for shift in found)
    assert [abs(s.by.difference) for s in endings] == sorted((abs(s.by.difference) for s in endings), reverse=True)
    assert endings[0].by.sure
    assert endings[0].by.low <= endings[0].by.difference <= endings[0].by.high


def test_only_games_that_both_have_are_compared(first_round: Game) -> None:
    """After an interruption the variation has fewer; with none there is nothing to tell."""
    written, varied = recorded(first_round, 40, 10), recorded(first_round, 20, 10, tension=60)
    assert {shift.games for shift in shifts(Variation("tension", 50, 60), written, varied)} == {20}
    assert shifts(Variation("tension", 50, 60), written, Record(varied.series)) == ()
