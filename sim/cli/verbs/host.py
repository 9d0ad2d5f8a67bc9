"""cli: `detente host`, a class on this machine: one process, the app in every browser."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from sim.cli.answers import places
from sim.cli.options import Seed, fresh_seed
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.lesson import Lesson, Plan
    from sim.scenario.load import Loaded

PARTS = ("aiohttp", "segno", "textual_serve")
"""What the extra `host` installs."""
Absent = Literal["policy", "pass"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a plan was said on the command line; what was not is the preset's."""

    preset: str = ""
    minutes: float | None = None
    until: str | None = None
    tables: int | None = None
    level: str | None = None
    absent: Absent | None = None

    @property
    def said(self) -> bool:
        """Whether anything was."""
        return self != Wish()

    def plan(self, found: Loaded) -> Plan:
        """The plan. Raises `UsageError` for a preset that the scenario does not have."""
        from sim.lesson import plan_of

        plan = plan_of(found.usable()[0], self.preset)
        if self.minutes is not None:
            plan = replace(plan, minutes=self.minutes or None)
        if self.until is not None:
            plan = replace(plan, until=int(self.until) if self.until.isdecimal() else self.until)
        if self.tables is not None:
            plan = replace(plan, tables=self.tables)
        if self.level is not None:
            plan = replace(plan, level=self.level)
        return replace(plan, absent=self.absent) if self.absent is not None else plan


@click.command("host", short_help="Host a class on this machine.")
@click.argument("scenario", required=False, shell_complete=places)
@click.option("--preset", metavar="NAME", default="", help="How long and in how many rounds, as the scenario offers it; "
              "`detente host SCENARIO --preset ?` lists them.  [default: the first]")
@click.option("--minutes", type=click.FloatRange(0, 1440), metavar="N", help="A round, 0 for no limit; the preset's unless said.")
@click.option("--until", metavar="LEG", help="Stop after this leg; or a number of rounds.")
@click.option("--tables", type=click.IntRange(1, 12), metavar="N", help="Groups that play the scenario side by side.")
@click.option("--absent", type=click.Choice(["policy", "pass"]),
              help="What becomes of a seat at which nobody sits: a policy plays it, or it passes.  [default: policy]")
@click.option("--level", type=click.Choice(["easy", "standard", "hard"]), help="How well policies play.")
@click.option("--masked", is_flag=True, help="The masked edition: invented names, no map, no sources.")
@click.option("--rehearse", is_flag=True, help="Let policies play the whole class in fast forward and tell what it will see.")
@click.option("--json", "data", is_flag=True, help="With --rehearse: the answer for other programs.")
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Where the lesson is kept; an existing one is resumed.")
@click.option("--seed", type=Seed(), metavar="N", help="The same seed and orders give the same lesson.")
@click.option("--bind", default="0.0.0.0", metavar="ADDR", show_default=True,  # noqa: S104 a class comes over the network
              help="The address to listen on; 127.0.0.1 is this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), default=8750, metavar="N", show_default=True,
              help="0 takes any that is free.")
@click.option("--tls-cert", "certificate", metavar="F", default="", help="A certificate in PEM; connections are encrypted.")
@click.option("--tls-key", "key", metavar="F", default="", help="Its key in PEM.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name that the host is asked for by, beside its addresses.")
@click.option("--ready", type=click.IntRange(0, 60), default=6, metavar="N", show_default=True,
              help="Screens started before anybody comes.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
def command(scenario: str | None, preset: str, minutes: float | None, until: str | None, tables: int | None,
            absent: Absent | None, level: str | None, masked: bool, rehearse: bool, data: bool, save: Path | None,
            seed: int | None, bind: str, port: int, certificate: str, key: str, names: tuple[str, ...], ready: int,
            folders: tuple[Path, ...]) -> None:
    """Host a class on this machine: seats with codes, the app in every browser, a page for the facilitator.

    SCENARIO is an id of `detente list` or a path, or the file of a lesson, which is resumed. Addresses, codes and what
    opens the facilitator's page are printed. Everything acknowledged is kept, whatever happens to this process.

    \b
    JSON:  with --rehearse, minutes, debrief, tables: [{table, ending, rounds: [{round, date, at, orders, injects, news}]}]
    \b
    Example:  detente host border-standoff-2021 --preset hour --rehearse
              detente host border-standoff-2021 --preset hour --tables 2
              detente host lesson.detente
    """
    wish = Wish(preset, minutes, until, tables, level, absent)
    if preset == "?":
        _presets(scenario, folders)
        return
    if rehearse:
        _rehearsed(scenario, wish, 1 if seed is None else seed, folders, masked=masked, data=data)
        return
    if data:
        raise UsageError("--json answers for --rehearse; a class that is hosted is told on the terminal.", "D391")
    needed()
    from sim.serve.process import set_surroundings

    # before anything imports Textual
    set_surroundings()
    from sim.cli import log
    from sim.serve.host import Host, Terms
    from sim.serve.running import run

    lesson, secret = _lesson(scenario, save, wish, seed, folders, masked=masked)
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


def _found(scenario: str | None, folders: tuple[Path, ...], *, masked: bool = False) -> Loaded:
    """The scenario, or its masked edition. Raises `UsageError`, `ScenarioError`."""
    if scenario is None:
        raise UsageError("Which scenario? Give an id of `detente list`, a path, or the file of a lesson.", "D332")
    from sim.cli.scenarios import loaded

    found = loaded(scenario, folders)
    if not masked:
        return found
    from sim.scenario.load import load_files
    from sim.scenario.masked import masked as edition

    found = load_files(edition(found), found.label)
    found.usable()
    return found


def _lesson(scenario: str | None, save: Path | None, wish: Wish, seed: int | None, folders: tuple[Path, ...], *,
            masked: bool) -> tuple[Lesson, str]:
    """A new lesson, or the one of a file, and the facilitator's secret."""
    from sim.cli.scenarios import dossiers
    from sim.lesson import Lesson

    kept = save if save is not None and save.exists() else None
    if kept is None and scenario is not None and Path(scenario).is_file() and not scenario.endswith((".yaml", ".yml")):
        kept = Path(scenario)
    if kept is not None:
        if wish.said or masked or seed is not None:
            raise UsageError(f"{kept} holds a lesson, which goes on by its own plan; leave the options of the plan out, or "
                             "give --save another name for a new lesson.", "D392")
        # who says so is asked for in class too; the dossiers are read when somebody first asks
        lesson = Lesson.resume(kept, dossiers=lambda: dossiers(lesson.loaded))
        return lesson, lesson.facilitator_token()
    found = _found(scenario, folders, masked=masked)
    plan = wish.plan(found)
    from sim.play.paths import new_save_path

    path = save or new_save_path(found.usable()[0].id, "class")
    return Lesson.new(found, plan, path=path, seed=fresh_seed() if seed is None else seed, dossiers=lambda: dossiers(found))


def _presets(scenario: str | None, folders: tuple[Path, ...]) -> None:
    """Print what the scenario offers."""
    from sim.cli.answers import columns
    from sim.report.plan import plan, presets
    from sim.words.catalog import Catalog

    found = _found(scenario, folders)
    catalog = Catalog(found.usable()[1])
    plans = [plan(catalog, id) for id in presets(catalog.scenario)]
    for line in columns([(it.id, it.title, it.told) for it in plans]):
        click.echo(line)


def _rehearsed(scenario: str | None, wish: Wish, seed: int, folders: tuple[Path, ...], *, masked: bool, data: bool) -> None:
    from sim.cli.answers import as_json
    from sim.cli.rehearsing import as_data, told
    from sim.lesson import rehearse
    from sim.report.plan import plan, sittings
    from sim.words.catalog import Catalog

    found = _found(scenario, folders, masked=masked)
    rehearsal = rehearse(found, wish.plan(found), seed=seed)
    if data:
        click.echo(as_json(as_data(rehearsal)))
        return
    catalog = Catalog(found.usable()[1])
    parts = () if wish.minutes is not None or wish.until is not None else sittings(plan(catalog, wish.preset))
    for line in told(rehearsal, catalog.scenario.title, parts):
        click.echo(line)
