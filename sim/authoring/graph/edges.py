"""authoring: what leads to what in a scenario, as nodes and edges with words: phases, provisions, clauses, moves, tracks.

Made from the bound scenario, the same that is compiled. `heat` lays over it in how many games each thing happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sim.authoring.graph.causes import Cause, Causes
from sim.authoring.graph.left import Left, asked_of
from sim.scenario.bind.shapes import BoundEffect, MachineTable
from sim.words.catalog import Catalog
from sim.words.estimative import MINUS, listed, plain

WHAT: Final = ("phases", "provisions", "clauses", "moves", "tracks")


@dataclass(frozen=True, slots=True)
class Node:
    """A thing."""

    id: str
    title: str
    group: str = ""
    """Nodes of a group stand together."""
    note: str = ""
    seen: tuple[str, ...] = ()
    """Names of `sim.batch.coverage` by which it is known to have happened; the commonest counts."""
    heat: float | None = None
    """Share of games in which it happened."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What leads from one thing to another, or acts on it."""

    source: str
    target: str
    text: str
    sign: str = ""
    """`+` or `−` for what raises or lowers a track, `−` for what stands in the way of a move; else empty."""
    seen: tuple[str, ...] = ()
    heat: float | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges in the author's order."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    inward: bool = False
    """Whether the text tells of each node what leads to it instead of where it leads."""
    games: int = 0
    """In so many games heat was taken; 0 without."""


def graph(catalog: Catalog, of: str) -> Graph:
    """One of `WHAT`."""
    made = {"phases": _phases, "provisions": _provisions, "clauses": _clauses, "moves": _moves, "tracks": _tracks}
    return made[of](Causes(catalog))


def heated(found: Graph, seen: Mapping[str, int], games: int) -> Graph:
    """The graph with the share of games in which each thing happened."""
    def share(keys: Sequence[str]) -> float | None:
        return max(seen.get(key, 0) for key in keys) / games if keys else None

    return replace(found, games=games, nodes=tuple(replace(n, heat=share(n.seen)) for n in found.nodes),
                   edges=tuple(replace(e, heat=share(e.seen)) for e in found.edges))


# -- machines


def _phases(reader: Causes) -> Graph:
    phases = reader.catalog.scenario.phases
    table = next((m for m in reader.bound.machines if m.kind == "phase"), None)
    if phases is None or table is None:
        return Graph("Phases", (), ())
    nodes = tuple(Node(name, it.title, note="the start" if name == phases.start else "",
                       seen=(f"status:phase={name}",)) for name, it in phases.states.items())
    return Graph("Phases", nodes, (*_own(reader, table, str), *_caused(reader, table, str)))


def _provisions(reader: Causes) -> Graph:
    nodes: list[Node] = []
    edges: list[Edge] = []
    for table in reader.bound.machines:
        if table.kind != "provision":
            continue

        def of(status: str, table: MachineTable = table) -> str:
            return f"{table.name}={status}"

        start = table.statuses[reader.catalog.variable(table.name).start]
        mine = [*_own(reader, table, of), *_caused(reader, table, of)]
        met = {of(start), *(e.source for e in mine), *(e.target for e in mine)}
        title = reader.catalog.provision(table.name)
        nodes += [Node(of(status), reader.catalog.status(table.name, status), title,
                       "at the start" if status == start else "", (f"status:{table.name}={status}",))
                  for status in table.statuses if of(status) in met]
        edges += mine
    return Graph("Provisions", tuple(nodes), tuple(edges))


def _own(reader: Causes, table: MachineTable, node: Callable[[str], str]) -> list[Edge]:
    """A machine's own steps, one edge per status it starts from that it can be in."""
    reached = {table.statuses[reader.catalog.variable(table.name).start], *table.caused, *(to for _, _, to in table.steps)}
    return [Edge(node(source), node(to), f"if {reader.step(rule, table.name)}",
                 seen=(f"step:{table.name}={source}>{to}",))
            for rule, sources, to in table.steps for source in sources if source in reached]


def _caused(reader: Causes, table: MachineTable, node: Callable[[str], str]) -> list[Edge]:
    """Where other things put a machine, from its start."""
    start = table.statuses[reader.catalog.variable(table.name).start]
    by: dict[str, dict[str, None]] = {}
    for cause in reader:
        for effect, _ in cause.effects:
            if effect.name == table.name:
                by.setdefault(table.statuses[effect.a[0]], {})[cause.title] = None
    return [Edge(node(start), node(status), f"by {listed(list(titles))}",
                 seen=(f"step:{table.name}={start}>{status}",))
            for status, titles in by.items() if status != start]


def _clauses(reader: Causes) -> Graph:
    catalog = reader.catalog
    draft, clauses = catalog.scenario.draft, catalog.scenario.clauses
    if draft is None:
        return Graph("Clauses", (), ())
    nodes, edges = [], []
    for cid, it in clauses.items():
        parties = listed([catalog.capital(actor) for actor in catalog.bound.words.actors(it.parties, ())])
        nodes.append(Node(cid, catalog.clause(cid), draft.parts[it.part].title, f"needs the yes of {parties}",
                          (f"status:{cid}=signed",)))
        edges += [Edge(cid, other, "needs it agreed or signed" if len(it.needs) == 1 else "needs one of these agreed or signed")
                  for other in it.needs]
        edges += [Edge(cid, other, "excludes it: agreed, it strikes it") for other in it.excludes]
    return Graph("Clauses", tuple(nodes), tuple(edges))


# -- moves and tracks


def _moves(reader: Causes) -> Graph:
    """What moves leave behind, and who needs it. The draft's own acts stand under `clauses`; here it is one thing."""
    catalog = reader.catalog
    causes = {cause.id: cause for cause in reader if not cause.draft}
    left = Left(catalog, causes.values())
    edges: dict[tuple[str, str, str], dict[str, None]] = {}
    clauses: dict[str, None] = {}
    for cause in causes.values():
        for asked in asked_of(catalog, cause):
            if asked.name in catalog.scenario.clauses:
                clauses[asked.name] = None
                edges.setdefault((asked.name, cause.id, ""), {})["where it stands"] = None
            for source, sign in left.for_(asked):
                if source != cause.id:
                    words = _through(reader, asked.name) if asked.name else "having been played"
                    edges.setdefault((source, cause.id, sign), {})[words] = None
    used = {end for source, target, _ in edges for end in (source, target)} | set(reader.moves)
    groups = {"move": "Orders", "answer": "Answers", "inject": "Events", "rule": "By itself"}
    nodes = [Node(cause.id, cause.title, title, listed(list(cause.seats)), tuple(cause.seen))
             for kind, title in groups.items() for cause in causes.values() if cause.kind == kind and cause.id in used]
    nodes += [Node(cid, f"The clause “{catalog.clause(cid)}”", "The draft", seen=(f"status:{cid}=tabled",))
              for cid in clauses]
    return Graph("What moves leave behind, and for whom", tuple(nodes),
                 tuple(Edge(a, b, f"{'bars it ' if sign else ''}through {listed(list(words))}" if a in causes else
                            listed(list(words)), sign) for (a, b, sign), words in edges.items()))


def _through(reader: Causes, name: str) -> str:
    catalog = reader.catalog
    base, *rest = name.split(".")
    kind = catalog.variable(name).kind
    if kind == "offer":
        return f"the offer “{catalog.scenario.offers[rest[0]].title}”"
    if kind == "flag":
        text = catalog.scenario.flags[base].text.strip().partition(";")[0].rstrip(".")
        return f"“{text}”" if text else f"“{catalog.spelled(base)}”"
    if kind == "track":
        return f"“{reader.phrases.names.title(name)}”"
    if kind == "counter":
        text = catalog.scenario.counters[base].text.strip().partition(";")[0].rstrip(".")
        return f"“{text}”" if text else f"“{catalog.spelled(base)}”"
    return reader.phrases.names.inline(name)


def _tracks(reader: Causes) -> Graph:
    """What raises or lowers each track."""
    catalog = reader.catalog
    nodes: dict[str, Node] = {}
    for name, track in catalog.tracks.items():
        drift = catalog.variable(name).drift
        notes = [f"{plain(track.min)} to {plain(track.max)}, starts at {plain(track.start)}"]
        if drift:
            steps = listed(list(dict.fromkeys(map(str, drift[1]))), "or")
            notes.append(f"drifts to {plain(drift[0])} by {steps} a round")
        if track.each_round:
            notes.append(f"{_size((track.each_round,), (track.each_round,))} every round")
        nodes[name] = Node(name, reader.phrases.names.title(name), "Tracks", "; ".join(notes))
    found: dict[tuple[str, str, str], list[tuple[BoundEffect, bool]]] = {}
    for cause in reader:
        for effect, certain in cause.effects:
            if effect.name in catalog.tracks:
                nodes.setdefault(cause.id, Node(cause.id, cause.title, "What moves them", _by(cause), tuple(cause.seen)))
                found.setdefault((effect.name, cause.id, _direction(effect)), []).append((effect, certain))
    edges = [(_largest(several), Edge(cause, track, _sizes(several), sign, nodes[cause].seen))
             for (track, cause, sign), several in found.items()]
    # the largest first: a track has dozens of causes
    edges.sort(key=lambda it: -it[0])
    return Graph("What raises and lowers tracks", tuple(nodes.values()), tuple(edge for _, edge in edges), inward=True)


def _by(cause: Cause) -> str:
    return listed(list(cause.seats)) if cause.seats else "an event" if cause.kind == "inject" else "by itself"


def _direction(effect: BoundEffect) -> str:
    """`+` or `−` for what only raises or only lowers, else empty."""
    if effect.kind in ("add", "uniform", "scale"):
        high = effect.b if effect.kind == "uniform" else effect.a
        return "+" if min(effect.a) > 0 else MINUS if max(high) < 0 else ""
    return "+" if effect.kind == "raise" else ""


def _largest(several: list[tuple[BoundEffect, bool]]) -> int:
    """By how much at most; what sets a value or holds it up has no size and comes last."""
    return max(max(map(abs, _figures(effect))) for effect, _ in several)


def _figures(effect: BoundEffect) -> tuple[int, ...]:
    match effect.kind:
        case "add":
            return effect.a
        case "uniform":
            return (*effect.a, *effect.b)
        case "toward":
            return effect.b
        case "scale":
            return (1,)
    return (0,)


def _sizes(several: list[tuple[BoundEffect, bool]]) -> str:
    """`+4`, `+1 to +6, perhaps`, `to 0`: all ways in which one cause moves one track in one direction."""
    steps = [e for e, _ in several if e.kind in ("add", "uniform")]
    told = []
    if steps:
        told.append(_size([x for e in steps for x in e.a],
                          [x for e in steps for x in (e.b if e.kind == "uniform" else e.a)]))
    for effect, _ in several:
        a, b = effect.a[0], effect.b[0]
        if effect.kind == "scale":
            told.append(f"{100 * a / b:+g} %".replace("-", MINUS))
        elif effect.kind not in ("add", "uniform"):
            told.append({"raise": f"at least {plain(a)}", "toward": f"toward {plain(a)} by {b}"}.get(
                effect.kind, f"to {plain(a)}"))
    words = listed(list(dict.fromkeys(told)), "or")
    return words if all(certain for _, certain in several) else f"{words}, perhaps"


def _size(low: Sequence[int], high: Sequence[int]) -> str:
    least, most = min(low), max(high)
    one, other = (f"{x:+d}".replace("-", MINUS) for x in (least, most))
    return one if least == most else f"{one} to {other}"


__all__ = ["WHAT", "Edge", "Graph", "Node", "graph", "heated"]
