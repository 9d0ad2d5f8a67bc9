"""Why a move is closed: the parts that fail, and today's values."""

from __future__ import annotations

import pytest

from sim.rules import CONTROL, masked
from sim.rules.facts import Facts
from sim.rules.tables import Game
from sim.scenario.conditions import bind, parse
from sim.scenario.load import Loaded
from sim.words.asked import requirement
from sim.words.catalog import Catalog
from sim.words.closed import holds, obstacles
from sim.words.models import Obstacle
from tests.words.seats import by_lot, desk_of, match_of


def test_a_closed_move_names_each_failing_part_with_its_value(loaded_first_round: Loaded) -> None:
    """Sending engineers needs a meeting and a closed lane; on the first day only the meeting is missing."""
    item = desk_of(loaded_first_round, "velmora").menu().item("inspect:velmora")
    assert item is not None
    assert not item.legal
    assert item.why_not == (Obstacle("the two sides have met", "not so now"),)


def test_a_comparison_says_the_bound_and_the_value(loaded_first_round: Loaded) -> None:
    """A track's bound reads as a sentence and carries today's value."""
    desk = desk_of(loaded_first_round, "osk")
    desk.add("open_lane:osk")
    desk.resolve()
    item = desk.menu().item("open_lane:osk")
    assert item is not None
    assert item.why_not == (Obstacle("lanes closed are 1 or more", "now 0"),)


def test_an_offer_that_waits_closes_the_move_that_made_it(loaded_first_round: Loaded) -> None:
    """One offer of a kind waits at a time, and the menu says for how long."""
    desk = desk_of(loaded_first_round, "velmora")
    desk.add("ask_talks:velmora>osk")
    desk.resolve()
    item = desk.menu().item("ask_talks:velmora>osk")
    assert item is not None
    assert item.why_not == (Obstacle("your offer “Talks” to Osk has been answered or has lapsed",
                                     "open for 1 more round"),)


def test_alternatives_are_told_as_alternatives(loaded_flagship: Loaded) -> None:
    """Where one of several things would do, the sentence says so, and a part of the draft is named as a part."""
    menu = desk_of(loaded_flagship, "armenia").menu()
    leak = menu.item("leak:armenia")
    sign = menu.item("sign.security:armenia")
    assert leak is not None
    assert sign is not None
    assert leak.why_not == (Obstacle("either commission is 1 (proposed) or more, or channel is 3 (steady) or more",
                                     "now commission 0 (none), channel 1 (thin)"),)
    assert Obstacle("a clause of the security part is agreed", "none is") in sign.why_not


def test_what_stands_in_the_way_is_said_as_it_holds(loaded_flagship: Loaded) -> None:
    """Where something must not be so, the obstacle says what holds."""
    desk = desk_of(loaded_flagship, "armenia")
    desk.match.control("A delegation", {"delegation.armenia": True, "commission": 2})
    item = desk.menu().item("name_delegation:armenia")
    assert item is not None
    assert item.why_not == (Obstacle("Yerevan has not named its delegation to the commission",
                                     "Yerevan has named its delegation to the commission"),)


@pytest.mark.parametrize(("name", "told"), [
    ("moscow_mediates", "Moscow mediates"),
    ("not moscow_mediates", "Moscow does not mediate"),
    ("room", "channel is 2 (working) or more, the leaders have met, Moscow mediates, Paris mediates or Washington mediates"),
    ("on_the_table", "a clause of the draft is tabled or in brackets"),
    ("not routes_open", "no clause of the routes part is tabled or in brackets"),
    ("ground_open", "“Mirror pull-back”, “Withdrawal before anything else” or “Units stay where they are” is tabled or "
                    "in brackets"),
    ("not pullback_text", "the clause “Mirror pull-back” is neither agreed nor signed"),
    ("mediation.russia.armenia >= 1", "Yerevan accepts Moscow's mediation"),
    ("mediation.russia.armenia == 0", "Yerevan does not accept Moscow's mediation"),
])
def test_a_defined_name_is_a_sentence_or_is_opened(loaded_flagship: Loaded, name: str, told: str) -> None:
    """No defined name stands in quotation marks: it is told as a sentence, or by what it asks."""
    catalog = Catalog(loaded_flagship.usable()[1])
    condition = bind(parse(name), catalog.bound.words.conditions(), None, None)
    assert requirement(catalog.names(CONTROL), condition) == told


def test_no_requirement_of_a_shipped_move_quotes_a_defined_name(loaded_flagship: Loaded) -> None:
    """Everything that a move of the flagship asks reads as words."""
    catalog = Catalog(loaded_flagship.usable()[1])
    defined = {f"“{catalog.spelled(name)}”" for name in catalog.scenario.define}
    for move in catalog.bound.moves:
        for condition in move.conditions:
            text = requirement(catalog.names(move.seat), condition)
            assert not any(name in text for name in defined), text
            assert not set("{}_") & set(text), text


def test_legality_and_its_explanation_never_disagree(loaded_flagship: Loaded) -> None:
    """On states met in play a move is closed by the rules exactly when an obstacle is found (F2)."""
    match = match_of(loaded_flagship, seed=4)
    catalog = Catalog(loaded_flagship.usable()[1])
    for _ in range(20):
        if match.ended:
            break
        by_lot(match)
        for seat in match.game.seats:
            _agree(match.game, catalog, seat, masked(match.game, match.state.values, seat))


def _agree(game: Game, catalog: Catalog, seat: str, values: tuple[int, ...]) -> None:
    facts = Facts(game, values)
    names = catalog.names(seat)
    for move in game.moves:
        if game.seats[move.seat] != seat:
            continue
        bound = catalog.moves[move.key]
        found = [o for part in bound.conditions for o in obstacles(names, part, values)]
        assert facts[move.cond] == (not found), move.key
        assert facts[move.cond] == all(holds(names, part, values) for part in bound.conditions), move.key
