"""cli: `detente play`, a match on the screen or, without a terminal, in line mode."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from sim.cli.answers import places
from sim.cli.options import Seed, fresh_seed
from sim.errors import UsageError, suggest

if TYPE_CHECKING:
    from sim.plain import Paper, Reader
    from sim.play import Match
    from sim.tui.start import Start

Level = Literal["easy", "standard", "hard"]
Map = Literal["braille", "blocks", "ascii", "off"]


@click.command("play", short_help="Play a scenario, or go on with a save.")
@click.argument("scenario", required=False, shell_complete=places)
@click.option("--seat", metavar="ACTOR", help="Which seat to play; asked for unless said.")
@click.option("--seed", type=Seed(), metavar="N", help="The same seed and orders give the same match.  [default: any]")
@click.option("--level", type=click.Choice(["easy", "standard", "hard"]),
              help="How well the others play.  [default: your settings', standard unless changed]")
@click.option("--until", metavar="LEG", help="Stop after this leg.  [default: the first; line mode asks]")
@click.option("--load", "save", type=click.Path(path_type=Path), metavar="SAVE", help="Go on with a saved match.")
@click.option("--plain", is_flag=True, help="Line mode: numbered choices, no escape codes.")
@click.option("--map", "map_", type=click.Choice(["braille", "blocks", "ascii", "off"]),
              help="How the map is drawn.  [default: your settings', braille unless changed]")
@click.option("--theme", metavar="NAME", help="The colours of the screen: detente, detente-paper, detente-grey, nord …")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
@click.pass_context
def command(ctx: click.Context, scenario: str | None, seat: str | None, seed: int | None,
            level: Level | None, until: str | None, save: Path | None, plain: bool, map_: Map | None, theme: str | None,
            folders: tuple[Path, ...]) -> None:
    """Play a scenario, or go on with a save.

    SCENARIO is an id of `detente list` or a path. Without a terminal, with TERM=dumb or --plain it is played in line
    mode; at the end of the input the match is saved and the file named. Where the font lacks braille use --map blocks
    or ascii, where it lacks box characters --plain.

    \b
    Example:  detente play border-standoff-2021 --seat armenia
              echo go | detente play first-round --seat osk
    """
    if theme is not None:
        _known_theme(theme)
    if scenario is None and save is None and (plain or not on_terminal()):
        raise UsageError("Which scenario? Give an id of `detente list`, a path, or a save with --load.", "D332")
    if plain or not on_terminal():
        ctx.exit(_in_lines(scenario, seat, seed, level, until, save, folders))
    ctx.exit(_on_screen(scenario, seat, seed, level, until, save, folders, map_, theme))


def home(ctx: click.Context) -> None:
    """`detente` without a verb: the home screen, or the help where there is no terminal."""
    if not on_terminal():
        click.echo(ctx.get_help())
        return
    ctx.exit(_on_screen(None, None, None, None, None, None, (), None, None))


def on_terminal() -> bool:
    """Whether there is a terminal that can hold a screen, for reading and for writing."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _known_theme(name: str) -> None:
    """Refuse a theme that does not exist before there is a screen. Raises `UsageError`."""
    from textual.theme import BUILTIN_THEMES

    from sim.play.paths import themes_folder
    from sim.tui.own_themes import own_themes
    from sim.tui.theme import OWN

    names = [theme.name for theme in OWN]
    if name in names or name in BUILTIN_THEMES:
        return
    own, bad = own_themes(themes_folder())
    names += [*(theme.name for theme in own), *sorted(BUILTIN_THEMES)]
    if name not in names:
        raise UsageError(f"There is no theme `{name}`; {suggest(name, names)}there are {', '.join(names)}."
                         + "".join(f" {sentence}" for sentence in bad), "D335")


def _settled_level() -> Level:
    """The level of the settings, which most people have none of."""
    from sim.play.paths import settings_file

    if not settings_file().exists():
        return "standard"
    from sim.tui.settings import read_settings

    return read_settings(settings_file())[0].level


def bare_terminal() -> bool:
    """Whether the terminal says that it has no colours (TERM=vt100) or no Unicode (LANG=C); if it says nothing, no."""
    told = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := os.environ.get(name))), "")
    return os.environ.get("TERM", "").startswith("vt") or (bool(told) and "utf" not in told.lower())


def _on_screen(scenario: str | None, seat: str | None, seed: int | None, level: Level | None, until: str | None,
               save: Path | None, folders: tuple[Path, ...], map_: Map | None, theme: str | None) -> int:
    if scenario is not None:
        from sim.play.library import find

        find(scenario, folders)
    from sim.tui.start import Start

    return show(Start(scenario=scenario, seat=seat, seed=seed, level=level, until=until, load=save,
                      paths=tuple(map(str, folders)), map=map_, theme=theme))


def show(start: Start) -> int:
    """Run the app on this terminal; the exit code. Raises what went wrong inside."""
    from sim.cli.collector import few_collections
    from sim.play.paths import keymap_file, settings_file, themes_folder
    from sim.tui.app import DetenteApp

    if bare_terminal():
        start = replace(start, map=start.map or "ascii", theme=start.theme or "detente-mono")
    app = DetenteApp(replace(start, settings=settings_file(), keymap=keymap_file(), themes=themes_folder()))
    with few_collections():
        saved = app.run()
    if app.fault is not None:
        raise app.fault
    if saved:
        click.echo(f"The match is saved in {saved}.")
    return app.return_code or 0


def _in_lines(scenario: str | None, seat: str | None, seed: int | None, level: Level | None, until: str | None,
              save: Path | None, folders: tuple[Path, ...]) -> int:
    level = _settled_level() if level is None else level
    from sim.cli.scenarios import dossiers
    from sim.plain import Paper, Reader, play
    from sim.policies import NAMES, notice, policy
    from sim.words.desk import Desk

    paper = Paper(sys.stdout)
    reader = Reader(sys.stdin, paper)
    with (_loaded(save, scenario, seat, paper) if save else
          _begun(scenario or "", seat, seed, level, until, folders, paper, reader)) as match:
        notices = [f"The others play at level {match.level}. Seed {match.seed}: the same seed and the same orders give "
                   "the same match."]
        if told := notice(match.level):
            notices.append(told)
        desk = Desk(match, _person(match, seat), {name: policy(name) for name in NAMES}, lambda: dossiers(match.loaded))
        return play(desk, paper, reader, tuple(notices))


def _begun(scenario: str, seat: str | None, seed: int | None, level: Level, until: str | None,
           folders: tuple[Path, ...], paper: Paper, reader: Reader) -> Match:
    from sim.cli.scenarios import loaded, lowered
    from sim.plain import choose_leg, choose_seat
    from sim.play import PERSON, Match, game_of
    from sim.words.library import card

    found = loaded(scenario, folders)
    shown = card(found.usable()[0])
    with lowered(scenario):
        # before any question is asked
        game_of(found, until)
    seats = [name for name, _ in shown.seats]
    if seat is not None and seat not in seats:
        raise UsageError(f"There is no seat `{seat}` in {shown.id}; {suggest(seat, seats)}it has {', '.join(seats)}.",
                         "D316")
    paper.page([f"{shown.title}.", *([shown.blurb] if shown.blurb else []), ""])
    until = choose_leg(shown, paper, reader) if until is None else until
    seat = choose_seat(shown, paper, reader) if seat is None else seat
    return Match.new(found, seed=fresh_seed() if seed is None else seed, until=until or None, players={seat: PERSON},
                     level=level)


def _loaded(save: Path, scenario: str | None, seat: str | None, paper: Paper) -> Match:
    from sim.play import Match

    match = Match.load(save)
    if scenario is not None and Path(scenario).name.removesuffix(".yaml") not in (match.game.id, "scenario"):
        match.close()
        raise UsageError(f"{save} is a match of {match.game.id}, not of {scenario}; leave the scenario out.", "D333")
    try:
        _person(match, seat)
    except UsageError:
        match.close()
        raise
    paper.page([f"{match.scenario.title}.", ""])
    return match


def _person(match: Match, seat: str | None) -> str:
    """The seat that a person plays; the one asked for, if it is."""
    from sim.play import PERSON

    people = [name for name, player in match.players.items() if player == PERSON]
    if seat is None and people:
        return people[0]
    if seat in people:
        return seat
    whose = f"a person plays {', '.join(people)}" if people else "policies play every seat; `detente replay` reads it"
    raise UsageError(f"In this match {whose}." if seat is None else
                     f"Nobody plays `{seat}` by hand in this match: {whose}.", "D334")
