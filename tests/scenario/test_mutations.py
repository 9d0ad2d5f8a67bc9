"""A shipped scenario broken in one place is reported at that place, with at most two messages beside it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.scenario.mutations import WANTED, judged, mutator
from tests.scenario.mutator import KINDS


@contextmanager
def uncollected() -> Iterator[None]:
    """A check makes much that stays until it is over: looking through it for garbage would be a tenth of the time."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize(("folder", "name", "count"), [
    ("first-round", "scenario.yaml", 120), ("first-round", "map.yaml", 30), ("border-standoff-2021", "scenario.yaml", 12),
])
def test_a_mutation_is_reported_at_its_line(folder: str, name: str, count: int) -> None:
    """The share that `python -m tests.scenario.mutations` demands of two thousand holds for a few of each kind."""
    with uncollected():
        found = [(it, judged(folder, name, it)) for it in mutator(folder, name).mutations(2026, count)]
    missed = [(it.kind, it.what, sorted(it.lines), [d.render(None) for d in verdict.report][:4])
              for it, verdict in found if not verdict.good]
    assert len(missed) <= (1 - WANTED) * count, missed
    assert set(Counter(it.kind for it, _ in found)) >= set(KINDS) - {"missing definition"}


def test_the_same_seed_gives_the_same_mutations() -> None:
    """So that a share can be measured again."""
    one, other = (list(mutator("first-round", "scenario.yaml").mutations(7, 30)) for _ in range(2))
    assert one == other
    assert len({it.text for it in one}) > 20
    assert mutator("first-round", "scenario.yaml").text not in {it.text for it in one}
