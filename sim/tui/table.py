"""tui: what the app expects of others: a `Desk` (one seat of a match) and a `Venue` (where matches are found)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sim.tui.start import Start

if TYPE_CHECKING:
    # for types alone: the first paint needs no view-model
    from sim.words.models import (
        BriefModel,
        Card,
        Comparison,
        Dispatch,
        EndingModel,
        LineCard,
        MapModel,
        Menu,
        MenuItem,
        Negotiation,
        PartLine,
        PhaseDiagram,
        ProvisionLine,
        ReasonLine,
        RelationsModel,
        SeriesModel,
        SilentLine,
        Situation,
        SourceLine,
        TermGroup,
        Timeline,
    )


class Desk(Protocol):
    """One seat's end of a match, in view-models. `sim.words.desk.Desk` is the one of this process."""

    on_done: Callable[[], None]
    """Called after orders were filed and after a round was resolved."""

    @property
    def over(self) -> bool:
        """Whether an ending was reached."""
        ...

    @property
    def begun(self) -> bool:
        """Whether there is anything to keep."""
        ...

    def situation(self) -> Situation:
        """The head of the situation room."""
        ...

    def phases(self) -> PhaseDiagram:
        """The state diagram of the situation: where it stands, has been, and may go."""
        ...

    def series(self) -> SeriesModel:
        """Every listed track over the rounds."""
        ...

    def relations(self) -> RelationsModel:
        """What seats are to one another, over the rounds."""
        ...

    def menu(self) -> Menu:
        """What the seat can do this round."""
        ...

    def dispatches(self, round: int | None = None) -> tuple[Dispatch, ...]:
        """The news of a round; without a number of the last one, the opening of this one included."""
        ...

    def wire(self) -> tuple[Dispatch, ...]:
        """All news so far, oldest first."""
        ...

    def draft(self) -> tuple[PartLine, ...]:
        """The text under negotiation."""
        ...

    def negotiation(self) -> Negotiation:
        """The same as a document, with the seat's own check of what a signature would mean."""
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

    def map(self) -> MapModel | None:
        """The map with what is marked on it now; None where the scenario has none."""
        ...

    def map_at(self, round: int) -> MapModel | None:
        """The map on which the orders of an earlier round were filed; None also if it was not reached."""
        ...

    def glossary(self) -> tuple[TermGroup, ...]:
        """The words of the game and of this scenario."""
        ...

    def sources(self, ids: tuple[str, ...]) -> tuple[SourceLine, ...]:
        """Who says what the claims say."""
        ...

    def filed(self) -> tuple[MenuItem, ...]:
        """Answers and orders chosen so far."""
        ...

    def spending(self) -> tuple[int, int]:
        """Attention spent so far in this round, and how many orders are filed."""
        ...

    def add(self, key: str) -> str | None:
        """Choose a move or an answer; a sentence if it is refused."""
        ...

    def remove(self, key: str) -> None:
        """Withdraw it. Raises `SaveError`."""
        ...

    def think(self) -> Any:
        """Let the policies choose. Changes nothing and may take long: called off the loop."""
        ...

    def resolve(self, choices: Any) -> tuple[Dispatch, ...]:
        """Close the round; its news in order of resolution."""
        ...

    def undo(self) -> str:
        """Back to the open orders of the round before; a sentence that says what of them stands."""
        ...

    def timeline(self) -> Timeline:
        """The line on which the match stands, round by round. May take long: called off the loop."""
        ...

    def situation_at(self, round: int) -> Situation | None:
        """The situation in which the orders of a round were filed."""
        ...

    def branches(self) -> tuple[LineCard, ...]:
        """Every line of the match, each followed by those that leave it."""
        ...

    def go(self, entry: int) -> None:
        """Stand at the head of a line, or where a round is open. Raises `DetenteError`."""
        ...

    def compare(self, left: int, right: int) -> Comparison:
        """Two lines by their heads. May take long: called off the loop."""
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
    """`round 4 of 13, easy`, or what is wrong with the file."""
    when: str = ""
    """When it was last played: `22 November 23:10`."""
    ended: bool = False
    whole: bool = True
    """Whether it can be opened."""


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
        """All matches kept, the one last played first."""
        ...

    def delete(self, path: Path) -> None:
        """Take a match away for good. Raises `DetenteError`."""
        ...

    def open(self, start: Start) -> Desk:
        """A match, new or from a save. May take long: called off the loop. Raises `DetenteError`."""
        ...

    def notice(self, start: Start) -> str:
        """What a player must be told about what is opened, in a sentence; mostly empty."""
        ...
