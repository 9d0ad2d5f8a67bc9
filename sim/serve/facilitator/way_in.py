"""serve: three plain words in place of the facilitator's secret: for one entry, short of life, dead after a few wrong tries."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hmac import compare_digest
from importlib.resources import files
from typing import Final

LENGTH: Final = 3
TRIES: Final = 5
"""Wrong words after which an offer is dead: five guesses at one of twenty million."""
LIFE: Final = 10 * 60.0
"""Seconds that words for another device are good for."""


@cache
def words() -> tuple[str, ...]:
    """Short, common, each told from the others at a glance and by ear."""
    return tuple((files("sim.serve") / "assets" / "words.txt").read_text("utf-8").split())


@dataclass(slots=True)
class _Offer:
    words: str
    token: str
    here: bool
    ends: float
    wrong: int = 0


class WayIn:
    """The words that lead a browser to the facilitator's page, and the token that it then keeps.

    Words that are good `here` are for the host's own machine alone and live until they are used; those for another device
    live for `LIFE`. There is one of each at most.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._offers: dict[bool, _Offer] = {}
        self.used: Callable[[], object] = lambda: None
        """Called when the words for this machine were used: whoever printed them can print new ones."""

    def offer(self, token: str, *, here: bool) -> str:
        """New words that lead to a token; those before are dead."""
        drawn = " ".join(secrets.choice(words()) for _ in range(LENGTH))
        self._offers[here] = _Offer(drawn, token, here, float("inf") if here else self._clock() + LIFE)
        return drawn

    def take(self, typed: str, *, here: bool) -> str:
        """The token that some words lead to, once; empty where they lead nowhere. `here`: typed on the host's machine."""
        given = tidied(typed)
        for kind in (True, False):
            offer = self._offers.get(kind)
            if offer is None or (offer.here and not here):
                continue
            if self._clock() > offer.ends:
                del self._offers[kind]
            elif compare_digest(given.encode(), offer.words.encode()):
                del self._offers[kind]
                if offer.here:
                    self.used()
                return offer.token
        if len(given.split()) == LENGTH:
            self._wrong(here=here)
        return ""

    def _wrong(self, *, here: bool) -> None:
        """Count against what could have been meant; a phone in the class cannot use up the words of the host's machine."""
        for kind, offer in list(self._offers.items()):
            if offer.here and not here:
                continue
            offer.wrong += 1
            if offer.wrong >= TRIES:
                del self._offers[kind]
                if offer.here:
                    self.used()


def tidied(typed: str) -> str:
    """Words as they are compared: however they were parted or capitalised."""
    return " ".join("".join(c if c.isalpha() else " " for c in typed).casefold().split())
