"""words: what seats are to one another: the tracks whose name holds two actors, and what stands between the two.

`armenia.trust.azerbaijan` is the first one's, toward the second. Of what a viewer does not see it is told that it is
there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.rules.views import sees
from sim.words.catalog import Catalog, sentence, spaced
from sim.words.estimative import counted
from sim.words.models import Relation, RelationsModel
from sim.words.series import Course

_STANDING = ("offer", "counter", "flag")


def relations(course: Course) -> RelationsModel:
    """The matrix over the rounds; empty in a scenario where no track names two actors."""
    game, catalog = course.game, course.catalog
    tracks: dict[tuple[str, str], list[str]] = {}
    open_to: dict[tuple[str, str], list[str]] = {}
    for variable in catalog.variables:
        pair = pair_of(catalog, variable.name)
        if pair is None:
            continue
        if variable.kind == "track" and catalog.tracks[variable.name].shown:
            tracks.setdefault(pair, []).append(variable.name)
        elif variable.kind in _STANDING and sees(game, course.viewer, game.index[variable.name]):
            open_to.setdefault(pair, []).append(variable.name)
    if not tracks:
        return RelationsModel((), course.points, ())
    named = {actor for pair in tracks for actor in pair}
    ids = [*game.seats, *(actor for actor in catalog.scenario.actors if actor in named and actor not in game.seats)]
    ids.sort(key=lambda actor: actor != course.viewer)
    out = []
    for pair in ((a, b) for a in ids for b in ids if a != b):
        seen = [name for name in tracks.get(pair, ()) if sees(game, course.viewer, game.index[name])]
        standing = tuple(tuple(_standing(course, open_to.get(pair, ()), at)) for at in range(len(course.points)))
        if pair in tracks or any(standing):
            out.append(Relation(*pair, tuple(course.series(name) for name in seen),
                                tuple(_kind(catalog, name) for name in seen), len(tracks.get(pair, ())) - len(seen),
                                standing))
    actors = catalog.scenario.actors
    return RelationsModel(tuple((a, catalog.capital(a), actors[a].code or a[:3].upper()) for a in ids), course.points,
                          tuple(out))


def pair_of(catalog: Catalog, name: str) -> tuple[str, str] | None:
    """The two actors that a variable's name holds, in its order; None where it holds fewer or more."""
    first, *rest = name.split(".")
    # what stands first in the name of a counter, a flag or an offer is its own name, even if an actor has it too
    parts = [first, *rest] if catalog.variable(name).kind == "track" else rest
    found = [part for part in parts if part in catalog.scenario.actors]
    return (found[0], found[1]) if len(found) == 2 and found[0] != found[1] else None


def _kind(catalog: Catalog, name: str) -> str:
    return spaced(".".join(p for p in name.split(".") if p not in catalog.scenario.actors))


def _standing(course: Course, names: tuple[str, ...] | list[str], at: int) -> Iterator[str]:
    catalog = course.catalog
    for name in names:
        value = course.values[at][course.game.index[name]]
        if value <= 0:
            continue
        kind = catalog.variable(name).kind
        if kind == "offer":
            _, offer, giver, taker = name.split(".")
            it = catalog.scenario.offers[offer]
            if it.asks and taker == course.viewer:
                # the author speaks to the addressee
                yield f"{catalog.fill(it.asks, taker, giver)} You have not answered."
            else:
                yield (f"{catalog.capital(giver)} to {catalog.capital(taker)}: {catalog.inline(it.title)}. "
                       f"{catalog.capital(taker)} has not answered.")
        elif kind == "counter":
            lasting = catalog.lasting(name)
            yield (f"{sentence(lasting)[:-1]}, for {counted(value, 'round')} yet." if lasting
                   else f"{catalog.names(course.viewer).title(name)}: {value}.")
        else:
            yield sentence(catalog.fact(name))
