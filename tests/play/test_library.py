"""Where scenarios, saves and settings are found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import SaveError, UsageError
from sim.play import paths
from sim.play.briefs import brief
from sim.play.library import Entry, find, head, scenarios, seeds_folder
from sim.scenario.load import load
from tests.play.players import FIRST_ROUND, first_round

CARD = """\
# A comment
format: 1
id: harbour
title: "The Harbour"
actors:
  about: {this: is not the card}
about:
  blurb: |
    Two towns, one harbour.
  minutes: {week: 20}
  level: 3
moves: [{broken
clock: {start: "2030-01-01", legs: {week: {rounds: 4, step: 1 days, title: One week}}}
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one scenario in a folder, one in a file, and things that are none."""
    monkeypatch.delenv("DETENTE_SCENARIOS", raising=False)
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "scenario.yaml").write_text(CARD)
    (tmp_path / "ferry.yaml").write_text("title: Ferry\n")
    (tmp_path / "notes.txt").write_text("none")
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_what_came_with_detente_is_found_and_loads():
    """The shipped scenarios are in the library under their ids, and what `find` gives can be loaded."""
    ids = [entry.id for entry in scenarios()]
    assert "first-round" in ids
    assert len(ids) == len(set(ids))
    assert not load(find("first-round").folder).errors
    for entry in scenarios():
        scenario = load(entry.folder).scenario
        assert scenario is None or scenario.id == entry.id
    assert any(item.name.endswith(".yaml") for item in seeds_folder().iterdir())


def test_given_folders_come_first(shelf: Path, monkeypatch: pytest.MonkeyPatch):
    """`--path`, then the environment, then what is shipped; of equal ids the first counts."""
    assert [entry.id for entry in scenarios([shelf])][:2] == ["ferry", "harbour"]
    (shelf / "first-round").mkdir()
    (shelf / "first-round" / "scenario.yaml").write_text("title: Mine\n")
    assert head(find("first-round", [shelf])).title == "Mine"
    assert head(find("first-round")).title == "First Round"
    monkeypatch.setenv("DETENTE_SCENARIOS", os.pathsep.join([str(shelf / "gone"), str(shelf)]))
    assert head(find("first-round")).title == "Mine"
    assert find("harbour", [shelf / "harbour"]) == Entry("harbour", shelf / "harbour")


def test_a_path_is_as_good_as_an_id(shelf: Path):
    """A folder, a file and the file in a folder are taken as they are."""
    assert find(str(shelf / "harbour")).id == "harbour"
    assert find(str(shelf / "harbour" / "scenario.yaml")).id == "harbour"
    assert find(str(shelf / "ferry.yaml")) == Entry("ferry", shelf / "ferry.yaml")


@pytest.mark.parametrize(("name", "part"), [
    ("frist-round", "did you mean `first-round`?"),
    ("zzz", "`detente list` shows all"),
    ("", "`detente list` shows all"),
    ("somewhere/else.yaml", "give a file, a folder with scenario.yaml"),
])
def test_an_unknown_scenario_is_told_with_a_suggestion(name: str, part: str):
    """The sentence says what there is instead."""
    with pytest.raises(UsageError) as caught:
        find(name)
    assert part in caught.value.sentence


def test_the_card_is_read_from_the_head_alone(shelf: Path):
    """Title, card and legs are there although the rest of the file cannot be read."""
    card = head(find("harbour", [shelf]))
    assert (card.id, card.title, card.blurb, card.level) == ("harbour", "The Harbour", "Two towns, one harbour.", 3)
    assert card.minutes == {"week": 20}
    assert card.legs == {"week": ("One week", 4)}


@pytest.mark.parametrize("text", [
    "", "\x00\xff", "about: [", "title: [1, 2]\nabout: 3\nclock: {legs: 4}\n", "- a list", "about: {level: high}\n",
])
def test_a_card_that_cannot_be_read_is_the_id(tmp_path: Path, text: str):
    """The library lists what is wrong too; `check` says why."""
    (tmp_path / "odd.yaml").write_text(text, encoding="latin-1")
    assert head(Entry("odd", tmp_path / "odd.yaml")).title == "odd"


def test_a_brief_has_two_parts():
    """What is under `# Public` is public, everything else is confidential; a missing file is empty."""
    scenario = first_round().scenario
    assert scenario is not None
    both = brief(scenario, {}, "osk")
    assert both.public.startswith("The bridge is being repaired")
    assert both.confidential.startswith("The closed lane is your only lever")
    actors = dict(scenario.actors)
    actors["osk"] = actors["osk"].model_copy(update={"brief": "briefs/osk.md"})
    other = scenario.model_copy(update={"actors": actors})
    files = {"briefs/osk.md": "Between us.\n\n## public\nSaid.\n\n# Confidential\nMeant.\n# Public\nAdded.\n"}
    assert brief(other, files, "osk") == ("Said.\n\nAdded.", "Between us.\n\nMeant.")
    assert brief(other, {}, "osk") == ("", "")


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With DETENTE_HOME nothing of the user's is anywhere else."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    for place in (paths.saves_folder(), paths.keymap_file(), paths.log_file(), paths.themes_folder()):
        assert place.parent == tmp_path / "home"
    assert not (tmp_path / "home").exists()


def test_new_saves_have_names_of_their_own_and_the_latest_is_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Names count up past what is there; the list has the one last written first."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    assert paths.latest_saves() == ()
    made = []
    for n in range(3):
        path = paths.new_save_path("first-round", "osk")
        path.write_text("")
        os.utime(path, (1_000_000 + n, 1_000_000 + n))
        made.append(path)
    assert len(set(made)) == 3
    (paths.saves_folder() / "notes.txt").write_text("")
    assert paths.latest_saves() == tuple(reversed(made))


def test_a_saves_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The sentence names the variable that moves it."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "file"))
    with pytest.raises(SaveError, match="set DETENTE_HOME"):
        paths.new_save_path("first-round", "osk")


@pytest.mark.parametrize(("modules", "unwanted"), [
    ("sim.play.library, sim.play.paths", ("transitions", "pydantic", "sqlite3", "platformdirs", "textual")),
    ("sim.play.match, sim.play.solo, sim.play.export", ("pydantic", "sqlite3", "textual", "numpy")),
])
def test_starting_costs_no_more_than_it_must(modules: str, unwanted: tuple[str, ...]):
    """The library needs no rules, a match in memory no database, and neither a screen."""
    code = f"import {modules}, sys; print([name for name in {unwanted!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=FIRST_ROUND.parents[1], capture_output=True, text=True,
                          check=True)
    assert done.stdout.strip() == "[]"
