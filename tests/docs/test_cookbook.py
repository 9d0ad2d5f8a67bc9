"""Every recipe of the cookbook: pasted into the base it checks clean, everything in it can happen, and it looks as told."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from sim.rules import fold, initial, legal_moves, open_round
from sim.rules.compile import compile_game
from sim.rules.views import view
from sim.scenario.load import load
from tests.docs.pages import Block, Desk, Page

PAGE = Page.of(Path(__file__).parents[2] / "docs" / "cookbook.md")
STORIES = PAGE.stories(2)
BASE = STORIES["The base"]
RECIPES = {name: blocks for name, blocks in STORIES.items() if name not in ("", "The base")}
SCENARIO = "reservoir"
PROMISED = {"An offer", "An ultimatum", "A mediator", "A text", "A secret", "A hazard", "An event", "A deadline", "A map",
            "A coalition", "A leak", "A vote"}


@cache
def _pasted(folder: Path, name: str) -> Desk:
    desk = Desk(folder / name.replace(" ", "-"))
    desk.carry_out([block for block in (*BASE, *RECIPES.get(name, [])) if block.kind != "console"])
    return desk


@pytest.fixture
def pasted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The base with the recipe of this run of the test; made once."""
    return _pasted(tmp_path_factory.getbasetemp() / "cookbook", request.param)


every = pytest.mark.parametrize("pasted", RECIPES, indirect=True)


def recipe(name: str) -> pytest.MarkDecorator:
    """The test is of this recipe alone."""
    return pytest.mark.parametrize("pasted", [name], indirect=True)


def _with(desk: Desk, folder: Path, text: str) -> str:
    """What `check` says when this is added to a pasted recipe."""
    again = Desk(folder)
    for file in (desk.folder / SCENARIO).iterdir():
        again.carry_out([Block("text", f"{SCENARIO}/{file.name}", file.read_text(encoding="utf-8"), 0)])
    again.carry_out([Block("yaml", f"{SCENARIO}/scenario.yaml", text, 0)])
    return again.run(f"detente check {SCENARIO} --strict")


def test_the_page_holds_every_pattern() -> None:
    """No recipe is missing, and each says when, what is seen, and one pitfall."""
    assert set(RECIPES) == PROMISED
    for name in RECIPES:
        text = PAGE.text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert [text.count(f"**{word}") for word in ("When.", "What the players see.", "Pitfall.")] == [1, 1, 1], name


@pytest.mark.parametrize("pasted", ["The base", *RECIPES], indirect=True)
def test_it_checks_clean(pasted: Desk) -> None:
    """`detente check --strict` has nothing to say."""
    assert pasted.run(f"detente check {SCENARIO} --strict") == "1 scenario, no problems.\n"


@every
def test_everything_in_it_can_happen(pasted: Desk) -> None:
    """`detente explore` reaches every ending, move, clause, inject and rule."""
    told = json.loads(pasted.run(f"detente explore {SCENARIO} --games 40 --seed 1 --jobs 1 --json"))
    off = {(kind, name): it["verdict"] for kind in ("endings", "moves", "clauses", "injects", "rules")
           for name, it in told[kind].items() if it["verdict"] != "reached"}
    assert off == {}


@every
def test_it_looks_as_the_page_shows(pasted: Desk, request: pytest.FixtureRequest) -> None:
    """The match on the page is the match that is played."""
    name = request.node.callspec.params["pasted"]
    shown = [block for block in RECIPES[name] if block.kind == "console"]
    assert shown
    assert [str(it) for it in pasted.carry_out(shown)] == []


@recipe("A secret")
def test_a_secret_is_unseen_by_the_other_seats(pasted: Desk) -> None:
    """The view of Lower Fell holds its estimate, and its menu nothing of the well."""
    game = compile_game(load(pasted.folder / SCENARIO, SCENARIO).usable()[1])
    state = initial(game, 1)
    state = fold(state, open_round(game, state))
    well = game.index["upper.well"]
    assert state.values[well] == 3
    for seat, seen in (("upper", 3), ("lower", 0), ("county", 0)):
        assert view(game, state, seat).values[well] == seen
        keys = [move.key for move in legal_moves(game, state, seat)]
        assert any("well" in key for key in keys) == (seat == "upper")


@recipe("A secret")
def test_the_pitfall_of_a_secret_is_refused(pasted: Desk, tmp_path: Path) -> None:
    """A move of Lower Fell that asks for the well is V001."""
    told = _with(pasted, tmp_path, "moves:\n  dig:\n    title: Dig\n    by: lower\n    tier: measures\n    when: upper.well > 0\n")
    assert "error[V001]" in told


@recipe("A coalition")
def test_the_pitfall_of_a_coalition_is_told(pasted: Desk, tmp_path: Path) -> None:
    """`per: [lower, county]` is one flag for the pair; where each is asked for, the report names the group that is meant."""
    told = _with(pasted, tmp_path, "flags:\n  asks: {per: [lower, county], text: Has asked.}\n")
    assert "error[R024]: `asks` is one flag for the pair" in told
    assert "write `per: [downstream]`" in told
    assert "1 error" in told


@recipe("A map")
def test_the_pitfall_of_a_map_is_refused(pasted: Desk, tmp_path: Path) -> None:
    """A marker that shows a secret is V003."""
    hidden = "tracks:\n  upper.well: {start: 3, max: 5, seen: own, title: Well, text: A well.}\n"
    _with(pasted, tmp_path, hidden)
    again = Desk(tmp_path)
    marker = '{at: [0.4, 0.6], sign: route, when: upper.well > 0, title: Well, text: A well., whose: nobody}'
    again.carry_out([Block("yaml", f"{SCENARIO}/map.yaml", f"markers:\n  well: {marker}\n", 0)])
    assert "error[V003]" in again.run(f"detente check {SCENARIO}")
