"""report: many matches as a table, a line for every seat that people played: how far it came and what it reached."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sim.play.match import Match
from sim.play.protocols import PERSON
from sim.words.desk import Desk

COLUMNS: Final = ("file", "table", "scenario", "seat", "level", "rounds", "of", "lines", "ending", "score", "par", "above_par")
"""What a line tells. `rounds` are closed ones of the line on which the match stands, `of` those of its clock; `lines`
counts the ways it was played, more than one where rounds were taken back; the last four are empty while it goes on."""


def results(match: Match, file: str, table: int | str = "", seats: Collection[str] = ()) -> Iterator[tuple[object, ...]]:
    """A line for each of some seats; unless said, for each that a person plays, or for all where nobody does."""
    page = Desk(match, "control", {}).ending()
    scores = {it.seat: it for it in page.scores} if page is not None else {}
    people = [seat for seat, player in match.players.items() if player == PERSON]
    played = [seat for seat in match.game.seats if seat in (seats or people)] or list(match.game.seats)
    for seat in played:
        score = scores.get(seat)
        par = score.par if score is not None and score.par is not None else ""
        raw = score.raw if score is not None else ""
        yield (file, table, match.game.id, seat, match.level, len(match.rounds), match.game.rounds, len(match.branches()),
               match.state.ending, raw, par, raw - par if isinstance(raw, int) and isinstance(par, int) else "")


def as_csv(found: Iterable[tuple[object, ...]]) -> str:
    """Lines as CSV, the names of the columns first."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(COLUMNS)
    for line in found:
        write([plain_cell(cell) if isinstance(cell, str) else cell for cell in line])
    return out.getvalue()


def plain_cell(text: str) -> str:
    """A text that no table program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
