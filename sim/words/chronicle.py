"""words: a viewer's log read round by round, with the values the viewer saw at each point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        """A round by number, from 1."""
        return self.chapters[number - 1] if 0 < number <= len(self.chapters) else None

    def trend(self, var: int) -> tuple[int, ...]:
        """A variable at the opening of each round, then after the last close if no round is open."""
        values = [c.opening[var] for c in self.chapters]
        if self.chapters and self.chapters[-1].closed:
            values.append(self.chapters[-1].after[var])
        return tuple(values)


def read(game: Game, catalog: Catalog, viewer: str, log: Iterable[Event]) -> Chronicle:
    """The chronicle of a log that was redacted for the viewer.

    Folding redacted events gives the masked values exactly, because redaction keeps every change the viewer sees.
    """
    values = list(masked(game, game.start, viewer))
    chapters: list[Chapter] = []
    for events in _rounds(log):
        before = tuple(values)
        split = next((n for n, e in enumerate(events) if _resolving(catalog, e)), len(events))
        _fold(values, events[:split])
        opening = tuple(values)
        _fold(values, events[split:])
        after = tuple(values) if split < len(events) else opening
        chapters.append(Chapter(events[0].round, before, tuple(events[:split]), opening, tuple(events[split:]), after))
    return Chronicle(viewer, tuple(chapters))


def _rounds(log: Iterable[Event]) -> Iterable[list[Event]]:
    current: list[Event] = []
    for event in log:
        if event.kind == "opened" and current:
            yield current
            current = []
        current.append(event)
    if current:
        yield current


def _resolving(catalog: Catalog, event: Event) -> bool:
    if event.kind == "rule":
        return event.id.partition("@")[0] not in catalog.opening
    return event.kind in ("move", "unseen", "overtaken", "closed", "ended")


def _fold(values: list[int], events: Sequence[Event]) -> None:
    for event in events:
        for var, _, after in event.changes:
            values[var] = after
