"""words: the line on which a match stands, stop by stop, from its reader's log alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.rules import CONTROL
from sim.rules.scoring import score
from sim.words.branches import Telling, cards, filed, line_name, parted
from sim.words.catalog import Catalog
from sim.words.chronicle import Chapter
from sim.words.estimative import signed
from sim.words.models import LineCard, Stop, Timeline

if TYPE_CHECKING:
    from sim.play.match import Match


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the stops of one timeline are made from."""

    match: Match
    catalog: Catalog
    viewer: str
    telling: Telling
    forks: Mapping[int, tuple[int, ...]]
    track: str
    """The first track, for who has no score."""


def timeline(match: Match, catalog: Catalog, viewer: str, telling: Telling) -> Timeline:
    """The present line; `telling` is its own."""
    known: tuple[LineCard, ...] = cards(match, catalog, viewer)
    names = catalog.names(viewer)
    track = next((name for name, it in catalog.tracks.items() if it.shown and names.sees_name(name)), "")
    pages = _Pages(match, catalog, viewer, telling, parted(match), track)
    stops: list[Stop] = []
    for chapter in telling.chronicle.chapters:
        stops.append(_round(pages, chapter, stops[-1].phase if stops else None))
    last = telling.chronicle.last
    if last is not None and last.closed:
        stops.append(_end(pages, last, stops[-1].phase))
    seated = viewer in match.game.seats
    low, high = (0, 100) if seated or not track else (catalog.tracks[track].min, catalog.tracks[track].max)
    return Timeline(next(card for card in known if card.here), len(known), tuple(stops), match.game.rounds,
                    "your score" if seated else names.title(track) if track else "", low, high)


def _round(pages: _Pages, chapter: Chapter, phase: str | None) -> Stop:
    match, catalog, viewer = pages.match, pages.catalog, pages.viewer
    orders = pages.telling.orders.get(chapter.round, {})
    entry = pages.telling.opened[chapter.round]
    own = orders[viewer].moves if viewer in orders else ()
    moves = [catalog.moves[key] for key in own]
    sealed = match.filed(viewer, entry) if viewer in match.game.seats else None
    now = phase_of(catalog, chapter.opening)
    result = _score(pages, chapter.opening)
    return Stop(
        round=chapter.round, date=catalog.date_of(chapter.round), phase=now, turned=phase is not None and now != phase,
        score=result,
        measure=_measure(pages, chapter.opening, result), changes=_changes(pages, chapter.before, chapter.opening)
        if chapter.round == pages.telling.chronicle.first else _changes(pages, _opening(pages, chapter.round - 1), chapter.opening),
        filed=filed(catalog, orders), spent=sum(move.cost for move in moves),
        orders=sum(not move.question for move in moves), state="closed" if chapter.closed else "open", entry=entry,
        forks=tuple(map(line_name, pages.forks.get(chapter.round, ()))), waiting=len(sealed.moves) if sealed else 0)


def _end(pages: _Pages, chapter: Chapter, phase: str) -> Stop:
    match, catalog = pages.match, pages.catalog
    now = phase_of(catalog, chapter.after)
    # once a match has ended its true scores are told
    result = _score(pages, match.view(CONTROL).values)
    return Stop(
        round=chapter.round, date=catalog.date_of(chapter.round + 1), phase=now, turned=now != phase,
        score=result, measure=_measure(pages, chapter.after, result),
        changes=_changes(pages, chapter.opening, chapter.after), filed=(), spent=0, orders=0, state="end",
        entry=pages.telling.opened[chapter.round], forks=())


def phase_of(catalog: Catalog, values: Sequence[int]) -> str:
    """The title of the phase among some values; empty where a scenario has none."""
    return catalog.value("phase", values[catalog.index["phase"]]) if catalog.scenario.phases is not None else ""


def _opening(pages: _Pages, number: int) -> tuple[int, ...]:
    chapter = pages.telling.chronicle.chapter(number)
    assert chapter is not None
    return chapter.opening


def _score(pages: _Pages, values: Sequence[int]) -> int | None:
    game = pages.match.game
    if pages.viewer not in game.seats:
        return None
    return (score(game, values, game.number(pages.viewer)) + 50) // 100


def _measure(pages: _Pages, values: Sequence[int], result: int | None) -> int:
    if result is not None:
        return result
    return values[pages.catalog.index[pages.track]] if pages.track else 0


def _changes(pages: _Pages, before: Sequence[int], after: Sequence[int]) -> tuple[str, ...]:
    catalog, names = pages.catalog, pages.catalog.names(pages.viewer)
    out = []
    for name, track in catalog.tracks.items():
        var = catalog.index[name]
        if track.shown and names.sees_name(name) and before[var] != after[var]:
            out.append(f"{names.title(name)} {signed(after[var] - before[var])}")
    return tuple(out)


__all__ = ["phase_of", "timeline"]
