"""cli: `detente check --expect`: promises retested one scenario after the other, told as they are known."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.answers import counted
from sim.cli.interrupts import one_interrupt
from sim.cli.progress import duration, staged

if TYPE_CHECKING:
    from sim.authoring.expect.testing import Judged, Progress
    from sim.scenario.load import Loaded


@dataclass(frozen=True, slots=True)
class How:
    """What the command line says of retesting."""

    seconds: float
    seed: int
    jobs: int | None
    folder: Path | None
    """Where a save of every match that shows something goes; None: those that break a promise, to the user's own."""


@dataclass(slots=True)
class Retested:
    """What came of it."""

    judged: list[Judged] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    interrupted: bool = False
    left_out: int = 0
    """Scenarios with errors, of which no promise can be retested."""

    def exit_code(self, other: int, *, strict: bool) -> int:
        """Of the whole command, which would have ended with `other`."""
        from sim.authoring.expect.report import exit_code

        return 130 if self.interrupted else other or exit_code(self.judged, strict=strict)


def retested(scenarios: Sequence[Loaded], how: How, *, quiet: bool) -> Retested:
    """Retest all promises of scenarios; unless `quiet`, tell each as it is known. Ctrl-C ends it with what is known."""
    from sim.authoring.expect.report import as_json, save, summary, text
    from sim.authoring.expect.testing import Verdict, expect
    from sim.batch.executors import cores
    from sim.play.paths import witnesses_folder

    out = Retested()
    with one_interrupt():
        for loaded in scenarios:
            if loaded.errors or loaded.scenario is None:
                out.left_out += 1
                continue
            mine: list[Judged] = []
            if not quiet:
                click.echo(f"{loaded.scenario.title}\n")
            with _progress(how.seconds) as told:
                for judged in expect(loaded, seconds=how.seconds, seed=how.seed, jobs=how.jobs or cores(), progress=told):
                    mine.append(judged)
                    path = None
                    if how.folder is not None or judged.verdict is Verdict.BROKEN:
                        path = save(loaded, judged, how.folder or witnesses_folder())
                    out.answers.append(as_json(loaded, judged, path) if quiet else {})
                    if not quiet:
                        click.echo(text(loaded, judged, path))
            if not quiet:
                click.echo(f"\n{summary(mine)}\n")
            out.judged += mine
            if any(it.known_by == "interruption" for it in mine):
                out.interrupted = True
                break
    if out.left_out:
        click.echo("Promises of scenarios with errors are not retested; mend the errors first.", err=True)
    return out


@contextmanager
def _progress(budget: float) -> Iterator[Any]:
    """How long it will take is said once, before it takes long."""
    foretold = False
    with staged("expect") as moved:

        def told(now: Progress) -> None:
            nonlocal foretold
            if now.foreseen and not foretold:
                foretold = True
                left = now.promises - now.judged
                start = "\r" if sys.stderr.isatty() else ""  # over the bar, which is drawn again below
                click.echo(f"{start}{counted(left, 'promise')} to retest: "
                           f"{duration(now.foreseen)}, at most {duration(budget).removeprefix('about ')}.", err=True)
            moved(now.doing, now.share, f"{now.judged} of {now.promises} promises decided")

        yield told
