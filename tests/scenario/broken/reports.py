"""The report of a broken file, exactly as a terminal shows it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from click.testing import CliRunner

from sim.cli.verbs.check import command

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
LARGE = FOLDER / "file_two_megabytes.txt"
"""The report of a file that is too large to keep."""


def report(file: Path) -> str:
    """What `detente check FILE` prints in the folder of the file, and its exit code."""
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        done = CliRunner().invoke(command, [file.name], prog_name="detente check")
    finally:
        os.chdir(here)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return f"{done.output}(exit code {done.exit_code})\n"


def large() -> str:
    """The report of a scenario of two megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file_two_megabytes.yaml"
        file.write_bytes(b"format: 1\nabout: {blurb: " + b"a word and " * (2 << 20 >> 3) + b"}\n")
        return report(file)
