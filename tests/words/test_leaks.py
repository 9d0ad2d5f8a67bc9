"""No text tells a secret: what a viewer's view and log do not hold is in none of its models (F6)."""

from __future__ import annotations

from typing import Any

import pytest

from sim.rules import CONTROL, PUBLIC
from sim.rules.views import sees
from sim.scenario.load import Loaded
from sim.words.desk import Desk
from sim.words.models import Comparison
from tests.words.seats import by_lot, match_of


def _everything(desk: Desk) -> dict[str, Any]:
    game = desk.match.game
    return {
        "situation": desk.situation(), "menu": desk.menu(), "wire": desk.wire(), "draft": desk.draft(),
        "provisions": desk.provisions(), "silent": [desk.silent(n) for n in range(1, desk.round)], "briefs": [desk.brief(seat) for seat in game.seats], "score": desk.score(),
        "series": desk.series(), "relations": desk.relations(), "phases": desk.phases(),
        "negotiation": desk.negotiation(), "timeline": desk.timeline(), "lines": desk.branches(), "map": desk.map(),
        "maps": [desk.map_at(n) for n in range(1, desk.round)], "terms": desk.glossary(), "compared": _compared(desk),
        "situations": [desk.situation_at(n) for n in range(1, desk.round)],
        "reasons": [desk.reasons(n) for n in range(1, desk.round)],
        "refusals": [desk.add(m.key) for m in game.moves if desk.seat in game.seats and m.seat == game.number(desk.seat)],
    }


def _compared(desk: Desk) -> Comparison:
    """The line on which the match stands beside one that leaves it two rounds before."""
    desk.branch(desk.round - 2)
    lines = desk.branches()
    found = desk.compare(lines[0].head, lines[1].head)
    desk.go(lines[0].head)
    return found


@pytest.mark.parametrize("viewer", ["armenia", "azerbaijan", "russia", "france", "united_states", PUBLIC])
def test_states_equal_in_a_view_give_equal_models(loaded_flagship: Loaded, viewer: str) -> None:
    """Two matches that differ in everything the viewer does not see read the same at its desk."""
    desks = []
    for high in (False, True):
        match = match_of(loaded_flagship, seed=5)
        for _ in range(3):
            by_lot(match)
        game = match.game
        hidden = [n for n, name in enumerate(game.names) if not sees(game, viewer, n)]
        match.control("A quiet day", {game.names[n]: game.hi[n] if high else game.lo[n] for n in hidden})
        assert hidden
        desks.append(Desk(match, viewer, {}))
    assert desks[0].match.state != desks[1].match.state
    assert _everything(desks[0]) == _everything(desks[1])


def test_another_seat_s_confidence_is_not_in_its_brief(loaded_flagship: Loaded) -> None:
    """Of others a seat reads the public part alone; the facilitator reads all."""
    match = match_of(loaded_flagship)
    other = Desk(match, "armenia", {}).brief("azerbaijan")
    assert other.public
    assert (other.confidential, other.goals, other.red_lines) == ("", (), ())
    assert Desk(match, CONTROL, {}).brief("azerbaijan").confidential
    assert Desk(match, "armenia", {}).brief().red_lines


def test_red_lines_and_worth_are_a_seat_s_own(loaded_flagship: Loaded) -> None:
    """The draft marks the reader's own red lines and worth, and tells nobody that a clause is a line of another."""
    match = match_of(loaded_flagship)
    scenario = loaded_flagship.usable()[0]
    for viewer in (*match.game.seats, PUBLIC):
        lines = {c.id for part in Desk(match, viewer, {}).draft() for c in part.clauses if c.red_line}
        own = set(scenario.actors[viewer].red_lines) if viewer in scenario.actors else set()
        assert lines == own
    public = [c for part in Desk(match, PUBLIC, {}).draft() for c in part.clauses]
    assert all(c.worth is None for c in public)
    assert all("red line" not in c.on_signature for c in public)
