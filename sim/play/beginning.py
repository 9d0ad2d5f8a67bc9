"""play: a match that begins elsewhere: in a later round, with other values, for whoever tries a scenario out.

The rules know nothing of it. Its first entry holds a control event with the values beside the opening of the round, so
that a replay folds it like everything else, and a save says where it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sim.errors import UsageError
from sim.play.control import checked
from sim.rules import Event, Game, Luck, State, fold, open_round

Value = int | bool | str

_WORDS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a match begins. What is not named stands as the scenario has it at its start."""

    round: int = 1
    """The first round that opens; those before it are passed over, and nothing happens in them."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """Tracks, flags, counters, statuses and the phase as the round opens; what its opening brings comes on top."""

    @property
    def elsewhere(self) -> bool:
        """Whether it is another than the author's."""
        return self.round != 1 or bool(self.values)


AT_THE_START: Final = Beginning()


def opened(game: Game, state: State, begin: Beginning, luck: Luck | None = None) -> tuple[Event, ...]:
    """What opens the first round: the clock, the values that were set, and what the opening brings.

    `state` is the one before any round. Raises `UsageError` for a round or a value that the scenario does not have.
    """
    if not begin.elsewhere:
        return open_round(game, state, luck)
    if not 1 <= begin.round <= game.rounds:
        raise UsageError(f"{game.id} has {game.rounds} rounds; choose 1 to {game.rounds}.", "D360")
    before = replace(state, round=begin.round - 1)
    act = checked(game, before, _title(begin), begin.values)._replace(round=begin.round)
    clock, *brought = open_round(game, fold(before, (act,)), luck)
    # whoever reads a log finds the opening of a round first
    return (clock, act, *brought)


def value_of(text: str) -> Value:
    """A value as people type it: a whole number, `true`, `false`, or the name of a status."""
    word = text.strip()
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    digits = word.removeprefix("-").removeprefix("+")
    return int(word) if digits.isascii() and digits.isdecimal() and len(digits) <= 9 else word


def assigned(words: Iterable[str]) -> dict[str, Value]:
    """Values from `name=value` words, the last of a name counts. Raises `UsageError` for a word that is none."""
    found: dict[str, Value] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise UsageError(f"`{word}` is not NAME=VALUE; write `tension=70`, `met=true` or `phase=talks`.", "D361")
        found[name.strip()] = value_of(value)
    return found


def _title(begin: Beginning) -> str:
    """No value is named: everybody reads the title, and not everybody sees every value."""
    where = f"in round {begin.round}" if begin.round > 1 else "at the start"
    return f"The match begins {where}, " + ("with values that were set by hand." if begin.values else
                                            "with everything as at the scenario's start.")
