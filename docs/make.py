"""Writes the pages that are made from the code: `python -m docs.make`."""

from pathlib import Path

from sim.authoring.diagnostics import page as diagnostics_page
from sim.scenario.schema.manual import page
from sim.words.glossary import page as glossary_page

if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "scenario-format.md").write_text(page(), encoding="utf-8")
    (folder / "diagnostics.md").write_text(diagnostics_page(), encoding="utf-8")
    (folder / "glossary.md").write_text(glossary_page(), encoding="utf-8")
