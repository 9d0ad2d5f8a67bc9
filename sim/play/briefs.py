"""play: a seat's brief in its two parts, the public one and the one for the seat alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sim.scenario.briefs import parts

if TYPE_CHECKING:
    from sim.scenario.models import Scenario


class Brief(NamedTuple):
    """Markdown, without the two headings."""

    public: str
    confidential: str
    """For the seat and control alone."""


def brief(scenario: Scenario, files: Mapping[str, str], seat: str) -> Brief:
    """The brief of a seat from its file or from the scenario itself; what is in doubt is confidential."""
    written = scenario.actors[seat].brief
    text = files.get(written, "" if written.endswith(".md") and "\n" not in written else written)
    found = parts(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    return Brief(_joined(found.public), _joined(found.confidential))


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(kept for part in parts if (kept := part.strip()))
