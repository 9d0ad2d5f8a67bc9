"""cli: `detente schema`, the JSON Schema of scenario files for editors."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.answers import as_json, places


@click.command("schema", short_help="JSON Schema of scenario files, for editors.")
@click.argument("scenario", required=False, shell_complete=places)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write it there instead of to the screen.")
def command(scenario: str | None, output: Path | None) -> None:
    """JSON Schema of scenario files, for editors.

    With SCENARIO (an id or a path) its own actors, groups, tracks, flags and offers are offered as completions.
    An editor with a YAML language server uses it when the file begins with
    `# yaml-language-server: $schema=FILE`.

    \b
    Example:  detente schema first-round -o schema.json
    """
    from sim.cli.shape import schema

    text = as_json(schema(scenario))
    if output is None:
        click.echo(text)
        return
    output.write_text(text + "\n", encoding="utf-8")
    click.echo(f"The schema is in {output}.")
