"""Promises retested: each verdict with what it rests on, and a match that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sim.authoring.expect.report import as_json, exit_code, save, summary, text
from sim.authoring.expect.testing import Judged, Memory, Verdict, expect, game_for
from sim.batch.asked import Asking
from sim.batch.exhaust import exhaust
from sim.batch.goals import Goal, Goals
from sim.batch.line import replayed
from sim.batch.reach import reach
from sim.batch.tally import FEWEST, anytime, decided, decided_mean
from sim.play.match import Match
from sim.policies import policy
from sim.policies.playout import numbered
from sim.rules import Game
from sim.scenario.load import Loaded
from sim.scenario.promises import promises
from tests.batch.quarrels import drawn, tiny
from tests.rules.workshop import game as compiled
from tests.rules.workshop import loaded

KEPT, BROKEN, UNDECIDED = Verdict.KEPT, Verdict.BROKEN, Verdict.UNDECIDED


def judged(scenario: Loaded | dict[str, Any], *lines: str, **how: Any) -> list[Judged]:
    """The verdicts on some promises, in their order."""
    found = loaded(**scenario, expect=list(lines)) if isinstance(scenario, dict) else promising(scenario, *lines)
    assert not found.errors, found.errors
    return sorted(expect(found, seconds=how.pop("seconds", 20), **how), key=lambda it: it.promise.number)


def promising(scenario: Loaded, *lines: str) -> Loaded:
    """The same scenario with other promises."""
    own, bound = scenario.usable()
    changed = own.model_copy(update={"expect": list(lines)})
    return replace(scenario, scenario=changed, bound=bound._replace(scenario=changed))


SMALL = (
    ("warm can happen", KEPT, "match"), ("warm cannot happen", BROKEN, "match"),
    ("blaze can happen", BROKEN, "proof"), ("blaze cannot happen", KEPT, "proof"),
    ("icy can happen", BROKEN, "proof"), ("hot can happen", KEPT, "match"), ("cold cannot happen", BROKEN, "proof"),
    ("frost can happen", BROKEN, None), ("embrace can happen", BROKEN, None), ("reach_out can happen", KEPT, "match"),
    ("heat >= 90 is possible", KEPT, "match"), ("heat >= 91 is possible", BROKEN, "proof"),
    ("heat >= 91 never holds", KEPT, "proof"), ("trust >= 3 never holds", KEPT, None),
    ("trust >= 2 and heat >= 80 is possible", KEPT, "match"), ("trust == 2 and heat == 50 never holds", KEPT, "every match"),
    ("played(press) and phase is hot is possible", KEPT, "match"),
    ("press before reach_out is possible", KEPT, "match"), ("reach_out before press is possible", BROKEN, None),
    ("reach_out never before press", KEPT, None), ("press never before reach_out", BROKEN, "match"),
    ("hot before warm is possible", KEPT, "match"), ("heat >= 60 before hot is possible", KEPT, "match"),
)


def test_what_can_happen_is_proved_walked_through_or_shown() -> None:
    """Every sentence of that kind in a game of two rounds, each verdict with the way it is known."""
    found = judged(tiny(), *(line for line, _, _ in SMALL))
    assert [(it.promise.text, it.verdict) for it in found] == [(line, verdict) for line, verdict, _ in SMALL]
    for it, (line, _, by) in zip(found, SMALL, strict=True):
        assert by in (None, it.known_by), line
        assert (it.line is not None) == (it.known_by == "match" or it.promise.text == "cold cannot happen")
    assert "heat" in found[2].why


def test_a_clock_that_ends_earlier_has_promises_of_its_own() -> None:
    """`by LEG` ends the clock with that leg, so what comes later cannot happen."""
    short = {**tiny(), "clock": {"start": "2030-01-01", "orders": 1, "legs": {
        "one": {"rounds": 1, "step": "1 days"}, "two": {"rounds": 1, "step": "1 days"}}}}
    found = judged(short, "warm can happen", "warm can happen by one", "warm can happen by two")
    assert [it.verdict for it in found] == [KEPT, BROKEN, KEPT]


def test_what_shows_a_verdict_can_be_opened(tmp_path: Path) -> None:
    """The save holds the match: opened again it stands where the line leads; nothing is kept of a proof."""
    first, proof, before = judged(tiny(), "warm cannot happen", "blaze can happen", "press never before reach_out")
    scenario = loaded(**tiny(), expect=["warm cannot happen", "blaze can happen", "press never before reach_out"])
    for it in (first, before):
        path = save(scenario, it, tmp_path)
        assert path is not None
        with Match.load(path) as match:
            assert it.line is not None
            *_, (state, _) = replayed(game_for(scenario, it.promise), it.line)
            assert match.state.values == state.values
        told = text(scenario, it, path)
        assert told.startswith("broken     " + it.promise.text)
        assert f"detente replay {path}" in told
    assert save(scenario, proof, tmp_path) is None
    assert first.round == 2
    assert as_json(scenario, first, None)["witness"]["round"] == 2


def persona(weights: dict[str, int], **more: Any) -> dict[str, Any]:
    """A seat's persona."""
    return {"policy": {"weights": weights, **more}}


def habits(**more: Any) -> dict[str, Any]:
    """The small game with personas: the north presses only when the south has, the south whenever it likes."""
    north = {"policy": {"weights": {"press": 5, "reach_out": 0, "hold": 1},
                        "factors": [{"of": "press", "when": "heat == 50", "times": 0}]}}
    south = {"policy": {"weights": {"press": 5, "embrace": 1, "hold": 5}}}
    out = tiny()
    out["actors"] = {"north": {**out["actors"]["north"], **north}, "south": {**out["actors"]["south"], **south}}
    return {**out, **more}


def test_a_persona_is_proved_never_to_do_what_it_cannot_draw() -> None:
    """Weight 0 and factors of 0 are proofs; what it does is shown by its own game."""
    found = judged(habits(), "north never plays reach_out", "north never plays press first", "north never plays press",
                   "south never plays press first", "south never plays embrace")
    assert [it.verdict for it in found] == [KEPT, KEPT, BROKEN, BROKEN, KEPT]
    assert [it.known_by for it in found] == ["proof", "proof", "match", "match", "proof"]
    for it in found[2:4]:
        assert it.line is not None
        assert any(key.startswith("press:" + ("north" if it is found[2] else "south"))
                   for step in it.line.steps for keys in step.orders.values() for key in keys)


def test_shares_and_scores_are_counted_in_the_games_that_odds_plays() -> None:
    """Kept, broken and undecided; the count is that of the same games, and a game that shows it is kept."""
    lines = ("warm in at most 95 % of games", "warm in at most 1 % of games", "open in between 20 and 99 % of random games",
             "blaze in at most 1 % of games", "blaze in at least 1 % of games", "north scores at least 5 on average",
             "north scores at least 90 on average", "hot in at least 2 % of games")
    found = judged(habits(), *lines, seed=4)
    assert [it.verdict for it in found] == [KEPT, BROKEN, KEPT, KEPT, BROKEN, KEPT, BROKEN, KEPT]
    assert [it.known_by for it in found[3:5]] == ["proof", "proof"]
    game = compiled(**habits())
    players = dict.fromkeys(game.seats, policy("persona", explaining=False))
    kept = found[0]
    assert kept.share is not None
    assert kept.share.count == sum(numbered(game, 4, n, players).ending == "warm" for n in range(kept.games))
    assert kept.share.low <= kept.share.share <= kept.share.high < 0.95
    worst = found[6]
    assert worst.mean is not None
    assert worst.mean < 90
    assert worst.line is not None


def test_time_that_is_over_leaves_a_promise_undecided() -> None:
    """The words say how far it came; the exit code differs from that of a broken one."""
    lines = ("warm in at most 90 % of games", "heat >= 91 never holds")
    open_, kept = judged(habits(), *lines, seconds=1e-6)
    assert (open_.verdict, open_.known_by, kept.verdict) == (UNDECIDED, "budget", KEPT)
    assert exit_code([open_, kept]) == 0
    assert exit_code([open_, kept], strict=True) == 1
    assert exit_code([open_, replace(kept, verdict=BROKEN)]) == 1
    assert exit_code([kept]) == 0
    assert summary([open_, kept]) == "2 promises: 1 kept, 1 undecided."


def test_whoever_listens_may_stop_at_any_time() -> None:
    """Verdicts come one by one, the proofs first; once `going` says no, the rest comes at once as interrupted."""
    scenario = loaded(**habits(), expect=["warm in at most 40.5 % of games", "warm can happen", "blaze cannot happen"])
    heard: list[str] = []
    for it in expect(scenario, seconds=60, going=lambda: not heard):
        heard.append(it.promise.text)
        if len(heard) > 1:
            assert (it.verdict, it.known_by) in ((UNDECIDED, "interruption"), (KEPT, "match"))
    assert heard[0] == "blaze cannot happen"
    assert len(heard) == 3


def test_memory_spares_what_is_still_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run plays no game of a scenario that plays alike, and tries the line it knew first."""
    scenario = loaded(**habits(), expect=["warm in at most 95 % of games", "warm can happen"])
    memory = Memory()
    before = list(expect(scenario, memory=memory))
    monkeypatch.setattr("sim.authoring.expect.clock.tallying", lambda *_: pytest.fail("a game was played again"))
    after = list(expect(scenario, memory=memory))
    assert [(it.promise, it.verdict, it.share) for it in sorted(before, key=lambda it: it.promise.number)] == \
        [(it.promise, it.verdict, it.share) for it in sorted(after, key=lambda it: it.promise.number)]
    other = loaded(**{**habits(), "endings": {**habits()["endings"], "warm": {
        "title": "Warm", "when": "heat >= 80 and heat <= 20", "text": "Warm."}}}, expect=["warm can happen"])
    assert [it.verdict for it in expect(other, memory=memory)] == [BROKEN]


def test_processes_find_the_same(loaded_first_round: Loaded) -> None:
    """With two jobs the verdicts on a larger scenario are those of one; counts end at the same game."""
    lines = ("open_bridge can happen", "war in at most 30 % of games")
    alone = judged(loaded_first_round, *lines, jobs=1)
    shared = judged(loaded_first_round, *lines, jobs=2)
    assert [(it.verdict, it.share) for it in alone] == [(it.verdict, it.share) for it in shared]
    assert {it.verdict for it in alone} == {KEPT}


# -- what it rests on


@pytest.mark.parametrize("seed", range(12))
def test_questions_change_nothing_of_a_game(seed: int) -> None:
    """The same endings and values game by game, with marks on everything; and no proof contradicts a match."""
    scenario = drawn(seed)
    if scenario is None:
        pytest.skip("what was drawn is no scenario")
    plain = compiled_of(scenario)
    lines = ("m0 before first is possible", "heat >= 60 before m1 is possible", "hot before m0 is possible",
             "news before m1 is possible", "met is possible", "m1 before r0 is possible")
    says = [it.says for it in promises(promising(scenario, *lines).usable()[1])]
    asking = Asking(plain, scenario.usable()[1].words.variables)
    goals = [asking.before(it.first, it.second) if hasattr(it, "first") else asking.holds(it.thing.condition)  # type: ignore[union-attr, arg-type]
             for it in says]
    asked = asking.game()
    players = dict.fromkeys(plain.seats, policy("random", explaining=False))
    bound = reach(asked)
    seen: set[Goal] = set()
    known = Goals(asked)
    for n in range(8):
        one = numbered(plain, seed, n, players)
        two = numbered(asked, seed, n, players, lambda s, o, events: seen.update(known.seen(events)))
        assert (one.ending, one.scores, one.rounds) == (two.ending, two.scores, two.rounds)
        assert two.state.values[:len(plain.names)] == one.state.values
    walked = exhaust(asked, known, 400)
    rules = {rule.id: rule.key for rule in (*asked.open_rules, *asked.close_rules)}
    allowed = {rules[rule] for rule in bound.rules}
    for goal in goals:
        if goal in seen or goal in walked.lines:
            assert goal.id in allowed


def compiled_of(scenario: Loaded) -> Game:
    """The scenario's game."""
    from sim.play import game_of

    return game_of(scenario, None)


def test_an_interval_for_all_looks_seldom_excludes_the_truth() -> None:
    """Of many series watched game by game, at most 5 in 100 are ever decided the wrong way."""
    luck, sets = Random(7), 400
    for truth in (0.03, 0.3):
        wrong = sum(decided((luck.random() < truth for _ in range(300)), 0.0, truth)[0] is not None for _ in range(sets))
        assert wrong / sets < 0.05
    wrong = sum(decided_mean((luck.random() for _ in range(200)), 0.5, 1.0)[0] is not None for _ in range(200))
    assert wrong / 200 < 0.05


def test_clear_cases_are_decided_early() -> None:
    """Never before fifty games; soon after where the share is far from its bound; never at the bound itself."""
    assert decided([False] * 60, 0.0, 0.5) == (True, FEWEST, 0)
    assert decided([True] * 60, 0.0, 0.5) == (False, FEWEST, FEWEST)
    assert decided([False] * 400, 0.0, 0.03)[1] < 250
    assert decided([False] * 400, 0.0, 0.0) == (None, 400, 0)
    assert decided([False] * 70 + [True], 0.0, 0.0) == (False, 71, 1)
    assert decided([n % 2 == 0 for n in range(300)], 0.3, 0.7)[0] is True
    share = anytime(12, 800)
    assert share.low < 12 / 800 < share.high
    assert anytime(0, 0).high == 1
    assert decided_mean([0.45 + 0.1 * (n % 2) for n in range(300)], 0.3, 1.0)[0] is True
    assert decided_mean([0.1] * 300, 0.3, 1.0)[:1] == (False,)


def test_the_page_runs_as_printed() -> None:
    """The example of docs/promises.md gives what stands under it."""
    import doctest

    failures, tried = doctest.testfile(str(Path(__file__).parents[2] / "docs/promises.md"), module_relative=False)
    assert (failures, tried) == (0, 5)


def test_what_stays_undecided_says_which_condition_was_rarely_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """Flags that shut each other out: the condition that never was; a minute is not spent on what nothing decides."""
    from sim.authoring.expect import clock

    monkeypatch.setattr(clock, "MOST_ROUNDS", 100)
    monkeypatch.setattr(clock, "FEW_ROUNDS", 100)
    monkeypatch.setattr(clock, "LOOKING", {True: 0.0, False: 0.0})
    monkeypatch.setattr(clock, "TRIES", {True: 2, False: 4})
    deed = {"by": "seats", "tier": "measures"}
    scenario: dict[str, Any] = {
        "flags": {"early": {"text": "Early."}, "late": {"text": "Late."}},
        "moves": {"go_early": {"title": "Early", **deed, "when": "not late", "set": {"early": True}},
                  "go_late": {"title": "Late", **deed, "when": "not early and round >= 4", "set": {"late": True}}},
        "tracks": {"heat": {"start": 50}, "ice": {"start": 50}, "wind": {"start": 50}},
        "rules": {"weather": {"when": "round >= 1", "change": {"heat": "0..4", "ice": "0..4", "wind": "0..4"}}},
        "endings": {"both": {"title": "Both", "when": ["heat >= 0 or ice >= 1", "early and late"], "text": "Both."},
                    "open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}}}
    for line, searches in (("both can happen", 4), ("early before both is possible", 4), ("early and late never holds", 2)):
        [it] = judged(scenario, line, seconds=60)
        assert it.verdict is UNDECIDED
        assert f" matches and {searches} directed searches, and not excluded either;" in it.why
        assert "`late` held least often of its conditions: in " in it.why
        assert it.why.endswith("rounds looked at")
