"""rules: by how much an effect can move a value, for whoever reckons ahead; the engine itself throws the die."""

from __future__ import annotations

from sim.rules.tables import ADD, RAISE, SCALE, SET, TOWARD, Effect


def shift(effect: Effect, x: int) -> tuple[int, int]:
    """The least and the greatest change of a value `x`, before the bounds of its variable; equal but for a uniform."""
    kind, _, a, b, _ = effect
    if kind == ADD:
        step = a
    elif kind == SET:
        step = a - x
    elif kind == TOWARD:
        step = max(-b, min(b, a - x))
    elif kind == RAISE:
        step = max(0, a - x)
    elif kind == SCALE:
        step = (x * a) // b
    else:
        return a, b
    return step, step
