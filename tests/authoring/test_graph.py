"""Graphs: every phase, provision, clause, move and track with what leads to it, as text and as Mermaid, with heat."""

from __future__ import annotations

import re

import pytest

from sim.authoring.graph.drawing import mermaid, text
from sim.authoring.graph.edges import WHAT, Graph, graph, heated
from sim.batch.series import Readable, Series
from sim.rules import Game
from sim.scenario.load import Loaded
from sim.words.catalog import Catalog
from tests.rules import workshop

NODE = re.compile(r'^ +(n\d+)\["([^"]+)"\](:::(never|rare|often|mostly))?$')
EDGE = re.compile(r'^  (n\d+) (-->|-\.->|--x)\|"([^"]+)"\| (n\d+)$')
OTHER = re.compile(r'^(---|title: .+|flowchart LR|  subgraph "[^"]+"|  end|  classDef [a-z]+ [^"]+)$')


@pytest.fixture(scope="module")
def catalogs(loaded_flagship: Loaded, loaded_first_round: Loaded) -> list[Catalog]:
    """Both shipped scenarios."""
    return [Catalog(it.usable()[1]) for it in (loaded_flagship, loaded_first_round)]


def structure(drawn: str) -> tuple[set[str], list[tuple[str, str]]]:
    """Nodes and edges of a Mermaid flowchart; fails on a line that is none of its forms."""
    nodes, edges, depth = set[str](), [], 0
    for line in drawn.splitlines():
        if node := NODE.match(line):
            assert node[1] not in nodes
            nodes.add(node[1])
        elif edge := EDGE.match(line):
            edges.append((edge[1], edge[4]))
        else:
            assert OTHER.match(line), line
            depth += line.startswith("  subgraph") - (line == "  end")
            assert depth in (0, 1)
    assert depth == 0
    return nodes, edges


@pytest.mark.parametrize("of", WHAT)
def test_mermaid_is_well_formed_and_whole(catalogs: list[Catalog], of: str) -> None:
    """Each node once, edges between nodes that are there, labels quoted, subgraphs closed."""
    for catalog in catalogs:
        found = graph(catalog, of)
        nodes, edges = structure(mermaid(found))
        assert len(nodes) == len(found.nodes) == len({n.id for n in found.nodes})
        assert len(edges) == len(found.edges)
        assert {end for edge in edges for end in edge} <= nodes


@pytest.mark.parametrize("of", WHAT)
def test_text_fits_the_terminal_and_names_everything(catalogs: list[Catalog], of: str) -> None:
    """No line is longer than 100 characters, and no id stands in it."""
    for catalog in catalogs:
        found = graph(catalog, of)
        told = text(found)
        assert max(map(len, told.splitlines())) <= 100
        assert re.findall(r"\b[a-z]+_[a-z_]+\b", told) == []
        flat = " ".join(told.split())
        assert all(" ".join(n.title.split()) in flat for n in found.nodes if of != "tracks" or n.group == "Tracks")


def test_phases_are_the_machines_own_steps(catalogs: list[Catalog]) -> None:
    """An edge for each source of each step, with its condition in words and without the phases themselves."""
    found = graph(catalogs[1], "phases")
    assert [(e.source, e.target, e.text) for e in found.edges] == [
        ("quarrel", "alarm", "if tension is 75 or more"), ("talks", "alarm", "if tension is 75 or more"),
        ("quarrel", "talks", "if the two sides have met and tension is 69 or less"),
        ("alarm", "talks", "if the two sides have met and tension is 69 or less")]


def test_provisions_tell_what_puts_them_somewhere(catalogs: list[Catalog]) -> None:
    """Own steps by their condition, others by the moves and events that cause them."""
    found = graph(catalogs[0], "provisions")
    told = {(e.source, e.target): e.text for e in found.edges}
    assert told["ceasefire_n1=questioned", "ceasefire_n1=observed"] == "if quiet is 8 or more"
    assert "Suspend the routes group" in told["working_group=observed", "working_group=suspended"]


def test_clauses_need_and_exclude(catalogs: list[Catalog]) -> None:
    """As the author has it."""
    found = graph(catalogs[0], "clauses")
    clauses = catalogs[0].scenario.clauses
    assert {(e.source, e.target) for e in found.edges} == {
        (cid, other) for cid, it in clauses.items() for other in (*it.needs, *it.excludes)}


def test_tracks_tell_who_raises_and_lowers_them() -> None:
    """Sign and size, the largest first; what is not certain is marked; several ways are one range."""
    found = graph(Catalog(workshop.loaded(
        moves={"stoke": workshop.move(title="Stoke", branches=[{"chance": "50 %", "change": {"heat": 9}},
                                                               {"chance": "rest", "change": {"heat": 2}}]),
               "cool": workshop.move(title="Cool", change={"heat": -4}),
               "reset": workshop.move(title="Reset", set={"heat": 10})},
        rules={"spark": {"title": "A spark", "change": {"heat": "1..6"}},
               "fade": {"title": "Fading", "toward": {"heat": {"to": 20, "by": 3}}}}).usable()[1]), "tracks")
    assert [(e.source, e.sign, e.text) for e in found.edges] == [
        ("stoke", "+", "+2 to +9, perhaps"), ("spark", "+", "+1 to +6"), ("cool", "−", "−4"),
        ("fade", "", "toward 20 by 3"), ("reset", "", "to 10")]
    told = text(found)
    assert "raised by Stoke (+2 to +9, perhaps); A spark (+1 to +6)" in told
    assert "lowered by Cool (−4)" in told


def test_moves_lead_through_what_they_leave_behind(catalogs: list[Catalog]) -> None:
    """An offer leads to its answers, an answer to what needs the fact that it sets."""
    told = {(e.source, e.target): e.text for e in graph(catalogs[1], "moves").edges}
    assert told["ask_talks", "accept.talks"] == "through the offer “Talks”"
    assert told["accept.talks", "inspect"] == "through “The two sides have met”"


def test_moves_lead_and_bar_through_flags_tracks_and_hazards() -> None:
    """What sets a thing that must not be stands in the way; a track that few things move leads on, by a hazard too."""
    found = graph(Catalog(workshop.loaded(
        flags={"known": {"text": "It is known."}}, tracks={"heat": {"start": 50}, "file": {"start": 1, "max": 4}},
        moves={"drawer": workshop.move(title="Draw", change={"file": 1}),
               "tell": workshop.move(title="Tell", when="not known", set={"known": True}),
               "after": workshop.move(title="After", when="played(tell)")},
        rules={"leak": {"title": "A leak", "when": "not known", "hazard": {"of": "file", "at": {1: "10 %", 4: "70 %"}},
                        "set": {"known": True}}}).usable()[1]), "moves")
    assert {(e.source, e.target, e.sign) for e in found.edges} == {
        ("drawer", "leak", ""), ("tell", "leak", "−"), ("leak", "tell", "−"), ("tell", "after", "")}
    assert "⊣ A leak: bars it through “It is known”" in text(found)
    assert mermaid(found).count("--x") == 2


def test_heat_is_the_share_of_games(first_round: Game, catalogs: list[Catalog]) -> None:
    """From what the games left behind; what never happened is drawn apart."""
    played = Readable().play(Series(first_round, 3, dict.fromkeys(first_round.seats, "persona"), covered=True), 0, 50)
    found = heated(graph(catalogs[1], "phases"), played.seen, 50)
    by_id = {n.id: n.heat for n in found.nodes}
    assert by_id["quarrel"] == 1
    assert by_id["talks"] == played.seen["status:phase=talks"] / 50
    edge = next(e for e in found.edges if (e.source, e.target) == ("quarrel", "talks"))
    assert edge.heat == played.seen["step:phase=quarrel>talks"] / 50
    assert "Quarrel (100 %)" in text(found)
    assert ":::mostly" in mermaid(found)
    moves = heated(graph(catalogs[1], "moves"), played.seen, 50)
    assert all(n.heat == played.seen[f"kind:{n.id}"] / 50 for n in moves.nodes if n.group == "Orders")
    structure(mermaid(moves))
    never = heated(graph(catalogs[1], "phases"), {}, 5)
    assert ":::never" in mermaid(never)
    assert "-.->" in mermaid(never)


def test_a_scenario_without_such_things_says_so() -> None:
    """No draft, no phases."""
    empty = graph(Catalog(workshop.loaded().usable()[1]), "clauses")
    assert empty == Graph("Clauses", (), ())
    assert text(empty).startswith("Clauses: there are none in this scenario. ")
    assert structure(mermaid(empty)) == (set(), [])
