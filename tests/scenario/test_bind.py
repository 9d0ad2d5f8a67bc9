"""Author's mistakes (F8): each with its code, its line and a next step, all in one pass, and never a traceback."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pickle import dumps, loads
from random import Random
from typing import Any

import pytest
import yaml

from sim.errors import Diagnostic
from sim.policies import playout, policy
from sim.rules.compile import compile_game
from sim.scenario.load import Loaded, load_bytes, load_files
from sim.scenario.reading.document import read
from tests.conftest import SCENARIOS

TEXT = (SCENARIOS / "first-round" / "scenario.yaml").read_text("utf-8")


def check(text: str) -> Loaded:
    """The text as a scenario file."""
    return load_files({"scenario.yaml": text}, "first-round.yaml")


def told(text: str) -> list[tuple[str, int]]:
    """Codes and lines."""
    return [(d.code, d.span.line if d.span else 0) for d in check(text).diagnostics]


def line_of(text: str, words: str) -> int:
    """The line on which some words first stand."""
    return text[:text.index(words)].count("\n") + 1


MISTAKES: list[tuple[str, str, str, str]] = [
    # what stands there, what an author wrote instead, the code, words of the message or the advice
    # -- the models
    ("tier: statements, group: press", "tyer: statements, tier: force, group: press", "M001", "remove one of the two"),
    ("tier: statements, group: press", "tyer: statements, group: press", "M001", "did you mean `tier`"),
    ("gesture: {title: A conciliatory gesture, by", "gesture: {by", "M002", "`title` is missing"),
    ("tier: statements, group: press", "tier: statement, group: press", "M003", "did you mean `statements`"),
    ("cost: 1, change", "cost: one, change", "M003", "should be a whole number"),
    ("cost: 1, change", "cost: 12, change", "M003", "write at most 9"),
    ("step: 1 days", "step: one day", "M003", "write `1 day`"),
    ("code: VEL", "code: vel", "M003", "two to four capital letters"),
    ("format: 1", "format: 2", "M003", "should be `1`"),
    ("times: 3", "times: 0", "M003", "write at least 1"),
    # -- the clock
    ('"2030-03-01"', '"2030-02-30"', "C002", "year-month-day"),
    ("step: 1 days", "step: 0 days", "C005", "at least one"),
    # -- names
    ("by: osk, tier: measures, group: offer, when", "by: oskk, tier: measures, group: offer, when", "R001", "did you mean `osk`"),
    ("to: parties, tier: statements", "to: partys, tier: statements", "R001", "did you mean `parties`"),
    ("seen: [osk], text", "seen: [osc], text", "R001", "did you mean `osk`"),
    ("binds: [osk], status", "binds: [osc], status", "R001", "did you mean `osk`"),
    ("minutes: {week: 5}", "minutes: {weeks: 5}", "R003", "did you mean `week`"),
    ("change: {tension: 6}, dispatch", "change: {tension: {weeks: 6}}, dispatch", "R003", "legs: week"),
    ("flags: {met", "flags: {tension: {}, met", "R005", "the name of a track already"),
    ("binds: [osk], status: questioned", "binds: [osk], status: question", "R006", "did you mean `questioned`"),
    ("start: quarrel", "start: quarrels", "R006", "did you mean `quarrel`"),
    ("storm: {title", "rumour: {title", "R009", "a rule and an inject"),
    ("groups: {parties", "groups: {osk: [velmora], parties", "R009", "an actor and a group"),
    ("change: {lanes: 1, tension: 12", "change: {lane: 1, tension: 12", "R010", "did you mean `lanes`"),
    ("change: {tension: -7}, times", "change: {round: -7}, times", "R011", "kept by the rules"),
    ("change: {tension: -7}, times", "change: {target.standing: -7}, times", "R012", "name the actor"),
    ("answers: {talks: {accept: 6", "answers: {talk: {accept: 6", "R021", "did you mean `talks`"),
    ("rules: {rumour", "clauses: {line: {part: one, parties: [velmora, osk], text: T}}\nrules: {rumour", "R032", "`draft:`"),
    ("{to: alarm, except: [alarm]", "{to: alrm, except: [alarm]", "R040", "did you mean `alarm`"),
    ("from: [quarrel, alarm]", "from: [quarel, alarm]", "R040", "did you mean `quarrel`"),
    ("otherwise: true, text", "when: round == 5, text", "R050", "every game must end"),
    ("when: tension >= 95, settlement", "otherwise: true, settlement", "R050", "the last ending"),
    ("bridge: {weight: 60", "bridge: {weight: 50", "R060", "sum to 90"),
    ("seats: [velmora, osk]", "seats: [velmora, oks]", "R071", "did you mean `osk`"),
    ("rules: {rumour", "readout_moves: {plain: protests}\nrules: {rumour", "R072", "did you mean `protest`"),
    # -- conditions
    ("when: lanes < 2", "when: lanes = 2", "G005", "write `==`"),
    ("when: met and lanes > 0", "when: met && lanes > 0", "G006", "write `and`"),
    ("when: lanes < 2", "when: \"phase is 'alarm'\"", "G007", "quotation marks"),
    ("when: lanes < 2", "when: seen(protest)", "G009", "only `played(move)`"),
    ("when: lanes < 2", "when: lanes / 2 < 2", "G010", "multiply the other side"),
    ("when: lanes < 2", "when: lane < 2", "G101", "did you mean `lanes`"),
    ("score: standing, title", "score: standng, title", "G101", "did you mean `standing`"),
    ("when: met and tension < 70}", "when: met and phase is talk}", "G102", "did you mean `talks`"),
    ("when: tension >= 75}", "when: tension is high}", "G103", "compare numbers"),
    ("when: lanes < 2", "when: played(protests)", "G107", "did you mean `protest`"),
    ("when: lanes < 2", "when: lanes + tension < standing", "G109", "at most two tracks"),
    ("when: lanes < 2", "when: lanes > 2", "G202", "runs from 0 to 2"),
    ("when: lanes < 2", "when: lanes >= 0", "G201", "runs from 0 to 2"),
    # -- numbers and chances
    ("drift: {to: 40, by: 2}", "drift: {to: 40, by: two}", "E001", "not a whole number"),
    ("change: {lanes: 1, tension: 12", "change: {lanes: 1, tension: 40000", "E002", "out of range"),
    ("lanes: {start: 1, max: 2", "lanes: {start: 3, max: 2", "E003", "outside 0..2"),
    ("estimate: 50", "estimate: 500", "E004", "between 0 and 100"),
    ("chance: likely", "chance: likly", "E010", "did you mean `likely`"),
    ("chance: likely", "chance: 120 %", "E011", "up to 100 %"),
    ("chance: likely", "chance: 0 %", "E011", "above 0"),
    ("change: {tension: -8}, set: {met: true", "change: {tension: -8}, set: {tension: 3", "E020", "touched twice"),
    ("change: {tension: -8}, set", "change: {phase: 1}, set", "E021", "use `set:`"),
    ("tension: 5..10", "tension: 10..5", "E022", "write 5..10"),
    ("set: {met: true", "set: {free_passage: breached_", "E023", "did you mean `breached`"),
    ("set: {met: true", "set: {lanes: 7", "E024", "from 0 to 2"),
    ("cost: 2, when: met and lanes > 0,", "cost: 2, when: met and lanes > 0, change: {tension: 1},", "E030", "into the branches"),
    ("when: tension >= 60, chance: unlikely", "when: tension >= 60, chance: unlikely, chances: [{when: met, chance: even}]",
     "E031", "keep one"),
    ("when: tension >= 60, chance: unlikely", "chances: [{when: tension >= 60}]", "E032", "weekly"),
    # -- secrets
    ("cost: 2, when: met and lanes > 0", "cost: 2, when: met and standing > 0", "V001", "`velmora` does not see `standing`"),
    ("policy: {weights: {protest: 5,", "policy: {factors: [{of: protest, when: standing > 3, times: 2}], weights: {protest: 5,",
     "V002", "what its seat knows"),
    # -- warnings
    ("weights: {protest: 4", "weights: {protests: 4", "W050", "did you mean `protest`"),
    ("policy: {weights: {protest: 5,", "policy: {factors: [{of: protests, when: met, times: 2}], weights: {protest: 5,",
     "W051", "did you mean `protest`"),
    ("from: [quarrel, alarm]", "from: [talks]", "W040", "starts nowhere"),
    # -- the file itself
    ("score: standing, title", "score: *x, title", "Y003", "anchors and aliases"),
    ("    name: Velmora", "\tname: Velmora", "Y009", "use spaces"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "words"), MISTAKES,
                         ids=[f"{m[2]} {m[1][:40]}" for m in MISTAKES])
def test_one_mistake_is_one_problem_at_its_line(right: str, wrong: str, code: str, words: str) -> None:
    """The code, the line on which the mistake stands, and a next step; no other error is reported."""
    assert TEXT.count(right) >= 1
    text = TEXT.replace(right, wrong, 1)
    line = text[:text.index(wrong)].count("\n") + 1
    found = [d for d in check(text).diagnostics if code[0] == "W" or code.startswith("G2") or d.severity == "error"]
    assert [(d.code, d.span.line if d.span else 0) for d in found] == [(code, line)], [d.render(None) for d in found]
    assert words in f"{found[0].message} {found[0].help}"
    assert found[0].severity == ("warning" if code[0] == "W" or code.startswith("G2") else "error")


def test_the_scenario_as_it_stands_has_no_mistake() -> None:
    """So that each of them above is the author's."""
    assert told(TEXT) == []


def test_words_of_the_format_name_nothing_else() -> None:
    """A move called `table` or an actor called `public` would be taken for what the format means by it."""
    found = check(TEXT.replace("  gesture: {title", "  table: {title"))
    assert ("R008", line_of(TEXT, "gesture: {title")) in [(d.code, d.span.line if d.span else 0) for d in found.diagnostics]
    found = check(TEXT.replace("osk", "public"))
    assert "R008" in [d.code for d in found.errors]


def test_a_goal_that_outgrows_the_game_with_its_costs_is_told() -> None:
    """Each of them fits alone; together they would not."""
    text = TEXT.replace("groups: {parties", "human_cost: 300 * tension\ngroups: {parties")
    text = text.replace("score: standing, title", "score: 300 * standing - 300 * lanes, title")
    assert told(text) == []
    text = text.replace("score: 300 * standing - 300 * lanes", "score: 300 * standing - 100 * tension")
    assert [code for code, _ in told(text)] == ["E042"]


# -- all in one pass


def _with(text: str, *pairs: tuple[str, str]) -> str:
    for right, wrong in pairs:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    return text


def test_five_mistakes_are_five_problems() -> None:
    """In conditions, chances, goals, steps and effects, in one pass and in the order of the file."""
    text = _with(TEXT, ("when: lanes < 2", "when: lane < 2"), ("chance: likely", "chance: likly"),
                 ("score: standing, title", "score: standng, title"), ("from: [quarrel, alarm]", "from: [quarel, alarm]"),
                 ("set: {met: true", "set: {mett: true"))
    places = [("G101", "standng"), ("R040", "quarel"), ("E010", "likly"), ("G101", "lane <"), ("R010", "mett")]
    assert told(text) == [(code, line_of(text, words)) for code, words in places]


def test_a_key_that_does_not_exist_hides_no_other_mistake() -> None:
    """What the models refuse is set aside, and the rest is checked all the same."""
    text = _with(TEXT, ("tier: statements, group: press", "tier: statement, group: press"), ("code: OSK", "code: osk"),
                 ("when: lanes < 2", "when: lane < 2"), ("chance: likely", "chance: likly"),
                 ("score: 100 - 50 * lanes", "score: 100 - 50 * lan"))
    codes = told(text)
    assert {("M003", line_of(text, "code: osk")), ("M003", line_of(text, "tier: statement,"))} <= set(codes)
    assert ("G101", line_of(text, "50 * lan,")) in codes
    assert ("E010", line_of(text, "likly")) in codes
    assert codes == sorted(codes, key=lambda c: (c[0][0] != "M", c[1])), "what cannot be read comes first"


def test_what_was_set_aside_is_not_blamed_on_others() -> None:
    """A move that cannot be read is still known by name: conditions that ask for it are right."""
    text = _with(TEXT, ("gesture: {title: A conciliatory gesture, by", "gesture: {titel: A conciliatory gesture, by"),
                 ("when: lanes < 2", "when: played(gesture)"))
    assert told(text) == [("M001", line_of(text, "titel"))]


def test_the_same_mistake_twice_is_one_problem_with_two_places() -> None:
    """Equal words in two places are told once, with both places."""
    text = TEXT.replace("by: osk, tier: measures, group: offer, when: lanes > 0", "by: osk, tier: measures, when: lane > 0")
    text = text.replace("by: osk, tier: measures, group: force, when: lanes < 2", "by: osk, tier: measures, when: lane > 0")
    first, last = line_of(text, "open_lane: {title"), line_of(text, "close_lane: {title")
    (found,) = check(text).diagnostics
    assert (found.code, found.span and found.span.line, [s.line for s in found.also]) == ("G101", first, [last])


def test_one_mistake_for_many_pairs_is_one_problem() -> None:
    """A move of two seats to each other is bound twice and blamed once."""
    text = TEXT.replace('to: parties, tier: statements, group: press, cameo: "111",',
                        'to: parties, tier: statements, group: press, when: lane > 0, cameo: "111",')
    assert told(text) == [("G101", line_of(text, "protest: {title"))]


def test_a_mistake_has_its_place_within_a_condition() -> None:
    """The span covers the word and no more."""
    text = TEXT.replace("when: met and lanes > 0", "when: met and lane > 0")
    (found,) = check(text).diagnostics
    assert found.span is not None
    line = text.split("\n")[found.span.line - 1]
    assert line[found.span.column - 1:found.span.end_column - 1] == "lane"


def test_voices_cannot_act() -> None:
    """An actor without goals gives no orders and answers no offers, which is told once, with all lines that take it for a seat."""
    text = re.sub(r"    goals:\n      standing.*?\n.*?\n", "", TEXT, count=1)
    told = next(d for d in check(text).errors if d.code == "R020")
    lines = text.split("\n")
    wrong = [lines[s.line - 1].split(":")[0].strip() for s in (told.span, *told.also) if s]
    assert {"seats", "talks"} <= set(wrong)
    assert not {"R023", "R071"} & {d.code for d in check(text).errors}


def test_played_counters_do_not_depend_on_the_process() -> None:
    """Two `played( )` of one condition are declared in one order, whatever the hashing of words."""
    text = TEXT.replace("when: lanes < 2", "when: played(protest) or played(inspect) or played(close_lane)")
    names = compile_game(check(text).usable()[1]).names
    counters = [n.split(".")[1] for n in names if n.startswith("played.") and "gesture" not in n]
    assert counters == sorted(counters)


# -- never a traceback


WORDS = [*sorted(set(re.findall(r"[\w.]+", TEXT))), *re.split(r"\s+", """table actor target seats phase day null ~ -1 99999999 0
{} [] true 1.5 rest 5..2 % - '' played(gesture) inf .nan é ☃ all own otherwise public not is and or ( ) < == hold sign leg""")]


def _spoilt(text: str, dice: Random) -> str:
    lines = text.split("\n")
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(8):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3 if lines[at]:
                column = dice.randrange(len(lines[at]))
                lines[at] = lines[at][:column] + lines[at][column + 1:]
            case 4 if lines[at]:
                column = dice.randrange(len(lines[at]))
                lines[at] = lines[at][:column] + dice.choice(":{}[],#&*!'\"|>-? \t%@0a") + lines[at][column:]
            case _:
                words = list(re.finditer(r"[\w.]+", lines[at]))
                if words:
                    word = dice.choice(words)
                    lines[at] = lines[at][:word.start()] + dice.choice(WORDS) + lines[at][word.end():]
    return "\n".join(lines)


def _stands(text: str, seed: int, *, play: bool) -> tuple[Diagnostic, ...]:
    """Load, compile what has no errors and play it if asked; every problem has a place and a text."""
    found = load_bytes({"scenario.yaml": text.encode()}, "spoilt.yaml")
    lines = text.count("\n") + 2
    for problem in found.diagnostics:
        assert problem.message
        assert problem.span is None or 1 <= problem.span.line <= lines
        problem.render("")
    if not found.errors:
        game = compile_game(found.usable()[1])
        for name in ("random", "persona") if play else ():
            playout(game, seed, dict.fromkeys(game.seats, policy(name)))
    return found.diagnostics


@pytest.mark.parametrize("batch", range(2))
def test_no_spoilt_text_breaks_the_loader(batch: int) -> None:
    """Lines deleted, doubled and swapped, words and characters changed: problems or a playable game, nothing else."""
    broken = 0
    for n in range(batch * 400, (batch + 1) * 400):
        broken += bool(_stands(_spoilt(TEXT, Random(n)), n, play=n % 4 == 0))
    assert broken > 200


WHOLE: dict[str, Any] = json.loads(json.dumps(read("first-round.yaml", TEXT.encode()).value))
"""First Round as values; below with a draft, counters, and everything else that an author may write."""
WHOLE.update({
    "draft": {
        "parts": {"one": {"title": "One", "sign_when": "tension < 90", "reopened_when": "tension > 80", "signed": "S"},
                  "two": {"title": "Two"}},
        "signatories": ["velmora", "osk"], "tabled_by": "parties", "room": "met or tension < 60",
        "table": {"cost": 1, "for": {"osk": {"when": "lanes < 2"}}}, "sign": {"cost": 2, "seen": "public"}, "window": 2,
        "unanswered": "8 %", "on_agreement": {"change": {"tension": -1}}, "on_signature": {"change": {"tension": -2}}},
    "clauses": {
        "line": {"part": "one", "parties": ["velmora", "osk"], "text": "T", "worth": {"velmora": 5}, "excludes": ["pact"],
                 "on_signature": [{"when": "tension > 50", "change": {"tension": -3}},
                                  {"change": {"tension": -1}, "set": {"free_passage": "restored"}}]},
        "pact": {"part": "two", "parties": ["velmora", "osk"], "text": "T", "needs": ["line"],
                 "on_signature": {"raise": {"standing": 60}}}},
    "counters": {"steps": {"max": 5, "per": ["parties"], "each_round": -1}},
    "define": {"calm": "tension < 40 and not met", "hot": ["tension > 60", "lanes > 0 or met"]},
    "human_cost": "2 * lanes",
    "readouts": {"talks": {"osk": {"plain": "a", "firm": "b"}}}, "readout_moves": {"plain": "gesture"},
})
WHOLE["rules"] |= {
    "second": {"at": "consent", "when": "hot", "group": "g", "toward": {"tension": {"to": 30, "by": {"week": 2}}},
               "chances": [{"when": "lanes == 2", "weekly": "10 %"}, {"when": "lanes < 2", "chance": "even"}]},
    "third": {"at": "end", "group": "h", "when": "played(gesture) and steps.osk == 0",
              "change": {"standing": "-5 %", "steps.osk": 1}}}
WHOLE["actors"]["velmora"]["policy"] |= {
    "tabling": 4, "factors": [{"of": "press", "when": "hot", "times": 2}], "refuses": ["pact"],
    "votes": {"line": {"agree": 3, "factors": [{"when": "calm", "times": 2}]}}, "vote_factors": [{"when": "met", "times": 2}],
    "standard": {"weights": {"gesture": 3, "hold": 1}}}
for seat in ("velmora", "osk"):
    WHOLE["actors"][seat]["policy"]["weights"]["sign"] = 5
WHOLE["moves"]["gesture"]["for"] = {"osk": {"title": "X", "cost": 0, "branches": [
    {"chance": "even", "opens": {"talks": "velmora"}}, {"chance": "rest", "when": "actor is osk", "raise": {"tension": 3}}]}}
WHOLE["injects"]["whisper"] = {"title": "V", "when": "calm", "dispatch": "V", "seen": ["osk"], "branches": [
    {"chance": "even", "when": "lanes > 0", "change": {"tension": 1}}, {"chance": "rest", "set": {"met": True}}]}
WHOLE["offers"]["talks"]["contact"] = "talks"
VALUES: list[Any] = [*WORDS, 0, 1, -1, 5, 100, 16_384, True, False, None, 1.5, "tension >= 60", "not met", "phase is talks",
                     "line is agreed", "hot", "calm", [], {}, ["osk"], ["velmora", "osk"], {"tension": 5}, {"week": 3}, "5..15",
                     "-5 %", "line", "pact", "one", "parties", "steps.osk", "yes.line.osk", "signing.one", "ready.one.osk",
                     "free_passage", "absent", "agreed", "talks"]


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [p for k, v in inside for p in _places(v, (*path, k))]


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


_WHOLE = dumps(WHOLE)


def _twisted(dice: Random) -> str:
    whole = loads(_WHOLE)
    for _ in range(dice.choice((1, 1, 2, 3))):
        places = _places(whole)
        path, other = dice.choice(places), dice.choice(places)
        holder, kind = _at(whole, path[:-1]), dice.randrange(6)
        if kind == 0:
            del holder[path[-1]]
        elif kind == 1:
            holder[path[-1]] = deepcopy(_at(whole, other))
        elif kind == 2 and isinstance(holder, dict):
            word = dice.choice(WORDS)
            renamed = [(word if key == path[-1] else key, value) for key, value in holder.items()]
            holder.clear()
            holder.update(renamed)
        elif kind == 3 and isinstance(holder, dict) and isinstance(other[-1], str):
            holder[other[-1]] = deepcopy(_at(whole, other))
        else:
            holder[path[-1]] = deepcopy(dice.choice(VALUES))
    return json.dumps(whole, ensure_ascii=False)


def test_the_whole_format_is_right_before_it_is_twisted() -> None:
    """It has a draft, counters, definitions, branches of every kind, and no problem."""
    assert [d.render(None) for d in check(json.dumps(WHOLE, indent=1)).diagnostics] == []
    assert yaml.safe_load(json.dumps(WHOLE)) == WHOLE


@pytest.mark.parametrize("name", ["phase", "free_passage", "tension", "met"])
def test_a_clause_may_not_take_a_name_that_is_taken(name: str) -> None:
    """Whatever the other thing is: it is told, and nothing breaks over its other statuses or none."""
    whole = deepcopy(WHOLE)
    whole["clauses"] = {name if clause == "line" else clause: it for clause, it in whole["clauses"].items()}
    assert "R005" in {d.code for d in check(json.dumps(whole)).errors}


def test_a_clock_without_legs_is_told() -> None:
    """Also where rates a week wait for the length of its rounds."""
    whole = deepcopy(WHOLE)
    whole["clock"]["legs"] = {}
    whole["phases"]["states"] = {}
    assert "C003" in {d.code for d in check(json.dumps(whole)).errors}


@pytest.mark.parametrize("batch", range(2))
def test_no_twisted_value_breaks_the_loader(batch: int) -> None:
    """Right YAML with values moved, renamed, exchanged and left out anywhere in the format."""
    broken = sum(bool(_stands(_twisted(Random(n)), n, play=n % 2 == 0)) for n in range(batch * 200, (batch + 1) * 200))
    assert broken > 100
