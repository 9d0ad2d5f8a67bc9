"""How long hostile and strange files hold the reader: `python -m tests.bench.hostile` prints the slowest, in CPU seconds."""

from __future__ import annotations

import time

from sim.scenario.reading.document import read
from tests.scenario.test_hostile import HARMLESS, REFUSED


def main() -> None:
    """The ten slowest of all, and their ratio to reading a megabyte of plain text."""
    took: list[tuple[float, str]] = []
    for name, data in [*((row[0], row[1]) for row in REFUSED), *HARMLESS.items()]:
        start = time.process_time()
        read("hostile.yaml", data)
        took.append((time.process_time() - start, name))
    plain = next(seconds for seconds, name in took if name == "a megabyte of text")
    for seconds, name in sorted(took, reverse=True)[:10]:
        print(f"{seconds:7.3f} s  {seconds / plain:8.1f} x  {name}")
    print("a refusal takes less than a second:", all(seconds < 1 for seconds, _ in took))


if __name__ == "__main__":
    main()
