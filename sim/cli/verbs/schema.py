"""cli: `detente schema`, the JSON Schema of scenario files for editors."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from sim.cli.answers import as_json, places

if TYPE_CHECKING:
    from sim.scenario.schema import Names


@click.command("schema", short_help="JSON Schema of scenario files, for editors.")
@click.argument("scenario", required=False, shell_complete=places)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write it there instead of to the screen.")
@click.option("--of", type=click.Choice(["scenario", "map", "history", "masked"]), default="scenario", show_default=True,
              help="Which file: scenario.yaml, or one beside it, map.yaml for instance.")
def command(scenario: str | None, output: Path | None, of: Literal["scenario", "map", "history", "masked"]) -> None:
    """JSON Schema of scenario files, for editors.

    With SCENARIO (an id or a path) the file's own names can be completed and a misspelt one is underlined: seats,
    tracks, provisions, moves, clauses, phases, offers, and the claims of its dossiers. What the file does not know is
    refused, so write the schema again when names are added; `detente watch` does so at every save for a
    scenario.schema.json that lies beside the scenario. A file with mistakes gives the names that can be read in it.

    Any editor with a YAML language server (VS Code with the YAML extension, Neovim, Helix, Emacs) finds the schema by
    the first line of the scenario; FILE is relative to the scenario and needs no network:

    \b
      # yaml-language-server: $schema=scenario.schema.json

    \b
    Example:  detente schema scenarios/mine -o scenarios/mine/scenario.schema.json
    """
    from sim.scenario import schema

    names = _names(scenario) if scenario else None
    made = {"scenario": schema.scenario_schema, "map": schema.map_schema, "history": schema.history_schema,
            "masked": schema.masked_schema}[of]
    text = as_json(made(names) if names else made())
    if output is None:
        click.echo(text)
        return
    output.write_text(text + "\n", encoding="utf-8")
    click.echo(f"The schema is in {output}.")
    if scenario and of == "scenario" and (line := _modeline(Path(scenario), output)):
        click.echo(f"Your editor uses it if the scenario begins with this line:\n{line}")


def _names(scenario: str) -> Names:
    """The names of the file as it stands."""
    from sim.cli.scenarios import located
    from sim.play.library import seeds_folder
    from sim.scenario.load import contents
    from sim.scenario.schema import names_of

    found = names_of(contents(*located(scenario)), seeds_folder())
    if not any(found.family(kind) for kind in ("actor", "move", "leg")):
        click.echo(f"No name can be read in {scenario}; this is the general schema. `detente check {scenario}` says "
                   "what is wrong.", err=True)
    return found


def _modeline(place: Path, output: Path) -> str:
    """The line that the scenario still lacks, or nothing."""
    from sim.scenario.names import MAIN
    from sim.scenario.schema import MODELINE

    main = place / MAIN if place.is_dir() else place
    if not main.is_file():
        return ""
    with main.open(encoding="utf-8", errors="replace") as stream:
        if stream.readline().startswith(MODELINE.split("=", 1)[0]):
            return ""
    try:
        beside = os.path.relpath(output.absolute(), main.absolute().parent)
    except ValueError:
        # another drive
        beside = output.absolute().as_uri()
    return MODELINE.format(file=beside.replace(os.sep, "/"))
