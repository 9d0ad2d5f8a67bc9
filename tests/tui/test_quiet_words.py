"""Lines of screens for what is easily said wrong: quiet rounds, one round a second, damage, two ways to one phase."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from sim.tui.lines.dispatches import QUIET
from sim.tui.lines.library import save_line
from sim.tui.lines.phases import about_node
from sim.tui.lines.unfolding import beats
from sim.tui.lines.wire import round_lines
from sim.tui.screens.timeline import pace
from sim.tui.table import SaveLine
from sim.tui.widgets.picker import MoveList
from sim.words import describe
from sim.words.models import Dispatch, PhaseDiagram, PhaseNeed, PhaseNode, PhaseStep


def _dispatch(kind: Literal["rule", "ending"]) -> Dispatch:
    return Dispatch(2, "2 March 2030", "close", "The end: Quarrel.", kind, "", contested=False, source=(), changes=(),
                    roll="", key="", private=False)


def test_a_round_in_which_nothing_was_heard_says_so() -> None:
    """The resolution has one sentence, and no heading of a tier under which nothing stands."""
    quiet = [beat.line.said for beat in beats((), (), (), "", "Round 3 opens", 0)]
    assert [text.strip() for text in quiet] == [QUIET]
    ended = [beat.line.said for beat in beats((_dispatch("ending"),), (), (), "", "", 1)]
    assert not any("At the close" in text for text in ended)
    assert any("The end: Quarrel." in text for text in ended)


def test_the_wire_says_of_a_quiet_round_that_nothing_was_heard() -> None:
    """Before, between and behind rounds with dispatches, but not under a filter."""
    closed = [(1, "1 March 2030"), (2, "2 March 2030"), (3, "3 March 2030")]
    said = [line.said.strip() for line in round_lines([_dispatch("rule")], closed=closed) if line.said.strip()]
    assert [text for text in said if text.startswith("Round")] == [f"Round {n} · {date}" for n, date in closed]
    assert said.count(QUIET) == 2
    assert not any(QUIET in line.said for line in round_lines([_dispatch("rule")], typed="quarrel", closed=closed))


@pytest.mark.parametrize(("speed", "told"), [(0.5, "one round in 2 seconds"), (1.0, "1 round a second"), (4.0, "4 rounds a second")])
def test_a_pace_is_told_in_its_number(speed: float, told: str) -> None:
    """One round is no plural."""
    assert pace(speed) == told


def test_damage_is_a_sentence_behind_which_nothing_is_added() -> None:
    """The date of a match that cannot be read stands in a row of its own."""
    save = SaveLine(Path("a.detente"), "First Round", "", "It is open in another Detente; close it there first.",
                    when="23 November", whole=False)
    assert "first.," not in save_line("a", save).said


def test_two_ways_to_one_phase_are_one_row_with_or() -> None:
    """The phase is named once; what each way asks stands under it."""
    steps = tuple(PhaseStep("stalled", "Stalled", (PhaseNeed(text, "", holds=False),), unseen=False, due=False, brought=False)
                  for text in ("nothing moves", "the commission comes apart"))
    node = PhaseNode("talks", "Talks", "", current=True, rounds=(1,), steps=steps)
    diagram = PhaseDiagram((node,), (), ended=False)
    said = [line.said.strip() for line in about_node(diagram, "talks")]
    assert sum("Stalled" in text for text in said) == 1
    assert "or" in said
    (told,) = [text for text in describe.phases(diagram) if "Stalled" in text]
    assert told == "Stalled asks that nothing moves; or it asks that the commission comes apart."


def test_a_move_without_source_is_told_as_a_move() -> None:
    """Only the name of a group speaks of moves under it."""
    assert MoveList().UNSOURCED == "No source is cited for this move."
