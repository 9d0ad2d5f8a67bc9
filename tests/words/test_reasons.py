"""Why an automatic player chose, in words and numbers, as far as the reader may know."""

from __future__ import annotations

import pytest

from sim.play import Choice, Match, Reason
from sim.rules import CONTROL, Orders
from sim.scenario.load import Loaded
from sim.words.catalog import negated
from sim.words.desk import Desk
from sim.words.models import ReasonLine


def _resolved(loaded: Loaded, level: str, reason: Reason, seat: str) -> Match:
    match = Match.new(loaded, seed=1, level=level)
    match.resolve({seat: Choice(Orders((reason.move,) if reason.move else ()), (reason,))})
    return match


def _cond(match: Match, text: str) -> int:
    return match.game.cond_text.index(text)


def test_control_reads_weights_conditions_and_what_it_would_have_taken(loaded_flagship: Loaded) -> None:
    """All figures, with the values of the day on which the order was filed."""
    match = Match.new(loaded_flagship, seed=1, level="standard")
    held, missing = _cond(match, "tension >= 55"), _cond(match, "azerbaijan.isolation >= 35")
    reason = Reason("order", "deny:azerbaijan", weight=24, total=96, factors=((held, 32),), gain=120,
                    rivals=(("name_delegation:azerbaijan", 12),), otherwise=(missing,))
    match.resolve({"azerbaijan": Choice(Orders(("deny:azerbaijan",)), (reason,))})
    tension = match.history(CONTROL)[0].values[match.game.index["tension"]]
    isolation = match.history(CONTROL)[0].values[match.game.index["azerbaijan.isolation"]]
    assert Desk(match, CONTROL, {}).reasons() == (ReasonLine(
        "azerbaijan", "Baku ordered “State the case: own side of an unmarked border”",
        ("at once it promised +1.2 points",
         f"twice as inclined to it, because tension is 55 or more (it was {tension})",
         "it also weighed “Name a delegation to the commission” (+0.1 points)",
         "it drew this from its persona: 25 % of the weight lay on it"),
        f"“Name a delegation to the commission” would have weighed more if this were so: isolation is 35 or more "
        f"(it was {isolation})"),)


def test_another_seat_reads_no_figures_and_no_secrets(loaded_flagship: Loaded) -> None:
    """On level easy a public order is explained without weights and without what only Baku sees."""
    match = Match.new(loaded_flagship, seed=1, level="easy")
    own = _cond(match, "azerbaijan.strain >= 50")
    reason = Reason("order", "deny:azerbaijan", weight=24, total=96, factors=((own, 32),))
    match.resolve({"azerbaijan": Choice(Orders(("deny:azerbaijan",)), (reason,))})
    (line,) = Desk(match, "armenia", {}).reasons()
    assert line.because == ()
    assert line.otherwise == ""


def test_reasons_wait_for_the_end_on_other_levels(loaded_first_round: Loaded) -> None:
    """On standard another seat reads nothing while the match goes on."""
    reason = Reason("order", "protest:osk>velmora", weight=8, total=16)
    waiting = Desk(_resolved(loaded_first_round, "standard", reason, "osk"), "velmora", {})
    assert waiting.reasons() == ()
    assert waiting.no_reasons(1) == (
        "It is told at the ending; on level easy it is told after each round.")
    easy = Desk(_resolved(loaded_first_round, "easy", reason, "osk"), "velmora", {})
    assert easy.reasons() != ()
    assert "cannot know" in easy.no_reasons(1)


@pytest.mark.parametrize("level", ["easy", "standard", "hard"])
def test_at_the_ending_everybody_reads_figures_and_what_it_would_have_taken(loaded_first_round: Loaded, level: str) -> None:
    """Weights, gains and hidden conditions are told once the match is over, with what the chooser itself saw."""
    match = Match.new(loaded_first_round, seed=1, level=level)
    game = match.game
    calm = next(n for n, text in enumerate(game.cond_text) if text == "tension >= 60")
    reason = Reason("order", "gesture:osk", weight=24, total=96, gain=120, factors=((calm, 8),),
                    rivals=(("protest:osk>velmora", -30),), otherwise=(calm,))
    match.resolve({"osk": Choice(Orders(("gesture:osk",)), (reason,))})
    desk = Desk(match, "velmora", {})
    before = desk.reasons(1)
    assert all("points" not in because for line in before for because in line.because)
    while not match.ended:
        match.resolve({})
    (line,) = desk.reasons(1)
    assert line.because == (
        "at once it promised +1.2 points",
        "half as inclined to it, because tension is 60 or more (it was 50)",
        "it also weighed “Protest to Velmora in public” (−0.3 points)",
        "it drew this from its persona: 25 % of the weight lay on it")
    assert line.otherwise == ("“Protest to Velmora in public” would have weighed more if this were so: tension is 60 or "
                              "more (it was 50)")
    assert desk.no_reasons(2) == "In round 2 no automatic player chose anything."


def test_what_a_policy_could_not_see_is_told_as_it_reckoned_with_it(loaded_flagship: Loaded) -> None:
    """Figures of a reason are those of the chooser's own view, whoever reads them: a hidden track at its estimate."""
    match = Match.new(loaded_flagship, seed=1, level="standard", until=1)
    strain = _cond(match, "armenia.strain >= 55")
    reason = Reason("order", "deny:azerbaijan", weight=24, total=96, factors=((strain, 32),))
    match.control("A hard week", {"armenia.strain": 71})
    match.resolve({"azerbaijan": Choice(Orders(("deny:azerbaijan",)), (reason,))})
    estimate = match.game.estimate[match.game.index["armenia.strain"]]
    for viewer in ("france", CONTROL):
        (line,) = Desk(match, viewer, {}).reasons()
        assert line.because[0].endswith(f"(it was {estimate})")
        assert "strain (Yerevan)" in line.because[0]


def test_an_answer_that_nothing_entered_into_says_so(loaded_first_round: Loaded) -> None:
    """Where no condition weighed for or against an answer, only the draw decided."""
    match = Match.new(loaded_first_round, seed=1, level="easy")
    match.resolve({"velmora": Choice(Orders(("ask_talks:velmora>osk",)))})
    reason = Reason("answer", "decline.talks:osk>velmora", "offer.talks.velmora", weight=16, total=160,
                    rivals=(("accept.talks:osk>velmora", 96),))
    match.resolve({"osk": Choice(Orders(("decline.talks:osk>velmora",)), (reason,))})
    (line,) = Desk(match, CONTROL, {}).reasons()
    assert line.otherwise == "nothing on the table entered into it; the draw decided"


def test_a_decline_is_told_with_who_offered(loaded_first_round: Loaded) -> None:
    """Answers name the offer and its giver."""
    match = Match.new(loaded_first_round, seed=1, level="easy")
    match.resolve({"velmora": Choice(Orders(("ask_talks:velmora>osk",)))})
    reason = Reason("answer", "decline.talks:osk>velmora", "offer.talks.velmora", weight=1, total=10)
    match.resolve({"osk": Choice(Orders(("decline.talks:osk>velmora",)), (reason,))})
    (line,) = Desk(match, "velmora", {}).reasons()
    assert line.about == "Osk declined what Velmora offered: talks"


def test_a_round_in_which_nobody_was_heard_of_has_no_choice_to_explain(loaded_first_round: Loaded) -> None:
    """On level easy a quiet round says that nothing of the others was heard; it does not claim that something was kept."""
    match = Match.new(loaded_first_round, seed=1, level="easy")
    match.resolve({})
    assert Desk(match, "velmora", {}).no_reasons(1) == (
        "You heard of nothing that the others did in round 1, so there is no choice of theirs to explain.")


@pytest.mark.parametrize(("text", "denied"), [
    ("there is a one-sided act that nobody has mended", "there is no one-sided act that nobody has mended"),
    ("parents have given notice", "parents have not given notice"),
    ("an act stands, and nobody has mended it", "it is not so that an act stands, and nobody has mended it"),
    ("no convoy has passed", "it is not so that no convoy has passed"),
    ("the road has not been opened", "it is not so that the road has not been opened"),
])
def test_the_opposite_of_a_sentence_denies_the_whole_of_it(text: str, denied: str) -> None:
    """A verb behind a comma or a `nobody` is not the one to deny, and nothing is denied twice."""
    assert negated(text) == denied
