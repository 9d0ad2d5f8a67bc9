"""cli: `detente explore`, what can happen in a scenario: reached with a witness, proved impossible, or unknown."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.answers import as_json, places
from sim.cli.options import Seed

if TYPE_CHECKING:
    from sim.batch.explore import Progress

LINE_SECONDS = 5.0
"""Without a terminal a line is written at each new stage, and so often."""
DEFAULT_SEED = 1
LONGEST = 24 * 3600


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


@click.command("explore", short_help="What can happen: reached, impossible or unknown.")
@click.argument("scenario", shell_complete=places)
@click.option("--budget", type=Duration(), default="60s", show_default=True, metavar="TIME",
              help="How long to search, such as 10s or 2min; less if everything is found.")
@click.option("--games", type=click.IntRange(1, 10_000_000), metavar="N",
              help="Search through N seeded matches instead, whatever the time; with --jobs 1 the same on every machine.")
@click.option("--seed", type=Seed(), default=DEFAULT_SEED, show_default=True, metavar="N", help="Where the matches begin.")
@click.option("--until", metavar="LEG", help="Explore up to the end of this leg.  [default: the whole clock]")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes.  [default: one per processor]")
@click.option("--save-witness", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Keep a save of every witness there, for `detente replay`.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.pass_context
def command(ctx: click.Context, scenario: str, budget: float, games: int | None, seed: int, until: str | None,
            jobs: int | None, folder: Path | None, folders: tuple[Path, ...], json_: bool) -> None:
    """What can happen in a scenario, per ending, phase, clause, inject, rule and move.

    Reached: there is a match with it, and the orders and dice that lead there. Impossible: proved, with the condition
    that stands in the way. Unknown: neither, within the bound that was searched. A facilitator's own changes do not
    count. Ctrl-C stops the search and shows what was found.

    The exit code is 1 if something is proved impossible, 0 otherwise, 130 after Ctrl-C.

    \b
    JSON:  endings|phases|moves|clauses|injects|rules:
             {id: {verdict: reached|impossible|unknown, …}}
             reached:     round, orders, witness: {seed, rounds: [{round, orders, outcomes, chance}]}, save
             impossible:  reason, condition, path, line, column
             clauses:     judged by `signed`; statuses: {status: {verdict, …}}
             moves:       instances: {reached, of, impossible: [key]}
           findings: [{kind, sentence, …}]
           budget: {seconds, games, seed, jobs, until}
           searched: {seconds, matches, rounds, searches, search_rounds, states, complete, interrupted}
    \b
    Example:  detente explore first-round --budget 10s --save-witness witnesses
    """
    from sim.authoring.explore import explore
    from sim.authoring.explore_saves import free
    from sim.authoring.explore_text import text
    from sim.batch.executors import cores
    from sim.cli.scenarios import loaded, lowered
    from sim.play import game_of

    found = loaded(scenario, folders)
    if folder is not None:
        free(folder)
    with lowered(scenario):
        game = game_of(found, until)
    with _one_interrupt(), _progress() as told:
        report = explore(found, game, until=until, seconds=budget, games=games, seed=seed, jobs=jobs or cores(),
                         progress=told, folder=folder)
    click.echo(as_json(report.as_json()) if json_ else text(report))
    if folder is not None and not json_:
        click.echo(f"\n{len(report.files):,} witnesses are in {folder}; `detente replay` reads them.")
    if report.explored.interrupted:
        ctx.exit(130)
    ctx.exit(1 if report.problems else 0)


@contextmanager
def _one_interrupt() -> Iterator[None]:
    """The first Ctrl-C ends the search; what was found is then told whatever else is pressed."""
    def stop(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, now and then a line elsewhere."""
    if sys.stderr.isatty():
        with click.progressbar(length=100, label="explore", file=sys.stderr) as bar:

            def moved(now: Progress) -> None:
                bar.label = f"{now.stage}, {now.settled} of {now.goals} {now.word}"
                bar.update(max(0, round(100 * now.share) - bar.pos))

            yield moved
        return
    last, stage = time.monotonic(), ""

    def line(now: Progress) -> None:
        nonlocal last, stage
        if now.stage != stage or time.monotonic() - last >= LINE_SECONDS:
            last, stage = time.monotonic(), now.stage
            click.echo(f"{now.stage}: {now.settled} of {now.goals} {now.word}, {now.share:.0%} of the budget.", err=True)

    yield line
