"""words: a viewer's log read round by round, with the values the viewer saw at each point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sim.rules import Event, Game, masked
from sim.words.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Chapter:
    """One round as one viewer saw it."""

    round: int
    before: tuple[int, ...]
    """The values before the round opened."""
    opened: tuple[Event, ...]
    """What its opening brought: lapses, injects, a facilitator's events."""
    opening: tuple[int, ...]
    """The values on which orders were filed."""
    resolved: tuple[Event, ...]
    """Orders and close; empty while the round is open."""
    after: tuple[int, ...]
    """The values after the close, or those of the opening."""

    @property
    def closed(self) -> bool:
        """Whether the round has been resolved."""
        return bool(self.resolved)

    def unresolved(self) -> Chapter:
        """The round as it stood while orders were filed."""
        return replace(self, resolved=(), after=self.opening)


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All rounds so far."""

    viewer: str
    chapters: tuple[Chapter, ...]

    @property
    def last(self) -> Chapter | None:
        """The current round, or the one just closed."""
        return self.chapters[-1] if self.chapters else None

    def chapter(self, number: int) -> Chapter | None:
        """A round by number; None if it was not reached, or passed over."""
        at = number - self.first
        return self.chapters[at] if 0 <= at < len(self.chapters) else None

    @property
    def first(self) -> int:
        """The round with which it begins: 1 unless the match began elsewhere."""
        return self.chapters[0].round if self.chapters else 1

    def trend(self, var: int) -> tuple[int, ...]:
        """A variable at the opening of each round, then after the last close if no round is open."""
        values = [c.opening[var] for c in self.chapters]
        if self.chapters and self.chapters[-1].closed:
            values.append(self.chapters[-1].after[var])
        return tuple(values)


class Scribe:
    """Reads a viewer's log as it grows.

    Folding redacted events gives the masked values exactly, because redaction keeps every change the viewer sees.
    """

    def __init__(self, game: Game, catalog: Catalog, viewer: str) -> None:
        self._catalog = catalog
        self._viewer = viewer
        self._values = list(masked(game, game.start, viewer))
        self._chapters: list[Chapter] = []

    def read(self, log: Iterable[Event]) -> int:
        """Take up the next events; returns the first round that they touched."""
        touched = 0
        for events in _rounds(log):
            if events[0].kind == "opened":
                start = tuple(self._values)
                self._chapters.append(Chapter(events[0].round, start, (), start, (), start))
            last = self._chapters[-1]
            touched = touched or last.round
            split = 0 if last.closed else next((n for n, e in enumerate(events) if self._resolving(e)), len(events))
            self._fold(events[:split])
            opening = last.opening if last.closed else tuple(self._values)
            self._fold(events[split:])
            self._chapters[-1] = Chapter(last.round, last.before, (*last.opened, *events[:split]), opening,
                                         (*last.resolved, *events[split:]), tuple(self._values))
        return touched

    def chronicle(self) -> Chronicle:
        """All that was read."""
        return Chronicle(self._viewer, tuple(self._chapters))

    def _resolving(self, event: Event) -> bool:
        if event.kind == "rule":
            return event.id.partition("@")[0] not in self._catalog.opening
        return event.kind in ("move", "unseen", "overtaken", "closed", "ended")

    def _fold(self, events: Iterable[Event]) -> None:
        for event in events:
            for var, _, after in event.changes:
                self._values[var] = after


def read(game: Game, catalog: Catalog, viewer: str, log: Iterable[Event]) -> Chronicle:
    """The chronicle of a whole log that was redacted for the viewer."""
    scribe = Scribe(game, catalog, viewer)
    scribe.read(log)
    return scribe.chronicle()


def _rounds(log: Iterable[Event]) -> Iterable[list[Event]]:
    current: list[Event] = []
    for event in log:
        if event.kind == "opened" and current:
            yield current
            current = []
        current.append(event)
    if current:
        yield current
