"""Many apps in one process: each has its own match, size, colours, map and settings; the room keeps nothing global."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim.tui
from sim.tui.screens.resolution import Resolution
from sim.tui.screens.room import SituationRoom
from sim.tui.settings import Settings, keep_settings, read_settings
from sim.tui.start import Start
from tests.tui.conftest import app_of, playing, press, settled, shown, until

FILES = sorted(Path(sim.tui.__path__[0]).rglob("*.py"))
MUTABLE = {"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict", "WeakKeyDictionary", "ContextVar"}
FORBIDDEN = {("sys", "stdout"), ("sys", "stderr"), ("sys", "stdin"), ("sys", "exit"), ("os", "_exit"), ("os", "environ"),
             ("sys", "__stdout__"), ("builtins", "print")}

PURE = {"_KEPT"}
"""Drawings of maps by all that they are drawn from: a cache of pure values that all apps may share."""


async def test_two_people_play_side_by_side(tmp_path: Path) -> None:
    """Two apps on one loop: seat, size, theme, map, settings file and round of one do not touch the other's."""
    keep_settings(Settings("detente-paper", "ascii"), tmp_path / "one.yaml")
    keep_settings(Settings("nord", "blocks", level="hard"), tmp_path / "two.yaml")
    first = Start(scenario="first-round", seat="velmora", seed=7, level="easy", settings=tmp_path / "one.yaml")
    second = Start(scenario="first-round", seat="osk", seed=9, level="easy", settings=tmp_path / "two.yaml")
    async with playing(first, (120, 40)) as one, playing(second, (80, 24)) as two:
        mine, other = app_of(one), app_of(two)
        for pilot in (one, two):
            await until(pilot, lambda: "Your goals" in shown(pilot))  # noqa: B023 awaited in the same turn
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, SituationRoom)  # noqa: B023
                        and pilot.app.screen.is_ready)  # noqa: B023
        assert (mine.theme, mine.start.map, mine.start.level) == ("detente-paper", "ascii", "easy")
        assert (other.theme, other.start.map, other.start.level) == ("nord", "blocks", "easy")
        await press(one, "r", "enter")
        await until(one, lambda: isinstance(mine.screen, Resolution) and mine.screen.done)
        await press(two, "f6")
        await until(two, lambda: "Animations" in shown(two))
        await press(two, "right", "down", "right", "down", "right")
        await settled(one)
        assert mine.theme == "detente-paper"
        assert (mine.start.map, other.start.map) == ("ascii", "ascii")
        assert (mine.settings.animations, other.settings.animations) == (True, False)
        assert read_settings(tmp_path / "one.yaml")[0] == Settings("detente-paper", "ascii")
        assert read_settings(tmp_path / "two.yaml")[0] == other.settings
        assert mine.desk is not None
        assert other.desk is not None
        assert (mine.desk.situation().round, other.desk.situation().round) == (2, 1)
        assert (mine.desk.situation().seat, other.desk.situation().seat) == ("velmora", "osk")
        assert mine.screen.has_class("-wide")
        assert other.screen.has_class("-tabs")


def module_values(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """What a module keeps under a name of its own."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_module_keeps_state_or_touches_the_process(file: Path) -> None:
    """No list, dict or set that is written to at module level, no `global`, no streams, signals, exits, environment."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kept = {name: value for name, value in module_values(tree) if name not in PURE}
    for name, value in kept.items():
        made = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in MUTABLE
        assert not made or (value.args or value.keywords), f"{name} is empty when the module is read: it is written to"
        held = value.elts if isinstance(value, ast.List | ast.Set) else value.keys if isinstance(value, ast.Dict) else [1]
        empty = not held
        assert not empty, f"{name} is empty when the module is read: it is written to"
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Global), node.names
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            assert "signal" not in named
            assert "atexit" not in named
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in FORBIDDEN, (node.lineno, node.attr)
            changed = node.value.id in kept and node.attr in {"append", "add", "update", "setdefault", "pop", "clear",
                                                              "extend", "remove", "insert"}
            assert not changed, (node.lineno, node.value.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "exit", "quit", "input"}, node.lineno
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            assert not (isinstance(node.value, ast.Name) and node.value.id in kept), node.lineno
