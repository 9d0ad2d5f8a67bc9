"""Writes the pages that are made from the code: `python -m docs.make`."""

from pathlib import Path

from sim.scenario.manual import page

if __name__ == "__main__":
    (Path(__file__).parent / "scenario-format.md").write_text(page(), encoding="utf-8")
