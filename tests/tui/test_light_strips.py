"""Strips that make their caches late behave as Textual's own."""

from __future__ import annotations

import inspect
import re

import pytest
import textual.strip
from rich.segment import Segment
from textual.strip import Strip

from sim.tui.light_strips import SIZES, lighten_strips


def test_the_caches_are_those_of_the_installed_textual() -> None:
    """Every cache that Textual gives a strip, each of the size that Textual gives it, and none is made before it is used."""
    source = inspect.getsource(textual.strip)
    assert {name: int(size) for name, size in re.findall(r"self\.(_\w+)(?:: FIFOCache\[[^=]*)? = FIFOCache\((\d+)\)", source)} == SIZES
    lighten_strips()
    strip = Strip([Segment("abcdef")])
    for name in SIZES:
        with pytest.raises(AttributeError):
            vars(Strip)[name].__get__(strip)


def test_what_was_cut_once_is_not_cut_again() -> None:
    """Parts are right, the same parts come back, and what a strip never had it still has not."""
    lighten_strips()
    strip = Strip([Segment("abc"), Segment("def")], 6)
    assert [part.text for part in strip.divide([2, 6])] == ["ab", "cdef"]
    assert strip.divide([2, 6]) is strip.divide([2, 6])
    assert strip.crop(1, 4).text == "bcd"
    assert strip.crop(1, 4) is strip.crop(1, 4)
    assert strip.adjust_cell_length(8).text == "abcdef  "
    with pytest.raises(AttributeError, match="_nothing"):
        strip._nothing  # noqa: B018
