"""tui: the coach of the tour: one step at a time, in rows of its own at the foot of a screen."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from sim.tui.lines.line import plain
from sim.tui.widgets.titles import entitle

_TOKEN = re.compile(r"\{([a-z_.]+):([^}]+)\}|\*([^*]+)\*")


class Coach(Widget):
    """Takes the rows it needs from the screen, so that it never lies over what it talks about."""

    DEFAULT_CSS = """
    Coach { height: auto; max-height: 6; padding: 0 2; background: $panel; color: $foreground;
            border-top: heavy $mark; border-title-color: $mark; border-title-style: bold;
            border-subtitle-color: $quiet; link-style: none; link-style-hover: none; link-color: $foreground;
            link-color-hover: $mark; link-background-hover: $panel; }
    Coach.-over { dock: bottom; margin-bottom: 1; }
    """
    HELP = "The tour. It goes on when you do what it says; esc sends it away, and the match goes on."

    def __init__(self, *, over: bool = False) -> None:
        """`over`: stands in a dialog, at the rows where it stands on the screen beneath."""
        super().__init__(classes="-over" if over else "")
        self.step = ""
        """Id of the step that is shown."""
        self._text = Content("")
        self._title = ""

    def show(self, step: str, title: str, text: str, key: Callable[[str, str], str]) -> None:
        """Show a step; `key` names the key of a binding, given its id and its usual key."""
        self.step, self._title = step, title
        self._text = set_text(text, key)
        entitle(self, title)
        self.refresh(layout=True)

    def render(self) -> Content:
        """The text, and how to be rid of it."""
        leave = plain("esc", "bold $primary") + plain(" leave the tour", "$quiet")
        return self._text + plain("   ") + leave.stylize(Style.from_meta({"@click": "app.leave_tour"}))

    def describe(self) -> str:
        """The step in words."""
        return f"Tour, {self._title}. {self._text.plain}"


def set_text(text: str, key: Callable[[str, str], str]) -> Content:
    """A step's text with its keys and emphasis."""
    out, at = Content(""), 0
    for token in _TOKEN.finditer(text):
        out += plain(text[at:token.start()])
        out += plain(token[3], "bold") if token[3] else plain(key(token[1], token[2]), "bold $mark")
        at = token.end()
    return out + plain(text[at:])
