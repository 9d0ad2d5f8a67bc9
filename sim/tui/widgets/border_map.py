"""tui: the map of a scenario: borders, places, and what is so at them now; in any size, and moved closer by keys."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache, partial
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sim.tui.map.glyphs import Ink, MapStyle
from sim.tui.map.labels import Tag
from sim.tui.map.picture import Picture, picture
from sim.tui.map.projection import Box, around
from sim.tui.map.raster import Wanted, extent, kept, raster
from sim.tui.screens.sheet import app_of
from sim.tui.widgets.titles import entitle
from sim.words.map import line_text, marker_text, place_text, told
from sim.words.models import MapFrame, MapModel

CLOSEST: Final = 32.0
STEP: Final = 1.5
"""How much closer one step is."""
_VARIABLES: Final = ("map-a", "map-b", "map-c", "map-water", "map-line", "map-minor", "map-claim", "map-route", "mark",
                     "bad", "quiet", "primary", "foreground", "background")
Palette = tuple[str, ...]
"""The theme's colours, in the order of `_VARIABLES`."""


class BorderMap(Widget, can_focus=True):
    """Shows a map in whatever room it gets; takes none where the scenario has no map or maps are off."""

    DEFAULT_CSS = """
    BorderMap { width: 1fr; height: 1fr; display: none; pointer: default; }
    BorderMap.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "turn", "Next view", id="map.view"),
        Binding("z,plus,equals_sign", "closer", "Closer", key_display="z", id="map.closer"),
        Binding("x,minus", "farther", "Farther", key_display="x", id="map.farther"),
        Binding("up", "move(0, 1)", "North", show=False, id="map.north"),
        Binding("down", "move(0, -1)", "South", show=False, id="map.south"),
        Binding("left", "move(-1, 0)", "West", show=False, id="map.west"),
        Binding("right", "move(1, 0)", "East", show=False, id="map.east"),
    ]
    HELP = ("The map: v turns to the next view, z and x go closer and farther, arrows move it, a click tells about a place "
            "or a sign. What the signs ▲ ✶ ⇄ ◆ ◎ stand for on this map, its own page says.")

    class Told(Message):
        """Something on the map was asked about."""

        def __init__(self, map: BorderMap, title: str, text: str, source: tuple[str, ...], marker: str) -> None:
            super().__init__()
            self.map = map
            self.title = title
            self.text = text
            self.source = source
            """Claims behind it."""
            self.marker = marker
            """Id of the marker, empty for anything else."""

        @property
        def control(self) -> BorderMap:
            """The map, for `on`."""
            return self.map

    def __init__(self, id: str | None = None, classes: str | None = None, *, numbered: bool = False) -> None:
        """`numbered`: signs carry the numbers of a list beside the map."""
        super().__init__(id=id, classes=classes)
        self.model: MapModel | None = None
        self._numbered = numbered
        self._view = 0
        self._box: Box | None = None
        self._lit = ""
        self._picture: Picture | None = None
        self._shown: Wanted | None = None
        self._strips: list[Strip] = []

    # -- what is shown

    def show(self, model: MapModel | None) -> None:
        """Show a map, in the view it stands at; None takes the widget away."""
        if model is None or (self.model is not None and self.model.identity != model.identity):
            self._view, self._box = 0, None
        self.model = model
        self.set_class(model is not None and self.drawn_as is not None, "-shown")
        if model is not None:
            self._entitle()
            self.redraw()

    @property
    def drawn_as(self) -> MapStyle | None:
        """The style that the person has chosen; None for no map."""
        chosen = app_of(self).start.map or "braille"
        return None if chosen == "off" else chosen

    @property
    def is_drawn(self) -> bool:
        """Whether what is asked for is on the screen; false for the moment in which a new drawing is made."""
        return self._wanted() is None or self._wanted() == self._shown

    @property
    def frame(self) -> MapFrame | None:
        """The view it stands at."""
        return self.model.views[self._view] if self.model else None

    def turn_to(self, view: str) -> None:
        """Go to a view by its id."""
        if self.model is not None:
            self._view = next((n for n, it in enumerate(self.model.views) if it.id == view), 0)
            self._box = None
            self._entitle()
            self.redraw()

    def light(self, marker: str) -> None:
        """Let a marker stand out, or none."""
        if marker != self._lit:
            self._lit = marker
            self.redraw()

    def _entitle(self) -> None:
        if self.frame is not None:
            entitle(self, f"Map · {self.frame.title}")

    # -- drawing

    def redraw(self) -> None:
        """Draw anew, at once where the drawing is kept and off the loop where it is not; the old one stays meanwhile."""
        model, wanted = self.model, self._wanted()
        if model is None or wanted is None:
            return
        found = kept(wanted)
        if found is not None:
            self._put(picture(model, found, wanted.style, numbered=self._numbered, lit=self._lit), wanted)
            return

        self.run_worker(partial(self._draw, model, wanted), exclusive=True, group="map")  # type: ignore[arg-type]

    async def _draw(self, model: MapModel, wanted: Wanted) -> None:
        drawn = await asyncio.to_thread(raster, model, wanted)
        if wanted == self._wanted() and self.model is not None:
            self._put(picture(self.model, drawn, wanted.style, numbered=self._numbered, lit=self._lit), wanted)

    def _wanted(self) -> Wanted | None:
        style, frame, size = self.drawn_as, self.frame, self.content_size
        if self.model is None or frame is None or style is None or size.width < 1 or size.height < 1:
            return None
        return Wanted(self.model.identity, frame.id, self._box or frame.box, size.width, size.height, style)

    def _put(self, drawn: Picture, wanted: Wanted) -> None:
        self._picture, self._shown = drawn, wanted
        self._paint()

    def _paint(self) -> None:
        """The picture in the theme's colours."""
        if self._picture is not None:
            colours = self.app.get_css_variables()
            look = looks(tuple(colours[name] for name in _VARIABLES))
            self._strips = [Strip([Segment(text, look[ink, tone]) for text, ink, tone in row], sum(len(r[0]) for r in row))
                            for row in self._picture.rows]
            self.refresh()

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._paint())

    def on_unmount(self) -> None:
        """The signal would keep the map and its match as long as the app lives."""
        self.app.theme_changed_signal.unsubscribe(self)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """One row of the picture."""
        width = self.content_size.width
        if y >= len(self._strips) or self.content_size.height < 1:
            return Strip.blank(width, self.rich_style)
        return self._strips[y].adjust_cell_length(width, self.rich_style)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As much as there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As much as there is."""
        return container.height

    # -- moving

    def action_turn(self) -> None:
        """To the next view."""
        if self.model is not None:
            self.turn_to(self.model.views[(self._view + 1) % len(self.model.views)].id)

    def action_closer(self) -> None:
        """Closer."""
        self._move(STEP, 0, 0)

    def action_farther(self) -> None:
        """Farther, up to the whole map."""
        self._move(1 / STEP, 0, 0)

    def action_move(self, east: int, north: int) -> None:
        """A quarter of the view to a side."""
        self._move(1, east / 4, north / 4)

    def _move(self, closer: float, east: float, north: float) -> None:
        frame = self.frame
        if self.model is None or frame is None:
            return
        whole = extent(self.model.geometry)
        box = around(self._box or frame.box, closer, east, north)
        if box[2] - box[0] < (whole[2] - whole[0]) / CLOSEST:
            return
        self._box = _within(box, whole)
        self.redraw()

    # -- what stands where

    def describe(self) -> str:
        """View, markers and places in words."""
        if self.model is None or self.frame is None:
            return ""
        parts = [f"{heading}.\n" + "\n".join(said) for heading, said in told(self.model, self.frame.id) if said]
        return "\n".join(parts)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Name what is under the mouse."""
        told = self._told_at(event)
        tooltip = f"{told.title}\n{told.text}" if told else None
        if self.tooltip != tooltip:
            self.tooltip = tooltip

    def on_leave(self) -> None:
        """Nothing is under the mouse."""
        self.tooltip = None

    def on_click(self, event: events.Click) -> None:
        """Tell about what was clicked."""
        told = self._told_at(event)
        if told is not None:
            event.stop()
            self.post_message(told)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Closer."""
        event.stop()
        self.action_closer()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Farther."""
        event.stop()
        self.action_farther()

    def _told_at(self, event: events.MouseEvent) -> Told | None:
        at = event.get_content_offset(self)
        tag = self._picture.under(at.x, at.y) if at is not None and self._picture is not None else None
        return self._about(tag) if tag is not None else None

    def _about(self, tag: Tag) -> Told | None:
        model = self.model
        if model is None:
            return None
        if tag.of == "marker":
            marker = next((it for it in model.markers if it.id == tag.id), None)
            return self.Told(self, marker.title, marker_text(replace(marker, number=0)), marker.source, marker.id) \
                if marker else None
        if tag.of == "place":
            place = next((it for it in model.places if it.id == tag.id), None)
            return self.Told(self, place.name, place_text(place), (), "") if place else None
        fill = next((it for it in model.fills if it.area == tag.id), None)
        return self.Told(self, fill.title, f"{fill.title}. {'; '.join(_lines(model))}", (), "") if fill else None


def _lines(model: MapModel) -> Iterable[str]:
    return (line_text(line).rstrip(".") for line in model.lines if line.whose)


def _within(box: Box, whole: Box) -> Box:
    """The box moved into the whole; the whole where it is larger."""
    west, south, east, north = box
    if east - west >= whole[2] - whole[0] and north - south >= whole[3] - whole[1]:
        return whole
    right = max(0.0, whole[0] - west) - max(0.0, east - whole[2])
    up = max(0.0, whole[1] - south) - max(0.0, north - whole[3])
    if east - west >= whole[2] - whole[0]:
        right = (whole[0] + whole[2]) / 2 - (west + east) / 2
    if north - south >= whole[3] - whole[1]:
        up = (whole[1] + whole[3]) / 2 - (south + north) / 2
    return west + right, south + up, east + right, north + up


@lru_cache(maxsize=32)
def looks(palette: Palette) -> dict[tuple[Ink, str], Style]:
    """How each ink looks on each fill, for one theme."""
    colour = dict(zip(_VARIABLES, (Color.parse(it) for it in palette), strict=True))
    grounds = {"": colour["background"], "a": colour["map-a"], "b": colour["map-b"], "c": colour["map-c"],
               "water": colour["map-water"]}
    out: dict[tuple[Ink, str], Style] = {}
    for tone, ground in grounds.items():
        inks = {
            Ink.NONE: ground, Ink.PATTERN: ground.blend(colour["foreground"], 0.24), Ink.MINOR: colour["map-minor"],
            Ink.WATER: colour["map-water"].blend(colour["primary"], 0.55), Ink.BORDER: colour["map-line"],
            Ink.CLAIM: colour["map-claim"], Ink.ROUTE: colour["map-route"],
            Ink.AREA: ground.blend(colour["foreground"], 0.6), Ink.FAINT: colour["quiet"],
            Ink.LAKE: colour["map-water"].blend(colour["primary"], 0.8), Ink.PLACE: colour["foreground"],
            Ink.CAPITAL: colour["foreground"], Ink.POST: colour["mark"], Ink.INCIDENT: colour["bad"],
            Ink.WAY: colour["map-route"], Ink.GUARD: colour["primary"], Ink.TALKS: colour["primary"],
            Ink.LIT: colour["mark"],
        }
        for ink, shade in inks.items():
            bold = ink in (Ink.CAPITAL, Ink.POST, Ink.INCIDENT, Ink.WAY, Ink.GUARD, Ink.TALKS, Ink.LIT)
            out[ink, tone] = Style(color=shade.rich_color, bgcolor=ground.rich_color, bold=bold, reverse=ink == Ink.LIT)
    return out
