"""`detente check` of two scenarios against a process that imports yaml and defines one pydantic model.

`python -m tests.bench.check`: medians of alternating runs, in processor time and in wall time: of the flagship, and of a
scenario of some 1,500 lines, for which the allowance is meant. All run with compiled modules, as an installed program
does, whatever PYTHONDONTWRITEBYTECODE says here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.bench.flock import FLAGSHIP

RUNS = 11
ALLOWED = 2.5
"""Times the peer for a scenario of 1,500 lines."""
ALLOWED_FLAGSHIP = 3.0
"""For one of 5,300."""
MIDDLING = FLAGSHIP.parent / "herring-sound"
LINES = 1_500
PEER = "import yaml\nfrom pydantic import BaseModel\nclass Peer(BaseModel):\n    x: int = 0\n"


def timed(command: list[str], compiled: str) -> tuple[float, float]:
    """Processor and wall seconds of one run that keeps compiled modules in a folder."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:4])} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall


def middling(folder: Path) -> Path:
    """A scenario of about 1,500 lines: the middle-sized one, its moves and rules given again under other names."""
    lines = (MIDDLING / "scenario.yaml").read_text(encoding="utf-8").split("\n")
    starts = [n for n, line in enumerate(lines) if line[:1].isalpha()] + [len(lines)]
    out: list[str] = []
    missing = LINES - len(lines)
    for first, last in pairwise(starts):
        section = lines[first:last]
        out += section
        if section[0] in ("moves:", "rules:"):
            for entry in _entries(section[1:]):
                # a group of rules stands together, so that its members are not given again
                if missing > 0 and not (section[0] == "rules:" and any("group:" in line for line in entry)):
                    head, colon, rest = entry[0].partition(":")
                    out += [f"{head}_again{colon}{rest}", *entry[1:]]
                    missing -= len(entry)
    copy = folder / MIDDLING.name
    shutil.copytree(MIDDLING, copy)
    (copy / "scenario.yaml").write_text("\n".join(out), encoding="utf-8")
    return copy


def _entries(lines: list[str]) -> list[list[str]]:
    """The entries of a section, each with its lines; comments between them are left out."""
    found: list[list[str]] = []
    for line in lines:
        if re.match(r"  [a-z]", line):
            found.append([line])
        elif found and line.startswith("   "):
            found[-1].append(line)
    return found


def main() -> None:
    """Print medians and their ratios; exit code 1 if a check takes too long."""
    peer = [sys.executable, "-c", PEER]
    slow = False
    with tempfile.TemporaryDirectory() as compiled, tempfile.TemporaryDirectory() as folder:
        for path, allowed in ((middling(Path(folder)), ALLOWED), (FLAGSHIP, ALLOWED_FLAGSHIP)):
            count = (path / "scenario.yaml").read_text(encoding="utf-8").count("\n")
            check = [sys.executable, "-m", "sim.cli", "check", str(path)]
            ours, theirs = [], []
            timed(check, compiled), timed(peer, compiled)
            for _ in range(RUNS):
                ours.append(timed(check, compiled))
                theirs.append(timed(peer, compiled))
            for n, what in enumerate(("processor", "wall")):
                a, b = median(t[n] for t in ours), median(t[n] for t in theirs)
                slow = slow or (n == 0 and a / b > allowed)
                print(f"{count:5} lines   {what:10} check {1000 * a:6.0f} ms   yaml + one model {1000 * b:6.0f} ms   "
                      f"ratio {a / b:4.2f} (allowed {allowed})", flush=True)
    raise SystemExit(1 if slow else 0)


if __name__ == "__main__":
    main()
