"""A save carries the scenario's map, small, and never stumbles over it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sim.play.match import Match
from sim.play.packing import packed, unpacked
from sim.scenario.load import load, load_files

ROOT = Path(__file__).parents[2]
FIRST = ROOT / "scenarios/first-round"


def test_files_come_back_as_they_were():
    """Only shapes are packed, to a third or less for the flagship; everything else stays legible."""
    files = load(ROOT / "scenarios/border-standoff-2021").files
    small = packed(files)
    assert unpacked(small) == files
    assert len(small["map.json"]) * 3 < len(files["map.json"])
    assert {name for name in files if small[name] != files[name]} == {"map.json"}


@pytest.mark.parametrize("text", ["zlib+b85:", "zlib+b85:~~~~", "zlib+b85:c$^^"])
def test_a_packed_text_that_is_none_is_refused(text: str) -> None:
    """Damage is a ValueError, which a save tells as damage."""
    with pytest.raises(ValueError, match=r"."):
        unpacked({"map.json": text})


def test_a_continued_match_shows_its_map(tmp_path: Path) -> None:
    """A match read from its save equals the one saved and has the same map."""
    match = Match.new(load(FIRST), seed=3)
    match.save(tmp_path / "a.detente")
    match.close()
    again = Match.read(tmp_path / "a.detente")
    assert again == match
    assert again.loaded.map is not None
    assert match.loaded.map is not None
    assert again.loaded.map.identity == match.loaded.map.identity


def test_a_save_opens_without_a_map_that_is_refused(tmp_path: Path) -> None:
    """A map that this version cannot use does not keep anybody from the match."""
    loaded = load(FIRST)
    old = load_files({**loaded.files, "map.yaml": loaded.files["map.yaml"] + "later_key: 1\n"}, "first-round")
    assert old.errors
    match = Match.new(loaded, seed=3)
    match.save(tmp_path / "a.detente")
    match.close()
    from sim.play.journal import _seal
    with sqlite3.connect(tmp_path / "a.detente") as db:
        text = old.files["map.yaml"]
        db.execute("UPDATE files SET text = ?, seal = ? WHERE name = 'map.yaml'", (text, _seal("map.yaml", text)))
    again = Match.read(tmp_path / "a.detente")
    assert again.loaded.map is None
    assert again.round == 1
