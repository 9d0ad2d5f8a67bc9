"""A match that begins elsewhere: a later round, other values; journaled, folded on replay, and said by its save."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.play import Match
from sim.play.beginning import Beginning, assigned, value_of
from sim.play.saves import card
from sim.policies import NAMES, policy
from sim.rules import CONTROL, PUBLIC
from sim.scenario.load import Loaded, load
from sim.words.desk import Desk

POLICIES = {name: policy(name) for name in NAMES}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The small scenario."""
    return load(Path("scenarios/first-round"))


def begun(loaded: Loaded, number: int = 3, **values: int | bool | str) -> Match:
    """A match from another start."""
    return Match.new(loaded, seed=7, level="easy", begin=Beginning(number, values))


def test_it_opens_in_that_round_with_those_values(loaded: Loaded) -> None:
    """The clock stands there, the values hold as the round opens, and what its opening brings comes on top."""
    match = begun(loaded, tension=70, phase="talks", met=True)
    seen = match.view(CONTROL)
    values = dict(zip(match.game.names, seen.values, strict=True))
    assert (match.round, match.first, seen.open) == (3, 3, True)
    # the storm of round 3 adds 2
    assert (values["tension"], values["round"], values["day"], values["met"]) == (72, 3, 2, 1)
    assert match.game.statuses[match.game.index["phase"]][values["phase"]] == "talks"
    assert [event.kind for event in match.log(CONTROL)] == ["opened", "control", "rule"]


def test_it_plays_as_the_same_state_would(loaded: Loaded) -> None:
    """Begun in round 1 with nothing set it is the ordinary match, to the last event."""
    one, other = begun(loaded, 1), Match.new(loaded, seed=7, level="easy")
    assert one.entries == other.entries
    assert one.first == 1


def test_every_reader_can_read_it(loaded: Loaded) -> None:
    """Rounds that were passed over are no rounds of the story: desks of all viewers work from the first one on."""
    for viewer in (CONTROL, PUBLIC, "osk", "velmora"):
        match = begun(loaded, 3, tension=72, standing=10)
        desk = Desk(match, viewer, POLICIES)
        told = [line.text for line in desk.dispatches()]
        assert any("begins in round 3" in text for text in told)
        while not match.ended:
            desk.resolve(match.choose(POLICIES))
        assert [stop.round for stop in desk.timeline().stops] == [3, 4, 5, 5]
        assert desk.situation_at(2) is None
        assert desk.situation_at(3) is not None
        assert desk.phases().path[0].first == 3
        assert desk.series().points[0].round == 3
        assert desk.ending() is not None
        head = match.head
        desk.branch(4)
        desk.resolve({})
        assert [it.round for it in desk.compare(head, match.head).rounds][:1] == [4]


def test_its_announcement_tells_no_secret(loaded: Loaded) -> None:
    """Everybody reads that values were set; the value of a hidden track is told to nobody who does not see it."""
    match = begun(loaded, 3, standing=10)
    told = Desk(match, "velmora", {}).wire()[0]
    assert "10" not in told.text
    assert not told.changes


def test_a_save_says_where_it_began(loaded: Loaded, tmp_path: Path) -> None:
    """The start is folded from the file like everything else, and a list of saves can tell it."""
    match = begun(loaded, 4, tension=61)
    match.resolve({})
    match.save(tmp_path / "a.detente")
    match.close()
    assert card(tmp_path / "a.detente").first == 4
    with Match.load(tmp_path / "a.detente") as again:
        assert again == match
        assert again.first == 4


@pytest.mark.parametrize(("begin", "code", "says"), [
    (Beginning(6), "D360", "choose 1 to 5"), (Beginning(0), "D360", "choose 1 to 5"),
    (Beginning(2, {"tensoin": 5}), "D321", "did you mean `tension`"),
    (Beginning(2, {"tension": 500}), "D324", "between 0 and 100"),
    (Beginning(2, {"phase": "talk"}), "D323", "did you mean `talks`"), (Beginning(2, {"round": 3}), "D322", "clock"),
])
def test_what_the_scenario_does_not_have_is_refused(loaded: Loaded, begin: Beginning, code: str, says: str) -> None:
    """Rounds, names, ranges and statuses are checked by the scenario, with the nearest name."""
    with pytest.raises(UsageError) as caught:
        Match.new(loaded, seed=7, begin=begin)
    assert caught.value.code == code
    assert says in caught.value.sentence


def test_values_as_people_type_them() -> None:
    """Numbers, truth, statuses; a word without a value is refused."""
    assert [value_of(text) for text in ("70", "-3", "+4", "TRUE", "false", "talks", "7_0")] == [
        70, -3, 4, True, False, "talks", "7_0"]
    assert assigned(["tension=70", "phase=talks", "tension=60"]) == {"tension": 60, "phase": "talks"}
    for word in ("tension", "tension=", "=70"):
        with pytest.raises(UsageError, match="NAME=VALUE"):
            assigned([word])
