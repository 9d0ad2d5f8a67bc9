"""An exploration: every verdict rests on something that can be shown, and an interruption loses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from sim.batch.chase import Chase
from sim.batch.explore import Progress, Verdict, explore, walking
from sim.batch.findings import findings
from sim.batch.goals import Goal, Goals
from sim.batch.line import Line, replayed
from sim.batch.reach import reach
from sim.batch.shorter import shortened
from sim.batch.walks import Table, Walked, tables, walk
from sim.batch.workers import Task, Workers
from sim.rules import Game
from tests.batch.quarrels import SEATS, drawn_game, tiny
from tests.rules.workshop import game


def lock(steps: int = 6) -> Game:
    """A door that opens after steps in their order, among many that close it again: play by lot does not get there."""
    moves: dict[str, Any] = {f"step{n}": {"title": f"Step {n}", "by": "north", "tier": "measures", "when": f"bolt == {n}",
                                          "branches": [{"chance": "10%", "change": {"bolt": 1}}, {"chance": "rest", "set": {"bolt": 0}}]}
                             for n in range(steps)}
    moves |= {f"jam{n}": {"title": f"Jam {n}", "by": "seats", "tier": "force", "set": {"bolt": 0}} for n in range(8)}
    return game(clock={"start": "2030-01-01", "orders": 1, "legs": {"days": {"rounds": steps + 2, "step": "1 days"}}},
                actors=SEATS, tracks={"heat": {"start": 50}, "bolt": {"start": 0, "max": steps}}, moves=moves,
                endings={"free": {"title": "Free", "when": f"bolt == {steps}", "text": "The door is open."},
                         "open": {"title": "Shut", "otherwise": True, "text": "The door is shut."}})


def reaches(game: Game, goals: Goals, goal: Goal, line: Line) -> bool:
    """Whether a line leads to a goal, and to it in its last round."""
    seen = [set(goals.seen(events)) for _, events in replayed(game, line)]
    return goal in goals.start or (goal in seen[-1] and len(seen) == line.rounds + 1)


def test_every_reached_goal_has_a_line_that_leads_there(first_round: Game) -> None:
    """Lines from walks, searches and the walk through everything, made shorter, all replay to their goal."""
    found = explore(first_round, seconds=0, games=40)
    goals = Goals(first_round)
    assert {goal for goal in goals.all if found.verdict(first_round, goals, goal) is Verdict.REACHED} == set(goals.all)
    assert [goal for goal, line in found.lines.items() if not reaches(first_round, goals, goal, line)] == []
    assert found.lines[Goal("ending", "quarrel")].orders == 0


def test_a_number_of_games_is_kept_to_and_repeats(first_round: Game) -> None:
    """The same seed and games give the same lines; another seed gives others."""
    one, two = explore(first_round, seconds=0, games=30), explore(first_round, seconds=0, games=30)
    assert one.walked.games == 30
    assert one.lines == two.lines
    assert explore(first_round, seconds=0, games=30, seed=2).walked.endings != one.walked.endings


@pytest.mark.parametrize("seed", range(8))
def test_verdicts_of_small_games_are_proved(seed: int) -> None:
    """Where every match was walked through nothing is unknown, and what the bound excludes is not found."""
    drawn = drawn_game(seed)
    assert drawn is not None
    found = explore(drawn, seconds=0, games=40)
    goals = Goals(drawn)
    verdicts = {goal: found.verdict(drawn, goals, goal) for goal in goals.all}
    if found.complete:
        assert Verdict.UNKNOWN not in verdicts.values()
        assert found.walked.games == 0
    assert [goal for goal, line in found.lines.items() if not reaches(drawn, goals, goal, line)] == []


def test_a_directed_search_gets_where_play_by_lot_does_not() -> None:
    """Six steps in order, each with one chance in ten, past what undoes them."""
    drawn, free = lock(), Goal("ending", "free")
    goals = Goals(drawn)
    walked = walk(drawn, 1, tuple((table, n) for n in range(30) for table in tables(drawn)), {})
    assert free not in walked.lines
    found = Chase(drawn, reach(drawn), goals).run(free, 1, {}, rounds=2_000)
    assert reaches(drawn, goals, free, found.lines[free])
    short = shortened(drawn, goals, found.lines[free], free, tries=100)
    assert {key for step in short.steps for keys in step.orders.values() for key in keys} == {f"step{n}:north" for n in range(6)}
    assert short.orders == 6


def test_war_on_the_flagship_is_found_in_a_moment(flagship: Game) -> None:
    """Few matches end in war; a directed search has it within a few hundred rounds."""
    war = Goal("ending", "war")
    goals = Goals(flagship)
    found = Chase(flagship, reach(flagship), goals).run(war, 1, {}, rounds=400)
    assert reaches(flagship, goals, war, found.lines[war])


def test_processes_find_what_one_process_finds() -> None:
    """The same series of matches, whoever plays it; tasks that are not begun when one stops listening are dropped."""
    drawn = lock(3)
    tasks = [Task(walking, (1, ((table, n),), {}), 60.0) for n in range(2) for table in tables(drawn)]
    found = []
    for jobs in (1, 2):
        walked = Walked()
        with Workers(drawn, jobs) as workers:
            for part in workers.each(iter(tasks)):
                walked.add(part)
        found.append(walked)
    assert found[0].endings == found[1].endings
    assert len(found[0].endings) == len(tasks)
    assert set(found[0].lines) == set(found[1].lines)


@pytest.mark.parametrize("stage", ["every match", "seeded matches", "shorter lines"])
def test_an_interruption_keeps_what_was_found(first_round: Game, stage: str) -> None:
    """Whatever it was doing; what was found until then has its lines, and the bound is there."""
    def stop(now: Progress) -> None:
        if now.stage == stage:
            raise KeyboardInterrupt

    found = explore(first_round, seconds=0, games=40, progress=stop)
    goals = Goals(first_round)
    assert found.interrupted
    assert found.bound.endings
    assert [goal for goal, line in found.lines.items() if not reaches(first_round, goals, goal, line)] == []


# -- findings


def balanced(**moves: dict[str, Any]) -> Game:
    """North's moves under test; south can only wait."""
    return game(clock={"start": "2030-01-01", "orders": 1, "legs": {"days": {"rounds": 4, "step": "1 days"}}}, actors=SEATS,
                tracks={"heat": {"start": 50}}, moves={**moves, "wait": {"title": "Wait", "by": "seats", "tier": "measures"}},
                endings={"cool": {"title": "Cool", "when": "heat <= 44", "text": "Cool."},
                         "open": {"title": "Open", "otherwise": True, "text": "Open."}})


def all_walked(drawn: Game, games: int) -> Walked:
    """Matches of every table."""
    return walk(drawn, 1, tuple((table, n) for n in range(games) for table in tables(drawn)), {})


def test_a_dominant_move_a_worthless_one_and_a_seat_that_cannot_matter() -> None:
    """Each is told with the states and matches it rests on; below the least of them nothing is told."""
    drawn = balanced(soothe={"title": "Soothe", "by": "north", "tier": "measures", "change": {"heat": -3}},
                     inflame={"title": "Inflame", "by": "north", "tier": "measures", "change": {"heat": 4}})
    told = findings(drawn, all_walked(drawn, 60))
    assert [(d.seat, d.move) for d in told.dominant] == [("north", "soothe")]
    assert told.dominant[0].best == told.dominant[0].states >= 40
    assert [w.move for w in told.worthless] == ["inflame"]
    assert [(idler.seat, idler.games, idler.other_passing) for idler in told.idlers] == [("south", 60, 0)]
    assert told.paired == 60
    few = findings(drawn, all_walked(drawn, 5))
    assert (few.dominant, few.worthless, few.idlers) == ((), (), ())


def test_rounds_without_a_choice_and_matches_that_stall() -> None:
    """Nothing is open after the second round: every later round is idle, and every match stalls."""
    drawn = game(clock={"start": "2030-01-01", "orders": 1, "legs": {"days": {"rounds": 7, "step": "1 days"}}}, actors=SEATS,
                 moves={"soothe": {"title": "Soothe", "by": "seats", "tier": "measures", "when": "round <= 2", "change": {"heat": -5}}})
    walked = all_walked(drawn, 60)
    told = findings(drawn, walked)
    assert [idle.round for idle in told.idle] == [3, 4, 5, 6, 7]
    assert told.stalls is not None
    assert (told.stalls.games, told.stalls.earliest) == (walked.games, 3)


def test_match_n_of_every_table_shares_its_luck() -> None:
    """A seat without influence changes nothing, so the same match has the same end whoever plays it."""
    drawn = balanced(soothe={"title": "Soothe", "by": "north", "tier": "measures", "change": {"heat": -3}})
    ends = all_walked(drawn, 10).endings
    assert all(ends[Table("persona"), n] == ends[Table("persona", "south", other), n]
               for n in range(10) for other in ("pass", "random"))


def test_the_tiny_game_is_proved_without_a_single_match() -> None:
    """Every match was walked through, so no series is played, and the rest is impossible."""
    drawn = game(**tiny())
    found = explore(drawn, seconds=0, games=1_000)
    goals = Goals(drawn)
    assert found.complete
    assert found.walked.games == 0
    assert {g.id for g in goals.all if found.verdict(drawn, goals, g) is Verdict.IMPOSSIBLE} == {
        "blaze", "icy", "embrace", "frost"}


def test_one_round_of_very_many_throws_is_left_in_the_middle() -> None:
    """Three amounts of 81 each fall in half a million ways: the walk stops at its bound and does not call itself whole."""
    from sim.batch.exhaust import exhaust

    drawn = game(**{**tiny(), "tracks": {"heat": {"start": 50}, "ice": {"start": 50}, "wind": {"start": 50}, "trust": {"start": 0, "max": 3}},
                    "rules": {"weather": {"when": "round >= 1", "change": {"heat": "-40..40", "ice": "-40..40", "wind": "-40..40"}}}})
    whole = exhaust(drawn, Goals(drawn), most=2_000)
    assert not whole.complete
    assert whole.decided == 4_000
    asked = iter([True] * 200)
    assert exhaust(drawn, Goals(drawn), most=10**6, going=lambda: next(asked, False)).decided < 200
