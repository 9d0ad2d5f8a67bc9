"""The ending: story, chart of the score, turning rounds, scores, questions and what next; in columns and in tabs."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from sim.tui.lines.scores import ending_lines
from sim.tui.screens.charts import ChartsPage
from sim.tui.screens.ending import Ending, NextList
from sim.tui.screens.setup import Setup
from sim.tui.start import Start
from sim.tui.widgets.chart import Chart
from sim.words.models import EndingModel
from tests.tui.conftest import FIRST, app_of, playing, press, settled, shown, until

SIZES = [(80, 24), (100, 30), (120, 40)]


async def ended(pilot: Pilot[str]) -> EndingModel:
    """Play to the end and show the last page."""
    app = app_of(pilot)
    assert app.desk is not None
    while not app.desk.over:
        app.desk.resolve(app.desk.think())
    app.enter_room()
    await until(pilot, lambda: isinstance(app.screen, Ending) and app.screen.is_ready)
    ending = app.desk.ending()
    assert ending is not None
    return ending


async def test_the_chart_marks_the_turning_rounds() -> None:
    """Above the line of the score stand the changes of the turning rounds, over their own rounds."""
    async with playing(size=(120, 40)) as pilot:
        ending = await ended(pilot)
        chart = pilot.app.screen.query_one(Chart)
        await until(pilot, lambda: chart.ready)
        rows = chart.render().plain.splitlines()
        numbers = rows[-2]
        assert ending.turns
        for turn in ending.turns:
            text = f"{'+' if turn.change > 0 else '−'}{(abs(turn.change) + 50) // 100}"
            above = next(row for row in rows if text in row)
            assert abs(above.index(text) - numbers.index(f" {turn.round}")) <= 3
            assert f"Marked: round {turn.round}, {text}." in chart.describe()
        assert f"{ending.scores[0].name} (●, 0 to 100): {', '.join(map(str, ending.course))}." in chart.describe()


@pytest.mark.parametrize("size", SIZES)
async def test_every_part_is_reached_by_keyboard(size: tuple[int, int]) -> None:
    """F2 to F5 go to the parts; each is on the screen then, with its whole text within reach."""
    async with playing(size=size) as pilot:
        ending = await ended(pilot)
        parts = {"f2": ("#story", ending.text), "f3": ("#turns", ending.turns[0].head),
                 "f4": ("#scores", ending.scores[1].goals[0].says), "f5": ("#questions", ending.questions[0])}
        for key, (where, text) in parts.items():
            await press(pilot, key)
            part = pilot.app.screen.query_one(where)
            await until(pilot, lambda part=part: part.region.height > 0 and part.has_focus)
            assert text in part.describe()
        await press(pilot, "f2")
        assert pilot.app.screen.query_one(NextList).region.height > 0


async def test_a_score_stands_beside_par_once() -> None:
    """The bar and one line tell raw, par and middle half; the sentence of the verdict does not say it again."""
    async with playing() as pilot:
        ending = await ended(pilot)
        own = ending.scores[0]
        told = "\n".join(line.said for line in ending_lines(ending))
        assert own.par is not None
        assert told.count(f"par {own.par},") == 1
        assert own.verdict not in told
        assert "not ranked" in told


async def test_what_next_by_keyboard_and_by_mouse() -> None:
    """Enter or a second click on a line does what it says; the other side is another seat of the same scenario."""
    async with playing(size=(120, 40)) as pilot:
        await ended(pilot)
        lines = pilot.app.screen.query_one(NextList)
        row = next(n for n, line in enumerate(lines.shown) if line.id == "tracks")
        for _ in range(2):
            await pilot.click("#next", offset=(8, row))
            await settled(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, ChartsPage))
        await press(pilot, "escape")
        lines.focus()
        lines.select_line("again")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Setup) and pilot.app.screen.is_ready)


async def test_tabs_are_clicked_and_follow_the_size() -> None:
    """On a small terminal a click on a tab shows its part; on a large one all parts are shown at once."""
    async with playing(size=(80, 24)) as pilot:
        await ended(pilot)
        await pilot.click("TabStrip", offset=(45, 0))
        scores = pilot.app.screen.query_one("#scores")
        await until(pilot, lambda: scores.region.height > 0)
        assert pilot.app.screen.query_one("#story").region.height == 0
        await pilot.resize_terminal(120, 40)
        parts = [pilot.app.screen.query_one(f"#{name}") for name in ("story", "score-chart", "turns", "scores", "questions")]
        await until(pilot, lambda: all(part.region.height > 0 for part in parts))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: pilot.app.screen.query_one("#story").region.height == 0)


async def test_the_large_scenario_shows_every_seat() -> None:
    """After the end the scores of all five seats are told, whatever the reader could see in play."""
    async with playing(Start(scenario="border-standoff-2021", seat="france", seed=5, level="easy"), size=(100, 30)) as pilot:
        ending = await ended(pilot)
        assert len(ending.scores) == 5
        for score in ending.scores:
            assert score.name in shown(pilot)
            assert all(goal.title in shown(pilot) for goal in score.goals)


async def test_charts_open_on_the_track_under_the_rooms_cursor() -> None:
    """Enter on a track of the situation room draws that track."""
    async with playing(FIRST, size=(120, 40)) as pilot:
        app = app_of(pilot)
        app.enter_room()
        await until(pilot, lambda: getattr(app.screen, "is_ready", False) and app.screen.query("#tracks"))
        tracks = app.screen.query_one("#tracks")
        tracks.focus()
        tracks.select_line("lanes")  # type: ignore[attr-defined]
        await press(pilot, "t")
        await until(pilot, lambda: isinstance(app.screen, ChartsPage) and app.screen.is_ready)
        assert isinstance(app.screen, ChartsPage)
        assert app.screen.chosen == ("lanes",)
