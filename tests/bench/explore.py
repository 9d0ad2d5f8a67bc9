"""`detente explore` of the flagship on both clocks: a verdict for every ending within a minute, and none unknown.

`python -m tests.bench.explore [--seconds N]`: exit code 1 if an ending is unknown or the time is not kept.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter

from sim.authoring.explore.report import SECTIONS, explore
from sim.batch.executors import cores
from sim.batch.explore import Verdict
from sim.play import game_of
from sim.scenario.load import load
from tests.bench.flock import FLAGSHIP

ALLOWED = 60.0


def main() -> None:
    """Print verdicts, witnesses and seconds for each clock."""
    seconds = float(sys.argv[sys.argv.index("--seconds") + 1]) if "--seconds" in sys.argv else ALLOWED
    loaded = load(FLAGSHIP, "border-standoff-2021")
    failed = False
    for until in (None, "election"):
        started, used = time.perf_counter(), _used()
        report = explore(loaded, game_of(loaded, until), until=until, seconds=seconds, jobs=cores())
        wall = time.perf_counter() - started
        found = report.explored
        print(f"\n{until or 'whole clock'}: {wall:.1f} s wall on {cores()} processors, {_used() - used:.0f} s of them; {found.walked.games:,} seeded matches, "
              f"{found.searches} directed searches with {found.searched_rounds:,} rounds")
        for kind, section in SECTIONS.items():
            counts = Counter(report.verdicts[goal].value for goal in report.of(kind))
            print(f"  {section:8} " + ", ".join(f"{number} {verdict}" for verdict, number in counts.items()))
        for goal in report.of("ending"):
            line = found.lines.get(goal)
            told = f"round {report.round(goal)}, {line.orders} orders" if line else report.verdicts[goal].value
            print(f"    {goal.id:30} {told}")
        unknown = [goal for goal in report.of("ending") if report.verdicts[goal] is Verdict.UNKNOWN]
        failed = failed or bool(unknown) or wall > ALLOWED * 1.1
    raise SystemExit(1 if failed else 0)


def _used() -> float:
    """Seconds of processors that this process and those it has ended took: what other work on the machine leaves alone."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(it.ru_utime + it.ru_stime for it in each)


if __name__ == "__main__":
    main()
