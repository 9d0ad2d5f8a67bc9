"""cli: `detente odds`, how likely each ending is, what seats score, and what that hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import many
from sim.cli.answers import counted, places
from sim.cli.interrupts import one_interrupt
from sim.cli.options import Assignment, Seed, fresh_seed
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.batch.odds import Pace
    from sim.batch.sensitivity import Variation
    from sim.batch.series import Record
    from sim.rules.tables import Game
    from sim.scenario.load import Loaded

GAMES = 1_000
GAMES_VARIED = 200


@click.command("odds", short_help="How likely each ending is, and what that hangs on.")
@click.argument("scenario", shell_complete=places)
@click.option("--games", type=click.IntRange(1, 1_000_000), metavar="N",
              help=f"How many games to play.  [default: {GAMES:,}; {GAMES_VARIED} a start with --vary; none where the "
                   "odds can be reckoned exactly]")
@click.option("--seed", type=Seed(), metavar="N", help="The same seed and games give the same odds.  [default: any]")
@click.option("--until", metavar="LEG", help="Stop after this leg.  [default: the whole clock]")
@click.option("--until-day", "day", type=click.IntRange(1, 36_500), metavar="D",
              help="Stop with the last round that has closed by day D of the story.")
@click.option("--policy", "named", type=Assignment(), multiple=True, metavar="ACTOR=NAME",
              help="Who plays a seat: persona, one-ply or random; may be repeated.  [default: persona]")
@click.option("--vary", multiple=True, is_flag=False, flag_value="tracks", metavar="[TRACK=±20%]",
              help="Also start a track elsewhere, by a percentage of its start (at least 1) or by so many points, and "
                   "compare on shared luck; may be repeated. Alone: every track by 20 %.")
@click.option("--on", "on", type=click.Choice(["processes"]), default="processes", show_default=True,
              help="Where games are played.")
@click.option("--engine", type=click.Choice(["readable"]), default="readable", show_default=True,
              help="What plays them.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.pass_context
def command(ctx: click.Context, scenario: str, games: int | None, seed: int | None, until: str | None, day: int | None,
            named: tuple[tuple[str, str], ...], vary: tuple[str, ...], on: str, engine: str, folders: tuple[Path, ...],
            json_: bool) -> None:
    """How likely each ending is when automatic players play, what seats score, and what that hangs on.

    Shares have 95 % intervals (Wilson). A very small scenario is reckoned exactly instead, unless --games is given; the
    answer says which. The odds are those of these players in this scenario, not of the world.

    \b
    JSON:  games (0 if exact), asked, exact, seed, endings: {id: {count, share, low, high}},
           scores: {seat: {mean, low, median, high, par}} (quartiles; par: {median, low, high} or null),
           settlements: {class: {count, share, low, high}},
           base_rates: [{claim, settlement, says, dossier}],
           sensitivity: null or {games, shifts: [{track, start, to, games, kind, id, before, after,
           difference, low, high}]} (largest first; kind ending: shares, kind score: points)
    \b
    Example:  detente odds border-standoff-2021 --until election --games 500
              detente odds first-round --vary tension=±20% --vary standing=±10
              detente odds first-round --vary --json
    """
    if until is not None and day is not None:
        raise UsageError("--until and --until-day both end the clock; give one of them.", "D341")
    from sim.cli.odds_page import OddsPage
    from sim.cli.scenarios import loaded, lowered
    from sim.play import game_of

    found = loaded(scenario, folders)
    with lowered(scenario):
        game = game_of(found, until if day is None else _round_of(found, day))
    players = many.players(game, named)
    seed = fresh_seed() if seed is None else seed
    page = OddsPage(found, game, players)
    if games is None and not vary:
        from sim.batch.exact import exact

        reckoned = exact(game, players)
        if reckoned is not None:
            page.print(reckoned, 0, None, json_=json_, seed=seed)
            return
    variations = _variations(found, game, vary)
    games = games or (GAMES_VARIED if variations else GAMES)
    with one_interrupt():
        records, interrupted = _played(game, seed, games, players, variations)
        from sim.batch.odds import odds_of
        from sim.batch.sensitivity import shifts

        odds = odds_of(records[0])
        if interrupted:
            many.stopped(odds, games)
        shown = tuple(shift for variation, record in zip(variations, records[1:], strict=True)
                      for shift in shifts(variation, records[0], record))
        page.print(odds, games, shown if vary else None, json_=json_, seed=seed)
        if vary and not shown and not json_:
            click.echo("\nNo other start had been played yet." if variations else
                       "\nNothing to compare: no other start lies within its track's range.")
    ctx.exit(130 if interrupted else 0)


def _round_of(found: Loaded, day: int) -> int | None:
    """The last round that has closed by a day of the story; None for the whole clock."""
    from itertools import accumulate

    scenario, bound = found.usable()
    closes = list(accumulate(days for days, leg in zip(bound.words.days_per_round, scenario.clock.legs.values(),
                                                       strict=True) for _ in range(leg.rounds)))
    rounds = sum(close <= day for close in closes)
    if not rounds:
        raise UsageError(f"No round of {scenario.id} has closed by day {day}; the first closes on day {closes[0]}.", "D341")
    return None if rounds == len(closes) else rounds


def _variations(found: Loaded, game: Game, vary: Sequence[str]) -> tuple[Variation, ...]:
    if not vary:
        return ()
    from sim.batch.sensitivity import variations

    return variations(game, list(found.usable()[0].tracks), vary)


def _played(game: Game, seed: int, games: int, players: Mapping[str, str],
            variations: Sequence[Variation]) -> tuple[list[Record], bool]:
    from sim.batch.series import Series

    series = [Series(game, seed, players), *(Series(game, seed, players, {it.track: it.to}) for it in variations)]
    pace = many.measured(series[0])
    if variations:
        _foretell(pace, len(variations), games)
    return many.play(series, games, pace)


def _foretell(pace: Pace, variations: int, games: int) -> None:
    """What is going to be played, and how long that will take."""
    from sim.batch.executors import cores
    from sim.cli.progress import duration

    alone = pace.expected(1 + variations, games, 1)
    processes = 1 if alone <= many.SHORT else cores()
    time = pace.expected(1 + variations, games, processes)
    click.echo(f"{counted(games, 'game')} as written and {games:,} for each of {counted(variations, 'other start')}: "
               f"{duration(time)} on {processes} {'process' if processes == 1 else 'processes'}. "
               "Ctrl-C shows what is done by then.", err=True)
