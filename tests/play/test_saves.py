"""Saves: what is loaded equals what was saved, at every step and without asking the rules again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from sim.play import PERSON, Choice, Match
from sim.play.entries import entry, row
from sim.play.saves import card
from sim.rules import Orders
from tests.play.players import LOT, new_match, play, wander


@pytest.mark.parametrize("seed", range(6))
def test_a_match_equals_its_save(tmp_path: Path, seed: int):
    """load(save(m)) == m after any acts, with branches, control events and sealed filings, and it plays on alike."""
    match = wander(new_match(seed), seed, 40)
    path = tmp_path / "m.detente"
    match.save(path)
    match.close()
    with Match.load(path) as again:
        assert again == match
        assert again.state == match.state
        assert again.log("control") == match.log("control")
        assert again.branches() == match.branches()
        assert wander(again, seed + 100, 10) == wander(match, seed + 100, 10)


@pytest.mark.parametrize("seed", range(4))
def test_every_change_is_in_the_file_at_once(tmp_path: Path, seed: int):
    """A match with a file and its twin without one stay equal, and so does what the file holds."""
    match, twin = new_match(seed), new_match(seed)
    path = tmp_path / "m.detente"
    match.save(path)
    for step in range(25):
        wander(match, 1000 * seed + step, 1)
        wander(twin, 1000 * seed + step, 1)
        match.close()
        match = Match.load(path)
        assert match == twin
    match.close()


def test_filed_orders_of_an_unfinished_round_survive(tmp_path: Path):
    """Sealed orders are there again after the process went away without a word."""
    match = new_match(velmora=PERSON, osk=PERSON)
    match.save(tmp_path / "m.detente")
    match.file("velmora", Orders(("gesture:velmora",)))
    match.file("osk", Orders())
    match.close()
    with Match.load(tmp_path / "m.detente") as again:
        assert again.filed("velmora") == Orders(("gesture:velmora",))
        assert again.filed("osk") == Orders()
        assert again.waiting() == ()


def test_events_are_kept_by_name_and_never_decided_again(tmp_path: Path):
    """A fact of the file that the rules would not produce is what the loaded match knows (F5)."""
    path = tmp_path / "m.detente"
    match = play(new_match(2), 2)
    match.save(path)
    match.close()
    with sqlite3.connect(path) as db:
        (events,) = db.execute("SELECT events FROM entries WHERE id = 2").fetchone()
        assert '["tension",' in events
    db.close()
    held = json.loads(events)
    changed = next(event for event in held if any(name == "tension" for name, _, _ in event.get("changes", ())))
    changed["changes"] = [[name, before, 77] if name == "tension" else [name, before, after]
                          for name, before, after in changed["changes"]]
    after_it = [e for e in held[held.index(changed) + 1:] if any(n == "tension" for n, _, _ in e.get("changes", ()))]
    for event in after_it:
        event["changes"] = [change for change in event["changes"] if change[0] != "tension"]
    rewrite(path, json.dumps(held))
    with Match.load(path) as again:
        assert again.state.values[again.game.index["tension"]] == 77


def rewrite(path: Path, events: str) -> None:
    """Put other events into the last entry and seal it as the journal would."""
    from sim.play.journal import _seal

    db = sqlite3.connect(path)
    row = list(db.execute("SELECT * FROM entries WHERE id = 2").fetchone())
    row[7] = events
    db.execute("UPDATE entries SET events = ?, seal = ? WHERE id = 2", (events, _seal(*row[:-1])))
    db.commit()
    db.close()


def test_a_save_holds_its_scenario(tmp_path: Path):
    """Nothing but the file is needed: the texts are those the match began with."""
    match = new_match()
    match.save(tmp_path / "m.detente")
    match.close()
    again = Match.read(tmp_path / "m.detente")
    assert again.files == match.files
    assert again.scenario.title == "First Round"


def test_reading_neither_holds_nor_changes_the_file(tmp_path: Path):
    """A copy in memory may be played while the file stays as it is and free."""
    path = tmp_path / "m.detente"
    match = new_match()
    match.save(path)
    match.close()
    before = path.read_bytes()
    copy = play(Match.read(path))
    assert copy.path is None
    assert path.read_bytes() == before
    Match.load(path).close()


def test_saving_under_another_name_goes_on_there(tmp_path: Path):
    """The first file keeps what it had and is free; the second gets everything and what follows."""
    match = play(new_match(3), 1)
    match.save(tmp_path / "one.detente")
    match.save(tmp_path / "two.detente")
    play(match, 1)
    match.save(tmp_path / "two.detente")
    match.close()
    assert Match.read(tmp_path / "one.detente").round == 2
    assert Match.read(tmp_path / "two.detente") == match


def test_a_save_is_for_its_owner_alone(tmp_path: Path):
    """It holds every secret, so no one else may read it."""
    match = new_match()
    match.save(tmp_path / "m.detente")
    match.close()
    assert (tmp_path / "m.detente").stat().st_mode & 0o077 == 0


def test_condition_numbers_of_reasons_follow_their_meaning():
    """Reasons name conditions by number; where a later compiler counts otherwise, what they compare decides."""
    match = play(new_match(1), 1)
    held = row(match.game, match.line()[-1])
    shuffled = replace(match.game, conds=((0,), *match.game.conds))
    today = entry(shuffled, held)
    choices = match.line()[-1].choices
    assert any(reason.factors for choice in choices.values() for reason in choice.reasons)
    for seat, choice in choices.items():
        moved = [tuple((n + 1, s) for n, s in reason.factors) for reason in choice.reasons]
        assert [reason.factors for reason in today.choices[seat].reasons] == moved
    fewer = entry(replace(match.game, conds=((0,),)), held)
    assert not any(reason.factors for choice in fewer.choices.values() for reason in choice.reasons)


def test_choices_go_to_json_and_back():
    """Every field of a choice and its reasons survives JSON text."""
    match = new_match(9)
    for _ in range(4):
        for choice in match.choose(LOT).values():
            assert Choice.from_json(json.loads(json.dumps(choice.as_json()))) == choice
        match.resolve(match.choose(LOT))


@pytest.mark.parametrize("data", [
    {}, {"orders": "abc", "reasons": [3]}, {"orders": [1], "reasons": []}, {"orders": [], "reasons": [{"kind": "why"}]},
    {"orders": [], "reasons": [{"kind": "order", "weight": "5"}]},
])
def test_what_is_no_choice_is_not_taken_for_one(data: dict):
    """Foreign JSON raises one of the three errors that are named."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        Choice.from_json(data)


def test_the_card_of_a_save_tells_where_it_stands(tmp_path: Path):
    """Scenario, seats of persons and the last closed round, without compiling."""
    match = play(new_match(3, velmora=PERSON), 2)
    match.control("A pause")
    match.save(tmp_path / "m.detente")
    match.close()
    found = card(tmp_path / "m.detente")
    assert (found.scenario, found.seats, found.round, found.level) == ("first-round", ("velmora",), 2, "standard")
    assert found.created_by.startswith("detente ")


def test_the_card_of_a_save_tells_whether_it_has_ended(tmp_path: Path):
    """Only a line that stands at its ending counts as ended; undone by a round it goes on."""
    match = play(new_match(3, velmora=PERSON), 5)
    assert match.ended
    match.save(tmp_path / "m.detente")
    match.close()
    assert card(tmp_path / "m.detente").ended
    with Match.load(tmp_path / "m.detente") as again:
        again.undo()
    assert not card(tmp_path / "m.detente").ended
