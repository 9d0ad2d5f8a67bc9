"""authoring: the story map of a scenario with a game's way through it lit, and how often quick games come there."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from sim.authoring.graph.edges import WHAT, Graph, graph
from sim.authoring.watching.script import Going, always
from sim.batch.coverage import Footprints
from sim.batch.series import Readable, Series
from sim.play.match import Match
from sim.rules import State
from sim.rules.tables import Game
from sim.words.catalog import Catalog

Lit = Literal["now", "been", ""]
HEAT_SECONDS: Final = 1.5
"""How long quick games are played at most for one picture of heat."""
HEAT_GAMES: Final = 200


@dataclass(frozen=True, slots=True)
class Way:
    """Where a place of the map leads, or what leads to it."""

    text: str
    """The title at the other end."""
    by: str
    """What it asks or how it acts."""
    sign: str
    lit: bool
    """Whether the game went that way."""
    heat: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """One node of the map."""

    id: str
    title: str
    group: str
    note: str
    lit: Lit
    heat: float | None
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class StoryMap:
    """One graph of the scenario, lit by the game."""

    what: str
    """One of `graph.WHAT`."""
    title: str
    places: tuple[Place, ...]
    inward: bool = False
    """Whether the ways lead to the place."""
    games: int = 0
    """In so many quick games heat was taken."""


@dataclass(frozen=True, slots=True)
class Heat:
    """In how many quick games each thing happened."""

    games: int
    seen: Mapping[str, int]


def drawn(catalog: Catalog, what: str) -> Graph:
    """One graph; it lives as long as the file stays as it is."""
    return graph(catalog, what)


def kinds(catalog: Catalog) -> tuple[str, ...]:
    """The graphs that have something to show."""
    s = catalog.scenario
    has = {"phases": s.phases is not None, "provisions": bool(s.agreements), "clauses": bool(s.clauses), "moves": True, "tracks": True}
    return tuple(what for what in WHAT if has[what])


def trodden(match: Match) -> Counter[str]:
    """What has happened on a match's line, by the names of coverage."""
    prints = Footprints(match.game)
    orders = {entry.id: entry.orders for entry in match.line()}
    for entry in match.line():
        prints.watch(match.tree.states[entry.parent], orders[entry.id], entry.events)
    prints.close("")
    return prints.games


def standing(game: Game, state: State) -> frozenset[str]:
    """The statuses of the present instant, by the names of coverage."""
    return frozenset(f"status:{m.name}={m.statuses[state.values[m.var]]}" for m in game.machines)


def story(found: Graph, what: str, match: Match, heat: Heat | None = None) -> StoryMap:
    """A graph with the way of a game lit, and heat if it was taken."""
    been, now = trodden(match), standing(match.game, match.state)
    catalog = Catalog(match.loaded.usable()[1])
    titles = {node.id: node.title for node in found.nodes}

    def share(keys: tuple[str, ...]) -> float | None:
        if heat is None or not heat.games or not keys:
            return None
        return max(heat.seen.get(key, 0) for key in keys) / heat.games

    places = []
    for node in found.nodes:
        mine = [e for e in found.edges if (e.target if found.inward else e.source) == node.id]
        ways = tuple(Way(titles[e.source if found.inward else e.target], e.text, e.sign,
                         any(key in been for key in e.seen), share(e.seen)) for e in mine)
        lit: Lit = "now" if any(key in now for key in node.seen) else "been" if any(k in been for k in node.seen) else ""
        note = node.note
        if what == "clauses" and node.id in catalog.index:
            var = catalog.index[node.id]
            status = catalog.variables[var].statuses[match.state.values[var]]
            lit = "now" if status == "signed" else "been" if status not in ("absent", "struck") else ""
            note = f"{catalog.status(node.id, status)}; {note}" if note else catalog.status(node.id, status)
        if what == "tracks" and node.id in catalog.tracks:
            value = match.state.values[catalog.index[node.id]]
            note = f"now {catalog.value(node.id, value)}; {note}"
        if found.inward and node.group != "Tracks":
            continue
        places.append(Place(node.id, node.title, node.group, note, lit, share(node.seen), ways))
    return StoryMap(what, found.title, tuple(places), found.inward, heat.games if heat else 0)


def heat_of(game: Game, seed: int, going: Going = always, seconds: float = HEAT_SECONDS, games: int = HEAT_GAMES) -> Heat:
    """Quick games between personas until the time is up, or nobody wants them any more."""
    series = Series(game, seed, dict.fromkeys(game.seats, "persona"), covered=True)
    engine = Readable()
    seen: Counter[str] = Counter()
    until, played = time.monotonic() + seconds, 0
    while played < games and going() and (played == 0 or time.monotonic() < until):
        done = engine.play(series, played, 1)
        seen.update(done.seen)
        played += 1
    return Heat(played, dict(seen))
