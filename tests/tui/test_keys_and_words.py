"""Keys, help and words: every binding has an id and an allowed key, every widget says what it shows."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.binding import Binding
from textual.widget import Widget

import sim.tui
from sim.tui.head import long_date, read_head
from sim.tui.lines.line import Line, held, plain
from sim.tui.lines.prose import prose_lines
from sim.tui.lines.tracks import arrow, fitting
from sim.tui.screens.dialogs import Tell
from sim.tui.screens.sheet import Sheet, Sheetlet
from sim.words.models import TrackLine
from tests.tui.conftest import app_of, playing, press, shown, until

ALLOWED = re.compile(r"[a-z]|[0-9]|f[0-9]{1,2}|up|down|left|right|tab|enter|escape|space|delete|backspace|slash|question_mark"
                     r"|plus|minus|equals_sign|home|end"
                     r"|ctrl\+[pqc]")


def own_classes() -> list[type]:
    """Every class of the room that has keys or is shown."""
    modules = [import_module(found.name) for found in walk_packages(sim.tui.__path__, "sim.tui.")]
    return [it for module in modules for _, it in inspect.getmembers(module, inspect.isclass)
            if it.__module__ == module.__name__]


def test_every_binding_has_an_id_and_an_allowed_key() -> None:
    """No binding is without an id, none uses a key that terminals or multiplexers take."""
    for owner in own_classes():
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.id, (owner, binding)
            for key in binding.key.split(","):
                assert ALLOWED.fullmatch(key), (owner, key)


def test_every_own_widget_describes_itself() -> None:
    """Each widget and screen has `describe()`."""
    shown_classes = [it for it in own_classes() if issubclass(it, Widget)]
    assert len(shown_classes) > 15
    for it in shown_classes:
        assert hasattr(it, "describe"), it
    assert any(issubclass(it, Sheet) for it in shown_classes)
    assert any(issubclass(it, Sheetlet) for it in shown_classes)


async def test_help_tells_the_keys_and_the_words_of_the_widget_in_focus() -> None:
    """F1 shows the help of the focused list, the keys that work there and what it shows now."""
    async with playing() as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: "Protest to Osk" in shown(pilot))
        await press(pilot, "f1")
        assert isinstance(app.screen, Tell)
        said = shown(pilot)
        assert "Your moves by group" in said
        assert "Resolve round" in said
        assert "Protest to Osk in public" in said


async def test_the_palette_offers_the_screens_actions() -> None:
    """The command palette lists what the screen can do."""
    async with playing() as pilot:
        app = app_of(pilot)
        await until(pilot, lambda: "Your goals" in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: "Protest to Osk" in shown(pilot))
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"Resolve round", "Draft", "Provisions", "Leave", "Home"} <= set(titles)


def test_a_change_is_told_without_colour() -> None:
    """Eased and worsened differ by the filling of the arrow, up and down by its direction."""
    shapes = {arrow(change, judged) for change in (-1, 1) for judged in ("good", "bad", "neutral")}
    assert len(shapes) == 6


def test_tracks_that_fit_keep_the_authors_order() -> None:
    """Where not all fit, the author's first stay, then the own that moved, what moved most, and the own, in their old order."""
    tracks = [TrackLine(str(n), str(n), "", 5, "", 0, 10, "low", {8: 1, 9: -3}.get(n, 0), "bad", (5, 5), own=n == 7)
              for n in range(12)]
    assert [track.name for track in fitting(tracks, 4)] == ["0", "1", "2", "9"]
    assert [track.name for track in fitting(tracks, 6)] == ["0", "1", "2", "7", "8", "9"]
    assert fitting(tracks, 40) == tuple(tracks)
    stirred = [replace(track, change=1) if track.own else track for track in tracks]
    assert [track.name for track in fitting(stirred, 4)] == ["0", "1", "2", "7"]


def test_a_line_wraps_beside_its_head_and_keeps_marks_whole() -> None:
    """The second row is indented under the first, and what is held together stays together."""
    line = Line("a", plain("one two three " + held("four five")), plain("• "))
    assert line.set(18).plain == "• one two three\n  four five"
    assert line.said == "• one two three four five"


def test_a_brief_is_set_as_prose() -> None:
    """Headings, joined paragraphs, bullets and emphasis; other signs stand as they are."""
    lines = prose_lines("b", "# Title\nOne\ntwo **bold** [x]\n\n- first\n- second_of_all")
    assert [line.said for line in lines] == ["Title", "One two bold [x]", "• first", "• second_of_all"]
    assert lines[0].heading


@pytest.mark.parametrize(("iso", "said"), [("2021-05-12", "12 May 2021"), ("2030-13-01", "2030-13-01"), ("", "")])
def test_dates_are_said_in_words(iso: str, said: str) -> None:
    """A date of the scenario in words; what is no date stands as it is."""
    assert long_date(iso) == said


def test_the_head_of_a_scenario_is_read_without_loading_it(tmp_path: Path) -> None:
    """Title, seat and date of both shipped scenarios; a missing file gives empty texts, no error."""
    scenarios = Path(sim.tui.__path__[0]).parents[1] / "scenarios"
    head = read_head(scenarios / "border-standoff-2021" / "scenario.yaml", "united_states")
    assert (head.title, head.seat, head.date) == ("The Border Standoff, May 2021", "Washington", "12 May 2021")
    head = read_head(scenarios / "first-round" / "scenario.yaml", "osk")
    assert (head.title, head.seat, head.date) == ("First Round", "Osk", "1 March 2030")
    assert read_head(tmp_path / "none.yaml", "osk").date == ""
