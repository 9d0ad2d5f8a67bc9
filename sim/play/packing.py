"""play: a scenario's files as a save holds them: the shapes of a map are packed, everything else stays legible.

Shapes are most of what a save would hold and nobody reads them; packed they take a quarter.
"""

from __future__ import annotations

import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from typing import Final

PACKED: Final = "zlib+b85:"
"""What a packed text begins with."""
LARGEST: Final = 4 << 20
"""Bytes that a packed text may come to."""


def packed(files: Mapping[str, str]) -> dict[str, str]:
    """The files with their shapes packed."""
    return {name: PACKED + b85encode(zlib.compress(text.encode(), 9)).decode() if name.endswith(".json") else text
            for name, text in files.items()}


def unpacked(files: Mapping[str, str]) -> dict[str, str]:
    """The files as they were. Raises ValueError for a packed text that is none."""
    return {name: _unpacked(name, text) if text.startswith(PACKED) else text for name, text in files.items()}


def _unpacked(name: str, text: str) -> str:
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(b85decode(text.removeprefix(PACKED)), LARGEST)
        if reader.unconsumed_tail or not reader.eof:
            raise ValueError(f"{name} is not whole")
        return found.decode()
    except (zlib.error, UnicodeDecodeError) as problem:
        raise ValueError(f"{name} cannot be read") from problem
