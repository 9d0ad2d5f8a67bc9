"""tui: what the app expects of others: a `Desk` (one seat of a match) and a `Venue` (where matches are found)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sim.tui.start import Start
from sim.words.models import (
    BriefModel,
    Card,
    Dispatch,
    EndingModel,
    Menu,
    MenuItem,
    PartLine,
    ProvisionLine,
    ReasonLine,
    SilentLine,
    Situation,
    SourceLine,
)


class Desk(Protocol):
    """One seat's end of a match, in view-models. `sim.words.desk.Desk` is the one of this process."""

    @property
    def over(self) -> bool:
        """Whether an ending was reached."""
        ...

    def situation(self) -> Situation:
        """The head of the situation room."""
        ...

    def menu(self) -> Menu:
        """What the seat can do this round."""
        ...

    def dispatches(self) -> tuple[Dispatch, ...]:
        """The news of the last round, the opening of this one included."""
        ...

    def wire(self) -> tuple[Dispatch, ...]:
        """All news so far, oldest first."""
        ...

    def draft(self) -> tuple[PartLine, ...]:
        """The text under negotiation."""
        ...

    def provisions(self) -> tuple[ProvisionLine, ...]:
        """What was signed."""
        ...

    def brief(self) -> BriefModel:
        """The seat's brief."""
        ...

    def reasons(self, round: int | None = None) -> tuple[ReasonLine, ...]:
        """Why the others chose as they did, as far as it is shown; the last closed round unless said."""
        ...

    def silent(self, round: int | None = None) -> tuple[SilentLine, ...]:
        """What happened by itself and is not on the wire; the last closed round unless said."""
        ...

    def no_reasons(self, round: int) -> str:
        """Why no reasons are told of a round, in a sentence."""
        ...

    def ending(self) -> EndingModel | None:
        """The last page, once the match is over."""
        ...

    def sources(self, ids: tuple[str, ...]) -> tuple[SourceLine, ...]:
        """Who says what the claims say."""
        ...

    def filed(self) -> tuple[MenuItem, ...]:
        """Answers and orders chosen so far."""
        ...

    def add(self, key: str) -> str | None:
        """Choose a move or an answer; a sentence if it is refused."""
        ...

    def remove(self, key: str) -> None:
        """Withdraw it."""
        ...

    def think(self) -> Any:
        """Let the policies choose. Changes nothing and may take long: called off the loop."""
        ...

    def resolve(self, choices: Any) -> tuple[Dispatch, ...]:
        """Close the round; its news in order of resolution."""
        ...

    def undo(self) -> object:
        """Back to the open orders of the round before."""
        ...

    def save(self, path: Path | None = None) -> object:
        """Write the match; to its own file unless a path is given. Raises `SaveError`."""
        ...


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the frame before the match is loaded."""

    title: str
    seat: str
    date: str


@dataclass(frozen=True, slots=True)
class SaveLine:
    """A match that can be continued."""

    path: Path
    title: str
    seat: str
    says: str
    """`round 4 of 13, 21 May 2021`."""


class Venue(Protocol):
    """Where scenarios and saves are found and matches are opened."""

    def head(self, start: Start) -> Head:
        """Title, seat and date of what is to be opened; quick, and never an error."""
        ...

    def cards(self) -> tuple[Card, ...]:
        """The library."""
        ...

    def card(self, scenario: str) -> Card:
        """One scenario's card, by id or path. Raises `DetenteError`."""
        ...

    def saves(self) -> tuple[SaveLine, ...]:
        """Matches that can be continued, the newest first."""
        ...

    def open(self, start: Start) -> Desk:
        """A match, new or from a save. May take long: called off the loop. Raises `DetenteError`."""
        ...

    def notice(self, start: Start) -> str:
        """What a player must be told about what is opened, in a sentence; mostly empty."""
        ...
