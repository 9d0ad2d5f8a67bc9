"""First paint: `detente play border-standoff-2021 --seat armenia` against a minimal Textual app, on a pseudo-terminal.

`python -m tests.bench.paint`: from spawn until the date of the match (or the text of the minimal app) is written;
medians of alternating runs.
"""

from __future__ import annotations

import tempfile
from statistics import median

from tests.terminal import Terminal

RUNS = 9
ALLOWED = 1.6
MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("MINIMAL-APP")
Minimal().run()
"""


def painted(arguments: list[str], text: str, home: str) -> float:
    """Seconds until a text is on the terminal."""
    with Terminal(home, *arguments, size=(120, 40)) as app:
        return app.until(lambda shown: text in shown)


def main() -> None:
    """Print both medians and their ratio; exit code 1 above the allowed one."""
    ours, theirs = [], []
    play = ["-m", "sim.cli", "play", "border-standoff-2021", "--seat", "armenia"]
    with tempfile.TemporaryDirectory() as home:
        for _ in range(RUNS):
            theirs.append(painted(["-c", MINIMAL], "MINIMAL-APP", home))
            ours.append(painted(play, "12 May 2021", home))
    ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"seat and date {1000 * median(ours):.0f} ms   minimal app {1000 * median(theirs):.0f} ms   "
          f"ratio {ratio:.2f} (allowed {ALLOWED})")
    raise SystemExit(1 if ratio > ALLOWED else 0)


if __name__ == "__main__":
    main()
