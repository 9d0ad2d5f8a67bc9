"""cli: `detente explore`, what can happen in a scenario: reached with a witness, proved impossible, or unknown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import as_json, places
from sim.cli.interrupts import one_interrupt
from sim.cli.options import Duration, Seed
from sim.cli.progress import staged

if TYPE_CHECKING:
    from sim.batch.explore import Progress

DEFAULT_SEED = 1


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
             unknown:     searched, rarest: {condition, held, of}
             clauses:     judged by `signed`; statuses: {status: {verdict, …}}
             moves:       instances: {reached, of, impossible: [key]}
           findings: [{kind, sentence, …}]
           budget: {seconds, games, seed, jobs, until}
           searched: {seconds, matches, rounds, searches, search_rounds, states, complete, interrupted}
    \b
    Example:  detente explore first-round --budget 10s --save-witness witnesses
    """
    from sim.authoring.explore.report import explore
    from sim.authoring.explore.saves import free
    from sim.authoring.explore.text import text
    from sim.batch.executors import cores
    from sim.cli.scenarios import loaded, lowered
    from sim.play import game_of

    found = loaded(scenario, folders)
    if folder is not None:
        free(folder)
    with lowered(scenario):
        game = game_of(found, until)
    with one_interrupt():
        with staged("explore") as moved:

            def told(now: Progress) -> None:
                moved(now.stage, now.share, f"{now.settled} of {now.goals} {now.word}")

            report = explore(found, game, until=until, seconds=budget, games=games, seed=seed, jobs=jobs or cores(),
                             progress=told, folder=folder)
        click.echo(as_json(report.as_json()) if json_ else text(report))
        if folder is not None and not json_:
            click.echo(f"\n{len(report.files):,} witnesses are in {folder}; `detente replay` reads them.")
    if report.explored.interrupted:
        ctx.exit(130)
    ctx.exit(1 if report.problems else 0)
