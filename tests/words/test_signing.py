"""Signatures: which articles they have signed, why they fell, and what can undo them."""

from __future__ import annotations

import pytest

from sim.rules import PUBLIC
from sim.scenario.load import Loaded
from sim.tui.lines.draft import about_part, check_text, document
from sim.tui.lines.moves import about_move, order_lines, question_lines
from sim.words import describe
from sim.words.desk import Desk
from sim.words.models import PartCheck, PartLine
from tests.words.seats import desk_of


def agreed(loaded: Loaded, values: dict[str, int], seed: int = 1) -> tuple[Desk, Desk]:
    """Yerevan and Baku with the hotline agreed and both free to sign."""
    mine = desk_of(loaded, "armenia", seed=seed)
    mine.match.control("A meeting", {"summit_held": True, "channel": 2, "commission": 3, **values})
    other = Desk(mine.match, "azerbaijan", {})
    assert other.add("table.hotline_line:azerbaijan") is None
    mine.resolve({})
    assert mine.add("agree.hotline_line:armenia") is None
    mine.resolve({})
    mine.match.control("Still a meeting", {"channel": 2, "phase": "border_talks", **values})
    return mine, other


def part_of(desk: Desk) -> PartLine:
    """The part of the hotline."""
    return next(part for part in desk.draft() if any(clause.id == "hotline_line" for clause in part.clauses))


def check_of(desk: Desk) -> PartCheck:
    """The seat's own check of it."""
    return next(check for check in desk.negotiation().checks if check.part == part_of(desk).id)


def sign(mine: Desk, other: Desk) -> None:
    """Both sign in one round."""
    part = part_of(mine).id
    for desk, seat in ((mine, "armenia"), (other, "azerbaijan")):
        assert desk.add(f"sign.{part}:{seat}") is None
    mine.resolve({})


STEADY = {"armenia.support": 90, "armenia.audience": 0, "azerbaijan.support": 90, "azerbaijan.audience": 0}


def test_a_partly_signed_part_says_what_was_signed_and_when(loaded_flagship: Loaded) -> None:
    """The signature is told with its round; what is waited for is the next one."""
    mine, other = agreed(loaded_flagship, STEADY)
    sign(mine, other)
    part = part_of(mine)
    assert part.signed.startswith(f"1 of {len(part.clauses)} articles signed in round 3 (")
    assert part.fell == ""
    assert part.waits_for[0] == "another clause of it must be agreed"
    text = next(line.said for line in document(mine.negotiation(), (), {}, whole=True) if line.id == f"part:{part.id}")
    assert part.signed in text
    assert "–" not in text
    assert "A next signature" in about_part(part).plain
    assert any(part.signed in told for told in describe.draft(mine.draft()))


def test_signatures_that_fell_say_why(loaded_flagship: Loaded) -> None:
    """Where a seat could not carry the text, the next round tells it in the words of the dispatch, to all who heard."""
    weak = {**STEADY, "armenia.support": 20, "armenia.audience": 20}
    fell = []
    for seed in range(1, 9):
        mine, other = agreed(loaded_flagship, weak, seed)
        if seed == 1:
            told = " ".join(check_of(mine).risks)
            assert "Yerevan cannot carry it" in told
            assert "(50 %)" in told
            assert "(now Yerevan's poll 20 and promises 20)" in told
            assert told in check_text(check_of(mine)).plain.replace("\n", " ")
            assert "Yerevan cannot carry it" not in " ".join(check_of(other).risks)
        sign(mine, other)
        part = part_of(mine)
        if part.fell:
            fell.append(part.fell)
            assert part.signed == ""
            assert any(part.fell in line.said for line in document(mine.negotiation(), (), {}, whole=True))
    assert fell
    assert all(text.startswith("All signed in round 3 (") for text in fell)
    assert all("Yerevan says that it cannot carry the text at home" in text for text in fell)
    assert len(fell) < 8


def test_a_signature_that_waited_in_vain_is_told_as_lapsed(loaded_flagship: Loaded) -> None:
    """One signature alone lapses after its rounds, and the round after says whose it was."""
    mine, other = agreed(loaded_flagship, STEADY)
    assert other.add(f"sign.{part_of(mine).id}:azerbaijan") is None
    told = []
    for _ in range(4):
        mine.resolve({})
        told.append(part_of(mine).fell)
    assert sum(bool(text) for text in told) == 1
    assert any("Baku's signature lapsed." in text for text in told)


def test_what_could_undo_a_signature_later_is_told_with_todays_value(loaded_flagship: Loaded) -> None:
    """A rule that does not hold today is told with what it asks; who has no seat is told nothing."""
    mine, _ = agreed(loaded_flagship, STEADY)
    (told,) = check_of(mine).risks
    assert told.startswith("A signature that all have given may fall later: “Yerevan cannot carry it”")
    assert "(now Yerevan's poll 90 and promises 0)" in told
    assert Desk(mine.match, PUBLIC, {}).negotiation().checks == ()


@pytest.mark.parametrize("seat", ["armenia", "azerbaijan"])
def test_steps_towards_signing_a_red_line_are_marked_for_its_owner_alone(loaded_flagship: Loaded, seat: str) -> None:
    """Tabling, saying yes and signing carry the mark where the clause is a red line of the seat, and nowhere else."""
    desk = desk_of(loaded_flagship, seat)
    red = desk.catalog.scenario.actors[seat].red_lines
    items = [item for group in desk.menu().groups for item in group.items]
    marked = {item.key for item in items if item.red_line}
    assert marked == {item.key for item in items if item.id == "table" and item.key.split(".")[1].split(":")[0] in red}


def test_an_answer_that_crosses_a_red_line_says_so_everywhere(loaded_flagship: Loaded) -> None:
    """In the questions, in the details, among the orders and in words."""
    mine = desk_of(loaded_flagship, "armenia")
    red = mine.catalog.scenario.actors["armenia"].red_lines
    mine.match.control("A text", {"summit_held": True, "channel": 2, **dict.fromkeys(red, "tabled")})
    answers = [a for q in mine.menu().questions for a in q.answers if a.id == "agree" and a.key.split(".")[1].split(":")[0] in red]
    assert answers
    assert all(answer.red_line for answer in answers)
    assert not any(a.red_line for q in mine.menu().questions for a in q.answers if a.id == "bracket")
    said = {line.id: line.said for line in question_lines(mine.menu().questions, frozenset())}
    assert all("▬ red line" in said[answer.key] for answer in answers)
    assert "red lines" in about_move(answers[0]).plain
    assert "▬ red line" in order_lines(answers[:1], {})[0].said
    assert "one of your red lines" in " ".join(describe.menu(mine.menu()))
