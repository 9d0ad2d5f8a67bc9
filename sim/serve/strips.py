"""serve: rows of the screen that make their caches when they are used: most of a class's memory would be empty ones.

Textual gives every row (`Strip`) seven caches, and a screen has a thousand rows in hand. Thirty screens keep half a million
empty caches, which the collector walks one by one. A row of another build than this one knows is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

CACHES: Final = {"_divide_cache": 4, "_crop_cache": 16, "_style_cache": 16, "_filter_cache": 4, "_line_length_cache": 4,
                 "_crop_extend_cache": 4, "_offsets_cache": 4}
"""Those of a row, and how many entries each has."""
_PLAIN: Final = ("_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count")


class _Made:
    """A cache of a row, made when it is first asked for."""

    def __init__(self, slot: Any, size: int) -> None:
        self._slot, self._size = slot, size

    def __get__(self, strip: Strip | None, owner: type) -> Any:
        if strip is None:
            return self
        try:
            return self._slot.__get__(strip, owner)
        except AttributeError:
            cache: FIFOCache[Any, Any] = FIFOCache(self._size)
            self._slot.__set__(strip, cache)
            return cache

    def __set__(self, strip: Strip, value: object) -> None:
        self._slot.__set__(strip, value)


def _begin(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = None
    self._link_ids = None
    self._cell_count = None


def thin() -> bool:
    """Let rows make their caches late, in this process from now on; whether they do."""
    if isinstance(Strip.__dict__.get("_crop_cache"), _Made):
        return True
    if set(Strip.__slots__) != {*CACHES, *_PLAIN}:
        return False
    for name, size in CACHES.items():
        setattr(Strip, name, _Made(Strip.__dict__[name], size))
    Strip.__init__ = _begin  # type: ignore[method-assign]
    return True
