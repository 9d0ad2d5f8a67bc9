"""The corpus of authors' mistakes: each file's report, word for word as it was read and approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.broken.reports import FILES, LARGE, large, report

ENOUGH = 80
LONGEST_LINE = 1_000
FOREIGN = ("Traceback", "pydantic", "NoneType", "scalar", "sequence", "mapping values", "str type", "unhashable")


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_report_is_the_one_that_was_read(file: Path) -> None:
    """`python -m tests.scenario.broken` writes them anew; read the difference before keeping it."""
    text = report(file)
    assert text == file.with_suffix(".txt").read_text("utf-8")
    assert "(exit code 0)" in text or "error[" in text
    assert not [word for word in FOREIGN if word in text]
    assert all(len(line) < LONGEST_LINE for line in text.splitlines())


def test_a_file_of_two_megabytes_is_told_in_a_sentence() -> None:
    """It is too large to keep here."""
    assert large() == LARGE.read_text("utf-8")


def test_the_corpus_is_whole() -> None:
    """Enough files, a report beside each, and no report without its file."""
    assert len(FILES) >= ENOUGH
    reports = {file.stem for file in LARGE.parent.glob("*.txt")} - {LARGE.stem}
    assert reports == {file.stem for file in FILES}


def test_every_report_says_what_to_do() -> None:
    """Each problem has a help line."""
    for file in FILES:
        blocks = file.with_suffix(".txt").read_text("utf-8").split("\n\n")
        for block in blocks:
            if block.startswith(("error[", "warning[")):
                assert "= help: " in block, (file.name, block)
