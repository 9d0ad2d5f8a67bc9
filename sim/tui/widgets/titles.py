"""tui: titles of screens and panes; those of panes are set apart from their rule. None is read as markup."""

from __future__ import annotations

from typing import cast

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


def entitle(pane: Widget, text: str) -> None:
    """Title a pane; the same title again costs nothing."""
    wanted = f" {text} "
    if str(pane.border_title or "") == wanted:
        return
    # the attribute takes content as well, though it is typed as text
    pane.border_title = cast("str", Content(f" {text} "))


class Banner(Static):
    """A few words that stand at the head of a screen, or beneath its title."""

    def __init__(self, text: Content, id: str | None = None) -> None:
        super().__init__(text, id=id)
        self._text = text

    def describe(self) -> str:
        """The words."""
        return self._text.plain
