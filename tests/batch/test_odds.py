"""Many games: the same odds however the work is spread, their intervals, and what is left of an interrupted series."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from sim.batch.executors import Processes
from sim.batch.odds import Pace, odds, odds_of, pace, played, settlements
from sim.batch.series import Chunk, Played, Readable, Record, Series, chunked
from sim.batch.shares import Difference, mean_difference, paired, spread, weighed, wilson
from sim.errors import DetenteError
from sim.policies import policy
from sim.policies.playout import numbered
from sim.rules import Game
from tests.rules import workshop

PERSONAS = {"velmora": "persona", "osk": "one-ply"}


def test_processes_and_chunks_change_no_figure(first_round: Game) -> None:
    """The same seed and games give equal odds here, in one process and in two, whatever the size of the chunks."""
    alone = odds(first_round, 11, 70, PERSONAS, size=70)
    assert odds(first_round, 11, 70, PERSONAS, size=1) == alone
    assert odds(first_round, 11, 70, PERSONAS, Processes(1), size=32) == alone
    assert odds(first_round, 11, 70, PERSONAS, Processes(2), size=9) == alone
    assert odds(first_round, 12, 70, PERSONAS) != alone


def test_the_table_counts_all_games(first_round: Game) -> None:
    """Every ending is listed, counts add up, and means are those of the games themselves."""
    heard: list[int] = []
    found = odds(first_round, 1, 30, PERSONAS, progress=heard.append, size=8)
    assert (found.games, heard, found.exact) == (30, [8, 16, 24, 30], False)
    assert list(found.endings) == [e.id for e in first_round.endings]
    policies = {seat: policy(name, explaining=False) for seat, name in PERSONAS.items()}
    results = [numbered(first_round, 1, n, policies) for n in range(30)]
    assert {name: it.count for name, it in found.endings.items() if it.count} == Counter(r.ending for r in results)
    for n, seat in enumerate(first_round.seats):
        assert found.scores[seat].mean == pytest.approx(sum(r.scores[n] for r in results) / 3_000)
        assert 0 <= found.scores[seat].low <= found.scores[seat].median <= found.scores[seat].high <= 100


def test_whoever_stops_listening_keeps_what_was_done(first_round: Game) -> None:
    """After two chunks the record holds just those games, and the processes are gone."""
    from multiprocessing import active_children

    series = Series(first_round, 5, PERSONAS)
    record = Record(series)
    listening = played([series], 4_000, Processes(2), 20, [record])
    next(listening)
    next(listening)
    listening.close()
    assert record.games == 40
    assert odds_of(record).games == 40
    assert active_children() == []


class Fatal(Readable):
    """An engine that the system ends."""

    def play(self, series: Series, first: int, games: int) -> Played:
        """Never comes back."""
        os._exit(9)


def test_a_process_that_is_ended_is_told_in_a_sentence(first_round: Game) -> None:
    """No traceback of the pool: one error of our own."""
    with pytest.raises(DetenteError, match="ended by the system"):
        list(Processes(1, Fatal()).run([Series(first_round, 1, PERSONAS)], [Chunk(0, 0, 1)]))


def test_chunks_cover_every_game_of_every_series_once(first_round: Game) -> None:
    """The last chunk of a series is shorter."""
    series = [Series(first_round, 1, PERSONAS)] * 2
    assert chunked(series, 7, 3) == [(0, 0, 3), (0, 3, 3), (0, 6, 1), (1, 0, 3), (1, 3, 3), (1, 6, 1)]


def test_a_series_can_start_elsewhere() -> None:
    """A start moves, with what those reckon with who do not see the track; an estimate of the author's stays."""
    compiled = workshop.game(tracks={"open": {"start": 3}, "kept": {"start": 4, "seen": "nobody"},
                                     "guessed": {"start": 5, "seen": "nobody", "estimate": 50}})
    moved = Series(compiled, 1, {}, {"open": 13, "kept": 14, "guessed": 15}).laid()

    def of(table: tuple[int, ...]) -> list[int]:
        return [table[compiled.index[name]] for name in ("open", "kept", "guessed")]

    assert of(moved.start) == [13, 14, 15]
    assert of(moved.estimate) == [13, 14, 50]
    assert Series(compiled, 1, {}).laid() is compiled


def test_footprints_name_what_happened(first_round: Game) -> None:
    """Per game, once: orders and their branches, rules, statuses, steps and endings."""
    found = Readable().play(Series(first_round, 1, PERSONAS, covered=True), 0, 40)
    ended = Counter({f"ending:{first_round.endings[n].id}": count for n, count in Counter(found.endings).items()})
    assert {name: n for name, n in found.seen.items() if name.startswith("ending:")} == dict(ended)
    assert found.seen["status:phase=quarrel"] == 40
    assert 0 < found.seen["step:phase=quarrel>talks"] <= found.seen["status:phase=talks"] <= 40
    assert found.seen["move:gesture:osk"] == found.seen["branch:gesture:osk#0"] > 0
    assert found.seen["move:inspect:velmora"] <= (found.seen["branch:inspect:velmora#0"]
                                                  + found.seen["branch:inspect:velmora#1"])
    assert max(found.seen.values()) <= 40
    assert not Readable().play(Series(first_round, 1, PERSONAS), 0, 1).seen


def test_the_time_is_foretold_from_a_few_games(first_round: Game) -> None:
    """More work takes longer, two processes take less, and a chunk is worth well under a second."""
    found = pace(Readable(), Series(first_round, 1, PERSONAS))
    assert 0 < found.game < 1
    assert found.game * found.chunk < 1
    assert Pace(0.1, 0.06).expected(11, 200, 2) < Pace(0.1, 0.06).expected(11, 200, 1) == pytest.approx(133.1)


def test_endings_add_up_by_class(first_round: Game) -> None:
    """Shares of a class are counted together, with an interval of their own."""
    found = odds(first_round, 1, 30, PERSONAS)
    classes = settlements(found, {"war": "war", "open_bridge": "none", "quarrel": "none"})
    assert list(classes) == ["war", "none"]
    assert classes["none"] == wilson(found.endings["open_bridge"].count + found.endings["quarrel"].count, 30)


# -- figures


def test_intervals_are_wilsons() -> None:
    """Against values of the published formula; no games mean no knowledge."""
    assert (round(wilson(5, 50).low, 4), round(wilson(5, 50).high, 4)) == (0.0435, 0.2136)
    assert (wilson(0, 10).low, wilson(10, 10).high) == (0, 1)
    assert round(wilson(0, 10).high, 4) == 0.2775
    assert (round(wilson(81, 263).low, 4), round(wilson(81, 263).high, 4)) == (0.2553, 0.3662)
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)


def test_paired_differences_know_that_the_games_are_the_same() -> None:
    """Agreement makes the interval narrower; exchanging before and after turns it round; no difference keeps a width."""
    moved = paired(40, 5, 15, 40)
    assert moved.difference == pytest.approx(0.10)
    assert moved.sure
    back = paired(40, 15, 5, 40)
    assert (back.difference, back.low, back.high) == pytest.approx((-moved.difference, -moved.high, -moved.low))
    apart = paired(22, 23, 33, 22)
    assert apart.difference == pytest.approx(0.10)
    assert not apart.sure
    none = paired(0, 0, 0, 50)
    assert none.low < none.difference == 0 < none.high
    assert paired(0, 0, 0, 0) == Difference(0, -1, 1)


def test_paired_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Over many sets of 60 games whose true shares are 30 % and 40 %, 95 in 100 intervals hold the difference."""
    from random import Random

    luck, held, sets = Random(1998), 0, 1_500
    for _ in range(sets):
        counts = Counter(luck.choices(("both", "before", "after", "neither"), (22, 8, 18, 52), k=60))
        found = paired(*(counts[name] for name in ("both", "before", "after", "neither")))
        held += found.low <= 0.10 <= found.high
    assert 0.93 < held / sets < 0.98


def test_mean_differences_are_of_pairs() -> None:
    """What all games share has no width; one game tells nothing of the width."""
    assert mean_difference([100, 300, 500], [200, 400, 600]) == Difference(1, 1, 1)
    found = mean_difference([0, 0, 0, 0], [0, 200, 0, 200])
    assert found.difference == 1
    assert found.high - found.low == pytest.approx(2 * 1.959964 * (4 / 3) ** 0.5 / 2)
    assert mean_difference([1_000], [3_000]) == Difference(20, -100, 100)


def test_quartiles_of_scores() -> None:
    """Of one game, the game itself; of chances, the first score by which that much is reached."""
    assert spread([5_000]).median == 50
    assert (spread([0, 1_000, 2_000, 3_000, 4_000]).low, spread([0, 1_000, 2_000, 3_000, 4_000]).high) == (10, 30)
    found = weighed({0: 0.2, 1_000: 0.3, 5_000: 0.4, 9_000: 0.1})
    assert (found.low, found.median, found.high) == (10, 10, 50)
    assert found.mean == pytest.approx(32)
