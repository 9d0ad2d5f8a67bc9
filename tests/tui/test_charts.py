"""The charts: chosen tracks over the rounds, by keyboard and by mouse, in every style of drawing."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot

from sim.tui.screens.charts import MOST, ChartsPage, SeriesList
from sim.tui.screens.pages import page_screen
from sim.tui.start import Start
from sim.tui.widgets.chart import Chart
from tests.tui.conftest import FIRST, app_of, playing, press, settled, shown, until


async def charted(pilot: Pilot[str], rounds: int = 3) -> Chart:
    """Play some rounds and open the charts."""
    app = app_of(pilot)
    assert app.desk is not None
    for _ in range(rounds):
        if not app.desk.over:
            app.desk.resolve(app.desk.think())
    await app.push_screen(page_screen("tracks"))
    await until(pilot, lambda: isinstance(app.screen, ChartsPage) and app.screen.is_ready)
    chart = app.screen.query_one(Chart)
    await until(pilot, lambda: chart.ready and chart.figure is not None)
    return chart


def page(pilot: Pilot[str]) -> ChartsPage:
    """The charts on top."""
    assert isinstance(pilot.app.screen, ChartsPage)
    return pilot.app.screen


async def test_space_and_enter_draw_and_take_away() -> None:
    """A track is drawn and taken away by either key; the list bears its sign and the chart its name."""
    async with playing(size=(80, 24)) as pilot:
        chart = await charted(pilot)
        first = page(pilot).chosen
        assert first
        while page(pilot).chosen:
            page(pilot).query_one(SeriesList).select_line(page(pilot).chosen[0])
            await press(pilot, "space")
        assert "No track is drawn" in shown(pilot)
        page(pilot).query_one(SeriesList).select_line("lanes")
        await press(pilot, "enter")
        assert page(pilot).chosen == ("lanes",)
        await until(pilot, lambda: chart.ready)
        assert "● Lanes closed" in chart.render().plain
        assert "● Lanes closed" in page(pilot).query_one(SeriesList).describe()
        await press(pilot, "enter")
        assert page(pilot).chosen == ()


async def test_a_chart_names_its_axes() -> None:
    """Rounds with their dates below, the value at the left, phases where they begin."""
    async with playing() as pilot:
        chart = await charted(pilot)
        told = chart.render().plain
        rows = told.splitlines()
        assert rows[-2].split()[:2] == ["round", "1"]
        assert rows[-1].startswith(" date 1 Mar")
        assert any(row.startswith("value") for row in rows)
        assert "Quarrel" in told


async def test_left_and_right_tell_of_other_rounds() -> None:
    """The table and what moved the track are those of the round under the cursor."""
    async with playing() as pilot:
        await charted(pilot, rounds=2)
        desk = app_of(pilot).desk
        assert desk is not None
        tension = desk.series().one("tension")
        assert tension is not None
        page(pilot).query_one(SeriesList).select_line("tension")
        await settled(pilot)
        for at in range(len(tension.values) - 1, 0, -1):
            for moved in tension.moved[at]:
                assert moved.text in shown(pilot)
            assert f"Tracks in round {at + 1}" in str(page(pilot).query_one("#pane-series").border_title)
            await press(pilot, "left")
        await press(pilot, "right")
        assert "Tracks in round 2" in str(page(pilot).query_one("#pane-series").border_title)


async def test_by_mouse() -> None:
    """A second click on a track draws it; a click on the chart goes to the nearest round."""
    async with playing() as pilot:
        chart = await charted(pilot)
        lines = page(pilot).query_one(SeriesList)
        row = next(n for n, line in enumerate(lines.shown) if line.id == "lanes")
        before = "lanes" in page(pilot).chosen
        await pilot.click("#series", offset=(6, row))
        await settled(pilot)
        await pilot.click("#series", offset=(6, row))
        await until(pilot, lambda: ("lanes" in page(pilot).chosen) != before)
        await pilot.click(chart, offset=(8, 5))
        await settled(pilot)
        assert "Tracks in round 1" in str(page(pilot).query_one("#pane-series").border_title)


async def test_plain_characters_and_no_colour() -> None:
    """With plain characters everything in the chart is 7-bit, and lines are told apart without colour."""
    async with playing(Start(scenario="first-round", seat="osk", seed=7, level="easy", map="ascii")) as pilot:
        chart = await charted(pilot)
        for name in ("tension", "lanes", "standing"):
            if name not in page(pilot).chosen:
                page(pilot).toggle(name)
        await until(pilot, lambda: chart.ready)
        told = chart.render().plain
        assert told.isascii()
        for sign, name in zip("ox+", page(pilot).chosen, strict=True):
            desk = app_of(pilot).desk
            assert desk is not None
            series = desk.series().one(name)
            assert series is not None
            assert f"{sign} {series.title}" in told


async def test_braille_and_blocks_draw_with_their_own_marks() -> None:
    """The style of the map is the style of the chart."""
    drawn = {}
    for style, least, most in (("braille", "⠀", "⣿"), ("blocks", "▀", "▟")):
        async with playing(Start(scenario="first-round", seat="velmora", seed=7, level="easy", map=style)) as pilot:  # type: ignore[arg-type]
            told = (await charted(pilot)).render().plain
            drawn[style] = any(least <= sign <= most for sign in told)
    assert drawn == {"braille": True, "blocks": True}


async def test_two_apps_do_not_share_a_figure() -> None:
    """Each chart draws with a figure of its own: what one shows is not seen in the other."""
    both_drawn, both_read = asyncio.Barrier(2), asyncio.Barrier(2)

    async def seat(start: Start, wanted: str) -> tuple[object, str]:
        async with playing(start, size=(100, 30)) as pilot:
            chart = await charted(pilot, 2)
            for name in page(pilot).chosen:
                page(pilot).toggle(name)
            page(pilot).toggle(wanted)
            await until(pilot, lambda: chart.ready)
            await both_drawn.wait()
            chart.refresh()
            await settled(pilot)
            told = chart.render().plain
            await both_read.wait()
            return chart.figure, told

    (one, left), (other, right) = await asyncio.gather(
        seat(FIRST, "tension"), seat(Start(scenario="first-round", seat="osk", seed=9, level="easy"), "standing"))
    assert one is not other
    assert "Tension" in left
    assert "Osk at home" not in left
    assert "Osk at home" in right
    assert "Tension" not in right


async def test_no_more_lines_than_can_be_told_apart_and_resizing() -> None:
    """The fifth track is refused in a sentence; another size redraws what is chosen."""
    flagship = Start(scenario="border-standoff-2021", seat="armenia", seed=5, level="easy")
    async with playing(flagship, size=(120, 40)) as pilot:
        chart = await charted(pilot, 4)
        desk = app_of(pilot).desk
        assert desk is not None
        assert all(desk.series().one(name) is not None for name in page(pilot).chosen)
        assert desk.series().one("azerbaijan.trust.armenia") is None
        names = [line.name for line in desk.series().series if line.name not in page(pilot).chosen]
        while len(page(pilot).chosen) < MOST:
            page(pilot).toggle(names.pop())
        page(pilot).toggle(names.pop())
        assert len(page(pilot).chosen) == MOST
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: chart.ready and chart.size.width < 60)
        for name in page(pilot).chosen:
            series = desk.series().one(name)
            assert series is not None
            assert series.title[:8] in chart.render().plain
        await press(pilot, "v", "z", "escape")
        assert not isinstance(pilot.app.screen, ChartsPage)
