"""cli: `detente schema`, the JSON Schema of scenario files for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from sim.cli.answers import as_json, places


@click.command("schema", short_help="JSON Schema of scenario files, for editors.")
@click.argument("scenario", required=False, shell_complete=places)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write it there instead of to the screen.")
@click.option("--of", type=click.Choice(["scenario", "map"]), default="scenario", show_default=True,
              help="Which file: scenario.yaml or map.yaml.")
def command(scenario: str | None, output: Path | None, of: Literal["scenario", "map"]) -> None:
    """JSON Schema of scenario files, for editors.

    With SCENARIO (an id or a path) its own actors, groups, tracks, flags and offers are offered as completions.
    An editor with a YAML language server uses it when the file begins with
    `# yaml-language-server: $schema=FILE`.

    \b
    Example:  detente schema first-round -o schema.json
    """
    if of == "map":
        from sim.cli.shape import DRAFT
        from sim.scenario.manual import schema as made

        shape = {"$schema": DRAFT, **made("map"), "title": "Detente map"}
    else:
        from sim.cli.shape import schema

        shape = schema(scenario)
    text = as_json(shape)
    if output is None:
        click.echo(text)
        return
    output.write_text(text + "\n", encoding="utf-8")
    click.echo(f"The schema is in {output}.")
