"""The map on screen: drawn in every style and size, told apart without colour, moved by keys, asked by a click."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from sim.play.match import Match
from sim.scenario.load import Loaded, load
from sim.tui.map.glyphs import Ink, MapStyle, pattern, spelt
from sim.tui.map.picture import Picture, picture
from sim.tui.map.projection import Projection, around
from sim.tui.map.raster import KEPT, Wanted, kept, raster
from sim.tui.screens.atlas import Atlas
from sim.tui.widgets.border_map import BorderMap, looks
from sim.tui.widgets.line_list import LineList
from sim.words.desk import Desk
from sim.words.models import MapModel
from tests.tui.conftest import FIRST, app_of, playing, press, settled, shown, until

ROOT = Path(__file__).parents[2]
STYLES: tuple[MapStyle, ...] = ("braille", "blocks", "ascii")
SIZES = ((58, 13), (78, 33), (116, 36))


@pytest.fixture(scope="module")
def model() -> MapModel:
    """The flagship's map at the opening."""
    found = Desk(Match.new(load(ROOT / "scenarios/border-standoff-2021"), seed=5), "armenia", {}).map()
    assert found is not None
    return found


def drawn(model: MapModel, size: tuple[int, int], style: MapStyle, view: int = 0, lit: str = "") -> Picture:
    """A picture of a view."""
    frame = model.views[view]
    return picture(model, raster(model, Wanted(model.identity, frame.id, frame.box, *size, style)), style, lit=lit)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("view", [0, 1, 2])
def test_a_picture_has_its_size_and_its_names(model: MapModel, size: tuple[int, int], style: MapStyle, view: int) -> None:
    """Each picture fills its rows exactly, names both capitals (in view or at an edge), and no text lies over another."""
    found = drawn(model, size, style, view)
    rows = found.text.split("\n")
    assert len(rows) == size[1]
    assert {len(row) for row in rows} == {size[0]}
    assert "Yerevan" in found.text
    assert "Baku" in found.text
    cells = [(tag.x + n, tag.y) for tag in found.tags for n in range(len(tag.text))]
    assert len(cells) == len(set(cells))
    for tag in found.tags:
        assert rows[tag.y][tag.x:tag.x + len(tag.text)] == tag.text


@pytest.mark.parametrize("size", SIZES)
def test_the_first_view_says_what_is_marked(model: MapModel, size: tuple[int, int]) -> None:
    """Every marker of the opening has its sign and its title on the view that the room shows."""
    found = drawn(model, size, "braille")
    for marker in model.markers:
        texts = [tag.text for tag in found.tags if tag.of == "marker" and tag.id == marker.id]
        assert len(texts) == 2, marker.id
        assert texts[1] == marker.title


@pytest.mark.parametrize("view", [0, 1, 2])
def test_letters_keep_to_seven_bits(model: MapModel, view: int) -> None:
    """A map in letters has no character beyond seven bits, disputed names included."""
    for size in SIZES:
        assert drawn(model, size, "ascii", view).text.isascii()
    assert spelt("Stepanakert/Xankəndi – Sev Lich/Qaragöl, Kəlbəcər, Ağdam, Laçın, Şuşa", "ascii") == \
        "Stepanakert/Xankendi - Sev Lich/Qaragol, Kelbecer, Agdam, Lacin, Susa"


def test_the_two_states_differ_without_colour(model: MapModel) -> None:
    """Armenia and Azerbaijan, and water, have different patterns in every style."""
    fills = {fill.area: fill for fill in model.fills}
    for style in STYLES:
        shown = {area: tuple(pattern(style, fills[area].pattern, fills[area].letters, row) for row in range(12))
                 for area in ("AM", "AZ", "sea")}
        assert len(set(shown.values())) == 3
        assert all(any(row.strip() for row in rows) for rows in shown.values())
    text = drawn(model, (116, 36), "ascii", 2).text
    assert "am" in text
    assert "az" in text


def test_whose_cells_are_whose(model: MapModel) -> None:
    """Towns lie in the state that the borders give them: a check of shapes and places against each other."""
    number = {fill.area: n for n, fill in enumerate(model.fills, 2)}
    where = {"yerevan": "AM", "goris": "AM", "kapan": "AM", "sisian": "AM", "vardenis": "AM", "stepanakert": "AZ",
             "shushi": "AZ", "aghdam": "AZ", "nakhchivan": "AZ", "kelbajar": "AZ", "ganja": "AZ"}
    for place in model.places:
        if place.id in where:
            lon, lat = place.at
            close = Wanted(model.identity, "", (lon - 1e-3, lat - 1e-3, lon + 1e-3, lat + 1e-3), 3, 3, "braille")
            assert raster(model, close).owners[1][1] == number[where[place.id]], place.id


def test_signs_differ_from_each_other_and_stand_out(model: MapModel) -> None:
    """A marker that is lit is drawn in its own ink."""
    plain, lit = drawn(model, (78, 33), "braille"), drawn(model, (78, 33), "braille", lit="heights")
    assert Ink.LIT not in {tag.ink for tag in plain.tags}
    assert {tag.id for tag in lit.tags if tag.ink == Ink.LIT} == {"heights"}


def test_a_name_is_found_under_the_mouse(model: MapModel) -> None:
    """What is written at a cell is told, a marker before a place; elsewhere nothing is."""
    found = drawn(model, (78, 33), "braille")
    for tag in found.tags:
        assert found.under(tag.x, tag.y) == tag
    assert found.under(-5, 0) is None


def test_tiny_pictures_have_no_names(model: MapModel) -> None:
    """However little room there is, something is drawn."""
    for size in ((1, 1), (5, 2), (11, 3), (12, 2)):
        found = drawn(model, size, "braille")
        assert found.tags == ()
        assert len(found.text.replace("\n", "")) == size[0] * size[1]


def test_drawings_are_kept_and_bounded(model: MapModel) -> None:
    """The same drawing is made once, seats share it, and old ones are dropped; markers do not matter."""
    frame = model.views[0]
    wanted = Wanted(model.identity, frame.id, frame.box, 40, 10, "braille")
    first = raster(model, wanted)
    assert raster(replace(model, markers=()), wanted) is first
    for n in range(KEPT):
        raster(model, replace(wanted, box=around(frame.box, 1 + n / 100, 0, 0)))
    assert kept(wanted) is None
    assert kept(replace(wanted, box=around(frame.box, 1 + (KEPT - 1) / 100, 0, 0))) is not None


def test_a_cold_drawing_is_fast(model: MapModel) -> None:
    """A drawing of a whole screen takes less processor time than a frame may."""
    frame = model.views[0]
    best = 1.0
    for n in range(3):
        started = time.process_time()
        raster(model, Wanted(f"cold {n}", frame.id, frame.box, 120, 40, "braille"))
        best = min(best, time.process_time() - started)
    assert best < 0.04


def test_projection_goes_both_ways():
    """A place becomes a cell and the cell the same place; the whole box is in the picture."""
    made = Projection.fitted((45.6, 38.9, 47.0, 40.2), 58, 13)
    assert made.place(*made.cell(46.2, 39.6)) == pytest.approx((46.2, 39.6))
    west, south, east, north = made.shown
    assert west <= 45.6
    assert east >= 47.0
    assert south <= 38.9 + 1e-9
    assert north >= 40.2 - 1e-9


def test_looks_are_made_for_every_ink_on_every_fill():
    """No ink is without a colour, in any theme."""
    found = looks(("#112233",) * 14)
    assert {ink for ink, _ in found} == set(Ink)


# -- on screen


def the_map(pilot) -> BorderMap:
    """The map of the screen on top."""
    return pilot.app.screen.query_one(BorderMap)


async def painted(pilot) -> None:
    """Wait for the first picture."""
    await until(pilot, lambda: the_map(pilot)._picture is not None and the_map(pilot).is_drawn)


async def test_the_page_shows_turns_and_tells():
    """The page lists what is marked with whose claim it is; v turns; z, x and arrows move; esc goes back."""
    async with playing() as pilot:
        before = pilot.app.screen
        await pilot.app.push_screen(Atlas())
        await until(pilot, lambda: getattr(pilot.app.screen, "is_ready", False))
        await painted(pilot)
        assert "Osk speaks of repairs; Velmora does not believe it." in shown(pilot)
        assert "Lane closed" in the_map(pilot)._picture.text
        first = the_map(pilot)._picture.text
        await press(pilot, "v")
        await until(pilot, lambda: the_map(pilot)._picture.text != first)
        assert the_map(pilot).frame.id == "bridge"
        box = the_map(pilot)._wanted().box
        await press(pilot, "z")
        assert the_map(pilot)._wanted().box[0] > box[0]
        await press(pilot, "tab", "right")
        assert the_map(pilot).has_focus
        await press(pilot, *["x"] * 12)
        assert the_map(pilot)._wanted().box == pytest.approx((0.0, 0.0, 3.0, 1.6), abs=0.02)
        await press(pilot, "escape")
        assert pilot.app.screen is before


async def test_a_click_on_a_sign_goes_to_its_line():
    """A click on a marker chooses it in the list; a hover names it; a click on nothing changes nothing."""
    async with playing() as pilot:
        await pilot.app.push_screen(Atlas())
        await until(pilot, lambda: getattr(pilot.app.screen, "is_ready", False))
        await painted(pilot)
        lines = pilot.app.screen.query_one(LineList)
        lines.action_last()
        await settled(pilot)
        tag = next(tag for tag in the_map(pilot)._picture.tags if tag.of == "marker")
        offset = (tag.x - 0, tag.y + 1)
        await pilot.hover(BorderMap, offset=offset)
        assert "Lane closed" in str(the_map(pilot).tooltip)
        await pilot.click(BorderMap, offset=offset)
        await settled(pilot)
        assert lines.current is not None
        assert lines.current.id == "marker:lane"


@pytest.mark.parametrize("style", ["blocks", "ascii", "off"])
async def test_the_style_that_was_chosen_is_drawn(style: str) -> None:
    """`--map` decides how it is drawn; off leaves the words."""
    async with playing(replace(FIRST, map=style), size=(80, 24)) as pilot:
        await pilot.app.push_screen(Atlas())
        await until(pilot, lambda: getattr(pilot.app.screen, "is_ready", False))
        found = the_map(pilot)
        assert found.display is (style != "off")
        assert "Osk speaks of repairs" in shown(pilot)
        if style != "off":
            await painted(pilot)
            assert found._wanted().style == style


async def test_no_map_takes_no_room(tmp_path: Path) -> None:
    """A scenario without a map has an empty page that says so, and its map widget is not shown."""
    bare = tmp_path / "bare.yaml"
    bare.write_bytes((ROOT / "scenarios/first-round/scenario.yaml").read_bytes())
    async with playing(replace(FIRST, scenario=str(bare))) as pilot:
        await pilot.app.push_screen(Atlas())
        await until(pilot, lambda: getattr(pilot.app.screen, "is_ready", False))
        assert not the_map(pilot).display
        assert "This scenario brings no map." in shown(pilot)


async def test_another_size_and_theme_are_drawn_anew():
    """A map follows the terminal's size and the theme at any moment."""
    async with playing() as pilot:
        await pilot.app.push_screen(Atlas())
        await until(pilot, lambda: getattr(pilot.app.screen, "is_ready", False))
        await painted(pilot)
        before = the_map(pilot)._strips
        app_of(pilot).theme = "textual-light"
        await until(pilot, lambda: the_map(pilot)._strips is not before)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: len(the_map(pilot)._picture.rows) == the_map(pilot).content_size.height)
        assert the_map(pilot).content_size.width >= 70


def test_the_legend_says_what_this_map_marks(model: MapModel, loaded_first_round: Loaded) -> None:
    """Contested posts on the flagship's, reserves on the small one's, and no sign that the map never shows."""
    from sim.tui.lines.map import map_page

    def legend(drawn: MapModel) -> list[str]:
        return [line.body.plain for line in map_page(drawn, drawn.views[0], "braille") if line.id.startswith("sign:")]

    assert "third parties on the ground" in legend(model)
    small = Desk(Match.new(loaded_first_round, seed=1), "osk", {}).map()
    assert small is not None
    assert legend(small) == ["reserves", "incident", "open road", "talks"]
