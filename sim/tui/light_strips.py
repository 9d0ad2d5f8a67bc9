"""tui: strips that keep of what they were cut into only the last, and nothing until then.

Textual gives each strip of a screen seven caches at birth, most of which stay empty for good, and the others hold whole
strips again. A repaint of the situation room makes some three hundred strips: two thousand objects, made only for the
garbage collector to walk over, and in a class of thirty a fifth of the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from rich.segment import Segment
from textual.strip import Strip

CACHES: Final = frozenset(("_divide_cache", "_crop_cache", "_style_cache", "_filter_cache", "_line_length_cache", "_crop_extend_cache",
                           "_offsets_cache"))
"""The caches of a strip, as Textual has them."""
KEPT: Final = frozenset(("_divide_cache", "_filter_cache", "_line_length_cache"))
"""Those that pay: a row that has not changed is divided, filtered and filled up alike whenever one beside it is painted."""
FRUGAL: Final = frozenset(("_divide_cache",))
"""Those that pay where thirty apps share the memory."""
OTHERS: Final = {"_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count"}


def lighten_strips(kept: frozenset[str] = KEPT) -> None:
    """Make strips so from now on, in the whole process; a Textual whose strips hold anything else is left as it is.

    Who called first has said what is `kept`.
    """
    if set(Strip.__slots__) == CACHES | OTHERS and not hasattr(Strip, "__getattr__"):
        setattr(Strip, "__init__", _begin)  # noqa: B010 the type checker forbids what is meant here
        setattr(Strip, "__getattr__", _caching(kept))  # noqa: B010


class _Nothing:
    """A cache that keeps nothing; one for all strips."""

    __slots__ = ()

    def get(self, key: object) -> Any:
        return None

    def __setitem__(self, key: object, value: object) -> None:
        pass


class _Last:
    """A cache of one entry, the last."""

    __slots__ = ("_key", "_value")

    def __init__(self) -> None:
        self._key = self._value = None

    def get(self, key: object) -> Any:
        return self._value if self._key == key else None

    def __setitem__(self, key: Any, value: Any) -> None:
        self._key, self._value = key, value


_NOTHING: Final = _Nothing()


def _begin(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    strip._segments = list(segments)  # noqa: SLF001 this is the strip's own birth
    strip._cell_length = cell_length  # noqa: SLF001
    strip._render_cache = None  # noqa: SLF001
    strip._link_ids = None  # noqa: SLF001
    strip._cell_count = None  # noqa: SLF001


def _caching(kept: frozenset[str]) -> Callable[[Strip, str], _Last | _Nothing]:
    def cache(strip: Strip, name: str) -> _Last | _Nothing:
        """A cache that was never asked for; Python calls this only where a slot is still empty."""
        if name in kept:
            made = _Last()
            setattr(strip, name, made)
            return made
        if name in CACHES:
            return _NOTHING
        raise AttributeError(f"{type(strip).__name__!r} object has no attribute {name!r}")

    return cache
