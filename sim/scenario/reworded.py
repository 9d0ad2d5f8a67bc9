"""scenario: what an author meant by a promise that cannot be read: a word misspelt, or said another way.

What is supposed is tried: only a sentence that can be read is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sim.errors import certain

WORDS: Final = ("can", "cannot", "happen", "possible", "never", "holds", "before", "most", "least", "between", "games", "random",
                "plays", "first", "scores", "average")
"""The longer words of which promises are made."""
_OWN_SENSE: Final = ("impossible", "happens", "last")
"""Words near to some of those and no slips of them."""
_MANY: Final = r"(?:less|fewer|lower) than|(?:no|not) more than|up to|under|below|maximum|max\.?|<=?"
_FEW: Final = r"(?:more|higher|greater) than|(?:no|not) less than|over|above|minimum|min\.?|>=?"
_SAME: Final = (
    (r"^[“”„«»‘’]\s*(.+?)\s*[“”„«»‘’]$", r"\1"),
    (r"\b(?:can'?t|can not)\s+happen$", "cannot happen"),
    (r"(?<=[0-9])\s*(?:per ?cent|pct\.?)(?=\s)", " %"),
    (r"\bof\s+(?:all\s+)?(?:the\s+)?(?:games|matches)$", "of games"),
    (r"^(\S+)\s+(at most|at least|between)\b(.*\bgames)$", r"\1 in \2\3"),
    (r"(\bscores\s.*[0-9])$", r"\1 on average"),
    (r"^(.+)\s+before\s+(.+?)\s+(?:can happen|happens)$", r"\1 before \2 is possible"),
    (r"^(.+?)\s+can happen\s+before\s+(.+)$", r"\1 before \2 is possible"),
    (r"^(.+?)\s+(?:cannot happen|never happens|can never happen)\s+before\s+(.+)$", r"\1 never before \2"),
)
"""Other words for the same."""
_LIKE: Final = (
    (r"\b(?:never happens?|can never happen|is impossible|is not possible)$", "cannot happen"),
    (r"\b(?:never happens?|is impossible|is not possible|is never true|can never hold)$", "never holds"),
    (r"\b(?:may|might|could|should|must|will)\s+happen$|\b(?:happens|is possible|occurs|can occur)$", "can happen"),
    (r"\b(?:may|might|can) hold$|\bcan happen$|\b(?:holds|can be true)$", "is possible"),
    (rf"\b(?:{_MANY})\s*(?=[0-9])", "at most "),
    (rf"\b(?:{_FEW})\s*(?=[0-9])", "at least "),
    (r"(\bscores\s.*[0-9])(?:\s+points?)?$", r"\1 on average"),
    (r"^(.+)\s+after\s+(.+?)\s+(?:is possible|can happen|happens)$", r"\2 before \1 is possible"),
    (r"^(\S+)\s+(?:does not|doesn'?t|will not|won'?t|will never|cannot|can'?t|never)\s+"
     r"(?:play|order|use|choose|do|plays|orders|uses|chooses|does)\s+", r"\1 never plays "),
)
"""Words that come close; an author decides whether they mean as much."""


class Reworded(NamedTuple):
    """What was probably meant."""

    text: str
    """The whole sentence."""
    same: bool
    """Whether it says beyond doubt what the author's says."""
    slip: tuple[int, int, str] | None = None
    """Where a single word is misspelt, and what it should be."""


def reworded(text: str, readable: Callable[[str], bool], titles: Mapping[str, str], names: Iterable[str]) -> Reworded | None:
    """The sentence that was meant, if one that can be read is near; `titles` are ids by title."""
    known = {*names, *_OWN_SENSE}
    slips = [(found.start(), found.end(), meant) for found in re.finditer(r"[A-Za-z]+", text)
             if found[0] not in known and found[0] not in WORDS and (meant := certain(found[0], WORDS))]
    spelt = text
    for start, end, meant in reversed(slips):
        spelt = spelt[:start] + meant + spelt[end:]
    if slips and readable(spelt):
        return Reworded(spelt.strip(), same=True, slip=slips[0] if len(slips) == 1 else None)
    tried = dict.fromkeys((text.strip(), spelt.strip()))
    return next((it for said in tried for it in _candidates(said, titles) if readable(it.text)), None)


def _candidates(text: str, titles: Mapping[str, str]) -> Iterator[Reworded]:
    called = text
    for title in sorted(titles, key=len, reverse=True):
        called = re.sub(rf"(?<!\w){re.escape(title)}(?!\w)", titles[title], called, flags=re.IGNORECASE)
    same = _all(_SAME, called)
    yield Reworded(same, same=called == text)
    for rule in _LIKE:
        yield Reworded(_all(_SAME, _all((rule,), called)), same=False)
    yield Reworded(_all(_SAME, _all(_LIKE, called)), same=False)


def _all(rules: Iterable[tuple[str, str]], text: str) -> str:
    for words, others in rules:
        text = re.sub(words, others, text)
    return text
