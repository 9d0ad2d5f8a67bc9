"""An inject as a form: what the fields say is what the scenario's checker reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.lesson import FACILITATOR, Lesson, Plan
from sim.scenario.bind.improvised import bind_improvised
from sim.serve.facilitator.inject_form import InjectForm, Row, opened
from tests.lesson.classes import flagship
from tests.play.players import first_round


@pytest.mark.parametrize("loaded", [first_round, flagship])
def test_every_inject_of_a_scenario_comes_through_its_form_unchanged(loaded):
    """Opened in the form and kept as it is, it has the same text, readers and effects."""
    lesson, _ = Lesson.new(loaded(), Plan(), seed=1)
    bound = loaded().usable()[1]
    for item in lesson.tray(FACILITATOR, 1):
        before, _ = bind_improvised(bound, item.block, item.id)
        after, found = bind_improvised(bound, opened(item.block).yaml()[0], item.id)
        assert after == before, (item.id, found)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_stays_in_its_field(text: str, name: str, value: str):
    """No text breaks out of its line: the checker sees the fields and nothing else, and what is wrong is told at one."""
    form = InjectForm(text=" ".join(text.split()) or "x", rows=(Row("change", name, value),))
    block, fields = form.yaml()
    assert len(block.splitlines()) >= max(fields)
    bound, found = bind_improvised(first_round().usable()[1], block)
    told = form.told(found, fields)
    assert set(told) <= {"", "text", "row 0"}
    assert (bound is None) is any(it.severity == "error" for it in found)
    if bound is not None:
        assert bound.text == " ".join(form.text.split())
