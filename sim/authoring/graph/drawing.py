"""authoring: a graph as Mermaid, and as text that reads without a picture."""

from __future__ import annotations

import textwrap
from itertools import groupby

from sim.authoring.graph.edges import Edge, Graph, Node
from sim.words.estimative import MINUS, counted

WIDTH = 100
LABEL = 44
"""A label of the picture is broken at about so many characters."""
HEATS = ((0.0, "never", "fill:#ffffff,stroke:#777777,stroke-dasharray:4"), (0.1, "rare", "fill:#fff3d6,stroke:#777777"),
         (0.5, "often", "fill:#ffd98a,stroke:#777777"), (1.0, "mostly", "fill:#f2a83b,stroke:#444444"))
"""Classes of heat: the largest share, the name, the look; the dashes tell `never` apart without colour."""
_SIGNS = (("+", "raised by"), (MINUS, "lowered by"), ("", "set or pulled by"))


def mermaid(graph: Graph) -> str:
    """A Mermaid flowchart."""
    numbers = {node.id: f"n{n}" for n, node in enumerate(graph.nodes)}
    out = ["---", f"title: {graph.title}", "---", "flowchart LR"]
    for group, nodes in groupby(graph.nodes, key=lambda node: node.group):
        lines = [f'{numbers[n.id]}["{_label(_titled(n))}"]{_class(n)}' for n in nodes]
        if group:
            out += [f'  subgraph "{_quoted(group)}"', *(f"    {line}" for line in lines), "  end"]
        else:
            out += [f"  {line}" for line in lines]
    for edge in graph.edges:
        text = f"{edge.text} ({_percent(edge.heat)})" if edge.heat is not None else edge.text
        # a cross at the end of what stands in the way; tracks tell by words what lowers them
        line = "--x" if edge.sign == MINUS and not graph.inward else "-.->" if edge.heat == 0 else "-->"
        out.append(f'  {numbers[edge.source]} {line}|"{_label(text)}"| {numbers[edge.target]}')
    if graph.games:
        out += [f"  classDef {name} {look}" for _, name, look in HEATS]
    return "\n".join(out) + "\n"


def _titled(node: Node) -> str:
    heat = f" ({_percent(node.heat)})" if node.heat is not None else ""
    return f"{node.title}{heat}" + (f" · {node.note}" if node.note else "")


def _class(node: Node) -> str:
    if node.heat is None:
        return ""
    return f":::{next(name for most, name, _ in HEATS if node.heat <= most)}"


def _label(text: str) -> str:
    return "<br/>".join(_quoted(line) for line in textwrap.wrap(text, LABEL, break_on_hyphens=False))


def _quoted(text: str) -> str:
    """Text for a quoted Mermaid label, which knows entities instead of escapes."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def text(graph: Graph, width: int = WIDTH) -> str:
    """The graph for a terminal: each node with what leads from it, or for tracks what leads to it."""
    if not graph.nodes:
        return f"{graph.title}: there are none in this scenario. Others can be drawn: `detente graph SCENARIO --of moves`.\n"
    head = graph.title + (f", with the share of {counted(graph.games, 'game')} in which each happened" if graph.games else "")
    out = [head, ""]
    titles = {node.id: node.title for node in graph.nodes}
    tracks = {edge.target for edge in graph.edges} if graph.inward else set()
    for group, nodes in groupby(graph.nodes, key=lambda node: node.group):
        mine = [n for n in nodes if not graph.inward or n.id in tracks or n.group == "Tracks"]
        if not mine:
            continue
        if group:
            out += [group, ""] if out[-1] == "" else ["", group, ""]
        for node in mine:
            out += _wrapped(_titled(node), width, "  " if group else "")
            edges = ([e for e in graph.edges if e.target == node.id] if graph.inward
                     else [e for e in graph.edges if e.source == node.id])
            out += _inward(edges, titles, width) if graph.inward else _outward(edges, titles, width)
            out.append("")
    return "\n".join(out).rstrip() + "\n"


def _outward(edges: list[Edge], titles: dict[str, str], width: int) -> list[str]:
    out: list[str] = []
    for edge in edges:
        heat = f" ({_percent(edge.heat)})" if edge.heat is not None else ""
        arrow = "⊣" if edge.sign == MINUS else "→"
        out += _wrapped(f"{arrow} {titles[edge.target]}{heat}: {edge.text}", width, "    ")
    return out


def _inward(edges: list[Edge], titles: dict[str, str], width: int) -> list[str]:
    out: list[str] = []
    for sign, word in _SIGNS:
        mine = [edge for edge in edges if edge.sign == sign]
        if not mine:
            continue
        told = [f"{titles[e.source]} ({e.text})" + (f" ({_percent(e.heat)})" if e.heat is not None else "") for e in mine]
        out += _wrapped(f"{word} {'; '.join(told)}", width, "    ")
    return out


def _wrapped(line: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=f"{indent}    ", break_on_hyphens=False)


def _percent(share: float | None) -> str:
    """`12 %`; never 0 for what happened."""
    assert share is not None
    return "never" if share == 0 else "under 1 %" if share < 0.01 else f"{share:.0%}".replace("%", " %")
