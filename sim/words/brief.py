"""words: what a seat reads before it plays. The confidential part is for the seat and the facilitator alone."""

from __future__ import annotations

from collections.abc import Mapping

from sim.play.briefs import brief as parts_of
from sim.rules import CONTROL
from sim.words.catalog import Catalog, sentence, spaced
from sim.words.models import BriefModel


def brief(catalog: Catalog, files: Mapping[str, str], seat: str, viewer: str) -> BriefModel:
    """The brief of a seat as `viewer` may read it; `files` are the scenario's own."""
    it = catalog.scenario.actors[seat]
    written = parts_of(catalog.scenario, files, seat)
    mine = viewer in (seat, CONTROL)
    return BriefModel(
        seat=seat, name=catalog.capital(seat), title=sentence(it.about) or it.name, public=written.public,
        confidential=written.confidential if mine else "",
        goals=tuple(f"{goal.title or sentence(spaced(gid)).rstrip('.')}: {goal.weight} of 100 points"
                    for gid, goal in it.goals.items()) if mine else (),
        red_lines=tuple(f"{catalog.clause(c)}: {catalog.scenario.clauses[c].text.strip()}" for c in it.red_lines
                        if c in catalog.scenario.clauses) if mine else ())
