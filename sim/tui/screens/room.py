"""tui: the situation room: phases, map, tracks, dispatches; questions, moves, details, orders.

Wide: what changed at the left, what is asked and can be done at the right. Narrow: the same panes in tabs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from sim.tui.filing import toggle
from sim.tui.lines.dispatches import about_dispatch
from sim.tui.lines.draft import inline
from sim.tui.lines.line import Line, plain, stacked
from sim.tui.lines.moves import Spending, about_group, about_move
from sim.tui.lines.tracks import about_track
from sim.tui.screens.dialogs import Tell
from sim.tui.screens.pages import page_bindings, page_screen
from sim.tui.screens.review import Review
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.border_map import BorderMap
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.panes import OrderPane, QuestionPane, TrackPane, WirePane
from sim.tui.widgets.picker import MoveList, Picker
from sim.tui.widgets.tab_strip import TabStrip
from sim.tui.widgets.titles import entitle
from sim.words.models import Menu, MenuItem

TABS: Final = (("moves", "F2", "Moves"), ("tracks", "F3", "Tracks"), ("wire", "F4", "Dispatches"),
               ("orders", "F5", "Questions and orders"), ("map", "F7", "Map"))
HOME_OF: Final = {"moves": "moves", "filter": "moves", "tracks": "tracks", "wire": "wire", "questions": "orders",
                  "orders": "orders", "map": "map"}


class SituationRoom(Sheet):
    """Where a round is played."""

    AUTO_FOCUS = "#moves"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "resolve", "Resolve round", id="room.resolve"),
        Binding("slash", "filter", "Filter", id="room.filter"),
        Binding("question_mark", "sources", "Who says so", id="room.sources"),
        *page_bindings("room"),
        Binding("b", "brief", "Brief", id="room.brief"),
        Binding("c", "closed", "Closed moves", id="room.closed"),
        Binding("i", "whole", "Whole details", show=False, id="room.whole"),
        Binding("u", "undo", "Undo round", id="room.undo"),
        Binding("s", "save", "Save", id="room.save"),
        Binding("h", "app.go_home", "Home", id="room.home"),
        *(Binding(key.lower(), f"tab('{tab}')", f"Go to: {title}", show=False, id=f"room.tab.{tab}")
          for tab, key, title in TABS),
        *(Binding(str(n), f"answer({n})", f"Answer {n}", show=False, id=f"room.answer.{n}") for n in range(1, 10)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._menu: Menu | None = None
        self._about: dict[tuple[str, str], tuple[str, Content]] = {}

    def body(self) -> ComposeResult:
        """Scene and desk."""
        # one tab is shown from the first paint on; set before anything would have to be styled anew for it
        self.update_classes({f"-tab-{name}": name == self.tab for name, _, _ in TABS}, update=False)
        if app_of(self).desk is not None:
            self.update_classes(self._told_classes(), update=False)
        yield Masthead(Head("", "", ""))
        yield TabStrip(TABS, "moves")
        with Horizontal(id="room"):
            with Vertical(id="scene"):
                with Vertical(classes="pane", id="pane-map") as pane:
                    entitle(pane, "Map")
                    yield BorderMap(id="map")
                with Vertical(classes="pane", id="pane-tracks") as pane:
                    entitle(pane, "Tracks")
                    yield TrackPane(id="tracks")
                with Vertical(classes="pane", id="pane-wire") as pane:
                    entitle(pane, "Dispatches")
                    yield WirePane(id="wire")
                yield Detail(id="scene-detail", classes="pane", more="… i shows all of it")
            with Vertical(id="desk"):
                with Vertical(classes="pane", id="pane-questions") as pane:
                    entitle(pane, "Questions to you")
                    yield QuestionPane(id="questions")
                yield Picker(id="pane-moves", classes="pane")
                yield Detail(id="detail", classes="pane", more="… i shows all of it")
                with Vertical(classes="pane", id="pane-orders") as pane:
                    entitle(pane, "Orders")
                    yield OrderPane(id="orders")

    def ready(self) -> None:
        """Show the round as it stands."""
        for lines in self.query(LineList):
            lines.follow = self._follow
        moves = self.query_one(MoveList)
        moves.focus()
        self.reload()
        if app_of(self).start.load is not None:
            # an enter that was pressed while the match was being read meant nothing here
            moves.rest()

    def next_round(self) -> None:
        """Show the round that has opened; nothing of the last one is half chosen."""
        for lines in self.query(LineList):
            lines.disarm()
        moves = self.query_one(MoveList)
        moves.focus()
        self.reload()
        moves.action_first()
        # enter closed the screen before: held or pressed again, it must not order what nobody has read
        moves.rest()

    # what is shown

    def reload(self) -> None:
        """Show the desk as it stands now."""
        desk = self.desk
        situation = desk.situation()
        self._menu = desk.menu()
        self._about.clear()
        drawn = desk.map()
        self.query_one(BorderMap).show(drawn)
        wire = self.query_one(WirePane)
        wire.show_dispatches(desk.dispatches())
        news = len(wire.dispatches)
        entitle(self.query_one("#pane-wire"), f"Dispatches · {news} since the last round" if news else "Dispatches")
        self.update_classes(self._told_classes(), animate=False)
        self._show_filed()
        tracks, key_for = self.query_one(TrackPane), app_of(self).key_for
        tracks.more = key_for("room.tracks", "t")
        tracks.show_situation(situation)
        entitle(self.query_one("#pane-map"), f"Map · {key_for('room.map', 'm')} opens it")
        self.refresh_bindings()

    def show_filed(self) -> None:
        """Show what was filed meanwhile; the round is the one that is shown."""
        self._show_filed()

    def _told_classes(self) -> dict[str, bool]:
        """Which panes have something to show."""
        mapped = self.desk.map() is not None and app_of(self).start.map != "off"
        return {"-asked": bool(self.desk.menu().questions), "-mapped": mapped}

    def _show_filed(self) -> None:
        """Show what changes with an order: all that tells of the orders, and nothing else."""
        desk, menu = self.desk, self._menu
        assert menu is not None
        situation, filed = desk.situation(), desk.filed()
        keys = frozenset(item.key for item in filed)
        spent, orders = desk.spending()
        self._spending = Spending(keys, max(0, situation.attention - spent), orders >= situation.orders)
        self.head(desk.phases())
        self.query_one(QuestionPane).show_questions(menu.questions, keys)
        waiting = sum(question.waits(keys) for question in menu.questions)
        entitle(self.query_one("#pane-questions"), "Questions to you" + (f" · {waiting} open" if waiting else ""))
        self.query_one(Picker).show(menu, self._spending)
        self.query_one(OrderPane).show_orders(filed, orders, situation.orders, self._spending,
                                               app_of(self).key_for("room.resolve", "r"), menu.questions)
        answered = f", {len(filed) - orders} answered" if len(filed) > orders else ""
        entitle(self.query_one("#pane-orders"), f"Orders · {orders} of {situation.orders}{answered}")
        self._light()
        if isinstance(self.focused, LineList) and self.focused.current is not None:
            self._tell(self.focused, self.focused.current.id)

    _spending = Spending()

    def _light(self) -> None:
        notes = {}
        if self._menu is not None:
            filed = self._spending.filed
            waiting = sum(q.waits(filed) for q in self._menu.questions)
            notes = {"orders": f"?{waiting}" if waiting else f"✓{len(filed)}" if filed else ""}
        tabs = self.query_one(TabStrip)
        tabs.show(self.tab, notes, hidden=() if self.has_class("-mapped") else ("map",))

    tab = "moves"

    def _show_tab(self, tab: str) -> None:
        self.tab = tab
        self.update_classes({f"-tab-{name}": name == tab for name, _, _ in TABS}, animate=False)
        if self._menu is not None:
            self._light()

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        self._follow(event.lines, event.line)

    def _follow(self, lines: LineList, line: Line) -> None:
        if lines is self.focused:
            self._tell(lines, line.id)

    def _tell(self, lines: LineList, id: str) -> None:
        title, text = self._told(lines, id)
        for detail in self.query(Detail):
            detail.tell(title, text)

    def _told(self, lines: LineList, id: str) -> tuple[str, Content]:
        """Title and text about a line; texts are kept until the room is loaded anew."""
        if self._menu is None:
            return "About", Content("")
        item = self._item(id) if not isinstance(lines, TrackPane | WirePane) else None
        if item is None:
            known = (lines.id or "", id)
            if known not in self._about:
                self._about[known] = self._about_line(lines, id)
            return self._about[known]
        state = "filed" if item.key in self._spending.filed else "" if self._spending.affords(item) else "dear"
        known = (f"{state}:{self._spending.attention if state == 'dear' else ''}", id)
        if known not in self._about:
            question = next((q for q in self._menu.questions if any(a.key == id for a in q.answers)), None)
            text = about_move(item, self._spending if state == "filed" or question is None else None)
            if question is not None and question.if_ignored:
                text = stacked([text, plain(f"If you do not answer: {inline(question.if_ignored)}", "$quiet")])
            self._about[known] = (item.title, text)
        return self._about[known]

    def _about_line(self, lines: LineList, id: str) -> tuple[str, Content]:
        if isinstance(lines, TrackPane):
            track = lines.track(id)
            return (track.title, about_track(track)) if track else ("", Content(""))
        if isinstance(lines, WirePane):
            return "This dispatch", about_dispatch(lines.dispatches[int(id)]) if id.isdigit() else Content("")
        group = next((group for group in self._menu.groups if f"group:{group.id}" == id), None) if self._menu else None
        return (group.title, about_group(group)) if group else ("", Content(""))

    def _item(self, key: str) -> MenuItem | None:
        return self._menu.item(key) if self._menu else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The tab follows the focus."""
        tab = HOME_OF.get(event.widget.id or "")
        if tab is not None and tab != self.tab:
            self._show_tab(tab)

    # what is chosen

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if isinstance(event.lines, TrackPane):
            self.action_open_page("tracks")
        elif isinstance(event.lines, WirePane):
            self.action_open_page("wire")
        else:
            self.toggle(event.line.id)

    def toggle(self, key: str) -> None:
        """Order a move or give an answer; withdraw it if it is chosen already."""
        # an earlier refusal would lie over what is chosen now
        self.app.clear_notifications()
        app_of(self).at_the_desk(partial(toggle, self.desk, key), self._toggled)

    def _toggled(self, refused: str | None) -> None:
        if refused:
            self.notify(refused, title="Not possible", severity="warning", timeout=8)
        if self.is_attached:
            self._show_filed()

    def action_answer(self, number: int) -> None:
        """Give the answer of that number."""
        keys = self.query_one(QuestionPane).keys
        if number <= len(keys):
            self.toggle(keys[number - 1])

    def action_resolve(self) -> None:
        """Review, then close the round."""
        self.app.clear_notifications()
        self.app.push_screen(Review(), self._reviewed)

    def _reviewed(self, resolve: bool | None) -> None:
        if resolve:
            app_of(self).resolve_round()
        else:
            # something may have been withdrawn there
            self._show_filed()

    def action_undo(self) -> None:
        """Back to the orders of the round before."""
        app_of(self).undo_round(self.reload)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo needs a round behind it; the tab of the map a map."""
        if action in {"undo", "save"} and app_of(self).in_class:
            return False
        if action == "undo" and app_of(self).desk is not None and self._menu is not None:
            return self.desk.situation().round > 1 or None
        if action == "tab" and parameters == ("map",):
            return self.has_class("-mapped") or None
        return True

    # where to go

    def action_filter(self) -> None:
        """Type to filter the moves."""
        self._show_tab("moves")
        self.query_one(Picker).open_filter()

    def action_closed(self) -> None:
        """Show or hide closed moves."""
        self.query_one(Picker).toggle_closed()

    def action_tab(self, tab: str) -> None:
        """Go to a pane; on a narrow terminal, to its tab."""
        self._show_tab(tab)
        asked = self._menu is not None and self._menu.questions
        self.query_one({"moves": "#moves", "tracks": "#tracks", "wire": "#wire", "map": "#map",
                        "orders": "#questions" if asked else "#orders"}[tab]).focus()

    def hidden_panes(self) -> Sequence[Widget]:
        """Those that lie on other tabs."""
        names = ["moves", "tracks", "wire", *(["questions"] if self.has_class("-asked") else []), "orders",
                 *(["map"] if self.query_one(BorderMap).has_class("-shown") else [])]
        panes = [self.query_one(f"#{name}") for name in names] if self.has_class("-tabs") else []
        return [pane for pane in panes if not pane.region]

    def reveal(self, pane: Widget) -> None:
        """Go to a pane; on a narrow terminal, to its tab."""
        self._show_tab(HOME_OF.get(pane.id or "", self.tab))
        pane.focus()

    @on(TabStrip.Picked)
    def _tab_picked(self, event: TabStrip.Picked) -> None:
        self.action_tab(event.tab)

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.line_at_hand())

    def action_whole(self) -> None:
        """The details at full length."""
        detail = self.query_one("#detail", Detail)
        self.app.push_screen(Tell(detail.title or "Details", detail.text))

    def action_save(self) -> None:
        """Write the match."""
        app_of(self).save_match(loud=True)

    def action_brief(self) -> None:
        """Read the brief again."""
        app_of(self).read_brief()

    def action_open_page(self, page: str) -> None:
        """Open a page over the room; what was ordered there is shown on return."""
        self.app.push_screen(page_screen(page), lambda _: self.reload())
