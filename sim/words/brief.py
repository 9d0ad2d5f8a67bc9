"""words: what a seat reads before it plays. The confidential part is for the seat (and the facilitator) alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.rules import CONTROL
from sim.words.catalog import Catalog, sentence
from sim.words.models import BriefModel

_HEADING = re.compile(r"^#[ \t]+(Public|Confidential)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_FILE = re.compile(r"[\w./-]+\.md")


def brief(catalog: Catalog, files: Mapping[str, str], seat: str, viewer: str) -> BriefModel:
    """The brief of a seat as `viewer` may read it; `files` are the scenario's own."""
    it = catalog.scenario.actors[seat]
    public, confidential = split(it.brief if not _FILE.fullmatch(it.brief) else files.get(it.brief, ""))
    mine = viewer in (seat, CONTROL)
    lines = tuple(f"{catalog.clause(c)}: {catalog.scenario.clauses[c].text.strip()}" for c in it.red_lines
                  if c in catalog.scenario.clauses)
    return BriefModel(
        seat=seat, name=catalog.capital(seat), title=sentence(it.about) or it.name, public=public,
        confidential=confidential if mine else "",
        goals=tuple(f"{goal.title or sentence(gid.replace('_', ' ')).rstrip('.')} ({goal.weight} of 100)"
                    for gid, goal in it.goals.items()) if mine else (),
        red_lines=lines if mine else ())


def split(text: str) -> tuple[str, str]:
    """The text under `# Public` and that under `# Confidential`; a text without headings is public."""
    # inline briefs are folded by YAML, which indents the line after an escaped newline
    text = "\n".join(line.strip() if line.lstrip().startswith("# ") else line for line in text.splitlines())
    found = list(_HEADING.finditer(text))
    if not found:
        return text.strip(), ""
    parts = {"public": text[:found[0].start()].strip(), "confidential": ""}
    for n, heading in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        name = heading.group(1).lower()
        parts[name] = f"{parts[name]}\n\n{text[heading.end():end].strip()}".strip()
    return parts["public"], parts["confidential"]
