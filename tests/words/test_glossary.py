"""The glossary, and help for a claim that is not there."""

from __future__ import annotations

import pytest

from sim.scenario.load import Loaded
from sim.words.glossary import GENERAL
from sim.words.sources import meant
from tests.words.seats import desk_of


def test_no_word_is_explained_twice() -> None:
    """Each general term stands in one group, and says something."""
    words = [term.word for group in GENERAL for term in group.terms]
    assert len(words) == len(set(words))
    assert all(term.means for group in GENERAL for term in group.terms)
    assert {"round", "attention", "tier", "track", "provision", "clause", "bracket", "readout", "par", "CAMEO",
            "Goldstein"} <= set(words)


def test_the_scenario_s_own_words_come_first(loaded_flagship: Loaded) -> None:
    """Capitals with their codes, tiers in order, tracks that the seat sees and no other."""
    groups = {group.title: group.terms for group in desk_of(loaded_flagship, "armenia").glossary()}
    first = next(iter(groups.values()))
    assert first[0].word == "Yerevan"
    assert "ARM" in first[0].means
    tiers = groups["Tiers, in the order in which a round resolves"]
    assert [term.word for term in tiers] == ["Answers", "Contacts", "Negotiation", "Statements", "Measures", "Force"]
    desk = desk_of(loaded_flagship, "armenia")
    seen = {track.title for track in desk.situation().tracks}
    assert {term.word for term in groups["Tracks that you see here"]} <= seen


CLAIMS = ("C01", "C02", "C90", "S12a", "S12b", "T-osgood-1962")


@pytest.mark.parametrize(("typed", "told"), [
    ("C99", "claims of this kind run from `C01` to `C90`. "), ("c1", "did you mean `C01`? "),
    ("S12", "did you mean `S12a` or `S12b`? "), ("T-osgod-1962", "did you mean `T-osgood-1962`? "), ("zzz", "")])
def test_a_claim_that_is_not_there_is_met_by_its_kind(typed: str, told: str) -> None:
    """A number out of range is told the range, never a number that only looks alike."""
    assert meant(typed, CLAIMS) == told
