"""errors: "did you mean …?", from the words that exist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_CUTOFF = 0.6
_SHORT, _CUTOFF_OF_SHORT = 5, 0.75
_LONGEST = 80
_CLOSE = 0.8
_APART = 0.1


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option most like `word`, or None when nothing is alike enough to be worth offering."""
    return _nearest(word, tuple(options)) if word and len(word) <= _LONGEST else None


@lru_cache(maxsize=512)
def _nearest(word: str, options: tuple[str, ...]) -> str | None:
    # a name that is missing is asked for wherever it is used, among hundreds of others
    known = sorted(set(options) - {word})
    slips = [option for option in known if one_slip(word, option)]
    if slips:
        return slips[0]
    # difflib costs some milliseconds to import and is only needed once something is wrong
    import difflib

    found = difflib.get_close_matches(word, known, 1, _CUTOFF_OF_SHORT if len(word) <= _SHORT else _CUTOFF)
    return found[0] if found else None


def suggest(word: str, options: Iterable[str]) -> str:
    """``did you mean `x`? `` (with a space behind it, so that more help can follow), or an empty text."""
    found = nearest(word, options)
    return f"did you mean `{found}`? " if found else ""


def certain(word: str, options: Iterable[str]) -> str | None:
    """The one option that was meant beyond reasonable doubt, or None: fixes write it without asking.

    Meant is what one slip of the hand away stands, if only one option does, or else what is clearly more alike than
    every other. Nothing is certain of a word of one or two letters.
    """
    return _certain(word, tuple(options)) if 3 <= len(word) <= _LONGEST else None


@lru_cache(maxsize=512)
def _certain(word: str, options: tuple[str, ...]) -> str | None:
    known = sorted(set(options) - {word})
    slips = [option for option in known if one_slip(word, option)]
    if slips:
        return slips[0] if len(slips) == 1 else None
    import difflib

    near = difflib.get_close_matches(word, known, 2, _CUTOFF)
    shares = [difflib.SequenceMatcher(None, option, word).ratio() for option in near]
    if not near or shares[0] < _CLOSE or (len(near) > 1 and shares[0] - shares[1] < _APART):
        return None
    return near[0]


def one_slip(word: str, other: str) -> bool:
    """Whether one letter dropped, added, exchanged, or swapped with its neighbour makes one of the other."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    one, two = word[start:], other[start:]
    if len(one) == len(two):
        return one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:] and len(one) > 1)
    return one[1:] == two if len(one) > len(two) else one == two[1:]
