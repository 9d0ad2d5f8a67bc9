"""`detente check` of the flagship against a process that imports yaml and defines one pydantic model.

`python -m tests.bench.check`: medians of alternating runs, in processor time and in wall time. Both run with compiled
modules, as an installed program does, whatever PYTHONDONTWRITEBYTECODE says here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from tests.bench.flock import FLAGSHIP

RUNS = 11
ALLOWED = 2.5
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


def main() -> None:
    """Print both medians and their ratios; exit code 1 if the check takes too long."""
    check, peer = [sys.executable, "-m", "sim.cli", "check", str(FLAGSHIP)], [sys.executable, "-c", PEER]
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as compiled:
        timed(check, compiled), timed(peer, compiled)
        for _ in range(RUNS):
            ours.append(timed(check, compiled))
            theirs.append(timed(peer, compiled))
    worst = 0.0
    for n, what in enumerate(("processor", "wall")):
        a, b = median(t[n] for t in ours), median(t[n] for t in theirs)
        worst = max(worst, a / b) if n == 0 else worst
        print(f"{what:10} check {1000 * a:6.0f} ms   yaml + one model {1000 * b:6.0f} ms   ratio {a / b:4.2f} "
              f"(allowed {ALLOWED})")
    raise SystemExit(1 if worst > ALLOWED else 0)


if __name__ == "__main__":
    main()
