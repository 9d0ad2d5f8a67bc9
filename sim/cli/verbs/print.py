"""cli: `detente print`, a whole scenario on paper: the sheets of a lesson, or plain English for a reviewer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import places
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.scenario.load import Loaded

EDITION = "scenario"
"""The folder of the masked scenario itself, beside its sheets."""


@click.command("print", short_help="A whole scenario on paper: a lesson's sheets, or plain English.")
@click.argument("scenario", shell_complete=places)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR|FILE",
              help="The folder of the sheets; with --english the file, - for the terminal.")
@click.option("--preset", default="", metavar="NAME", help="Which of the scenario's lessons is planned.  [default: the first]")
@click.option("--short", is_flag=True, help="Short briefs: one paragraph of each, goals and red lines whole.")
@click.option("--masked", is_flag=True, help="The masked edition: invented names, no map, no sources.")
@click.option("--english", is_flag=True, help="The whole scenario as plain English with its sources, in Markdown.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
def command(scenario: str, output: Path | None, preset: str, short: bool, masked: bool, english: bool,
            folders: tuple[Path, ...]) -> None:
    """A whole scenario on paper.

    The sheets are pages of HTML that print as they stand: public briefing, a packet and order forms for each
    delegation, schedule, wall map, rubric; and, apart from them, the facilitator's guide, the inject cards and the whole
    scenario in plain English. `index.html` says how many of each.

    With --masked the folder also holds the masked scenario, to be played or hosted like any other. With --english only
    that page is written, for a colleague who reviews the scenario and never reads YAML.

    \b
    Example:  detente print border-standoff-2021 -o lesson --preset double
              detente print border-standoff-2021 -o masked --masked --short
              detente print border-standoff-2021 --english -o standoff.md
    """
    from sim.cli.scenarios import loaded

    found = loaded(scenario, folders)
    if english:
        if preset or short or masked:
            raise UsageError("--english prints the scenario for review; --preset, --short and --masked are for the sheets "
                             "of a lesson.", "D345")
        _review(found, Path("-") if output is None else output)
        return
    if output is None or str(output) == "-":
        raise UsageError("Say in which folder to put the sheets: -o DIR; or --english for a page to review.", "D345")
    called = str(output / EDITION) if masked else scenario
    _sheets(_masked(found) if masked else found, output, preset, called, short=short, edition=masked)


def _review(found: Loaded, output: Path) -> None:
    from sim.authoring.english.mirror import english as page
    from sim.cli.scenarios import dossiers
    from sim.words.catalog import Catalog

    text = page(Catalog(found.usable()[1]), found.files, dossiers(found))
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    _write(output, text)
    click.echo(f"{found.usable()[0].title} is in {output}: {len(text.split()):,} words.")


def _masked(found: Loaded) -> Loaded:
    from sim.scenario.load import load_files
    from sim.scenario.masked import masked

    edition = load_files(masked(found), found.label)
    edition.usable()
    return edition


def _sheets(found: Loaded, folder: Path, preset: str, called: str, *, short: bool, edition: bool) -> None:
    from sim.cli.scenarios import dossiers
    from sim.report.paper import Paper
    from sim.words.catalog import Catalog

    paper = Paper(Catalog(found.usable()[1]), found.files, dossiers(found), found.map, preset, short, called)
    sheets = paper.sheets()
    if edition:
        sheets |= {f"{EDITION}/{name}": text for name, text in found.files.items()}
    for name, text in sheets.items():
        _write(folder / name, text)
    pages = sum(name.endswith(".html") for name in sheets)
    click.echo(f"{pages} sheets of {found.usable()[0].title} are in {folder}; begin with {folder / 'index.html'}.\n"
               f"{paper.plan.title}: {paper.plan.told}.")
    if edition:
        click.echo(f"The masked scenario is in {folder / EDITION}: detente play {folder / EDITION}")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise UsageError(f"{path} cannot be written ({problem.strerror or problem}); choose another place with -o.",
                         "D348") from problem
