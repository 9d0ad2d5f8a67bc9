"""tui: the game on the watch screen: orders, rounds, seats, another start, and its story map.

Whatever is asked of the bench is asked here, one thing after the other, and what came of it is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual import on

from sim.authoring.watching.bench import Bench
from sim.authoring.watching.scene import Playing, Scene, scene, settable
from sim.errors import DetenteError
from sim.tui.filing import toggle
from sim.tui.lines.moves import Spending
from sim.tui.lines.watch import map_lines, seat_title
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.screens.watch_start import BeginElsewhere, HowMany, Wanted
from sim.tui.widgets.panes import OrderPane, QuestionPane, TrackPane, WirePane
from sim.tui.widgets.picker import MoveList, Picker
from sim.tui.widgets.titles import entitle
from sim.tui.widgets.watch_panes import MapPane, ProblemPane, SeatStrip, WatchHead


class GameSide(Sheet):
    """What is done to the game that runs under the author's hands."""

    def __init__(self, bench: Bench) -> None:
        """Nothing is shown yet."""
        super().__init__()
        self.bench = bench
        self._one = asyncio.Lock()
        """The bench does one thing at a time, in the order in which it was asked."""
        self._turn = 0
        """Counts saves; what belongs to an earlier one is stale."""
        self._seat, self._what = "", "phases"
        self._opened: frozenset[str] = frozenset()
        self.scene: Scene | None = None

    @property
    def _playing(self) -> Playing | None:
        return self.scene.playing if self.scene is not None else None

    def show(self, found: Scene) -> None:
        """Show how things stand."""
        raise NotImplementedError

    async def _refresh(self) -> None:
        found = await asyncio.to_thread(scene, self.bench, self._seat, self._what)
        if self.is_attached:
            self.show(found)

    def _show_game(self, playing: Playing) -> None:
        self._seat, self._what = playing.seat, playing.story.what
        # pages one key away read this game as its facilitator does
        app_of(self).desk = self.bench.desk()
        self.query_one(MapPane).show(map_lines(playing.story, self._opened, self.query_one(MapPane).room))
        heat = f" · heat of {playing.story.games} quick games" if playing.story.games else ""
        entitle(self.query_one("#watch-story"), f"Story map · {playing.story.what}{heat}")
        tracks = self.query_one(TrackPane)
        tracks.more = app_of(self).key_for("watch.tracks", "t")
        tracks.show_situation(playing.situation)
        wire = self.query_one(WirePane)
        wire.show_dispatches(playing.news)
        now = playing.situation
        number = now.round if playing.over else now.round - 1
        entitle(self.query_one("#watch-news"), f"Dispatches · {now.ending}" if playing.over else
                f"Dispatches of round {number} and the opening of {now.round}" if number >= playing.first else "Dispatches")
        keys = frozenset(item.key for item in playing.filed)
        self._spending = Spending(keys, max(0, playing.attention - playing.spent), playing.orders >= playing.most)
        self.set_class(bool(playing.menu.questions), "-asked")
        self.query_one(QuestionPane).show_questions(playing.menu.questions, keys)
        self.query_one(MoveList).EMPTY = MoveList.EMPTY
        self.query_one(Picker).show(playing.menu, self._spending)
        if playing.over:
            self._show_over(playing)
            return
        capital = next(it.capital for it in playing.seats if it.id == playing.seat)
        opened = [item.legal for group in playing.menu.groups for item in group.items]
        entitle(self.query_one(Picker), f"Moves of {capital} · {sum(opened)} open, {len(opened) - sum(opened)} closed")
        entitle(self.query_one("#watch-questions"), f"Questions to {capital}")
        entitle(self.query_one("#watch-orders"), seat_title(playing))
        self.query_one(SeatStrip).show(playing)
        self.query_one(OrderPane).show_orders(playing.filed, playing.orders, playing.most, self._spending,
                                               app_of(self).key_for("watch.resolve", "r"), playing.menu.questions)

    def _show_over(self, playing: Playing) -> None:
        """What can still be done with a game that has ended."""
        entitle(self.query_one(Picker), "The game is over")
        key_for = app_of(self).key_for
        told = (f"{playing.situation.ending}, round {playing.situation.round}. {key_for('watch.undo', 'u')} takes the last "
                f"round back, {key_for('watch.begin', 'n')} begins another game; a save plays this one again.")
        # the list is filled anew whenever its room changes: what it says when it is empty stays
        self.query_one(MoveList).EMPTY = told
        self.query_one(MoveList).show([])
        entitle(self.query_one("#watch-orders"), "Orders")
        self.query_one(SeatStrip).show(playing)
        self.query_one(OrderPane).show([])

    _spending = Spending()

    # -- the game

    def _ask(self, act: Callable[[], object], then: Callable[[Any], None] | None = None) -> None:
        """Have the bench do something, in its turn, and show what came of it."""
        async def do() -> None:
            try:
                async with self._one:
                    result = await asyncio.to_thread(act)
                    await self._refresh()
            except DetenteError as problem:
                self.notify(problem.sentence, title="Not possible", severity="warning", timeout=8)
                return
            if then is not None:
                then(result)

        self.run_worker(do(), group="act")

    def toggle(self, key: str) -> None:
        """Order a move or give an answer for the seat that is shown; take it back if it is filed."""
        self.app.clear_notifications()
        bench, seat = self.bench, self._seat

        def act() -> str | None:
            refused = toggle(bench.desk(seat), key)
            bench.follow()
            return refused

        def told(refused: str | None) -> None:
            if refused:
                self.notify(refused, title="Not possible", severity="warning", timeout=8)

        self._ask(act, told)

    def follow(self) -> None:
        """Take up what a page did to the game."""
        self._ask(self.bench.follow)

    def action_answer(self, number: int) -> None:
        """Give the answer of that number."""
        keys = self.query_one(QuestionPane).keys
        if number <= len(keys):
            self.toggle(keys[number - 1])

    def action_close_round(self) -> None:
        """Close the round; policies play the seats that have filed nothing."""
        self._play(1)

    def action_policies(self) -> None:
        """Let policies play several rounds."""
        playing = self._playing
        if playing is not None:
            left = playing.situation.rounds - playing.situation.round + 1
            self.app.push_screen(HowMany(left), lambda rounds: self._play(rounds) if rounds else None)

    def _play(self, rounds: int) -> None:
        turn = self._turn
        self.query_one(WatchHead).busy("playing …")
        self._ask(lambda: self.bench.close_round(rounds, lambda: turn == self._turn))

    def action_undo(self) -> None:
        """Back to the orders of the round before."""
        self._ask(self.bench.undo)

    def action_passes(self) -> None:
        """The seat files nothing, by hand; or its policy plays it again."""
        self._ask(lambda: self.bench.passes(self._seat))

    def action_seat(self, by: int) -> None:
        """The orders of the next seat."""
        playing = self._playing
        if playing is not None:
            ids = [it.id for it in playing.seats]
            self.show_seat(ids[(ids.index(playing.seat) + by) % len(ids)])

    def show_seat(self, seat: str) -> None:
        """The orders of one seat."""
        self._seat = seat
        self._ask(lambda: None)

    @on(SeatStrip.Picked)
    def _seat_picked(self, event: SeatStrip.Picked) -> None:
        self.show_seat(event.seat)

    def action_begin(self) -> None:
        """A new game from another start."""
        playing = self._playing
        if playing is None:
            self.notify("There is no game yet.", severity="warning")
            return
        script = self.bench.script

        def begun(wanted: Wanted | None) -> None:
            if wanted is not None:
                self._ask(lambda: self.bench.begin(wanted.begin, wanted.seed))

        dialog = BeginElsewhere(script.begin, script.seed, playing.situation.rounds, settable(self.bench), self.bench.refuses)
        self.app.push_screen(dialog, begun)

    def action_show_promise(self) -> None:
        """The match that shows the promise under the cursor, played to the round that shows it."""
        problems = self.query_one(ProblemPane)
        promise = problems.promise(problems.current.id) if problems.current is not None else None
        if promise is None:
            self.notify("Go to a promise first.", severity="warning")
            return
        if promise.line is None:
            self.notify("No match shows this one: it is known by a proof or by counting, or not yet.", severity="warning")
            return
        self._ask(lambda: self.bench.show_promise(promise), lambda _: self.notify(
            f"This is the match that shows “{promise.text}”, round {promise.round} closed.", timeout=6))

    def action_keep(self) -> None:
        """Write the game to a save of its own."""
        self._ask(self.bench.keep, lambda path: self.notify(f"Kept in {path}; `detente play --load` goes on with it."))

    # -- the map

    def action_kind(self, by: int) -> None:
        """Another map: provisions, clauses, moves, tracks."""
        playing = self._playing
        if playing is not None:
            kinds = playing.kinds
            self._what = kinds[(kinds.index(playing.story.what) + by) % len(kinds)]
            self._opened = frozenset()
            self._ask(lambda: None)

    def action_heat(self) -> None:
        """Play quick games and show how often they come to each place; again: without."""
        playing, turn = self._playing, self._turn
        if playing is None:
            return
        if playing.story.games:
            self._ask(self.bench.cool)
            return
        self.query_one(WatchHead).busy("quick games …")

        async def play() -> None:
            # beside everything else: a save or an order does not wait for it
            await asyncio.to_thread(self.bench.heat, lambda: turn == self._turn)
            async with self._one:
                await self._refresh()

        self.run_worker(play(), exclusive=True, group="heat")
