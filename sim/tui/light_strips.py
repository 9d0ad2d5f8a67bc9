"""tui: strips that make a cache when they first keep something in it.

Textual gives each strip of a screen seven caches at birth, most of which stay empty for good. A repaint of the situation
room makes some three hundred strips: two thousand objects, made only for the garbage collector to walk over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

SIZES: Final = {"_divide_cache": 4, "_crop_cache": 16, "_style_cache": 16, "_filter_cache": 4, "_line_length_cache": 4,
                "_crop_extend_cache": 4, "_offsets_cache": 4}
"""The caches of a strip and how much each holds, as Textual has them."""
OTHERS: Final = {"_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count"}


def lighten_strips() -> None:
    """Make strips so from now on, in the whole process; a Textual whose strips hold anything else is left as it is."""
    if set(Strip.__slots__) == SIZES.keys() | OTHERS and not hasattr(Strip, "__getattr__"):
        setattr(Strip, "__init__", _begin)  # noqa: B010 the type checker forbids what is meant here
        setattr(Strip, "__getattr__", _cache)  # noqa: B010


def _begin(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    strip._segments = list(segments)  # noqa: SLF001 this is the strip's own birth
    strip._cell_length = cell_length  # noqa: SLF001
    strip._render_cache = None  # noqa: SLF001
    strip._link_ids = None  # noqa: SLF001
    strip._cell_count = None  # noqa: SLF001


def _cache(strip: Strip, name: str) -> FIFOCache[Any, Any]:
    """A cache that was never asked for; Python calls this only where a slot is still empty."""
    if name not in SIZES:
        raise AttributeError(f"{type(strip).__name__!r} object has no attribute {name!r}")
    cache: FIFOCache[Any, Any] = FIFOCache(SIZES[name])
    setattr(strip, name, cache)
    return cache
