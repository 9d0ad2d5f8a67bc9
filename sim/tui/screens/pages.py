"""tui: the pages one key away from the situation room and the ending: their keys and names, loaded when opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from textual.binding import Binding
from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: a screen made without arguments, which reads the app's desk."""

    name: str
    key: str
    title: str
    """As the footer and the palette name it."""
    module: str
    """Under `sim.tui.screens`."""
    screen: str
    """Name of the class."""


PAGES: Final = (
    PageEntry("draft", "d", "Draft", "negotiation", "NegotiatingTable"),
    PageEntry("provisions", "p", "Provisions", "treaty", "TreatyReader"),
    PageEntry("tracks", "t", "Charts", "charts", "ChartsPage"),
    PageEntry("relations", "e", "Relations", "relations", "RelationsPage"),
    PageEntry("wire", "w", "Wire", "wire", "WirePage"),
    PageEntry("map", "m", "Map", "atlas", "Atlas"),
    PageEntry("phases", "f", "Phases", "phases", "PhasesPage"),
    PageEntry("reasons", "o", "Why it went so", "why", "WhyPage"),
    PageEntry("glossary", "g", "Glossary", "glossary", "GlossaryPage"),
    PageEntry("timeline", "l", "Timeline", "timeline", "TimelinePage"),
)


def page_bindings(prefix: str) -> list[Binding]:
    """The keys of all pages; `prefix` begins their ids (`room.draft`)."""
    return [Binding(page.key, f"open_page('{page.name}')", page.title, id=f"{prefix}.{page.name}") for page in PAGES]


def page_screen(name: str) -> Screen[Any]:
    """The screen of a page, new."""
    entry = next(page for page in PAGES if page.name == name)
    screen: Screen[Any] = getattr(import_module(f"sim.tui.screens.{entry.module}"), entry.screen)()
    return screen
