"""`detente` as a real process, away from the checkout, with its own home."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "sim.cli")
PATIENCE = 60
NO_USERS = {"COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"}
"""What the runner of the tests has set for itself: a user's terminal has its own size, an installed program its bytecode."""
FROM_THE_START = ("PYTHON", "LC_", "LANG")
"""What the interpreter reads once, when it starts."""


def surroundings(home: Path | str, **more: str) -> dict[str, str]:
    """Environment of a user whose files are all in `home`."""
    kept = {key: value for key, value in os.environ.items() if key not in NO_USERS and not key.startswith(("DETENTE_", "_DETENTE"))}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "DETENTE_HOME": str(home), "TERM": "xterm-256color", **more}


def detente(*args: str | Path, home: Path, lines: str = "", cwd: Path | None = None,
            **more: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end; `lines` is the whole input."""
    words, env = [*map(str, args)], surroundings(home, **more)
    if hasattr(os, "fork") and not any(key.startswith(FROM_THE_START) for key in more):
        return _forked(words, lines, cwd or home, env)
    return subprocess.run([*COMMAND, *words], input=lines, capture_output=True, text=True, encoding="utf-8",
                          errors="replace", timeout=PATIENCE, cwd=cwd or home, env=env, check=False)


def _forked(words: list[str], lines: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A process that has its imports behind it."""
    with tempfile.TemporaryDirectory() as folder:
        streams = {name: Path(folder, name) for name in ("stdin", "stdout", "stderr")}
        for name, file in streams.items():
            file.write_text(lines if name == "stdin" else "", encoding="utf-8", newline="")
        parent = _parent()
        assert parent.stdin is not None
        assert parent.stdout is not None
        asked = {"args": words, "cwd": str(cwd), "env": env, **{name: str(file) for name, file in streams.items()}}
        parent.stdin.write(json.dumps(asked) + "\n")
        parent.stdin.flush()
        if not select.select([parent.stdout], [], [], PATIENCE)[0]:
            parent.kill()
            _parent.cache_clear()
            raise subprocess.TimeoutExpired(words, PATIENCE)
        code = int(parent.stdout.readline())
        out, err = (streams[name].read_text(encoding="utf-8", errors="replace") for name in ("stdout", "stderr"))
    return subprocess.CompletedProcess(words, code, out, err)


@cache
def _parent() -> subprocess.Popen[str]:
    """Where processes are forked from, one for all tests of this process."""
    env = surroundings(tempfile.gettempdir())
    parent = subprocess.Popen([sys.executable, "-m", "tests.cli.forked"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True, cwd=REPOSITORY, env=env)
    # the end of its input is its own
    atexit.register(parent.communicate)
    return parent
