"""What a verb loads, proved in a fresh process: start-up pays only for what is used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import PATIENCE, surroundings

HEAVY = ("textual", "rich", "pydantic", "transitions", "sqlite3", "yaml", "platformdirs", "numpy", "numba", "sim.rules",
         "sim.words", "sim.policies", "sim.tui", "sim.plain")
ASK = """
import json, sys
from sim.cli.edge import run
try:
    run(sys.argv[1:])
finally:
    sys.stderr.write(json.dumps(sorted(sys.modules)))
"""
CASES = [
    (("--help",), HEAVY),
    (("--version",), HEAVY),
    (("completion", "fish"), HEAVY),
    (("list",), tuple(name for name in HEAVY if name != "yaml")),
    (("paths",), tuple(name for name in HEAVY if name not in ("yaml", "platformdirs"))),
    (("schema",), ("textual", "rich", "transitions", "sqlite3", "sim.rules", "sim.words", "sim.tui")),
    (("new", "made", "--yes"), ("textual", "rich", "transitions", "sqlite3", "sim.rules", "sim.words", "sim.tui", "numpy")),
    (("check", "first-round"), ("textual", "rich", "transitions", "sqlite3", "sim.rules", "sim.words", "sim.tui", "numpy")),
    (("sources", "first-round"), ("textual", "rich", "transitions", "sqlite3", "sim.rules", "sim.tui")),
    (("run", "first-round", "--seed", "1"), ("textual", "rich", "sqlite3", "sim.words", "sim.tui", "numba", "numpy")),
    (("odds", "first-round", "--games", "5", "--seed", "1"), ("textual", "rich", "sqlite3", "sim.tui", "numba", "numpy")),
    (("explore", "first-round", "--games", "5"), ("textual", "rich", "sqlite3", "sim.tui", "numba", "numpy")),
    (("graph", "first-round"), ("textual", "rich", "sqlite3", "sim.tui", "sim.batch", "sim.policies")),
    (("print", "first-round", "--english"), ("textual", "rich", "sqlite3", "sim.tui", "sim.batch", "sim.policies")),
    (("play", "first-round", "--seat", "osk", "--seed", "1"), ("textual", "rich", "sim.tui", "numba", "numpy", "aiohttp", "jinja2",
                                                              "segno", "sim.serve", "sim.lesson")),
    (("host", "--help"), HEAVY), (("join", "--help"), HEAVY),
]


@pytest.mark.parametrize(("args", "forbidden"), CASES, ids=[args[0] for args, _ in CASES])
def test_a_verb_loads_only_what_it_uses(args: tuple[str, ...], forbidden: tuple[str, ...], tmp_path: Path) -> None:
    """None of the forbidden packages, nor anything inside them, is loaded when the verb has run."""
    done = subprocess.run([sys.executable, "-c", ASK, *args], input="", capture_output=True, text=True, timeout=PATIENCE,
                          cwd=tmp_path, env=surroundings(tmp_path), check=False)
    assert done.returncode == 0, done.stderr[-500:]
    loaded = json.loads(done.stderr[done.stderr.index("["):])
    found = [name for name in loaded for root in forbidden if name == root or name.startswith(root + ".")]
    assert found == []
