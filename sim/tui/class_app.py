"""tui: the app of one member of a class: the facilitator and the clock lead, the screens follow.

It talks to the lesson through one person's id; what it may see and do is decided there, never here.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from sim.errors import DetenteError
from sim.tui.app import DetenteApp
from sim.tui.screens.briefing import Briefing
from sim.tui.screens.lobby import Lobby
from sim.tui.screens.messages import OWN, MessagesPage
from sim.tui.screens.room import SituationRoom
from sim.tui.start import MapStyle, Start
from sim.tui.table import Head
from sim.tui.widgets.class_strip import ClassStrip
from sim.tui.widgets.panes import OrderPane

if TYPE_CHECKING:
    from sim.lesson import Change, Lesson, Message, SeatDesk, SeatRoom
    from sim.words.models import PhaseDiagram, Situation

_ORDERS: Final = frozenset({"sheet", "filed", "seat", "round", "undone"})
"""Kinds of changes after which the orders of a seat may look different."""
_PUBLIC: Final = "public"
_FACILITATOR: Final = "facilitator"


class ClassRoom(SituationRoom):
    """The situation room, in which orders are handed in rather than rounds resolved."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "resolve", "File the orders", id="room.resolve")]

    def ready(self) -> None:
        """Show the round as it stands."""
        self.query_one(OrderPane).does = "files the orders"
        super().ready()


class ClassApp(DetenteApp):
    """Shows the lobby until the briefing, follows every round, and ends with the debrief."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n", "messages", "Messages", id="class.messages")]
    in_class = True

    def __init__(self, lesson: Lesson) -> None:
        """Nobody sits at it yet; see `admit`."""
        super().__init__(Start())
        self.lesson = lesson
        self.member = ""
        self.room: SeatRoom | None = None
        self.half_written = ""
        self.addressees: frozenset[str] = frozenset()
        """Ids of seats, `public` or `facilitator`; empty: one's own delegation."""
        self._before: tuple[Situation, PhaseDiagram] | None = None
        self._stage = ""
        self._broadcast = ""
        self._seating = False

    # -- who sits here

    def admit(self, member: str) -> None:
        """Seat a member; may be called before the app runs and once it does, and only once."""
        self.member = member
        if self.is_running:
            self.call_later(self._sit_down)

    def on_mount(self) -> None:
        """Begin, if somebody sits here already; look at the clock every second."""
        if self.member:
            self.call_after_refresh(self._sit_down)
        self.set_interval(1.0, self._tick)

    def _sit_down(self) -> None:
        if not self._seating:
            self._seating = True
            self.run_worker(self._seated(), exclusive=True, group="open")

    async def _seated(self) -> None:
        try:
            desk = await asyncio.to_thread(self.lesson.desk, self.member)
            # the first reading of a long match takes its time, and is kept
            await asyncio.to_thread(desk.situation)
        except DetenteError as problem:
            self.tell("Your seat cannot be opened", problem.sentence)
            return
        self.desk = desk
        self._follow(entering=True)

    @property
    def seat_desk(self) -> SeatDesk | None:
        """The desk, as a class has it."""
        return self.desk  # type: ignore[return-value]

    # -- frame

    def get_default_screen(self) -> Screen[Any]:
        """The lobby, painted before anybody is there."""
        self.dress()
        return Lobby()

    def above(self) -> Iterable[Widget]:
        """Where the lesson stands, over every screen."""
        yield ClassStrip(self.room)

    def situation_room(self) -> SituationRoom:
        """The one of a class."""
        return ClassRoom()

    def draw(self, look: MapStyle) -> None:
        """How the map is drawn on the terminal that has come before the app."""
        if look != self.start.map:
            self.start = replace(self.start, map=look)
            if isinstance(self.screen, SituationRoom) and self.screen.is_ready:
                self.screen.reload()

    # -- following

    def take_in(self, changes: Sequence[Change]) -> None:
        """The lesson has changed: follow it, if somebody sits here."""
        room = self.room
        if self.desk is None or room is None or self.leaving:
            return
        mine = [change for change in changes if change.table in {0, room.table}
                and (change.seats is None or room.me.seat in change.seats)]
        if mine or room.stage != self.lesson.stage:
            self._follow(entering=False, orders=any(change.kind in _ORDERS for change in mine))

    def _follow(self, *, entering: bool, orders: bool = False) -> None:
        desk = self.seat_desk
        if desk is None or self.leaving:
            return
        if desk.behind and not desk.refresh():
            # a page is reading an earlier line in a thread; the match waits for it here
            self.set_timer(0.2, lambda: self._follow(entering=entering, orders=orders))
            return
        self.room = room = self.lesson.room(self.member)
        stage, self._stage = self._stage, room.stage
        situation = desk.situation()
        before = self._before
        self._before = (situation, desk.phases())
        self._tell_strip()
        if room.broadcast and room.broadcast != self._broadcast:
            self.notify(room.broadcast, title="From the facilitator", timeout=20)
        self._broadcast = room.broadcast
        screen = self.screen
        if isinstance(screen, MessagesPage) and screen.is_ready:
            screen.reload()
        if room.stage == "lobby":
            self._to_lobby()
        elif room.stage == "briefing" and stage != "briefing":
            self._to_briefing()
        elif entering or stage in {"lobby", ""}:
            self.enter_room() if desk.over or situation.round > 1 else self._to_briefing()
        elif before is not None and _closed(before[0], situation):
            self._unfold(*before)
        elif before is not None and situation.round < before[0].round:
            self.enter_room()
            self.notify("The facilitator has taken the last round back.", timeout=8)
        elif room.stage in {"debrief", "closed"} and stage != room.stage and desk.over:
            self.enter_room()
        elif orders and isinstance(screen, SituationRoom) and screen.is_ready:
            screen.reload()
        if isinstance(self.screen_stack[0], Lobby):
            self.screen_stack[0].show(self._head(), self._blurb(), room)

    def _to_lobby(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _to_briefing(self) -> None:
        desk = self.desk
        assert desk is not None
        screen = Briefing(self._head(), fresh=True)
        screen.show(desk.situation(), desk.brief())
        self.go(screen)

    def _unfold(self, situation: Situation, phases: PhaseDiagram) -> None:
        from sim.tui.screens.resolution import Resolution

        desk = self.desk
        assert desk is not None
        screen = Resolution(situation, phases)
        news = desk.dispatches()
        screen.unfold([dispatch for dispatch in news if dispatch.round == situation.round])
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.push_screen(screen)

    def _head(self) -> Head:
        room = self.room
        assert room is not None
        scenario = self.lesson.loaded.usable()[0]
        name = next((seat.name for seat in room.seats if seat.seat == room.me.seat), "Observer")
        return Head(scenario.title, name, "")

    def _blurb(self) -> str:
        return self.lesson.loaded.usable()[0].about.blurb

    def _tick(self) -> None:
        if self.desk is not None and self.room is not None and self.room.left is not None:
            self.room = self.lesson.room(self.member)
            self._tell_strip()

    def _tell_strip(self) -> None:
        # on the screens beneath too: one comes back to them as they are
        for screen in self.screen_stack if self.room is not None else ():
            for strip in screen.query(ClassStrip):
                strip.show(self.room)

    # -- acting

    def resolve_round(self) -> None:
        """Hand the orders in; the clock or the facilitator closes the round."""
        desk = self.seat_desk
        assert desk is not None
        refused = desk.hand_in()
        if refused:
            self.notify(refused, title="Not possible", severity="warning", timeout=8)
        else:
            self.notify("Filed. The round closes with the clock, or when the others have filed.", timeout=6)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no home to go to, and no setup to change."""
        if action in {"go_home", "change"}:
            return False
        return super().check_action(action, parameters)

    def choose_seat(self, card: object = None) -> None:
        """The facilitator seats people."""
        self.notify("In a class the facilitator seats people.")

    def page_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The pages, without the way home."""
        for command in super().page_commands(screen):
            if command.title != "Home":
                yield command
        yield SystemCommand("Messages", "key n", self.action_messages)

    def _ask_to_leave(self, code: int) -> None:
        from sim.tui.screens.dialogs import Ask

        if isinstance(self.screen, Ask) and self.screen.name == "leave":
            self.screen.dismiss(True)
            return
        text = "Your seat is kept, and all that you filed. Open the page again to come back."
        self.push_screen(Ask("Leave?", text, "leave", "stay", name="leave"), lambda sure: self.exit("") if sure else None)

    @property
    def _to_keep(self) -> bool:
        # the host keeps the lesson
        return False

    # -- messages

    def action_messages(self) -> None:
        """Read and write messages."""
        if self.desk is not None and not isinstance(self.screen, MessagesPage):
            self.push_screen(MessagesPage())

    def messages(self) -> Sequence[Message]:
        """All that this person may read."""
        return self.lesson.messages(self.member)

    def sender(self, message: Message) -> str:
        """Who wrote it: the capital, and the name where that adds anything."""
        seat = self._called(message.sender)
        return f"{seat} ({message.name})" if message.name and message.name != seat else seat

    def receivers(self, message: Message) -> str:
        """To whom it went."""
        return ", ".join(self._called(to) for to in message.to) or "the own delegation"

    def _called(self, id: str) -> str:
        known = {_PUBLIC: "everybody", _FACILITATOR: "the facilitator"}
        seats = self.room.seats if self.room is not None else ()
        return known.get(id) or next((seat.name for seat in seats if seat.seat == id), id)

    def read_all(self) -> None:
        """All messages have been seen."""
        found = self.messages()
        if found and self.room is not None and self.room.unread:
            self.lesson.read_up_to(self.member, found[-1].number)
            self.room = self.lesson.room(self.member)
            self._tell_strip()

    def possible_addressees(self) -> Iterable[tuple[str, str]]:
        """Id and name of everybody a message can go to."""
        room = self.room
        if room is None:
            return
        if room.me.seat:
            yield OWN, "your delegation"
            yield from ((seat.seat, seat.name) for seat in room.seats if seat.seat and seat.seat != room.me.seat)
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
        room = self.room
        alone = next((to for to in (_PUBLIC, _FACILITATOR) if to in self.addressees), None)
        if room is not None and not room.me.seat:
            alone = _FACILITATOR
        to = (alone,) if alone else tuple(sorted(self.addressees))
        answer = self.lesson.send(self.member, to, text, once=secrets.token_urlsafe(12))
        if not answer.ok:
            self.notify(answer.sentence, title="Not sent", severity="warning", timeout=8)
        return answer.ok


def _closed(before: Situation, now: Situation) -> bool:
    """Whether a round was closed between two situations."""
    return now.round > before.round or bool(now.ending and not before.ending)
