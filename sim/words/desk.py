"""words: one person's seat at one match: everything a face shows, and everything a person can do.

A face talks to a `Desk` and to nothing below it. All texts are made from the seat's view and its redacted log; two
things go beyond: which contact a published readout is about, and, once the match has ended, the true scores and reasons.

Past 400 lines: it is one class, all that a face may ask for; the answers are made in the modules around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import SaveError, UsageError
from sim.play.protocols import PERSON, Choice, Policy
from sim.rules import CONTROL, Orders, View, masked
from sim.words import branches
from sim.words.branches import Telling
from sim.words.brief import brief
from sim.words.catalog import Catalog
from sim.words.chronicle import Chapter, Chronicle
from sim.words.compare import compare
from sim.words.dispatches import Wire
from sim.words.draft import draft
from sim.words.ending import ending, seat_score, standing
from sim.words.glossary import glossary
from sim.words.map import Cartographer
from sim.words.menu import MenuWriter
from sim.words.models import (
    BriefModel,
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
    SeatScore,
    SeriesModel,
    SilentLine,
    Situation,
    SourceLine,
    TermGroup,
    Timeline,
)
from sim.words.negotiation import negotiation
from sim.words.phases import PhaseWriter
from sim.words.reading import Reading
from sim.words.reasons import reasons, untold
from sim.words.refusals import refused
from sim.words.relations import relations
from sim.words.series import Course, series
from sim.words.silent import silent
from sim.words.situation import situation
from sim.words.sources import Dossiers, Sources, meant
from sim.words.timeline import timeline
from sim.words.tray import questions
from sim.words.treaty import provisions

if TYPE_CHECKING:
    from threading import RLock

    from sim.play.match import Match

_TOLD_LINES = 8
"""How many other lines are kept as they were read."""


class Desk:
    """A viewer's desk: a seat, or `public` or `control` for who only watches.

    Texts are kept until the match moves on. `think`, `timeline` and `compare` may run in threads; everything else
    belongs to one thread. While a line is read in a thread the match does not move: who moves it waits for that.
    """

    catalog: Catalog
    _sources: Sources
    _phase_writer: PhaseWriter
    _cartographer: Cartographer | None
    reading: Reading

    def __init__(self, match: Match, seat: str, policies: Mapping[str, Policy], dossiers: Dossiers | None = None,
                 like: Desk | None = None) -> None:
        """`policies` per seat (or per name that `match.players` gives); `dossiers` or how to read them, for sources.

        `like`: a desk of the same viewer at the same match, with which everything read is shared, or at a copy of it, with
        which what the scenario says is.
        """
        match.view(seat)
        self.match = match
        self.seat = seat
        self.policies = policies
        self.on_done: Callable[[], None] = _nothing
        """Called after orders were filed and after a round was resolved: a face keeps the match there."""
        if like is None:
            self.catalog = Catalog(match.loaded.usable()[1])
            self._sources = Sources(self.catalog, dossiers)
            drawn = match.loaded.map
            self._cartographer = Cartographer(self.catalog, drawn) if drawn is not None else None
        else:
            self.catalog, self._sources, self._cartographer = like.catalog, like._sources, like._cartographer  # noqa: SLF001
        self.reading = Reading(match, self.catalog, seat, self._sources.contested) \
            if like is None or like.match is not match else like.reading

    @property
    def _wire(self) -> Wire:
        return self.reading.wire

    @property
    def _writer(self) -> MenuWriter:
        return self.reading.writer

    @property
    def _still(self) -> RLock:
        return self.reading.lock

    # -- what it reads

    @property
    def over(self) -> bool:
        """Whether an ending was reached."""
        return self.match.ended

    @property
    def round(self) -> int:
        """The round that is open, or in which the match ended."""
        return self.match.round

    def view(self) -> View:
        """What the viewer knows now."""
        return self.match.view(self.seat)

    def chronicle(self) -> Chronicle:
        """The viewer's log round by round."""
        reading = self.reading
        if reading.at != self.match.head:
            with reading.lock:
                # who waited here may find it read
                if reading.at != self.match.head:
                    reading.read_on(self.match)
        return reading.chronicle

    def situation(self) -> Situation:
        """Date, phase, tracks."""
        chronicle = self.chronicle()
        if self.reading.situation is None:
            with self.reading.making:
                self.reading.situation = situation(self.match.game, self.catalog, self.view(), chronicle)
        return self.reading.situation

    def situation_at(self, round: int) -> Situation | None:
        """The situation in which the orders of an earlier round were filed; None if it was not reached."""
        chronicle = self.chronicle()
        chapter = chronicle.chapter(round)
        if chapter is None:
            return None
        seen = View(self.seat, round, open=True, ending="", values=chapter.opening, visible=self.view().visible)
        past = Chronicle(self.seat, (*chronicle.chapters[:round - chronicle.first], chapter.unresolved()))
        return situation(self.match.game, self.catalog, seen, past)

    def map(self) -> MapModel | None:
        """The map with what is marked on it now; None where the scenario has none."""
        return self._cartographer.map(self.view()) if self._cartographer else None

    def map_at(self, round: int) -> MapModel | None:
        """The map on which the orders of an earlier round were filed; None also if it was not reached."""
        chapter = self.chronicle().chapter(round)
        if self._cartographer is None or chapter is None:
            return None
        return self._cartographer.map(View(self.seat, round, open=True, ending="", values=chapter.opening,
                                           visible=self.view().visible))

    def phases(self) -> PhaseDiagram:
        """The state diagram of the situation: where it stands, has been, and may go."""
        chronicle = self.chronicle()
        if self.reading.phases is None:
            with self.reading.making:
                self.reading.phases = self.reading.phase_writer.diagram(self.view(), chronicle)
        return self.reading.phases

    def timeline(self) -> Timeline:
        """The line on which the match stands, round by round."""
        with self._still:
            return timeline(self.match, self.catalog, self.seat, self._telling(self.match.head))

    def branches(self) -> tuple[LineCard, ...]:
        """Every line of the match, each followed by those that leave it; the first is the one begun first."""
        return branches.cards(self.match, self.catalog, self.seat)

    def compare(self, left: int, right: int) -> Comparison:
        """Two lines by their heads, as the viewer heard them. Raises `UsageError` for what is no head of a line."""
        with self._still:
            known = {card.head: card for card in self.branches()}
            for head in (left, right):
                if head not in known:
                    raise UsageError(f"No line of this match has come to entry {head}; choose two of its lines.", "D314")
            return compare(self.match, self.catalog, self.seat, (known[left], known[right]),
                           (self._telling(left), self._telling(right)), self._wire)

    def score(self) -> SeatScore | None:
        """The seat's goals as they stand now, as far as it sees; None for who only watches."""
        if self.seat not in self.match.game.seats:
            return None
        return seat_score(self.match.game, self.catalog, self.seat, self.view())

    def series(self) -> SeriesModel:
        """Every listed track that the viewer sees, over the rounds, with what moved it."""
        self.chronicle()
        if self.reading.series is None:
            with self.reading.making:
                self.reading.series = series(self._course())
        return self.reading.series

    def relations(self) -> RelationsModel:
        """What seats are to one another over the rounds, as far as the viewer sees it."""
        self.chronicle()
        if self.reading.relations is None:
            with self.reading.making:
                self.reading.relations = relations(self._course())
        return self.reading.relations

    def menu(self) -> Menu:
        """Everything the seat can do this round; empty for who only watches and after the ending."""
        self.chronicle()
        if self.reading.menu is None:
            with self.reading.making:
                seen = self.view()
                self.reading.menu = self._writer.menu(seen, questions(self.match.game, self.catalog, seen, self._writer))
        return self.reading.menu

    def dispatches(self, round: int | None = None) -> tuple[Dispatch, ...]:
        """The news of a round; without a number what was learnt since the seat last filed.

        That is the resolution and close of the last round, and the opening of this one.
        """
        chronicle = self.chronicle()
        if round is not None:
            chapter = chronicle.chapter(round)
            return self._opening(chapter) + self._resolution(chapter) if chapter else ()
        last = chronicle.last
        if last is None:
            return ()
        if last.closed:
            return self._resolution(last)
        before = chronicle.chapter(last.round - 1)
        return (self._resolution(before) if before else ()) + self._opening(last)

    def wire(self) -> tuple[Dispatch, ...]:
        """All news so far, oldest first."""
        return tuple(d for c in self.chronicle().chapters for d in (*self._opening(c), *self._resolution(c)))

    def silent(self, round: int | None = None) -> tuple[SilentLine, ...]:
        """What happened by itself without a dispatch after the orders of a closed round (the last unless said).

        It reaches to the opening of the next round, as the change of a track does and the news by default. Empty for a
        round that is open or was not reached.
        """
        chapters = self.chronicle().chapters
        closed = [c for c in chapters if c.closed and round in (None, c.round)]
        if not closed:
            return ()
        chapter = closed[-1]
        following = self.chronicle().chapter(chapter.round + 1)
        return silent(self.catalog, self._wire, self._writer.reckoner, chapter, following, self.reading.listener.contacts)

    def draft(self) -> tuple[PartLine, ...]:
        """The draft, part by part."""
        chronicle = self.chronicle()
        return draft(self.match.game, self.catalog, self.view(), chronicle, self._writer.reckoner, self.menu())

    def negotiation(self) -> Negotiation:
        """The negotiating table: the draft as a document, with the seat's own check of what a signature would mean."""
        return negotiation(self.match.game, self.catalog, self.view(), self.draft())

    def provisions(self) -> tuple[ProvisionLine, ...]:
        """The treaty reader."""
        chronicle = self.chronicle()
        return provisions(self.catalog, self.view(), chronicle, self._wire, self.reading.listener.contacts)

    def brief(self, seat: str = "") -> BriefModel:
        """The seat's own brief, or the public part of another's; the first seat's for who only watches."""
        of = seat or (self.seat if self.seat in self.match.game.seats else self.match.game.seats[0])
        return brief(self.catalog, self.match.files, of, self.seat)

    def reasons(self, round: int | None = None) -> tuple[ReasonLine, ...]:
        """Why the others chose as they did in a round (the last closed one unless said), as far as it may be shown."""
        given = self.match.reasons(self.seat, round)
        chapters = [c for c in self.chronicle().chapters if c.closed and round in (None, c.round)]
        if not chapters or not given:
            return ()
        if not self._told_all:
            opening = chapters[-1].opening
            return reasons(self.match.game, self.catalog, self.seat, given, dict.fromkeys(given, opening))
        opening = next(p for p in self.match.rounds if p.round == chapters[-1].round).opening.values
        weighed = {seat: masked(self.match.game, opening, seat) for seat in given}
        return reasons(self.match.game, self.catalog, CONTROL, given, weighed)

    def no_reasons(self, round: int) -> str:
        """One sentence for where `reasons` has none for a closed round: when they are told, or that there are none."""
        chapter = self.chronicle().chapter(round)
        heard = chapter is not None and any(
            event.kind == "unseen" or (event.kind == "move" and self.catalog.moves[event.id].seat != self.seat)
            for event in chapter.resolved)
        return untold(round, self.match.level, whole=self._told_all, heard=heard)

    def ending(self) -> EndingModel | None:
        """The last page, or None while the match goes on."""
        if not self.match.ended:
            return None
        chronicle = self.chronicle()
        return ending(self.match.game, self.catalog, self.match.view(CONTROL), chronicle, self._wire,
                      self.reading.listener.contacts)

    def standing(self) -> EndingModel:
        """The same page of a match that goes on: where it stands and what was reached so far, as the viewer sees it."""
        chronicle = self.chronicle()
        return standing(self.match.game, self.catalog, self.view(), chronicle, self._wire, self.reading.listener.contacts)

    def glossary(self) -> tuple[TermGroup, ...]:
        """The words of the game and of this scenario, with what they mean."""
        return glossary(self.catalog, self.seat)

    def sources(self, ids: tuple[str, ...]) -> tuple[SourceLine, ...]:
        """Who says what is cited."""
        return self._sources.lines(ids)

    def meant(self, claim: str) -> str:
        """Help for a claim that no dossier holds, as a clause with a blank behind it; may be empty."""
        return meant(claim, self._sources.claims)

    # -- what it does

    def filed(self) -> tuple[MenuItem, ...]:
        """What the seat has filed in this round, in the order of filing."""
        menu = self.menu()
        return tuple(item for key in self._filed() if (item := menu.item(key)) is not None)

    def spending(self) -> tuple[int, int]:
        """Attention spent so far in this round, and how many orders are filed; answers are no orders."""
        answers = {answer.key for question in self.menu().questions for answer in question.answers}
        filed = self.filed()
        return sum(item.cost for item in filed), sum(item.key not in answers for item in filed)

    def add(self, key: str) -> str | None:
        """File one more order or answer; a sentence if it is refused, None if it is filed."""
        if self.seat not in self.match.game.seats:
            return "Only a seat can file orders; this desk watches."
        try:
            with self._still:
                refusal = self.match.file(self.seat, Orders((*self._filed(), key)))
        except SaveError as problem:
            return f"{problem.sentence} The order is not filed."
        if refusal is None:
            self.on_done()
            return None
        item = self.menu().item(refusal.move)
        return refused(self.catalog, refusal, item.why_not if item else ())

    def remove(self, key: str) -> None:
        """Take one order or answer back; nothing happens if it was not filed. Raises `SaveError`; then it stands."""
        left = tuple(k for k in self._filed() if k != key)
        if left == self._filed():
            return
        with self._still:
            if left:
                self.match.file(self.seat, Orders(left))
            else:
                self.match.withdraw(self.seat)

    def think(self) -> dict[str, Choice]:
        """What the policies choose for the seats that nobody here plays; nothing changes by it."""
        match = self.match
        out: dict[str, Choice] = {}
        if match.ended:
            return out
        for seat in match.game.seats:
            if seat == self.seat or match.players[seat] == PERSON or match.filed(seat) is not None:
                continue
            policy = self.policies.get(seat) or self.policies.get(match.players[seat])
            if policy is not None:
                out[seat] = policy.choose(match.game, match.view(seat), seat, match.luck())
        return out

    def resolve(self, choices: Mapping[str, Choice] | None = None) -> tuple[Dispatch, ...]:
        """Close the round and open the next; `choices` from `think`, made now unless given.

        Returns the closed round's dispatches in the order in which they happened. Raises `UsageError` after the end.
        """
        number = self.match.round
        choices = self.think() if choices is None else choices
        with self._still:
            self.match.resolve(choices)
        self.on_done()
        chapter = self.chronicle().chapter(number)
        return self._resolution(chapter) if chapter else ()

    def undo(self) -> str:
        """Back to the open orders of the round before; says in a sentence what of them stands.

        Raises `UsageError` in the first round.
        """
        played = [entry for entry in self.match.line() if entry.kind == "round"]
        with self._still:
            self.match.undo()
        before = played[-1].orders.get(self.seat) if self.seat in self.match.game.seats else None
        return branches.reopened(self.catalog, self.match.round, before, Orders(self._filed()))

    def branch(self, round: int) -> None:
        """Back to the open orders of a round, to play on from there. Raises `UsageError` for a round not played."""
        with self._still:
            self.match.branch(round)

    def go(self, entry: int) -> None:
        """Stand at the head of a line, or where a round is open (`Stop.entry`); what is sealed there stands.

        Raises `UsageError` for an entry that the match does not have.
        """
        with self._still:
            self.match.go(entry)

    @property
    def begun(self) -> bool:
        """Whether there is anything to keep: it is kept already, orders were filed, or a round was resolved."""
        return self.match.path is not None or len(self.match.entries) > 1 or bool(self._filed())

    def save(self, path: Path | None = None) -> Path:
        """Keep the match in a file from now on; without a path where it is kept already, or a new one among the saves."""
        if path is None and self.match.path is not None:
            return self.match.path
        target = path or _new_save(self.match.scenario.id, self.seat)
        self.match.save(target)
        return target

    # -- kept until the match moves on

    def _telling(self, head: int) -> Telling:
        """A line as the viewer heard it; the present one from what is read already."""
        if head == self.match.head:
            return branches.told(self.match, self.seat, head, self.chronicle(), self.reading.listener.contacts)
        found = self.reading.tellings.pop(head, None) or branches.telling(self.match, self.catalog, self.seat, head)
        # the last one read is the last to be forgotten
        self.reading.tellings[head] = found
        while len(self.reading.tellings) > _TOLD_LINES:
            self.reading.tellings.pop(next(iter(self.reading.tellings)), None)
        return found

    @property
    def _told_all(self) -> bool:
        """Whether the viewer reads all reasons, with every figure: control always, everybody after the ending."""
        return self.match.ended or self.seat == CONTROL

    def _course(self) -> Course:
        return Course(self.match.game, self.catalog, self.chronicle(), self.reading.causes, self.reading.listener.contacts)

    def _filed(self) -> tuple[str, ...]:
        if self.seat not in self.match.game.seats:
            return ()
        filed = self.match.filed(self.seat)
        return filed.moves if filed else ()

    def _opening(self, chapter: Chapter) -> tuple[Dispatch, ...]:
        key = (chapter.round, "opening")
        if key not in self.reading.told:
            with self.reading.making:
                self.reading.told[key] = self._wire.opening(chapter, self.reading.listener.contacts)
        return self.reading.told[key]

    def _resolution(self, chapter: Chapter) -> tuple[Dispatch, ...]:
        key = (chapter.round, "resolution")
        if key not in self.reading.told:
            with self.reading.making:
                self.reading.told[key] = self._wire.resolution(chapter, self.reading.listener.contacts)
        return self.reading.told[key]


def _nothing() -> None:
    """Nobody keeps the match."""


def _new_save(scenario: str, seat: str) -> Path:
    from sim.play.paths import new_save_path
    return new_save_path(scenario, seat)
