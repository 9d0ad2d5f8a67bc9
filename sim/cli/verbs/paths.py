"""cli: `detente paths`, where this user's files live."""

from __future__ import annotations

import click

from sim.cli import log
from sim.cli.answers import as_json, columns


@click.command("paths", short_help="Where saves, settings and the log live.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
def command(json_: bool) -> None:
    """Where saves, settings and the log live. $DETENTE_HOME puts all of them into one folder.

    \b
    JSON:  saves, keymap, themes, log, scenarios, dossiers: each a path
    \b
    Example:  detente paths --json
    """
    from sim.play.library import seeds_folder
    from sim.play.paths import keymap_file, saves_folder, themes_folder

    dossiers = seeds_folder()
    found = {
        "saves": str(saves_folder()),
        "keymap": str(keymap_file()),
        "themes": str(themes_folder()),
        "log": str(log.path()),
        "scenarios": str(_beside(dossiers)),
        "dossiers": str(dossiers),
    }
    click.echo(as_json(found) if json_ else "\n".join(columns(list(found.items()))))


def _beside(seeds: object) -> object:
    """The shipped scenarios stand beside the shipped dossiers."""
    from pathlib import Path

    return Path(str(seeds)).parent / "scenarios"
