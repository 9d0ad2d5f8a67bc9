"""`detente new`: whatever is answered within the questions' rules becomes a scenario that passes and can be played out."""

import re
import string
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.authoring.explore.report import explore
from sim.authoring.interview.answers import Unfit
from sim.authoring.interview.asking import Interview
from sim.authoring.interview.briefs import briefs
from sim.authoring.interview.files import ANSWERS, files, keep_answers, read_answers, untouched, write, write_again
from sim.authoring.interview.names import code_of, id_of, readable
from sim.authoring.interview.questions import QUESTIONS
from sim.authoring.interview.scenario import document, scenario
from sim.authoring.interview.story import RESERVED, story
from sim.authoring.interview.written_yaml import Noted, written
from sim.errors import UsageError
from sim.play import game_of
from sim.policies import opponents, playout
from sim.scenario.load import load_files
from sim.scenario.reading.document import read

QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
HOSTILE = ["no", "null", "# not a comment", "a: b", "- x", "'quoted' \"twice\"", "100 %", "[list]", "tab\there", "yes, no",
           "*bold*", "&anchor", "!tag", "@home", "| pipe", "> 60", "back\\slash", "ends with:", "emoji 🕊 here"]
NAMES = ["Highmark", "Երևան", "Bakı", "Şəki", "Москва", "თბილისი", "Αθήνα", "Côte d'Or", "Not", "Actor", "Tension", "Promise", "Breached", "Crisis", "2nd Army",
         "More", "名古屋 (nagoya)", "true", "Of"]
WORDS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(string.ascii_letters + "'’:#-,.!", min_size=1, max_size=9)),
                 min_size=1, max_size=9).map(" ".join)


@st.composite
def answered(draw):
    """Answers as somebody might type them; where a rule refuses one, the suggestion."""
    interview = Interview()
    while (question := interview.question) is not None:
        texts = {
            "names": st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True).map(", ".join),
            "some": st.sampled_from(["1", "2", "1, 2", ""]), "yes": st.sampled_from(["y", "no"]),
            "one": st.sampled_from(["1", "2"]), "pair": st.tuples(WORDS, WORDS).map(" / ".join),
            "whole": st.sampled_from(["4", "4", "4", "12"]), "choice": st.sampled_from(["1", "2", "3"]),
            "date": st.sampled_from(["2020-02-29", "1-1-1", "1700-12-31", "8999-12-31", ""]),
            "article": st.tuples(st.sampled_from(["Promise", "Կետ", "Tension", "Damage", "A floor"]), WORDS).map(": ".join),
        }
        asked = texts.get(question.kind, st.sampled_from(NAMES) if question.spelled else WORDS)
        if question.optional:
            asked = st.one_of(asked, st.just("none"))
        try:
            interview.answer(draw(asked))
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
    assert Interview(answers).answers == answers


PATTERNS = [
    {"ultimatum": True},
    {"sides": ["North", "South", "East"], "hurts_3": "South", "mediator": "The Board", "ultimatum": True, "phases": "talks", "rounds": 5},
    {"sides": ["Drivers", "Company"], "phases": "ladder", "deal": "none", "point_1": "none", "accident": "none", "day": "none",
     "agreement": "none", "rounds": 4},
]


@pytest.mark.parametrize("given_answers", PATTERNS, ids=["as suggested", "three and a mediator", "bare"])
def test_everything_in_it_can_happen_and_no_move_spoils_it(given_answers):
    """Every ending, phase, move, clause, inject and rule is reached within a short budget, and no move is dominant."""
    interview = Interview(given_answers)
    interview.take_defaults()
    told = story(interview.answers)
    found = load_files({"scenario.yaml": scenario(told), **briefs(told)}, "made")
    report = explore(found, game_of(found, None), until=None, seconds=60, games=60, seed=1, jobs=1,
                     progress=lambda _: None, folder=None).as_json()
    kinds = ("endings", "phases", "moves", "clauses", "injects", "rules")
    assert [(kind, id, it["verdict"]) for kind in kinds for id, it in report[kind].items() if it["verdict"] != "reached"] == []
    assert [it["sentence"] for it in report["findings"] if it["kind"] in ("dominant", "stall")] == []


@pytest.fixture(scope="module")
def historical():
    """The files of the example, as a case that happened; they take a second."""
    interview = Interview({"kind": "historical"})
    interview.take_defaults()
    return interview.answers, files(interview.answers)


def test_the_file_says_where_it_comes_from_and_keeps_the_order_of_the_format(historical):
    """A modeline, comments, sections as the format page lists them; a historical case marks every source."""
    _, made = historical
    text = made["scenario.yaml"]
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    sections = [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    order = ["format", "id", "title", "clock", "about", "groups", "actors", "human_cost", "tracks", "flags", "agreements",
             "phases", "moves", "offers", "draft", "clauses", "rules", "injects", "endings", "expect"]
    assert sections == order
    assert text.count("source: invented") > 20
    assert max(map(len, text.splitlines())) <= 110
    assert set(made) == {"scenario.yaml", "scenario.schema.json", ANSWERS, "briefs/highmark.md", "briefs/lowmere.md"}


# -- the interview


def until(interview, question):
    """Take what is suggested until a question is asked."""
    while interview.question.id != question:
        interview.answer("")


def test_going_back_shows_what_was_answered():
    """`back` asks again with the answer in the brackets, and Enter keeps it; what no longer applies is not asked."""
    interview = Interview()
    until(interview, "mediator")
    interview.answer("The Board")
    interview.answer("The clerk, who has read both letters.")
    assert interview.back()
    assert (interview.question.default, interview.question.own) == ("The clerk, who has read both letters.", True)
    assert interview.back()
    assert (interview.question.id, interview.question.default) == ("mediator", "The Board")
    interview.answer("")
    interview.answer("")
    assert interview.answers["mediator_person"] == "The clerk, who has read both letters."
    interview.back()
    interview.back()
    interview.answer("nobody")
    assert interview.question.id == "accident"
    assert "mediator_person" not in interview.answers
    while interview.back():
        pass
    assert interview.answers == {}


def test_any_answer_of_the_summary_can_be_changed():
    """A number opens one answer alone; only what a change makes pointless is asked again."""
    interview = Interview()
    interview.take_defaults()
    line = next(it for it in interview.summary if it.id == "wants_2")
    assert interview.reopen(line.number)
    assert interview.question.default == line.text == "water for our fields"
    interview.answer("we want water by night")
    assert interview.question is None
    assert interview.answers["wants_2"] == "water by night"
    assert interview.reopen(3)
    interview.answer("Hill, Valley, Town")
    assert interview.question.id == "more"
    asked = set()
    while interview.question is not None:
        asked.add(interview.question.id)
        interview.answer("")
    assert {"more", "hurts_1", "wants_3", "person_3"} <= asked
    assert "person_1" not in asked
    assert not interview.reopen(99)


@pytest.mark.parametrize("first", [{}, {"sides": ["A1", "B1", "C1"]}], ids=["two seats", "three seats"])
def test_the_number_of_questions_never_grows(first):
    """Once the seats are known, the questions said to be left only get fewer, however one answers."""
    interview = Interview(first)
    until(interview, "kind")
    said = []
    while interview.question is not None:
        said.append(interview.place)
        interview.answer(interview.question.example if interview.question.id in ("mediator", "point_1") else "")
    assert [place[0] for place in said] == list(range(said[0][0], said[-1][1] + 1))
    assert all(a[1] >= b[1] for a, b in pairwise(said))


def test_suggestions_follow_the_answers_before():
    """With a quarrel of one's own the example's dam and harvest are not suggested."""
    interview = Interview({"title": "The Bus Strike", "quarrel": "the pay of bus drivers", "sides": ["Drivers", "Company"]})
    interview.take_defaults()
    text = scenario(story(interview.answers)).lower()
    assert "drivers" in text
    assert {"water", "dam", "harvest", "highmark"}.isdisjoint(re.findall("[a-z]+", text))


@pytest.mark.parametrize(("question", "text", "word"), [
    ("title", "x" * 41, "41 characters"), ("title", "{actor}", "{ and }"), ("title", "名古屋", "Latin letters"),
    ("title", "Yes", "cannot be printed"), ("quarrel", "money", "at least three words, such as: the hours and the pay"),
    ("start", "June", "“June” is no date"), ("start", "1435-02-30", "February 1435 has no day 30; its days are 1 to 28"),
    ("start", "1435-14-02", "no month 14"), ("start", "0-1-1", "years 1 to"), ("sides", "Only", "One name"),
    ("sides", "A, B, C, D, E", "5 names"), ("sides", "North, The Long Name of the South Side", "“The Long Name of the South Side” has 31"),
    ("sides", "Osk, ősk", "alike"), ("ends", "all or nothing", "a slash between them"), ("more", "Highmark, Lowmere", "not all"),
    ("more", "Nobody", "not one of"), ("loses_2", "light for the winter", "taken already"), ("person_1", "a clerk", "at least five words"),
    ("rounds", "three", "4 to 12"), ("rounds", "99", "4 to 12"), ("kind", "sort of", "fictional, historical"),
    ("ultimatum", "maybe", "yes or no"), ("accident", "yes", "cannot be printed there.*a bus has been damaged.*`none`"),
    ("point_1", "A floor", "a short name, a colon"), ("point_2", "A common gauge: What it says.", "taken already")])
def test_an_answer_that_cannot_be_used_says_what_to_write(question, text, word):
    """One plain sentence, and the question stays."""
    interview = Interview()
    until(interview, question)
    with pytest.raises(Unfit, match=word):
        interview.answer(text)
    assert interview.question.id == question


@pytest.mark.parametrize(("question", "text", "value"), [
    ("quarrel", "They quarrel about the pay of drivers.", "the pay of drivers"), ("accident", "that the bank has broken", "the bank has broken"),
    ("accident", "no", None), ("agreement", "None.", None), ("deal", "Let us share the night", "share the night"), ("kind", "hist", "historical"),
    ("start", "980-5-1", "0980-05-01"), ("act_1", "Close the gates", "close the gates"), ("more", "mere", ["Lowmere"]),
    ("loses_1", "We could lose The Charter", "The Charter"), ("step", "three", "three days"), ("promise", "both tell the other", "Both tell the other."),
    ("wants_1", 'quiet rooms, and "eye contact"', 'quiet rooms, and "eye contact"'), ("wants_1", '"We want calm here."', "calm here"),
    ("wants_1", "“peace”, or what they call “peace”", "“peace”, or what they call “peace”"), ("wants_1", "calm here.”", "calm here"),
    ("wants_1", '"say "no" to it"', 'say "no" to it'), ("accident", 'somebody shouted "fire".', 'somebody shouted "fire"')])
def test_answers_are_understood_as_they_are_meant(question, text, value):
    """A repeated beginning, a part of a name, a date without zeros, none, and quotation marks around the whole alone."""
    interview = Interview()
    until(interview, question)
    interview.answer(text)
    assert interview.answers[question] == value


def test_every_question_has_help_and_an_answer_to_begin_with():
    """`?` explains each, Enter alone answers each, and the summary has a line for each."""
    interview = Interview({"mediator": "The Board", "sides": ["A1", "B1", "C1", "D1"]})
    while (question := interview.question) is not None:
        assert question.ask.endswith(("?", ".", "”"))
        assert question.help.endswith(".")
        interview.answer("")
    assert {it.id for it in interview.summary} == {name for name, _ in QUESTIONS}


# -- what is made of the answers


CANAL = {"title": "Turns at the Canal", "quarrel": "who opens the gates of the canal", "sides": ["Upper Villages", "Lower Villages", "The Mills"],
         "kind": "historical", "start": "1435-07-14", "more": "lower, mills", "loses_3": "bread for the town", "hurts_2": "mills",
         "act_2": "open the lower gate out of turn", "person_3": "The baker's boy, sent away from three doors.", "ultimatum": True,
         "day": "the bailiff rides in", "step": "three"}


def of(answers):
    """The whole story of some answers, its document and its briefs."""
    interview = Interview(answers)
    interview.take_defaults()
    told = story(interview.answers)
    return told, plain(document(told)), briefs(told)


def test_every_seat_has_a_stake_moves_and_a_brief_of_its_own():
    """No two seats share a move that only seats have, a goal, a persona or a confidential paragraph that says who remembers."""
    told, made, texts = of(CANAL)
    assert [side.code for side in told.sides] == ["UPP", "LOW", "MIL"]
    own = {side.id: {move for move, it in made["moves"].items() if it["by"] == side.id} for side in told.sides}
    assert all(len(moves) == 2 for moves in own.values())
    for part in (lambda it: it["goals"]["at_stake"], lambda it: [goal["weight"] for goal in it["goals"].values()],
                 lambda it: it["policy"]["weights"]):
        seen = [part(made["actors"][side.id]) for side in told.sides]
        assert all(a != b for a, b in pairwise([*seen, seen[0]]))
    assert made["moves"]["open_the_lower_gate_out_of_turn"]["branches"][0]["change"]["the_mills.at_stake"] < 0
    mills = texts["briefs/the_mills.md"].partition("# Confidential")[2]
    assert "The baker's boy, sent away from three doors." in mills
    assert "if Lower Villages should open the lower gate out of turn" in mills
    assert "On 26 July" in texts["briefs/the_mills.md"]
    assert "baker" not in "".join(text for name, text in texts.items() if name != "briefs/the_mills.md")


@pytest.mark.parametrize(("year", "has", "never"), [
    ("1435", "read aloud", ["newspaper", "telephone", "printed"]), ("1790", "pamphlet", ["newspaper", "telephone", "read aloud"]),
    ("1911", "newspaper", ["telephone", "evening news"]), ("1974", "evening news", ["telephones", "read aloud"]),
    ("2030", "telephone", ["newspaper", "read aloud"])])
def test_news_travels_as_it_did_in_that_year(year, has, never):
    """Letters before the printed sheet, newspapers after it, and no school class that could meet the dead."""
    told, made, _ = of({**CANAL, "start": f"{year}-07-14"})
    text = scenario(told)
    assert has in text
    assert [word for word in never if word in text] == []
    assert ("in reach of your school" in made["about"]["content_note"]) is (year >= "1940")


def test_texts_say_who_and_what():
    """Whoever gives way is named, an ultimatum announces the seat's own act, and `none` leaves out what it names."""
    _, made, _ = of(CANAL)
    assert made["endings"]["the_mills_gave_way"]["title"] == "The Mills gave way"
    assert "The baker's boy" in made["endings"]["the_mills_gave_way"]["text"]
    assert "open the lower gate out of turn" in made["moves"]["set_ultimatum"]["for"]["lower_villages"]["dispatch"]
    assert made["injects"]["reminder"]["dispatch"] == "Three days are left until the day on which the bailiff rides in."
    _, bare, _ = of({**CANAL, "agreement": "none", "deal": "none", "point_1": "none", "ultimatum": False})
    assert {"agreements", "offers", "draft", "clauses"}.isdisjoint(bare)


@pytest.mark.parametrize("answers", [{"titel": "X"}, {"rounds": 99}, {"sides": "One"}, {"more": "Nobody"}, {"accident": "yes"}])
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


def test_a_folder_is_made_anew_only_if_nobody_wrote_in_it(tmp_path, historical):
    """The answers are in the folder; with another answer it is made again, unless a file was changed or added."""
    answers, made = historical
    folder = tmp_path / "mine"
    write(folder, made)
    assert Interview(read_answers(folder / ANSWERS)).answers == answers
    (folder / ANSWERS).write_text((folder / ANSWERS).read_text("utf-8").replace("The Dry Summer", "The Wet Summer"), "utf-8")
    assert untouched(folder)
    write_again(folder, files(Interview(read_answers(folder / ANSWERS)).answers))
    assert "title: The Wet Summer" in (folder / "scenario.yaml").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    (folder / "briefs" / "highmark.md").write_text("mine now", "utf-8")
    before = {file: file.read_bytes() for file in folder.rglob("*.*") if file.is_file()}
    with pytest.raises(UsageError, match="was changed since"):
        write_again(folder, made)
    assert before == {file: file.read_bytes() for file in folder.rglob("*.*") if file.is_file()}
    (tmp_path / "other").mkdir()
    with pytest.raises(UsageError, match="not made by"):
        write_again(tmp_path / "other", {"scenario.yaml": "x"})


def test_the_folder_is_there_whole_or_not_at_all(tmp_path):
    """A name that cannot be written leaves nothing behind."""
    with pytest.raises(OSError, match="name"):
        write(tmp_path / "mine", {"scenario.yaml": "x", "x" * 300: "y"})
    assert list(tmp_path.iterdir()) == []
