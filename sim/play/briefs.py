"""play: a seat's brief in its two parts, the public one and the one for the seat alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sim.scenario.models import Scenario

_PART: Final = re.compile(r"^[ \t]*#+[ \t]*(Public|Confidential)[ \t]*$", re.MULTILINE | re.IGNORECASE)


class Brief(NamedTuple):
    """Markdown, without the two headings."""

    public: str
    confidential: str
    """For the seat and control alone."""


def brief(scenario: Scenario, files: Mapping[str, str], seat: str) -> Brief:
    """The brief of a seat from its file or from the scenario itself; what stands under no heading is confidential."""
    written = scenario.actors[seat].brief
    text = files.get(written, "" if written.endswith(".md") and "\n" not in written else written)
    parts = _PART.split(text)
    public: list[str] = []
    confidential = [parts[0]]
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        (public if heading.lower() == "public" else confidential).append(body)
    return Brief(_joined(public), _joined(confidential))


def _joined(parts: list[str]) -> str:
    return "\n\n".join(kept for part in parts if (kept := part.strip()))
