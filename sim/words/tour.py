"""words: the two-minute tour: what a coach says beside the screens, step by step. The texts are in `tour.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class TourStep:
    """One thing to do."""

    id: str
    title: str
    text: str
    """`{room.resolve:r}` stands for the key of a binding, `*word*` is emphasised."""
    done: str
    """What the player does for the step to go; the face knows the words."""
    leaps: bool = False
    """Whether the step goes too when the player is further along already."""
    needs: str = ""
    """`question`: the step is left out in a round without one."""


@dataclass(frozen=True, slots=True)
class Tour:
    """Which match is played, and the steps."""

    scenario: str
    seat: str
    seed: int
    level: str
    steps: tuple[TourStep, ...]


@lru_cache(maxsize=1)
def tour() -> Tour:
    """The tour that comes with Detente."""
    import yaml

    value: dict[str, Any] = yaml.safe_load(files("sim.words").joinpath("tour.yaml").read_text(encoding="utf-8"))
    steps = tuple(TourStep(**step) for step in value.pop("steps"))
    return Tour(steps=steps, **value)
