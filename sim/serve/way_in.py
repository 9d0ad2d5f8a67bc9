"""serve: three plain words in place of the facilitator's secret: for one entry, short of life, dead after a few wrong tries."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

WORDS: Final = tuple(
    "acorn actor album amber anchor apple apron arrow atlas autumn bacon badge bagel baker balcony bamboo banana banjo "
    "barley basil basket beacon bean bee berry birch biscuit blanket bottle branch bread breeze brick bridge brook broom "
    "brush bucket butter button cabin cactus cake camel candle canoe canyon carpet carrot castle cedar cello chair chalk "
    "cherry chess cider cinema circle clay clock clover coat cobalt cocoa coffee comet compass copper coral cotton cradle "
    "crane cricket crystal curtain daisy dancer desk diamond dinner dolphin domino donkey door drum duck eagle easel echo "
    "elbow elm ember engine evening falcon feather fern fiddle field finger flag flute forest fountain fox garden garlic "
    "gate ginger glacier glove goose grape gravel guitar hammer harbour harp harvest hazel hedge helmet heron hill honey "
    "hotel island ivory ivy jacket jasmine jigsaw juniper kettle key kitchen kite ladder lagoon lake lamp lantern lark "
    "laurel lemon lentil library lily linen lobster lotus magnet mango maple marble market meadow melon mirror mitten "
    "morning moss mountain museum mustard needle nest noodle notebook nutmeg oak oar ocean olive onion opera orange orchard "
    "organ otter oven owl paddle panda paper parrot pasta peach pear pebble pelican pencil pepper piano pillow pine planet "
    "plum pocket pond poplar postcard potato puzzle quilt rabbit radio raft rainbow raisin reed ribbon rice river robin "
    "rocket rose saddle saffron sail salad sandal saucer scarf shell silver singer sparrow spoon spring squirrel stable "
    "stove summer sunset swan table teapot thimble thunder tiger timber toast tomato torch tower tractor tulip tunnel "
    "turtle umbrella valley vanilla velvet village violin waffle wagon walnut water whale wheat whistle willow window "
    "winter wolf wood yoghurt zebra zipper".split())
"""Short, common, each told from the others at a glance and by ear."""
LENGTH: Final = 3
TRIES: Final = 5
"""Wrong words after which an offer is dead: five guesses at one of twenty million."""
LIFE: Final = 10 * 60.0
"""Seconds that words for another device are good for."""


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
        words = " ".join(secrets.choice(WORDS) for _ in range(LENGTH))
        self._offers[here] = _Offer(words, token, here, float("inf") if here else self._clock() + LIFE)
        return words

    def take(self, words: str, *, here: bool) -> str:
        """The token that some words lead to, once; empty where they lead nowhere. `here`: typed on the host's machine."""
        given = tidied(words)
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


def tidied(words: str) -> str:
    """Words as they are compared: however they were parted or capitalised."""
    return " ".join("".join(c if c.isalpha() else " " for c in words).casefold().split())
