"""The map in view-models: markers by what holds now, the same for every viewer, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.play.match import Match
from sim.rules import CONTROL, PUBLIC
from sim.scenario.load import load
from sim.words.desk import Desk
from sim.words.map import marker_text, told

ROOT = Path(__file__).parents[2]


@pytest.fixture
def match() -> Match:
    """First-round at its opening."""
    return Match.new(load(ROOT / "scenarios/first-round"), seed=7)


def marked(desk: Desk, round: int | None = None) -> list[str]:
    """Ids of the markers that hold."""
    model = desk.map() if round is None else desk.map_at(round)
    return [marker.id for marker in model.markers] if model else []


def test_markers_follow_the_match(match: Match) -> None:
    """A marker is there while its condition holds, and earlier rounds keep theirs."""
    desk = Desk(match, "velmora", {})
    assert marked(desk) == ["lane"]
    match.control("Repairs end", {"lanes": 0})
    assert marked(desk) == ["open"]
    match.control("Both lanes", {"lanes": 2})
    desk.resolve({})
    assert marked(desk) == ["closed"]
    assert marked(desk, 1) == ["closed"]
    assert desk.map_at(9) is None


def test_everybody_sees_the_same_map(match: Match) -> None:
    """Seats, the public and control have equal maps."""
    maps = [Desk(match, viewer, {}).map() for viewer in ("velmora", "osk", PUBLIC, CONTROL)]
    assert all(found == maps[0] for found in maps)


def test_a_scenario_without_a_map_has_none(tmp_path: Path) -> None:
    """The scenario's file alone brings no map."""
    desk = Desk(Match.new(load(ROOT / "scenarios/first-round/scenario.yaml"), seed=7), "velmora", {})
    assert desk.map() is None
    assert desk.map_at(1) is None


def test_what_is_told_names_the_claimant(match: Match) -> None:
    """The map in words has view, markers with whose claim they are, lines with whose drawing."""
    model = Desk(match, "velmora", {}).map()
    assert model is not None
    parts = dict(told(model))
    assert parts["The Tarn"][0] == "The Tarn. The two republics and the bridge."
    assert parts["Now on the map"] == ("1. Lane closed. Traffic passes on one lane of two. Osk speaks of repairs; Velmora does "
                                       "not believe it.",)
    assert "The Tarn, border of the two republics, as both draw it." in parts["Lines"]
    assert dict(told(replace(model, markers=())))["Now on the map"] == ("Nothing is marked.",)
    assert marker_text(replace(model.markers[0], number=0)).startswith("Traffic passes")


def test_texts_show_values_in_words() -> None:
    """The flagship's posts are counted in the text, and both usages of a name are told."""
    desk = Desk(Match.new(load(ROOT / "scenarios/border-standoff-2021"), seed=5), "armenia", {})
    model = desk.map()
    assert model is not None
    heights = next(marker for marker in model.markers if marker.id == "heights")
    assert "6 groups are held" in heights.text
    assert "Yerevan says" in heights.whose
    assert "Baku" in heights.whose
    said = "\n".join(line for _, lines in told(model, "heights") for line in lines)
    assert "Qaragöl/Sev Lich (Armenian: Sev Lich; Azerbaijani: Qaragöl)" in said
    assert "{" not in said
