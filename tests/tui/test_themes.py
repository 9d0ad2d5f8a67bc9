"""Colours: every text is legible, meanings differ for colour-blind readers, a person's own themes are read."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest
from textual.theme import Theme

from sim.tui.own_themes import own_themes
from sim.tui.start import Start
from sim.tui.theme import CALM, GREY, LIGHT_MEANINGS, MEANINGS, OWN, PAPER
from tests.tui.conftest import app_for, press, settled, shown, until

Matrix = tuple[tuple[float, float, float], ...]
SEES: dict[str, Matrix] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
"""What a reader sees of linear light, after Machado, Oliveira and Fernandes (2009), severity 1."""


def light(colour: str) -> list[float]:
    """Linear red, green and blue of `#rrggbb`."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    dark, bright = sorted(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), light(c), strict=True)) for c in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def lab(colour: str, sees: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as a reader sees it."""
    seen = [min(1.0, max(0.0, sum(w * p for w, p in zip(row, light(colour), strict=True)))) for row in SEES[sees]]
    weights = ((0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047), (0.2126, 0.7152, 0.0722),
               (0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883))
    x, y, z = (sum(w * p for w, p in zip(row, seen, strict=True)) for row in weights)
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, sees: str) -> float:
    """ΔE of 1976 between two colours as a reader sees them."""
    return sum((a - b) ** 2 for a, b in zip(lab(one, sees), lab(other, sees), strict=True)) ** 0.5


@pytest.mark.parametrize(("theme", "sees"), product((CALM, PAPER), SEES), ids=lambda it: getattr(it, "name", it))
def test_good_bad_and_mark_differ_for_every_reader(theme: Theme, sees: str) -> None:
    """Eased, worsened and worth a second look stand at ΔE 20 or more, with and without red or green cones."""
    for one, other in combinations(("good", "bad", "mark"), 2):
        assert apart(theme.variables[one], theme.variables[other], sees) >= 20, (one, other)


@pytest.mark.parametrize("name", ["good", "bad", "mark", "quiet", "foreground"])
def test_ink_on_paper_stands_at_seven_to_one(name: str) -> None:
    """Every text of the light theme has the contrast of WCAG's highest level on the ground and on panels."""
    colour = PAPER.variables.get(name) or PAPER.foreground
    assert colour is not None
    for ground in (PAPER.background, PAPER.surface, PAPER.panel):
        assert ground is not None
        assert contrast(colour, ground) >= 7, ground


@pytest.mark.parametrize("theme", OWN, ids=lambda it: it.name)
def test_every_text_is_legible_where_it_stands(theme: Theme) -> None:
    """Texts stand at 4.5 or more on the ground, on panels and under a blurred cursor; the cursor's own text at 7."""
    for name in ("good", "bad", "mark", "quiet"):
        for ground in (theme.background, theme.panel, theme.variables["block-cursor-blurred-background"]):
            assert ground is not None
            assert contrast(theme.variables[name], ground) >= 4.5, (name, ground)
    assert contrast(theme.variables["block-cursor-foreground"], theme.variables["block-cursor-background"]) >= 7


def test_themes_that_do_not_know_the_meanings_get_those_of_their_ground() -> None:
    """Dark and light meanings have the same names, and the grey theme sets all of them too."""
    assert set(MEANINGS) == set(LIGHT_MEANINGS)
    assert set(MEANINGS) <= set(GREY.variables)


async def test_a_light_theme_of_textual_gets_dark_ink() -> None:
    """The colours by meaning follow the ground of whatever theme is worn."""
    app = app_for(Start(theme="textual-light"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme_variables["good"] == LIGHT_MEANINGS["good"]
        app.theme = "nord"
        await settled(pilot)
        assert app.theme_variables["good"] == MEANINGS["good"]


def write(folder: Path, name: str, text: str) -> None:
    """A theme file."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


async def test_a_theme_of_ones_own_is_worn_from_the_first_paint(tmp_path: Path) -> None:
    """A YAML file in the folder is a theme by its name; its meanings win over the usual ones."""
    write(tmp_path / "themes", "harbour.yaml", 'primary: "#4a90d9"\nvariables: {good: "#112233"}\n')
    app = app_for(Start(theme="harbour", themes=tmp_path / "themes"))
    async with app.run_test(size=(80, 24)):
        assert app.theme == "harbour"
        assert app.theme_variables["good"] == "#112233"
        assert "harbour" in app.theme_names()


@pytest.mark.parametrize(("text", "said"), [
    ("primary: [", "not YAML"), ("- a", "not a list of"), ("name: x", "no `primary`"), ("primary: blurple", "no colour"),
    ('primary: "#123456"\nhue: 3', "`hue`"), ('primary: "#123456"\ndark: 3', "yes or no"),
    ('primary: "#123456"\nvariables: {good: "#12"}', "no colour"),
])
def test_a_bad_theme_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong in a theme file is told with the file's name; the good files beside it are themes."""
    write(tmp_path / "themes", "bad.yaml", text)
    write(tmp_path / "themes", "good.yml", "primary: '#123456'")
    themes, sentences = own_themes(tmp_path / "themes")
    assert [theme.name for theme in themes] == ["good"]
    assert len(sentences) == 1
    assert said in sentences[0]
    assert "bad.yaml" in sentences[0]


async def test_the_app_goes_on_with_a_bad_theme(tmp_path: Path) -> None:
    """A broken theme file is one notification, and the app stands in its own colours."""
    write(tmp_path / "themes", "bad.yaml", "primary: [")
    app = app_for(Start(theme="bad", themes=tmp_path / "themes"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        assert app.theme == CALM.name
        said = [note.message for note in app._notifications]
        assert sum("bad.yaml" in message for message in said) == 1
        assert sum("no theme `bad`" in message for message in said) == 1


async def test_themes_are_tried_on_and_taken_back() -> None:
    """In the list of themes the cursor wears them; esc returns to the one before, enter keeps."""
    app = app_for(Start())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "First Round" in shown(pilot))
        app.action_change_theme()
        await until(pilot, lambda: "detente-paper" in shown(pilot))
        await press(pilot, "down")
        assert app.theme == PAPER.name
        await press(pilot, "escape")
        assert app.theme == CALM.name
        app.action_change_theme()
        await until(pilot, lambda: "detente-paper" in shown(pilot))
        await press(pilot, "down", "enter")
        assert app.theme == PAPER.name
        assert app.settings.theme == PAPER.name


@pytest.mark.parametrize("theme", OWN, ids=lambda it: it.name)
@pytest.mark.parametrize("name", ["good", "bad", "mark", "quiet"])
def test_what_lies_under_the_cursor_is_still_read(theme: Theme, name: str) -> None:
    """Every meaning stands at 4.5:1 or more on the ground of the lit line, of the page and of the panel."""
    grounds = [theme.variables["block-cursor-background"], theme.background, theme.panel]
    assert all(contrast(theme.variables[name], ground) >= 4.5 for ground in grounds if ground is not None), grounds
