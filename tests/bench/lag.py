"""How long the loop is held while the opponents of the flagship think: `python -m tests.bench.lag`.

A heartbeat on the app's own loop notes the longest gap between two beats, first while nothing happens, then while
four policies choose in a thread. The ratio is of the 99th percentiles; the longest gaps are printed beside.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time

from sim.tui.app import DetenteApp
from sim.tui.start import Start

BEAT = 0.001
THOUGHTS = 12


async def gaps(done: asyncio.Event) -> list[float]:
    """Milliseconds by which each beat came late."""
    out = []
    while not done.is_set():
        before = time.perf_counter()
        await asyncio.sleep(BEAT)
        out.append(1000 * (time.perf_counter() - before - BEAT))
    return sorted(out)


async def measure(level: str) -> tuple[list[float], list[float], float]:
    """Gaps while idle, gaps while thinking, and seconds for a thought."""
    app = DetenteApp(Start(scenario="border-standoff-2021", seat="armenia", seed=7, level=level))  # type: ignore[arg-type]
    app.animation_level = "none"
    async with app.run_test(size=(120, 40)) as pilot:
        while app.desk is None:
            await pilot.pause(0.05)
        app.enter_room()
        await pilot.pause(0.5)
        desk = app.desk

        async def think() -> float:
            started = time.perf_counter()
            for _ in range(THOUGHTS):
                await asyncio.to_thread(desk.think)
            return (time.perf_counter() - started) / THOUGHTS

        done = asyncio.Event()
        watch = asyncio.create_task(gaps(done))
        await asyncio.sleep(0.5)
        done.set()
        idle = await watch
        done = asyncio.Event()
        watch = asyncio.create_task(gaps(done))
        seconds = await think()
        done.set()
        return idle, await watch, seconds


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["DETENTE_HOME"] = home
        for level in ("easy", "standard"):
            idle, busy, seconds = asyncio.run(measure(level))
            high = [beats[int(len(beats) * 0.99)] for beats in (idle, busy)]
            print(f"{level:<9} a round's choices {1000 * seconds:5.0f} ms   loop late, 99 %: idle {high[0]:.1f} ms, "
                  f"thinking {high[1]:.1f} ms (longest {idle[-1]:.1f} and {busy[-1]:.1f})   "
                  f"ratio {high[1] / max(high[0], 0.05):.1f}")


if __name__ == "__main__":
    main()
