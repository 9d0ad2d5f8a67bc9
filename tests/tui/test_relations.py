"""The relations: seat by seat over the rounds, by keyboard and by mouse; what is hidden stays so."""

from __future__ import annotations

from textual.pilot import Pilot

from sim.tui.screens.pages import page_screen
from sim.tui.screens.relations import NOTHING, AboutPair, RelationsPage
from sim.tui.start import Start
from sim.tui.widgets.matrix import Matrix
from tests.tui.conftest import app_of, playing, press, settled, shown, until

FLAGSHIP = Start(scenario="border-standoff-2021", seat="armenia", seed=5, level="easy")


async def opened(pilot: Pilot[str], rounds: int) -> RelationsPage:
    """Play some rounds and open the relations."""
    app = app_of(pilot)
    assert app.desk is not None
    for _ in range(rounds):
        app.desk.resolve(app.desk.think())
    await app.push_screen(page_screen("relations"))
    await until(pilot, lambda: isinstance(app.screen, RelationsPage) and app.screen.is_ready)
    assert isinstance(app.screen, RelationsPage)
    matrix = app.screen.query_one(Matrix)
    await until(pilot, lambda: not matrix.display or matrix.region.height == matrix.rows)
    await settled(pilot)
    return app.screen


async def test_a_scenario_without_relations_says_so() -> None:
    """One sentence, no empty matrix; arrows and esc do no harm."""
    async with playing(size=(80, 24)) as pilot:
        page = await opened(pilot, 1)
        assert shown(pilot) == NOTHING
        assert not page.query_one(Matrix).display
        await press(pilot, "left", "down", "escape")
        assert not isinstance(pilot.app.screen, RelationsPage)


async def test_by_keyboard_at_80_by_24() -> None:
    """Up and down go from pair to pair, left and right from round to round; another's trust is never shown."""
    async with playing(FLAGSHIP, size=(80, 24)) as pilot:
        page = await opened(pilot, 3)
        desk = app_of(pilot).desk
        assert desk is not None
        model = desk.relations()
        own = model.between("armenia", "azerbaijan")
        assert own is not None
        matrix, about = page.query_one(Matrix), page.query_one(AboutPair)
        assert matrix.current == model.relations[0]
        await until(pilot, lambda: own.series[0].text in about.describe())
        for at in range(len(model.points) - 1, -1, -1):
            assert f"trust {own.series[0].values[at]}" in matrix.render().plain
            assert own.series[0].title in about.describe()
            await press(pilot, "left")
        await press(pilot, "left")
        assert "round 1" in str(page.query_one("#pane-matrix").border_title)
        hidden = model.between("azerbaijan", "armenia")
        assert hidden is not None
        while matrix.current is not hidden:
            await press(pilot, "down")
        await until(pilot, lambda: "hidden from your seat" in about.describe())
        await press(pilot, "up")
        assert matrix.current is not hidden


async def test_by_mouse() -> None:
    """A click chooses a pair; a click beside all pairs changes nothing."""
    async with playing(FLAGSHIP, size=(120, 40)) as pilot:
        page = await opened(pilot, 2)
        matrix = page.query_one(Matrix)
        head, column = matrix.widths()
        model = matrix.model
        ids = [actor for actor, _, _ in model.actors]
        credit = model.between("russia", "armenia")
        assert credit is not None
        y = 1 + ids.index("russia") * (matrix.rows - 1) // len(ids)
        await pilot.click(matrix, offset=(1 + head + ids.index("armenia") * column + 2, y))
        await until(pilot, lambda: matrix.current is credit)
        assert credit.series[0].text in shown(pilot)
        await pilot.click(matrix, offset=(2, 0))
        await settled(pilot)
        assert matrix.current is credit
