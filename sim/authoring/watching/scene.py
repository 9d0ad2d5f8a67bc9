"""authoring: all that a face shows of a bench at one moment, frozen, so that it is made in one place and shown in another."""

from __future__ import annotations

from dataclasses import dataclass

from sim.authoring.watching.bench import Bench, Promised, Report
from sim.authoring.watching.map import StoryMap
from sim.rules import CONTROL
from sim.scenario.bind.shapes import Variable
from sim.words.estimative import plain
from sim.words.models import Dispatch, Menu, MenuItem, SilentLine, Situation


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat of the game."""

    id: str
    capital: str
    player: str
    """The policy that plays it where nothing is filed by hand."""
    filed: int | None
    """Orders and answers filed by hand; None where its policy will choose."""


@dataclass(frozen=True, slots=True)
class Playing:
    """The game as it stands, everything in sight, and the orders of one seat."""

    situation: Situation
    seed: int
    first: int
    """The round in which the game began."""
    news: tuple[Dispatch, ...]
    """Of the last closed round, and of the opening of this one."""
    silent: tuple[SilentLine, ...]
    """What moved in that round without a dispatch."""
    seats: tuple[SeatLine, ...]
    seat: str
    """Whose menu it is."""
    menu: Menu
    filed: tuple[MenuItem, ...]
    spent: int
    orders: int
    attention: int
    """That the seat has in a round."""
    most: int
    """Orders that it may file."""
    over: bool
    story: StoryMap
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settable:
    """Something that a game can begin with another value of."""

    name: str
    title: str
    range: str
    """`0 to 100`, `yes or no`, or its statuses."""
    start: str
    """As the scenario has it."""
    now: str
    """As it stands in the game."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything: the files, and the game where there is one."""

    label: str
    report: Report
    playing: Playing | None
    promised: tuple[Promised, ...] = ()


def scene(bench: Bench, seat: str = "", what: str = "phases") -> Scene:
    """How things stand; `seat` is whose orders are wanted (the first one's otherwise), `what` which map."""
    return Scene(bench.label, bench.report, _playing(bench, seat, what) if bench.game_stands else None,
                 bench.promised() if bench.report.loads else ())


def settable(bench: Bench) -> tuple[Settable, ...]:
    """What a game can begin with, the phase and tracks first."""
    match, catalog = bench.match(), bench.desk().catalog
    names = catalog.names(CONTROL)
    order = ("phase", "track", "flag", "counter", "provision", "clause")
    found = sorted((v for v in catalog.variables if v.kind in order), key=lambda v: order.index(v.kind))
    return tuple(Settable(v.name, names.title(v.name), _range(v), _typed(v, v.start),
                          _typed(v, match.state.values[catalog.index[v.name]])) for v in found)


def _range(variable: Variable) -> str:
    if variable.statuses:
        return ", ".join(variable.statuses)
    return "true or false" if variable.kind == "flag" else f"{plain(variable.lo)} to {plain(variable.hi)}"


def _typed(variable: Variable, value: int) -> str:
    """A value as one types it."""
    if variable.statuses:
        return variable.statuses[value]
    return ("true" if value else "false") if variable.kind == "flag" else str(value)


def _playing(bench: Bench, seat: str, what: str) -> Playing:
    match, all_seeing = bench.match(), bench.desk()
    game = match.game
    seat = seat if seat in game.seats else game.seats[0]
    kinds = bench.kinds()
    desk = bench.desk(seat)
    spent, orders = desk.spending()
    filed = {name: match.filed(name) for name in game.seats}
    seats = tuple(SeatLine(name, desk.catalog.capital(name), match.players[name],
                           len(it.moves) if (it := filed[name]) is not None else None) for name in game.seats)
    return Playing(
        all_seeing.situation(), match.seed, match.first, all_seeing.dispatches(), all_seeing.silent(), seats, seat,
        desk.menu(), desk.filed(), spent, orders, game.attention[game.number(seat)], game.picks, match.ended,
        bench.story(what if what in kinds else kinds[0]), kinds)
