"""cli: what `detente odds` answers, as text and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from sim.batch.odds import Odds, settlements
from sim.batch.sensitivity import Shift, Variation, ranked
from sim.batch.shares import Share
from sim.cli import many
from sim.cli.answers import as_json, columns, counted
from sim.rules.tables import Game
from sim.scenario.load import Loaded
from sim.words.catalog import Catalog
from sim.words.ending import par_of
from sim.words.estimative import MINUS, plain
from sim.words.sources import cited_in

ROWS = 12
"""So many of the largest shifts are printed; JSON has all."""
CLASSES = {"none": "no settlement", "commission": "a commission", "mission": "observers or another mission",
           "imposed": "an imposed text", "war": "war"}
"""Classes of outcome (`settlement:` of an ending) in words."""
BASE_RATE = "B-"
"""What the ids of base rates begin with."""


class OddsPage:
    """The answer, as text and as JSON."""

    def __init__(self, found: Loaded, game: Game, players: Mapping[str, str]) -> None:
        self.found = found
        self.game = game
        self.players = players
        self.scenario, bound = found.usable()
        self.catalog = Catalog(bound)
        self.classes: dict[str, str] = {name: ending.settlement for name, ending in self.scenario.endings.items()}

    def print(self, odds: Odds, asked: int, shifts: Sequence[Shift] | None, *, json_: bool, seed: int) -> None:
        """Write it to stdout."""
        if json_:
            click.echo(as_json(self._json(odds, asked, shifts, seed)))
            return
        how = (f"exact odds over {counted(odds.states, 'state')}" if odds.exact
               else f"{counted(odds.games, 'game')}, seed {odds.seed}")
        rounds = self.game.rounds
        click.echo(f"{self.scenario.title}: {how}, {many.who(self.scenario, self.players)}, "
                   f"to the end of round {rounds} ({self.catalog.date_of(rounds + 1)}).\n")
        click.echo(f"{many.ending_table(self.scenario, odds)}\n\n{many.score_table(self.scenario, odds, self._par())}")
        compared = self._compared(odds)
        if compared:
            click.echo(f"\n{compared}")
        if shifts:
            click.echo(f"\n{self._shifts(shifts)}")

    def _par(self) -> dict[str, str]:
        found = {seat: par_of(self.game, self.catalog, seat) for seat in self.game.seats}
        return {seat: f"{it.median} ({it.low} to {it.high})" for seat, it in found.items() if it}

    # -- base rates

    def _rates(self) -> list[dict[str, str]]:
        """The base rates that endings cite, each with the class of outcome that it is about."""
        from sim.cli.scenarios import dossiers
        from sim.scenario.dossier import claims_of

        cited = {claim: ending.settlement for ending in self.scenario.endings.values()
                 for claim in cited_in(ending.source) if claim.startswith(BASE_RATE)}
        if not cited:
            return []
        # in the dossier's order, because a claim may build on the one before it
        return [{"claim": claim, "settlement": cited[claim], "says": it.says, "dossier": dossier.id}
                for claim, (it, dossier) in claims_of(dossiers(self.found)).items() if claim in cited]

    def _compared(self, odds: Odds) -> str:
        """Classes of outcome beside what comparable cases came to; empty where the scenario cites no base rate."""
        rates = self._rates()
        if not rates:
            return ""
        rows = [("Class of outcome", "Share", "95 % interval")]
        rows += [(CLASSES[name], f"{it.share:.1%}", _interval(it, odds)) for name, it in
                 settlements(odds, self.classes).items()]
        lines = ["\n".join(columns(rows)), "", "What comparable cases came to, by the claims that the endings cite:"]
        lines += [textwrap.fill(f"{it['says']} ({it['claim']})", 98, initial_indent="  ", subsequent_indent="    ",
                                break_on_hyphens=False) for it in rates]
        return "\n".join(lines)

    # -- sensitivity

    def _shifts(self, shifts: Sequence[Shift]) -> str:
        ends = [("Start", "Ending", "Share", "Shift in points (95 %)")]
        ends += [(self._start(it.variation), self.scenario.endings[it.id].title,
                  f"{it.before:.1%} → {it.after:.1%}", _by(it, 100)) for it in ranked(shifts, "ending")[:ROWS] if it.by.difference]
        seats = [("Start", "Seat", "Mean score", "Shift (95 %)")]
        seats += [(self._start(it.variation), self.scenario.actors[it.id].name, f"{it.before:.1f} → {it.after:.1f}",
                   _by(it, 1)) for it in ranked(shifts, "score")[:ROWS] if it.by.difference]
        games, compared = max(it.games for it in shifts), len(shifts)
        sure = sum(it.by.sure for it in shifts)
        note = (f"Largest first, on shared luck, {counted(games, 'game')} a start. Of {compared:,} comparisons "
                f"{sure:,} {'has an interval' if sure == 1 else 'have intervals'} without 0 (marked *); chance alone would "
                f"give about {max(1, round(compared / 20)):,}.")
        return "\n\n".join(("\n".join(columns(ends)), "\n".join(columns(seats)), textwrap.fill(note, 98)))

    def _start(self, it: Variation) -> str:
        return f"{self.catalog.names('control').title(it.track)} {plain(it.start)} → {plain(it.to)}"

    # -- JSON

    def _json(self, odds: Odds, asked: int, shifts: Sequence[Shift] | None, seed: int) -> dict[str, Any]:
        from sim.batch.odds import settlements
        table = many.table_json(odds)
        for seat in self.game.seats:
            par = par_of(self.game, self.catalog, seat)
            table["scores"][seat]["par"] = par.model_dump(mode="json") if par else None
        return {"games": odds.games, "asked": asked, "exact": odds.exact, "seed": seed, "endings": table["endings"],
                "scores": table["scores"],
                "settlements": {name: many.share_json(it) for name, it in settlements(odds, self.classes).items()},
                "base_rates": self._rates(),
                "sensitivity": None if shifts is None else {
                    "games": max((it.games for it in shifts), default=0), "shifts": list(_shifts_json(shifts))}}


def _interval(it: Share, odds: Odds) -> str:
    return "exact" if odds.exact else many.interval(it)


def _by(it: Shift, scale: int) -> str:
    low, high = (f"{scale * x:+.1f}".replace("-", MINUS) for x in (it.by.low, it.by.high))
    return f"{scale * it.by.difference:+.1f} ({low} to {high}){' *' if it.by.sure else ''}".replace("-", MINUS)


def _shifts_json(shifts: Sequence[Shift]) -> Iterable[dict[str, Any]]:
    for it in (*ranked(shifts, "ending"), *ranked(shifts, "score")):
        yield {"track": it.variation.track, "start": it.variation.start, "to": it.variation.to, "games": it.games,
               "kind": it.kind, "id": it.id, "before": round(it.before, 6), "after": round(it.after, 6),
               "difference": round(it.by.difference, 6), "low": round(it.by.low, 6), "high": round(it.by.high, 6)}
