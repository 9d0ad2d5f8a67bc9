"""cli: `detente run`, one whole match by policies, or the table of many."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.answers import as_json, columns, counted, places
from sim.cli.interrupts import one_interrupt
from sim.cli.many import players as players_of
from sim.cli.options import Assignment, Seed, fresh_seed
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.rules.tables import Game
    from sim.scenario.load import Loaded
    from sim.scenario.models import Scenario


@click.command("run", short_help="One whole match by policies, or the table of many.")
@click.argument("scenario", shell_complete=places)
@click.option("--seed", type=Seed(), metavar="N", help="The same seed gives the same match.  [default: any]")
@click.option("--policy", "named", type=Assignment(), multiple=True, metavar="ACTOR=NAME",
              help="Who plays a seat: persona, one-ply or random; may be repeated.  [default: persona]")
@click.option("--matches", type=click.IntRange(1, 1_000_000), metavar="N", help="Play many and print their table.")
@click.option("--until", metavar="LEG", help="Stop after this leg.  [default: the whole clock]")
@click.option("--save", "save", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Keep the match there, for `detente replay`.")
@click.option("--path", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Look for scenarios there too; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="Answer with JSON.")
@click.pass_context
def command(ctx: click.Context, scenario: str, seed: int | None, named: tuple[tuple[str, str], ...],
            matches: int | None, until: str | None, save: Path | None, folders: tuple[Path, ...], json_: bool) -> None:
    """One whole match by policies, without a player; with --matches the table of many.

    \b
    JSON:            ending (id), rounds, scores: {seat: 0..100}, seed
    with --matches:  games, endings: {id: {count, share, low, high}} (Wilson, 95 %),
                     scores: {seat: {mean, low, median, high}} (quartiles), seed
    \b
    Example:  detente run border-standoff-2021 --seed 7 --until election --json
    """
    if matches is not None and save is not None:
        raise UsageError("--save keeps one match; leave out --matches.", "D331")
    from sim.cli.scenarios import loaded, lowered
    from sim.play import game_of

    found = loaded(scenario, folders)
    with lowered(scenario):
        game = game_of(found, until)
    players = players_of(game, named)
    seed = fresh_seed() if seed is None else seed
    if matches is None:
        _one(found, game, seed, until, players, save, json_=json_)
    else:
        with one_interrupt():
            code = _many(found.usable()[0], game, seed, matches, players, json_=json_)
        ctx.exit(code)


def _one(found: Loaded, game: Game, seed: int, until: str | None, players: Mapping[str, str], save: Path | None, *,
         json_: bool) -> None:
    if save is None:
        from sim.policies import playout, policy

        result = playout(game, seed, {seat: policy(name, explaining=False) for seat, name in players.items()})
        ending, rounds, scores = result.ending, result.rounds, result.scores
    else:
        ending, rounds, scores = _kept(found, seed, until, players, save)
    figures = {seat: raw / 100 for seat, raw in zip(game.seats, scores, strict=True)}
    if json_:
        click.echo(as_json({"ending": ending, "rounds": rounds, "scores": figures, "seed": seed}))
        return
    scenario = found.usable()[0]
    click.echo(f"{scenario.title}: {scenario.endings[ending].title} after {counted(rounds, 'round')} (seed {seed}).")
    click.echo("\n".join(columns([(scenario.actors[s].name, f"{figure:.0f} of 100") for s, figure in figures.items()])))
    if save is not None:
        click.echo(f"The match is in {save}; `detente replay {save}` reads it.")


def _kept(found: Loaded, seed: int, until: str | None, players: Mapping[str, str],
          save: Path) -> tuple[str, int, tuple[int, ...]]:
    """The same match, round by round into a file."""
    from sim.play import Match
    from sim.policies import policy
    from sim.rules import score

    with Match.new(found, seed=seed, until=until, players=players) as match:
        match.save(save)
        policies = {name: policy(name) for name in set(players.values())}
        while not match.ended:
            match.resolve(match.choose(policies))
        scores = tuple(score(match.game, match.state.values, n) for n in range(len(match.game.seats)))
        return match.state.ending, match.round, scores


def _many(scenario: Scenario, game: Game, seed: int, matches: int, players: Mapping[str, str], *, json_: bool) -> int:
    from sim.batch.odds import odds_of
    from sim.batch.series import Series
    from sim.cli.many import ending_table, measured, play, score_table, stopped, table_json

    series = Series(game, seed, players)
    (record,), interrupted = play([series], matches, measured(series))
    found = odds_of(record)
    if interrupted:
        stopped(found, matches)
    if json_:
        click.echo(as_json(table_json(found)))
    else:
        click.echo(f"{scenario.title}: {found.games:,} {'match' if found.games == 1 else 'matches'}, seed {seed}.")
        click.echo(f"{ending_table(scenario, found)}\n\n{score_table(scenario, found, {})}")
    return 130 if interrupted else 0
