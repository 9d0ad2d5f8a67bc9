"""cli: `detente host`, a class on this machine: one process, the app in every browser."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import places
from sim.cli.options import Seed, fresh_seed
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.lesson import Lesson

PARTS = ("aiohttp", "segno", "textual_serve")
"""What the extra `host` installs."""


@click.command("host", short_help="Host a class on this machine.")
@click.argument("scenario", required=False, shell_complete=places)
@click.option("--bind", default="0.0.0.0", metavar="ADDR", show_default=True,  # noqa: S104 a class comes over the network
              help="The address to listen on; 127.0.0.1 is this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), default=8750, metavar="N", show_default=True,
              help="0 takes any that is free.")
@click.option("--tls-cert", "certificate", metavar="F", default="", help="A certificate in PEM; connections are encrypted.")
@click.option("--tls-key", "key", metavar="F", default="", help="Its key in PEM.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name that the host is asked for by, beside its addresses.")
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Where the lesson is kept; an existing one is resumed.")
@click.option("--preset", metavar="NAME", help="How long and in how many rounds, as the scenario offers it.")
@click.option("--minutes", type=click.FloatRange(0.1, 1440), metavar="N", help="A round; the preset's unless said.")
@click.option("--until", metavar="LEG", help="Stop after this leg; or a number of rounds.")
@click.option("--tables", type=click.IntRange(1, 12), metavar="N", help="Groups that play the scenario side by side.")
@click.option("--level", type=click.Choice(["easy", "standard", "hard"]), help="How well policies play.")
@click.option("--seed", type=Seed(), metavar="N", help="The same seed and orders give the same lesson.")
@click.option("--ready", type=click.IntRange(0, 60), default=6, metavar="N", show_default=True,
              help="Screens started before anybody comes.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
def command(scenario: str | None, bind: str, port: int, certificate: str, key: str, names: tuple[str, ...],
            save: Path | None, preset: str | None, minutes: float | None, until: str | None, tables: int | None,
            level: str | None, seed: int | None, ready: int, folders: tuple[Path, ...]) -> None:
    """Host a class on this machine: seats with codes, the app in every browser, a page for the facilitator.

    SCENARIO is an id of `detente list` or a path, or the file of a lesson, which is resumed. Addresses, codes and the
    facilitator's secret are printed. Everything acknowledged is kept, whatever happens to this process.

    \b
    Example:  detente host border-standoff-2021 --tables 2 --minutes 6
              detente host lesson.detente
    """
    needed()
    from sim.serve.process import set_surroundings

    # before anything imports Textual
    set_surroundings()
    from sim.cli import log
    from sim.serve.host import Host, Terms
    from sim.serve.running import run

    lesson, secret = _lesson(scenario, save, preset, minutes, until, tables, level, seed, folders)
    terms = Terms(bind, port, certificate, key, names, ready)
    by_hand = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        run(Host(lesson, terms, log.write), secret, click.echo, asks=by_hand, picture=by_hand)
    finally:
        lesson.close_file()
    if lesson.path is not None:
        click.echo(f"The lesson is saved: {lesson.path}\nGo on with it: detente host {lesson.path}")


def needed() -> None:
    """Refuse where the extra is not installed. Raises `UsageError`."""
    missing = [part for part in PARTS if find_spec(part) is None]
    if missing:
        raise UsageError("Hosting and joining a class need more than playing does: pip install 'detente[host]'.", "D395")


def _lesson(scenario: str | None, save: Path | None, preset: str | None, minutes: float | None, until: str | None,
            tables: int | None, level: str | None, seed: int | None, folders: tuple[Path, ...]) -> tuple[Lesson, str]:
    """A new lesson, or the one of a file, and the facilitator's secret."""
    from sim.lesson import Lesson, plan_of

    kept = save if save is not None and save.exists() else None
    if kept is None and scenario is not None and Path(scenario).is_file() and not scenario.endswith((".yaml", ".yml")):
        kept = Path(scenario)
    if kept is not None:
        lesson = Lesson.resume(kept)
        return lesson, lesson.facilitator_token()
    if scenario is None:
        raise UsageError("Which scenario? Give an id of `detente list`, a path, or the file of a lesson.", "D332")
    from sim.cli.scenarios import loaded

    found = loaded(scenario, folders)
    plan = plan_of(found.usable()[0], preset or "")
    if minutes is not None:
        plan = replace(plan, minutes=minutes)
    if until is not None:
        plan = replace(plan, until=int(until) if until.isdecimal() else until)
    if tables is not None:
        plan = replace(plan, tables=tables)
    if level is not None:
        plan = replace(plan, level=level)
    from sim.play.paths import new_save_path

    path = save or new_save_path(found.usable()[0].id, "class")
    return Lesson.new(found, plan, path=path, seed=fresh_seed() if seed is None else seed)
