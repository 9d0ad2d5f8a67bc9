"""tui: jump mode: a letter on every pane; pressing it goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from sim.tui.lines.line import plain
from sim.tui.screens.sheet import Sheet, Sheetlet

LETTERS: Final = "asdfghklweruiop"


def panes(screen: Screen[object]) -> list[Widget]:
    """What can be jumped to, in reading order: every list in sight, and those that lie on other tabs."""
    seen = [node for node in screen.focus_chain if node.region and node.display]
    beneath = screen.hidden_panes() if isinstance(screen, Sheet) else ()
    ordered = sorted(seen, key=lambda node: (node.region.y // 3, node.region.x))
    return [*ordered, *(node for node in beneath if node not in ordered)][: len(LETTERS)]


class Jump(Sheetlet[None]):
    """The letters. Any other key closes them."""

    DEFAULT_CSS = """
    Jump { background: $background 35%; }
    Jump .letter { position: absolute; width: auto; height: 1; background: $mark; color: $background;
                   text-style: bold; }
    Jump #elsewhere { dock: bottom; width: 100%; height: 1; padding: 0 2; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,j", "close", "Close", id="jump.close")]
    HELP = "A letter goes to its pane, esc closes."

    def __init__(self, targets: Sequence[Widget]) -> None:
        super().__init__()
        self._targets = dict(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        """A letter at the upper left corner of each pane in sight, the others in the last row."""
        hidden = []
        for letter, target in self._targets.items():
            if not target.region:
                hidden.append(plain(f" {letter} ", "bold $mark") + plain(_name(target)))
                continue
            sign = Static(f" {letter} ", classes="letter")
            sign.styles.offset = _corner(target)
            yield sign
        if hidden:
            yield Static(plain("   ").join(hidden), id="elsewhere")

    def on_key(self, event: events.Key) -> None:
        """Go there."""
        event.stop()
        event.prevent_default()
        target = self._targets.get(event.key)
        self.dismiss(None)
        if target is None:
            return
        screen = target.screen
        if isinstance(screen, Sheet):
            screen.reveal(target)
        else:
            target.focus()

    def on_click(self, event: events.Click) -> None:
        """A click on a letter is its key; anywhere else closes."""
        node = event.widget
        letter = str(node.render()).strip() if isinstance(node, Static) and node.has_class("letter") else ""
        target = self._targets.get(letter)
        self.dismiss(None)
        if target is not None:
            target.focus()

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)

    def describe(self) -> str:
        """The letters and where they lead."""
        return "Jump to: " + ", ".join(f"{letter} {_name(target)}" for letter, target in self._targets.items()) + "."


def _name(target: Widget) -> str:
    return str(getattr(target, "title", "") or getattr(target, "border_title", "") or target.id or "pane").strip()


def _corner(target: Widget) -> Offset:
    """The upper left corner of the pane a list stands in, so that the letter covers its rule and no text."""
    pane = next((node for node in target.ancestors_with_self if isinstance(node, Widget) and node.has_class("pane")), target)
    return Offset(max(0, pane.region.x - 1), pane.region.y)
