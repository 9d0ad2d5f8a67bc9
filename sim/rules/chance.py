"""rules: keyed chance. A draw is a pure function of seed, round and site, so adding a die moves no other.

SplitMix64's finaliser after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
"""

from __future__ import annotations

from hashlib import blake2b

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z: int) -> int:
    """SplitMix64's finaliser on 64 bits."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def site(kind: str, *ids: str | int) -> int:
    """Where a die is thrown: BLAKE2b-64, little-endian, of a kind and the author's ids joined by U+001F."""
    words = "\x1f".join((kind, *map(str, ids)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "little")


def key(seed: int, n: int) -> int:
    """The part of a draw that a round (from 0) or a playout's number decides."""
    return mix((seed + GOLDEN * (n + 1)) & MASK)


def draw(seed: int, n: int, where: int) -> int:
    """64 bits for a seed, a round from 0, and a site."""
    return mix(key(seed, n) ^ where)


def below(bits: int, count: int) -> int:
    """0..count-1 by multiply-shift of the high 32 bits; never modulo."""
    return ((bits >> 32) * count) >> 32


PLAYOUT = site("playout")


def playout_seed(seed: int, n: int) -> int:
    """The seed of playout n: the same game in whatever chunk it runs."""
    return draw(seed, n, PLAYOUT)
