"""The negotiating table as a document: who holds brackets, what can be ordered, and the seat's own check."""

from __future__ import annotations

import pytest

from sim.rules import CONTROL, PUBLIC
from sim.rules.views import sees
from sim.scenario.load import Loaded
from sim.words import describe
from sim.words.desk import Desk
from sim.words.models import ClauseLine, Negotiation, PartCheck
from tests.words.seats import by_lot, desk_of, match_of


def at_the_table(loaded: Loaded) -> tuple[Desk, Desk]:
    """Yerevan and Baku at one match in which the drafting room is open."""
    mine = desk_of(loaded, "armenia")
    # no clause falls into brackets by chance here: what is answered in its round is out of danger
    mine.match.control("A meeting", {"summit_held": True, "channel": 2, "commission": 3})
    return mine, Desk(mine.match, "azerbaijan", {})


def clause_of(table: Negotiation, clause: str) -> ClauseLine:
    """One article."""
    return next(line for part in table.parts for line in part.clauses if line.id == clause)


def check_of(table: Negotiation, part: str) -> PartCheck:
    """The check of one part."""
    return next(check for check in table.checks if check.part == part)


def file(desk: Desk, *keys: str) -> None:
    """Order all of these."""
    for key in keys:
        assert desk.add(key) is None


@pytest.mark.parametrize("seat", ["armenia", "russia", PUBLIC])
def test_what_can_be_done_is_what_the_menu_has_and_nothing_else(loaded_flagship: Loaded, seat: str) -> None:
    """Every step about the draft in the menu stands at its article or part, once, and no other does."""
    mine, other = at_the_table(loaded_flagship)
    file(other, "table.access:azerbaijan", "table.guards_verify:azerbaijan")
    mine.resolve({})
    desk = Desk(mine.match, seat, {})
    menu = desk.menu()
    items = [answer for question in menu.questions for answer in question.answers]
    items += [item for group in menu.groups for item in group.items]
    wanted = sorted(item.key for item in items if item.id in ("table", "agree", "bracket", "sign"))
    table = desk.negotiation()
    found = [(of.id, key) for part in table.parts for of in (part, *part.clauses) for key in of.acts]
    assert sorted(key for _, key in found) == wanted
    assert bool(wanted) == (seat != PUBLIC)
    assert all(key.partition(".")[2].partition(":")[0] == of for of, key in found)
    if seat == "armenia":
        assert clause_of(table, "access").acts == ("table.access:armenia", "agree.access:armenia", "bracket.access:armenia")


def test_brackets_have_a_holder_for_those_who_heard_of_it(loaded_flagship: Loaded) -> None:
    """Who was at the table reads who put a text in brackets; the public reads that it is in them, and no name."""
    mine, other = at_the_table(loaded_flagship)
    file(mine, "table.freeze_in_place:armenia")
    file(other, "table.hotline_line:azerbaijan")
    mine.resolve({})
    file(other, "bracket.freeze_in_place:azerbaijan")
    file(mine, "agree.hotline_line:armenia")
    mine.resolve({})
    line = clause_of(mine.negotiation(), "freeze_in_place")
    assert (line.status, line.holders, line.moved) == ("bracketed", ("Baku",), "tabled → in brackets")
    assert line.status_text == "in brackets, held by Baku; it must be tabled again"
    assert [step.partition(": ")[2] for step in line.history] == ["Yerevan tabled it", "Baku put it in brackets"]
    assert clause_of(Desk(mine.match, CONTROL, {}).negotiation(), "freeze_in_place").holders == ("Baku",)
    public = clause_of(Desk(mine.match, PUBLIC, {}).negotiation(), "freeze_in_place")
    assert (public.status, public.holders) == ("bracketed", ())
    told = " ".join((*public.history, public.status_text, *public.said_yes))
    assert "Baku" not in told
    assert "Yerevan" not in told
    hotline = clause_of(mine.negotiation(), "hotline_line")
    assert hotline.status == "agreed"
    assert hotline.history[-1].endswith("agreed by all whose yes it needs")


def test_a_text_that_nobody_answers_has_no_holder(loaded_flagship: Loaded) -> None:
    """What falls into brackets for want of an answer is held by nobody, and says so."""
    mine, _ = at_the_table(loaded_flagship)
    file(mine, "table.access:armenia", "table.no_force:armenia")
    for _ in range(12):
        mine.resolve({})
    fallen = [line for part in mine.draft() for line in part.clauses if line.status == "bracketed"]
    assert fallen
    for line in fallen:
        assert line.holders == ()
        assert line.history[-1].endswith("it fell into brackets for want of an answer")


def test_each_yes_is_told_to_the_parties_alone(loaded_flagship: Loaded) -> None:
    """The parties read who has said yes; a mediator reads whose yes it needs."""
    mine, _ = at_the_table(loaded_flagship)
    file(mine, "table.hotline_line:armenia")
    mine.resolve({})
    line = clause_of(mine.negotiation(), "hotline_line")
    assert (line.said_yes, line.no_yes, line.parties) == (("Yerevan",), ("Baku",), ("Yerevan", "Baku"))
    far = clause_of(Desk(mine.match, "france", {}).negotiation(), "hotline_line")
    assert (far.said_yes, far.no_yes, far.parties) == ((), (), ("Yerevan", "Baku"))


def test_the_check_names_what_a_signature_would_take_with_it(loaded_flagship: Loaded) -> None:
    """Red lines, worth, what would join, what rests on nothing, what is shut out, and whose signature stands."""
    mine, other = at_the_table(loaded_flagship)
    file(mine, "table.freeze_in_place:armenia", "table.hotline_line:armenia")
    file(other, "table.guards_verify:azerbaijan")
    mine.resolve({})
    file(other, "agree.freeze_in_place:azerbaijan")
    mine.resolve({})
    check = check_of(mine.negotiation(), "security")
    assert check.signatory
    assert [it.title for it in check.signs] == ["Units stay where they are"]
    assert check.verdict == "1 article would be signed now, worth 1 of 10 to you."
    assert check.red_lines == ("Units stay where they are",)
    assert "Mirror pull-back" in check.excluded[0]
    assert {it.id for it in check.joins} <= {"guards_verify", "hotline_line"}
    assert check_of(other.negotiation(), "security").red_lines == ()
    file(other, "sign.security:azerbaijan")
    mine.resolve({})
    check = check_of(mine.negotiation(), "security")
    assert check.others == "Baku has signed: your signature would complete it this round."
    assert any("one of your red lines" in text for text in describe.check(check))
    part = next(part for part in mine.draft() if part.id == "security")
    assert [(it.who, it.own, bool(it.rounds)) for it in part.signatures] == [
        ("Yerevan", True, False), ("Baku", False, True)]


def test_a_clause_whose_ground_is_gone_is_named(loaded_flagship: Loaded) -> None:
    """An agreed clause that rests on one that is no longer agreed is told before anybody signs."""
    mine, _ = at_the_table(loaded_flagship)
    mine.match.control("A text", {"guards_verify": "agreed", "freeze_in_place": "bracketed"})
    (missing,) = check_of(mine.negotiation(), "security").missing
    assert missing.startswith("“Russian guards certify” rests on “Mirror pull-back” or “Units stay where they are”")


def test_the_check_is_the_seat_s_own(loaded_flagship: Loaded) -> None:
    """The public and the facilitator are given none; a mediator's speaks of its own worth and signs nothing."""
    mine, _ = at_the_table(loaded_flagship)
    for viewer in (PUBLIC, CONTROL):
        assert Desk(mine.match, viewer, {}).negotiation().checks == ()
    scenario = loaded_flagship.usable()[0]
    mine.match.control("Texts", {"freeze_in_place": "agreed", "corridor_regime": "agreed"})
    for seat in mine.match.game.seats:
        checks = Desk(mine.match, seat, {}).negotiation().checks
        crossed = {title for check in checks for title in check.red_lines}
        assert crossed == {scenario.clauses[c].title for c in scenario.actors[seat].red_lines
                           if c in ("freeze_in_place", "corridor_regime")}
        assert all(check.signatory == (seat in ("armenia", "azerbaijan")) for check in checks)
        for check in checks:
            assert all(it.worth == scenario.clauses[it.id].worth.get(seat) for it in check.signs)


@pytest.mark.parametrize("viewer", ["armenia", "france", PUBLIC])
def test_what_a_viewer_does_not_see_changes_nothing_at_the_table(loaded_flagship: Loaded, viewer: str) -> None:
    """Two matches that differ in everything the viewer does not see show it the same table."""
    tables = []
    for high in (False, True):
        match = match_of(loaded_flagship, seed=5)
        for _ in range(3):
            by_lot(match)
        game = match.game
        hidden = [n for n, name in enumerate(game.names) if not sees(game, viewer, n)]
        match.control("A quiet day", {game.names[n]: game.hi[n] if high else game.lo[n] for n in hidden})
        desk = Desk(match, viewer, {})
        tables.append((desk.negotiation(), desk.provisions(), desk.glossary()))
    assert tables[0] == tables[1]


def test_a_scenario_without_a_draft_says_so(loaded_first_round: Loaded) -> None:
    """No parts, no checks, a sentence."""
    table = desk_of(loaded_first_round, "velmora").negotiation()
    assert (table.parts, table.checks) == ((), ())
    assert table.title.endswith(".")


def test_a_provision_says_why_its_status_changed(loaded_first_round: Loaded) -> None:
    """Each step comes with the dispatch that told of it."""
    desk = desk_of(loaded_first_round, "velmora", {"osk": ["close_lane:osk"]})
    desk.resolve()
    (line,) = desk.provisions()
    (step,) = line.steps
    assert (step.round, step.before, step.after) == (1, "questioned", "breached")
    assert step.why in [dispatch.text for dispatch in desk.wire()]
