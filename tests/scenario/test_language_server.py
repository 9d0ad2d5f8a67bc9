"""The living schema in the real YAML language server: completion, hover, and what is underlined.

Skipped where Node or the npm package is missing; `.ci/run` installs it, and `DETENTE_YAML_SERVER` may name its folder.
"""

import json

import pytest

from sim.play.library import scenarios, seeds_folder
from sim.scenario.load import contents
from sim.scenario.schema import MODELINE, names_of, scenario_schema
from tests.scenario.language_server import LanguageServer, found

COMMAND, REASON = found()
pytestmark = pytest.mark.skipif(not COMMAND, reason=REASON)
SCHEMA = "scenario.schema.json"


class Desk:
    """A folder per scenario with its schema beside it, and one server that has them open."""

    def __init__(self, folder):
        self.folder = folder
        self.server = LanguageServer(COMMAND, folder)
        self.opened = {}

    def open(self, scenario, text=None, name="scenario.yaml"):
        """Open a scenario or a changed copy of it: the file, and its diagnostics as (line, column, message)."""
        place = self.folder / scenario
        if not place.is_dir():
            place.mkdir()
            files = contents(next(e.folder for e in scenarios() if e.id == scenario), scenario)
            made = scenario_schema(names_of(files, seeds_folder()))
            (place / SCHEMA).write_text(json.dumps(made), encoding="utf-8")
            self.opened[scenario] = f"{MODELINE.format(file=SCHEMA)}\n{files['scenario.yaml'].decode()}"
        file = place / name
        if not file.exists():
            file.write_text(text or self.opened[scenario], encoding="utf-8")
        told = [(d["range"]["start"]["line"] + 1, d["range"]["start"]["character"] + 1, d["message"])
                for d in self.server.open(file)]
        return file, told

    def changed(self, before, after, name):
        """First Round with one place changed: the file, its diagnostics, and the place."""
        self.open("first-round")
        text = self.opened["first-round"]
        assert before in text
        at = text.index(before)
        line = text.count("\n", 0, at) + 1
        file, told = self.open("first-round", text.replace(before, after, 1), name)
        return file, told, (line, at - text.rfind("\n", 0, at))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """One server for all tests of the module."""
    made = Desk(tmp_path_factory.mktemp("editor"))
    yield made
    made.server.close()


@pytest.mark.parametrize("scenario", [entry.id for entry in scenarios()])
def test_a_shipped_scenario_has_nothing_underlined(desk, scenario):
    """The editor finds the schema by the first line and has nothing to say."""
    assert desk.open(scenario)[1] == []


REFUSED = [
    ("change: {tension: 6}", "change: {tenson: 6}", len("change: {"), "tenson"),
    ("by: velmora, tier", "by: velmira, tier", len("by: "), '"velmora", "osk"'),
    ("start: quarrel", "start: quarel", len("start: "), '"quarrel", "talks", "alarm"'),
    ("opens: talks", "opens: tolks", len("opens: "), '"talks"'),
    ("when: met and lanes", "when: met and lames", len("when: "), "detente check"),
    ("weights: {protest: 5", "weights: {protst: 5", len("weights: {"), "protst"),
    ("hint: Feels", "hunt: Feels", 0, "hunt"),
]


@pytest.mark.parametrize(("before", "after", "offset", "word"), REFUSED, ids=[case[1] for case in REFUSED])
def test_a_misspelt_name_is_underlined_where_it_stands(desk, before, after, offset, word):
    """One diagnostic, at the line and column of the word, that names what would be right or what is wrong."""
    number = [case[1] for case in REFUSED].index(after)
    _, told, (line, column) = desk.changed(before, after, f"misspelt-{number}.yaml")
    assert [(told_line, told_column) for told_line, told_column, _ in told] == [(line, column + offset)]
    assert word in told[0][2]


MOVE = """\
  extra:
    title: Something else
    by: velmora
    tier: force
    change:
      tension: 1
"""
COMPLETED = [
    ("      tension: 1", "      ", {"tension", "lanes", "standing", "met"}),
    ("    by: velmora", "    by: ", {"velmora", "osk", "parties", "seats"}),
    ("    change:\n      tension: 1", "    opens: ", {"talks"}),
    ("    tier: force", "    when: ", {"tension >= 50", "phase is alarm", "free_passage is breached", "met"}),
    ("    tier: force", "    ", {"tier", "cost", "branches", "hint"}),
]


@pytest.mark.parametrize(("before", "after", "offered"), COMPLETED, ids=[str(sorted(case[2])) for case in COMPLETED])
def test_the_files_own_names_are_offered(desk, before, after, offered):
    """Tracks, seats, offers, conditions and keys complete where they may stand, in a move that is being written."""
    number = [case[2] for case in COMPLETED].index(offered)
    assert before in MOVE
    begun = MOVE[:MOVE.index(before)] + after
    file, _, (line, _) = desk.changed("offers:\n", f"{begun}\noffers:\n", f"completed-{number}.yaml")
    line += begun.count("\n")
    found = {label.strip('"') for label in desk.server.complete(file, line, len(begun.splitlines()[-1]) + 1)}
    assert offered <= found


def test_the_moves_of_the_file_are_offered_to_a_persona(desk):
    """A weight is offered for each move, for the groups of moves, and for filing nothing."""
    begun = "    policy:\n      weights:\n        "
    whole = "    policy: {weights: {protest: 5, ask_talks: 8, gesture: 4, inspect: 3, hold: 4}, answers: {talks: {accept: 8, leave: 2}}}"
    file, _, (line, _) = desk.changed(whole, begun, "weights.yaml")
    assert {"protest", "ask_talks", "open_lane", "hold"} <= set(desk.server.complete(file, line + 2, 9))


HOVERED = [
    ("tier: statements", 1, "When in a round it resolves."),
    ("change: {tension: 6}", len("change: {t"), "How close the quarrel is to blows. From 0 to 100; it begins at 50."),
    ("by: velmora, tier", 1, "Who can order it."),
    ("when: met and lanes", 1, "Provisions: `free_passage`."),
    ("chance: likely", 1, "`rest` takes what the branches before it left."),
    ("actors:", 1, "A state or body in the story."),
]


@pytest.mark.parametrize(("text", "offset", "shown"), HOVERED, ids=[case[0] for case in HOVERED])
def test_hovering_shows_the_manual(desk, text, offset, shown):
    """The docstring of the key, or what the file itself says of the name."""
    file, _ = desk.open("first-round")
    whole = desk.opened["first-round"]
    at = whole.index(text)
    line, column = whole.count("\n", 0, at) + 1, at - whole.rfind("\n", 0, at)
    assert shown in desk.server.hover(file, line, column + offset)
