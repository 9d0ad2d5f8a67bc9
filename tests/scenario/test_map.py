"""A map beside a scenario: what is refused, where it is told, and that the rules do not depend on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.rules.compile import compile_game
from sim.rules.fingerprint import fingerprint
from sim.scenario.geometry import GeometryProblem, read_geometry
from sim.scenario.load import Loaded, load, load_files

ROOT = Path(__file__).parents[2]
FIRST = ROOT / "scenarios/first-round"
FLAGSHIP = ROOT / "scenarios/border-standoff-2021"
MAP = (FIRST / "map.yaml").read_text(encoding="utf-8")
SHAPES = (FIRST / "map.json").read_text(encoding="utf-8")
MAIN = (FIRST / "scenario.yaml").read_text(encoding="utf-8")


def loaded(map_: str = MAP, shapes: str | None = SHAPES, main: str = MAIN) -> Loaded:
    """First-round with another map."""
    files = {"scenario.yaml": main, "map.yaml": map_}
    return load_files(files if shapes is None else {**files, "map.json": shapes}, "first-round")


def told(found: Loaded) -> list[tuple[str, int]]:
    """Codes and lines of what is wrong with the map."""
    return [(d.code, d.span.line) for d in found.diagnostics if d.span and d.span.path.endswith("map.yaml")]


def line_of(text: str, part: str) -> int:
    """The line on which something stands, from 1."""
    return text[:text.index(part)].count("\n") + 1


def test_both_shipped_maps_are_clean():
    """The maps of the bundled scenarios have no problem at all."""
    for folder in (FIRST, FLAGSHIP):
        found = load(folder)
        assert found.map is not None
        assert found.diagnostics == ()


@pytest.mark.parametrize(("old", "new", "code"), [
    ("label: OSK}", "lable: OSK}", "M001"),
    ("credit: Drawn for this scenario; the country does not exist.\n", "", "M002"),
    ("pattern: dots", "pattern: spots", "M003"),
    ("  osk: {title: Osk, pattern", "  osc: {title: Osk, pattern", "P003"),
    ("layer: river}", "layer: rivers}", "P003"),
    ("[0.3, 0.15, 2.7, 1.55]", "[2.7, 0.15, 0.3, 1.55]", "P004"),
    ("at: [2.3, 0.75], name", "at: [230, 0.75], name", "P004"),
    ("name: Oskhaven, kind", "named: oskhaven, kind", "P006"),
    (", layer: shore}", "}", "P007"),
    ("whose: as both draw it, layer", "layer", "P008"),
    ("text: Both lanes are open.", 'text: "{lane} lanes are closed."', "P009"),
    ("when: lanes == 0", "when: played(protest)", "P010"),
    ("when: lanes == 0", "when: lane == 0", "G101"),
    ("when: lanes == 0", "when: lanes >= 0", "G201"),
    ("when: phase is talks", "when: phase is talking", "G102"),
    ("{at: [1.46, 1.0], sign", "{at: [5.46, 1.0], sign", "W080"),
])
def test_a_mistake_is_told_on_its_line(old: str, new: str, code: str) -> None:
    """Each mistake gives its code at the line it stands on, and nothing else."""
    assert MAP.count(old) == 1
    text = MAP.replace(old, new)
    codes = told(loaded(text))
    assert [c for c, _ in codes] == [code]
    if code != "M002":
        block = line_of(MAP, old)
        assert abs(codes[0][1] - block) <= 1


def test_a_map_needs_its_shapes():
    """Without map.json, or with one that is no map, the problem is told once."""
    top = line_of(MAP, "title: The Tarn")
    assert told(loaded(shapes=None)) == [("P001", top)]
    assert told(loaded(shapes="{}")) == [("P002", top)]


@pytest.mark.parametrize(("change", "part"), [
    ("nothing", "is not JSON"),
    ('{"features": [{"type": "Feature"}]}', "feature 1 has no geometry"),
    ('{"features": [{"properties": {}, "geometry": {"type": "LineString", "coordinates": []}}]}', "neither a `layer`"),
    ('{"features": [{"properties": {"area": "a"}, "geometry": {"type": "LineString", "coordinates": []}}]}', "is a LineString"),
    ('{"features": [{"properties": {"layer": "a"}, "geometry": {"type": "LineString", "coordinates": [[500, 4]]}}]}', "not in degrees"),
    (f'{{"features": [{{"properties": {{"layer": "a"}}, "geometry": {{"type": "LineString", "coordinates": [[{10 ** 400}, 4]]}}}}]}}',
     "not in degrees"),
    ('{"features": [{"properties": {"layer": "a"}, "geometry": {"type": "LineString", "coordinates": [["4", 4]]}}]}', "not two numbers"),
    ('{"features": [{"properties": {"layer": "a"}, "geometry": {"type": "LineString", "coordinates": [[NaN, 4]]}}]}', "is not JSON"),
    ('{"features": [{"properties": {"layer": "a"}, "geometry": {"type": "LineString", "coordinates": 7}}]}', "are not lists"),
    ("[" * 100_000, "too deep"),
])
def test_shapes_that_are_none_are_told_in_a_sentence(change: str, part: str) -> None:
    """Whatever stands in map.json, it is read or refused with a sentence."""
    with pytest.raises(GeometryProblem, match=part):
        read_geometry(change)


def test_a_map_of_too_many_points_is_refused():
    """The limit is on points, not on bytes."""
    path = [[n % 90, 1] for n in range(40_001)]
    text = json.dumps({"features": [{"properties": {"layer": "a"}, "geometry": {"type": "LineString", "coordinates": path}}]})
    with pytest.raises(GeometryProblem, match="40,001 points"):
        read_geometry(text)


def test_a_marker_that_reads_a_secret_is_refused():
    """What only one seat sees moves no marker and stands in no text: everybody looks at the same map."""
    for old, new in (("when: lanes == 0", "when: standing >= 40"), ("text: Both lanes are open.", 'text: "Standing {standing}."'),
                     ("title: Bridge open", 'title: "Open, {standing}"')):
        found = loaded(MAP.replace(old, new))
        assert [code for code, _ in told(found)] == ["V003"]
        assert found.errors


def test_played_counts_only_what_everybody_sees():
    """A move out of sight cannot be asked for even where a rule counts it."""
    main = MAIN.replace("rules: {rumour: {when: tension >= 60,", "rules: {rumour: {when: tension >= 60 and played(ask_talks),")
    assert main != MAIN
    assert [code for code, _ in told(loaded(MAP.replace("when: lanes == 0", "when: played(ask_talks)"), main=main))] == ["V003"]


def test_a_historical_map_says_where_its_facts_come_from():
    """Markers and claimed lines of a historical scenario cite, or say that they are invented; told once, with all lines."""
    main = MAIN.replace("kind: fictional", "kind: historical")

    def missing(text: str) -> list[int]:
        (found,) = [d for d in loaded(text, main=main).diagnostics if d.code == "S101"]
        return [s.line for s in found.also if s.path.endswith("map.yaml")]

    assert line_of(MAP, "  open:") in missing(MAP)
    cited = MAP.replace("     whose: both say so}\n  meeting", "     whose: both say so, source: invented}\n  meeting")
    assert len(missing(cited)) == len(missing(MAP)) - 1


def test_mistakes_of_scenario_and_map_are_told_in_one_pass():
    """A misspelled key in scenario.yaml does not hide what is wrong in map.yaml."""
    found = loaded(MAP.replace("layer: river}", "layer: rivers}"), main=MAIN.replace("level: 1", "levle: 1"))
    assert {d.code for d in found.diagnostics} >= {"M001", "P003"}


def test_the_rules_do_not_know_of_the_map():
    """Fingerprint and tables are the same with the map, without it, and with a marker more."""
    more = MAP + "  more: {at: [1.2, 1.0], sign: post, when: tension >= 70, title: Hot, text: Hot., whose: both}\n"
    games = [loaded(), load_files({"scenario.yaml": MAIN}, "first-round"), loaded(more)]
    assert len({fingerprint(compile_game(found.usable()[1])) for found in games}) == 1


def test_every_line_that_somebody_draws_names_whose_it_is():
    """On the flagship's map borders, claims and routes name a claimant, and so does every marker."""
    found = load(FLAGSHIP).map
    assert found is not None
    for line in found.map.lines.values():
        assert line.kind in ("water", "minor") or line.whose
    assert all(marker.whose and marker.source for marker in found.map.markers.values())


def test_the_flagship_draws_nothing_inside_a_state():
    """No line of contact and no oblast: the only shapes are borders of states, shores and the two states."""
    found = load(FLAGSHIP).map
    assert found is not None
    assert set(found.geometry.lines) == {"border", "borders", "shore"}
    assert set(found.geometry.areas) == {"AM", "AZ", "sea", "lakes"}
    own = [line for line in found.map.lines.values() if line.points]
    assert [line.kind for line in own] == ["route"]
    assert "point 6" in own[0].title


def test_disputed_places_bear_the_neutral_form():
    """Places with a disputed name take it from the scenario, where both usages stand."""
    found = load(FLAGSHIP)
    assert found.map is not None
    assert found.scenario is not None
    named = {place.named for place in found.map.map.places.values() if place.named}
    assert {"stepanakert", "shushi", "lachin", "kelbajar", "aghdam", "sev_lich", "nakhchivan"} <= named
    for name in named:
        assert set(found.scenario.names[name].names) == {"armenian", "azerbaijani"}


def test_a_map_says_what_its_signs_stand_for(loaded_flagship: Loaded):
    """Its own words where it has some, neutral ones where not, and only signs that some marker has; a sign is a known one."""
    from sim.words.catalog import Catalog
    from sim.words.map import Cartographer

    def signs(found: Loaded) -> dict[str, str]:
        assert found.map is not None
        return dict(Cartographer(Catalog(found.usable()[1]), found.map).blank().signs)

    assert signs(loaded()) == {"post": "reserves", "incident": "incident", "route": "open road", "talks": "talks"}
    assert signs(loaded_flagship)["post"] == "contested posts"
    bare = MAP.replace("signs: {post: reserves, route: open road}\n", "")
    assert "contested" not in str(signs(loaded(bare)))
    assert told(loaded(MAP.replace("{post: reserves", "{posts: reserves")))[0][0] in ("M001", "M003", "M004")
