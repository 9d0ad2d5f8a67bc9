"""`detente new`: whatever is answered within the questions' rules becomes a scenario that passes and can be played out."""

import re
import string
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.authoring.explore import explore
from sim.authoring.interview import Interview, Unfit
from sim.authoring.interview_briefs import briefs
from sim.authoring.interview_files import files, keep_answers, read_answers, write
from sim.authoring.interview_names import code_of, id_of, readable
from sim.authoring.interview_questions import QUESTIONS
from sim.authoring.interview_scenario import scenario
from sim.authoring.interview_story import RESERVED, story
from sim.authoring.written_yaml import Noted, written
from sim.errors import UsageError
from sim.play import game_of
from sim.policies import opponents, playout
from sim.scenario.load import load_files
from sim.scenario.reader import read

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
HOSTILE = ["no", "null", "# not a comment", "a: b", "- x", "'quoted' \"twice\"", "100 %", "[list]", "tab\there", "yes, no",
           "*bold*", "&anchor", "!tag", "@home", "| pipe", "> 60", "back\\slash", "ends with:", "emoji 🕊 here"]
NAMES = ["Highmark", "Երևան", "Bakı", "Şəki", "Москва", "თბილისი", "Αθήνα", "Côte d'Or", "Not", "Actor", "Tension", "Promise", "Breached", "Crisis", "2nd Army",
         "More", "名古屋 (nagoya)", "true", "Of"]
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(string.ascii_letters + " '’:#-,.!", min_size=1, max_size=30))


@st.composite
def answered(draw):
    """Answers as somebody might type them; where a rule refuses one, the suggestion."""
    interview = Interview()
    while (question := interview.question) is not None:
        texts = {
            "names": st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True).map(", ".join),
            "some": st.sampled_from(["1", "2", "1, 2", ""]), "yes": st.sampled_from(["y", "no"]),
            "whole": st.sampled_from(["4", "6", "12"]), "choice": st.sampled_from(["1", "2", "3"]),
            "date": st.sampled_from(["2020-02-29", ""]), "points": st.sampled_from(["", "Promise, Damage, Tension", "Կետ, Nöqtə, Пункт"]),
        }
        asked = st.sampled_from(NAMES) if question.id in ("title", "stake", "agreement", "mediator_name") else WORDS
        try:
            interview.answer(draw(texts.get(question.kind, asked)))
        except Unfit:
            interview.answer("")
    return interview.answers


@QUICK
@given(answered())
def test_whatever_is_answered_passes_the_check_without_a_warning(answers):
    """Names in any alphabet, texts with every sign of YAML, every mix of patterns: no diagnostic, and it can be played."""
    told = story(answers)
    found = load_files({"scenario.yaml": scenario(told), **briefs(told)}, "made")
    assert [d.render(found.documents["scenario.yaml"].text) for d in found.diagnostics] == []
    game = game_of(found, None)
    result = playout(game, seed=1, policies=opponents(game.seats, "easy"))
    assert result.ending in {ending.id for ending in game.endings}


PATTERNS = [
    {},
    {"sides": ["North", "South", "East"], "mediator": True, "ultimatum": True, "phases": "talks", "rounds": 5},
    {"sides": ["Drivers", "Company"], "phases": "ladder", "offer": False, "text": False, "hazard": False, "deadline": False,
     "rounds": 4},
    {"mediator": True, "offer": False, "ultimatum": True, "text": False, "phases": "ladder", "kind": "historical"},
]


@pytest.mark.parametrize("given_answers", PATTERNS, ids=["as suggested", "three and a mediator", "bare", "ultimatum"])
def test_everything_in_it_can_happen_and_no_move_spoils_it(given_answers):
    """Every ending, phase, move, clause, inject and rule is reached within a short budget, and no move is dominant."""
    interview = Interview(given_answers)
    interview.take_defaults()
    told = story(interview.answers)
    found = load_files({"scenario.yaml": scenario(told), **briefs(told)}, "made")
    report = explore(found, game_of(found, None), until=None, seconds=60, games=150, seed=1, jobs=1,
                     progress=lambda _: None, folder=None).as_json()
    kinds = ("endings", "phases", "moves", "clauses", "injects", "rules")
    assert [(kind, id, it["verdict"]) for kind in kinds for id, it in report[kind].items() if it["verdict"] != "reached"] == []
    assert [it["sentence"] for it in report["findings"] if it["kind"] in ("dominant", "stall")] == []


def test_the_file_says_where_it_comes_from_and_keeps_the_order_of_the_format():
    """A modeline, comments, sections as the format page lists them; a historical case marks every source."""
    interview = Interview({"kind": "historical"})
    interview.take_defaults()
    made = files(interview.answers)
    text = made["scenario.yaml"]
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    sections = [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    order = ["format", "id", "title", "clock", "about", "groups", "actors", "human_cost", "tracks", "flags", "agreements",
             "phases", "moves", "offers", "draft", "clauses", "rules", "injects", "endings", "expect"]
    assert sections == order
    assert text.count("source: invented") > 20
    assert max(map(len, text.splitlines())) <= 110
    assert set(made) == {"scenario.yaml", "scenario.schema.json", "briefs/highmark.md", "briefs/lowmere.md"}


# -- the interview


def test_going_back_asks_again_and_forgets_what_followed():
    """`back` takes the last answer away; what was asked only because of it is not kept."""
    interview = Interview()
    while interview.question.id != "mediator":
        interview.answer("")
    interview.answer("yes")
    assert interview.question.id == "mediator_name"
    interview.answer("The Board")
    assert interview.back()
    assert interview.question.id == "mediator_name"
    assert interview.back()
    interview.answer("no")
    assert interview.question.id == "offer"
    assert "mediator_name" not in interview.answers
    while interview.back():
        pass
    assert interview.answers == {}


def test_suggestions_follow_the_answers_before():
    """With a quarrel of one's own the example's dam and harvest are not suggested."""
    interview = Interview({"title": "The Bus Strike", "quarrel": "the pay of bus drivers", "sides": ["Drivers", "Company"]})
    interview.take_defaults()
    text = scenario(story(interview.answers)).lower()
    assert "drivers" in text
    assert {"water", "dam", "harvest", "highmark"}.isdisjoint(re.findall("[a-z]+", text))


@pytest.mark.parametrize(("question", "text", "word"), [
    ("title", "x" * 41, "41 characters"), ("title", "{actor}", "{ and }"), ("title", "名古屋", "Latin letters"),
    ("start", "June", "year-month-day"), ("sides", "Only", "One name"), ("sides", "A, B, C, D, E", "5 names"),
    ("sides", "Osk, ősk", "alike"), ("more", "Highmark, Lowmere", "not all"), ("more", "Nobody", "not one of"),
    ("rounds", "three", "4 to 12"), ("rounds", "99", "4 to 12"), ("kind", "sort of", "fictional, historical"),
    ("offer", "maybe", "yes or no"), ("points", "one, two", "3 points")])
def test_an_answer_that_cannot_be_used_says_what_to_write(question, text, word):
    """One plain sentence, and the question stays."""
    interview = Interview()
    while interview.question.id != question:
        interview.answer("")
    with pytest.raises(Unfit, match=word):
        interview.answer(text)
    assert interview.question.id == question


def test_every_question_has_help_and_an_answer_to_begin_with():
    """`?` explains each, and Enter alone answers each."""
    interview = Interview({"mediator": True, "ultimatum": True})
    seen = set()
    while (question := interview.question) is not None:
        assert question.ask.endswith(("?", ".", "”"))
        assert question.help.endswith(".")
        seen.add(question.id)
        interview.answer("")
    assert seen | {"mediator", "ultimatum", "wants_3", "wants_4"} == {name for name, _ in QUESTIONS}


@pytest.mark.parametrize("answers", [{"titel": "X"}, {"rounds": 99}, {"sides": "One"}, {"more": "Nobody"}, {"offer": "maybe"}])
def test_a_file_of_answers_is_held_to_the_same_rules(answers):
    """An unknown question or an unfit answer is told by its name."""
    with pytest.raises(UsageError, match=next(iter(answers))):
        Interview(answers)


# -- names


@pytest.mark.parametrize(("name", "id"), [
    ("Highmark", "highmark"), ("Երևան", "yerevan"), ("Bakı", "baki"), ("Şəki şəhəri", "saki_sahari"), ("Хельсинки", "khelsinki"),
    ("თბილისი", "tbilisi"), ("Côte d'Or", "cote_dor"), ("2nd Army", "army_2nd"), ("名古屋 (nagoya)", "nagoya"), ("Straße", "strasse")])
def test_ids_are_spelled_from_every_known_alphabet(name, id):
    """Armenian, Azerbaijani, Cyrillic, Georgian and accented Latin become plain letters; others are given in brackets."""
    assert readable(name) or "(" in name
    assert id_of(name) == id


@QUICK
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6))
def test_ids_and_codes_are_all_different_and_free(names):
    """However alike names are, each has an id of its own, none is a word of the format, and codes have 2 to 4 letters."""
    taken = set(RESERVED)
    ids, codes = [], []
    for name in names:
        ids.append(id_of(name, taken))
        taken.add(ids[-1])
        codes.append(code_of(ids[-1], codes))
    assert len(set(ids)) == len(set(codes)) == len(names)
    assert RESERVED.isdisjoint(ids)
    assert all(2 <= len(code) <= 4 and code.isupper() for code in codes)


# -- YAML


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-999, 999), st.sampled_from(HOSTILE),
              st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200).map(lambda t: " ".join(t.split()))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), st.one_of(inner, inner.map(lambda v: Noted(v, "A note: # of it."))),
        max_size=4)), max_leaves=8)


def plain(value):
    """The value without its comments."""
    if isinstance(value, Noted):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


@QUICK
@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_back_the_same(value):
    """Whatever texts, lists and maps hold, the reader of scenarios gives them back, and finds nothing wrong."""
    found = read("made.yaml", written(value, "A head.").encode())
    assert found.diagnostics == ()
    assert found.value == plain(value)


# -- files


def test_nothing_is_ever_overwritten(tmp_path):
    """A folder that holds something is refused and untouched; answers are kept under a name that nothing has."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("dear diary", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        write(tmp_path / "mine", {"scenario.yaml": "x"})
    assert [p.name for p in tmp_path.rglob("*")] == ["mine", "diary.txt"]
    kept = [keep_answers(tmp_path / "mine", {"title": f"No {n}: one"}) for n in range(3)]
    assert all(a != b for a, b in pairwise(kept))
    assert [read_answers(file)["title"] for file in kept] == ["No 0: one", "No 1: one", "No 2: one"]


def test_the_folder_is_there_whole_or_not_at_all(tmp_path):
    """A name that cannot be written leaves nothing behind."""
    with pytest.raises(OSError, match="name"):
        write(tmp_path / "mine", {"scenario.yaml": "x", "x" * 300: "y"})
    assert list(tmp_path.iterdir()) == []
