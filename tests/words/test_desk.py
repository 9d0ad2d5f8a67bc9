"""A desk: what a person does at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.play import Match
from sim.scenario.load import Loaded
from sim.words.desk import Desk
from tests.words.seats import Script, desk_of, match_of


def test_orders_are_filed_one_by_one_and_taken_back(loaded_first_round: Loaded) -> None:
    """`add` files, `filed` shows in order, `remove` takes one back, and removing the last files nothing at all."""
    desk = desk_of(loaded_first_round, "velmora")
    assert desk.add("gesture:velmora") is None
    assert desk.add("protest:velmora>osk") is None
    assert [item.key for item in desk.filed()] == ["gesture:velmora", "protest:velmora>osk"]
    assert desk.spending() == (desk.menu().attention, 2)
    desk.remove("gesture:velmora")
    assert [item.key for item in desk.filed()] == ["protest:velmora>osk"]
    desk.remove("protest:velmora>osk")
    assert desk.match.filed("velmora") is None


@pytest.mark.parametrize(("first", "key", "sentence"), [
    ((), "inspect:velmora", "“Send engineers to the bridge” is not possible now: it needs that the two sides have met "
                            "(not so now)."),
    ((), "dance:velmora", "There is no move `dance:velmora` in this scenario; choose one from the menu."),
    ((), "gesture:osk", "“A conciliatory gesture” is not a move of your seat; choose one from the menu."),
    (("gesture:velmora",), "gesture:velmora", "“A conciliatory gesture” is filed already."),
    (("gesture:velmora", "protest:velmora>osk"), "ask_talks:velmora>osk",
     "Only 2 orders can be filed in a round; remove one to add “Ask Osk for talks”."),
])
def test_a_refusal_is_one_sentence_that_says_what_to_do(loaded_first_round: Loaded, first: tuple[str, ...], key: str,
                                                        sentence: str) -> None:
    """What is refused says why, and what was filed before stays."""
    desk = desk_of(loaded_first_round, "velmora")
    for earlier in first:
        assert desk.add(earlier) is None
    assert desk.add(key) == sentence
    assert tuple(item.key for item in desk.filed()) == first


def test_too_little_attention_is_refused_with_the_figures(loaded_flagship: Loaded) -> None:
    """The sentence names what the order takes and what is left."""
    desk = desk_of(loaded_flagship, "armenia")
    assert desk.add("propose_talks:armenia>azerbaijan") is None
    assert desk.add("exercise:armenia") == (
        "“Hold an exercise near the line” takes 2 of attention and 1 is left; remove an order or choose a smaller one.")


def test_a_second_answer_to_a_question_is_refused(loaded_first_round: Loaded) -> None:
    """A question takes one answer."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["ask_talks:osk>velmora"]})
    desk.resolve()
    assert desk.add("accept.talks:velmora>osk") is None
    assert desk.add("decline.talks:velmora>osk") == (
        "That question has an answer already; remove it to answer with “Decline to meet Osk”.")


def test_thinking_changes_nothing(loaded_first_round: Loaded) -> None:
    """What the others choose is found without moving the match, and resolving with it gives the same round."""
    one = desk_of(loaded_first_round, "velmora", {"osk": ["protest:osk>velmora"]})
    other = desk_of(loaded_first_round, "velmora", {"osk": ["protest:osk>velmora"]})
    choices = one.think()
    assert set(choices) == {"osk"}
    assert one.round == 1
    assert one.resolve(choices) == other.resolve()


def test_undo_goes_back_to_the_open_orders(loaded_first_round: Loaded) -> None:
    """After undo the desk shows the earlier round again, whatever it had shown before."""
    desk = desk_of(loaded_first_round, "velmora")
    before, menu = desk.situation(), desk.menu()
    desk.add("protest:velmora>osk")
    desk.resolve()
    assert desk.situation() != before
    desk.undo()
    assert desk.situation() == before
    assert desk.menu() == menu
    assert desk.wire() == ()
    with pytest.raises(UsageError):
        desk.undo()


def test_an_earlier_situation_is_as_it_was_when_orders_were_filed(loaded_first_round: Loaded) -> None:
    """Scrubbing back shows the date, the tracks and the trend of that round and nothing later."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": {2: ["protest:osk>velmora"]}})
    desk.resolve()
    then = desk.situation()
    desk.resolve()
    desk.resolve()
    assert desk.situation_at(2) == then
    assert desk.situation_at(9) is None


def test_a_desk_saves_its_match_and_goes_on_there(loaded_first_round: Loaded, tmp_path: Path) -> None:
    """Saving names the file; a second save without a path names the same file."""
    desk = desk_of(loaded_first_round, "velmora")
    path = desk.save(tmp_path / "week.detente")
    desk.add("protest:velmora>osk")
    desk.resolve()
    assert desk.save() == path
    wire = desk.wire()
    desk.match.close()
    with Match.load(path) as again:
        assert Desk(again, "velmora", {}).wire() == wire


def test_who_only_watches_sees_and_files_nothing(loaded_first_round: Loaded) -> None:
    """The public has a situation and news, no menu and no orders."""
    match = match_of(loaded_first_round)
    desk = Desk(match, "public", {"osk": Script({1: ["protest:osk>velmora"]}), "velmora": Script({})})
    assert desk.situation().viewer == "the public"
    assert "standing" not in [line.name for line in desk.situation().tracks]
    assert desk.add("gesture:velmora") == "Only a seat can file orders; this desk watches."
    assert [line.speaker for line in desk.resolve()] == ["Osk"]
    assert desk.filed() == ()
    assert desk.score() is None


def test_the_score_now_is_what_the_seat_can_see(loaded_first_round: Loaded) -> None:
    """Goals are told with the sentence that explains the figure."""
    score = desk_of(loaded_first_round, "velmora").score()
    assert score is not None
    assert [(goal.title, goal.weight, goal.figure, goal.says) for goal in score.goals] == [
        ("Bridge open", 60, 50, "1 of two lanes are closed."), ("Calm", 40, 60, "Tension stands at 50.")]
    assert score.raw == 54
