"""Whole matches in line mode, as a person would read them.

Each `*.txt` is a transcript; its first line is the command and its lines after `> ` are what was typed. After a
wanted change of texts or rules, `python -m tests.playthroughs` plays all of them again and writes what comes out.
"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.cli.process import detente

FOLDER = Path(__file__).parent
PROMPT = "> "


def transcripts() -> Iterator[Path]:
    """All kept transcripts."""
    yield from sorted(FOLDER.glob("*.txt"))


def played(transcript: str) -> str:
    """The same command and the same lines played now; paths are relative to a fresh home, so they are always equal."""
    command, _, rest = transcript.partition("\n")
    lines = [line.removeprefix(PROMPT.rstrip()).strip() for line in rest.splitlines() if line.startswith(PROMPT.rstrip())]
    with tempfile.TemporaryDirectory() as home:
        done = detente(*shlex.split(command.removeprefix("$ detente ")), home=Path(home), lines="\n".join(lines) + "\n",
                       DETENTE_HOME="home")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return f"{command}\n{done.stdout}"
