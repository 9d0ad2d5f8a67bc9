"""Strips that make their caches late behave as Textual's own."""

from __future__ import annotations

import inspect
import re

import pytest
import textual.strip
from rich.segment import Segment
from textual.strip import Strip

from sim.tui.light_strips import CACHES, KEPT, lighten_strips


def test_the_caches_are_those_of_the_installed_textual() -> None:
    """Every cache that Textual gives a strip, and none is made before it is used."""
    source = inspect.getsource(textual.strip)
    assert set(re.findall(r"self\.(_\w+)(?:: FIFOCache\[[^=]*)? = FIFOCache\(\d+\)", source)) == CACHES > KEPT
    lighten_strips()
    strip = Strip([Segment("abcdef")])
    for name in CACHES:
        with pytest.raises(AttributeError):
            vars(Strip)[name].__get__(strip)


def test_what_was_divided_last_is_not_divided_again() -> None:
    """Parts are right however often they are asked for, those of the last division come back, and no cut is kept beside it."""
    lighten_strips()
    strip = Strip([Segment("abc"), Segment("def")], 6)
    assert [part.text for part in strip.divide([2, 6])] == ["ab", "cdef"]
    assert strip.divide([2, 6]) is strip.divide([2, 6])
    assert strip.crop(1, 4).text == "bcd"
    assert [part.text for part in strip.divide([3, 6])] == ["abc", "def"]
    assert [part.text for part in strip.divide([2, 6])] == ["ab", "cdef"]
    assert strip.crop(1, 4) == strip.crop(1, 4)
    assert strip.crop(1, 4) is not strip.crop(1, 4)
    assert strip.adjust_cell_length(8).text == "abcdef  "
    with pytest.raises(AttributeError, match="_nothing"):
        strip._nothing  # noqa: B018
