"""`detente check --expect` of the flagship: how each promise stands, when that was known, and the time of all.

`python -m tests.bench.expect [--seconds N]`: exit code 1 if a promise is broken or undecided, or the time is not kept.
"""

from __future__ import annotations

import resource
import sys
import time

from sim.authoring.expect.testing import Verdict, expect
from sim.batch.executors import cores
from tests.bench.flock import flagship

ALLOWED = 60.0


def main() -> None:
    """Print verdicts with the seconds after which each was known, and the seconds of processors."""
    seconds = float(sys.argv[sys.argv.index("--seconds") + 1]) if "--seconds" in sys.argv else ALLOWED
    loaded = flagship()
    started, open_ = time.perf_counter(), 0
    for it in expect(loaded, seconds=seconds, jobs=cores()):
        print(f"{time.perf_counter() - started:6.1f} s  {it.verdict.value:9}  {it.promise.text}: {it.why}", flush=True)
        open_ += it.verdict is not Verdict.KEPT
    wall = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"\n{wall:.1f} s wall on {cores()} processors, {sum(u.ru_utime + u.ru_stime for u in used):.1f} s of processors")
    raise SystemExit(1 if open_ or wall > ALLOWED * 1.1 else 0)


if __name__ == "__main__":
    main()
