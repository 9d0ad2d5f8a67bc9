"""authoring: what one thing leaves behind that another asks for, and whether it opens the way to it or bars it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from sim.authoring.graph.causes import Cause
from sim.scenario.bind.shapes import BoundEffect
from sim.scenario.conditions import All, Compare, Condition, Flag, Is, Named, Not, Played
from sim.scenario.conditions import Any as Either
from sim.words.catalog import Catalog
from sim.words.estimative import MINUS

REMEMBERED: Final = ("flag", "counter", "offer", "clause", "provision")
"""What one thing can leave behind for another. Tracks count where few things move them; most are moved by nearly all."""
FEW: Final = 3
"""Things that move such a track at most."""
BARRING: Final = ("flag", "counter", "provision", "track")
"""What can also stand in the way; that an offer is answered, or a clause struck, is not told of all others."""

Way = Literal["", "−"]


class Asked(NamedTuple):
    """One thing that a condition reads; without a name, a move that must have been played."""

    name: str
    part: Condition
    wanted: bool
    """Whether the part must hold; otherwise it must not."""


def asked_of(catalog: Catalog, cause: Cause) -> Iterator[Asked]:
    """All that the conditions of a cause read."""
    for condition in cause.asks:
        yield from _asked(catalog, condition, wanted=True)
    for name in cause.follows:
        yield Asked(name, Compare(((1, name),), -1, ">="), wanted=True)


def _asked(catalog: Catalog, condition: Condition, *, wanted: bool) -> Iterator[Asked]:
    match condition:
        case Not(item=inner):
            yield from _asked(catalog, inner, wanted=not wanted)
        case Named(body=inner):
            yield from _asked(catalog, inner, wanted=wanted)
        case All(items=items) | Either(items=items):
            for item in items:
                yield from _asked(catalog, item, wanted=wanted)
        case Compare(terms=terms, const=const, op=op):
            if op == "==" and const == 0:
                return  # `no offer is open` waits for nobody
            for _, name in terms:
                if name in catalog.index:
                    yield Asked(name, condition, wanted)
        case Is(name=name) | Flag(name=name):
            if name in catalog.index:
                yield Asked(name, condition, wanted)
        case Played():
            yield Asked("", condition, wanted)


class Left:
    """What causes leave behind."""

    def __init__(self, catalog: Catalog, causes: Iterable[Cause]) -> None:
        self._catalog = catalog
        self._by: dict[str, dict[str, list[BoundEffect]]] = {}
        self._ids: set[str] = set()
        for cause in causes:
            self._ids.add(cause.id)
            for effect, _ in cause.effects:
                self._by.setdefault(effect.name, {}).setdefault(cause.id, []).append(effect)

    def for_(self, asked: Asked) -> Iterator[tuple[str, Way]]:
        """The causes that help what is asked, and with `−` those that stand in its way."""
        if isinstance(asked.part, Played):
            if asked.part.move in self._ids:
                yield asked.part.move, "" if asked.wanted else MINUS  # type: ignore[misc]
            return
        kind = self._catalog.variable(asked.name).kind
        by = self._by.get(asked.name, {})
        if kind not in REMEMBERED and not (kind == "track" and len(by) <= FEW):
            return
        for source, effects in by.items():
            signs = {self._sign(asked, effect) for effect in effects}
            if True in signs:
                yield source, ""
            if False in signs and kind in BARRING:
                yield source, "−"

    def _sign(self, asked: Asked, effect: BoundEffect) -> bool | None:
        """Whether an effect helps what is asked; None if it does neither."""
        match asked.part:
            case Flag():
                return bool(effect.a[0]) is asked.wanted
            case Is(status=status, negated=negated):
                hit = self._catalog.variable(asked.name).statuses[effect.a[0]] == status
                if negated is asked.wanted and not hit:
                    return None  # it brings about something else than what must not be
                return hit is (negated is not asked.wanted)
            case Compare():
                return _compared(asked.part, asked, effect)
        return None


def _compared(part: Compare, asked: Asked, effect: BoundEffect) -> bool | None:
    factor = next(f for f, name in part.terms if name == asked.name)
    if effect.kind == "set" and len(part.terms) == 1:
        total = factor * effect.a[0] + part.const
        holds = total >= 0 if part.op == ">=" else (total == 0) is (part.op == "==")
        return holds is asked.wanted
    if part.op != ">=" or effect.kind in ("set", "toward"):
        return True  # it may come to that
    most = max(effect.b if effect.kind == "uniform" else effect.a)
    least = min(effect.a)
    if least < 0 < most:
        return True
    return ((most > 0) is (factor > 0)) is asked.wanted
