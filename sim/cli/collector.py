"""cli: the garbage collector while screens are shown."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

THRESHOLDS: Final = (20_000, 10, 10)
"""A repaint makes some thousand small objects that are gone with the next one; Python's own 700 looks after them each time."""


@contextmanager
def few_collections() -> Iterator[None]:
    """What is loaded by now stays to the end and is not walked; what comes is looked after more seldom."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
