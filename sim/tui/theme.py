"""tui: the app's own themes: dark, paper and grey; all of them are safe for colour-blind readers (after Okabe and Ito).

Eased is blue, worsened vermilion; both also differ by their arrow (hollow, filled), so that grey is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from textual.theme import Theme

MEANINGS: Final = {
    "good": "#6cb8e6", "bad": "#ef8354", "mark": "#ecb53c", "quiet": "#97a3b2", "rule": "#2c3846",
    "map-a": "#33280f", "map-b": "#10283f", "map-c": "#1c2026", "map-water": "#0a1a24", "map-line": "#c9c2a5",
    "map-minor": "#5d6b78", "map-claim": "#d58fb4", "map-route": "#4fb79a",
}
"""Colours by meaning, known to every theme: eased, worsened, worth a second look, secondary text, lines; and the
map's fills (three, told apart by pattern too), water, borders, minor lines, claimed lines and routes."""

LIGHT_MEANINGS: Final = {
    "good": "#0a47c2", "bad": "#962000", "mark": "#762f82", "quiet": "#444c56", "rule": "#bdb8ab",
    "map-a": "#f1e4c6", "map-b": "#d9e6f5", "map-c": "#e9e8e4", "map-water": "#c9dfec", "map-line": "#443c22",
    "map-minor": "#857f70", "map-claim": "#9c2560", "map-route": "#005f48",
}
"""The same on a light ground."""


def meanings(dark: bool) -> dict[str, str]:
    """Colours by meaning for a theme that does not know them."""
    return dict(MEANINGS if dark else LIGHT_MEANINGS)


def _variables(colours: Mapping[str, str], *, ground: str, bar: str, bar_hover: str, cursor: str, cursor_text: str,
               blurred: str, text: str, hover: str, accent: str) -> dict[str, str]:
    return {
        **colours,
        "block-cursor-background": cursor,
        "block-cursor-foreground": cursor_text,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": blurred,
        "block-cursor-blurred-foreground": text,
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": hover,
        "input-cursor-text-style": "reverse",
        "scrollbar": bar,
        "scrollbar-hover": bar_hover,
        "scrollbar-active": accent,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }


CALM: Final = Theme(
    name="detente",
    primary="#6cb8e6",
    secondary="#97a3b2",
    accent="#ecb53c",
    warning="#ecb53c",
    error="#ef8354",
    success="#6cb8e6",
    foreground="#d9dee5",
    background="#10151b",
    surface="#151b23",
    panel="#1b232d",
    dark=True,
    variables=_variables(
        MEANINGS, ground="#10151b", bar="#2c3846", bar_hover="#3a4a5c", cursor="#22374a", cursor_text="#ffffff",
        blurred="#1a232d", text="#d9dee5", hover="#1b2530", accent="#6cb8e6"),
)
"""Dark and calm; what opens unless another is asked for."""

PAPER: Final = Theme(
    name="detente-paper",
    primary="#0a47c2",
    secondary="#444c56",
    accent="#762f82",
    warning="#762f82",
    error="#962000",
    success="#0a47c2",
    foreground="#14181d",
    background="#fdfcf9",
    surface="#f9f7f2",
    panel="#f6f3ec",
    dark=False,
    variables=_variables(
        LIGHT_MEANINGS, ground="#fdfcf9", bar="#c9c4b6", bar_hover="#a9a392", cursor="#d3e2f4", cursor_text="#000000",
        blurred="#e9e7e1", text="#14181d", hover="#efece4", accent="#0a47c2"),
)
"""Dark ink on paper: every text stands at 7:1 or more on the ground and on panels."""

GREY: Final = Theme(
    name="detente-grey",
    primary="#ffffff",
    secondary="#b4b4b4",
    accent="#ffffff",
    warning="#ffffff",
    error="#ffffff",
    success="#ffffff",
    foreground="#e4e4e4",
    background="#0c0c0c",
    surface="#141414",
    panel="#1e1e1e",
    dark=True,
    variables=_variables(
        {"good": "#ffffff", "bad": "#ffffff", "mark": "#ffffff", "quiet": "#b4b4b4", "rule": "#4a4a4a",
         "map-a": "#2a2a2a", "map-b": "#161616", "map-c": "#1e1e1e", "map-water": "#000000", "map-line": "#d8d8d8",
         "map-minor": "#787878", "map-claim": "#f4f4f4", "map-route": "#bcbcbc"},
        ground="#0c0c0c", bar="#4a4a4a", bar_hover="#6a6a6a", cursor="#444444", cursor_text="#ffffff",
        blurred="#303030", text="#e4e4e4", hover="#242424", accent="#ffffff"),
)
"""Greys only, for one terminal where `NO_COLOR`, which is the whole process's, is not wanted."""

MONO: Final = replace(GREY, name="detente-mono", variables={
    **GREY.variables, "block-cursor-text-style": "bold underline", "block-cursor-blurred-text-style": "bold",
})
"""The same with the cursor underlined, for terminals that know attributes and no colours."""

OWN: Final = (CALM, PAPER, GREY, MONO)
"""Every theme that comes with the app."""
