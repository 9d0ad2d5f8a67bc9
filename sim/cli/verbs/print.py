"""cli: `detente print`, a whole scenario on paper."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.answers import places
from sim.errors import UsageError


@click.command("print", short_help="A whole scenario as plain English, for review.")
@click.argument("scenario", shell_complete=places)
@click.option("--english", is_flag=True, help="The whole scenario as plain English with its sources, in Markdown.")
@click.option("-o", "--output", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
              metavar="FILE", help="Write it there; - is the terminal.  [default: -]")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
def command(scenario: str, english: bool, output: Path, folders: tuple[Path, ...]) -> None:
    """The whole scenario as plain English, for a colleague who reviews it and never reads YAML.

    Seats with their goals and secrets, tracks, provisions, clauses, moves with what they need and do, events, rules and
    endings, and who says what of everything that is cited.

    \b
    Example:  detente print border-standoff-2021 --english -o standoff.md
    """
    if not english:
        raise UsageError("Say what to print: --english writes the whole scenario as plain English.", "D345")
    from sim.authoring.english import english as page
    from sim.cli.scenarios import dossiers, loaded
    from sim.words.catalog import Catalog

    found = loaded(scenario, folders)
    text = page(Catalog(found.usable()[1]), found.files, dossiers(found))
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    click.echo(f"{found.usable()[0].title} is in {output}: {len(text.split()):,} words.")
