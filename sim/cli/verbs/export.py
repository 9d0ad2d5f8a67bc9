"""cli: `detente export`, a match as records for grading and research, or as a transcript."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from sim.errors import UsageError

FORMS = ("jsonl", "markdown")


@click.command("export", short_help="A saved match as records or as a transcript.")
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(FORMS), required=True, help="Records, one JSON object a line; or a transcript.")
@click.option("--seat", metavar="ACTOR", help="What this seat knew, or `public`; everything unless said.")
@click.option("-o", "--output", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
              metavar="FILE", help="Write it there; - is the terminal.  [default: -]")
def command(save: Path, form: str, seat: str | None, output: Path) -> None:
    """A saved match as records or as a transcript, for whoever takes it away.

    A save is its owner's and holds everything; --seat leaves out what that seat did not know. The file is not changed.

    \b
    Records:  match, then per round opening {round, values}, order {seat, place, move}, choice {seat, reasons} (without
              --seat), event {…}; end {round, ending, values}. Each has its kind under `record`.
    \b
    Example:  detente export standoff.detente --as markdown -o standoff.md
              detente export standoff.detente --as jsonl --seat armenia
    """
    from sim.play import Match
    from sim.rules import CONTROL

    match = Match.read(save)
    viewer = seat or CONTROL
    match.view(viewer)
    if form == "jsonl":
        from sim.report.records import lines, records

        told: Iterator[str] = (f"{line}\n" for line in lines(records(match, viewer)))
    else:
        from sim.cli.scenarios import dossiers
        from sim.report.transcript import transcript
        from sim.words.desk import Desk

        told = iter([transcript(Desk(match, viewer, {}, lambda: dossiers(match.loaded)))])
    if str(output) == "-":
        sys.stdout.writelines(told)
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            file.writelines(told)
    except OSError as problem:
        raise UsageError(f"{output} cannot be written ({problem.strerror or problem}); choose another place with -o.",
                         "D348") from problem
    click.echo(f"{match.scenario.title}, round {match.round}, is in {output}.")
