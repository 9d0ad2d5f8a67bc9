"""Kept matches come out as they were kept, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playthroughs import played, transcripts


@pytest.mark.parametrize("file", transcripts(), ids=lambda file: file.stem)
def test_a_kept_match_reads_the_same_today(file: Path) -> None:
    """Same command, same lines, same text; a wanted change is kept with `python -m tests.playthroughs`."""
    kept = file.read_text(encoding="utf-8")
    assert played(kept) == kept


def test_the_kept_matches_reach_their_ending() -> None:
    """A transcript is of a whole match, and nothing in it is an escape code."""
    found = {file.stem: file.read_text(encoding="utf-8") for file in transcripts()}
    assert "first-round" in found
    for text in found.values():
        assert "The match has ended in round" in text
        assert "\x1b" not in text
        assert max(map(len, text.splitlines()[1:])) <= 80
