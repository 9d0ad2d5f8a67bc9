"""tui: the watch screen: a scenario's problems, its story map, and a live game that every save plays again.

Wide: the files at the left, the game at the right. Narrow: the same panes in tabs. It holds no rule: everything comes
from the bench of `sim.authoring.watching.bench`, asked in threads one thing at a time; a save makes what is under way stale.

The files and the panes are here; what is done to the game, in its order, is in `watch_game`. Past 400 lines: one screen,
whose panes tell of each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.geometry import Size
from textual.widget import Widget

from sim.authoring.watching.bench import RETESTING, Bench, Report
from sim.authoring.watching.files import Seen
from sim.authoring.watching.scene import Scene
from sim.errors import DetenteError
from sim.tui.lines.dispatches import about_dispatch
from sim.tui.lines.line import Line, plain, stacked
from sim.tui.lines.moves import about_group, about_move
from sim.tui.lines.tracks import about_track
from sim.tui.lines.watch import (
    about_place,
    about_problem,
    about_promise,
    all_promises,
    broken,
    change_lines,
    last_good,
    map_lines,
    verdict,
    whole_change,
    whole_problem,
)
from sim.tui.screens.dialogs import Tell
from sim.tui.screens.pages import page_bindings, page_screen
from sim.tui.screens.sheet import app_of
from sim.tui.screens.watch_game import GameSide
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.panes import OrderPane, QuestionPane, TrackPane, WirePane
from sim.tui.widgets.picker import MoveList, Picker
from sim.tui.widgets.tab_strip import TabStrip
from sim.tui.widgets.titles import entitle
from sim.tui.widgets.watch_panes import ChangePane, MapPane, ProblemPane, SeatStrip, WatchHead

TABS: Final = (("problems", "F2", "Problems"), ("map", "F3", "Map"), ("changed", "F4", "Changed"),
               ("game", "F5", "Orders"), ("news", "F7", "News"), ("tracks", "F8", "Tracks"))
HOME_OF: Final = {"problems": "problems", "story": "map", "changed": "changed", "questions": "game", "moves": "game",
                  "filter": "game", "orders": "game", "wire": "news", "tracks": "tracks"}
EVERY: Final = 0.1
"""Seconds between two looks at the files."""


class WatchScreen(GameSide):
    """A scenario under its author's hands; made with its bench."""

    AUTO_FOCUS = "#problems"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "close_round", "Close round", id="watch.resolve"),
        Binding("a", "policies", "Policies play on", id="watch.policies"),
        Binding("u", "undo", "Undo round", id="watch.undo"),
        Binding("n", "begin", "Begin elsewhere", id="watch.begin"),
        Binding("s", "seat(1)", "Next seat", id="watch.seat"),
        Binding("x", "passes", "Seat passes", show=False, id="watch.passes"),
        Binding("v", "kind(1)", "Other map", id="watch.map_of"),
        Binding("h", "heat", "Heat", id="watch.heat"),
        Binding("c", "closed", "Closed moves", show=False, id="watch.closed"),
        Binding("slash", "filter", "Filter moves", show=False, id="watch.filter"),
        Binding("i", "whole", "Whole details", show=False, id="watch.whole"),
        Binding("k", "keep", "Keep as a save", show=False, id="watch.keep"),
        Binding("question_mark", "sources", "Who says so", show=False, id="watch.sources"),
        *(Binding(it.key, it.action, it.description, show=False, id=it.id) for it in page_bindings("watch")),
        *(Binding(key.lower(), f"tab('{tab}')", f"Go to: {title}", show=False, id=f"watch.tab.{tab}")
          for tab, key, title in TABS),
        *(Binding(str(n), f"answer({n})", f"Answer {n}", show=False, id=f"watch.answer.{n}") for n in range(1, 10)),
    ]

    def __init__(self, bench: Bench, *, first: int = 0, every: float = EVERY, retesting: float = RETESTING) -> None:
        """`first`: rounds that policies play before anything is shown. `every`: 0 looks at the files only when told to.

        `retesting`: seconds that promises are retested after a save; 0 leaves them open.
        """
        super().__init__(bench)
        self._first, self._every, self._retesting = first, every, retesting

    def body(self) -> ComposeResult:
        """Files at the left, game at the right."""
        yield WatchHead(self.bench.label, id="head")
        yield TabStrip(TABS, "problems")
        with Horizontal(id="bench"):
            with Vertical(id="files"):
                with Vertical(classes="pane", id="watch-problems") as pane:
                    entitle(pane, "Problems")
                    yield ProblemPane(id="problems")
                with Vertical(classes="pane", id="watch-story") as pane:
                    entitle(pane, "Story map")
                    yield MapPane(id="story")
                with Vertical(classes="pane", id="watch-tracks") as pane:
                    entitle(pane, "Tracks")
                    yield TrackPane(id="tracks")
                yield Detail(id="about", classes="pane", more="… i shows all of it")
            with Vertical(id="play"):
                with Vertical(classes="pane", id="watch-changed") as pane:
                    entitle(pane, "What the last save changed")
                    yield ChangePane(id="changed")
                with Vertical(classes="pane", id="watch-news") as pane:
                    entitle(pane, "Dispatches")
                    yield WirePane(id="wire")
                with Vertical(classes="pane", id="watch-questions") as pane:
                    entitle(pane, "Questions")
                    yield QuestionPane(id="questions")
                yield Picker(id="watch-moves", classes="pane")
                yield Detail(id="move-about", classes="pane", more="… i shows all of it")
                with Vertical(classes="pane", id="watch-orders") as pane:
                    entitle(pane, "Orders")
                    yield SeatStrip(id="seats")
                    yield OrderPane(id="orders")

    def on_mount(self) -> None:
        """One tab is shown from the first paint on."""
        self._show_tab("problems")

    def ready(self) -> None:
        """Read the scenario, then look at its files for as long as the screen stands."""
        for lines in self.query(LineList):
            lines.follow = self._follow
        self.run_worker(self._open(), group="watch")

    def on_resize(self) -> None:
        """What is told of a line depends on the room that there is."""
        self.call_after_refresh(self._tell_current, anew=False)

    def on_unmount(self) -> None:
        """What is still under way in threads is for nobody any more."""
        self._turn += 1

    # -- the files

    async def _open(self) -> None:
        def begin() -> Report:
            report = self.bench.open()
            if self._first and self.bench.game_stands:
                self.bench.close_round(self._first)
            return report

        try:
            async with self._one:
                await asyncio.to_thread(begin)
                await self._refresh()
        except DetenteError as problem:
            app_of(self).tell_problem(problem, self.bench.label, then=lambda: self.app.exit(return_code=1))
            return
        if self.scene is not None and self.scene.playing is not None and not self.scene.report.problems:
            self.query_one(MoveList).focus()
        self._retest()
        while self._every:
            await asyncio.sleep(self._every)
            await self.look()

    async def look(self) -> None:
        """Look at the files once; what a save brings is worked out beside the loop."""
        seen = await asyncio.to_thread(self.bench.watched.look)
        if seen is not None:
            self._turn += 1
            self.query_one(WatchHead).busy("checking …")
            self.run_worker(self._take(seen, self._turn), group="save")

    async def _take(self, seen: Seen, turn: int) -> None:
        def current() -> bool:
            return turn == self._turn

        async with self._one:
            if not current():
                return
            await asyncio.to_thread(self.bench.take, seen, current)
            if current():
                await self._refresh()
                self._retest()
        if current() and self.app.screen is not self and self.scene is not None:
            report = self.scene.report
            self.notify(verdict(report).plain + ("" if report.loads else f": {last_good(report, playing=True)}"),
                        title="Saved", timeout=4)

    def _retest(self) -> None:
        """Retest the promises beside everything else, until the next save."""
        if not self._retesting:
            return
        turn, loop = self._turn, asyncio.get_running_loop()

        def told() -> None:
            loop.call_soon_threadsafe(show)

        def show() -> None:
            if turn == self._turn and self.is_attached and self.scene is not None:
                self.scene = replace(self.scene, promised=self.bench.promised())
                self.query_one(WatchHead).show(self.scene)
                self.query_one(ProblemPane).show_report(self.scene.report, self.scene.promised)
                entitle(self.query_one("#watch-problems"), _problems_title(self.scene))
                self._light()

        async def retest() -> None:
            await asyncio.to_thread(self.bench.retest, lambda: turn == self._turn, told, self._retesting)

        self.run_worker(retest(), group="promises")

    # -- what is shown

    def show(self, found: Scene) -> None:
        """Show how things stand."""
        anew = self.scene is None or self.scene.report.saves != found.report.saves
        self.scene = found
        report, playing = found.report, found.playing
        self.query_one(WatchHead).show(found)
        problems = self.query_one(ProblemPane)
        problems.show_report(report, found.promised)
        entitle(self.query_one("#watch-problems"), _problems_title(found))
        changed = self.query_one(ChangePane)
        changed.show(change_lines(report.change, report, playing=playing is not None))
        changed.scroll_home(animate=False)
        saves = f" · save {report.saves}, {report.seconds:.2f} s" if report.saves else ""
        entitle(self.query_one("#watch-changed"), f"What the last save changed{saves}")
        if playing is not None:
            self._show_game(playing)
        self._light()
        self._tell_current(anew=anew)
        self.refresh_bindings()

    def _light(self) -> None:
        found = self.scene
        notes = {}
        if found is not None:
            told = [f"{len(found.report.problems)}"] if found.report.problems else []
            told += [f"✗{failed}"] if (failed := len(broken(found.promised))) else []
            notes["problems"] = " ".join(told) or "✓"
            change = found.report.change
            notes["changed"] = "≠" if change is not None and not change.same else ""
        self.query_one(TabStrip).show(self.tab, {tab: note for tab, note in notes.items() if note})

    # -- the line under the cursor

    def _follow(self, lines: LineList, line: Line) -> None:
        if lines is self.focused:
            self._tell(lines, line)

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        self._follow(event.lines, event.line)

    def _tell_current(self, *, anew: bool) -> None:
        """About the line under the cursor; after a save about the first problem, wherever the cursor is."""
        problems = self.query_one(ProblemPane)
        first = anew and problems.current is not None and problems.problem(problems.current.id) is not None
        lines = self.focused if isinstance(self.focused, LineList) and not first else problems
        if lines.current is not None:
            self._tell(lines, lines.current)
        elif isinstance(lines, ProblemPane):
            self.query_one("#about", Detail).tell("About", plain(""))

    def _tell(self, lines: LineList, line: Line) -> None:
        for detail in self.query(Detail):
            # the pane beside the game stands alone, the other below the list of problems
            room = detail.content_size if detail.content_size.width else Size(self.size.width, 0)
            detail.tell(*self._about(lines, line, room, said=detail.id == "about"))

    def _about(self, lines: LineList, line: Line, room: Size, *, said: bool) -> tuple[str, Content]:
        width = room.width
        found = self.scene
        if found is None:
            return "About", plain("")
        if isinstance(lines, ProblemPane):
            promise = lines.promise(line.id)
            if promise is not None:
                return "Promise", about_promise(promise, app_of(self).key_for("watch.promise", "b"))
            problem = lines.problem(line.id)
            return ("In the file", about_problem(problem, max(30, width - 3), said=said, height=room.height)) if problem \
                else ("About", line.body)
        playing = found.playing
        if isinstance(lines, TrackPane) and (track := lines.track(line.id)) is not None:
            return track.title, about_track(track)
        if isinstance(lines, WirePane) and line.id.isdigit() and int(line.id) < len(lines.dispatches):
            return "This dispatch", about_dispatch(lines.dispatches[int(line.id)])
        if isinstance(lines, ChangePane) or playing is None:
            return "What the last save changed", freed_body(line)
        if isinstance(lines, MapPane):
            return "Story map", about_place(playing.story, line.id, max(20, width - 2))
        item = playing.menu.item(line.id)
        if item is not None:
            return item.title, about_move(item, self._spending)
        group = next((it for it in playing.menu.groups if f"group:{it.id}" == line.id), None)
        return (group.title, about_group(group)) if group else ("About", freed_body(line))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        lines, line, found = event.lines, event.line, self.scene
        if isinstance(lines, ProblemPane):
            problem, promise = lines.problem(line.id), lines.promise(line.id)
            if promise is not None:
                self.app.push_screen(Tell("Promise", about_promise(promise, app_of(self).key_for("watch.promise", "b"))))
            if line.id == "promises" and found is not None:
                self.app.push_screen(Tell("Promises", all_promises(found.promised)))
            if problem is not None and found is not None:
                self.app.push_screen(Tell("Problem", whole_problem(problem, int(line.id) + 1, len(found.report.problems))))
        elif isinstance(lines, MapPane):
            place = line.id.split(":")[1] if ":" in line.id else ""
            self._opened ^= {place}
            if found is not None and found.playing is not None:
                lines.show(map_lines(found.playing.story, self._opened, lines.room), at=f"place:{place}")
        elif isinstance(lines, ChangePane):
            if found is not None and found.report.change is not None:
                self.app.push_screen(Tell("What the last save changed", whole_change(found.report.change)))
        elif isinstance(lines, WirePane | TrackPane):
            self.action_open_page("wire" if isinstance(lines, WirePane) else "tracks")
        else:
            self.toggle(line.id)

    # -- where to go

    tab = "problems"

    def _show_tab(self, tab: str) -> None:
        self.tab = tab
        self.update_classes({f"-tab-{name}": name == tab for name, _, _ in TABS}, animate=False)
        self._light()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The tab follows the focus."""
        tab = HOME_OF.get(event.widget.id or "")
        if tab is not None and tab != self.tab:
            self._show_tab(tab)

    def action_tab(self, tab: str) -> None:
        """Go to a pane; on a narrow terminal, to its tab."""
        self._show_tab(tab)
        self.query_one({"problems": "#problems", "map": "#story", "changed": "#changed", "game": "#moves",
                        "news": "#wire", "tracks": "#tracks"}[tab]).focus()

    @on(TabStrip.Picked)
    def _tab_picked(self, event: TabStrip.Picked) -> None:
        self.action_tab(event.tab)

    def hidden_panes(self) -> Sequence[Widget]:
        """Those that lie on other tabs."""
        panes = [self.query_one(f"#{name}") for name in ("problems", "story", "changed", "moves", "orders", "wire", "tracks")]
        return [pane for pane in panes if not pane.region] if self.has_class("-tabs") else []

    def reveal(self, pane: Widget) -> None:
        """Go to a pane, wherever it lies."""
        self._show_tab(HOME_OF.get(pane.id or "", self.tab))
        pane.focus()

    def action_open_page(self, page: str) -> None:
        """A page of the situation room, over this game as its facilitator reads it."""
        if self._playing is None:
            self.notify("There is no game yet.", severity="warning")
            return
        self.app.push_screen(page_screen(page), lambda _: self.follow())

    def action_filter(self) -> None:
        """Type to filter the moves."""
        self._show_tab("game")
        self.query_one(Picker).open_filter()

    def action_closed(self) -> None:
        """Show or hide closed moves."""
        self.query_one(Picker).toggle_closed()

    def action_whole(self) -> None:
        """The details at full length."""
        detail = self.query_one("#move-about" if self.tab == "game" and self.has_class("-tabs") else "#about", Detail)
        self.app.push_screen(Tell(detail.title or "Details", detail.text))

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a game needs one; a game that is over can be undone, and begun anew."""
        playing = self._playing
        if action in ("close_round", "policies", "passes", "filter"):
            return (playing is not None and not playing.over) or None
        if action == "undo":
            return (playing is not None and (playing.over or playing.situation.round > playing.first)) or None
        if action in ("begin", "seat", "kind", "heat", "keep", "open_page"):
            return playing is not None or None
        return True


def freed_body(line: Line) -> Content:
    """A line's own words at full length."""
    return stacked([line.body])


def _problems_title(found: Scene) -> str:
    told = [f"Problems · {len(found.report.problems)}"] if found.report.problems else ["Problems"]
    if found.promised:
        kept = sum(it.verdict == "kept" for it in found.promised)
        told.append(f"{kept} of {len(found.promised)} promises kept")
    return " · ".join(told)
