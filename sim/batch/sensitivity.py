"""batch: what endings and scores hang on: tracks that start elsewhere, played on the same luck as the scenario as written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.batch.series import Record
from sim.batch.shares import Difference, mean_difference, paired
from sim.errors import UsageError, suggest
from sim.rules.tables import Game

ALL = "tracks"
"""Instead of a track's id: all of them."""
PERCENT = 20
"""How far a start is moved unless said, in percent of itself."""
_AMOUNT = re.compile(r"(?:±|\+-|\+/-|\+|-)?\s*([0-9]{1,6})\s*(%?)")


class Variation(NamedTuple):
    """A track that starts elsewhere."""

    track: str
    start: int
    """As the author has it."""
    to: int


@dataclass(frozen=True, slots=True)
class Shift:
    """How one outcome differs between the scenario as written and a variation of it, on the same games."""

    variation: Variation
    games: int
    kind: Literal["ending", "score"]
    id: str
    """An ending or a seat."""
    before: float
    """As written: a share of 0..1, or a mean score of 0..100."""
    after: float
    by: Difference
    """After minus before."""


def variations(game: Game, tracks: Sequence[str], asked: Iterable[str]) -> tuple[Variation, ...]:
    """What `TRACK`, `TRACK=20%`, `TRACK=±5` or `tracks` ask for, each track once: lower first, then higher.

    A percentage is of the start itself and at least 1; a start is never moved out of the track's range, and a variation
    that would leave it where it is is left out. Raises `UsageError` for a track that is not there or what is no amount.
    """
    amounts: dict[str, tuple[int, bool]] = {}
    for text in asked:
        name, sign, amount = (part.strip() for part in text.partition("="))
        found = _AMOUNT.fullmatch(amount) if sign else _AMOUNT.fullmatch(f"{PERCENT}%")
        if found is None or int(found[1]) == 0:
            raise UsageError(f"`{text}` is no variation; write TRACK, TRACK=20% or TRACK=±5.", "D342")
        if name != ALL and name not in tracks:
            raise UsageError(f"There is no track `{name}` in {game.id}; {suggest(name, tracks)}`{ALL}` stands for all.",
                             "D343")
        for track in tracks if name == ALL else (name,):
            amounts[track] = (int(found[1]), bool(found[2]))
    return tuple(found for track, amount in amounts.items() for found in _moved(game, track, *amount))


def _moved(game: Game, track: str, amount: int, percent: bool) -> Iterable[Variation]:
    var = game.index[track]
    start = game.start[var]
    step = max(1, (abs(start) * amount + 50) // 100) if percent else amount
    for to in (max(game.lo[var], start - step), min(game.hi[var], start + step)):
        if to != start:
            yield Variation(track, start, to)


def shifts(variation: Variation, written: Record, varied: Record) -> tuple[Shift, ...]:
    """Every ending and every seat's score, over the games that both have."""
    game = written.series.game
    shared = sorted(written.chunks.keys() & varied.chunks.keys())
    pairs = Counter(pair for first in shared for pair in zip(
        written.chunks[first].endings, varied.chunks[first].endings, strict=True))
    games = pairs.total()
    if not games:
        return ()
    out = []
    for n, ending in enumerate(game.endings):
        both = pairs[n, n]
        before = sum(count for (was, now), count in pairs.items() if was == n != now)
        after = sum(count for (was, now), count in pairs.items() if now == n != was)
        by = paired(both, before, after, games - both - before - after)
        out.append(Shift(variation, games, "ending", ending.id, (both + before) / games, (both + after) / games, by))
    for n, seat in enumerate(game.seats):
        one = [score for first in shared for score in written.chunks[first].of_seat(n)]
        two = [score for first in shared for score in varied.chunks[first].of_seat(n)]
        out.append(Shift(variation, games, "score", seat, sum(one) / games / 100, sum(two) / games / 100,
                         mean_difference(one, two)))
    return tuple(out)


def ranked(found: Iterable[Shift], kind: Literal["ending", "score"]) -> list[Shift]:
    """The largest first; the order of the file decides among equals."""
    return sorted((shift for shift in found if shift.kind == kind), key=lambda shift: -abs(shift.by.difference))
