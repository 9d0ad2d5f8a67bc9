"""authoring: everything that can be told of a scenario that was loaded, its dossiers held against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.errors import Diagnostic, arranged
from sim.scenario.names import MAIN, MAP

if TYPE_CHECKING:
    from sim.scenario.load import Loaded

Kept = dict[tuple[str, ...], Mapping[str, Mapping[str, Any]]]
"""The claims of the dossiers that a scenario names, for who checks it again and again."""


def told(loaded: Loaded, kept: Kept | None = None) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
    """All problems, what is most likely at the root of others first, and the texts that they point into, by path."""
    texts = {d.path: d.text for d in loaded.documents.values()}
    found = loaded.diagnostics
    if loaded.scenario is not None and loaded.bound is not None:
        found = arranged([*found, *_of_dossiers(loaded, texts, kept)])
    return found, texts


def _of_dossiers(loaded: Loaded, texts: dict[str, str], kept: Kept | None) -> list[Diagnostic]:
    assert loaded.scenario is not None
    assert loaded.bound is not None
    named = tuple(loaded.scenario.dossiers)
    if not named:
        # a fictional scenario need not cite, and reading dossiers costs time
        from sim.scenario.check import cited
        if not any(c and c != "invented" for _, ids in cited(loaded.bound) for c in ids):
            return []
    from sim.play.library import seeds_folder
    from sim.scenario.check import check_claims, check_map_claims
    from sim.scenario.shelf import claim_ids
    from sim.scenario.telling import Telling

    wrong: tuple[Diagnostic, ...] = ()
    claims = kept.get(named) if kept is not None else None
    if claims is None:
        folder = seeds_folder()
        claims, wrong = claim_ids(folder, list(named))
        for d in wrong:
            if d.span and (source := folder.joinpath(d.span.path)).is_file():
                texts[d.span.path] = source.read_bytes().decode("utf-8", "replace")
        if kept is not None and not wrong:
            kept[named] = claims
    problems = Telling(loaded.documents[MAIN])
    # a dossier that is not there has no line of its own: the scenario's line that lists it is the place
    for d in [d for d in wrong if d.span is None]:
        name = next((n for n in named if f"`{n}`" in d.message), "")
        problems.report(d.code, d.message, ("dossiers", named.index(name)) if name else ("dossiers",), d.help)
    check_claims(loaded.bound, claims, problems, loaded.map.map if loaded.map else None)
    drawn = Telling(loaded.documents.get(MAP, loaded.documents[MAIN]))
    if loaded.map is not None:
        check_map_claims(loaded.map.map, claims, drawn)
    every = [*(d for d in wrong if d.span is not None), *problems.found, *drawn.found]
    # a claim that nobody holds may stand in the dossier that could not be read, and be cited by the map that could not
    hidden = {"S102"} if wrong else set()
    if loaded.map is None and MAP in loaded.documents:
        hidden.add("W103")
    return [d for d in every if d.code not in hidden] if hidden else every
