"""cli: `detente list`, the scenarios that were found."""

from __future__ import annotations

import os
import shlex
import textwrap
from pathlib import Path
from typing import Any

import click

from sim.cli.answers import as_json, counted


@click.command("list", short_help="The scenarios found.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look there too; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
def command(folders: tuple[Path, ...], json_: bool) -> None:
    """The scenarios found: those that came with Detente, in --path, and in $DETENTE_SCENARIOS.

    DIR is a folder that holds folders of scenarios, or one of these. Every command that takes an id looks there too, if
    the variable DETENTE_SCENARIOS names it: `export DETENTE_SCENARIOS=~/scenarios` in the profile of your shell.

    \b
    JSON:  scenarios: [{id, title, blurb, kind, level, seats, legs: {id: {title, rounds, minutes}}, content_note,
           folder}]
    \b
    Example:  detente list --path my-scenarios
    """
    from sim.play.library import FOLDERS

    found = _found(folders)
    if json_:
        click.echo(as_json({"scenarios": found}))
        return
    if not found:
        click.echo("No scenario was found; `--path DIR` looks in a folder of yours.")
    for item in found:
        click.echo(f"{item['id']}: {item['title']}")
        for text in (item["blurb"], _kind(item)):
            if text:
                click.echo(textwrap.fill(text, 80, initial_indent="  ", subsequent_indent="  "))
    if found:
        more = "".join(f" --path {shlex.quote(str(it))}" for it in folders)
        click.echo(f"\nPlay one with `detente play {found[0]['id']}{more}`.")
    if not folders and not os.environ.get(FOLDERS):
        click.echo(f"Yours are listed with `--path DIR`, where DIR holds their folders, or once and for all with {FOLDERS}=DIR.")


def _found(folders: tuple[Path, ...]) -> list[dict[str, Any]]:
    from sim.play.library import head, scenarios

    out = []
    for entry in scenarios(folders):
        card = head(entry)
        legs = {leg: {"title": title, "rounds": rounds, "minutes": card.minutes.get(leg)}
                for leg, (title, rounds) in card.legs.items()}
        out.append({"id": card.id, "title": card.title, "blurb": " ".join(card.blurb.split()), "kind": card.kind,
                    "level": card.level or None, "seats": list(card.seats), "legs": legs,
                    "content_note": " ".join(card.content_note.split()), "folder": str(entry.folder)})
    return out


def _kind(item: dict[str, Any]) -> str:
    told = [item["kind"].capitalize()] if item["kind"] else []
    if item["seats"]:
        told.append("seats " + ", ".join(item["seats"]))
    lines = ["; ".join(told) + "."] if told else []
    rounds = 0
    for leg in item["legs"].values():
        rounds += leg["rounds"]
        lasts = f" and about {leg['minutes']} minutes" if leg["minutes"] else ""
        lines.append(f"{leg['title']}: {counted(rounds, 'round')}{lasts} up to its end.")
    return " ".join(lines)
