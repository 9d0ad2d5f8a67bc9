"""authoring: everything that happened in a game, event by event with its dispatch, and where two games first part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sim.play.match import Match
from sim.rules import CONTROL, Event
from sim.words.catalog import Catalog
from sim.words.dispatches import Wire
from sim.words.readouts import Listener
from sim.words.silent import by_itself

_CLOCK = ("round", "day", "leg", "last_round")


@dataclass(frozen=True, slots=True)
class Happened:
    """One event with all that is told of it."""

    round: int
    kind: str
    """As of the event: `move`, `rule`, `ended` …"""
    id: str
    """A move key, a rule id without its leg, an ending."""
    text: str
    """The dispatch; of what has none, what it is."""
    changes: tuple[str, ...]
    """`Tension 45 → 49`, all variables but the clock's."""
    told: bool
    """Whether it is on the wire."""
    branch: int = -1
    """The author's branch, from 0; -1 where there is none."""
    event: Event | None = None

    def same(self, other: Happened) -> bool:
        """Whether nothing about it differs that anybody could read."""
        return ((self.round, self.kind, self.id, self.text, self.changes, self.branch)
                == (other.round, other.kind, other.id, other.text, other.changes, other.branch))

    def counterpart(self, other: Happened) -> bool:
        """Whether it is the same thing, however it turned out."""
        # an order that was overtaken by events is the order still
        return (self.round, self.id) == (other.round, other.id) and {self.kind, other.kind} != {"rule", "move"}


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two games part: a side is None where the other has something more."""

    before: Happened | None
    after: Happened | None

    @property
    def round(self) -> int:
        """In which round."""
        return min(it.round for it in (self.before, self.after) if it is not None)

    @property
    def later(self) -> Happened:
        """What stands for it: as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def happened(match: Match) -> tuple[Happened, ...]:
    """All that happened on the line of a match, in order, as its facilitator would read it."""
    catalog = Catalog(match.loaded.usable()[1])
    wire = Wire(match.game, catalog, CONTROL)
    listener = Listener(catalog)
    line = match.line()
    listener.hear(event for entry in line for event in entry.events)
    values = list(match.game.start)
    out: list[Happened] = []
    for entry in line:
        for event in entry.events:
            found = _one(match, catalog, wire, listener, event, values)
            if found is not None:
                out.append(found)
            for var, _, after in event.changes:
                values[var] = after
    return tuple(out)


def _one(match: Match, catalog: Catalog, wire: Wire, listener: Listener, event: Event,
         values: Sequence[int]) -> Happened | None:
    if event.kind in ("opened", "closed"):
        return None
    stage = "events" if event.kind == "rule" and event.id.partition("@")[0] in catalog.opening else "close"
    line = wire.dispatch(event, values, listener.contacts, stage)
    branch = -1
    if event.kind == "move":
        branch = match.game.moves[match.game.by_key[event.id]].branches[event.branch].number
    name = event.id.partition("@")[0] if event.kind == "rule" else event.id
    return Happened(event.round, event.kind, name, line.text if line else by_itself(catalog, wire, event),
                    tuple(_changes(catalog, event)), line is not None, branch, event)


def _changes(catalog: Catalog, event: Event) -> Iterable[str]:
    names = catalog.names(CONTROL)
    for var, before, after in event.changes:
        variable = catalog.variables[var]
        if variable.name not in _CLOCK and variable.kind not in ("played", "fired"):
            yield f"{names.title(variable.name)} {catalog.value(variable.name, before)} → {catalog.value(variable.name, after)}"


def parting(before: Sequence[Happened], after: Sequence[Happened], *, told: bool = False) -> Parting | None:
    """The first thing that differs between two games; `told` looks at dispatches alone. None where nothing does."""
    one, other = ([it for it in each if it.told or not told] for each in (before, after))
    at = next((n for n, (left, right) in enumerate(zip_longest(one, other))
               if left is None or right is None or not left.same(right)), None)
    if at is None:
        return None
    left, right = (each[at] if at < len(each) else None for each in (one, other))
    if left is None or right is None or left.counterpart(right):
        return Parting(left, right)
    if _comes(left, other[at:]):
        return Parting(None, right)
    if _comes(right, one[at:]):
        return Parting(left, None)
    if left.round != right.round:
        # the round that is over first has lost something, or the other has something more
        return Parting(left, None) if left.round < right.round else Parting(None, right)
    return Parting(left, right)


def _comes(wanted: Happened, among: Sequence[Happened]) -> bool:
    return any(it.counterpart(wanted) for it in among)
