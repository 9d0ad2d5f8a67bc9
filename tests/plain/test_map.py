"""The map in line mode: what is marked, whose claim it is, and where to ask who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.load import Loaded, load_files
from tests.plain.table import answers, desk


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))


def test_the_map_is_told_in_words(loaded_flagship: Loaded) -> None:
    """Markers stand with claimant and claims, places with both usages, lines with whose drawing they are."""
    first, heights, wrong = answers(desk(loaded_flagship, "armenia"), ["map", "map heights", "map moon"])
    assert "Yerevan says that they stand in Armenia, Baku that they stand in Azerbaijan. Sources C02, C05" in first
    assert "Border of Armenia and Azerbaijan, never demarcated, as Natural Earth draws it" in first
    assert "Qaragöl/Sev Lich (Armenian: Sev Lich; Azerbaijani: Qaragöl)" in heights
    assert "Akna" not in heights
    assert wrong.startswith("No view of the map has `moon` in its name; there are Syunik and the corridor, The heights")


def test_a_scenario_without_a_map_says_so(loaded_first_round: Loaded) -> None:
    """The command exists in every match."""
    bare = load_files({"scenario.yaml": loaded_first_round.files["scenario.yaml"]}, "first-round")
    assert answers(desk(bare, "osk"), ["map"])[0].startswith("This scenario brings no map.")
