"""Promises as sentences: what each says, and what is told of one that cannot be read."""

from __future__ import annotations

import pytest

from sim.scenario.load import Loaded
from sim.scenario.promises import CODES, Before, Often, Plays, Possible, Scores, promises
from tests.batch.quarrels import tiny
from tests.rules.workshop import loaded


def promising(*lines: str, **more: object) -> Loaded:
    """The small quarrel with these promises."""
    return loaded(**{**tiny(), **more}, expect=list(lines))


def said(line: str, **more: object) -> object:
    """What one promise says."""
    found = promising(line, **more)
    assert not found.errors, found.errors
    (promise,) = promises(found.usable()[1])
    assert promise.text == " ".join(line.split())
    return promise.says


def test_every_sentence_has_one_meaning() -> None:
    """Names become things by their kind, figures become shares, and a condition is one of the scenario's own."""
    happens = said("warm can happen")
    assert isinstance(happens, Possible)
    assert (happens.thing.kind, happens.thing.id, happens.possible) == ("ending", "warm", True)
    assert [said(f"{name} cannot happen").thing.kind for name in ("hot", "press", "frost")] == ["phase", "move", "inject"]  # type: ignore[attr-defined]
    holds = said("heat >= 90 and phase is hot is possible")
    assert isinstance(holds, Possible)
    assert (holds.thing.kind, holds.thing.id) == ("condition", "heat >= 90 and phase is hot")
    assert said("heat >= 90 never holds") == Possible(said("heat >= 90 is possible").thing, possible=False)  # type: ignore[attr-defined]
    before = said("press before heat >= 60 is possible")
    assert isinstance(before, Before)
    assert (before.first.id, before.second.id, before.possible) == ("press", "heat >= 60", True)
    assert said("press never before hot").possible is False  # type: ignore[attr-defined]
    often = said("warm in between 2.5 and 10 % of random games")
    assert isinstance(often, Often)
    assert (often.least, often.most, often.players) == (0.025, 0.1, "random")
    assert said("warm in at most 3% of games") == said("warm  in at most 3 %  of games")
    assert said("north never plays press") == Plays("north", "press", first=False)
    assert said("north never plays press first") == Plays("north", "press", first=True)
    assert said("north scores at least 40 on average") == Scores("north", 40, 100)


def test_a_leg_may_end_the_clock() -> None:
    """`by LEG` behind any sentence."""
    (promise,) = promises(promising("warm in at most 3 % of games by days").usable()[1])
    assert promise.leg == "days"
    assert isinstance(promise.says, Often)


WRONG = (
    ("X001", "", ""), ("X002", "war is bad", "war is bad"), ("X002", "warm can't happen", "warm can't happen"),
    ("X002", "north's bot never attacks first", "north's bot never attacks first"),
    ("X002", "warm in 3 % of games", "warm in 3 % of games"), ("X002", "warm in between 3 % of games", "between 3"),
    ("X003", "wram can happen", "wram"), ("X003", "phase warm can happen", "warm"), ("X003", "north never plays pres", "pres"),
    ("X005", "heat can happen", "heat"), ("X005", "heat >= 60 can happen", "heat >= 60"), ("X005", "north can happen", "north"),
    ("X005", "warm is possible", "is possible"), ("X005", "phase can happen", "phase"), ("X005", "hot before hot is possible", "hot"),
    ("X005", "true is possible", "true"), ("X006", "warm in at most 100 % of games", "at most 100"),
    ("X006", "warm in between 8 and 3 % of games", "between 8 and 3"), ("X006", "warm in at most many % of games", "many"),
    ("X006", "north scores at least 101 on average", "101"), ("X007", "nobody scores at least 3 on average", "nobody"),
    ("X008", "south never plays reach_out", "reach_out"), ("X009", "warm can happen by dayz", "dayz"),
    ("X010", "warm before hot is possible", "warm"), ("G101", "heet >= 60 never holds", "heet"),
    ("G005", "press before heat = 60 is possible", "="), ("G102", "phase is hott is possible", "hott"),
)


@pytest.mark.parametrize(("code", "line", "words"), WRONG)
def test_what_is_wrong_is_told_at_its_word(code: str, line: str, words: str) -> None:
    """One error with its code, and the caret under the words."""
    found = promising(line)
    (problem,) = found.errors
    assert problem.code == code
    assert problem.span is not None
    source = found.files["scenario.yaml"].split("\n")[problem.span.line - 1]
    if words:
        assert source[problem.span.column - 1:problem.span.end_column - 1] == words
    assert promises(found.bound) == () if found.bound else True


def test_the_right_word_is_offered_from_the_file() -> None:
    """Names, legs, seats and conditions, each from this file's own; and the sentence that was probably meant."""
    helps = {line: promising(line).errors[0].help for _, line, _ in WRONG}
    assert "`warm`" in helps["wram can happen"]
    assert "`press`" in helps["north never plays pres"]
    assert "days" in helps["warm can happen by dayz"]
    assert "`heat`" in helps["heet >= 60 never holds"]
    assert helps["heat >= 60 can happen"] == "write `heat >= 60 is possible`"
    assert helps["warm is possible"] == "write `warm can happen`"
    assert "cannot happen" in helps["warm can't happen"]
    assert "at most 3 %" in helps["warm in 3 % of games"]
    assert "SEAT never plays MOVE" in helps["north's bot never attacks first"]


def test_a_name_of_two_things_asks_which() -> None:
    """An ending and a phase of one name: both can be promised once it is said which."""
    more = {"endings": {"hot": {"title": "Hot", "when": "heat >= 91", "text": "Hot."}, **tiny()["endings"]}}
    (problem,) = promising("hot can happen", **more).errors
    assert (problem.code, problem.help) == ("X004", "say which: `ending hot`")
    assert "an ending and a phase" in problem.message
    assert said("ending hot can happen", **more).thing.kind == "ending"  # type: ignore[attr-defined]
    assert said("phase hot can happen", **more).thing.kind == "phase"  # type: ignore[attr-defined]


def test_every_code_is_met_here() -> None:
    """The list of wrong promises covers the module's codes."""
    assert {code for code, _, _ in WRONG if code[0] == "X"} | {"X004"} == set(CODES)


def test_a_share_without_in_and_an_ending_before_something_are_shown_as_they_would_be_right() -> None:
    """With this author's own words in the sentence."""
    assert promising("warm between 3 and 8 % of games").errors[0].help == "write `warm in between 3 and 8 % of games`"
    assert promising("warm at most 3 % of random games").errors[0].help == "write `warm in at most 3 % of random games`"
    assert "`NAME in between 3 and 8 % of games`" in promising("warm in 3 % of games").errors[0].help
    told = promising("warm before hot is possible").errors[0].help
    assert told.startswith("exchange the two, or promise what is so when it ends: `heat >= 80 and round < 5 is possible`")
    assert promising("heat >= 80 and round < 5 is possible").errors == ()


@pytest.mark.parametrize(("line", "meant"), [
    ("warm can hapen", "did you mean `happen`?"), ("press before warm can happen", "write `press before warm is possible`"),
    ("warm after press is possible", "write `press before warm is possible`"), ("warm may happen", "write `warm can happen`"),
    ("warm never happens", "write `warm cannot happen`"), ("heat >= 60 is impossible", "write `heat >= 60 never holds`"),
    ("warm in less than 30 % of games", "write `warm in at most 30 % of games`"),
    ("warm in at most 30 percent of games", "write `warm in at most 30 % of games`"),
    ("north scores more than 20", "write `north scores at least 20 on average`"),
    ("north doesn't play press", "write `north never plays press`"),
])
def test_a_promise_in_other_words_is_told_as_it_should_stand(line: str, meant: str) -> None:
    """The whole sentence, with this author's own names, so that it can be copied."""
    (problem,) = promising(line).errors
    assert (problem.code, problem.help) == ("X002", meant)


def test_a_title_is_answered_with_the_id_and_a_foreign_move_with_the_seats_own() -> None:
    """Who takes names from the screen, or another seat's, sees what there is."""
    more = {"endings": {"warm": {"title": "A warm day", "when": "heat >= 80", "text": "Warm."}, "cold": {"title": "Cold", "otherwise": True, "text": "Cold."}}}
    assert promising("A warm day can happen", **more).errors[0].help == "write `warm can happen`"
    assert promising("south never plays reach_out").errors[0].help.startswith(("did you mean", "moves of `south`: "))
