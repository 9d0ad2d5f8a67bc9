"""cli: how far long work has come: a bar on a terminal, now and then a line elsewhere; always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

FIRST_LINE = 2.0
"""Without a terminal a line is written after so many seconds, then ever more rarely; what is done sooner is done in
silence."""
STAGE_SECONDS = 5.0
"""Of work in stages a line is written when a stage is first begun; then no sooner than so long after the last line, and
only if more has been done."""
APART = 1.2
"""Each line comes after this many times the seconds of the one before."""


@contextmanager
def counting(total: int, things: str) -> Iterator[Callable[[int], None]]:
    """Gives a function that is to be told, again and again, how many things are done."""
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=f"{total:,} {things}", file=sys.stderr) as bar:
            yield lambda done: bar.update(done - bar.pos)
        return
    started = time.monotonic()
    due = FIRST_LINE

    def line(done: int) -> None:
        nonlocal due
        spent = time.monotonic() - started
        if spent >= due and 0 < done < total:
            due = spent * APART
            left = spent * (total - done) / done
            click.echo(f"{done:,} of {total:,} {things}; {duration(left)} left.", err=True)

    yield line


@contextmanager
def staged(what: str) -> Iterator[Callable[[str, float, str], None]]:
    """Gives a function that is to be told, again and again, the stage, the share of the budget and what is done."""
    if sys.stderr.isatty():
        with click.progressbar(length=100, label=what, file=sys.stderr) as bar:

            def moved(stage: str, share: float, done: str) -> None:
                bar.label = f"{stage}, {done}"
                bar.update(max(0, round(100 * share) - bar.pos))

            yield moved
        return
    last, told = time.monotonic(), ""
    begun: set[str] = set()

    def line(stage: str, share: float, done: str) -> None:
        nonlocal last, told
        if stage not in begun or (done != told and time.monotonic() - last >= STAGE_SECONDS):
            begun.add(stage)
            last, told = time.monotonic(), done
            click.echo(f"{stage}: {done}, {share:.0%} of the budget.", err=True)

    yield line


def duration(seconds: float) -> str:
    """`about 40 seconds`, `about 3 minutes`, `about 2 hours`."""
    for most, size, word in ((90, 1, "second"), (90 * 60, 60, "minute"), (float("inf"), 3600, "hour")):
        if seconds < most:
            number = max(1, round(seconds / size))
            return f"about {number} {word}{'' if number == 1 else 's'}"
    raise AssertionError(seconds)
