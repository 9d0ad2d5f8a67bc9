"""cli: option values that need a sentence of their own when they are wrong."""

from __future__ import annotations

import re
from typing import Any

import click

LARGEST_SEED = (1 << 64) - 1
LONGEST = 24 * 3600
"""Seconds of the longest budget."""


class Seed(click.ParamType[int]):
    """A whole number from 0 to 2⁶⁴ − 1."""

    name = "seed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; a usage error for anything else."""
        if isinstance(value, int):
            return value
        text = str(value)
        if text.isascii() and text.isdecimal() and len(text) <= 20 and int(text) <= LARGEST_SEED:
            return int(text)
        shown = text if len(text) <= 40 else text[:39] + "…"
        return self.fail(f"`{shown}` is no seed; give a whole number from 0 to {LARGEST_SEED}.", param, ctx)


class Assignment(click.ParamType[tuple[str, str]]):
    """`ACTOR=NAME`."""

    name = "actor=name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two words; a usage error for anything else."""
        if isinstance(value, tuple):
            return value
        actor, sign, name = str(value).partition("=")
        if not (actor and sign and name):
            self.fail(f"`{value}` is not ACTOR=NAME, such as armenia=persona.", param, ctx)
        return actor.strip(), name.strip()


def fresh_seed() -> int:
    """A seed that nobody has chosen; small enough to be read out and typed again."""
    import secrets

    return secrets.randbelow(1_000_000_000)


class Duration(click.ParamType[float]):
    """`60s`, `2min`, `1h` or a number of seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds; a usage error for anything else."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?) ?(s|min|h)?", str(value).strip())
        seconds = float(found[1]) * {"s": 1, "min": 60, "h": 3600, None: 1}[found[2]] if found else 0.0
        if not 0 < seconds <= LONGEST:
            self.fail(f"`{str(value)[:40]}` is no budget; give seconds or minutes, such as 60s or 2min, up to 24h.",
                      param, ctx)
        return seconds
