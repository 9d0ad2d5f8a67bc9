"""tui: the map over the whole screen, with what is marked on it and whose claim each of it is."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from sim.tui.lines.line import Line, plain
from sim.tui.lines.map import map_page
from sim.tui.screens.sheet import Sheet, app_of
from sim.tui.table import Head
from sim.tui.widgets.border_map import BorderMap
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.titles import entitle


class MapList(LineList):
    """What stands beside the map."""

    HELP = ("What is marked on the map now, and whose claim it is; then whose lines are drawn. Up and down move, ? tells "
            "who says so. v turns to the next view, z and x go closer and farther, tab goes to the map to move it.")


class Atlas(Sheet):
    """The map, large, and its legend."""

    DEFAULT_CSS = """
    Atlas #atlas { height: 1fr; margin-top: 1; }
    Atlas #map, Atlas #map-list { border-top: solid $rule; border-title-color: $quiet; border-title-style: bold; }
    Atlas #map:focus, Atlas #map-list:focus { border-top: solid $primary; border-title-color: $primary; }
    Atlas #map { margin: 0 1; }
    Atlas #map-list { width: 42; margin: 0 1 0 0; }
    Atlas.-broad #map-list { width: 60; }
    Atlas.-tabs #atlas { layout: vertical; margin-top: 0; }
    Atlas.-tabs #map { height: 2fr; }
    Atlas.-tabs #map-list { height: 1fr; width: 1fr; margin: 0 1; }
    Atlas.-bare #map-list { width: 1fr; height: 1fr; margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,m", "back", "Back", key_display="esc", id="atlas.back"),
        Binding("v", "turn", "Next view", id="atlas.view"),
        Binding("z,plus,equals_sign", "closer", "Closer", key_display="z", id="atlas.closer"),
        Binding("x,minus", "farther", "Farther", key_display="x", id="atlas.farther"),
        Binding("tab", "cross", "Map or list", id="atlas.cross"),
        Binding("question_mark", "sources", "Who says so", id="atlas.sources"),
    ]

    def body(self) -> ComposeResult:
        """Masthead, map, list."""
        yield Masthead(Head("", "", ""))
        with Horizontal(id="atlas"):
            yield BorderMap(id="map", numbered=True)
            yield MapList(title="On the map", id="map-list")

    def ready(self) -> None:
        """Show the map as it stands now."""
        self.head()
        entitle(self.query_one(MapList), "On the map")
        self._show()
        self.query_one(MapList).focus()

    def on_screen_resume(self, _: events.ScreenResume) -> None:
        """Settings may have changed how maps are drawn."""
        # what every sheet does then Textual has called itself, or will
        if self.is_ready:
            self._show()

    def _show(self) -> None:
        drawn = self.query_one(BorderMap)
        drawn.show(self.desk.map())
        self.set_class(drawn.model is None or drawn.drawn_as is None, "-bare")
        self.refresh_bindings()
        self._list()

    def _list(self) -> None:
        drawn, lines = self.query_one(BorderMap), self.query_one(MapList)
        model, frame = drawn.model, drawn.frame
        if model is None or frame is None:
            lines.show([Line("none", plain("This scenario brings no map."))])
            return
        lines.show(map_page(model, frame, app_of(self).start.map or "braille"))

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        kind, _, id = event.line.id.partition(":")
        self.query_one(BorderMap).light(id if kind == "marker" else "")

    @on(BorderMap.Told)
    def _told(self, event: BorderMap.Told) -> None:
        lines = self.query_one(MapList)
        if event.marker:
            lines.select_line(f"marker:{event.marker}")
            lines.focus()
        else:
            self.notify(event.text, title=event.title, timeout=8)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no map is drawn there is none to turn or to move."""
        return not (self.has_class("-bare") and action in {"turn", "closer", "farther", "cross"})

    def action_turn(self) -> None:
        """The next view."""
        self.query_one(BorderMap).action_turn()
        self._list()

    def action_closer(self) -> None:
        """Closer."""
        self.query_one(BorderMap).action_closer()

    def action_farther(self) -> None:
        """Farther."""
        self.query_one(BorderMap).action_farther()

    def action_cross(self) -> None:
        """From the list to the map and back."""
        drawn, lines = self.query_one(BorderMap), self.query_one(MapList)
        (lines if drawn.has_focus or not drawn.display else drawn).focus()

    def action_sources(self) -> None:
        """Who says what the line under the cursor says."""
        app_of(self).show_sources(self.query_one(MapList).current)

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)
