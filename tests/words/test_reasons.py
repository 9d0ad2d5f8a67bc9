"""Why an automatic player chose, in words and numbers, as far as the reader may know."""

from __future__ import annotations

from sim.play import Choice, Match, Reason
from sim.rules import CONTROL, Orders
from sim.scenario.load import Loaded
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
        ("at once it promised +1.2 points", "it weighed 24 of 96 in the draw (25 %)",
         f"more inclined (× 2) while tension is 55 or more (it was {tension})",
         "it also weighed “Name a delegation to the commission” (+0.1 points)"),
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
    assert Desk(_resolved(loaded_first_round, "standard", reason, "osk"), "velmora", {}).reasons() == ()
    assert Desk(_resolved(loaded_first_round, "easy", reason, "osk"), "velmora", {}).reasons() != ()


def test_a_decline_is_told_with_who_offered(loaded_first_round: Loaded) -> None:
    """Answers name the offer and its giver."""
    match = Match.new(loaded_first_round, seed=1, level="easy")
    match.resolve({"velmora": Choice(Orders(("ask_talks:velmora>osk",)))})
    reason = Reason("answer", "decline.talks:osk>velmora", "offer.talks.velmora", weight=1, total=10)
    match.resolve({"osk": Choice(Orders(("decline.talks:osk>velmora",)), (reason,))})
    (line,) = Desk(match, "velmora", {}).reasons()
    assert line.about == "Osk declined what Velmora offered: talks"
