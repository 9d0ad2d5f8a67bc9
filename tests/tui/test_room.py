"""The situation room: phases drawn, moves folded and aimed, orders withdrawn, the review, the guard of enter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from sim.tui.lines.moves import Spending, choices, matching, move_lines
from sim.tui.lines.phases import drawn, strip
from sim.tui.screens.phases import PhasesPage
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.review import Review, ReviewList
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.widgets.board import Board
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.masthead import Masthead
from sim.tui.widgets.panes import OrderPane
from sim.tui.widgets.picker import MoveList, Picker
from sim.tui.widgets.tab_strip import TabStrip
from sim.words.models import PhaseDiagram, PhaseNode, PhaseStep, PhaseVisit
from tests.tui.conftest import FIRST, app_of, playing, press, settled, shown, until

FLAGSHIP = Start(scenario="border-standoff-2021", seat="armenia", seed=5, level="easy")


async def in_room(pilot: Pilot[str], rounds: int = 0) -> SituationRoom:
    """The situation room, some rounds on."""
    app = app_of(pilot)
    assert app.desk is not None
    for _ in range(rounds):
        app.desk.resolve(app.desk.think())
    app.enter_room()
    await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
    await settled(pilot)
    assert isinstance(app.screen, SituationRoom)
    return app.screen


def filed(pilot: Pilot[str]) -> list[str]:
    """Keys of what is filed."""
    desk = app_of(pilot).desk
    assert desk is not None
    return [item.key for item in desk.filed()]


# -- the diagram


def diagram(*titles: str, before: int = 1, due: int = -1) -> PhaseDiagram:
    """A phase `Here` with these open steps, after some stays in others."""
    steps = tuple(PhaseStep(t, t, (), unseen=False, due=n == due, brought=False) for n, t in enumerate(titles))
    path = [PhaseVisit(f"p{n}", f"Past{n}", n + 1, n + 1, "1 May") for n in range(before)]
    return PhaseDiagram((PhaseNode("here", "Here", "", current=True, rounds=(before + 1,), steps=steps),),
                        (*path, PhaseVisit("here", "Here", before + 1, before + 1, "2 May")), ended=False)


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("width", [60, 76, 96])
def test_the_diagram_fits_its_width_and_counts_what_it_leaves_out(number: int, width: int) -> None:
    """Three rows and one row never exceed the width; every open phase is named or counted."""
    titles = [f"Phase number {n}" for n in range(number)]
    model = diagram(*titles, before=3)
    rows = drawn(model, width)
    assert len(rows) == 3
    for text in ("\n".join(row.plain for row in rows), strip(model, width).plain):
        assert all(len(row) <= width for row in text.split("\n")), text
        assert "Here" in text
        left_out = [title for title in titles if not any(f"{title} " in f"{row} " for row in text.split("\n"))]
        assert not left_out or f"+{len(left_out)}" in text or f"{len(left_out)} phases" in text, text


def test_the_diagram_tells_what_is_due_and_what_is_new_in_words() -> None:
    """Neither is told by colour alone; the stay before stands at the left with its round."""
    text = "\n".join(row.plain for row in drawn(diagram("War", "Peace", due=1), 96))
    assert "Peace due" in text
    assert "War due" not in text
    assert "Past0 " in text
    assert "round 1" in text


async def test_the_masthead_draws_where_it_stands_and_the_page_tells_why() -> None:
    """In the room the current phase and all that can follow are named; f tells what each step asks, with today's value."""
    async with playing() as pilot:
        room = await in_room(pilot)
        assert "What can follow: Alarm, Talks." in room.query_one(Masthead).describe()
        text = room.query_one(Masthead).render().plain
        assert all(title in text for title in ("Quarrel", "Alarm", "Talks"))
        await press(pilot, "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, PhasesPage) and pilot.app.screen.is_ready)
        assert "tension is 75 or more  now 50" in shown(pilot)
        await press(pilot, "down")
        assert pilot.app.screen.query_one("#node", LineList).title == "Talks"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SituationRoom)


# -- the picker


async def test_addressees_of_one_move_are_one_row() -> None:
    """Left and right choose whom to ask, details and order follow; the other addressee stays what it was."""
    async with playing(FLAGSHIP) as pilot:
        room = await in_room(pilot)
        moves = room.query_one(MoveList)
        assert moves.current is not None
        assert moves.current.id == "call:armenia>russia"
        assert "‹Moscow›" in moves.current.said
        await press(pilot, "right")
        assert moves.current.id == "call:armenia>france"
        await until(pilot, lambda: room.query_one("#detail", Detail).title == "Ask Paris for a call")
        await press(pilot, "enter", "right", "enter")
        assert filed(pilot) == ["call:armenia>france", "call:armenia>united_states"]
        assert "✓Par ‹✓Was›" in moves.current.said
        await press(pilot, "left", "enter")
        assert filed(pilot) == ["call:armenia>united_states"]


async def test_a_click_on_an_addressee_chooses_it_and_orders_nothing() -> None:
    """The first click aims; a second on the row orders what was aimed at."""
    async with playing(FLAGSHIP) as pilot:
        room = await in_room(pilot)
        moves = room.query_one(MoveList)
        row = next(n for n, line in enumerate(moves.shown) if line.id == "call:armenia>russia")
        x = moves.render_line(row).text.index("Washington")
        await pilot.click("#moves", offset=(x + 1, row))
        await settled(pilot)
        assert moves.current is not None
        assert moves.current.id == "call:armenia>united_states"
        assert filed(pilot) == []
        await pilot.click("#moves", offset=(10, row))
        await settled(pilot)
        assert filed(pilot) == ["call:armenia>united_states"]


async def test_a_long_menu_begins_folded_and_every_move_can_be_reached() -> None:
    """All groups are in sight as one row each but the first; right and a click open one, space and a click fold it."""
    async with playing(FLAGSHIP) as pilot:
        room = await in_room(pilot)
        moves = room.query_one(MoveList)
        assert app_of(pilot).desk is not None
        menu = app_of(pilot).desk.menu()  # type: ignore[union-attr]
        groups = [line for line in moves.shown if line.id.startswith("group:")]
        assert [line.id for line in groups] == [f"group:{group.id}" for group in menu.groups]
        folded = [group for group, line in zip(menu.groups, groups, strict=True) if not line.heading]
        assert groups[0].heading
        assert len(folded) > len(menu.groups) // 2
        assert len(moves.shown) <= max(moves.size.height, len(groups) + 8)
        second = folded[0]
        moves.select_line(f"group:{second.id}")
        await press(pilot, "right")
        assert moves.current is not None
        assert moves.current.id in {item.key for item in second.items}
        await press(pilot, "space")
        assert moves.current.id == f"group:{second.id}"
        row = next(n for n, line in enumerate(moves.shown) if line.id == f"group:{second.id}")
        for opened in (True, False):
            await pilot.click("#moves", offset=(4, row))
            await settled(pilot)
            shown_now = {line.id for line in moves.shown}
            assert any(item.key in shown_now for item in second.items) is opened
        picker = room.query_one(Picker)
        for item in (item for group in menu.groups for item in group.items):
            picker.reveal(item.key)
            assert moves.current.id == item.key


async def test_the_filter_finds_in_folded_groups_and_lights_what_it_found() -> None:
    """Typing shows matches of every group, the typed letters lit; a hint is asked only where no title fits."""
    async with playing(FLAGSHIP) as pilot:
        room = await in_room(pilot)
        moves = room.query_one(MoveList)
        await press(pilot, "slash", *"exercise")
        line = next(line for line in moves.shown if line.id == "exercise:armenia")
        lit = [line.body.plain[span.start:span.end] for span in line.body.spans if "underline" in str(span.style)]
        assert lit == ["exercise"]
        menu = app_of(pilot).desk.menu()  # type: ignore[union-attr]
        assert matching(menu, "exercise") == {"exercise:armenia"}
        assert matching(menu, "ridge that no move names") == frozenset()


async def test_moves_that_cannot_be_paid_for_say_so() -> None:
    """When the attention is spent, the details of an open move tell what is left."""
    async with playing() as pilot:
        room = await in_room(pilot)
        await press(pilot, "enter", "down", "enter", "down")
        assert len(filed(pilot)) == 2
        await until(pilot, lambda: "withdraw an order first" in room.query_one("#detail", Detail).describe())


async def test_after_an_order_the_next_step_is_told() -> None:
    """The pane of orders says that enter orders; once something is ordered, that r resolves the round."""
    async with playing() as pilot:
        room = await in_room(pilot)
        orders = room.query_one(OrderPane)
        assert "Enter orders a move" in orders.describe()
        await press(pilot, "enter")
        assert "→ r resolves the round" in orders.describe()
        assert "1 of 2" in str(room.query_one("#pane-orders").border_title)


@pytest.mark.parametrize("key", ["enter", "delete", "backspace"])
async def test_an_order_is_withdrawn_in_its_pane(key: str) -> None:
    """Enter or delete on an order takes it back."""
    async with playing() as pilot:
        await in_room(pilot)
        await press(pilot, "enter", "f5", key)
        assert filed(pilot) == []


async def test_an_order_is_withdrawn_by_a_click() -> None:
    """One click on the cross takes an order back."""
    async with playing() as pilot:
        room = await in_room(pilot)
        await press(pilot, "enter")
        x = room.query_one(OrderPane).render_line(0).text.index("withdraw")
        await pilot.click("#orders", offset=(x + 1, 0))
        await settled(pilot)
        assert filed(pilot) == []


# -- tabs


async def test_every_tab_has_its_key_and_help_lists_it() -> None:
    """Narrow: F2 to F5 go to their panes; F3 is in the help like the others; without a map there is no tab of it."""
    async with playing(replace(FIRST, map="off"), size=(80, 24)) as pilot:
        room = await in_room(pilot)
        for key, pane in (("f3", "tracks"), ("f4", "wire"), ("f5", "orders"), ("f2", "moves")):
            await press(pilot, key)
            assert pilot.app.focused is not None
            assert pilot.app.focused.id == pane
            assert pilot.app.focused.region
        assert "Map" not in room.query_one(TabStrip).describe()
        await press(pilot, "f7")
        assert room.tab == "moves"
        await press(pilot, "f1")
        assert "F3  Go to: Tracks" in " ".join(shown(pilot).split("\n")).replace("   ", " ")


async def test_the_map_has_a_tab_and_can_be_left_out() -> None:
    """The flagship's map stands beside the rest, on a narrow screen on its own tab; `off` gives its place away."""
    async with playing(FLAGSHIP, size=(120, 40)) as pilot:
        room = await in_room(pilot)
        assert room.query_one("#map").region.height > 8
        await pilot.resize_terminal(80, 24)
        await press(pilot, "f7")
        assert room.query_one("#map").region.height > 8
        assert not room.query_one("#tracks").region
    async with playing(replace(FLAGSHIP, map="off"), size=(120, 40)) as pilot:
        room = await in_room(pilot)
        assert not room.query_one("#map").region
        assert room.query_one("#tracks").region.height > 10


# -- review, resolution, guard


async def test_the_review_withdraws_and_tells_what_silence_means() -> None:
    """X takes an order back right there; an unanswered question tells what its silence means."""
    async with playing() as pilot:
        app = app_of(pilot)
        assert app.desk is not None
        while not app.desk.menu().questions:
            app.desk.resolve(app.desk.think())
        await in_room(pilot)
        await press(pilot, "enter", "r")
        assert isinstance(app.screen, Review)
        await until(pilot, lambda: app.screen.query_one(ReviewList).shown)
        said = shown(pilot)
        assert "Silence means: " + app.desk.menu().questions[0].if_ignored in said
        assert "attention stays unspent" in said
        assert len(filed(pilot)) == 1
        await press(pilot, "x")
        assert filed(pilot) == []
        assert "You order nothing this round." in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, SituationRoom)
        assert "No orders yet" not in app.screen.query_one(OrderPane).describe()
        assert "0 of 2" in str(app.screen.query_one("#pane-orders").border_title)


async def test_an_enter_that_is_held_orders_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a round, enter pressed again and again goes on once and orders nothing, until another key is used."""
    # however long this machine takes from one key to the next
    monkeypatch.setattr(MoveList, "REST", 60.0)
    async with playing() as pilot:
        app = app_of(pilot)
        await in_room(pilot)
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        await press(pilot, "enter", "enter", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        await press(pilot, "enter", "enter")
        assert filed(pilot) == []
        await press(pilot, "down", "up", "enter")
        assert len(filed(pilot)) == 1
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        monkeypatch.setattr(MoveList, "REST", 0.0)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom))
        await press(pilot, "enter")
        assert len(filed(pilot)) == 1


@pytest.mark.parametrize("animated", [False, True])
async def test_a_round_unfolds_to_the_same_end(animated: bool) -> None:
    """With and without animation all dispatches, tiers and what moved by itself end up shown, and the board is right."""
    async with playing(FLAGSHIP) as pilot:
        app = app_of(pilot)
        await in_room(pilot, rounds=1)
        app.animation_level = "full" if animated else "none"
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen._beats is not None)
        screen = app.screen
        assert isinstance(screen, Resolution)
        if animated:
            await until(pilot, lambda: screen.done or screen.query_one("#unfolding", LineList).shown)
            await press(pilot, "up")
        await until(pilot, lambda: screen.done)
        assert app.desk is not None
        now = app.desk.situation()
        said = shown(pilot)
        for dispatch in app.desk.dispatches():
            assert dispatch.text in said
        assert "By itself" in said
        assert dict(screen.query_one(Board).values) == {track.name: track.value for track in now.tracks}


async def test_a_die_rolls_before_its_outcome_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a die rolls the line says what was tried; the outcome and its odds come with the last beat."""
    from sim.tui.lines.unfolding import beats

    async with playing(FIRST) as pilot:
        desk: Any = app_of(pilot).desk
        desk.match.control("They have met", {"met": 1})
        desk.add("inspect:velmora")
        before = desk.situation()
        dispatches = desk.resolve(desk.think())
        told = next(d for d in dispatches if d.cast is not None)
        unfolded = beats(dispatches, desk.silent(), before.tracks, before.phase, "Round 2 opens", len(dispatches))
        own = [beat for beat in unfolded if beat.line.id == str(dispatches.index(told))]
        assert len(own) > 2
        assert all("send engineers to the bridge" in beat.line.said and told.text not in beat.line.said for beat in own[:-1])
        assert told.text in own[-1].line.said
        assert told.roll in own[-1].line.said
        assert [beat.again for beat in own] == [False] + [True] * (len(own) - 1)


async def test_a_new_phase_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The round in which the phase changes says so in a line of its own, and the diagram follows."""
    async with playing() as pilot:
        app = app_of(pilot)
        desk: Any = app.desk
        desk.match.control("A scare", {"tension": 95 - 6})
        await in_room(pilot)
        await press(pilot, "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, Resolution) and app.screen.done)
        assert "The situation changes:  Quarrel  ─▸   Alarm" in shown(pilot)
        assert "Alarm from round 2" in app.screen.query_one(Masthead).describe()


# -- speed


async def test_a_cursor_key_lays_nothing_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a cursor key nor an order lays the screen out anew: they only draw what they changed."""
    async with playing(FLAGSHIP) as pilot:
        room = await in_room(pilot)
        laid: list[str] = []
        monkeypatch.setattr(room, "_refresh_layout", lambda *_, **__: laid.append("layout"))
        monkeypatch.setattr(OptionList, "set_options", lambda *_: laid.append("list"))
        await press(pilot, "down", "down", "up", "enter", "enter")
        assert laid == []


def test_rows_of_a_menu_hold_every_move_once() -> None:
    """Whatever is folded, chosen or closed, each move of a menu is on exactly one row."""
    from sim.tui.venue import LocalVenue

    desk: Any = LocalVenue().open(FLAGSHIP)
    menu = desk.menu()
    keys = [item.key for group in menu.groups for row in choices(group, {}, (), closed=True) for item in row.items]
    assert sorted(keys) == sorted(item.key for group in menu.groups for item in group.items)
    folded = move_lines(menu, Spending(), folded=[group.id for group in menu.groups])
    assert [line.id for line in folded] == [f"group:{group.id}" for group in menu.groups]
    desk.match.close()
