"""errors: "did you mean …?", from the words that exist."""

from __future__ import annotations

from collections.abc import Iterable

_CUTOFF = 0.6
_LONGEST = 80


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option most like `word`, or None when nothing is alike enough to be worth offering."""
    if not word or len(word) > _LONGEST:
        return None
    # difflib costs some milliseconds to import and is only needed once something is wrong
    import difflib

    found = difflib.get_close_matches(word, sorted(set(options) - {word}), 1, _CUTOFF)
    return found[0] if found else None


def suggest(word: str, options: Iterable[str]) -> str:
    """``did you mean `x`? `` (with a space behind it, so that more help can follow), or an empty text."""
    found = nearest(word, options)
    return f"did you mean `{found}`? " if found else ""
