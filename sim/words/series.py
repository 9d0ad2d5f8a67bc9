"""words: tracks over the rounds with what moved them, from the viewer's log alone.

A point is the opening of a round, on which orders were filed; the last one stands after the close if the match ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sim.rules import Event, Game
from sim.rules.views import sees
from sim.words.catalog import Catalog
from sim.words.chronicle import Chapter, Chronicle
from sim.words.dispatches import Wire
from sim.words.models import Moved, Point, Series, SeriesModel
from sim.words.readouts import Contacts
from sim.words.silent import by_itself

Moves = dict[int, tuple[Moved, ...]]
"""Per variable what moved it, in the order in which it happened."""


class Causes:
    """What moved each variable, round by round; what is read of a closed round is kept."""

    def __init__(self, catalog: Catalog, wire: Wire) -> None:
        self._catalog = catalog
        self._wire = wire
        self._kept: dict[tuple[int, bool], tuple[Chapter, Moves]] = {}

    def opening(self, chapter: Chapter, contacts: Contacts) -> Moves:
        """What the opening of a round moved."""
        return self._of(chapter, contacts, opening=True)

    def resolution(self, chapter: Chapter, contacts: Contacts) -> Moves:
        """What the orders and the close of a round moved."""
        return self._of(chapter, contacts, opening=False)

    def _of(self, chapter: Chapter, contacts: Contacts, *, opening: bool) -> Moves:
        kept = self._kept.get((chapter.round, opening))
        if kept is not None and kept[0] is chapter:
            return kept[1]
        events = chapter.opened if opening else chapter.resolved
        moves = self._read(events, chapter.before if opening else chapter.opening, contacts)
        self._kept[chapter.round, opening] = (chapter, moves)
        return moves

    def _read(self, events: Sequence[Event], before: Sequence[int], contacts: Contacts) -> Moves:
        values = list(before)
        found: dict[int, dict[str, int]] = {}
        for event in events:
            if not event.changes:
                continue
            line = self._wire.dispatch(event, values, contacts, "close")
            text = line.text if line else by_itself(self._catalog, self._wire, event)
            for var, first, after in event.changes:
                texts = found.setdefault(var, {})
                texts[text] = texts.get(text, 0) + after - first
                values[var] = after
        return {var: tuple(Moved(change, text) for text, change in texts.items() if change)
                for var, texts in found.items()}


class Course:
    """The points of a chronicle with the values at each, and what brought them there."""

    def __init__(self, game: Game, catalog: Catalog, chronicle: Chronicle, causes: Causes, contacts: Contacts) -> None:
        self.game = game
        self.catalog = catalog
        self.viewer = chronicle.viewer
        chapters = chronicle.chapters
        self.values = [chapter.opening for chapter in chapters]
        self.moves: list[tuple[dict[int, tuple[Moved, ...]], ...]] = [
            (causes.opening(chapter, contacts),) for chapter in chapters[:1]]
        self.moves += [(causes.resolution(chapter, contacts), causes.opening(following, contacts))
                       for chapter, following in pairwise(chapters)]
        labels = [(str(chapter.round), chapter.round) for chapter in chapters]
        if chapters and chapters[-1].closed:
            self.values.append(chapters[-1].after)
            self.moves.append((causes.resolution(chapters[-1], contacts),))
            labels.append(("end", chapters[-1].round))
        self.points = tuple(
            Point(label, number, catalog.date_of(number + (label == "end")), phase_at(catalog, values))
            for (label, number), values in zip(labels, self.values, strict=True))

    def series(self, name: str) -> Series:
        """A track that the viewer sees, over the points."""
        var, track = self.game.index[name], self.catalog.tracks[name]
        values = tuple(each[var] for each in self.values)
        moved = tuple(tuple(m for moves in each for m in moves.get(var, ())) for each in self.moves)
        return Series(name, self.catalog.names(self.viewer).title(name), track.text, track.min, track.max, track.better,
                      values, tuple(self.catalog.word(name, value) for value in values), moved,
                      name.partition(".")[0] == self.viewer)


def series(course: Course) -> SeriesModel:
    """The listed tracks that the viewer sees, its seat's own first, then the others, in the author's order."""
    game = course.game
    lines = [course.series(name) for name, track in course.catalog.tracks.items()
             if track.shown and sees(game, course.viewer, game.index[name])]
    return SeriesModel(course.points, tuple(sorted(lines, key=lambda line: not line.own)))


def phase_at(catalog: Catalog, values: Sequence[int]) -> str:
    """The title of the phase that holds, or empty."""
    phases = catalog.scenario.phases
    return tuple(phases.states.values())[values[catalog.index["phase"]]].title if phases else ""
