"""A small scenario that a test changes as it needs, and a table at which single rounds are played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from sim.rules import Event, Game, Keyed, Luck, Orders, decide, fold, initial, legal_moves, open_round, refuse
from sim.rules.compile import compile_game
from sim.scenario.conditions import All, Always, Compare, Condition, Flag, Is, Named, Not, Played
from sim.scenario.conditions import Any as Either
from sim.scenario.load import Loaded, load_files

BRIEF = "# Public\nA quarrel.\n# Confidential\nKeep calm."
OTHERWISE = {"open": {"title": "Open", "otherwise": True, "text": "Nothing was settled."}}


def actor(code: str, attention: int = 3, **more: Any) -> dict[str, Any]:
    """A seat that wants little heat."""
    return {"name": code.title(), "code": code, "attention": attention, "brief": BRIEF,
            "goals": {"ease": {"weight": 100, "score": "100 - heat"}}, **more}


def text(**sections: Any) -> str:
    """The file: three seats, two legs (4 rounds of a day, 3 of a week), one track; sections replace or add."""
    base: dict[str, Any] = {
        "format": 1, "id": "workshop", "title": "Workshop",
        "clock": {"start": "2030-01-01", "orders": 2,
                  "legs": {"days": {"rounds": 4, "step": "1 days"}, "weeks": {"rounds": 3, "step": "7 days"}}},
        "actors": {"north": actor("NOR"), "south": actor("SOU", 2), "east": actor("EAS", 1)},
        "groups": {"parties": ["north", "south"]},
        "tracks": {"heat": {"start": 50}},
        "moves": {},
        "endings": OTHERWISE,
    }
    for name, section in sections.items():
        base[name] = {**base[name], **section} if name == "tracks" else section
    if not base["moves"]:
        base["moves"] = {"wait": {"title": "Wait", "by": "seats", "tier": "measures"}}
    return yaml.dump(base, Dumper=_Plain, sort_keys=False)


class _Plain(yaml.SafeDumper):
    """Writes everything out: scenarios have no anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def loaded(**sections: Any) -> Loaded:
    """The workshop with other sections, loaded."""
    return load_files({"scenario.yaml": text(**sections)}, "workshop")


def game(until: str | int | None = None, **sections: Any) -> Game:
    """The workshop with other sections, compiled; it must have no errors."""
    return compile_game(loaded(**sections).usable()[1], until)


def move(**more: Any) -> dict[str, Any]:
    """A move of every seat in the tier of measures, which costs 1."""
    return {"title": "Move", "by": "seats", "tier": "measures", **more}


class Dice(Keyed):
    """Every die shows the same sixteen low bits, and the same high half for uniform numbers."""

    __slots__ = ("high", "low")

    def __init__(self, low: int = 0, high: int = 0) -> None:
        super().__init__(0, 1)
        self.low, self.high = low, high

    def bits(self, site: int) -> int:
        """The same at every site."""
        return self.high << 32 | self.low


class Table:
    """A match of one game, round by round."""

    def __init__(self, game: Game, seed: int = 0, luck: Luck | None = None) -> None:
        self.game = game
        self.state = initial(game, seed)
        self.open(luck)

    def open(self, luck: Luck | None = None) -> tuple[Event, ...]:
        """Open the next round."""
        events = open_round(self.game, self.state, luck)
        self.state = fold(self.state, events)
        return events

    def close(self, orders: Mapping[str, list[str] | str] | None = None, luck: Luck | None = None,
              opening: Luck | None = None) -> tuple[Event, ...]:
        """Resolve these orders, close the round and open the next; the events of the close alone."""
        filed = {seat: Orders((keys,) if isinstance(keys, str) else tuple(keys)) for seat, keys in (orders or {}).items()}
        events = decide(self.game, self.state, filed, luck)
        self.state = fold(self.state, events)
        self.open(opening)
        return events

    def refused(self, seat: str, *keys: str) -> str:
        """The code of the refusal of these orders, or nothing."""
        refusal = refuse(self.game, self.state, seat, Orders(keys))
        return refusal.code if refusal else ""

    def legal(self, seat: str) -> set[str]:
        """The keys of what a seat may order or answer."""
        return {m.key for m in legal_moves(self.game, self.state, seat)}

    def put(self, **values: int | str) -> None:
        """Set variables by name (`__` for a dot), statuses by their words."""
        now = list(self.state.values)
        for name, value in values.items():
            var = self.game.index[name.replace("__", ".")]
            now[var] = self.game.statuses[var].index(value) if isinstance(value, str) else int(value)
        self.state = replace(self.state, values=tuple(now))

    def __getitem__(self, name: str) -> int | str:
        """A variable: its number, or the word of its status."""
        var = self.game.index[name]
        value = self.state.values[var]
        return self.game.statuses[var][value] if self.game.statuses[var] else value


def truth(game: Game, condition: Condition, values: tuple[int, ...]) -> bool:
    """What a typed condition says of a state, read from the tree alone."""
    def at(name: str) -> int:
        return values[game.index[name]]

    match condition:
        case Always(value=value):
            return value
        case Compare(terms=terms, const=const, op=op):
            total = sum(k * at(name) for k, name in terms) + const
            return {">=": total >= 0, "==": total == 0, "!=": total != 0}[op]
        case Is(name=name, status=status, negated=negated):
            return (game.statuses[game.index[name]][at(name)] == status) is not negated
        case Flag(name=name):
            return at(name) == 1
        case Played(move=move):
            return any(values[n] > 0 for name, n in game.index.items() if name.rpartition(".")[0] == f"played.{move}")
        case Not(item=item):
            return not truth(game, item, values)
        case Named(body=body):
            return truth(game, body, values)
        case All(items=items):
            return all(truth(game, item, values) for item in items)
        case Either(items=items):
            return any(truth(game, item, values) for item in items)
    raise AssertionError(condition)
