"""play: what a match expects of others: a `Policy` that plays a seat, a `Client` that a face talks to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from sim.rules import Event, Game, Luck, Orders, Refusal, View
from sim.rules.tables import Move

if TYPE_CHECKING:
    from sim.scenario.models import Scenario

PERSON: Final = "person"
"""The player's name of a seat that a person (or a team) plays; every other name is a policy's."""
POLICY_OF_LEVEL: Final = {"easy": "persona", "standard": "one-ply", "hard": "one-ply"}
"""Which policy plays the seats that nobody is named for."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a policy ordered a move, answered a question, or left it. Numbers only; words are made in `words`."""

    kind: Literal["order", "answer", "pass"]
    move: str = ""
    """The key of the move; empty for a pass, and for a question left unanswered."""
    question: str = ""
    """The question it answers or leaves; empty for orders."""
    weight: int = 0
    """What the move weighed in the draw, after its factors."""
    total: int = 0
    """What all candidates weighed together."""
    factors: tuple[tuple[int, int], ...] = ()
    """Of the factors whose condition held: condition number, sixteenths."""
    gain: int = 0
    """Expected change of the seat's score, in hundredths of a point."""
    rivals: tuple[tuple[str, int], ...] = ()
    """The next best moves with their weight or gain, best first."""
    otherwise: tuple[int, ...] = ()
    """Conditions that would have raised the first rival if they had held."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a policy orders in one round, and why."""

    orders: Orders = field(default_factory=Orders)
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The choice for a file; `from_json` gives it back. Fields that say nothing are left out."""
        return {"orders": list(self.orders.moves), "reasons": [_reason(reason) for reason in self.reasons]}

    @staticmethod
    def from_json(data: Mapping[str, Any], renumber: Mapping[int, int] | None = None) -> Choice:
        """The choice from what `as_json` gave; raises KeyError, TypeError or ValueError if it is not that.

        `renumber` maps the condition numbers of the file to those of today; what it lacks is dropped.
        """
        orders = Orders(tuple(map(_text, data["orders"])))
        return Choice(orders, tuple(_from_reason(item, renumber) for item in data["reasons"]))

    def conditions(self) -> frozenset[int]:
        """The numbers of all conditions that the reasons name."""
        held = {number for reason in self.reasons for number, _ in reason.factors}
        return frozenset(held.union(*(reason.otherwise for reason in self.reasons)))


class Policy(Protocol):
    """An automatic player. It is given what its seat may know, never the state."""

    @property
    def name(self) -> str:
        """`persona`, `one-ply`, `search` …; what `Match.players` calls it."""
        ...

    def choose(self, game: Game, seen: View, seat: str, luck: Luck) -> Choice:
        """The orders of a seat for the open round; `refuse` must find nothing against them.

        `luck` gives the seat's dice of this round; a policy throws no other, so that a match repeats exactly.
        """
        ...


class Client(Protocol):
    """One viewer's end of a match, the same whether the match runs here or at a host. It never shows a secret."""

    @property
    def seat(self) -> str:
        """The seat it plays, or `public` or `control` for who only watches."""
        ...

    @property
    def game(self) -> Game:
        """The compiled scenario."""
        ...

    @property
    def scenario(self) -> Scenario:
        """The scenario's texts."""
        ...

    @property
    def ended(self) -> bool:
        """Whether an ending was reached."""
        ...

    def view(self) -> View:
        """What the viewer knows now."""
        ...

    def log(self, round: int | None = None) -> tuple[Event, ...]:
        """What the viewer heard of, of one round or of all."""
        ...

    def history(self) -> tuple[View, ...]:
        """The view at the opening of each round so far, the present one last."""
        ...

    def reasons(self, round: int | None = None) -> Mapping[str, tuple[Reason, ...]]:
        """Why the others chose as they did in a round (the last closed one unless said), as far as it is shown."""
        ...

    def legal_moves(self) -> tuple[Move, ...]:
        """What the seat may order or answer now."""
        ...

    def refuse(self, orders: Orders) -> Refusal | None:
        """Why these orders cannot be filed together, or None."""
        ...

    def file(self, orders: Orders) -> Refusal | None:
        """File sealed orders in place of earlier ones; None if they are accepted."""
        ...

    def withdraw(self) -> None:
        """Take the filed orders back."""
        ...

    def filed(self) -> Orders | None:
        """What the seat itself has filed in this round."""
        ...

    def waiting(self) -> tuple[str, ...]:
        """The seats of persons that have not filed yet."""
        ...

    def close_round(self) -> tuple[Event, ...] | None:
        """Let the others choose and the round be decided; returns what the viewer hears of it.

        None where a facilitator or a clock closes rounds. It may take long: faces call it off their own loop.
        """
        ...

    def listen(self, hear: Callable[[], None]) -> Callable[[], None]:
        """Call `hear` after every change of the match; what is returned ends that."""
        ...


_DEFAULT: Final = Reason("order")


def _reason(reason: Reason) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": reason.kind}
    for name in ("move", "question", "weight", "total", "factors", "gain", "rivals", "otherwise"):
        value = getattr(reason, name)
        if value != getattr(_DEFAULT, name):
            out[name] = [list(i) if isinstance(i, tuple) else i for i in value] if isinstance(value, tuple) else value
    return out


def _from_reason(data: Mapping[str, Any], renumber: Mapping[int, int] | None) -> Reason:
    kind = data["kind"]
    if kind not in ("order", "answer", "pass"):
        raise ValueError(f"a reason of kind {kind!r}")

    def today(number: Any) -> int | None:
        return _number(number) if renumber is None else renumber.get(_number(number))

    factors = [(today(number), _number(sixteenths)) for number, sixteenths in data.get("factors", ())]
    otherwise = [today(number) for number in data.get("otherwise", ())]
    return Reason(
        kind, _text(data.get("move", "")), _text(data.get("question", "")), _number(data.get("weight", 0)),
        _number(data.get("total", 0)), tuple((n, s) for n, s in factors if n is not None),
        _number(data.get("gain", 0)),
        tuple((_text(key), _number(value)) for key, value in data.get("rivals", ())),
        tuple(n for n in otherwise if n is not None))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not a whole number")
    return value
