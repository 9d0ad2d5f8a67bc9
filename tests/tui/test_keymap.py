"""Keys of one's own: the file is read, checked, applied; what is wrong in it is a sentence and the usual key holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from sim.tui.keymap import catalog, keymap_text, read_keymap
from sim.tui.screens.dialogs import Ask, Help
from sim.tui.screens.review import Review
from sim.tui.screens.room import SituationRoom
from sim.tui.start import Start
from sim.tui.widgets.key_line import KeyLine
from tests.tui.conftest import FIRST, app_for, app_of, playing, press, settled, shown, until
from tests.tui.test_keys_and_words import own_classes


def written(folder: Path, text: str) -> Path:
    """A keymap file."""
    file = folder / "keymap.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_catalog_has_every_binding() -> None:
    """Every id that a class of the room declares can be rebound."""
    declared = {binding.id for owner in own_classes() for binding in owner.__dict__.get("BINDINGS", ())
                if isinstance(binding, Binding)}
    assert declared == {entry.id for entry in catalog()}
    assert {"room.resolve", "app.leave", "app.jump", "home.go_on", "list.down"} <= declared


def test_the_printed_keymap_is_a_keymap_that_changes_nothing(tmp_path: Path) -> None:
    """What `detente paths --keymap` prints can be kept as it is, and names every id with what it does."""
    assert read_keymap(written(tmp_path, keymap_text())) == ({}, ())
    for entry in catalog():
        assert f"{entry.id}:" in keymap_text()


def test_one_id_has_one_meaning() -> None:
    """Where two classes use an id, they mean the same keys."""
    seen: dict[str, str] = {}
    for owner in own_classes():
        for binding in owner.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                assert seen.setdefault(binding.id, binding.key) == binding.key, binding.id


@pytest.mark.parametrize(("text", "keys"), [
    ("room.resolve: R", {"room.resolve": "R"}), ("list.down: [ctrl+n, down]", {"list.down": "ctrl+n,down"}),
    ("room.wire: d\nroom.draft: w", {"room.wire": "d", "room.draft": "w"}), ("room.save: 5\nroom.answer.5: f8",
     {"room.save": "5", "room.answer.5": "f8"}), ("room.filter: '!'", {"room.filter": "!"}), ("", {}), ("# none", {}),
])
def test_keys_are_read(tmp_path: Path, text: str, keys: dict[str, str]) -> None:
    """One key, several, two that change places, digits and signs."""
    assert read_keymap(written(tmp_path, text)) == (keys, ())


@pytest.mark.parametrize(("text", "said"), [
    ("room.resolv: R", "did you mean `room.resolve`"), ("room.resolve: ctl+r", "no key"),
    ("room.wire: d", "that of `room.draft`"), ("room.save: ctrl+q", "that of `app.leave`"),
    ("app.jump: g", "which is that of"), ("moves.order: r", "that of `room.resolve`"),
    ("- a", "not a list of"), ("a: [", "not YAML"),
])
def test_what_is_wrong_is_one_sentence_and_changes_nothing(tmp_path: Path, text: str, said: str) -> None:
    """Unknown ids, keys that are none, keys that another binding has, and files that are no list."""
    keymap, sentences = read_keymap(written(tmp_path, text))
    assert keymap == {}
    assert len(sentences) == 1
    assert said in sentences[0]
    assert "keymap.yaml" in sentences[0]


def test_the_good_lines_of_a_bad_file_hold(tmp_path: Path) -> None:
    """One wrong line is left out, the others are applied."""
    keymap, sentences = read_keymap(written(tmp_path, "room.nothing: x\nroom.resolve: R\n"))
    assert keymap == {"room.resolve": "R"}
    assert len(sentences) == 1


async def test_a_changed_key_works_and_is_shown(tmp_path: Path) -> None:
    """The new key acts, the old one no longer does; the footer and F1 name the new one."""
    file = written(tmp_path, "room.resolve: R\nroom.nothing: x\nbriefing.begin: g\n")
    start = Start(scenario="first-round", seat="velmora", seed=7, level="easy", keymap=file)
    async with playing(start) as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: app.keymap)
        assert sum("room.nothing" in note.message for note in app._notifications) == 1
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "g")
        await until(pilot, lambda: isinstance(app.screen, SituationRoom) and app.screen.is_ready)
        await press(pilot, "r")
        assert isinstance(app.screen, SituationRoom)
        assert "R Resolve round" in app.screen.query_one(KeyLine).render().plain
        await press(pilot, "f1")
        assert isinstance(app.screen, Help)
        assert "R  Resolve round" in shown(pilot)
        await press(pilot, "escape", "R")
        assert isinstance(app.screen, Review)


async def test_two_apps_have_each_their_own_keys(tmp_path: Path) -> None:
    """What one person changes, another's app does not know."""
    mine = Start(scenario="first-round", seat="velmora", seed=7, level="easy",
                 keymap=written(tmp_path, "room.resolve: R\n"))
    async with playing(mine) as one, playing(FIRST) as two:
        await until(one, lambda: app_of(one).keymap)
        for pilot in (one, two):
            await until(pilot, lambda: "Your goals" in shown(pilot))  # noqa: B023 awaited in the same turn
            await press(pilot, "enter")
            await until(pilot, lambda: getattr(pilot.app.screen, "tab", "") == "moves")  # noqa: B023
        await press(two, "r")
        assert isinstance(two.app.screen, Review)
        await press(one, "r")
        assert isinstance(one.app.screen, SituationRoom)


async def test_a_changed_way_out_asks_too(tmp_path: Path) -> None:
    """Leaving can be given another key; it asks as before."""
    start = Start(scenario="first-round", seat="velmora", seed=7, keymap=written(tmp_path, "app.leave: f10\n"))
    async with playing(start, size=(80, 24)) as pilot:
        await until(pilot, lambda: app_of(pilot).keymap)
        await press(pilot, "f10")
        assert isinstance(pilot.app.screen, Ask)


async def test_a_keymap_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder in the file's place is one sentence; the usual keys hold."""
    (tmp_path / "keymap.yaml").mkdir()
    app = app_for(Start(keymap=tmp_path / "keymap.yaml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app._notifications)
        await settled(pilot)
        assert [note.message for note in app._notifications] == [
            f"The keymap {tmp_path / 'keymap.yaml'} cannot be used: it cannot be read; the usual keys hold."]
