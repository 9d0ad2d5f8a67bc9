"""authoring: all problems of a scenario that was loaded, dossiers included, the most important first, with their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.authoring.whole_check import Kept, told
from sim.errors import Diagnostic
from sim.scenario.load import Loaded
from sim.scenario.names import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

AROUND: Final = 2
"""Lines above and below a problem that show where one is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with the lines around it."""

    diagnostic: Diagnostic
    file: str = ""
    """The name of the file in its folder; empty for the main one, and where no place is known."""
    around: tuple[tuple[int, str], ...] = ()
    """Number and text of the lines around the place, the line itself among them; empty where no place is known."""

    @property
    def line(self) -> int:
        """Its line; 0 where no place is known."""
        return self.diagnostic.span.line if self.diagnostic.span else 0

    @property
    def grave(self) -> bool:
        """Whether it keeps the scenario from being played."""
        return self.diagnostic.severity == "error"

    def rendered(self) -> str:
        """As `detente check` prints it."""
        own = next((text for number, text in self.around if number == self.line), None)
        return self.diagnostic.render(own)


def problems(loaded: Loaded, kept: Kept | None = None) -> tuple[Problem, ...]:
    """What `detente check` finds in a scenario, in its order: what is most likely at the root of others comes first.

    `kept` keeps the claims of dossiers from one call to the next.
    """
    found, texts = told(loaded, kept)
    lines = {path: text.split("\n") for path, text in texts.items()}
    names = {d.path: "" if name == MAIN else name for name, d in loaded.documents.items()}
    return tuple(Problem(it, names.get(it.span.path, it.span.path) if it.span else "", tuple(_around(it, lines)))
                 for it in found)


def _around(it: Diagnostic, lines: Mapping[str, list[str]]) -> Iterable[tuple[int, str]]:
    if it.span is None or it.span.path not in lines:
        return
    text = lines[it.span.path]
    for number in range(max(1, it.span.line - AROUND), min(len(text), it.span.line + AROUND) + 1):
        yield number, text[number - 1]
