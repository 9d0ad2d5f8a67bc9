"""cli: `detente paths`, where this user's files live."""

from __future__ import annotations

import click

from sim.cli import log
from sim.cli.answers import as_json, columns


@click.command("paths", short_help="Where saves, settings and the log live.")
@click.option("--keymap", "keymap_", is_flag=True, help="Print a keymap file with every key of the screens.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
def command(keymap_: bool, json_: bool) -> None:
    """Where saves, settings and the log live. $DETENTE_HOME puts all of them into one folder.

    With --keymap every key of the screens is printed by its id. Kept under the path named keymap, with only the lines
    that you change, it gives you keys of your own.

    \b
    JSON:  saves, settings, keymap, themes, log, scenarios, dossiers: each a path
    \b
    Example:  detente paths --json
              detente paths --keymap
    """
    from sim.play.library import seeds_folder
    from sim.play.paths import keymap_file, saves_folder, settings_file, themes_folder

    if keymap_:
        from sim.tui.keymap import keymap_text

        click.echo(keymap_text(), nl=False)
        return

    dossiers = seeds_folder()
    found = {
        "saves": str(saves_folder()),
        "settings": str(settings_file()),
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
