"""The report of an exploration: reasons that name a line, witnesses that are saves, keys that programs can rely on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.authoring.explore.report import Report, explore
from sim.authoring.explore.saves import free, saved
from sim.authoring.explore.text import text
from sim.batch.explore import Progress
from sim.batch.goals import Goal
from sim.errors import UsageError
from sim.play import Match, game_of
from sim.scenario.load import Loaded
from tests.batch.quarrels import TWO_DAYS, tiny
from tests.rules.workshop import loaded


def report(found: Loaded, games: int = 40, until: str | int | None = None, **more: Any) -> Report:
    """An exploration of so many matches."""
    return explore(found, game_of(found, until), until=until, seconds=0, games=games, **more)


def line_of(found: Loaded, words: str) -> int:
    """The line on which some words stand in the scenario."""
    return next(n for n, line in enumerate(found.files["scenario.yaml"].split("\n"), 1) if words in line)


def reason(sections: dict[str, Any], goal: Goal) -> tuple[str, str, int | None]:
    """Why a goal of a changed tiny scenario is impossible: sentence, condition, line."""
    why = report(loaded(**{**tiny(), **sections})).blocked[goal]
    return why.sentence, why.condition, why.span.line if why.span else None


def test_an_impossible_ending_names_its_condition_its_line_and_what_can_be_reached() -> None:
    """Two rounds of two orders of ten reach 90, not 91."""
    found = loaded(**tiny())
    told = report(found)
    why = told.blocked[Goal("ending", "blaze")]
    assert why.sentence == "`heat >= 91` needs 91; the most that can be reached by the end is 90."
    assert why.condition == "heat >= 91"
    assert why.span is not None
    assert why.span.line == line_of(found, "heat >= 91")
    assert Goal("ending", "blaze") in told.problems


@pytest.mark.parametrize(("when", "sentence", "condition"), [
    ("heat <= 10", "`heat <= 10` needs 10 or less; the least that can be reached by the end is 50.", "heat <= 10"),
    ("heat == 7", "`heat == 7` cannot hold: `heat` lies between 50 and 90 there and never has that value.", "heat == 7"),
    ("phase is icy", "`phase is icy` never holds; there `phase` can be `cold` or `hot`.", "phase is icy"),
    ("played(embrace)", "`played(embrace)` never holds: that move can never be played before.", "played(embrace)"),
    ("heat >= 80 and round == 1", "`heat >= 80` and `round == 1` can each hold, but never together: while `heat >= 80` "
     "holds, `round` lies between 2 and 2.", "heat >= 80 and round == 1"),
    ("calm", "`calm` never holds: `heat < 50` needs 49 or less; the least that can be reached by the end is 50.", "heat < 50"),
    ("heat >= 80", "its condition can hold, but then an ending that stands before it in the file is reached instead.", ""),
])
def test_reasons_are_plain_sentences(when: str, sentence: str, condition: str) -> None:
    """One for each kind of condition, with its words."""
    endings = {"warm": {"title": "Warm", "when": "heat >= 80", "text": "Warm."},
               "end": {"title": "End", "when": when, "text": "End."},
               "open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}}
    if "heat >= 80 and" in when:
        del endings["warm"]
    told, named, _ = reason({"endings": endings, "define": {"calm": "heat < 50"}}, Goal("ending", "end"))
    assert told == sentence
    assert named == condition


def test_what_nothing_leads_to_is_said_so() -> None:
    """A phase without a step, a move that costs too much, an inject of a leg that this clock does not reach."""
    states = {"cold": {"title": "Cold"}, "hot": {"title": "Hot"}, "lost": {"title": "Lost"}}
    steps = [{"to": "hot", "from": "cold", "when": "heat >= 70"}]
    told, _, line = reason({"phases": {"start": "cold", "states": states, "steps": steps}}, Goal("phase", "lost"))
    assert told == "no move, rule, inject or step leads to the phase `lost`."
    assert line is not None
    moves = {**tiny()["moves"], "grand": {"title": "Grand", "by": "south", "tier": "measures", "cost": 3}}
    assert "costs more attention than its seat has" in reason({"moves": moves}, Goal("move", "grand"))[0]
    assert reason({}, Goal("move", "embrace"))[0].startswith("`trust >= 3` needs 3; the most that can be reached by the end is 0")


def test_every_witness_is_a_save_that_can_be_read_and_has_reached_its_goal(loaded_first_round: Loaded, tmp_path: Path) -> None:
    """Files for endings, phases, moves, clauses and injects; what the file says happened, its events say too."""
    told = report(loaded_first_round, folder=tmp_path)
    assert {goal.kind for goal in told.files} == {"ending", "phase", "move", "inject"}
    assert len(list(tmp_path.glob("*.detente"))) == len(told.files) > 10
    for goal, path in told.files.items():
        match = Match.read(path)
        assert goal in told.goals.seen(event for entry in match.line() for event in entry.events)
        if goal.kind == "ending":
            assert match.state.ending == goal.id
        assert match.players == {"velmora": "person", "osk": "person"}


def test_a_save_is_the_line_to_the_last_die(loaded_flagship: Loaded, tmp_path: Path) -> None:
    """War on the flagship, by dice that were set: the match ends as the line does, and says which dice fell."""
    from sim.batch.chase import Chase
    from sim.batch.goals import Goals
    from sim.batch.line import replayed
    from sim.batch.reach import reach

    game = game_of(loaded_flagship, None)
    goals, war = Goals(game), Goal("ending", "war")
    line = Chase(game, reach(game), goals).run(war, 1, {}, rounds=400).lines[war]
    match = saved(loaded_flagship, None, goals, war, line, tmp_path / "war.detente")
    *_, (state, events) = replayed(game, line)
    assert match.state == state
    assert match.rounds[-1].events == events


def test_an_interruption_while_saves_are_written_keeps_the_report(loaded_first_round: Loaded, tmp_path: Path) -> None:
    """The saves that are there are whole; every verdict is told."""
    def stop(now: Progress) -> None:
        if (now.stage, now.settled) == ("saves", 3):
            raise KeyboardInterrupt

    told = report(loaded_first_round, games=20, folder=tmp_path, progress=stop)
    assert told.explored.interrupted
    assert set(told.verdicts) == set(told.goals.all)
    assert len(told.files) == 3 == len([Match.read(path) for path in tmp_path.glob("*.detente")])


def test_a_folder_with_saves_is_not_written_over(tmp_path: Path) -> None:
    """Refused before anything is searched."""
    (tmp_path / "mine.detente").write_bytes(b"")
    with pytest.raises(UsageError, match="already holds saves"):
        free(tmp_path)


def test_the_answer_has_its_documented_keys() -> None:
    """Verdicts by section and id; clauses by status, moves by instance."""
    told = report(loaded(**tiny()), games=1_000).as_json()
    assert set(told) == {"endings", "phases", "moves", "clauses", "injects", "rules", "findings", "budget", "searched"}
    assert {eid: it["verdict"] for eid, it in told["endings"].items()} == {
        "blaze": "impossible", "warm": "reached", "open": "reached"}
    assert {"verdict", "reason", "condition", "path", "line", "column"} == set(told["endings"]["blaze"])
    warm = told["endings"]["warm"]
    assert set(warm) == {"verdict", "round", "orders", "witness"}
    assert warm["round"] == 2
    assert warm["witness"]["rounds"][-1]["round"] == 2
    assert told["moves"]["embrace"]["instances"] == {"reached": 0, "of": 1, "impossible": ["embrace:south"]}
    assert told["searched"]["complete"] is True
    assert told["budget"] == {"seconds": 0, "games": 1_000, "seed": 1, "jobs": 1, "until": None}


def test_a_clause_is_judged_by_its_signature() -> None:
    """Its other statuses stand beside; what no other clause excludes is never struck, and that is no problem."""
    sections = {
        "clock": {**TWO_DAYS, "orders": 2, "legs": {"days": {"rounds": 4, "step": "1 days"}}},
        "draft": {"signatories": ["north", "south"], "tabled_by": ["north", "south"], "window": 2, "room": "heat >= 0",
                  "parts": {"main": {"title": "Main"}}, "table": {"cost": 1}, "sign": {"cost": 1}},
        "clauses": {"pact": {"part": "main", "text": "A pact.", "parties": ["north", "south"]}},
        "actors": tiny()["actors"],
        "moves": {"wait": {"title": "Wait", "by": "seats", "tier": "measures"}},
    }
    found = report(loaded(**sections), games=60)
    told = found.as_json()["clauses"]["pact"]
    assert told["verdict"] == "reached"
    assert told["statuses"]["struck"]["verdict"] == "impossible"
    assert found.problems == ()


def test_the_text_says_what_an_author_needs(loaded_first_round: Loaded) -> None:
    """Counts, endings with their lines, what is impossible with its reason and place, and what findings rest on."""
    told = text(report(loaded_first_round))
    assert "Endings: 3 reached of 3." in told
    assert "quarrel      reached in round 5, no order needed" in told
    assert "Balance: " in told
    assert "sampled states" in told
    shut = text(report(loaded(**tiny())))
    assert "Every match was walked through" in shut
    assert "needs 91; the most that can be reached by the end is 90. (workshop:" in shut
    assert "\033" not in told


def test_a_leg_that_is_not_reached_is_the_reason() -> None:
    """Injects of a later leg cannot happen up to the end of the first."""
    found = loaded(injects={"late": {"title": "Late", "when": "leg == 2", "dispatch": "Late."}})
    told = report(found, until="days", games=5)
    why = told.blocked[Goal("inject", "late")]
    assert why.condition == "leg == 2"
    assert "the most that can be reached by the end is 1" in why.sentence or "always 1" in why.sentence


def test_what_is_unknown_names_the_condition_that_held_least_often() -> None:
    """Two flags that shut each other out: no set of values knows it, no search finds it, and the later one is the rarer."""
    deed = {"by": "seats", "tier": "measures"}
    found = loaded(
        flags={"early": {"text": "Early."}, "late": {"text": "Late."}},
        moves={"go_early": {"title": "Early", **deed, "when": "not late", "set": {"early": True}},
               "go_late": {"title": "Late", **deed, "when": "not early and round >= 4", "set": {"late": True}}},
        define={"twice": "early and late"},
        endings={"both": {"title": "Both", "when": ["heat >= 1", "twice"], "text": "Both."},
                 "open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}})
    told = report(found, games=8)
    goal = Goal("ending", "both")
    rarest = told.rarest[goal]
    assert rarest.condition == "late"
    assert 0 <= rarest.held < rarest.of
    assert told.as_json()["endings"]["both"]["rarest"] == {"condition": "late", "held": rarest.held, "of": rarest.of}
    shown = text(told).split("\n")
    at = next(n for n, line in enumerate(shown) if line.startswith("  both"))
    assert shown[at].endswith("more games or a longer budget may decide it")
    assert shown[at + 1].strip() == rarest.sentence
    assert rarest.sentence.startswith("`late` held least often of its conditions: in ")


def test_a_concession_that_never_pays_at_once_is_no_reproof() -> None:
    """The line says what it rests on, and that a step may pay later."""
    from sim.authoring.explore.findings import sentences
    from sim.batch.findings import Findings, Worthless

    [told] = sentences(Findings(50, 60, (), (Worthless("add_one", 52), Worthless("stay_out", 54)), (), None, (), 0))
    assert told == ("`add_one` (in 52 sampled choices) and `stay_out` (54) never bring their seat more than other moves in the "
                    "round itself. Where one of them was open, something else brought at least 1 point more at once. That is "
                    "as it should be for a step that pays later; look at those that were meant to pay at once.")
