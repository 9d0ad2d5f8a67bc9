"""words: the lines of a match: which there are, where each leaves, and one of them as its reader heard it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sim.rules import CONTROL, Game, Orders
from sim.rules.scoring import score
from sim.words.catalog import Catalog
from sim.words.chronicle import Chronicle, read
from sim.words.estimative import counted, listed
from sim.words.models import Filed, LineCard
from sim.words.readouts import Contacts, Listener

if TYPE_CHECKING:
    from sim.play.match import Match


@dataclass(frozen=True, slots=True)
class Telling:
    """One line of a match as one reader heard it. Entries never change, so neither does this."""

    chronicle: Chronicle
    contacts: Contacts
    orders: Mapping[int, Mapping[str, Orders]]
    """Per closed round what seats filed, as far as it is the reader's to know."""
    opened: Mapping[int, int]
    """Per round the entry at which its orders were open, the last one if a facilitator acted in it."""


class _Strand(NamedTuple):
    number: int
    head: int
    parent: int
    leaves: int


def telling(match: Match, catalog: Catalog, viewer: str, head: int) -> Telling:
    """The line up to an entry, for a seat, `public` or `control`. Raises `UsageError` for an unknown entry."""
    line = match.line(head)
    listener = Listener(catalog)
    listener.hear(event for entry in line for event in entry.events)
    return told(match, viewer, head, read(match.game, catalog, viewer, match.heard(viewer, line)), listener.contacts)


def told(match: Match, viewer: str, head: int, chronicle: Chronicle, contacts: Contacts) -> Telling:
    """A telling of what has been read already."""
    orders: dict[int, dict[str, Orders]] = {}
    opened: dict[int, int] = {}
    for entry in match.line(head):
        if entry.kind == "round":
            orders[entry.round] = {seat: entry.orders.get(seat, Orders()) for seat in _own(match.game, viewer)}
            opened[entry.round] = entry.parent
    state = match.view(viewer, head)
    if state.open:
        opened[state.round] = head
    return Telling(chronicle, dict(contacts), orders, opened)


def cards(match: Match, catalog: Catalog, viewer: str) -> tuple[LineCard, ...]:
    """Every line, each followed by those that leave it; the one on which the match stands is among them."""
    strands = _strands(match)
    out: list[LineCard] = []

    def add(strand: _Strand) -> None:
        out.append(_card(match, catalog, viewer, strand))
        for other in strands:
            if other.parent == strand.number:
                add(other)

    add(strands[0])
    return tuple(out)


def parted(match: Match) -> dict[int, tuple[int, ...]]:
    """Per round of the line on which the match stands, the numbers of the lines that went another way in it."""
    here = {entry.id for entry in match.line()}
    out: dict[int, tuple[int, ...]] = {}
    for strand in _strands(match):
        apart = next((entry for entry in match.line(strand.head) if entry.id not in here), None)
        if apart is not None:
            out[apart.round] = (*out.get(apart.round, ()), strand.number)
    return out


def line_name(number: int) -> str:
    """How a line is called."""
    return f"line {number}"


def filed(catalog: Catalog, orders: Mapping[str, Orders]) -> tuple[Filed, ...]:
    """What seats filed, in words."""
    return tuple(Filed(catalog.capital(seat), tuple(catalog.moves[key].title for key in it.moves))
                 for seat, it in orders.items())


def reopened(catalog: Catalog, round: int, before: Orders | None, standing: Orders | None) -> str:
    """That a round is open again, and what of the seat's orders stands, in one sentence.

    `before` is what was filed when it was resolved: that is used up. `standing` is what is sealed there now.
    """
    head = f"Round {round} is open again"
    if standing is not None and standing.moves:
        are = "is" if len(standing.moves) == 1 else "are"
        return f"{head}; {_count(catalog, standing)} that you left there {are} still filed."
    if before is None or not before.moves:
        return f"{head}; you had filed nothing in it."
    once = len(before.moves) == 1
    return (f"{head}; your {_count(catalog, before)} no longer {'stands' if once else 'stand'} and must be filed again.")


def _count(catalog: Catalog, orders: Orders) -> str:
    """`2 orders and 1 answer`."""
    answers = sum(bool(catalog.moves[key].question) for key in orders.moves)
    moves = len(orders.moves) - answers
    return listed([counted(number, thing) for number, thing in ((moves, "order"), (answers, "answer")) if number])


def _own(game: Game, viewer: str) -> tuple[str, ...]:
    """The seats whose orders a viewer may read."""
    return tuple(game.seats) if viewer == CONTROL else (viewer,) if viewer in game.seats else ()


def _strands(match: Match) -> list[_Strand]:
    """Lines by number. The way that was gone first from an instant stays on its line; every later one begins its own.

    So numbers are in the order in which lines were begun, and a line that goes on keeps its number. Where the match
    stands inside a line, what is to be played there is a line already.
    """
    number: dict[int, int] = {}
    heads: dict[int, int] = {}
    begun: dict[int, tuple[int, int]] = {}
    gone_on: set[int] = set()
    for id, entry in sorted(match.entries.items()):
        if not number:
            number[id], begun[1] = 1, (0, 0)
        elif entry.parent in gone_on:
            number[id] = len(begun) + 1
            begun[number[id]] = (number[entry.parent], entry.round)
        else:
            number[id] = number[entry.parent]
        gone_on.add(entry.parent)
        heads[number[id]] = id
    if match.head in gone_on:
        new = len(begun) + 1
        heads[new], begun[new] = match.head, (number[match.head], match.round)
    return [_Strand(n, heads[n], *begun[n]) for n in sorted(begun)]


def _card(match: Match, catalog: Catalog, viewer: str, strand: _Strand) -> LineCard:
    game, scenario = match.game, catalog.scenario
    seen = match.view(viewer, strand.head)
    ending = scenario.endings[seen.ending].title if seen.ending else ""
    result = None
    waiting = 0
    if viewer in game.seats:
        # once a line has ended its true scores are told
        values = match.view(CONTROL, strand.head).values if seen.ending else seen.values
        result = (score(game, values, game.number(viewer)) + 50) // 100
        sealed = match.filed(viewer, strand.head)
        waiting = len(sealed.moves) if sealed else 0
    return LineCard(
        head=strand.head, number=strand.number, name=line_name(strand.number),
        says=f"{ending}, round {seen.round}" if ending else f"open in round {seen.round}",
        parent=strand.parent, leaves=strand.leaves, round=seen.round,
        date=catalog.date_of(seen.round + 1 if ending else seen.round), ending=ending, score=result, waiting=waiting,
        here=strand.head == match.head)


__all__ = ["Telling", "cards", "filed", "line_name", "parted", "reopened", "telling", "told"]
