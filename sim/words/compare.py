"""words: two lines of a match side by side, from the reader's own log of each, round by round from where they part.

Nothing but that log and the reader's own orders is compared, so that what others did in secret shows in neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from sim.rules import CONTROL, PUBLIC
from sim.words.branches import Telling, filed
from sim.words.catalog import Catalog, sentence
from sim.words.chronicle import Chapter
from sim.words.dispatches import Wire
from sim.words.ending import seat_score
from sim.words.estimative import listed, plain
from sim.words.likely import judged
from sim.words.models import (
    ComparedRound,
    ComparedTrack,
    Comparison,
    Dispatch,
    Filed,
    LineCard,
    SeatScore,
    Side,
)
from sim.words.timeline import phase_of

if TYPE_CHECKING:
    from sim.play.match import Match

_NAMED = 3
"""Orders that the sentence names on either line; further ones are counted."""

Lines = tuple[LineCard, LineCard]
Tellings = tuple[Telling, Telling]


def compare(match: Match, catalog: Catalog, viewer: str, lines: Lines, tellings: Tellings, wire: Wire) -> Comparison:
    """Two lines as one viewer heard them."""
    fork = _fork(tellings)
    last = max(telling.chronicle.chapters[-1].round for telling in tellings)
    rounds = tuple(_round(catalog, viewer, tellings, wire, number) for number in range(fork, last + 1)) if fork else ()
    return Comparison(lines[0], lines[1], fork, _first(catalog, viewer, lines, tellings, rounds), rounds,
                      _scores(match, catalog, viewer, lines))


def _fork(tellings: Tellings) -> int:
    """The first round that differs for the reader, or from which only one has gone on; 0 if neither is so."""
    one, other = tellings
    for number, pair in enumerate(zip_longest(one.chronicle.chapters, other.chronicle.chapters), one.chronicle.first):
        left, right = pair
        if left != right or _own(one, number) != _own(other, number):
            return number
    return 0


def _own(telling: Telling, number: int) -> dict[str, list[str]]:
    return {seat: sorted(orders.moves) for seat, orders in telling.orders.get(number, {}).items()}


# -- a round


def _round(catalog: Catalog, viewer: str, tellings: Tellings, wire: Wire, number: int) -> ComparedRound:
    left, right = (telling.chronicle.chapter(number) for telling in tellings)
    news = [_news(wire, chapter, telling) for chapter, telling in zip((left, right), tellings, strict=True)]
    sides = [_side(catalog, chapter, telling, _beyond(news[n], news[1 - n]))
             for n, (chapter, telling) in enumerate(zip((left, right), tellings, strict=True))]
    tracks = _tracks(catalog, viewer, left, right) if left and right and left.closed and right.closed else ()
    return ComparedRound(number, catalog.date_of(number), sides[0], sides[1], tracks)


def _news(wire: Wire, chapter: Chapter | None, telling: Telling) -> tuple[Dispatch, ...]:
    if chapter is None:
        return ()
    return (*wire.opening(chapter, telling.contacts), *wire.resolution(chapter, telling.contacts))


def _beyond(one: Sequence[Dispatch], other: Sequence[Dispatch]) -> tuple[Dispatch, ...]:
    """What one has and the other has not; the same news counts as such though the figures beside it differ."""
    left = Counter(map(_said, other))
    out = []
    for dispatch in one:
        if left[_said(dispatch)]:
            left[_said(dispatch)] -= 1
        else:
            out.append(dispatch)
    return tuple(out)


def _said(dispatch: Dispatch) -> tuple[str, str, str]:
    return dispatch.kind, dispatch.speaker, dispatch.text


def _side(catalog: Catalog, chapter: Chapter | None, telling: Telling, news: tuple[Dispatch, ...]) -> Side | None:
    if chapter is None:
        return None
    ended = next((event.id for event in chapter.resolved if event.kind == "ended"), "")
    return Side(phase_of(catalog, chapter.after), filed(catalog, telling.orders.get(chapter.round, {})), news,
                catalog.scenario.endings[ended].title if ended else "", not chapter.closed)


def _tracks(catalog: Catalog, viewer: str, left: Chapter, right: Chapter) -> tuple[ComparedTrack, ...]:
    names = catalog.names(viewer)
    out = []
    for name, track in catalog.tracks.items():
        var = catalog.index[name]
        one, other = left.after[var], right.after[var]
        if track.shown and names.sees_name(name) and one != other:
            out.append(ComparedTrack(name, names.title(name), _value(catalog, name, one), _value(catalog, name, other),
                                     other - one, judged(track.better, other - one)))
    return tuple(out)


def _value(catalog: Catalog, name: str, value: int) -> str:
    word = catalog.word(name, value)
    return f"{plain(value)} {word}" if word else plain(value)


# -- the first difference, in a sentence


def _first(catalog: Catalog, viewer: str, lines: Lines, tellings: Tellings, rounds: Sequence[ComparedRound]) -> str:
    left, right = lines
    if not rounds:
        return sentence(f"{left.name} and {right.name} do not differ in anything {_who(catalog, viewer)} did or heard")
    first = rounds[0]
    for one, other, it in ((first.left, first.right, right), (first.right, first.left, left)):
        if one is not None and not one.open and (other is None or other.open):
            than = left if it is right else right
            return sentence(f"{it.name} has not gone on from round {first.round}; until there it is the same as {than.name}")
    assert first.left is not None
    assert first.right is not None
    head = f"The lines part in round {first.round}"
    own = [(a, b) for a, b in zip(first.left.filed, first.right.filed, strict=True) if sorted(a.titles) != sorted(b.titles)]
    if own:
        mine, theirs = own[0]
        return (f"{head}: on {left.name} {mine.name} filed {_only(mine, theirs)}, "
                f"on {right.name} {_only(theirs, mine)}.")
    same = f", though {first.left.filed[0].name} filed the same on both" if len(first.left.filed) == 1 else ""
    heard = [f"on {line.name} the wire {'says' if side.dispatches else 'does not say so'}"
             + (f" “{side.dispatches[0].text}”" if side.dispatches else "")
             for line, side in ((left, first.left), (right, first.right))]
    if not first.left.dispatches and not first.right.dispatches:
        return f"{head}{same}: nothing was heard of why."
    if not first.left.dispatches:
        heard.reverse()
    return f"{head}{same}: {', '.join(heard)}."


def _only(one: Filed, other: Filed) -> str:
    """What the first filed and the second did not."""
    extra = list((Counter(one.titles) - Counter(other.titles)).elements())
    if extra:
        more = [f"{len(extra) - _NAMED} more"] if len(extra) > _NAMED else []
        return listed([*(f"“{title}”" for title in extra[:_NAMED]), *more])
    return "nothing more" if one.titles else "nothing"


def _who(catalog: Catalog, viewer: str) -> str:
    return "anybody" if viewer == CONTROL else "the public" if viewer == PUBLIC else catalog.viewer(viewer)


# -- scores


def _scores(match: Match, catalog: Catalog, viewer: str, lines: Lines) -> tuple[tuple[SeatScore, SeatScore], ...]:
    """Seat by seat once both have ended: then the scores of all are told, as on the last page."""
    if not all(line.ending for line in lines):
        return ()
    true = [match.view(CONTROL, line.head) for line in lines]
    seats = sorted(match.game.seats, key=lambda seat: seat != viewer)
    return tuple((seat_score(match.game, catalog, seat, true[0]), seat_score(match.game, catalog, seat, true[1]))
                 for seat in seats)


__all__ = ["compare"]
