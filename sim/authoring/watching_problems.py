"""authoring: all problems of a scenario that was loaded, dossiers included, the most important first, with their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.errors import Diagnostic, arranged
from sim.play.library import seeds_folder
from sim.scenario.load import Loaded
from sim.scenario.names import MAIN, MAP

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


def problems(loaded: Loaded, kept: dict[tuple[str, ...], dict[str, frozenset[str]]] | None = None) -> tuple[Problem, ...]:
    """What `detente check` finds in a scenario, in its order: what is most likely at the root of others comes first.

    `kept` keeps the claims of dossiers from one call to the next.
    """
    texts = {d.path: d.text for d in loaded.documents.values()}
    found = arranged([*loaded.diagnostics, *_of_dossiers(loaded, texts, kept)])
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


def _of_dossiers(loaded: Loaded, texts: dict[str, str],
                 kept: dict[tuple[str, ...], dict[str, frozenset[str]]] | None) -> list[Diagnostic]:
    if loaded.scenario is None or loaded.bound is None:
        return []
    from sim.scenario.check import Problems, check_claims, check_map_claims, cited
    from sim.scenario.shelf import claim_ids

    named = tuple(loaded.scenario.dossiers)
    if not named and not any(c and c != "invented" for _, ids in cited(loaded.bound) for c in ids):
        return []
    wrong: list[Diagnostic] = []
    claims = kept.get(named) if kept is not None else None
    if claims is None:
        folder = seeds_folder()
        read, wrong = claim_ids(folder, list(named))
        claims = dict(read)
        for d in wrong:
            if d.span and (source := folder.joinpath(d.span.path)).is_file():
                texts[d.span.path] = source.read_bytes().decode("utf-8", "replace")
        if kept is not None and not wrong:
            kept[named] = claims
    main, drawn = Problems(loaded.documents[MAIN]), Problems(loaded.documents.get(MAP, loaded.documents[MAIN]))
    check_claims(loaded.bound, claims, main, loaded.map.map if loaded.map else None)
    if loaded.map is not None:
        check_map_claims(loaded.map.map, claims, drawn)
    return [*wrong, *main.found, *drawn.found]
