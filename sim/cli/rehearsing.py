"""cli: a rehearsal of a lesson on the terminal: stage by stage what the class will see, and in which minute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sim.cli.answers import counted

if TYPE_CHECKING:
    from sim.lesson.rehearsal import Rehearsal, RehearsedRound

SHOWN: Final = 3
"""Dispatches of a round that are printed; the others are counted."""
WIDE: Final = 110


def told(found: Rehearsal, title: str, sittings: tuple[int, ...] = ()) -> Iterator[str]:
    """The lines. `sittings`: minutes after which the class parts and comes back another time."""
    plan = found.plan
    yield f"{title}, rehearsed by policies: {found.minutes} minutes of play, {found.debrief} of debrief."
    yield ""
    yield f"{_clock(0)}  Lobby, then the briefing{f', {plan.briefing:g} minutes' if plan.briefing else ''}: everybody reads."
    first = found.tables[0]
    left = list(sittings)
    for played in first.rounds:
        if left and played.at >= left[0]:
            left.pop(0)
            yield "      The class parts here, and goes on another time with the same file."
        yield from _round(played)
    for table in found.tables:
        where = f"Table {table.table}: " if len(found.tables) > 1 else ""
        yield f"{_clock(found.minutes)}  {where}The end: {table.ending or 'the clock of the plan has run out'}."
    yield f"{_clock(found.minutes)}  Debrief, {found.debrief} minutes, on every screen."
    yield f"{_clock(found.minutes + found.debrief)}  The lesson is closed."
    yield ""
    yield "With people it goes otherwise: this is one course among many, and rounds are shorter where all file early."


def _round(played: RehearsedRound) -> Iterator[str]:
    yield f"{_clock(played.at)}  Round {played.round}, {played.date}: {counted(played.orders, 'order')} filed."
    for title in played.injects:
        yield f"      Inject: {title}"
    for line in played.news[:SHOWN]:
        yield f"      {_cut(line)}"
    more = len(played.news) - SHOWN
    if more > 0:
        yield f"      and {more} more {'dispatch' if more == 1 else 'dispatches'}"


def as_data(found: Rehearsal) -> dict[str, Any]:
    """The rehearsal for other programs."""
    return {"minutes": found.minutes, "debrief": found.debrief, "tables": [
        {"table": table.table, "ending": table.ending, "rounds": [
            {"round": it.round, "date": it.date, "at": it.at, "orders": it.orders, "injects": list(it.injects),
             "news": list(it.news)} for it in table.rounds]} for table in found.tables]}


def _cut(line: str) -> str:
    return line if len(line) <= WIDE else line[:WIDE].rsplit(" ", 1)[0] + " …"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
