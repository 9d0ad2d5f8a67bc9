"""A viewer's log read round by round."""

from __future__ import annotations

import pytest

from sim.rules import CONTROL, PUBLIC
from sim.scenario.load import Loaded
from sim.words.catalog import Catalog
from sim.words.chronicle import read
from sim.words.desk import Desk
from tests.words.seats import by_lot, match_of


@pytest.mark.parametrize("viewer", ["armenia", "russia", PUBLIC, CONTROL])
def test_the_log_folds_to_the_view_at_every_opening(loaded_flagship: Loaded, viewer: str) -> None:
    """Opening values and trends are those of the viewer's history, secret orders of others included."""
    match = match_of(loaded_flagship, seed=9)
    catalog = Catalog(loaded_flagship.usable()[1])
    for _ in range(10):
        by_lot(match)
    chronicle = read(match.game, catalog, viewer, match.log(viewer))
    assert [c.opening for c in chronicle.chapters] == [view.values for view in match.history(viewer)]
    var = match.game.index["tension"]
    assert chronicle.trend(var) == tuple(view.values[var] for view in match.history(viewer))


def test_a_desk_reads_on_as_if_it_had_read_all(loaded_flagship: Loaded) -> None:
    """A log read piece by piece, with a facilitator's act and a step back in between, is the log read at once."""
    match = match_of(loaded_flagship, seed=10)
    desk = Desk(match, "france", {})
    for number in range(5):
        by_lot(match)
        desk.wire()
        if number == 2:
            match.control("A visit", {"tension": 61})
            assert "A visit." in [line.text for line in desk.wire()]
        if number == 3:
            match.undo()
            desk.wire()
    fresh = Desk(match, "france", {})
    assert desk.chronicle() == fresh.chronicle()
    assert desk.wire() == fresh.wire()
    assert desk.situation() == fresh.situation()


def test_a_facilitator_s_act_belongs_to_the_open_round(loaded_first_round: Loaded) -> None:
    """It is news of the round in which orders are being filed, and the orders are filed on what it changed."""
    match = match_of(loaded_first_round)
    match.control("A visitor arrives", {"tension": 40})
    desk = Desk(match, "osk", {})
    (line,) = desk.dispatches()
    assert (line.kind, line.tier, line.text) == ("control", "events", "A visitor arrives.")
    assert line.changes == ("Tension 50 → 40",)
    assert next(track.value for track in desk.situation().tracks if track.name == "tension") == 40
