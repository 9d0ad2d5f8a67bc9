"""A process that is killed while it plays loses no change that was reported, and lets go of its save."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.play import Match
from tests.play.kills import started, survive
from tests.play.players import new_match


def test_ten_kills_lose_no_closed_round(tmp_path: Path):
    """Ten times SIGKILL at instants drawn from a seed, half of them in the midst of SQLite's writing."""
    assert survive(tmp_path / "m.detente", 2021, 10) > 50


def test_two_processes_cannot_have_one_save(tmp_path: Path):
    """While another process holds it, loading, reading and its card say so at once; when it is killed it is free."""
    path = tmp_path / "m.detente"
    match = new_match()
    match.save(path)
    match.close()
    with started(path, 1, 0) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("loaded")
        for attempt in (Match.load, Match.read):
            with pytest.raises(SaveError) as caught:
                attempt(path)
            assert caught.value.code == "D207"
            assert str(path) in caught.value.sentence
            assert "close it there" in caught.value.sentence
        process.kill()
    with Match.load(path) as again:
        assert again.entries[0] == match.entries[0]
