"""What is reckoned of an effect ahead of time."""

from __future__ import annotations

import pytest

from sim.rules.effects import shift
from sim.rules.tables import ADD, RAISE, SCALE, SET, TOWARD, UNIFORM, Effect


@pytest.mark.parametrize(("kind", "a", "b", "least", "greatest"), [
    (ADD, -3, 0, -3, -3), (SET, 4, 0, -6, -6), (UNIFORM, -2, 5, -2, 5), (TOWARD, 4, 2, -2, -2), (TOWARD, 11, 5, 1, 1),
    (TOWARD, 10, 5, 0, 0), (RAISE, 12, 0, 2, 2), (RAISE, 7, 0, 0, 0), (SCALE, -1, 4, -3, -3),
])
def test_by_how_much_an_effect_moves_a_value_of_ten(kind: int, a: int, b: int, least: int, greatest: int) -> None:
    """Each kind moves ten as the engine would; a uniform between its ends; a share is rounded down."""
    assert shift(Effect(kind, 0, a, b, 0), 10) == (least, greatest)
