"""tui: the app's own theme: calm, dark, safe for colour-blind readers (after Okabe and Ito).

Eased is sky blue, worsened vermilion; both also differ by their arrow (hollow, filled).
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

MEANINGS: Final = {
    "good": "#6cb8e6", "bad": "#ef8354", "mark": "#e6a532", "quiet": "#8b98a8", "rule": "#2c3846",
    "map-a": "#33280f", "map-b": "#10283f", "map-c": "#1c2026", "map-water": "#0a1a24", "map-line": "#c9c2a5",
    "map-minor": "#5d6b78", "map-claim": "#d58fb4", "map-route": "#4fb79a",
}
"""Colours by meaning, known to every theme: eased, worsened, worth a second look, secondary text, lines; and the
map's fills (three, told apart by pattern too), water, borders, minor lines, claimed lines and routes."""

CALM: Final = Theme(
    name="detente",
    primary="#6cb8e6",
    secondary="#8b98a8",
    accent="#e6a532",
    warning="#e6a532",
    error="#ef8354",
    success="#6cb8e6",
    foreground="#d9dee5",
    background="#10151b",
    surface="#151b23",
    panel="#1b232d",
    dark=True,
    variables={
        **MEANINGS,
        "block-cursor-background": "#2a4255",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1e2833",
        "block-cursor-blurred-foreground": "#d9dee5",
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": "#1b2530",
        "input-cursor-text-style": "reverse",
        "scrollbar": "#2c3846",
        "scrollbar-hover": "#3a4a5c",
        "scrollbar-active": "#6cb8e6",
        "scrollbar-background": "#10151b",
        "scrollbar-background-hover": "#10151b",
        "scrollbar-background-active": "#10151b",
        "scrollbar-corner-color": "#10151b",
    },
)
