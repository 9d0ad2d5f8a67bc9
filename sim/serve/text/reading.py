"""serve: what the text page reads for one person: the view-models of line mode as statements, each made when a part asks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sim.lesson.messages import ASKS
from sim.lesson.papers import BINDS_NOBODY
from sim.plain import map_page, move_pages, round_pages, text_pages
from sim.serve.text.statements import Block, blocks
from sim.words.sources import cited

if TYPE_CHECKING:
    from sim.lesson import Lesson, Message, Paper, Person, SeatDesk, SeatRoom
    from sim.lesson.papers import Bracket, Version
    from sim.lesson.sheets import Sheet
    from sim.words.models import Dispatch, Menu, MenuGroup, MenuItem, Negotiation, PartLine, Situation

PARTS: Final = {"now": "Now", "orders": "Orders", "messages": "Messages", "draft": "Draft", "papers": "Papers",
                "read": "Read", "class": "Class", "debrief": "Debrief"}
"""The parts of the page, in order."""
ASKED: Final = {"nothing": "asks for nothing", "information": "asks for information",
                "consultations": "proposes consultations", "protest": "protests", "assurance": "asks for an assurance",
                "assurances given": "gives an assurance"}
"""What a note verbale does, as a person chooses it; the keys are those of `ASKS`."""
_DID: Final = {"proposed": "proposed a paragraph", "bracketed": "put its own wording in brackets",
               "agreed": "agreed to a wording", "taken": "agreed last, and the wording became the text",
               "unbracketed": "withdrew its brackets"}


@dataclass(frozen=True, slots=True)
class Debrief:
    """The last page in its parts."""

    head: list[Block]
    scores: list[tuple[str, list[Block]]]
    rest: list[Block]


class Reading:
    """One person's page at one instant. Off the loop: what is asked for first may take its time."""

    asks = {key: ASKED[key] for key in ASKS}  # noqa: RUF012 never changed
    binds_nobody = BINDS_NOBODY
    sentence = staticmethod(round_pages.sentence)
    dispatch = staticmethod(round_pages.dispatch)
    why_not = staticmethod(round_pages.why_not)

    def __init__(self, lesson: Lesson, person: Person, desk: SeatDesk, whole: SeatDesk | None) -> None:
        """`whole`: a desk that sees everything, once the facilitator allows it."""
        self.lesson, self.person, self.desk, self.whole = lesson, person, desk, whole

    # -- where it stands

    @cached_property
    def room(self) -> SeatRoom:
        """The lesson, as this person sees it."""
        return self.lesson.room(self.person.id)

    @cached_property
    def left(self) -> int | None:
        """Whole seconds of the clock, None where no clock runs or waits to run on."""
        room = self.room
        return math.ceil(room.left) if room.left is not None and room.stage in ("briefing", "orders", "paused") else None

    @cached_property
    def now(self) -> Situation:
        """The head of the situation."""
        return self.desk.situation()

    @cached_property
    def over(self) -> bool:
        """Whether the debrief is what there is to see."""
        return self.desk.over

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts that there are now."""
        return {part: title for part, title in PARTS.items() if part != "debrief" or self.over}

    def heading(self) -> list[Block]:
        """Round, date, phase."""
        return blocks(round_pages.heading(self.now))

    @cached_property
    def names(self) -> dict[str, str]:
        """Seat to name, and what `public` and `facilitator` are called."""
        return {**{seat.seat: seat.name for seat in self.room.seats}, "public": "everybody", "facilitator": "the facilitator"}

    def named(self, seat: str) -> str:
        """What a seat is called."""
        return self.names.get(seat, seat)

    def listed(self, seats: Sequence[str]) -> str:
        """`Velmora, Osk and Tarn`."""
        called = [self.named(seat) for seat in seats]
        return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} and {called[-1]}" if called else ""

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """Id and name of every other delegation."""
        return [(seat.seat, seat.name) for seat in self.room.seats if seat.seat != self.person.seat]

    # -- news

    @cached_property
    def news(self) -> Sequence[Dispatch]:
        """What was learnt since the seat last filed."""
        return self.desk.dispatches()

    @cached_property
    def wire(self) -> Sequence[Dispatch]:
        """All news so far."""
        return self.desk.wire()

    @cached_property
    def rounds(self) -> list[tuple[int, str, list[Dispatch]]]:
        """All news round by round: number, date, dispatches; of everybody once all is revealed."""
        out: list[tuple[int, str, list[Dispatch]]] = []
        for line in (self.whole or self.desk).wire():
            if not out or out[-1][0] != line.round:
                out.append((line.round, line.date, []))
            out[-1][2].append(line)
        return out

    def moved(self) -> list[Block]:
        """The tracks that tell most now; how line mode reads the others is no word of this page."""
        return blocks(line.partition("; `")[0].rstrip(".") + "." if isinstance(line, str) else line
                      for line in round_pages.main_tracks(self.now))

    def tracks(self) -> list[Block]:
        """Every track."""
        return blocks(round_pages.tracks(self.now.tracks))

    # -- orders

    @cached_property
    def menu(self) -> Menu:
        """What the seat can do."""
        return self.desk.menu()

    @cached_property
    def items(self) -> dict[str, MenuItem]:
        """Moves and answers by key."""
        asked = [answer for question in self.menu.questions for answer in question.answers]
        return {item.key: item for item in [*asked, *(item for group in self.menu.groups for item in group.items)]}

    @cached_property
    def sheet(self) -> Sheet | None:
        """The delegation's sheet; None for who watches, and once the debrief is open."""
        return self.lesson.sheet(self.person.id) if self.person.seat and not self.over else None

    @cached_property
    def on_sheet(self) -> frozenset[str]:
        """The keys on the sheet."""
        return frozenset(line.key for line in self.sheet.lines) if self.sheet is not None else frozenset()

    @cached_property
    def spent(self) -> tuple[int, int]:
        """Attention spent by the sheet, and orders on it."""
        return self.desk.spending()

    def open_questions(self) -> int:
        """How many questions still want an answer."""
        return sum(question.waits(self.on_sheet) for question in self.menu.questions) if self.sheet is not None else 0

    def groups(self, word: str) -> list[tuple[MenuGroup, list[MenuItem], list[MenuItem]]]:
        """Groups of moves, open and closed, those with a word in them."""
        wanted = word.casefold()
        out = []
        for group in self.menu.groups:
            found = [item for item in group.items
                     if wanted in f"{item.title} {group.title} {item.tier} {item.hint} {item.target}".casefold()]
            if found:
                out.append((group, [item for item in found if item.legal], [item for item in found if not item.legal]))
        return out

    def effects(self, item: MenuItem) -> list[Block]:
        """What a move would do."""
        return blocks(move_pages.answers(item))

    def seen(self, item: MenuItem) -> str:
        """Who sees it."""
        return move_pages.SEEN.get(item.seen, move_pages.SEEN["parties"])

    # -- texts

    @cached_property
    def negotiation(self) -> Negotiation:
        """The draft as a document."""
        return self.desk.negotiation()

    def part_text(self, part: PartLine) -> list[Block]:
        """What is to be said of a part before its clauses."""
        from dataclasses import replace

        checks = [check for check in self.negotiation.checks if check.part == part.id]
        # the clauses follow one by one, each with what can be done with it
        return blocks(list(text_pages.draft((replace(part, clauses=()),), "", checks))[1:])

    def clause_text(self, part: PartLine, number: int) -> list[Block]:
        """One clause: its text, what it rests on, what it would do."""
        from dataclasses import replace

        bare = replace(part, clauses=(part.clauses[number],), signed_by=(), signed="", fell="", waits_for=())
        return blocks(list(text_pages.draft((bare,), ""))[1:])

    def acts(self, keys: Iterable[str]) -> list[MenuItem]:
        """The moves of these keys."""
        return [self.items[key] for key in keys if key in self.items]

    def provisions(self) -> list[Block]:
        """What was signed before."""
        return blocks(text_pages.provisions(self.desk.provisions(), ""))

    def brief(self) -> list[Block]:
        """The seat's brief."""
        return blocks(text_pages.brief(self.desk.brief()))

    def map(self) -> list[Block]:
        """The map in words."""
        return blocks(map_page.chart(self.desk.map(), ""))

    def glossary(self) -> list[Block]:
        """Words."""
        return blocks(text_pages.glossary(self.desk.glossary(), ""))

    def reasons(self) -> list[Block]:
        """Why the others chose as they did in the last round that was closed."""
        desk = self.whole or self.desk
        closed = desk.round if desk.match.ended else desk.round - 1
        return blocks(text_pages.reasons(desk.reasons(), desk.no_reasons(closed))) if closed >= 1 else []

    # -- messages and papers

    @cached_property
    def messages(self) -> Sequence[Message]:
        """All that this person may read, oldest first."""
        return self.lesson.messages(self.person.id)

    def sender(self, message: Message) -> str:
        """The capital, and the name of who wrote it where that adds anything."""
        if message.mine:
            return "You"
        seat = self.named(message.sender)
        seat = seat[:1].upper() + seat[1:]
        return f"{seat} ({message.name})" if message.name and message.name.lower() != seat.lower() else seat

    def receivers(self, message: Message) -> str:
        """To whom it went; one's own seat is `you`."""
        if not message.to:
            return "your delegation"
        return ", ".join("you" if to == self.person.seat else self.named(to) for to in message.to)

    def thread(self, message: Message) -> list[str]:
        """To whom an answer goes."""
        if "public" in message.to:
            return ["public"]
        if "facilitator" in (message.sender, *message.to):
            return ["facilitator"]
        return sorted({message.sender, *message.to} - {self.person.seat}) or ["own"]

    def threads(self) -> list[tuple[str, str]]:
        """Between whom messages were exchanged, the busiest first: what stands for them in an address, and who they are."""
        count = Counter(tuple(self.thread(message)) for message in self.messages)
        called = {"own": "your delegation", "public": "everybody", "facilitator": "the facilitator"}
        return [(".".join(thread), called.get(thread[0]) or self.listed(thread)) for thread, _ in count.most_common()]

    def among(self, thread: str) -> list[Message]:
        """The messages of one thread; all for an empty name."""
        return [message for message in self.messages if thread in ("", ".".join(self.thread(message)))]

    def found(self, id: str) -> Message | None:
        """A message by its id."""
        return next((message for message in self.messages if message.id == id), None)

    @cached_property
    def notes(self) -> list[Message]:
        """The notes verbales of others, to be answered."""
        return [message for message in self.messages if message.kind == "verbale" and not message.hidden
                and message.sender != self.person.seat]

    @cached_property
    def why_silent(self) -> str:
        """Why this person cannot write, in a sentence; mostly empty."""
        if not self.person.seat:
            return "Observers read along; only a delegation writes."
        return "The facilitator has muted you; you can read and draft orders." if self.person.muted else ""

    @cached_property
    def papers(self) -> Sequence[Paper]:
        """Those to which the delegation is a party."""
        return self.lesson.papers(self.person.id)

    def stands(self, paper: Paper, bracket: Bracket) -> str:
        """Whose wording it is, who agrees, who has still to."""
        agree = [party for party in bracket.agreed if party != bracket.seat]
        still = [party for party in paper.parties if party not in bracket.agreed]
        parts = ["You want this" if bracket.seat == self.person.seat else f"{self.named(bracket.seat)} wants this"]
        if agree:
            parts.append(f"{self.listed(agree)} {'agrees' if len(agree) == 1 else 'agree'}")
        if still:
            you = still == [self.person.seat]
            whom = "you" if you else self.listed(still)
            parts.append(f"{whom} {'has' if len(still) == 1 and not you else 'have'} not agreed")
        return "; ".join(parts) + "."

    def version(self, version: Version) -> str:
        """`Round 2: Osk put its own wording in brackets.`."""
        return f"Round {version.round}: {self.named(version.seat)} {_DID[version.did]}."

    # -- sources and debrief

    def sources(self, of: str, which: str) -> tuple[str, list[Block]] | None:
        """Who says something that this person can read: what it is about, and the sources; None where there is no such thing."""
        found: tuple[str, Sequence[str]] | None = None
        if of == "wire" and which.isdecimal() and int(which) < len(self.wire):
            found = self.wire[int(which)].text, self.wire[int(which)].source
        elif of == "move" and which in self.items:
            found = self.items[which].title, self.items[which].source
        elif of == "clause":
            found = next(((c.title or c.id, c.source) for p in self.negotiation.parts for c in p.clauses if c.id == which), None)
        elif of == "provision":
            found = next(((p.title, p.source) for p in self.desk.provisions() if p.id == which), None)
        elif of == "track":
            found = next(((t.title, t.source) for t in self.now.tracks if t.name == which), None)
        if found is None:
            return None
        said = text_pages.sources(self.desk.sources(tuple(found[1])))
        # by these names other lines cite them
        return found[0], blocks((line[0], f"{line[0].rstrip('.')}: {line[1]}") if isinstance(line, tuple)
                                and line[0].strip(" -") else line for line in said)

    cites = staticmethod(cited)

    def debrief(self) -> Debrief | None:
        """The last page, or where the match stands; the others' scores are told once it has ended, or all is revealed."""
        page = self.desk.ending()
        if page is None:
            return None
        head = text_pages.ending(page) if page.id else (f"{page.title}: {page.date}.", page.text)
        scores = page.scores if page.id or self.whole is None else tuple((self.whole.ending() or page).scores)
        return Debrief(blocks(head), [(score.name, blocks(text_pages.scores((score,)))) for score in scores],
                       blocks(text_pages.debrief(page)))
