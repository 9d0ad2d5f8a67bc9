"""tui: the app of one member of a class: the facilitator and the clock lead, the screens follow.

It talks to the lesson through one person's id; what it may see and do is decided there, never here.

Past 400 lines: it is one class, the one place where a change of the lesson becomes a change of screens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual.app import SystemCommand
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from sim.errors import DetenteError
from sim.tui.class_talk import ClassTalk, class_pages
from sim.tui.screens.briefing import Briefing
from sim.tui.screens.class_room import ClassRoom
from sim.tui.screens.lobby import Lobby
from sim.tui.screens.room import SituationRoom
from sim.tui.screens.sheet import Sheet
from sim.tui.start import MapStyle
from sim.tui.table import Head
from sim.tui.widgets.class_strip import ClassStrip

if TYPE_CHECKING:
    from sim.lesson import Change, Lesson, SeatDesk
    from sim.words.models import PhaseDiagram, Situation

_ORDERS: Final = frozenset({"sheet", "filed", "seat", "round", "undone"})
"""Kinds of changes after which the orders of a seat may look different."""
Next = TypeVar("Next", bound=Screen[Any])
NEWS: Final = 20.0
"""Seconds for which what the facilitator tells everybody stays over every screen."""
SOON: Final = 0.03
"""Seconds after which a lesson that was being written is looked at again."""
WHOLE: Final = 5
"""Every so many seconds all that the row over the screens tells is looked at, beside the clock."""
_LOOKING_BACK: Final = frozenset({"debrief", "closed"})


class ClassApp(ClassTalk):
    """Shows the lobby until the briefing, follows every round, and ends with the debrief."""

    in_class = True

    def __init__(self, lesson: Lesson) -> None:
        """Nobody sits at it yet; see `admit`."""
        super().__init__(lesson)
        # a picture that moves is painted for thirty, and every one of them waits for it
        self.animation_level = "none"
        self._own: SeatDesk | None = None
        """One's own desk, while the debrief shows everything."""
        self._before: tuple[Situation, PhaseDiagram] | None = None
        self._stage = ""
        self._broadcast = ""
        self._seating = False
        self._ticks = 0
        self._pen = asyncio.Lock()
        """Held while something is written at the desk."""
        self._stale = False
        """Whether the desk has moved on since the situation room was drawn."""
        self._late = False
        """Whether the lesson is to be followed as soon as it can be read."""
        self._built: Screen[Any] | None = None
        """The screen that comes next, built while there was time."""
        self.hushed = False
        """Whether the clock over the screens rests, while the host shows everybody what came of a round."""
        self.on_seen: Callable[[], None] | None = None
        """Called once, when the next screen is painted for the first time."""

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
        return self._taken(ClassRoom) or ClassRoom()

    def enter_room(self) -> None:
        """To the room, which is painted once: filled with the round that has opened."""
        for screen in self.screen_stack:
            if isinstance(screen, ClassRoom) and screen.is_ready and screen is not self.screen:
                screen.veil()
        super().enter_room()

    def build_ahead(self) -> bool:
        """Build the screen that comes next, unseen, so that it has only to be filled and painted; whether there was one.

        A class comes to a screen in one moment, and everybody waits for those who are built before.
        """
        if self._built is not None or self.leaving or not self.is_running:
            return False
        screen, desk = self.screen, self.desk
        made: Screen[Any] | None = None
        if isinstance(screen, Lobby):
            made = Briefing(Head("", "", ""), fresh=True)
        elif isinstance(screen, Briefing):
            made = ClassRoom()
        elif isinstance(screen, SituationRoom) and desk is not None and not desk.over:
            from sim.tui.screens.resolution import Resolution

            made = Resolution(desk.situation(), desk.phases())
        if made is None or not getattr(screen, "seen", False):
            return False
        self._built = made
        self._get_screen(made)
        return True

    def _taken(self, kind: type[Next]) -> Next | None:
        """The screen that was built ahead, if it is of this kind; one of another kind is taken down."""
        built, self._built = self._built, None
        if isinstance(built, kind):
            return built
        if built is not None:
            built.remove()
        return None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without the one that seeks the sixteen old colours in every row: there are none, and it keeps each row twice."""
        return [filter for filter in super().get_line_filters() if not isinstance(filter, ANSIToTruecolor)]

    def draw(self, look: MapStyle) -> None:
        """How the map is drawn on the terminal that has come before the app."""
        if look != self.start.map:
            self.start = replace(self.start, map=look)
            if isinstance(self.screen, SituationRoom) and self.screen.is_ready:
                self.screen.reload()

    # -- what the seat sees

    @property
    def alike(self) -> tuple[object, ...] | None:
        """Equal for those whose screens show the same of a round that was closed; None for whom nobody's does."""
        room, desk = self.room, self.desk
        if room is None or desk is None or self.leaving or not self._before:
            return None
        return room.table, desk.seat, room.stage, self._before[0].round, self.start.map, self.theme  # type: ignore[attr-defined]

    @property
    def coming(self) -> bool:
        """Whether a screen is about to be painted for the first time, or what was told is still to be followed."""
        return self._late or (isinstance(self.screen, Sheet) and not self.screen.seen)

    def result(self) -> list[Strip]:
        """The rows of a closed round as it stands painted, but the first, which is everybody's own; none for another screen."""
        from sim.tui.screens.resolution import Resolution

        screen = self.screen
        if not isinstance(screen, Resolution) or not (screen.seen and screen.done) or self._notifications:
            return []
        return screen._compositor.render_strips()[1:]  # noqa: SLF001 nothing else has the rows of a screen

    def first_seen(self, screen: Screen[Any]) -> None:
        """Tell who waits for it."""
        heard, self.on_seen = self.on_seen, None
        if heard is not None:
            heard()

    # -- following

    def glance(self) -> None:
        """Show at once what the lesson has come to, in one row; the screens follow when it is their turn."""
        if self.desk is None or self.room is None or self.leaving:
            return
        if not self.lesson.free:
            self.set_timer(SOON, self.glance)
            return
        if self._sent_away:
            return
        before = self.room.broadcast
        self.room = room = self.lesson.room(self.member)
        if room.broadcast and room.broadcast != before:
            self.news = room.broadcast
            self.set_timer(NEWS, partial(self._forget, room.broadcast))
        self.tell_strip()

    def _forget(self, news: str) -> None:
        if self.news == news:
            self.news = ""
            self.tell_strip()

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
        self._late = False
        if not self.lesson.free:
            # somebody's act is being stored; who waited for it here would hold every seat up
            self._late = True
            self.set_timer(SOON, lambda: self._follow(entering=entering, orders=orders))
            return
        if self._sent_away:
            return
        concealed = self._own is not None and not self.lesson.room(self.member).revealed
        if concealed:
            # what was shown in the debrief is hidden again, or play goes on
            self.desk, self._own = self._own, None
        desk = self.seat_desk
        if desk is None or self.leaving:
            return
        moved = desk.behind
        if moved and not desk.refresh():
            # a page is reading an earlier line in a thread; the match waits for it here
            self._late = True
            self.set_timer(0.2, lambda: self._follow(entering=entering, orders=orders))
            return
        # another change may have moved the desk on before the one that the room is drawn anew for
        self._stale = self._stale or moved
        self.room = room = self.lesson.room(self.member)
        stage, self._stage = self._stage, room.stage
        situation = desk.situation()
        before = self._before
        self._before = (situation, desk.phases())
        self.tell_strip()
        if room.broadcast and room.broadcast != self._broadcast:
            self.notify(room.broadcast, title="From the facilitator", timeout=NEWS)
        self._broadcast = room.broadcast
        screen = self.screen
        if isinstance(screen, class_pages()) and getattr(screen, "is_ready", False):
            screen.reload()  # type: ignore[attr-defined]
        if room.stage == "lobby":
            # who writes a message meanwhile is not called back each time somebody comes in
            if stage != "lobby":
                self._to_lobby()
        elif room.stage == "briefing" and stage != "briefing":
            self._to_briefing()
        elif entering or stage in {"lobby", ""}:
            self.enter_room() if desk.over or situation.round > 1 else self._to_briefing()
        elif before is not None and _closed(before[0], situation):
            # the room beneath is drawn anew when it is come back to
            self._stale = False
            self._unfold(*before)
        elif before is not None and situation.round < before[0].round:
            self.enter_room()
            self.notify("The facilitator has taken the last round back.", timeout=8)
        elif concealed or (room.stage in _LOOKING_BACK) != (stage in _LOOKING_BACK):
            # the debrief opens on every screen, or the facilitator goes back to the round
            self.enter_room()
        elif (orders or self._stale) and isinstance(screen, SituationRoom) and screen.is_ready:
            screen.reload() if self._stale else screen.show_filed()
            self._stale = False
        if isinstance(self.screen, Lobby):
            self.screen.show(self._head(), self._blurb(), room)

    @property
    def _sent_away(self) -> bool:
        """Whether who sat here is in the lesson no more: the host ends this screen in a moment."""
        return self.lesson.person(self.member) is None

    def _to_lobby(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _to_briefing(self) -> None:
        desk = self.desk
        assert desk is not None
        screen = self._taken(Briefing) or Briefing(self._head(), fresh=True)
        screen.show(desk.situation(), desk.brief())
        self.go(screen)

    def _unfold(self, situation: Situation, phases: PhaseDiagram) -> None:
        from sim.tui.screens.resolution import Resolution

        desk = self.desk
        assert desk is not None
        # what was told before must not lie over the result
        self.clear_notifications()
        built = self._taken(Resolution)
        screen = built or Resolution(situation, phases)
        if built is not None:
            built.begin(situation, phases)
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
        room = self.room
        if self.desk is None or room is None or room.left is None or self.hushed:
            return
        self._ticks += 1
        if self._ticks % WHOLE == 0 and self.lesson.free and not self._sent_away:
            self.room = self.lesson.room(self.member)
        else:
            # who is away long enough is seen at every fifth look; the clock alone is had for nothing
            self.room = replace(room, left=self.lesson.timer.left)
        self.tell_strip()

    # -- acting

    def at_the_desk(self, act: Callable[[], str | None], done: Callable[[str | None], None]) -> None:
        """Off the loop, in the order of the keys, and told once it is stored: a slow disk keeps nobody else waiting."""
        async def apart() -> None:
            async with self._pen:
                said = await asyncio.to_thread(act)
            if not self.leaving:
                done(said)

        self.run_worker(apart(), group="desk")

    def resolve_round(self) -> None:
        """Hand the orders in; the clock or the facilitator closes the round."""
        desk = self.seat_desk
        assert desk is not None
        self.at_the_desk(desk.hand_in, self._handed_in)

    def _handed_in(self, refused: str | None) -> None:
        if refused:
            self.notify(refused, title="Not possible", severity="warning", timeout=8)
        else:
            self.notify("Filed. The round closes with the clock, or when the others have filed.", timeout=6)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no home to go to, and no setup to change."""
        if action in {"go_home", "change"}:
            return False
        if action == "everything":
            return self.may_reveal
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
        yield SystemCommand("Papers", "key a", self.action_papers)
        yield SystemCommand("The class", "key k", self.action_people)

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

    # -- the debrief

    @property
    def may_reveal(self) -> bool:  # type: ignore[override]
        """Whether the facilitator has allowed it."""
        return self.room is not None and self.room.revealed

    def action_everything(self) -> None:
        """On any page of the debrief."""
        self.show_everything()

    def show_everything(self) -> None:
        """Walk the match with everything revealed, or as one's own seat saw it."""
        self.run_worker(self._reveal(), exclusive=True, group="open")

    async def _reveal(self) -> None:
        from sim.tui.screens.timeline import TimelinePage

        walking = self.screen if isinstance(self.screen, TimelinePage) else None
        if self._own is not None:
            self.desk, self._own = self._own, None
            said = "Again as your seat saw it."
        else:
            whole = await asyncio.to_thread(self.lesson.everything, self.member)
            if whole is None or self.desk is None:
                self.notify("The facilitator has not opened what was hidden.", severity="warning")
                return
            await asyncio.to_thread(whole.situation)
            self._own, self.desk = self.seat_desk, whole
            said = "Everything is shown now: every seat's orders, scores and reasons. The timeline (l) walks the rounds."
        self.enter_room()
        if walking is not None:
            # who walks the rounds goes on where they are
            self.push_screen(TimelinePage(walking.stop.round if walking.stop is not None else None))
        self.notify(said, timeout=8)


def _closed(before: Situation, now: Situation) -> bool:
    """Whether a round was closed between two situations."""
    return now.round > before.round or bool(now.ending and not before.ending)
