"""tui: what a member of a class does beside the match: messages, notes verbales, papers, the people."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.screen import Screen

from sim.tui.app import DetenteApp
from sim.tui.screens.messages import OWN, MessagesPage
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.verbale import Note
from sim.tui.start import Start
from sim.tui.widgets.class_strip import ClassStrip

if TYPE_CHECKING:
    from sim.lesson import Answer, Lesson, Message, Paper, SeatRoom

_PUBLIC: Final = "public"
_FACILITATOR: Final = "facilitator"


class ClassTalk(DetenteApp):
    """Talks to the lesson through one person's id; what it may see and do is decided there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "messages", "Messages", show=False, id="class.messages"),
        Binding("a", "papers", "Papers", show=False, id="class.papers"),
        Binding("k", "people", "The class", show=False, id="class.people"),
        Binding("v", "everything", "Everything, or your own view", show=False, id="class.everything"),
    ]

    def __init__(self, lesson: Lesson) -> None:
        """Nobody sits at it yet."""
        super().__init__(Start())
        self.lesson = lesson
        self.member = ""
        self.room: SeatRoom | None = None
        self.news = ""
        """What the facilitator has just told everybody."""
        self.half_written = ""
        self.addressees: frozenset[str] = frozenset()
        """Ids of seats, `public` or `facilitator`; empty: one's own delegation."""
        self.note = Note()
        """The note verbale that is half written."""

    def look_around(self) -> None:
        """Read anew where the lesson stands."""
        self.room = self.lesson.room(self.member)
        self.tell_strip()

    def tell_strip(self) -> None:
        """Show it over every screen; those beneath too: one comes back to them as they are."""
        for screen in self.screen_stack if self.room is not None else ():
            # it stands directly on its screen; to look for it among all widgets takes longer than to paint it
            for strip in screen.query_children(ClassStrip):
                strip.show(self.room, self.news)

    # -- messages

    def action_messages(self) -> None:
        """Read and write messages."""
        self._open_page(MessagesPage)

    def action_papers(self) -> None:
        """Draft papers with others."""
        from sim.tui.screens.papers import PapersPage

        self._open_page(PapersPage)

    def action_people(self) -> None:
        """See who is there."""
        from sim.tui.screens.class_page import ClassPage

        self._open_page(ClassPage)

    def _open_page(self, page: Callable[[], Screen[Any]]) -> None:
        # the pages of the class stand above the match's, one at a time
        if self.desk is None or self.screen.is_modal:
            return
        if isinstance(self.screen, class_pages()):
            self.pop_screen()
        room = self.screen if isinstance(self.screen, SituationRoom) else None

        def back(_: object) -> None:
            # what came meanwhile was drawn on the page, and not beneath it
            if room is not None and room.is_ready and room in self.screen_stack:
                room.reload()

        self.push_screen(page(), back)

    @property
    def names(self) -> dict[str, str]:
        """Seat to name, and what `public` and `facilitator` are called."""
        seats = self.room.seats if self.room is not None else ()
        return {**{seat.seat: seat.name for seat in seats}, _PUBLIC: "everybody", _FACILITATOR: "the facilitator"}

    @property
    def own_seat(self) -> str:
        """The seat of who sits here; empty for an observer."""
        return self.room.me.seat if self.room is not None else ""

    @property
    def heads(self) -> bool:
        """Whether who sits here heads a delegation."""
        return self.room is not None and self.room.me.head

    @property
    def why_silent(self) -> str:
        """Why who sits here cannot write, in a sentence; mostly empty."""
        room = self.room
        if room is None or not room.me.seat:
            return "Observers read along; only a delegation writes."
        return "The facilitator has muted you; you can read and draft orders." if room.me.muted else ""

    def messages(self) -> Sequence[Message]:
        """All that this person may read."""
        return self.lesson.messages(self.member)

    def read_all(self) -> None:
        """All messages have been seen."""
        found = self.messages()
        if found:
            self.lesson.read_up_to(self.member, found[-1].number)
            self.look_around()

    def other_seats(self) -> list[tuple[str, str]]:
        """Id and name of every other delegation."""
        room = self.room
        return [(seat.seat, seat.name) for seat in room.seats if seat.seat != room.me.seat] if room is not None else []

    def possible_addressees(self) -> Iterable[tuple[str, str]]:
        """Id and name of everybody a message can go to."""
        if not self.own_seat:
            return
        yield OWN, "your delegation"
        yield from self.other_seats()
        yield _PUBLIC, "everybody (public)"
        yield _FACILITATOR, "the facilitator"

    def mark(self, addressee: str) -> None:
        """Mark or unmark; public, the facilitator and one's own delegation stand alone."""
        if addressee == OWN:
            self.addressees = frozenset()
        elif addressee in {_PUBLIC, _FACILITATOR}:
            self.addressees = frozenset() if addressee in self.addressees else frozenset({addressee})
        else:
            self.addressees = (self.addressees - {_PUBLIC, _FACILITATOR}) ^ {addressee}

    def write(self, text: str) -> bool:
        """Send a message; a refusal is told."""
        return self._sent(self.lesson.send(self.member, tuple(sorted(self.addressees)), text, once=secrets.token_urlsafe(12)))

    def send_note(self) -> bool:
        """Send the note verbale; a refusal is told, and the note is kept."""
        note = self.note
        form = {"subject": note.subject, "asks": note.asks, "reply_to": note.reply_to}
        if not self._sent(self.lesson.send(self.member, tuple(sorted(note.to)), note.text, kind="verbale", form=form,
                                           once=secrets.token_urlsafe(12))):
            return False
        self.note = Note()
        return True

    def _sent(self, answer: Answer) -> bool:
        if not answer.ok:
            self.notify(answer.sentence, title="Not sent", severity="warning", timeout=8)
        return answer.ok

    # -- papers

    def has_looked(self, paper: Paper) -> bool:
        """Whether this person has opened a paper, or looked at it, before."""
        return paper.seen > 0 or not paper.revision

    def look_at_paper(self, paper: Paper) -> None:
        """A paper has been seen as it stands."""
        self.lesson.look_at(self.member, paper.id, paper.revision)
        self.look_around()


def class_pages() -> tuple[type, ...]:
    """The pages of the class, of which one stands over the match's at a time."""
    from sim.tui.screens.class_page import ClassPage
    from sim.tui.screens.papers import PapersPage

    return (MessagesPage, PapersPage, ClassPage)
