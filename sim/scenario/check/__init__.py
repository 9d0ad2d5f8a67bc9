"""scenario: what a bound scenario still gets wrong, in one pass: secrets, certainty, chances, what is unused, texts, sources.

Errors are what would make play wrong; everything that is merely no good idea is a warning. Each module tells one kind,
in the order of the file; nothing here walks a condition twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.scenario.check.problems import Problems
from sim.scenario.check.sources import check_claims, check_map_claims, cited

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.bind.map import BoundMap

__all__ = ["Problems", "check_bound", "check_claims", "check_map", "check_map_claims", "cited"]


def check_bound(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    """Everything that can be told without dossiers; `texts` are the scenario's files."""
    from sim.scenario.check.certainty import check_certainty, check_turns
    from sim.scenario.check.chances import check_chances, check_printed
    from sim.scenario.check.reading import Reading
    from sim.scenario.check.secrets import check_guards
    from sim.scenario.check.sources import check_sources
    from sim.scenario.check.structure import check_structure
    from sim.scenario.check.unused import check_unused
    from sim.scenario.check.wording import check_wording

    reading = Reading(bound.words.conditions())
    check_guards(bound, reading, problems)
    check_certainty(bound, reading, problems)
    check_structure(bound, texts, problems)
    check_chances(bound, problems)
    if not problems.wrong:
        # what an error left out would seem unused, and what it left open would seem to hold always
        check_turns(bound, reading, problems)
        check_printed(bound, problems)
        check_unused(bound, reading, texts, problems)
    check_wording(bound, texts, problems)
    check_sources(bound, problems)
    if bound.scenario.expect:
        from sim.scenario.promises import check_promises

        check_promises(bound, problems.report)


def check_map(bound: Bound, drawn: BoundMap, problems: Problems) -> None:
    """What a map gets wrong that is more than its own words: conditions, texts, facts without a source."""
    from sim.scenario.check.certainty import check_markers
    from sim.scenario.check.sources import check_map_sources
    from sim.scenario.check.wording import check_wording_of_map

    check_markers(drawn, bound, problems)
    check_wording_of_map(drawn.map, bound, problems)
    check_map_sources(bound, drawn.map, problems)
