"""play: the whole of one play of a scenario: sealed rounds, a tree of entries, and the file they are kept in.

Longer than most modules since it is one class, the room's whole face; what it does is in the modules around it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sim.errors import UsageError, suggest
from sim.play.beginning import AT_THE_START, Beginning, opened
from sim.play.control import checked
from sim.play.entries import Entry, Kind, digest, dumps, row
from sim.play.protocols import PERSON, POLICY_OF_LEVEL, Choice, Policy, Reason
from sim.play.reasons import shown
from sim.play.tree import Branch, Tree
from sim.rules import (
    CONTROL,
    PUBLIC,
    Event,
    Game,
    Keyed,
    Luck,
    Orders,
    Refusal,
    State,
    View,
    decide,
    fold,
    legal_moves,
    open_round,
    redact,
    refuse,
    view,
)
from sim.rules.tables import Move

if TYPE_CHECKING:
    from sim.play.journal import Journal
    from sim.scenario.load import Loaded
    from sim.scenario.models import Scenario


@dataclass(frozen=True, slots=True)
class Played:
    """One closed round, complete: for control, the report and research, never for a seat."""

    round: int
    entry: int
    """The entry that closed it."""
    opening: State
    """The state in which the orders were filed."""
    orders: Mapping[str, Orders]
    choices: Mapping[str, Choice]
    events: tuple[Event, ...]
    """Of its resolution and close; the opening of the round is with the round before."""
    closing: State
    """The state after its close, before the next round opened."""


class Match:
    """One play of a scenario. It lives in memory until `save` gives it a file; then every change is written at once.

    A change that cannot be written raises `SaveError` and has not happened: the match is as it was, and the call can
    be repeated. Calls may come from any thread, but only one at a time.
    """

    def __init__(self, loaded: Loaded, game: Game, *, seed: int, until: str | int | None, players: Mapping[str, str],
                 level: str, created_by: str) -> None:
        """Without entries yet: made by `new`, `load` and `read`."""
        self.loaded = loaded
        self.game = game
        self.seed = seed
        self.until = until
        self.players: dict[str, str] = dict(players)
        """Who plays each seat: `person` or a policy's name."""
        self.level = level
        self.created_by = created_by
        """Which version of Detente began it."""
        self.tree = Tree.of(game, seed)
        """Entries, states and filings, secrets included; for this room."""
        self._journal: Journal | None = None

    @classmethod
    def new(cls, loaded: Loaded, *, seed: int, until: str | int | None = None, players: Mapping[str, str] | None = None,
            level: str = "standard", luck: Luck | None = None, begin: Beginning = AT_THE_START,
            game: Game | None = None) -> Match:
        """A match at the opening of its first round.

        `until` is a leg (its last round is final) or a number of rounds. Seats that `players` does not name are played
        by the policy of the level: easy, standard or hard. `luck` throws the dice of the opening, where history must.
        `begin` is for who tries a scenario out: a later round, other values. `game` is what `loaded` compiles to with the
        same `until`, from who has it already: compiling takes most of the time. Raises `ScenarioError` for a scenario with
        errors, `UsageError` for an unknown leg, seat, level, round or value.
        """
        from sim import __version__

        if game is None:
            game = game_of(loaded, until)
        if level not in POLICY_OF_LEVEL:
            raise UsageError(f"There is no level `{level}`; {suggest(level, POLICY_OF_LEVEL)}"
                             f"choose from {', '.join(POLICY_OF_LEVEL)}.", "D311")
        match = cls(loaded, game, seed=seed & ((1 << 64) - 1), until=until, level=level, players={},
                    created_by=f"detente {__version__}")
        given = {match._known(seat): player for seat, player in (players or {}).items()}
        match.players = {seat: given.get(seat, POLICY_OF_LEVEL[level]) for seat in game.seats}
        match._enter("start", begin.round - 1, opened(game, match.state, begin, luck))
        return match

    # -- where it stands

    @property
    def scenario(self) -> Scenario:
        """The scenario's texts."""
        return self.loaded.usable()[0]

    @property
    def files(self) -> Mapping[str, str]:
        """The scenario's files by name, as the match began with them."""
        return self.loaded.files

    @property
    def state(self) -> State:
        """The present instant, with every secret."""
        return self.tree.state

    @property
    def head(self) -> int:
        """The entry the match stands at."""
        return self.tree.head

    @property
    def entries(self) -> Mapping[int, Entry]:
        """All entries by number, those of other branches too."""
        return self.tree.entries

    @property
    def round(self) -> int:
        """The round that is open, or in which the match ended; from 1."""
        return self.state.round

    @property
    def first(self) -> int:
        """The round in which it began: 1 unless it was begun elsewhere."""
        return self.tree.entries[0].round + 1 if self.tree.entries else 1

    @property
    def ended(self) -> bool:
        """Whether an ending was reached."""
        return bool(self.state.ending)

    def line(self, head: int | None = None) -> tuple[Entry, ...]:
        """The entries from the first to the one the match stands at, or to another `head`.

        Raises `UsageError` for an entry that the match does not have.
        """
        return self.tree.line(self._entry(head))

    @property
    def rounds(self) -> tuple[Played, ...]:
        """The closed rounds of this line, complete."""
        out = []
        for entry in self.line():
            if entry.kind == "round":
                opening = self.tree.states[entry.parent]
                own = tuple(event for event in entry.events if event.kind != "opened" and event.round == entry.round)
                out.append(Played(entry.round, entry.id, opening, entry.orders, entry.choices, own, fold(opening, own)))
        return tuple(out)

    # -- what a viewer may know

    def view(self, viewer: str, entry: int | None = None) -> View:
        """What a seat, `public` or `control` may know of the present instant, or of the one that an entry led to.

        Raises `UsageError` for an unknown seat or entry.
        """
        return view(self.game, self.tree.states[self._entry(entry)], self._viewer(viewer))

    def log(self, viewer: str, round: int | None = None) -> tuple[Event, ...]:
        """What a viewer heard of: everything on this line, or one round with its opening."""
        return tuple(e for e in self.heard(viewer, self.line()) if round is None or e.round == round)

    def heard(self, viewer: str, entries: Iterable[Entry]) -> tuple[Event, ...]:
        """What a viewer hears of the events of some entries."""
        self._viewer(viewer)
        events = (redact(self.game, event, viewer) for entry in entries for event in entry.events)
        return tuple(event for event in events if event is not None)

    def history(self, viewer: str) -> tuple[View, ...]:
        """The viewer's view at the opening of each round on this line; the present one, or the end, is last."""
        self._viewer(viewer)
        states = [self.tree.states[entry.id] for entry in self.line()]
        last_of_round = {(state.round, state.ending): state for state in states}
        return tuple(view(self.game, state, viewer) for state in last_of_round.values())

    def reasons(self, viewer: str, round: int | None = None) -> dict[str, tuple[Reason, ...]]:
        """Why policies chose as they did in a round (the last closed one unless said), as far as the viewer may know.

        Control and the seat itself know all. Other seats and the public know what rests on what they see after each
        round on level easy, nothing on the others; once the match has ended everybody knows all, as with the scores.
        """
        self._viewer(viewer)
        closed = [entry for entry in self.line() if entry.kind == "round" and round in (None, entry.round)]
        if not closed:
            return {}
        reader = CONTROL if self.ended else viewer
        return {seat: found for seat, choice in closed[-1].choices.items()
                if (found := shown(self.game, choice, seat, reader, told=self.level == "easy"))}

    # -- a round

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        """What a seat may order or answer now."""
        return legal_moves(self.game, self.state, self._known(seat))

    def refuse(self, seat: str, orders: Orders) -> Refusal | None:
        """Why a seat cannot file these orders together, or None."""
        return refuse(self.game, self.state, self._known(seat), orders)

    def file(self, seat: str, orders: Orders) -> Refusal | None:
        """Seal a seat's orders for this round in place of what it filed before. None if they are accepted.

        They count even where a policy plays the seat. Orders without moves are a pass that has been filed.
        """
        refusal = self.refuse(seat, orders)
        if refusal is not None:
            return refusal
        if self._journal is not None:
            self._journal.file(self.tree.head, seat, dumps(orders.moves))
        self.tree.filed.setdefault(self.tree.head, {})[seat] = orders
        return None

    def withdraw(self, seat: str) -> None:
        """Take back what a seat has filed in this round; nothing happens if it filed nothing."""
        if self.filed(seat) is None:
            return
        if self._journal is not None:
            self._journal.file(self.tree.head, seat, None)
        del self.tree.filed[self.tree.head][seat]

    def filed(self, seat: str, entry: int | None = None) -> Orders | None:
        """What a seat has filed in this round, or in the one that an entry opened. For that seat and control alone."""
        return self.tree.filings(self._entry(entry)).get(self._known(seat))

    def waiting(self) -> tuple[str, ...]:
        """The seats of persons that have filed nothing in this round."""
        if self.ended:
            return ()
        return tuple(seat for seat in self.game.seats if self.players[seat] == PERSON and self.filed(seat) is None)

    def luck(self) -> Keyed:
        """The dice of the open round."""
        return Keyed(self.seed, self.round)

    def choose(self, policies: Mapping[str, Policy]) -> dict[str, Choice]:
        """What the policies choose for the seats they play, of those that have filed nothing.

        Each is given its own seat's view and nothing else. Raises `UsageError` if one is missing.
        """
        out: dict[str, Choice] = {}
        for seat in self.game.seats:
            player = self.players[seat]
            if self.ended or player == PERSON or self.filed(seat) is not None:
                continue
            if player not in policies:
                raise UsageError(f"There is no policy `{player}` to play {seat}; choose {', '.join(policies)}.", "D310")
            out[seat] = policies[player].choose(self.game, self.view(seat), seat, self.luck())
        return out

    def resolve(self, choices: Mapping[str, Choice] | None = None, luck: Luck | None = None,
                opening: Luck | None = None, held: Container[str] = ()) -> tuple[Event, ...]:
        """Decide the round from what was filed and, for seats that filed nothing, from `choices`; open the next.

        A seat with neither passes. Returns every event, secrets included, the opening of the next round last; it is
        written as one entry. `luck` and `opening` throw the dice of the round and of the next opening in place of
        keyed chance; injects that a facilitator has `held` do not come with the opening. Raises `IllegalOrders` if a
        choice is refused, `UsageError` after the ending; then nothing has changed.
        """
        self._must_go_on()
        filed = self.tree.filings(self.tree.head)
        chosen = {self._known(seat): choice for seat, choice in (choices or {}).items() if seat not in filed}
        orders = {seat: filed[seat] if seat in filed else chosen[seat].orders
                  for seat in self.game.seats if seat in filed or seat in chosen}
        before = self.state
        events = decide(self.game, before, orders, luck)
        events += open_round(self.game, fold(before, events), opening, held)
        self._enter("round", before.round, events, orders, chosen)
        return events

    def control(self, title: str, changes: Mapping[str, int | bool | str] | None = None) -> tuple[str, ...]:
        """A facilitator's act: a headline that everybody reads, and new values of variables.

        A value is a number in the variable's range, true or false, or the name of a status. Returns the seats whose
        filed orders no longer hold and were taken back. Raises `UsageError` for what the scenario does not know.
        """
        self._must_go_on()
        return self.enact((checked(self.game, self.state, title, changes or {}),))

    def enact(self, events: tuple[Event, ...]) -> tuple[str, ...]:
        """Enter what a facilitator brings about in the open round, as `sim.play.control` or the rules made it.

        Returns the seats whose filed orders no longer hold and were taken back.
        """
        self._must_go_on()
        fallen = self.falling(events)
        filed = self.tree.filings(self.tree.head)
        self._enter("control", self.round, events, kept={s: o for s, o in filed.items() if s not in fallen})
        return fallen

    def falling(self, events: tuple[Event, ...]) -> tuple[str, ...]:
        """The seats whose filed orders would no longer hold after some events."""
        after = fold(self.state, events)
        return tuple(seat for seat, orders in self.tree.filings(self.tree.head).items()
                     if refuse(self.game, after, seat, orders) is not None)

    def hand(self, seat: str, player: str) -> None:
        """Give a seat to `person` or a policy, from this round on."""
        players = {**self.players, self._known(seat): player}
        if self._journal is not None:
            self._journal.set_players(players)
        self.players = players

    # -- walking the tree

    def undo(self) -> None:
        """Back to the open orders of the round before the present one. What was played stays as a branch."""
        closed = [entry for entry in self.line() if entry.kind == "round"]
        if not closed:
            raise UsageError("There is no earlier round to go back to.", "D312")
        self.go(closed[-1].parent)

    def branch(self, round: int) -> None:
        """Back to the open orders of a round of this line; the next `resolve` begins a new branch there."""
        if round == self.round and not self.ended:
            return
        for entry in self.line():
            if entry.kind == "round" and entry.round == round:
                self.go(entry.parent)
                return
        raise UsageError(f"Round {round} has not been played on this line; choose 1 to {self.round}.", "D313")

    def go(self, entry: int) -> None:
        """Stand at any entry of the tree, such as the head of another branch."""
        if self._entry(entry) == self.tree.head:
            return
        if self._journal is not None:
            self._journal.set_head(entry)
        self.tree.head = entry

    def branches(self) -> tuple[Branch, ...]:
        """Every line that was played, in the order in which they were last added to; this one among them."""
        return self.tree.branches()

    # -- its file

    @property
    def path(self) -> Path | None:
        """The file that it is written to, or None."""
        return self._journal.path if self._journal is not None else None

    def save(self, path: Path) -> None:
        """Write everything to a new file and keep writing there. Raises `SaveError`; then all is as it was."""
        from sim.play.saves import write

        if self._journal is not None and self._journal.stands_at(path):
            return
        self.attach(write(self, path))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write what is changed inside as one change: if part of it fails, nothing of it has happened."""
        standing, players = self.tree.standing(), self.players
        try:
            with self._journal.volume.writing() if self._journal is not None else nullcontext():
                yield
        except BaseException:
            self.tree.restore(standing)
            self.players = players
            raise

    @classmethod
    def load(cls, path: Path) -> Match:
        """The match of a save, which is held until `close` and written to. Raises `SaveError`."""
        from sim.play.saves import hold

        return hold(path)

    @classmethod
    def read(cls, path: Path, table: int = 1) -> Match:
        """The match of a save as a copy in memory; the file is neither held nor written to. Raises `SaveError`.

        The save of a lesson holds one match for each `table`.
        """
        from sim.play.saves import copy

        return copy(path, table)

    def attach(self, journal: Journal) -> None:
        """Write to a journal that holds this very match from now on, and to no other."""
        self.close()
        self._journal = journal

    def close(self) -> None:
        """Let go of the file; the match goes on in memory."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- being one

    def __eq__(self, other: object) -> bool:
        """Equal in scenario, seed, players, entries, place and sealed filings; the file does not matter."""
        return isinstance(other, Match) and self._whole() == other._whole()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Match of {self.game.id}, round {self.round} of {self.game.rounds}>"

    def _whole(self) -> tuple[object, ...]:
        return dict(self.files), self.seed, self.until, self.players, self.level, self.tree

    def _enter(self, kind: Kind, round: int, events: tuple[Event, ...], orders: Mapping[str, Orders] | None = None,
               choices: Mapping[str, Choice] | None = None, kept: Mapping[str, Orders] | None = None) -> None:
        """Add an entry after the head and stand at it: first in the file, then here."""
        parent = self.tree.head
        entry = Entry(len(self.tree.entries), parent, kind, round, digest(self.game, self.state), dict(orders or {}),
                      dict(choices or {}), events)
        if self._journal is not None:
            self._journal.append(row(self.game, entry), {seat: dumps(o.moves) for seat, o in (kept or {}).items()})
        self.tree.filed.pop(parent, None)
        self.tree.add(self.game, entry)
        if kept:
            self.tree.filed[entry.id] = dict(kept)

    def _must_go_on(self) -> None:
        if not self.state.open:
            raise UsageError("The match is over; go back to a round to play on from there.", "D315")

    def _entry(self, entry: int | None) -> int:
        if entry is None:
            return self.tree.head
        if entry not in self.tree.entries:
            raise UsageError(f"There is no entry {entry} in this match; choose the head of one of its branches.", "D314")
        return entry

    def _known(self, seat: str) -> str:
        if seat not in self.game.seats:
            raise UsageError(f"There is no seat `{seat}` in {self.game.id}; {suggest(seat, self.game.seats)}"
                             f"it has {', '.join(self.game.seats)}.", "D316")
        return seat

    def _viewer(self, viewer: str) -> str:
        return viewer if viewer in (CONTROL, PUBLIC) else self._known(viewer)


def game_of(loaded: Loaded, until: str | int | None = None) -> Game:
    """The compiled scenario up to a leg or a number of rounds.

    Raises `ScenarioError` for a scenario with errors, `UsageError` for a leg or number it does not have.
    """
    from sim.rules.compile import compile_game

    scenario, bound = loaded.usable()
    legs = scenario.clock.legs
    rounds = sum(leg.rounds for leg in legs.values())
    if isinstance(until, str) and until not in legs:
        raise UsageError(f"{scenario.id} has no leg `{until}`; {suggest(until, legs)}it has {', '.join(legs)}.", "D317")
    if isinstance(until, int) and not 1 <= until <= rounds:
        raise UsageError(f"{scenario.id} has {rounds} rounds; choose 1 to {rounds}.", "D317")
    return compile_game(bound, until)
