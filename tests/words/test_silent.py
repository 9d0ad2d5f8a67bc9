"""What happened by itself without a dispatch: with the wire it adds up, and it tells nothing hidden."""

from __future__ import annotations

import re

import pytest

from sim.rules import CONTROL, PUBLIC
from sim.scenario.load import Loaded
from sim.words import describe
from sim.words.desk import Desk
from tests.words.seats import by_lot, desk_of, match_of


def _on_the_wire(desk: Desk, number: int) -> dict[str, int]:
    """What the dispatches between the orders of a round and those of the next say that they changed, by title."""
    chapters = desk.chronicle().chapters
    told = [d for d in desk.dispatches(number) if d.tier != "events"]
    if len(chapters) > number:
        told += [d for d in desk.dispatches(number + 1) if d.tier == "events"]
    sums: dict[str, int] = {}
    for line in told:
        for change in line.changes:
            found = re.fullmatch(r"(.*) (−?\d+) → (−?\d+)", change)
            if found:
                title, before, after = found.groups()
                moved = int(after.replace("−", "-")) - int(before.replace("−", "-"))
                sums[title] = sums.get(title, 0) + moved
    return sums


@pytest.mark.parametrize("viewer", ["armenia", "azerbaijan", "russia", PUBLIC, CONTROL])
def test_wire_and_silent_lines_add_up_to_every_change_of_a_track(loaded_flagship: Loaded, viewer: str) -> None:
    """Each track that a viewer reads moves by what the dispatches and the silent lines of the round say together."""
    match = match_of(loaded_flagship, seed=12)
    desk = Desk(match, viewer, {})
    for _ in range(8):
        by_lot(match)
    scaled = {name for name, track in desk.catalog.tracks.items() if track.scale}
    for number in range(1, match.round):
        silent: dict[str, int] = {}
        for line in desk.silent(number):
            for change in line.changes:
                assert change.low == change.high != 0
                silent[change.title] = silent.get(change.title, 0) + change.low
        wire = _on_the_wire(desk, number)
        then = desk.situation_at(number + 1)
        assert then is not None
        for track in then.tracks:
            if track.name not in scaled:
                assert track.change == wire.get(track.title, 0) + silent.get(track.title, 0), (number, track.title)


def test_rules_have_their_title_and_reason_and_drifts_are_one_line(loaded_flagship: Loaded) -> None:
    """A silent rule is told with its author's words, drifts and countdowns in one line each, rules first."""
    match = match_of(loaded_flagship)
    desk = Desk(match, PUBLIC, {})
    match.resolve({})
    assert desk.silent() == desk.silent(1)
    lines = {line.key: line for line in desk.silent()}
    assert list(lines)[-2:] == ["drift", "countdown"]
    facing = lines["rest_facing"]
    assert (facing.kind, facing.title, facing.why, facing.source) == (
        "rule", "Two lines face each other", "Forces in contact keep the line near fifty, from above as from below.", ("invented",))
    (tension,) = facing.changes
    assert (tension.name, facing.text) == ("tension", f"tension +{tension.low}")
    assert lines["drift"].title == "Drift"
    assert "world −2" in lines["drift"].text
    assert "quiet +1" in lines["countdown"].text
    assert describe.silent_line(facing) == f"Two lines face each other: tension +{tension.low}. Forces in contact keep the line near fifty, from above as from below."


def test_a_round_that_is_open_has_none(loaded_first_round: Loaded) -> None:
    """Only a closed round has happened; one that was not reached has nothing either."""
    desk = desk_of(loaded_first_round, "velmora")
    assert desk.silent() == desk.silent(1) == desk.silent(7) == ()
    desk.resolve()
    (line,) = desk.silent()
    assert (line.round, line.kind, line.text) == (1, "drift", "tension −2")
    assert desk.silent(2) == ()
    assert describe.silent(()) == ("Nothing else moved by itself.",)


def test_a_secret_is_told_by_what_it_did_in_sight_alone(loaded_flagship: Loaded) -> None:
    """Who did something out of sight, and a rule that acted on what the viewer does not see, keep their names."""
    match = match_of(loaded_flagship, seed=3)
    rules = {rule.id: rule for rule in (*match.game.open_rules, *match.game.close_rules)}
    unseen = 0
    for _ in range(14):
        by_lot(match)
    for viewer in (*match.game.seats, PUBLIC):
        desk = Desk(match, viewer, {})
        names = desk.catalog.names(viewer)
        for number in range(1, match.round):
            for line in desk.silent(number):
                unseen += line.kind == "unseen"
                assert all(names.sees_name(change.name) for change in line.changes)
                if line.kind == "rule":
                    (bound,) = {desk.catalog.rules[r.id.partition("@")[0]] for r in rules.values() if r.key == line.key}
                    assert desk._wire.may_know((bound.when,)), line.title
    assert unseen


def test_every_silent_line_reads_as_a_sentence(loaded_flagship: Loaded) -> None:
    """No id, no placeholder, no doubled stop, for a whole match and every reader."""
    match = match_of(loaded_flagship, seed=5, until="election")
    while not match.ended:
        by_lot(match)
    for viewer in (*match.game.seats, PUBLIC, CONTROL):
        desk = Desk(match, viewer, {})
        for number in range(1, match.round + 1):
            for text in describe.silent(desk.silent(number)):
                assert not set("{}_") & set(text), text
                assert "  " not in text, text
                assert ".." not in text, text
                assert text[-1] in ".)", text
