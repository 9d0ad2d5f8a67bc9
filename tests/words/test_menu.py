"""The menu: what is open is what the rules say, and what a move is likely to bring."""

from __future__ import annotations

import pytest

from sim.scenario.load import Loaded
from sim.words.desk import Desk
from sim.words.estimative import chance_word, percents
from tests.words.seats import by_lot, desk_of, match_of


def test_the_menu_opens_exactly_the_legal_moves(loaded_flagship: Loaded) -> None:
    """Open items and open answers together are `legal_moves`, for every seat, in every round (F2)."""
    match = match_of(loaded_flagship, seed=8)
    desks = [Desk(match, seat, {}) for seat in match.game.seats]
    for _ in range(12):
        for desk in desks:
            menu = desk.menu()
            items = [i for g in menu.groups for i in g.items] + [a for q in menu.questions for a in q.answers]
            assert {i.key for i in items if i.legal} == {m.key for m in match.legal_moves(desk.seat)}
            assert all(bool(i.why_not) != i.legal for i in items)
        by_lot(match)


def test_likely_changes_are_clamped_and_worded(loaded_first_round: Loaded) -> None:
    """A branch tells the change that is possible now, in words and numbers."""
    desk = desk_of(loaded_first_round, "osk")
    close = desk.menu().item("close_lane:osk")
    assert close is not None
    (branch,) = close.branches
    assert (branch.percent, branch.words) == (100, "certain")
    assert branch.text == "lanes closed +1, tension +12, Osk at home +6"
    assert [(c.name, c.low, c.high, c.judged) for c in branch.changes] == [
        ("lanes", 1, 1, "bad"), ("tension", 12, 12, "bad"), ("standing", 6, 6, "good")]


def test_likely_branches_sum_to_certainty(loaded_flagship: Loaded) -> None:
    """The percentages of a move's branches always sum to 100, and none that can happen shows as 0."""
    match = match_of(loaded_flagship, seed=3)
    desk = Desk(match, "azerbaijan", {})
    for _ in range(8):
        for group in desk.menu().groups:
            for item in group.items:
                assert sum(branch.percent for branch in item.branches) == 100
                assert all(branch.percent > 0 for branch in item.branches)
        by_lot(match)


def test_what_a_seat_does_not_see_is_not_among_its_likely_changes(loaded_first_round: Loaded) -> None:
    """Osk's standing is Osk's secret: no move of Velmora shows it."""
    menu = desk_of(loaded_first_round, "velmora").menu()
    names = {change.name for g in menu.groups for i in g.items for b in i.branches for change in b.changes}
    assert names == {"tension", "lanes"} or names == {"tension"}


def test_an_offer_tells_what_its_addressee_tends_to_do(loaded_first_round: Loaded) -> None:
    """The persona of the addressee accepts with 6 of 10 parts (accept 6, decline 1, leave 3)."""
    item = desk_of(loaded_first_round, "velmora").menu().item("ask_talks:velmora>osk")
    assert item is not None
    assert item.tendency == "As far as you can see, Osk is likely to accept (about 60 %)."


def test_a_question_tells_who_asks_and_what_silence_brings(loaded_first_round: Loaded) -> None:
    """An open offer is a question with its answers and the effects of leaving it."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["ask_talks:osk>velmora"]})
    desk.resolve()
    (question,) = desk.menu().questions
    assert question.text == "Osk proposes talks."
    assert question.rounds_left == 1
    assert question.if_ignored == "It lapses: tension +2."
    assert [answer.title for answer in question.answers] == ["Meet Osk", "Decline to meet Osk"]
    assert question.answers[0].branches[0].text == "the two sides have met; tension −8"


def test_nothing_is_on_the_menu_after_the_end(loaded_first_round: Loaded) -> None:
    """No round is open after the ending, so there is nothing to order."""
    desk = desk_of(loaded_first_round, "velmora")
    while not desk.over:
        desk.resolve()
    assert desk.menu().groups == ()
    assert desk.menu().questions == ()


@pytest.mark.parametrize(("percent", "word"), [
    (1, "remote"), (12, "very unlikely"), (32, "unlikely"), (50, "roughly even"), (68, "likely"), (88, "very likely"),
    (97, "almost certain"), (100, "certain")])
def test_chance_words_are_those_of_icd_203(percent: int, word: str) -> None:
    """Each figure that an author's word of chance stands for comes back as that word."""
    assert chance_word(percent) == word


def test_percentages_round_to_a_hundred() -> None:
    """Three thirds are shown as 34, 33, 33."""
    third = (1 << 16) // 3
    assert sorted(percents((third, third, (1 << 16) - 2 * third))) == [33, 33, 34]


def test_the_format_page_lists_every_group_with_a_title_of_its_own() -> None:
    """An author need not try: id and title stand side by side, and any other id is its own title."""
    from sim.scenario.schema.manual import page
    from sim.words.catalog import GROUPS, group_title

    [row] = [line for line in page().split("\n") if line.startswith("| `group` ") and "persona factors" in line]
    assert [it for it in GROUPS if f"`{it}` {group_title(it)}" not in row] == []
    assert group_title("first_steps") == "First steps"
    assert "`first_steps` is First steps" in row
