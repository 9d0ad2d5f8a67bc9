"""cli: many games on the command line, for `run --matches` and `odds`: who plays, the playing, and the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from sim.cli.answers import columns, counted
from sim.errors import UsageError, suggest

if TYPE_CHECKING:
    from sim.batch.odds import Odds, Pace
    from sim.batch.series import Record, Series
    from sim.batch.shares import Share, Spread
    from sim.rules.tables import Game
    from sim.scenario.models import Scenario

PERSONA = "persona"
SHORT = 1.5
"""Seconds of play for which no process is started."""


def players(game: Game, named: Sequence[tuple[str, str]]) -> dict[str, str]:
    """A policy's name for every seat. Raises `UsageError` for a seat or a policy that is not there."""
    from sim.policies import policy

    found = dict.fromkeys(game.seats, PERSONA)
    for seat, name in named:
        if seat not in found:
            raise UsageError(f"There is no seat `{seat}` in {game.id}; {suggest(seat, found)}it has "
                             f"{', '.join(found)}.", "D316")
        policy(name)
        found[seat] = name
    return found


def measured(series: Series) -> Pace:
    """How long games of this kind take here."""
    from sim.batch.odds import pace
    from sim.batch.series import Readable

    return pace(Readable(), series)


def play(series: Sequence[Series], games: int, pace: Pace) -> tuple[list[Record], bool]:
    """Play all series, in processes if it takes long; what was done, and whether somebody interrupted it.

    An interruption before anything was done is raised. It is for the caller to see to it that there is only one
    (`sim.cli.interrupts`).
    """
    from sim.batch.executors import Executor, Here, Processes
    from sim.batch.odds import played
    from sim.batch.series import Record
    from sim.cli.progress import counting

    executor: Executor = Processes() if len(series) * games * pace.game > SHORT else Here()
    records = [Record(it) for it in series]
    try:
        with (counting(len(series) * games, "games") as told,
              closing(played(series, games, executor, pace.chunk, records)) as under_way):
            for done in under_way:
                told(done)
    except KeyboardInterrupt:
        if not records[0].games:
            raise
        return records, True
    return records, False


# -- tables


def ending_table(scenario: Scenario, odds: Odds) -> str:
    """Endings with games, shares and intervals."""
    if odds.exact:
        rows = [("Ending", "Share"), *((scenario.endings[name].title, exactly(it)) for name, it in odds.endings.items())]
        return "\n".join(columns(rows))
    rows_ = [("Ending", "Games", "Share", "95 % interval")]
    rows_ += [(scenario.endings[name].title, f"{it.count:,}", f"{it.share:.1%}", interval(it))
              for name, it in odds.endings.items()]
    return "\n".join(columns(rows_))


def score_table(scenario: Scenario, odds: Odds, par: Mapping[str, str]) -> str:
    """What each seat scores, beside par where it is known."""
    rows = [("Seat", "Mean score", "Median", "Middle half", *(("Par",) if par else ()))]
    rows += [(scenario.actors[seat].name, f"{it.mean:.1f}", f"{it.median:.0f}", f"{it.low:.0f} to {it.high:.0f}",
              *((par.get(seat, "–"),) if par else ())) for seat, it in odds.scores.items()]
    return "\n".join(columns(rows))


def interval(it: Share) -> str:
    """`1.2% to 3.4%`."""
    return f"{it.low:.1%} to {it.high:.1%}"


def exactly(it: Share) -> str:
    """`12.345%`; what can happen is never shown as nothing, nor as everything while something else can."""
    if 0 < it.share < 0.000_005:
        return "below 0.001%"
    if 0.999_995 < it.share < 1 - 1e-12:
        return "above 99.999%"
    return f"{it.share:.3%}"


def table_json(odds: Odds) -> dict[str, Any]:
    """`games`, `endings`, `scores`, `seed`: what `run --matches` and `odds` share."""
    return {"games": odds.games, "endings": {name: share_json(it) for name, it in odds.endings.items()},
            "scores": {seat: _spread(it) for seat, it in odds.scores.items()}, "seed": odds.seed}


def share_json(it: Share) -> dict[str, Any]:
    """`count`, `share`, `low`, `high`."""
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in asdict(it).items()}


def _spread(it: Spread) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(it).items()}


def stopped(odds: Odds, asked: int) -> None:
    """Say on stderr that not everything was played."""
    click.echo(f"Interrupted after {counted(odds.games, 'game')} of {asked:,}; the figures are of those.", err=True)


def who(scenario: Scenario, named: Mapping[str, str]) -> str:
    """`persona in every seat`, or `one-ply for Armenia, persona for the others`."""
    names = dict.fromkeys(named.values())
    if len(names) == 1:
        return f"{next(iter(names))} in every seat"
    most = max(names, key=list(named.values()).count)
    others = [f"{name} for {scenario.actors[seat].name}" for seat, name in named.items() if name != most]
    return f"{', '.join(others)}, {most} for the others"
