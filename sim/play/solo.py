"""play: the `Client` of one viewer of a match that runs in this process: a person against policies, or an observer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sim.play.match import Match
from sim.play.protocols import Policy, Reason
from sim.rules import Event, Game, Orders, Refusal, View
from sim.rules.tables import Move

if TYPE_CHECKING:
    from sim.scenario.models import Scenario


class Solo:
    """One seat (or `public`, `control`) of a match, with the policies that play the others."""

    def __init__(self, match: Match, seat: str, policies: Mapping[str, Policy]) -> None:
        """`policies` by name; those that `match.players` names must be among them."""
        match.view(seat)
        self.match = match
        self._seat = seat
        self._policies = policies
        self._hearers: list[Callable[[], None]] = []

    @property
    def seat(self) -> str:
        """The seat it plays, or `public` or `control`."""
        return self._seat

    @property
    def game(self) -> Game:
        """The compiled scenario."""
        return self.match.game

    @property
    def scenario(self) -> Scenario:
        """The scenario's texts."""
        return self.match.scenario

    @property
    def ended(self) -> bool:
        """Whether an ending was reached."""
        return self.match.ended

    def view(self) -> View:
        """What the viewer knows now."""
        return self.match.view(self._seat)

    def log(self, round: int | None = None) -> tuple[Event, ...]:
        """What the viewer heard of."""
        return self.match.log(self._seat, round)

    def history(self) -> tuple[View, ...]:
        """The view at the opening of each round so far, the present one last."""
        return self.match.history(self._seat)

    def reasons(self, round: int | None = None) -> Mapping[str, tuple[Reason, ...]]:
        """Why the others chose as they did, as far as it is shown."""
        return self.match.reasons(self._seat, round)

    def legal_moves(self) -> tuple[Move, ...]:
        """What the seat may order or answer now; nothing for who only watches."""
        return self.match.legal_moves(self._seat) if self._plays() else ()

    def refuse(self, orders: Orders) -> Refusal | None:
        """Why these orders cannot be filed together, or None."""
        return self.match.refuse(self._seat, orders)

    def file(self, orders: Orders) -> Refusal | None:
        """File sealed orders in place of earlier ones."""
        refusal = self.match.file(self._seat, orders)
        if refusal is None:
            self._tell()
        return refusal

    def withdraw(self) -> None:
        """Take the filed orders back."""
        self.match.withdraw(self._seat)
        self._tell()

    def filed(self) -> Orders | None:
        """What the seat itself has filed in this round."""
        return self.match.filed(self._seat) if self._plays() else None

    def waiting(self) -> tuple[str, ...]:
        """The seats of persons that have not filed yet."""
        return self.match.waiting()

    def close_round(self) -> tuple[Event, ...] | None:
        """Let the policies choose and the round be decided; a seat that filed nothing passes.

        Returns what the viewer hears of it, the opening of the next round included.
        """
        before = len(self.match.line())
        self.match.resolve(self.match.choose(self._policies))
        self._tell()
        return self.match.heard(self._seat, self.match.line()[before:])

    def undo(self) -> None:
        """Back to the open orders of the round before."""
        self.match.undo()
        self._tell()

    def branch(self, round: int) -> None:
        """Back to the open orders of a round of this line, to play it differently."""
        self.match.branch(round)
        self._tell()

    def listen(self, hear: Callable[[], None]) -> Callable[[], None]:
        """Call `hear` after every change made through this client; what is returned ends that."""
        self._hearers.append(hear)

        def end() -> None:
            if hear in self._hearers:
                self._hearers.remove(hear)

        return end

    def _plays(self) -> bool:
        return self._seat in self.match.game.seats

    def _tell(self) -> None:
        for hear in tuple(self._hearers):
            hear()
