"""cli: `detente export`, matches and lessons as records, as a transcript, or as a table of results."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import counted
from sim.errors import SaveError, UsageError

if TYPE_CHECKING:
    from sim.lesson import Record
    from sim.lesson.pseudonyms import Names
    from sim.play import Match

FORMS = ("jsonl", "markdown", "csv")


@click.command("export", short_help="Saved matches and lessons: records, a transcript, a table.")
@click.argument("saves", metavar="SAVE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(FORMS), required=True,
              help="Records, one JSON object a line; a transcript; or a table, a line for each seat that people played.")
@click.option("--seat", metavar="ACTOR", help="What this seat knew, or `public`; everything unless said.")
@click.option("--table", type=click.IntRange(1), metavar="N", help="Of a lesson, this table.  [default: all, in order]")
@click.option("--pseudonyms/--names", "masked", default=True, show_default=True,
              help="Of a lesson: what people are called.")
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Of a lesson: write there who stands behind each pseudonym.")
@click.option("-o", "--output", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
              metavar="FILE", help="Write it there; - is the terminal.  [default: -]")
@click.pass_context
def command(ctx: click.Context, saves: tuple[Path, ...], form: str, seat: str | None, table: int | None, masked: bool,
            key: Path | None, output: Path) -> None:
    """Saved matches and lessons as records, as a transcript or as a table, for whoever takes them away.

    A save is its owner's and holds everything; --seat leaves out what that seat could not read. A lesson's file gives
    its tables one after the other, each with what was said, drafted, noted and done there; people stand under
    pseudonyms, the same in every export, unless --names is given. The files are not changed.

    \b
    Records:  match, then per round opening {round, values}, order {seat, place, move}, choice {seat, reasons} (without
              --seat), event {…}; end {round, ending, values}. Each has its kind under `record`. Of a lesson also
              lesson, person, message, paper, note and act (the last two without --seat), and each has its `table`; what was
              said before the first round and in the debrief has no round.
    Table:    file, table, scenario, seat, level, rounds, of, lines, ending, score, par, above_par; many files at once.
    \b
    Example:  detente export standoff.detente --as markdown -o standoff.md
              detente export lesson.detente --as jsonl --key who-is-who.csv -o lesson.jsonl
              detente export homework/*.detente --as csv -o results.csv
    """
    if form == "csv":
        if seat is not None:
            raise UsageError("A table of results holds every seat that people played; leave --seat out.", "D344")
        if key is not None:
            raise UsageError("A table of results names nobody, so there is no key to it; leave --key out.", "D344")
        ctx.exit(_results(saves, table, output))
    if len(saves) > 1:
        raise UsageError(f"--as {form} takes one file, {len(saves)} were given; --as csv makes a table of many.", "D344")
    told, done = _told(saves[0], form, seat, table, masked, key)
    _write(output, told)
    if str(output) != "-":
        click.echo(f"{done} is in {output}.")


def _told(save: Path, form: str, seat: str | None, table: int | None, masked: bool,
          key: Path | None) -> tuple[Iterator[str], str]:
    """What is written, and what it is, in words."""
    from sim.play import Match
    from sim.rules import CONTROL

    viewer = seat or CONTROL
    found = _tables(save, table)
    if found is None:
        if table is not None or key is not None:
            raise UsageError(f"{save} is a match and no lesson; --table and --key are for the file of a lesson.", "D344")
        match = Match.read(save)
        match.view(viewer)
        return _of_match(match, form, viewer), f"{match.scenario.title}, round {match.round},"
    from sim.lesson.leaving import names_of
    from sim.lesson.pseudonyms import key_of

    found[0].match.view(viewer)
    if key is not None:
        _write(key, iter([key_of(person for it in found for person in it.people)]))
    what = counted(len(found), "table") if table is None else f"table {table}"
    return (_of_lesson(found, form, viewer, names_of(found, real=not masked)),
            f"{found[0].match.scenario.title}, {what} of a lesson,")


def _tables(save: Path, table: int | None) -> tuple[Record, ...] | None:
    """The tables of a lesson's file, or the one asked for; None for a match. Raises `SaveError`, `UsageError`."""
    from sim.lesson import read_record

    try:
        found = read_record(save)
    except SaveError as problem:
        if problem.code == "D210":
            return None
        raise
    if table is not None and table > len(found):
        raise UsageError(f"There is no table {table} in {save}; it has {counted(len(found), 'table')}.", "D344")
    return found if table is None else (found[table - 1],)


def _of_match(match: Match, form: str, viewer: str) -> Iterator[str]:
    if form == "jsonl":
        from sim.report.records import lines, records

        return (f"{line}\n" for line in lines(records(match, viewer)))
    from sim.cli.scenarios import dossiers
    from sim.report.transcript import transcript
    from sim.words.desk import Desk

    return iter([transcript(Desk(match, viewer, {}, lambda: dossiers(match.loaded)))])


def _of_lesson(found: tuple[Record, ...], form: str, viewer: str, names: Names) -> Iterator[str]:
    from sim.lesson.leaving import class_records, class_transcript
    from sim.report.records import lines

    if form == "jsonl":
        return (f"{line}\n" for it in found for line in lines(class_records(it, viewer, names)))
    from sim.cli.scenarios import dossiers

    many = found[0].plan.tables > 1
    pages = (class_transcript(it, viewer, names, lambda: dossiers(found[0].match.loaded), many=many) for it in found)
    return (text for n, page in enumerate(pages) for text in (("\n", page) if n else (page,)))


def _results(saves: tuple[Path, ...], table: int | None, output: Path) -> int:
    """Write the table of all files that can be read; the exit code, 1 if one of them could not."""
    from sim.play import Match
    from sim.report.results import as_csv, results

    lines: list[tuple[object, ...]] = []
    bad = 0
    for save in saves:
        try:
            found = _tables(save, table)
            if found is None:
                lines += results(Match.read(save), str(save))
            else:
                lines += [line for it in found for line in results(
                    it.match, str(save), it.table, {person.seat for person in it.people if person.seat})]
        except SaveError as problem:
            # one broken file of thirty must not keep the other twenty-nine back
            bad += 1
            click.echo(f"Error: {problem.sentence} ({problem.code})", err=True)
    _write(output, iter([as_csv(lines)]))
    if str(output) != "-":
        click.echo(f"{counted(len(saves) - bad, 'file')}, {counted(len(lines), 'line')}, in {output}.")
    return 1 if bad else 0


def _write(output: Path, told: Iterator[str]) -> None:
    if str(output) == "-":
        sys.stdout.writelines(told)
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(told)
    except OSError as problem:
        raise UsageError(f"{output} cannot be written ({problem.strerror or problem}); choose another place with -o.",
                         "D348") from problem
