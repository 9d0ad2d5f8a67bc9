"""The JSON Schema of scenario files: from the models, and with one file's own names where a name may stand."""

import json
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from sim.play.library import scenarios, seeds_folder
from sim.scenario import models
from sim.scenario.load import contents
from sim.scenario.reading.document import read
from sim.scenario.schema import history_schema, map_schema, masked_schema, names_of, scenario_schema
from sim.scenario.schema.blocks import EXAMPLES, SLOTS

SHIPPED = {entry.id: contents(entry.folder, entry.id) for entry in scenarios()}
FIRST = SHIPPED["first-round"]
MOST_KEYS, MOST_ITEMS = 40, 6


@cache
def general():
    """The schema without names."""
    return scenario_schema()


@cache
def own(scenario):
    """The names of a shipped scenario with its dossiers, and its schema."""
    names = names_of(SHIPPED[scenario], seeds_folder())
    return names, scenario_schema(names)


def wrong(text, made):
    """Where a file breaks a schema, as keys joined with points."""
    value = read("scenario.yaml", text.encode()).value
    return {".".join(map(str, error.absolute_path)) for error in Draft202012Validator(made).iter_errors(value)}


def thinned(node):
    """The schema with a few of many names: whether it is one does not depend on how many there are."""
    if isinstance(node, dict):
        few = MOST_KEYS if len(node) > 2 * MOST_KEYS else len(node)
        return {key: thinned(inner) for key, inner in list(node.items())[:few]}
    return [thinned(inner) for inner in node[:MOST_ITEMS]] if isinstance(node, list) else node


@pytest.mark.parametrize("scenario", SHIPPED)
def test_a_shipped_scenario_keeps_its_own_schema(scenario):
    """With its own names in it the schema refuses nothing, and it is a schema itself; so is that of its map."""
    names, made = own(scenario)
    assert names.complete
    Draft202012Validator.check_schema(thinned(made))
    assert wrong(SHIPPED[scenario]["scenario.yaml"].decode(), made) == set()
    if "map.yaml" in SHIPPED[scenario]:
        drawn = map_schema(names)
        Draft202012Validator.check_schema(thinned(drawn))
        assert wrong(SHIPPED[scenario]["map.yaml"].decode(), drawn) == set()
    for name, make in (("history.yaml", history_schema), ("masked.yaml", masked_schema)):
        if name in SHIPPED[scenario]:
            beside = make(names)
            Draft202012Validator.check_schema(thinned(beside))
            assert wrong(SHIPPED[scenario][name].decode(), beside) == set()


def test_the_record_may_speak_of_this_scenario_alone():
    """A seat, a move, an ending and a rule that the scenario does not have are refused where they stand."""
    names, _ = own("border-standoff-2021")
    text = SHIPPED["border-standoff-2021"]["history.yaml"].decode()
    made = history_schema(names)
    for before, after, place in (("ending: ", "ending: x", "ending"), ("move: ", "move: x", "rounds.1.orders.0.move"),
                                 ("seat: ", "seat: x", "rounds.1.orders.0.seat")):
        assert wrong(text.replace(before, after, 1), made) == {place}
    assert wrong(text.replace("ending:", "endings:", 1), history_schema()) == {""}
    assert wrong("id: masked\ntitle: Masked\nwords: [a]\n", masked_schema()) == {"words"}


@pytest.mark.parametrize("scenario", SHIPPED)
def test_the_general_schema_fits_every_scenario(scenario):
    """Without names the schema still describes every key."""
    assert wrong(SHIPPED[scenario]["scenario.yaml"].decode(), general()) == set()


MISSPELT = [
    ("change: {tension: 6}", "change: {tenson: 6}", "moves.protest.change"),
    ("by: velmora, tier", "by: velmira, tier", "moves.inspect.by"),
    ("groups: {parties: [velmora, osk]}", "groups: {parties: [velmora, ozk]}", "groups.parties.1"),
    ("start: quarrel", "start: quarel", "phases.start"),
    ("except: [alarm]", "except: [breached]", "phases.steps.0.except"),
    ("opens: talks", "opens: tolks", "moves.ask_talks.opens"),
    ("status: questioned", "status: talks", "agreements.bridge_treaty.provisions.free_passage.status"),
    ("when: met and lanes > 0", "when: met and lames > 0", "moves.inspect.when"),
    ("when: tension >= 95", "when: tension => 95", "endings.war.when"),
    ("score: 100 - 50 * lanes", "score: 100 - 50 * lones", "actors.velmora.goals.bridge.score"),
    ("chance: likely", "chance: likly", "moves.inspect.branches.0.chance"),
    ("set: {met: true, meeting", "set: {met: perhaps, meeting", "offers.talks.accept.branches.0.set.met"),
    ("weights: {protest: 5", "weights: {protst: 5", "actors.velmora.policy.weights"),
    ("answers: {talks: {accept: 8", "answers: {tolks: {accept: 8", "actors.velmora.policy.answers"),
    ("minutes: {week: 5}", "minutes: {weak: 5}", "about.minutes"),
    ("seats: [velmora, osk]", "seats: [velmora, parties]", "about.seats.1"),
    ("seen: [osk]", "seen: [ask]", "tracks.standing.seen"),
]


@pytest.mark.parametrize(("before", "after", "place"), MISSPELT, ids=[case[2] for case in MISSPELT])
def test_a_name_that_the_file_does_not_have_is_refused_where_it_stands(before, after, place):
    """One misspelt word is refused at its own key, and nowhere else."""
    text = FIRST["scenario.yaml"].decode()
    assert before in text
    assert wrong(text.replace(before, after, 1), own("first-round")[1]) == {place}


def test_names_with_actors_in_them_may_have_roles_where_there_are_two_sides():
    """A move may change `actor.trust.target`; a rule, which has no two sides, may not."""
    made = own("border-standoff-2021")[1]
    blocks = made["$defs"]

    def touched(block):
        return blocks[blocks[block]["properties"]["change"]["$ref"].removeprefix("#/$defs/")]["properties"]

    assert {"armenia.trust.azerbaijan", "actor.trust.target", "target.trust.armenia"} <= set(touched("Move"))
    assert "actor.trust.actor" not in touched("Move")
    assert "armenia.trust.azerbaijan" in touched("Rule")
    assert not any("actor" in name.split(".") for name in touched("Rule"))


def test_claims_of_the_dossiers_may_be_cited_and_no_others():
    """`source:` takes the claims of the dossiers found, each with speaker and sentence, and `invented`."""
    made = own("border-standoff-2021")[1]
    cited = made["$defs"]["Source"]["anyOf"][0]
    told = dict(zip(cited["enum"], cited["markdownEnumDescriptions"], strict=True))
    assert told["C02"].startswith("Armenia")
    assert "invented" in told
    assert "C9999" not in told


def test_a_file_with_mistakes_gives_the_names_that_can_be_read():
    """A slip in one section costs no name of another; then conditions are held to their form only."""
    text = FIRST["scenario.yaml"].decode().replace("  osk:\n", "  osk: [\n", 1)
    names = names_of({"scenario.yaml": text.encode()})
    assert not names.complete
    assert {"protest", "inspect"} <= set(names.family("move"))
    assert {"quarrel", "talks", "alarm"} == set(names.family("phase"))
    assert "tension" in names.variables
    Draft202012Validator.check_schema(scenario_schema(names))
    unfit = FIRST["scenario.yaml"].decode().replace("start: 50, better: low", "start: fifty, better: low", 1)
    assert "tension" in names_of({"scenario.yaml": unfit.encode()}).variables


@pytest.mark.parametrize("text", ["", "[", "moves: 7\n", "actors: [a, b]\nphases: {states: 3}\n", "clock: {legs: [x]}\n"])
def test_whatever_the_file_holds_there_is_a_schema(text):
    """Nothing that can be written keeps an editor from having a schema."""
    made = scenario_schema(names_of({"scenario.yaml": text.encode()}))
    Draft202012Validator.check_schema(thinned(made))
    assert "moves" in made["properties"]


def test_the_table_of_places_speaks_of_keys_that_exist():
    """Every `Model.key` of the schema's tables is a key of that model."""
    for name in (*SLOTS, *EXAMPLES):
        model, key = name.split(".")
        fields = getattr(models, model).model_fields
        assert key in {field.alias or own for own, field in fields.items()}, name


def test_every_key_has_a_hover_text():
    """No key of any block is without a description."""
    made = general()
    blocks = {"": made, **made["$defs"]}
    silent = [f"{block}.{key}" for block, it in blocks.items() if hasattr(models, block) or not block
              for key, prop in it.get("properties", {}).items() if not prop.get("description")]
    assert silent == []
    assert '"title": "' not in json.dumps(made), "editors print a title over every hover text"
